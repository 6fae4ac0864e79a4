"""A platform's connection is begun again whatever ends it, but for what no new attempt can help."""

from __future__ import annotations

import asyncio

import pytest
from typing_extensions import override

from adapters.port import ConfigurationRefused, Inbox
from bot import supervisor
from bot.supervisor import supervise
from protocol.messages import Incoming
from tests.bot.fakes import FakePlatform


class Breaking(FakePlatform):
    """Ends in each of these ways, one after the other; then it stays."""

    def __init__(self, *ends: Exception | None) -> None:
        super().__init__()
        self.ends = list(ends)
        self.stays = asyncio.Event()

    @override
    async def run(self, inbox: Inbox) -> None:
        if not self.ends:
            self.stays.set()
            await asyncio.Event().wait()
        end = self.ends.pop(0)
        if end is not None:
            raise end


async def nobody(incoming: Incoming) -> None:
    """An inbox."""


async def test_whatever_ends_it_it_is_begun_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "FIRST_PAUSE", 0.001)
    platform = Breaking(OSError("reset"), None, AttributeError("a bug"))
    running = asyncio.create_task(supervise(platform, nobody))
    await platform.stays.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert running.cancelled()


async def test_what_is_configured_wrongly_ends_it() -> None:
    with pytest.raises(ConfigurationRefused, match="the token"):
        await supervise(Breaking(ConfigurationRefused("the token is wrong")), nobody)
