"""The webhook: who may say what, and when. What passes is taken like an event of the long connection."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.feishu import sdk
from adapters.feishu.events import NotOurs
from adapters.feishu.payload import JsonObject, parsed, string, table
from adapters.port import NotRecorded

log = structlog.get_logger("feishu")

PATH = "/feishu/webhook"
LARGEST_BODY = 1024 * 1024
BODY_SECONDS = 5.0
FRESH = 5 * 60.0
"""Seconds by which a request may be old, or early."""

MOST_SIGNATURES = 20_000
RECORD_SECONDS = 2.5


class Forged(Exception):
    """Nobody who knows our keys has sent this, or not now; its words are for the log."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The console's Encrypt Key and Verification Token; at least one of them is set."""

    encrypt_key: str | None
    verification_token: str | None


@dataclass(frozen=True, slots=True)
class Checked:
    """An event that is the platform's. `signature` makes it the delivery that it is; None where none is used."""

    payload: JsonObject
    signature: str | None


def check(keys: Keys, body: bytes, headers: Mapping[str, str], now: float) -> Checked:
    """The event in a request, where it is the platform's and new. Raises `Forged`. Pure.

    With an Encrypt Key everything is encrypted and, but for the challenge, signed; without, the token is all there is.
    """
    outer = parsed(body)
    encrypted = string(outer, "encrypt")
    if keys.encrypt_key is None:
        if encrypted:
            raise Forged("it is encrypted, but FEISHU_ENCRYPT_KEY is not set")
        payload: JsonObject = outer
    else:
        if not encrypted:
            raise Forged("it is not encrypted")
        try:
            payload = parsed(sdk.decrypted(encrypted, keys.encrypt_key))
        except ValueError as error:
            raise Forged("it cannot be decrypted") from error
    challenge = string(payload, "type") == "url_verification"
    token = string(payload, "token") or string(table(payload, "header"), "token")
    if keys.verification_token is not None and not hmac.compare_digest(_bytes(token), _bytes(keys.verification_token)):
        raise Forged("its verification token is wrong")
    if challenge:
        # The one thing that the platform does not sign; answering it gives nothing away.
        return Checked(payload, None)
    stamp = headers.get("x-lark-request-timestamp", "")
    signature = headers.get("x-lark-signature", "")
    if keys.encrypt_key is not None:
        nonce = headers.get("x-lark-request-nonce", "")
        wanted = hashlib.sha256(f"{stamp}{nonce}{keys.encrypt_key}".encode() + body).hexdigest()
        if not hmac.compare_digest(_bytes(signature), _bytes(wanted)):
            raise Forged("its signature is wrong")
        if not stamp:
            raise Forged("it does not say when it was sent")
    if stamp and not (stamp.isascii() and stamp.isdigit() and abs(now - int(stamp)) <= FRESH):
        raise Forged("it is too old, or from the future")
    return Checked(payload, signature if keys.encrypt_key is not None else None)


class Webhook:
    """The route. Without a `take` it is not ready: the platform then comes again."""

    def __init__(self, keys: Keys, *, clock: Callable[[], float]) -> None:
        self._keys = keys
        self._clock = clock
        self._seen: OrderedDict[str, float] = OrderedDict()
        self.take: Callable[[JsonObject], Awaitable[dict[str, object]]] | None = None
        self.too_late: Callable[[JsonObject], dict[str, object] | None] = lambda _: None

    def routes(self) -> list[Route]:
        """For the service's HTTP app."""
        return [Route(PATH, self._handle, methods=["POST"])]

    async def _handle(self, request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return _answer(413, "too large, or too slow")
        headers = {name.lower(): value for name, value in request.headers.items()}
        now = self._clock()
        try:
            checked = check(self._keys, body, headers, now)
        except Forged as error:
            log.warning("a request to the webhook is refused", why=str(error))
            return _answer(401, "refused")
        if string(checked.payload, "type") == "url_verification":
            return JSONResponse({"challenge": string(checked.payload, "challenge")})
        if checked.signature is not None and not self._is_new(checked.signature, now):
            log.warning("a request to the webhook is refused", why="it was sent before")
            return _answer(401, "refused")
        return await self._taken(checked)

    async def _taken(self, checked: Checked) -> Response:
        if self.take is None:
            self._forget(checked.signature)
            return _answer(503, "not ready yet")
        # What is being recorded goes on when the wait is over, or the platform hangs up.
        recording = asyncio.ensure_future(self.take(checked.payload))
        recording.add_done_callback(lambda task: task.cancelled() or task.exception())
        try:
            async with asyncio.timeout(RECORD_SECONDS):
                return JSONResponse(await asyncio.shield(recording))
        except TimeoutError:
            late = self.too_late(checked.payload)
            if late is not None:
                return JSONResponse(late)
            self._forget(checked.signature)
            return _answer(500, "not recorded")
        except NotRecorded as error:
            log.warning("an event could not be recorded", why=str(error))
            self._forget(checked.signature)
            return _answer(500, "not recorded")
        except NotOurs as error:
            log.warning("a request to the webhook is refused", why=str(error))
            return _answer(403, "refused")

    def _is_new(self, signature: str, now: float) -> bool:
        while self._seen and next(iter(self._seen.values())) < now - 2 * FRESH:
            self._seen.popitem(last=False)
        if signature in self._seen:
            return False
        self._seen[signature] = now
        while len(self._seen) > MOST_SIGNATURES:
            self._seen.popitem(last=False)
        return True

    def _forget(self, signature: str | None) -> None:
        """It was not taken: it may come again as it is."""
        if signature is not None:
            self._seen.pop(signature, None)


def _bytes(text: str) -> bytes:
    """For comparing: half a character, which JSON can write, is no error but something else."""
    return text.encode("utf-8", "surrogatepass")


async def _body(request: Request) -> bytes | None:
    """The body within its bounds; None for more than that, and where it never ends."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > LARGEST_BODY:
        return None
    received = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for part in request.stream():
                received += part
                if len(received) > LARGEST_BODY:
                    return None
    except (TimeoutError, ClientDisconnect):
        return None
    return bytes(received)


def _answer(status: int, message: str) -> Response:
    return Response(json.dumps({"msg": message}), status_code=status, media_type="application/json")
