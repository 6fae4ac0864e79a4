"""The long connection: the SDK's client in a thread of its own, with a loop of its own, for one connection.

The SDK's handlers block its loop, and so does its way of finding out where to connect: neither may do so with ours.
It is not left to reconnect by itself, for it may die of that in silence: whatever ends the connection ends `hold`,
and beginning again is for its user.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import NoReturn

import structlog

from adapters.feishu import sdk
from adapters.feishu.events import NotOurs
from adapters.feishu.payload import JsonObject, parsed
from adapters.port import NotRecorded

log = structlog.get_logger("feishu")

RECORD_SECONDS = 2.0
"""What a handler waits for its event to be recorded: the platform waits for 3 s, and the socket's pings wait too."""

LOOK_EVERY = 0.2
FROZEN_AFTER = 30.0
"""Seconds without a sign of life of the thread after which it is given up. Connecting takes 23 s at the longest."""

STOP_SECONDS = 2.5

Take = Callable[[JsonObject], Awaitable[dict[str, object]]]
TooLate = Callable[[JsonObject], dict[str, object] | None]


class ConnectionLost(Exception):
    """There is no connection (any more); its words say why."""


class ConnectionRefused(ConnectionLost):
    """The platform does not want this connection: the credentials, or too many connections; `code` is its own."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


class LongConnection:
    """One connection. `take` records an event in the loop that made this object."""

    def __init__(self, *, app_id: str, secret: str, domain: str, take: Take, too_late: TooLate) -> None:
        self._app_id = app_id
        self._secret = secret
        self._domain = domain
        self._take = take
        self._too_late = too_late
        self._loop = asyncio.get_running_loop()
        self._ended: asyncio.Future[ConnectionLost] = self._loop.create_future()
        self._recording: set[asyncio.Task[dict[str, object]]] = set()
        self._stop = threading.Event()
        self._alive_at = time.monotonic()
        self._connected: Callable[[], None] = _nothing
        self._thread = threading.Thread(target=self._work, name="feishu connection", daemon=True)

    async def hold(self, connected: Callable[[], None]) -> NoReturn:
        """Connect, and stay so. Ends by `ConnectionLost` alone, or by being cancelled; then the thread has ended."""
        self._connected = connected
        self._thread.start()
        try:
            while not self._ended.done():
                await asyncio.wait((self._ended,), timeout=FROZEN_AFTER / 3)
                if not self._ended.done() and time.monotonic() - self._alive_at > FROZEN_AFTER:
                    raise ConnectionLost("the connection's thread is frozen")
            raise self._ended.result()
        finally:
            await self._end()

    async def _end(self) -> None:
        """What is being recorded is recorded; the thread ends. One that is frozen is left: it ends with its call."""
        self._stop.set()
        if not self._ended.done():
            await asyncio.wait((self._ended,), timeout=STOP_SECONDS)
        if self._recording:
            await asyncio.wait(self._recording)
        if self._ended.done():
            # It has said its last word: it is gone in a moment.
            self._thread.join(1.0)

    # --- in the thread ---

    def _work(self) -> None:
        try:
            with asyncio.Runner() as runner:
                # What is left of the SDK's tasks ends with errors of its own, about a connection that is gone anyway.
                runner.get_loop().set_exception_handler(lambda _, context: log.debug("left over", **_plain(context)))
                why = runner.run(self._live())
        except Exception as error:  # noqa: BLE001 - the outermost of the thread: whatever it is, the user hears of it
            why = ConnectionLost(f"{type(error).__name__}: {error}")
        self._tell(lambda: self._over(why))

    async def _live(self) -> ConnectionLost:
        client = sdk.long_connection(app_id=self._app_id, secret=self._secret, domain=self._domain, handler=self)
        try:
            await client._connect()
        except sdk.Refused as error:
            return ConnectionRefused(str(error), sdk.refusal(error))
        except Exception as error:  # noqa: BLE001 - requests, websockets, the SDK: all mean that there is no connection
            return ConnectionLost(sdk.why(error))
        self._tell(lambda: self._stop.is_set() or self._connected())
        pings = asyncio.create_task(client._ping_loop())
        while client._conn is not None and not self._stop.is_set():
            self._alive_at = time.monotonic()
            await asyncio.sleep(LOOK_EVERY)
        pings.cancel()
        lost = client._conn is None
        if not lost:
            await client._disconnect()
        if client.silent:
            return ConnectionLost("the platform says nothing more on the connection")
        return ConnectionLost(f"the connection broke off: {sdk.last_words()}" if lost else "it was ended")

    async def handle(self, payload: bytes) -> dict[str, object] | None:
        """One event, in the thread: handed over, waited for until it is recorded. To raise asks for it again."""
        event = parsed(payload)
        recorded: asyncio.Future[dict[str, object]] = asyncio.get_running_loop().create_future()
        self._tell(lambda: self._record(event, recorded))
        await asyncio.wait((recorded,), timeout=RECORD_SECONDS)
        if not recorded.done():
            recorded.cancel()
            late = self._too_late(event)
            if late is None:
                log.warning("an event could not be recorded", why="it took too long")
                raise NotRecorded("it took too long to be recorded")
            return late
        try:
            return recorded.result() or None
        except NotRecorded as error:
            log.warning("an event could not be recorded", why=str(error))
            raise
        except NotOurs as error:
            log.warning("an event is left out", why=str(error))
            return None

    def _tell(self, what: Callable[[], object]) -> None:
        try:
            self._loop.call_soon_threadsafe(what)
        except RuntimeError:
            # The service's loop has ended before this thread: nobody listens any more.
            self._stop.set()

    # --- in the service's loop ---

    def _over(self, why: ConnectionLost) -> None:
        if not self._ended.done():
            self._ended.set_result(why)

    def _record(self, event: JsonObject, recorded: asyncio.Future[dict[str, object]]) -> None:
        if self._stop.is_set():
            _settle(recorded, NotRecorded("the service is stopping"))
            return
        task = asyncio.ensure_future(self._take(event))
        self._recording.add(task)

        def done(ended: asyncio.Task[dict[str, object]]) -> None:
            self._recording.discard(ended)
            if ended.cancelled():
                _settle(recorded, NotRecorded("the service is stopping"))
            else:
                _settle(recorded, ended.exception() or ended.result())

        task.add_done_callback(done)


def _plain(context: Mapping[str, object]) -> dict[str, str]:
    return {"what": str(context.get("message", "")), "why": str(context.get("exception", ""))}


def _settle(recorded: asyncio.Future[dict[str, object]], outcome: dict[str, object] | BaseException) -> None:
    """Tell the thread, from the service's loop; it may have ended."""

    def settle() -> None:
        if recorded.done():
            return
        if isinstance(outcome, BaseException):
            recorded.set_exception(outcome)
        else:
            recorded.set_result(outcome)

    with contextlib.suppress(RuntimeError):
        recorded.get_loop().call_soon_threadsafe(settle)


def _nothing() -> None:
    return None
