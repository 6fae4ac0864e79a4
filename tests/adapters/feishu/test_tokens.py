"""The token: fetched by one, early, and once more where it is refused."""

from __future__ import annotations

import asyncio

import pytest

from adapters.feishu.errors import Unreachable
from adapters.feishu.pace import Pace
from adapters.feishu.tokens import EARLY, PAUSE, Token, Tokens


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Office:
    """Gives tokens, when it is let."""

    def __init__(self, life: float = 7200.0) -> None:
        self.life = life
        self.asked = 0
        self.open = asyncio.Event()
        self.open.set()
        self.trouble: Exception | None = None

    async def fetch(self) -> Token:
        self.asked += 1
        number = self.asked
        await self.open.wait()
        if self.trouble is not None:
            raise self.trouble
        return Token(f"t{number}", self.life)


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_thirty_who_come_at_once_wait_for_one_fetch() -> None:
    office, clock = Office(), Clock()
    tokens = Tokens(office.fetch, clock)
    assert set(await asyncio.gather(*(tokens.get() for _ in range(30)))) == {"t1"}
    assert office.asked == 1


async def test_it_is_renewed_early_and_nobody_waits_for_that() -> None:
    office, clock = Office(), Clock()
    tokens = Tokens(office.fetch, clock)
    await tokens.get()
    clock.now = 7200 - EARLY - 1
    assert (await tokens.get(), office.asked) == ("t1", 1)
    clock.now = 7200 - EARLY
    office.open.clear()
    assert [await tokens.get() for _ in range(3)] == ["t1"] * 3
    await settle()
    assert office.asked == 2
    office.open.set()
    await settle()
    assert await tokens.get() == "t2"


async def test_an_early_renewal_that_fails_is_tried_again_later_and_the_token_is_used_meanwhile() -> None:
    office, clock = Office(), Clock()
    tokens = Tokens(office.fetch, clock)
    await tokens.get()
    office.trouble = Unreachable("down")
    clock.now = 6000.0
    for _ in range(3):
        assert await tokens.get() == "t1"
        await settle()
    assert office.asked == 2
    clock.now += PAUSE
    office.trouble = None
    assert await tokens.get() == "t1"
    await settle()
    assert await tokens.get() == "t3"


async def test_one_that_has_ended_is_waited_for_and_its_trouble_is_told() -> None:
    office, clock = Office(life=600.0), Clock()
    tokens = Tokens(office.fetch, clock)
    await tokens.get()
    clock.now = 600.0
    office.trouble = Unreachable("down")
    with pytest.raises(Unreachable):
        await tokens.get()
    office.trouble = None
    assert await tokens.get() == "t3"


async def test_a_short_life_is_used_for_half_of_it() -> None:
    """The SDK never keeps one of ten minutes."""
    office, clock = Office(life=600.0), Clock()
    tokens = Tokens(office.fetch, clock)
    await tokens.get()
    clock.now = 299.0
    assert (await tokens.get(), office.asked) == ("t1", 1)


async def test_many_whose_token_is_refused_fetch_one_new_one() -> None:
    office, clock = Office(), Clock()
    tokens = Tokens(office.fetch, clock)
    refused = await tokens.get()
    assert set(await asyncio.gather(*(tokens.renewed(refused) for _ in range(10)))) == {"t2"}
    assert await tokens.renewed(refused) == "t2"
    assert office.asked == 2


async def test_who_is_cancelled_while_waiting_ends_it_for_nobody_else() -> None:
    office, clock = Office(), Clock()
    tokens = Tokens(office.fetch, clock)
    office.open.clear()
    first, second = asyncio.create_task(tokens.get()), asyncio.create_task(tokens.get())
    await settle()
    first.cancel()
    await settle()
    office.open.set()
    assert await second == "t1"
    await tokens.close()


async def test_the_pace_lets_so_many_through_and_the_rest_in_their_turn() -> None:
    clock, slept = Clock(), list[float]()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    pace = Pace(2, 1.0, monotonic=clock, sleep=sleep)
    for _ in range(5):
        await pace.turn("a")
    await pace.turn("b")
    assert slept == [1.0, 1.0, 2.0]
    clock.now = 10.0
    await pace.turn("a")
    assert slept == [1.0, 1.0, 2.0]
