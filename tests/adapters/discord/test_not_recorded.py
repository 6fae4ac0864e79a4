"""A message that cannot be recorded for long: who wrote it hears so, and the admin too. Over the SDK."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from adapters.discord import house
from bot.store import Store
from bot.store.errors import StoreError
from protocol.messages import Incoming
from tests.platforms.discord_server import DiscordOptions
from tests.scenarios.discord_house import discord_house, words
from tests.scenarios.house import LOCALES


async def test_who_mentioned_the_bot_is_told_to_try_again_and_the_admin_hears_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tried: list[str] = []
    pauses: list[float] = []
    sleep = asyncio.sleep

    async def away(store: Store, incoming: Incoming, at: float) -> object:
        tried.append(incoming.text)
        raise StoreError("locked")

    class Pauses:
        """The house's own pauses are written down and not waited for."""

        def __getattr__(self, name: str) -> object:
            return getattr(asyncio, name)

        async def sleep(self, seconds: float) -> None:
            pauses.append(seconds)
            await sleep(0)

    options = DiscordOptions(
        enabled_intents=frozenset({"message_content"}), needed_intents=frozenset({"message_content"})
    )
    async with discord_house(tmp_path, options=options, listening=True) as home:
        monkeypatch.setattr(Store, "record", away)
        monkeypatch.setattr(house, "asyncio", Pauses())
        home.discord.say(home.tom, home.channel, "what a day", mention_bot=False)
        asked = home.discord.say(home.mei, home.channel, "画一只猫")
        await home.until(lambda: home.shown() and len(pauses) == 8)
        [told] = home.shown()
        assert words(told) == LOCALES.text("discord.try_again", "zh")
        assert told.replied_to == asked.id
        assert len(tried) == house.RECORD_ATTEMPTS * 2
        assert sorted(pauses) == [1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0]
    assert "".join(capsys.readouterr()).count("a message is lost") == 2
