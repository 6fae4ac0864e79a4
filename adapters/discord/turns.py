"""One thing after the other for each person, while nobody waits for anybody else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TypeAlias

Work: TypeAlias = Coroutine[None, None, None]


class Turns:
    """`spawn` runs a coroutine as a task of that name and looks after what becomes of it."""

    def __init__(self, spawn: Callable[[Work, str], asyncio.Task[None]]) -> None:
        self._spawn = spawn
        self._last: dict[str, asyncio.Task[None]] = {}

    def take(self, person: str, work: Callable[[], Work], name: str) -> None:
        """Begin `work` once all is done, or has failed, that was taken for this person before."""
        task = self._last[person] = self._spawn(_after(self._last.get(person), work), name)
        task.add_done_callback(lambda done: self._forget(person, done))

    def _forget(self, person: str, done: asyncio.Task[None]) -> None:
        if self._last.get(person) is done:
            del self._last[person]


async def _after(earlier: asyncio.Task[None] | None, work: Callable[[], Work]) -> None:
    if earlier is not None:
        await asyncio.wait([earlier])
    await work()
