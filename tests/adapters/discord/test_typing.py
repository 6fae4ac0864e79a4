"""The sign that the bot types: from the first word to the last of each request, and never in anybody's way."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import cast

import pytest

from adapters.discord.rest import NotTaken, Rejected, Rest, RestError, Unreachable
from adapters.discord.typing import AT_MOST, EVERY, Typing
from protocol.messages import Address, Outgoing, Priority
from protocol.models import MODELS, ModelCard
from protocol.progress import progress_time
from tests.adapters.discord.payloads import CHANNEL, MESSAGE
from tests.adapters.discord.test_outgoing import ADDRESS, out

LONGEST_GAP = 10.0
"""Seconds after which Discord takes the sign away."""

CHANNELS = [ADDRESS, replace(ADDRESS, conversation="7700", private=True), replace(ADDRESS, thread="8800")]


class Time:
    """Time that goes by only where a test says so."""

    def __init__(self) -> None:
        self.now = 0.0
        self.sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.sleepers.append((self.now + seconds, woken))
        await woken

    async def go_to(self, when: float) -> None:
        """Let everything happen that happens until then."""
        while True:
            for _ in range(5):
                await asyncio.sleep(0)
            self.sleepers = [each for each in self.sleepers if not each[1].done()]
            due = min((each for each in self.sleepers if each[0] <= when), default=None, key=lambda each: each[0])
            if due is None:
                break
            self.now = due[0]
            due[1].set_result(None)
        self.now = when


class Stage:
    """A `Typing`, its time, and when it was shown where."""

    def __init__(self) -> None:
        self.time = Time()
        self.shown: list[tuple[float, str]] = []
        self.troubles: list[Exception] = []
        self.typing = Typing(cast(Rest, self), self.time, self.time.sleep)

    async def call(self, method: str, path: str, *, channel_id: str) -> None:
        assert (method, path) == ("POST", "/channels/{channel_id}/typing")
        self.shown.append((self.time.now, channel_id))
        if self.troubles:
            raise self.troubles.pop(0)

    def times(self, channel: str = CHANNEL) -> list[float]:
        return [at for at, where in self.shown if where == channel]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    made = Stage()
    yield made
    await made.typing.close()


def said(priority: Priority, address: Address = ADDRESS) -> Outgoing:
    return out(priority=priority, address=address)


def place(address: Address) -> str:
    return address.thread or address.conversation


@pytest.mark.parametrize("address", CHANNELS)
@pytest.mark.parametrize("end", [171.0, 600.0])
@pytest.mark.parametrize("left_out", [None, 2])
@pytest.mark.parametrize("card", MODELS.values(), ids=lambda card: card.name)
async def test_it_lasts_from_the_request_to_its_end_and_not_a_moment_longer(
    card: ModelCard, left_out: int | None, end: float, address: Address, stage: Stage
) -> None:
    """With the pushes of the timetable; one of them may be left out, since it would have come late."""
    stage.typing.heard(place(address), address.message)
    stage.typing.sent(said(Priority.ACKNOWLEDGEMENT, address))
    await stage.time.go_to(2)
    stage.typing.sent(said(Priority.START, address))
    for number in itertools.takewhile(lambda number: progress_time(card, number) < end, itertools.count()):
        await stage.time.go_to(progress_time(card, number))
        if number != left_out:
            stage.typing.sent(said(Priority.PROGRESS, address))
    await stage.time.go_to(end)
    stage.typing.sent(said(Priority.RESULT, address))
    await stage.time.go_to(1000)
    times = stage.times(place(address))
    assert times[0] == 0
    assert max(later - earlier for earlier, later in itertools.pairwise(times)) < LONGEST_GAP
    assert end - LONGEST_GAP < times[-1] <= end
    assert {where for _, where in stage.shown} == {place(address)}


async def test_a_request_that_is_only_answered_shows_it_once(stage: Stage) -> None:
    stage.typing.heard(CHANNEL, MESSAGE)
    await stage.time.go_to(1)
    stage.typing.sent(said(Priority.REPLY))
    await stage.time.go_to(60)
    assert stage.times() == [0]


async def test_a_request_that_is_not_answered_shows_it_once(stage: Stage) -> None:
    stage.typing.heard(CHANNEL, MESSAGE)
    await stage.time.go_to(60)
    assert stage.times() == [0]


async def test_what_never_ends_ends_by_itself(stage: Stage) -> None:
    stage.typing.sent(said(Priority.START))
    await stage.time.go_to(1000)
    assert AT_MOST - EVERY <= stage.times()[-1] < AT_MOST


async def test_the_end_of_one_request_is_not_the_end_of_another_of_the_same_person(stage: Stage) -> None:
    other = replace(ADDRESS, message="99")
    stage.typing.sent(said(Priority.START))
    stage.typing.sent(said(Priority.START, other))
    await stage.time.go_to(10)
    stage.typing.sent(said(Priority.RESULT, other))
    stage.typing.sent(said(Priority.REPLY, replace(ADDRESS, message="100")))
    await stage.time.go_to(40)
    assert stage.times() == [0, 8, 16, 24, 32, 40]
    stage.typing.sent(said(Priority.RESULT))
    await stage.time.go_to(100)
    assert stage.times()[-1] == 40


async def test_a_next_request_shows_it_again(stage: Stage) -> None:
    stage.typing.sent(said(Priority.START))
    await stage.time.go_to(3)
    stage.typing.sent(said(Priority.RESULT))
    stage.typing.heard(CHANNEL, "99")
    await stage.time.go_to(4)
    assert stage.times() == [0, 3]


@pytest.mark.parametrize(
    "trouble", [Unreachable("502"), NotTaken("the rate is used up"), NotTaken("the rate is used up", 3.0)]
)
async def test_what_discord_does_not_take_now_is_shown_the_next_time(trouble: RestError, stage: Stage) -> None:
    stage.troubles = [trouble]
    stage.typing.sent(said(Priority.START))
    await stage.time.go_to(17)
    assert stage.times() == [0, 8, 16]


async def test_what_nobody_foresaw_is_logged_and_the_channel_shows_it_again(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both while the same request is under way, and for the next."""
    stage.troubles = [ZeroDivisionError("a fault of ours")]
    stage.typing.sent(said(Priority.START))
    await stage.time.go_to(9)
    stage.typing.sent(said(Priority.RESULT))
    stage.troubles = [ZeroDivisionError("a fault of ours")]
    stage.typing.heard(CHANNEL, "99")
    await stage.time.go_to(20)
    stage.typing.heard(CHANNEL, "100")
    await stage.time.go_to(60)
    assert stage.times() == [0, 8, 9, 20]
    assert "".join(capsys.readouterr()).count("the sign that the bot types cannot be shown this time") == 2


async def test_a_pause_that_discord_asks_for_is_kept(stage: Stage) -> None:
    stage.troubles = [NotTaken("the rate is used up", 30.0)]
    stage.typing.sent(said(Priority.START))
    await stage.time.go_to(39)
    assert stage.times() == [0, 30, 38]


async def test_where_it_may_not_be_shown_it_is_tried_again_only_with_our_next_message(stage: Stage) -> None:
    stage.troubles = [Rejected(403, 50013, "Missing Permissions")]
    stage.typing.sent(said(Priority.START))
    await stage.time.go_to(30)
    assert stage.times() == [0]
    stage.typing.sent(said(Priority.PROGRESS))
    await stage.time.go_to(31)
    assert stage.times() == [0, 30]


async def test_nothing_is_shown_in_a_channel_that_the_answers_do_not_go_to(stage: Stage) -> None:
    stage.typing.sent(out(priority=Priority.START, in_private=True))
    await stage.time.go_to(30)
    assert stage.shown == []


async def test_closing_ends_it(stage: Stage) -> None:
    stage.typing.sent(said(Priority.START))
    await stage.time.go_to(1)
    await stage.typing.close()
    await stage.time.go_to(60)
    assert stage.times() == [0]
