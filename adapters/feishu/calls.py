"""Calls of the open platform: one pooled client for all of them, everything foreign translated here, once."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import httpx
import structlog

from adapters.feishu import codes, sdk
from adapters.feishu.errors import AnswerTooLarge, ApiError, Rejected, Unreachable
from adapters.feishu.payload import JsonObject, parsed, string, table, tables, whole
from adapters.feishu.tokens import Token, Tokens

log = structlog.get_logger("feishu")

DEADLINE = 60.0
TIMEOUT: Final = httpx.Timeout(10.0, connect=8.0, write=40.0, pool=30.0)
"""Seconds of silence. A chat waits for a message that hangs, and its uuid makes the next attempt harmless."""

UPLOAD_TIMEOUT: Final = httpx.Timeout(20.0, connect=8.0, write=40.0, pool=30.0)
LIMITS: Final = httpx.Limits(max_connections=20, max_keepalive_connections=20, keepalive_expiry=60.0)
LARGEST_ANSWER = 2 * 1024 * 1024

TOKEN_PATH = "/open-apis/auth/v3/tenant_access_token/internal"  # noqa: S105
RESET = "x-ogw-ratelimit-reset"
LONGEST_RESET = 60.0
"""Seconds after which a route is tried again, whatever the platform says: its rates are per second or per minute."""

_SCOPE = re.compile(r"\b[a-z_]+:[a-z_.]+(?::[a-z_.]+)*\b")


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes along with a form."""

    name: str
    data: bytes = field(repr=False)
    media_type: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call, as often as it is tried: `path` with `:names` that `paths` fills."""

    method: str
    path: str
    paths: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, object] | None = None
    files: Mapping[str, File] | None = None


class Calls:
    """The platform at `domain`, as this app. `monotonic` measures seconds."""

    def __init__(self, *, app_id: str, secret: str, domain: str, monotonic: Callable[[], float]) -> None:
        self._app_id = app_id
        self._secret = secret
        self._domain = domain
        self._client: httpx.AsyncClient | None = None
        self._making = asyncio.Lock()
        self._monotonic = monotonic
        self._limited: dict[str, float] = {}
        self.tokens = Tokens(self._fetch_token, monotonic)
        self.count = 0
        self.refused: Rejected | None = None
        """Why the platform last gave no token, until it gives one again."""

    @property
    def app_id(self) -> str:
        """The app that calls."""
        return self._app_id

    async def aclose(self) -> None:
        """Close what is open."""
        await self.tokens.close()
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def data(self, call: Call) -> JsonObject:
        """What the answer has under `data`. Raises `ApiError`."""
        return table(await self.answer(call), "data")

    async def answer(self, call: Call) -> JsonObject:
        """The whole answer. Raises `ApiError`."""
        return _judged(await self._with_token(call, LARGEST_ANSWER))

    async def download(self, call: Call, limit: int) -> bytes:
        """The bytes of a file, at most `limit`. Raises `ApiError`; `AnswerTooLarge` where it is larger."""
        raw = await self._with_token(call, limit)
        if raw.status == 200 and not _is_json(raw):
            return raw.content
        _judged(raw)
        return raw.content

    async def check_credentials(self) -> None:
        """Whether app id and secret are taken, beside the token that there is. Raises `ApiError`."""
        await self._fetch_token()

    async def _with_token(self, call: Call, limit: int) -> sdk.Raw:
        """With the token that there is; where the platform takes it no more, once again with a new one."""
        token = await self.tokens.get()
        raw = await self._execute(call, token, limit)
        if _code(raw) in codes.TOKEN_OVER:
            log.info("the token is no longer taken, fetching a new one")
            raw = await self._execute(call, await self.tokens.renewed(token), limit)
        return raw

    async def _fetch_token(self) -> Token:
        body = {"app_id": self._app_id, "app_secret": self._secret}
        try:
            answer = _judged(await self._execute(Call("POST", TOKEN_PATH, body=body), None, LARGEST_ANSWER))
        except Rejected as error:
            self.refused = error
            raise
        self.refused = None
        token, seconds = string(answer, "tenant_access_token"), whole(answer, "expire")
        if not token:
            raise Unreachable("the platform gave no token")
        return Token(token, float(seconds))

    async def _execute(self, call: Call, token: str | None, limit: int) -> sdk.Raw:
        client = await self._http()
        route = f"{call.method} {call.path}"
        wait = self._limited.get(route, 0.0) - self._monotonic()
        if wait > 0:
            raise Unreachable("the rate is used up", wait)
        self.count += 1
        files = {name: (each.name, each.data, each.media_type) for name, each in (call.files or {}).items()}
        try:
            async with asyncio.timeout(DEADLINE):
                raw = await sdk.execute(
                    client,
                    domain=self._domain,
                    method=call.method,
                    uri=call.path,
                    paths=call.paths,
                    queries=call.query,
                    body=call.body,
                    files=files or None,
                    token=token,
                    timeout=UPLOAD_TIMEOUT if call.files else TIMEOUT,
                    limit=limit,
                )
        except sdk.TooLarge as error:
            raise AnswerTooLarge("the answer is too large") from error
        except TimeoutError as error:
            raise Unreachable("the platform did not answer in time") from error
        except httpx.HTTPError as error:
            raise Unreachable(f"the connection broke off: {str(error) or type(error).__name__}") from error
        except RuntimeError as error:
            # The client was closed while the call waited for its turn.
            raise Unreachable("the connection was closed") from error
        if (reset := _reset(raw)) is not None and (raw.status == 429 or _code(raw) in codes.FOR_ALL):
            # Nobody asks again before the platform said that it would listen. What a chat used up stops that one alone.
            self._limited[route] = self._monotonic() + reset
        if raw.status == 429:
            raise Unreachable("too many calls", reset)
        return raw

    async def _http(self) -> httpx.AsyncClient:
        async with self._making:
            if self._client is None:
                # Reading the system's certificates takes a tenth of a second: not in the loop.
                self._client = await asyncio.to_thread(self._make)
            return self._client

    def _make(self) -> httpx.AsyncClient:
        direct = sdk.is_loopback(httpx.URL(self._domain).host)
        return httpx.AsyncClient(limits=LIMITS, trust_env=not direct)


def _judged(raw: sdk.Raw) -> JsonObject:
    """The answer's object. Raises `ApiError` for one that says that it did not work."""
    if not _is_json(raw):
        if raw.status >= 500:
            raise Unreachable(f"the platform answered {raw.status}")
        if raw.status >= 400:
            raise Rejected(0, f"the platform answered {raw.status}", status=raw.status)
        raise Unreachable("the platform's answer cannot be read")
    answer = _object(raw)
    code = whole(answer, "code")
    if code == 0 and "code" in answer and raw.status < 400:
        return answer
    message = string(answer, "msg")
    if raw.status >= 500:
        raise Unreachable(f"the platform answered {raw.status}: {code} {message}", _reset(raw))
    if code in codes.TOO_OFTEN:
        raise Unreachable(f"too many calls: {code} {message}", _reset(raw))
    raise Rejected(code, message, status=raw.status, retry_after=_reset(raw), scopes=_scopes(answer))


def _scopes(answer: JsonObject) -> tuple[str, ...]:
    """The scopes of which one is missing, as far as the answer tells."""
    named = [string(each, "subject") for each in tables(table(answer, "error"), "permission_violations")]
    return tuple(dict.fromkeys(each for each in named if each)) or tuple(
        dict.fromkeys(_SCOPE.findall(string(answer, "msg").partition("[")[2].partition("]")[0]))
    )


def _reset(raw: sdk.Raw) -> float | None:
    seconds = raw.headers.get(RESET, "") or raw.headers.get("retry-after", "")
    return min(float(seconds), LONGEST_RESET) if seconds.replace(".", "", 1).isdecimal() else None


def _is_json(raw: sdk.Raw) -> bool:
    return raw.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"


def _code(raw: sdk.Raw) -> int:
    """The platform's code; 0 where there is none."""
    return whole(parsed(raw.content), "code") if _is_json(raw) else 0


def _object(raw: sdk.Raw) -> JsonObject:
    try:
        found = json.loads(raw.content)
    except (ValueError, RecursionError) as error:
        raise Unreachable("the platform's answer cannot be read") from error
    if not isinstance(found, dict):
        raise Unreachable("the platform's answer cannot be read")
    return found


__all__ = ["AnswerTooLarge", "ApiError", "Call", "Calls", "File", "Rejected", "Unreachable"]
