"""kill -9 in Discord, just before and just after what is saved, and a restart.

Before a change is saved, its effect has been done and nobody knows; after it, the next effect has not begun. Whatever
the moment: at most one create, each step seen once, and the picture, or, where the answer to the create was lost with
the process, an honest notice. Every test asserts that the process really died.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.platforms.discord_server import Interaction
from tests.scenarios.discord_house import DiscordHouse, words
from tests.scenarios.discord_lives import (
    LOST,
    SPEED,
    between_lives,
    cradle_of_lives,
    excuse,
    house,
    killed,
    life,
    seen_to_the_end,
)
from tests.scenarios.house import LOCALES
from tests.scenarios.test_pictures import png


@pytest.fixture(scope="module")
def cradle() -> Iterator[str]:
    """Where processes of the service are started; gives the socket's path."""
    with cradle_of_lives() as path:
        yield path


STATES = (
    "acknowledging",
    "quoting",
    "announcing",
    "checking",
    "creating",
    "polling",
    "fetching",
    "delivering",
    "succeeded",
)
MOMENTS = [f"{what}:{side}" for what in (*STATES, "progress") for side in ("before", "after")]
CAT = {"prompt": "a cat"}


async def check(home: DiscordHouse, moment: str, steps: str) -> None:
    """One picture; in the window of the lost answer an honest word instead."""
    creates = (await home.state())["counts"]["create"]
    assert re.fullmatch("012*3" if moment not in LOST else "012*4", steps), steps
    if moment in LOST:
        assert creates <= 1
        assert any(
            LOCALES.text("failed.reason.answer_lost", each) in words(home.everything()[-1]) for each in ("zh", "en")
        )
    else:
        assert creates == 1
        assert sum(bool(each.attachments) for each in home.everything()) == 1


@pytest.mark.parametrize("moment", ["record:after", "answer:after", *MOMENTS])
async def test_a_picture_survives_a_kill(tmp_path: Path, cradle: str, moment: str) -> None:
    async with house(tmp_path) as home:
        await killed(home, cradle, moment, lambda: home.discord.say(home.mei, home.channel, "画一张猫"))
        await check(home, moment, await seen_to_the_end(home, cradle))


async def test_what_was_never_recorded_is_lost_and_nothing_is_spent(tmp_path: Path, cradle: str) -> None:
    """A new session hears nothing of before: the person asks again, and is answered once."""
    async with house(tmp_path) as home:
        await killed(home, cradle, "record:before", lambda: home.discord.say(home.mei, home.channel, "画一张猫"))
        async with life(home, cradle):
            home.discord.say(home.mei, home.channel, "画一张猫")
            await home.ended()
        assert (await home.state())["counts"]["create"] == 1
        assert re.fullmatch("012*3", home.steps())


@pytest.mark.parametrize("moment", ["answer:after", "acknowledging:after", "quoting:before", "succeeded:before"])
async def test_a_command_survives_a_kill(tmp_path: Path, cradle: str, moment: str) -> None:
    """Its token dies with the process: what is still to say goes to the channel."""
    async with house(tmp_path) as home:
        asked: list[Interaction] = []
        await killed(
            home, cradle, moment, lambda: asked.append(home.discord.slash(home.tom, home.channel, "draw", CAT))
        )
        await check(home, moment, await seen_to_the_end(home, cradle))
        excuse(home, *asked)


@pytest.mark.parametrize(
    "moment", ["preparing:before", "preparing:after", "creating:before", *LOST, "succeeded:before"]
)
async def test_an_edit_in_private_survives_a_kill(tmp_path: Path, cradle: str, moment: str) -> None:
    async with house(tmp_path) as home:
        await killed(home, cradle, moment, lambda: home.discord.dm(home.mei, "变成油画", [png()]))
        await check(home, moment, await seen_to_the_end(home, cradle, home.discord.direct(home.mei)))


@pytest.mark.parametrize(
    "moment", ["answer:after", "acknowledging:after", "creating:before", "creating:after", "succeeded:before"]
)
async def test_a_press_survives_a_kill(tmp_path: Path, cradle: str, moment: str) -> None:
    """It is paid at most once, and what was drawn before it is not drawn again."""
    async with house(tmp_path) as home:
        async with life(home, cradle) as first:
            home.discord.say(home.mei, home.channel, "画一张猫")
            await home.ended()
            await first.stopped()
        await between_lives(home)
        result, pressed = home.shown()[-1], list[Interaction]()
        label = "再来一张 · 6 积分"
        await killed(home, cradle, moment, lambda: pressed.append(home.discord.press(home.mei, result, label)))
        async with life(home, cradle):
            await home.ended(jobs=2)
            await asyncio.sleep(30 / SPEED)
        lost = moment in LOST
        assert re.fullmatch("012*3012*4" if lost else "012*3012*3", home.steps()), home.steps()
        assert (await home.state())["counts"]["create"] == (1 if lost else 2)
        excuse(home, *pressed)


@pytest.mark.parametrize("moment", ["answer:after", "reply_sent:before", "reply_sent:after"])
async def test_an_answer_without_a_picture_is_given_once(tmp_path: Path, cradle: str, moment: str) -> None:
    async with house(tmp_path) as home:
        await killed(home, cradle, moment, lambda: home.discord.say(home.tom, home.channel, "hello"))
        assert await seen_to_the_end(home, cradle) == "r"


@pytest.mark.parametrize("moment", ["failing:before", "failing:after", "failed:before"])
async def test_a_failure_is_told_once(tmp_path: Path, cradle: str, moment: str) -> None:
    async with house(tmp_path) as home:
        await home.provoke("resource_failed")
        await killed(home, cradle, moment, lambda: home.discord.say(home.mei, home.channel, "画一张猫"))
        steps = await seen_to_the_end(home, cradle)
        assert re.fullmatch("012*4", steps), steps
        assert (await home.state())["counts"]["create"] == 1
        assert len(home.shown()[-1].buttons) == 2
