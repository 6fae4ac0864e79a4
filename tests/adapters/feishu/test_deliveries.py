"""What Feishu delivers again, for hours, by either transport and over restarts, is taken once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from adapters.feishu.events import Events
from adapters.feishu.webhook import PATH, Keys, Webhook
from bot import housekeeping
from bot.housekeeping import MESSAGES_KEPT, keep_house
from bot.media.files import MediaFolder
from bot.store import Store, open_store
from protocol.messages import Incoming
from protocol.reaction import Ignore, Reaction
from tests.adapters.feishu.payloads import BOT, WORDS, press, received
from tests.adapters.feishu.test_webhook import KEY, TOKEN, sealed, signed
from tests.platforms.raw_feishu import Time

HOUR = 3600.0
AGAIN = (0.0, 15.0, 300.0, HOUR, 6 * HOUR, 8 * HOUR - 1)
"""Seconds after an event at which it may come (again): the platform's schedule, and the end of what it asks for."""

Deliver = Callable[[dict[str, Any]], Awaitable[int]]


def envelope(event: dict[str, Any], kind: str, identity: str) -> dict[str, Any]:
    header = {
        "app_id": "cli_a",
        "event_id": identity,
        "event_type": kind,
        "token": TOKEN,
        "create_time": "1800000000000",
    }
    return {"schema": "2.0", "header": header, "event": event}


EVENTS = {
    "message": envelope(received(), "im.message.receive_v1", "e1"),
    "press": envelope(press({"press": "again:j1:6", "private": False}), "card.action.trigger", "e2"),
}


class Service:
    """What takes events: begun anew as often as it is asked for, on one disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.time = Time()
        self.taken: list[Incoming] = []

    @asynccontextmanager
    async def running(self, transport: str) -> AsyncIterator[Deliver]:
        """From a start to an end; the house is kept once, as it is at each start and every hour."""
        store = await open_store(f"sqlite+aiosqlite:///{self.folder / 'imabot.db'}")
        await self.keep_house(store)
        events = Events(partial(self.record, store), app_id="cli_a", bot=BOT, words=WORDS, locale="zh")
        webhook = Webhook(Keys(KEY, TOKEN), clock=self.time)
        webhook.take = events.take
        app = httpx.ASGITransport(app=Starlette(routes=webhook.routes()))

        async def by_connection(event: dict[str, Any]) -> int:
            await events.take(event)
            return 200

        async def by_webhook(event: dict[str, Any]) -> int:
            body = sealed(event)
            async with httpx.AsyncClient(transport=app, base_url="http://bot") as client:
                return (await client.post(PATH, content=body, headers=signed(body, self.time()))).status_code

        try:
            yield by_connection if transport == "ws" else by_webhook
        finally:
            await store.close()

    async def record(self, store: Store, incoming: Incoming) -> None:
        """As the inbox does: recorded, and worked if it is new."""
        if await store.record(incoming, self.time()):
            self.taken.append(incoming)
            await store.answer(incoming, Reaction(Ignore(), "en"), self.time(), job=None, text=None)

    async def keep_house(self, store: Store) -> None:
        """One round of it."""
        over = asyncio.Event()

        async def pause(_: float) -> None:
            over.set()
            await asyncio.Event().wait()

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(housekeeping, "asyncio", SimpleNamespace(sleep=pause))
            keeping = asyncio.create_task(keep_house(store, MediaFolder(self.folder / "media", self.time), self.time))
            await over.wait()
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


@pytest.mark.parametrize("kind", EVENTS)
@pytest.mark.parametrize("first", ["ws", "webhook"])
async def test_what_comes_again_for_eight_hours_by_either_transport_over_restarts_is_taken_once(
    tmp_path: Path, kind: str, first: str
) -> None:
    service, event = Service(tmp_path), EVENTS[kind]
    began = service.time()
    other = "webhook" if first == "ws" else "ws"
    for number, later in enumerate(AGAIN):
        service.time.now = began + later
        async with service.running(first if number % 2 == 0 else other) as deliver:
            assert await deliver(event) == 200
            assert await deliver(event) == 200
        assert len(service.taken) == 1


@pytest.mark.parametrize("kind", EVENTS)
async def test_what_the_house_keeps_is_longer_than_anything_comes_again(tmp_path: Path, kind: str) -> None:
    """And not for ever: after that it counts as new."""
    assert MESSAGES_KEPT >= 8 * HOUR
    service, event = Service(tmp_path), EVENTS[kind]
    began = service.time()
    for later, taken in ((0.0, 1), (MESSAGES_KEPT - 1, 1), (MESSAGES_KEPT + 1, 2)):
        service.time.now = began + later
        async with service.running("ws") as deliver:
            await deliver(event)
        assert len(service.taken) == taken
