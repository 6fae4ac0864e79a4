"""The buttons in Discord: an offer's for ten minutes, each once; a result's for weeks; both over restarts."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from typing_extensions import override

from tests.platforms.discord.rates import Rate
from tests.platforms.discord.views import show
from tests.platforms.discord_server import DiscordOptions, Interaction, Shown
from tests.scenarios.discord_house import DiscordHouse, code, discord_house, service, words
from tests.scenarios.house import LOCALES
from tests.scenarios.test_pictures import png
from tests.scenarios.timelapse import FastClock

SPEED = 60.0
MINUTE, DAY = 60.0, 86_400.0
THREE_WEEKS = 21 * DAY


class Calendar(FastClock):
    """A clock that can be put forward: for the service, and for Discord's ids and signed addresses."""

    ahead = 0.0

    @override
    def __call__(self) -> float:
        return super().__call__() + self.ahead


def house(
    folder: Path, calendar: Calendar, forgive: tuple[str, ...] = ()
) -> contextlib.AbstractAsyncContextManager[DiscordHouse]:
    options = DiscordOptions(identify_spacing=0.0, clock=lambda: time.time() + calendar.ahead)
    return discord_house(folder, speed=SPEED, options=options, running=False, forgive=forgive)


@asynccontextmanager
async def living(home: DiscordHouse, calendar: Calendar) -> AsyncIterator[None]:
    """The service from its connection to its end."""
    # Between real lives more time goes by: nobody waits for what an earlier one used up of the rates.
    home.discord.rates.set("GET /gateway/bot", "", Rate(2, 5.0), 2, 0.0)
    home.discord.trouble.rate_limit(home.channel, 50, 20.0, limit=50)
    async with service(home.settings, calendar):
        await home.discord.wait_for(lambda: home.discord.gateway.live and home.discord.commands.written)
        yield


async def told(home: DiscordHouse, pressed: Interaction) -> str:
    """What only who pressed is told."""

    def answers() -> list[Shown]:
        seen = [each for each in (pressed.original, *pressed.followups) if each is not None]
        return [show(each) for each in seen if each.only_for is pressed.user and not show(each).loading]

    await home.until(answers)
    return words(answers()[0])


def pick(home: DiscordHouse, offer: Shown) -> str:
    return home.button(offer, 1)


async def failed(home: DiscordHouse) -> Shown:
    """A picture that does not come, and its offer, which is not for others."""
    stranger = home.discord.places.user("stranger", home.guild)
    await home.provoke("status_failed", times=1)
    home.discord.say(home.tom, home.channel, "draw a heron")
    shown = (await home.ended())[-1]
    assert code(shown) == "4"
    assert [each.label for each in shown.buttons] == ["Nano Banana Pro · 1K · 10 pts", "Nano Banana2 · 512px · 4 pts"]
    # The offer is seen a moment before its time begins.
    while await told(home, home.discord.press(stranger, shown, pick(home, shown))) != LOCALES.text("not_yours", "en"):
        pass
    return shown


async def ordered(home: DiscordHouse) -> list[tuple[str, str, int]]:
    """What was paid for: model, size, points."""
    return [(each["model_id"], each["size"], each["charged"]) for each in await home.tasks()]


async def test_an_offer_is_taken_after_a_restart_and_once(tmp_path: Path) -> None:
    calendar = Calendar(SPEED)
    async with house(tmp_path, calendar) as home:
        async with living(home, calendar):
            offer = await failed(home)
        async with living(home, calendar):
            taken = home.discord.press(home.tom, offer, pick(home, offer))
            await home.until(lambda: "3" in home.steps(since=taken.id))
        async with living(home, calendar):
            again = home.discord.press(home.tom, offer, pick(home, offer))
            assert await told(home, again) == LOCALES.text("offer_closed", "en")
        assert [each["model_id"] for each in await home.tasks()] == ["gemini-3.1-flash-image", "gemini-3-pro-image"]


@pytest.mark.parametrize(("after", "open_still"), [(9 * MINUTE, True), (10.5 * MINUTE, False)])
async def test_an_offer_is_open_for_ten_minutes(tmp_path: Path, after: float, open_still: bool) -> None:
    calendar = Calendar(SPEED)
    async with house(tmp_path, calendar) as home, living(home, calendar):
        offer = await failed(home)
        calendar.ahead += after
        pressed = home.discord.press(home.tom, offer, pick(home, offer))
        if open_still:
            await home.until(lambda: "3" in home.steps(since=pressed.id))
        else:
            assert await told(home, pressed) == LOCALES.text("offer_closed", "en")
        assert len(await home.tasks()) == (2 if open_still else 1)


async def test_an_admin_may_take_the_offer_of_another_and_nobody_else_may(tmp_path: Path) -> None:
    calendar = Calendar(SPEED)
    async with house(tmp_path, calendar) as home:
        home.settings = replace(home.settings, admins=frozenset({f"discord:{home.mei.id}"}))
        async with living(home, calendar):
            offer = await failed(home)
            taken = home.discord.press(home.mei, offer, pick(home, offer))
            shown = await home.ended(since=taken.id)
            assert shown[-1].pings == {home.mei.id}
        assert len(await home.tasks()) == 2


POINTS = re.compile(r" · (\d+) 积分$")


async def form_of(home: DiscordHouse, pressed: Interaction) -> None:
    await home.until(lambda: pressed.modal)


async def use_every_button(home: DiscordHouse, result: Shown) -> None:
    """Press each; what is paid is what the button said."""
    for number, button in enumerate(result.buttons, 1):
        before = len(await home.tasks())
        pressed = home.discord.press(home.mei, result, home.button(result, number))
        if (button.custom_id or "").startswith("edit:"):
            await form_of(home, pressed)
            pressed = home.discord.submit_modal(pressed, {"words": "变成水彩"})
        shown = await home.ended(since=pressed.id)
        assert code(shown[-1]) == "3", [words(each) for each in shown]
        new = (await ordered(home))[before:]
        assert len(new) == 1
        said = POINTS.search(button.label)
        assert said is not None
        assert new[0][2] == int(said[1])


@pytest.mark.parametrize("later", [None, 0.0, THREE_WEEKS], ids=["at once", "after a restart", "weeks later"])
async def test_the_buttons_of_a_picture_work(tmp_path: Path, later: float | None) -> None:
    """Of an edited photo even: what was attached is found again when its signed address has long expired."""
    calendar = Calendar(SPEED)
    # That an address has expired is seen by asking for it, once.
    forgive = ("expired_attachment_url",) if later == THREE_WEEKS else ()
    async with house(tmp_path, calendar, forgive) as home:
        async with living(home, calendar):
            home.discord.say(home.mei, home.channel, "变成油画", [png("#102030")])
            result = (await home.ended())[-1]
            assert len(result.buttons) == 4
            assert sum(bool(POINTS.search(each.label)) for each in result.buttons) == 4
            if later is None:
                await use_every_button(home, result)
        if later is not None:
            calendar.ahead += later
            async with living(home, calendar):
                await use_every_button(home, result)
        tasks = await home.tasks()
        assert [each["category"] for each in tasks] == ["image_to_image"] * 5
        assert {each["size"] for each in tasks} == {"1K", "4K"}
        assert {each["model_id"] for each in tasks} == {"gemini-3.1-flash-image", "gemini-3-pro-image"}
