"""What is due later, by a clock that a test may move."""

from __future__ import annotations

import asyncio
import heapq
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count

_LOOK = 0.01


class Entry:
    """Something that is due at a time, unless it is cancelled."""

    __slots__ = ("action", "cancelled", "due")

    def __init__(self, due: float, action: Callable[[], None]) -> None:
        self.due = due
        self.action = action
        self.cancelled = False

    def cancel(self) -> None:
        """Forget it."""
        self.cancelled = True


class Timetable:
    """Runs what is due. A clock that a test moves is looked at every hundredth of a second while something is."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._moved = now is not time.monotonic
        self._entries: list[tuple[float, int, Entry]] = []
        self._order = count()
        self._added = asyncio.Event()

    def after(self, seconds: float, action: Callable[[], None]) -> Entry:
        """Plan an action."""
        entry = Entry(self._now() + seconds, action)
        heapq.heappush(self._entries, (entry.due, next(self._order), entry))
        self._added.set()
        return entry

    def run_due(self) -> None:
        """Do what is due by now."""
        while self._entries and (self._entries[0][2].cancelled or self._entries[0][0] <= self._now()):
            entry = heapq.heappop(self._entries)[2]
            if not entry.cancelled:
                entry.action()

    async def run(self) -> None:
        """Do what is due, for ever."""
        while True:
            self.run_due()
            self._added.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._pause()):
                    await self._added.wait()

    def _pause(self) -> float | None:
        if not self._entries:
            return None
        return _LOOK if self._moved else max(0.0, self._entries[0][0] - self._now())
