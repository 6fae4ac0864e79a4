"""One at a time, the urgent first, and nobody who gave up holds up the others."""

from __future__ import annotations

import asyncio

from bot.store.turns import Turns


async def test_the_urgent_go_first_and_the_others_in_order() -> None:
    turns, done = Turns(), list[str]()

    async def take(name: str, *, urgent: bool = False) -> None:
        async with turns.turn(urgent=urgent):
            done.append(f"{name} begins")
            await asyncio.sleep(0)
            done.append(f"{name} ends")

    async with asyncio.TaskGroup() as group:
        for name, urgent in (("first", False), ("second", False), ("message", True), ("third", False)):
            group.create_task(take(name, urgent=urgent))
    names = ["first", "message", "second", "third"]
    assert done == [f"{name} {what}" for name in names for what in ("begins", "ends")]


async def test_whoever_is_cancelled_while_waiting_or_just_called_passes_the_turn_on() -> None:
    turns, done = Turns(), list[str]()

    async def take(name: str) -> None:
        async with turns.turn():
            done.append(name)

    async with turns.turn():
        tasks = [asyncio.create_task(take(name)) for name in ("cancelled", "called", "last")]
        await asyncio.sleep(0)
        tasks[0].cancel()
        await asyncio.sleep(0)
    # The turn is the second's now, which has not run yet.
    tasks[1].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert done == ["last"]
    async with turns.turn():
        pass
