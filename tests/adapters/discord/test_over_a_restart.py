"""What people began before a restart goes on after it: forms, files of commands, buttons. Over the real SDK."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from typing_extensions import override

from tests.platforms.discord.views import show
from tests.platforms.discord_server import DiscordOptions, Interaction, Upload
from tests.scenarios.discord_house import DiscordHouse, discord_house, service, words
from tests.scenarios.house import LOCALES
from tests.scenarios.test_pictures import opened, png
from tests.scenarios.timelapse import FastClock

WEEKS = 21 * 24 * 3600.0


QUICK = DiscordOptions(identify_spacing=0.1)
"""A restart here comes within moments; how sessions are spaced is not what is looked at."""


class Later(FastClock):
    """Three weeks on."""

    @override
    def __call__(self) -> float:
        return super().__call__() + WEEKS


async def ready(home: DiscordHouse) -> None:
    """Connected, and its commands known: neither waits for the other."""
    await home.discord.connected()
    await home.discord.wait_for(lambda: home.discord.commands.written)


async def told(home: DiscordHouse, asked: Interaction) -> str:
    """What an interaction was answered."""
    await home.until(lambda: asked.original and not show(asked.original).loading)
    assert asked.original is not None
    return words(show(asked.original))


async def test_a_form_that_was_opened_before_a_restart_still_knows_its_picture(tmp_path: Path) -> None:
    async with discord_house(tmp_path, options=QUICK, running=False) as home:
        photo = home.discord.say(home.tom, home.channel, "my holiday", [png("#102030")], mention_bot=False)
        async with service(home.settings, home.clock):
            await ready(home)
            menu = home.discord.context_menu(home.mei, photo, "Edit picture")
            await home.until(lambda: menu.modal)
        async with service(home.settings, home.clock):
            await home.discord.connected()
            home.discord.submit_modal(menu, {"words": "变成水彩"})
            shown = await home.ended()
            assert re.fullmatch("012*3", home.steps())
            assert (await home.tasks())[0]["category"] == "image_to_image"
            assert opened(shown[-1].attachments[0].data).convert("RGB").getpixel((9, 9)) == (0xEF, 0xDF, 0xCF)


async def test_the_file_of_a_command_is_not_lost_with_a_restart(tmp_path: Path) -> None:
    async with discord_house(tmp_path, options=QUICK, running=False) as home:
        async with service(home.settings, home.clock):
            await ready(home)
            file = Upload("a.png", png())
            asked = home.discord.slash(
                home.tom, home.channel, "draw", {"prompt": "as an oil painting", "picture": file}
            )
            await home.until(lambda: asked.original)
        async with service(home.settings, home.clock):
            await home.discord.connected()
            await home.ended()
            assert re.fullmatch("012*3", home.steps())
            assert [task["category"] for task in await home.tasks()] == ["image_to_image"]


async def test_buttons_work_for_weeks_and_for_their_asker_and_admins_only(tmp_path: Path) -> None:
    async with discord_house(tmp_path, options=QUICK, running=False) as home:
        async with service(home.settings, home.clock):
            await home.discord.connected()
            home.discord.say(home.mei, home.channel, "画一只鹤")
            result = (await home.ended())[-1]
        admin = home.discord.places.user("admin", home.guild)
        settings = replace(home.settings, admins=frozenset({f"discord:{admin.id}"}))
        async with service(settings, Later(home.clock.speed, home.clock.epoch)):
            await home.discord.connected()
            for number in (1, 3, 4):
                stranger = home.discord.press(home.tom, result, home.button(result, number))
                assert await told(home, stranger) == LOCALES.text("not_yours", "zh")
            assert len(await home.tasks()) == 1
            mine = home.discord.press(home.mei, result, home.button(result, 1))
            await home.ended(since=mine.id)
            theirs = home.discord.press(admin, result, home.button(result, 3))
            await home.ended(since=theirs.id)
            edit = home.discord.press(home.mei, result, home.button(result, 2))
            await home.until(lambda: edit.modal)
            sent = home.discord.submit_modal(edit, {"words": "变成水彩"})
            await home.ended(since=sent.id)
            assert [(task["size"], task["category"]) for task in await home.tasks()] == [
                ("1K", "text_to_image"),
                ("1K", "text_to_image"),
                ("4K", "text_to_image"),
                ("1K", "image_to_image"),
            ]
            assert all(each.answered_after is not None and each.answered_after < 3 for each in (mine, theirs, edit))
