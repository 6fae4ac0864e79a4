"""PROGRESS_STYLE=edit in Discord: one message that changes, and nothing is lost with it. Over the real SDK."""

from __future__ import annotations

from pathlib import Path

from tests.platforms.discord_server import Channel
from tests.scenarios.discord_house import DiscordHouse, code, discord_house, words

PRO = {"prompt": "一只猫", "model": "gemini-3-pro-image"}
"""It takes a minute and more: there is progress to tell several times."""


def progress(home: DiscordHouse, channel: Channel) -> list[str]:
    return [words(each) for each in home.shown(channel) if code(each) == "2"]


async def test_progress_is_one_message_that_changes_and_pings_nobody(tmp_path: Path) -> None:
    async with discord_house(tmp_path, speed=40, PROGRESS_STYLE="edit") as home:
        home.discord.slash(home.mei, home.channel, "draw", PRO)
        await home.ended()
        assert home.steps() == "0123"
        [told] = [each for each in home.shown() if code(each) == "2"]
        assert told.edited
        assert words(told) != told.earlier[0]
        assert words(told).startswith(f"<@{home.mei.id}>")
        assert told.pings == frozenset()


async def test_a_progress_message_that_somebody_deletes_costs_no_picture(tmp_path: Path) -> None:
    async with discord_house(tmp_path, speed=40, PROGRESS_STYLE="edit") as home:
        home.discord.slash(home.mei, home.channel, "draw", PRO)
        await home.until(lambda: progress(home, home.channel))
        told = next(each for each in home.shown() if code(each) == "2")
        home.discord.trouble.delete_message(home.discord.message(told.id))
        await home.ended()
        assert home.steps() == "013"
        assert (await home.state())["counts"]["create"] == 1
