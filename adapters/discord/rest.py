"""Calls to Discord's REST interface, and what may come of one: an answer, a refusal, or nobody knows."""

from __future__ import annotations

import asyncio
import io
import json as json_module
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, TypeAlias

from adapters.discord.outgoing import Upload
from adapters.discord.payload import JsonObject
from adapters.discord.sdk import aiohttp, discord

PATIENCE = 45.0
"""Seconds for one call with the SDK's own repetitions of a 5xx (25 s) and its waiting for a rate."""

SLOWEST_UPLOAD = 64 * 1024
"""Bytes a second that the way to Discord is trusted to take: half a Mbit/s."""

LONGEST_PATIENCE = 600.0
"""Seconds for the largest file; an interaction's token lives 15 minutes."""

CONNECT_TIMEOUT = 30.0

TOO_MANY = 429
"""The status of a call that was not carried out, since the rate is used up."""


class RestError(Exception):
    """A call did not succeed."""


class Rejected(RestError):
    """Discord said no. `code` is its own code of the reason (0 where it gave none)."""

    def __init__(self, status: int, code: int, words: str) -> None:
        super().__init__(f"{status}/{code}: {words}")
        self.status = status
        self.code = code


class Unreachable(RestError):
    """Discord, or the way there, does not work now; the call may have had its effect. `retry_after` in seconds."""

    def __init__(self, words: str, retry_after: float | None = None) -> None:
        super().__init__(words)
        self.retry_after = retry_after


class NotTaken(Unreachable):
    """The same, and the call had certainly no effect: it may be repeated, keys or none."""


Within: TypeAlias = Callable[[float], AbstractAsyncContextManager[object]]
"""Ends what takes longer than so many seconds, with a TimeoutError."""


def patience(size: int) -> float:
    """Seconds for a call that carries so many bytes of files."""
    return min(PATIENCE + size / SLOWEST_UPLOAD, LONGEST_PATIENCE)


class Rest:
    """Calls through the SDK's client: its rates, its repetitions, its token. `within` bounds each in time."""

    def __init__(self, http: discord.http.HTTPClient, within: Within = asyncio.timeout) -> None:
        self._http = http
        self._within = within

    async def call(
        self,
        method: str,
        path: str,
        *,
        json: Mapping[str, object] | list[object] | None = None,
        upload: Upload | None = None,
        query: Mapping[str, str] | None = None,
        once: bool = False,
        **parameters: str,
    ) -> object:
        """One call; the answer's JSON. Raises `Rejected`, `Unreachable`, or OSError where the file cannot be read.

        `once`: what has no key that makes a repetition harmless is not repeated where nobody knows what came of it.
        `channel_id`, `webhook_id` and `webhook_token` among the parameters tell the SDK whose rate it is.
        """
        route = discord.http.Route(method, path, **parameters)
        more: dict[str, Any] = {"params": query} if query else {}
        if json is not None and upload is None:
            more["json"] = json
        file, seconds = None, PATIENCE
        if upload is not None:
            source = upload.source
            data = source if isinstance(source, bytes) else await asyncio.to_thread(Path(source).read_bytes)
            seconds = patience(len(data))
            # The HTTP client has a bound of its own, five minutes.
            more["timeout"] = aiohttp.ClientTimeout(total=seconds, sock_connect=CONNECT_TIMEOUT)
            file = discord.File(io.BytesIO(data), upload.name)
            more["files"] = [file]
            more["form"] = [
                {"name": "payload_json", "value": json_module.dumps(json), "content_type": "application/json"},
                {
                    "name": "files[0]",
                    "value": file.fp,
                    "filename": upload.name,
                    "content_type": upload.media_type,
                },
            ]
        attempts = _Once() if once else None
        if attempts is not None:
            more["files"] = [attempts, *more.get("files", [])]
            more["raise_for_status"] = attempts.answered
        try:
            async with self._within(seconds):
                answer: object = await self._http.request(route, **more)
                return answer
        except discord.RateLimited as error:
            raise NotTaken("the rate is used up", error.retry_after) from error
        except discord.HTTPException as error:
            raise _translated(error) from error
        except TimeoutError as error:
            if attempts is not None and attempts.without_effect:
                raise NotTaken("the rate left no time for it") from error
            raise Unreachable("Discord did not answer in time") from error
        except (OSError, aiohttp.ClientError) as error:
            raise Unreachable(f"the connection to Discord broke off: {error}") from error
        except RuntimeError as error:
            # The SDK's session was closed while the call waited for its turn.
            raise Unreachable("the connection to Discord was closed") from error
        finally:
            if file is not None:
                file.close()

    async def table(
        self,
        method: str,
        path: str,
        *,
        json: Mapping[str, object] | None = None,
        upload: Upload | None = None,
        query: Mapping[str, str] | None = None,
        once: bool = False,
        **parameters: str,
    ) -> JsonObject:
        """As `call`, for an answer that is an object; an empty one where it is something else."""
        answer = await self.call(method, path, json=json, upload=upload, query=query, once=once, **parameters)
        return answer if isinstance(answer, dict) else {}


class _Once:
    """Goes along as a file that cannot be sent again, unless the last attempt had no effect because of the rate.

    The SDK rewinds all files before each attempt, and its HTTP client shows each answer to `answered`.
    """

    def __init__(self) -> None:
        self.without_effect = True

    def reset(self, *, seek: int | bool = True) -> None:
        """Before each attempt."""
        if not self.without_effect:
            raise Unreachable("Discord did not say what came of it")
        self.without_effect = False

    async def answered(self, response: aiohttp.ClientResponse) -> None:
        """After each attempt that was answered."""
        self.without_effect = response.status == TOO_MANY


def _translated(error: discord.HTTPException) -> RestError:
    if error.status == TOO_MANY or error.status >= 500 or error.status == 408:
        retry_after = error.response.headers.get("Retry-After", "")
        seconds = float(retry_after) if retry_after.replace(".", "", 1).isdigit() else None
        kind = NotTaken if error.status == TOO_MANY else Unreachable
        return kind(f"Discord answered {error.status}", seconds)
    return Rejected(error.status, error.code, error.text)
