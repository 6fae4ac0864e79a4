"""Many at once in Feishu: the order where a group's rate is short, and nobody waits who need not."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from adapters.feishu import adapter
from adapters.feishu.adapter import FeishuAdapter
from bot import sender
from protocol.messages import Priority
from tests.platforms.feishu_server import TOKEN, FeishuOptions
from tests.scenarios.feishu_house import (
    ENCRYPT_KEY,
    Transport,
    code,
    feishu_house,
    quick,
    service,
    words,
)
from tests.scenarios.house import LOCALES
from tests.scenarios.lanes import RANK, Ears, listen

SPEED = 20.0
LATE = 1.0
"""Real seconds after which progress is too late here."""

SLOW = 3.0
"""Seconds that a token takes: a loop that waited for it would be late by that."""

SILENT = 3.0
"""Seconds for which the platform wants to hear nothing."""

CREATE = "POST /im/v1/messages"
BOTH = pytest.mark.parametrize("transport", ["ws", "webhook"])


# --- a rate that is short ---


@pytest.fixture
def ears(monkeypatch: pytest.MonkeyPatch) -> Ears:
    return listen(monkeypatch, FeishuAdapter, time.monotonic)


async def test_in_a_crowded_group_the_most_important_goes_first_and_only_late_progress_is_left_out(
    tmp_path: Path, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five a second, and in the middle the platform wants to hear nothing for a while: it hears nothing."""
    async with feishu_house(tmp_path, speed=SPEED, forgive_ima=("stale_list",)) as home:
        monkeypatch.setattr(sender, "PROGRESS_PATIENCE", LATE * SPEED)
        people = [home.feishu.person(f"p{number}", home.group) for number in range(7)]
        await home.provoke("status_failed", times=1)
        said = [home.feishu.say(person, home.group, f"draw cat {n}") for n, person in enumerate(people[:4])]
        # The last ones ask when the others already wait for their start notices.
        await home.until(lambda: home.steps().count("0") == 4)
        said += [home.feishu.say(person, home.group, f"draw cat {n}") for n, person in enumerate(people[4:], 4)]
        await home.until(lambda: home.steps().count("1") >= 4)
        home.feishu.trouble.limit_next(CREATE, int(SILENT))
        await home.ended(jobs=7)
        steps = home.steps()
        assert {each.replied_to for each in home.shown() if code(each) == "0"} == {each.id for each in said}
        assert [steps.count(each) for each in "0134"] == [7, 7, 6, 1]
        record = [each.uuid or "" for each in home.shown()]
        assert (await home.state())["counts"]["create"] == 7
        creates = [each for each in home.feishu.requests if each.route == CREATE]

    # Otherwise there was no crowd, and nothing was shown: in the order of asking none would pass another.
    assert (0, 2) in ears.overtaken(record)

    left_out = [key for key in ears.asked if key not in record]
    assert left_out
    assert {ears.rank[key] for key in left_out} == {RANK[Priority.PROGRESS]}

    refused = next(number for number, each in enumerate(creates) if each.status == 429)
    assert [each.status for each in creates].count(429) == 1
    assert creates[refused + 1].at - creates[refused].at >= SILENT


# --- nobody waits who need not ---


@dataclass
class Lag:
    """How late the loop was, at the most."""

    most: float = 0.0


@asynccontextmanager
async def watched() -> AsyncIterator[Lag]:
    """Watch the loop that the service shares with all servers of the test."""
    lag = Lag()

    async def watch() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.01)
            lag.most = max(lag.most, time.perf_counter() - began - 0.01)

    watching = asyncio.create_task(watch())
    try:
        yield lag
    finally:
        watching.cancel()


@pytest.fixture
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rate of a group has tests of its own: here it keeps nobody waiting."""
    monkeypatch.setattr(adapter, "A_CHAT", (1000, 1.0))


def wide(**more: Any) -> FeishuOptions:
    return quick(sends_a_second=1000, calls_a_second=1000, **more)


@pytest.mark.usefixtures("_wide")
@BOTH
async def test_thirty_at_once_in_one_group_before_there_is_a_token_wait_for_it_alone(
    tmp_path: Path, transport: Transport
) -> None:
    """It takes three seconds, is fetched once, and the loop goes on; so it is where a token is taken back later."""
    async with feishu_house(
        tmp_path, speed=4, transport=transport, running=False, options=wide(redelivery=(0.3,) * 60)
    ) as home:
        people = [home.feishu.person(f"p{number}") for number in range(30)]
        crowd = home.feishu.group("crowd", *people)
        home.feishu.trouble.slow_next(TOKEN, SLOW)
        async with service(home.settings, home.clock) as url, watched() as lag:
            if transport == "webhook":
                home.feishu.post_to(f"{url}/feishu/webhook", encrypt_key=ENCRYPT_KEY)
            said = [home.feishu.say(person, crowd, "画一只狗") for person in people]
            await home.until(lambda: home.steps(crowd).count("0") == 30)
            replied = [each.replied_to for each in home.shown(crowd) if code(each) == "0"]
            assert sorted(replied, key=str) == sorted(each.id for each in said)
            assert home.feishu.token_fetches == 1
            taken = [home.feishu.delivery(each).statuses for each in said]
            assert all(each[-1] == 200 and each.count(200) == 1 for each in taken)
            assert any(len(each) > 1 for each in taken), "nobody came before the token"

            home.feishu.trouble.revoke_tokens()
            home.feishu.trouble.slow_next(TOKEN, 0.5)
            chats = [home.feishu.direct(person) for person in people[:10]]
            for person in people[:10]:
                home.feishu.dm(person, "hello")
            await home.until(lambda: all(home.steps(chat) == "r" for chat in chats))
            assert home.feishu.token_fetches == 2
            assert lag.most < SLOW * 0.75


# --- presses ---


@pytest.mark.usefixtures("_wide")
@BOTH
async def test_thirty_presses_at_once_are_answered_in_time_and_an_offer_is_taken_once(
    tmp_path: Path, transport: Transport
) -> None:
    """Its asker presses both alternatives in the same moment; strangers press everything that there is."""
    async with feishu_house(tmp_path, transport=transport, options=wide(), forgive_ima=("stale_list",)) as home:
        strangers = [home.feishu.person(f"p{number}", home.group) for number in range(27)]
        await home.provoke("status_failed", times=1)
        for text in ("画一只狗", "画一只鹤"):
            home.feishu.say(home.mei, home.group, text)
        await home.ended(jobs=2)
        await home.at_rest()
        failure = next(each for each in home.shown() if code(each) == "4")
        result = next(each for each in home.shown() if code(each) == "3")
        last = home.shown()[-1]
        pressed = [
            *(home.feishu.press(person, result, 1) for person in strangers[:9]),
            *(home.feishu.press(person, result, 4, form={"words": "变成水彩"}) for person in strangers[9:18]),
            home.feishu.press(home.mei, failure, 1),
            home.feishu.press(home.mei, failure, 2),
            *(home.feishu.press(person, failure, 1 + n % 2) for n, person in enumerate(strangers[18:])),
            home.feishu.press(home.tom, result, 2),
        ]
        await home.until(lambda: all(each.settled for each in pressed))
        assert [each.error for each in pressed] == [None] * 30
        assert all(each.toast is not None for each in pressed)
        assert max(each.answered_in or 9.0 for each in pressed) < 3
        await home.until(lambda: home.steps(since=last.id).count("r") == 29)
        await home.until(lambda: "3" in home.steps(since=last.id))
        replies = [words(each) for each in home.shown(since=last.id) if code(each) == "r"]
        assert sorted(replies) == sorted([*[LOCALES.text("not_yours", "zh")] * 28, LOCALES.text("offer_closed", "zh")])
        assert re.fullmatch("012*3", home.steps(since=last.id).replace("r", ""))
        assert len(await home.tasks()) == 3
