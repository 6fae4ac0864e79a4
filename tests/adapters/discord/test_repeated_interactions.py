"""Discord may deliver an interaction twice: the second time changes nothing. Over the SDK."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.store import Store
from protocol.messages import Incoming
from tests.scenarios.discord_house import DiscordHouse, discord_house
from tests.scenarios.test_pictures import png


def again(home: DiscordHouse) -> None:
    """Deliver the last interaction once more."""
    home.discord.trouble._board.repeat_last(frozenset({"INTERACTION_CREATE"}))


async def test_a_command_that_comes_again_in_a_closed_channel_is_still_answered_there(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        home.discord.places.deny(home.channel, "send_messages")
        home.discord.slash(home.mei, home.channel, "draw", {"prompt": "一只猫"})
        await home.until(lambda: "1" in home.steps())
        again(home)
        await home.ended()
        assert home.steps()[-1] == "3"
        assert home.shown(home.discord.direct(home.mei)) == []
        assert (await home.state())["counts"]["create"] == 1


async def test_a_command_that_comes_again_while_it_is_recorded_keeps_its_deferral(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = Store.record

    async def slowly(store: Store, incoming: Incoming, at: float) -> object:
        await asyncio.sleep(2.5)
        return await record(store, incoming, at)

    async with discord_house(tmp_path) as home:
        monkeypatch.setattr(Store, "record", slowly)
        asked = home.discord.slash(home.mei, home.channel, "draw", {"prompt": "一只猫"})
        await home.until(lambda: asked.original)
        again(home)
        await home.ended()
        assert [each for each in home.discord.messages(home.channel) if each.loading] == []
        assert home.steps().count("0") == 1


async def test_a_form_is_opened_once(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        photo = home.discord.say(home.tom, home.channel, "my holiday", [png()], mention_bot=False)
        menu = home.discord.context_menu(home.mei, photo, "Edit picture")
        await home.until(lambda: menu.modal)
        again(home)
        home.discord.slash(home.mei, home.channel, "help")
        await home.until(lambda: home.steps())
        callbacks = [each for each in home.discord.requests if each.path.endswith("/callback")]
        assert len(callbacks) == 2
