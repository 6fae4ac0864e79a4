"""PROGRESS_STYLE=edit in Discord: one message that changes, and nothing is lost with it. Over the real SDK."""

from __future__ import annotations

from pathlib import Path

from tests.platforms.discord_server import Shown
from tests.scenarios.discord_house import DiscordHouse, code, discord_house, words

PRO = {"prompt": "一只猫", "model": "gemini-3-pro-image"}
"""It takes a minute and more: there is progress to tell several times."""


def progress(home: DiscordHouse) -> list[Shown]:
    """Not the word that it is still being prepared, which a busy machine is slow enough for: that one stands."""
    return [each for each in home.shown() if code(each) == "2"]


async def test_progress_is_one_message_that_changes_and_pings_nobody(tmp_path: Path) -> None:
    async with discord_house(tmp_path, PROGRESS_STYLE="edit") as home:
        with home.brush.held():
            home.discord.slash(home.mei, home.channel, "draw", PRO)
            await home.until(lambda: any(each.edited for each in progress(home)))
        await home.ended()
        assert home.steps() == "0123"
        [told] = progress(home)
        assert told.edited
        assert words(told) != told.earlier[0]
        assert words(told).startswith(f"<@{home.mei.id}>")
        assert told.pings == frozenset()


async def test_a_progress_message_that_somebody_deletes_costs_no_picture(tmp_path: Path) -> None:
    """Nor is there another one in its place."""
    async with discord_house(tmp_path, PROGRESS_STYLE="edit") as home:
        with home.brush.held():
            home.discord.slash(home.mei, home.channel, "draw", PRO)
            await home.until(lambda: progress(home))
            home.discord.trouble.delete_message(home.discord.message(progress(home)[0].id))
            await home.until(
                lambda: any((each.method, each.status) == ("PATCH", 404) for each in home.discord.requests)
            )
        await home.ended()
        assert home.steps() == "013"
        assert (await home.state())["counts"]["create"] == 1
