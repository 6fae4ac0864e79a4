"""Posts events and callbacks to the bot's own address; forges them, too."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import aiohttp

from tests.platforms.feishu.basics import Ids, Json, Options, Violations
from tests.platforms.feishu.envelopes import headers, sealed

_UNLIMITED = 3600.0

Forgery = Literal["wrong_signature", "no_signature", "stale", "future", "other_app", "wrong_token", "plain", "garbage"]


@dataclass(frozen=True, slots=True)
class Posted:
    """A request as it left, so that it can be sent again byte for byte."""

    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot answered; status None when it did not within the time."""

    status: int | None
    body: bytes
    seconds: float


class Webhook:
    """The sender of one app. Without an encrypt key bodies are plain and unsigned."""

    def __init__(
        self,
        url: str,
        encrypt_key: str | None,
        verification_token: str,
        options: Options,
        ids: Ids,
        violations: Violations,
    ) -> None:
        self.url = url
        self.encrypt_key = encrypt_key
        self.verification_token = verification_token
        self.posted: list[Posted] = []
        self._options = options
        self._ids = ids
        self._violations = violations
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def post(self, envelope: Json, answered: Callable[[int | None, bytes], None]) -> Callable[[], object]:
        """Send an envelope as the platform does; `answered` gets status and body, None when it broke.

        Returns what hangs up: whoever called it measures the time.
        """

        async def send() -> None:
            reply = await self.send(self.pack(envelope), _UNLIMITED)
            answered(reply.status, reply.body)

        task = asyncio.create_task(send())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task.cancel

    def pack(self, envelope: Json, seconds: float | None = None) -> Posted:
        """Seal and sign an envelope, for this moment or another."""
        body = sealed(envelope, self.encrypt_key)
        at = self._options.clock() if seconds is None else seconds
        return Posted(body, headers(body, self.encrypt_key, at, self._ids.bits(64)))

    async def send(self, posted: Posted, limit: float | None = None) -> Reply:
        """Send bytes and return what came back within so many seconds of real time."""
        self.posted.append(posted)
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True))
        started = self._options.stopwatch()
        try:
            async with asyncio.timeout(limit or self._options.ack_seconds):
                async with self._session.post(
                    self.url, data=posted.body, headers=dict(posted.headers), allow_redirects=False
                ) as response:
                    body = await response.read()
                    return Reply(response.status, body, self._options.stopwatch() - started)
        except (TimeoutError, aiohttp.ClientError, ConnectionError):
            return Reply(None, b"", self._options.stopwatch() - started)

    async def challenge(self) -> bool:
        """Verify the address, as the console does when it is saved: the challenge comes back within a second."""
        challenge = self._ids.bits(128)
        envelope = {"challenge": challenge, "token": self.verification_token, "type": "url_verification"}
        reply = await self.send(self.pack(envelope), self._options.challenge_seconds)
        try:
            echoed = json.loads(reply.body)["challenge"] == challenge
        except (ValueError, KeyError, TypeError):
            echoed = False
        good = reply.status == 200 and echoed and reply.seconds <= self._options.challenge_seconds
        if not good:
            self._violations.add("challenge_failed", f"{reply.status} {reply.body[:100]!r}")
        return good

    async def forge(self, envelope: Json, forgery: Forgery) -> Reply:
        """Send what only an attacker would; the reply is theirs."""
        return await self.send(self.forged(envelope, forgery))

    def forged(self, envelope: Json, forgery: Forgery) -> Posted:
        """The request of a forgery: good but for one thing."""
        match forgery:
            case "wrong_signature":
                good = self.pack(envelope)
                return Posted(good.body, {**good.headers, "X-Lark-Signature": self._ids.bits(256)})
            case "no_signature":
                good = self.pack(envelope)
                return Posted(good.body, {k: v for k, v in good.headers.items() if k != "X-Lark-Signature"})
            case "stale":
                return self.pack(envelope, self._options.clock() - 301)
            case "future":
                return self.pack(envelope, self._options.clock() + 301)
            case "other_app":
                return self.pack(_with_header(envelope, app_id="cli_somebody_else"))
            case "wrong_token":
                return self.pack(_with_header(envelope, token="somebody else's"))
            case "plain":
                body = json.dumps(envelope).encode()
                return Posted(body, headers(body, self.encrypt_key, self._options.clock(), self._ids.bits(64)))
            case "garbage":
                body = json.dumps(
                    {"encrypt": base64.b64encode(b"this was never encrypted with a key").decode()}
                ).encode()
                return Posted(body, headers(body, self.encrypt_key, self._options.clock(), self._ids.bits(64)))

    async def close(self) -> None:
        """End what is under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()


def _with_header(envelope: Json, **changes: str) -> Json:
    return envelope | {"header": envelope["header"] | changes}
