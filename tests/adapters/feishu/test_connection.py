"""The thread of the long connection: what it hands over, what it waits for, and how it ends."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from adapters.feishu import connection, sdk
from adapters.feishu.connection import ConnectionLost, ConnectionRefused, LongConnection
from adapters.feishu.events import NotOurs
from adapters.feishu.payload import JsonObject
from adapters.port import NotRecorded


class Client:
    """In place of the SDK's: connects as it is told, and gives its handler what it is told."""

    def __init__(self, handler: Any, connect: Callable[[], None]) -> None:
        self._conn: object | None = None
        self._handler = handler
        self._connecting = connect
        self.loop: asyncio.AbstractEventLoop | None = None
        self.left = False
        self.silent = False

    async def _connect(self) -> None:
        self._connecting()
        self.loop = asyncio.get_running_loop()
        self._conn = object()

    async def _disconnect(self) -> None:
        self._conn, self.left = None, True

    async def _ping_loop(self) -> None:
        await asyncio.Event().wait()

    async def deliver(self, event: object) -> object:
        """As if it had come over the socket, in the thread."""
        assert self.loop is not None
        given = asyncio.run_coroutine_threadsafe(self._handler.handle(json.dumps(event).encode()), self.loop)
        return await asyncio.wrap_future(given)


class Line:
    """A long connection over such a client."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, connect: Callable[[], None] = lambda: None) -> None:
        self.taken: list[JsonObject] = []
        self.trouble: Exception | None = None
        self.patience = asyncio.Event()
        self.patience.set()
        self.client: Client | None = None
        self.connected = asyncio.Event()

        def make(*, handler: Any, **_: object) -> Client:
            self.client = Client(handler, connect)
            return self.client

        monkeypatch.setattr(sdk, "long_connection", make)
        self.line = LongConnection(
            app_id="cli_a",
            secret="s",
            domain="http://127.0.0.1:1",
            take=self.take,
            too_late=lambda event: {"toast": "late"} if "press" in event else None,
        )
        self.held = asyncio.create_task(self.line.hold(self.connected.set))

    async def take(self, event: JsonObject) -> dict[str, object]:
        self.taken.append(event)
        await self.patience.wait()
        if self.trouble is not None:
            raise self.trouble
        return {"toast": "heard"} if "press" in event else {}

    async def up(self) -> Client:
        await self.connected.wait()
        assert self.client is not None
        return self.client

    async def down(self) -> None:
        self.held.cancel()
        await asyncio.gather(self.held, return_exceptions=True)
        assert not self.line._thread.is_alive()


async def test_an_event_is_answered_when_it_is_recorded_in_the_services_own_loop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = Line(monkeypatch)
    client = await line.up()
    assert client.loop is not asyncio.get_running_loop()
    assert await client.deliver({"a": 1}) is None
    assert await client.deliver({"press": 1}) == {"toast": "heard"}
    assert line.taken == [{"a": 1}, {"press": 1}]
    await line.down()
    assert client.left


async def test_what_is_not_recorded_or_not_in_time_is_asked_for_again_and_a_press_is_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connection, "RECORD_SECONDS", 0.05)
    line = Line(monkeypatch)
    client = await line.up()
    line.trouble = NotRecorded("the disk is full")
    with pytest.raises(NotRecorded):
        await client.deliver({"a": 1})
    line.trouble = NotOurs("another app")
    assert await client.deliver({"a": 1}) is None
    line.trouble = None
    line.patience.clear()
    with pytest.raises(NotRecorded):
        await client.deliver({"a": 2})
    assert await client.deliver({"press": 1}) == {"toast": "late"}
    line.patience.set()
    await line.down()


async def test_events_do_not_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Line(monkeypatch)
    client = await line.up()
    line.patience.clear()
    both = [asyncio.create_task(client.deliver({"a": number})) for number in range(2)]
    async with asyncio.timeout(1):
        while len(line.taken) < 2:  # noqa: ASYNC110 - another thread fills it
            await asyncio.sleep(0.001)
    line.patience.set()
    assert await asyncio.gather(*both) == [None, None]
    await line.down()


async def test_a_connection_that_is_lost_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Line(monkeypatch)
    client = await line.up()
    client._conn = None
    with pytest.raises(ConnectionLost, match="broke off"):
        await line.held
    assert not line.line._thread.is_alive()


@pytest.mark.parametrize(
    ("error", "kind"), [(sdk.Refused(403, "no"), ConnectionRefused), (TimeoutError(), ConnectionLost)]
)
async def test_a_connection_that_does_not_come_about_says_why(
    monkeypatch: pytest.MonkeyPatch, error: Exception, kind: type[Exception]
) -> None:
    def fail() -> None:
        raise error

    with pytest.raises(kind, match="no"):
        await Line(monkeypatch, fail).held


async def test_a_thread_that_is_frozen_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that the SDK does in its thread can keep the bot from beginning again."""
    monkeypatch.setattr(connection, "FROZEN_AFTER", 0.1)
    monkeypatch.setattr(connection, "STOP_SECONDS", 0.05)
    thaw = threading.Event()

    def freeze() -> None:
        thaw.wait(10)

    line = Line(monkeypatch, freeze)
    began = time.monotonic()
    with pytest.raises(ConnectionLost, match="frozen"):
        await line.held
    assert time.monotonic() - began < 5
    thaw.set()
    await asyncio.to_thread(line.line._thread.join, 5)
    assert not line.connected.is_set()
