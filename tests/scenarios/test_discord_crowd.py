"""Many in Discord at the same moment: each is heard at once, and what may happen once happens once."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from tests.platforms.discord.views import show
from tests.platforms.discord_server import Interaction
from tests.scenarios.discord_house import discord_house, words
from tests.scenarios.house import LOCALES

ANSWER_WITHIN = 3.0
"""Real seconds from an interaction to its first response; the local Discord also refuses any that is later."""

PEOPLE = 40


def told(pressed: Interaction) -> str:
    """What was answered for who pressed alone."""
    seen = [show(each) for each in (pressed.original, *pressed.followups) if each is not None]
    return next((words(each) for each in seen if each.only_for and not each.loading), "")


async def test_forty_people_at_once_are_all_heard_in_time_and_do_not_wait_for_each_other(tmp_path: Path) -> None:
    """Half write, half give commands, over twenty channels; and all press another's button at the same moment.

    Forty pictures are ten seconds of work for the two sides together.
    """
    async with discord_house(tmp_path, speed=20) as home:
        home.discord.say(home.mei, home.channel, "画一只鹤")
        result = (await home.ended())[-1]
        channels = [home.discord.places.channel(home.guild, f"room{number}") for number in range(PEOPLE // 2)]
        writers = [home.discord.places.user(f"w{number}", home.guild) for number in range(PEOPLE // 2)]
        others = [home.discord.places.user(f"o{number}", home.guild) for number in range(PEOPLE // 2)]
        for each, where in zip(writers, channels, strict=True):
            home.discord.say(each, where, f"draw a cat for {each.name}")
        given = [
            home.discord.slash(each, where, "draw", {"prompt": f"a dog for {each.name}"})
            for each, where in zip(others, channels, strict=True)
        ]
        pressed = [home.discord.press(each, result, home.button(result, 1)) for each in (*writers, *others)]
        for channel in channels:
            await home.ended(channel, jobs=2, patience=100)
            steps = home.steps(channel)
            assert (steps.count("0"), steps.count("1"), steps.count("3")) == (2, 2, 2)
        assert max(each.answered_after or math.inf for each in (*given, *pressed)) < ANSWER_WITHIN
        assert {told(each) for each in pressed} == {LOCALES.text("not_yours", "zh")}
        assert (await home.state())["counts"]["create"] == PEOPLE + 1


@pytest.mark.parametrize("buttons", [(1, 1), (1, 2)])
async def test_an_offer_that_is_pressed_twice_at_the_same_moment_is_taken_once(
    tmp_path: Path, buttons: tuple[int, ...]
) -> None:
    async with discord_house(tmp_path) as home:
        await home.provoke("status_failed", times=1)
        home.discord.say(home.tom, home.channel, "draw a heron")
        offer = (await home.ended())[-1]
        presses = [home.discord.press(home.tom, offer, home.button(offer, each)) for each in buttons]
        closed = LOCALES.text("offer_closed", "en")
        await home.until(lambda: sum(told(each) == closed for each in presses) == len(buttons) - 1)
        await home.until(lambda: "3" in home.steps(since=offer.id))
        assert len(await home.tasks()) == 2


async def test_again_that_is_pressed_twice_by_a_nervous_finger_is_one_picture(tmp_path: Path) -> None:
    """Slowly, since a moment is one of the service's; the pictures are quick instead."""
    async with discord_house(tmp_path, speed=5) as home:
        await home.provoke("finishes_late", times=2, seconds=10)
        home.discord.say(home.tom, home.channel, "draw a heron")
        result = (await home.ended())[-1]
        presses = [home.discord.press(home.tom, result, home.button(result, 1)) for _ in range(2)]
        await home.until(lambda: all(each.answered_after is not None for each in presses))
        await home.until(lambda: "3" in home.steps(since=result.id))
        assert len(await home.tasks()) == 2


async def test_while_discord_holds_back_all_calls_nothing_is_lost_and_nothing_sent_twice(tmp_path: Path) -> None:
    """The global limit in the middle of a request: the six steps go on after it, and no call is made meanwhile."""
    async with discord_house(tmp_path) as home:
        home.discord.say(home.tom, home.channel, "draw a heron")
        await home.until(lambda: "1" in home.steps())
        home.discord.trouble.limit_everything(2.0)
        await home.ended()
        assert re.fullmatch("012*3", home.steps())
        assert len(await home.tasks()) == 1


async def test_the_six_steps_of_a_command_in_english(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        with home.brush.held():
            asked = home.discord.slash(
                home.tom, home.channel, "draw", {"prompt": "a lighthouse at sunset", "ratio": "16:9"}
            )
            await home.until(lambda: "2" in home.steps())
        shown = await home.ended()
        assert re.fullmatch("012+3", home.steps())
        assert asked.original is not None
        assert shown[0].id == asked.original.id
        first, *_, last = (words(each) for each in shown)
        assert first.startswith(("On it", "Got it", "Sure", "Okay", "Coming", "Right"))
        assert "Your picture is ready!" in last
        assert [each.label for each in shown[-1].buttons] == [
            "Again · 6 pts",
            "Edit this · 6 pts",
            "In 4K · 13 pts",
            "Nano Banana Pro · 10 pts",
        ]
        assert all("Nano Banana2" in words(each) for each in (shown[1], shown[-1]))
        assert not re.search("[一-鿿]", "".join(words(each) for each in shown))
