"""Pacing: no more calls in a stretch of time than the platform takes."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable

MOST_KEPT = 2000


class Pace:
    """At most `count` in any `seconds`, for each key; those who come too early wait their turn.

    `monotonic` measures seconds, `sleep` lets them go by.
    """

    def __init__(
        self, count: int, seconds: float, *, monotonic: Callable[[], float], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._count = count
        self._seconds = seconds
        self._monotonic = monotonic
        self._sleep = sleep
        self._taken: OrderedDict[str, deque[float]] = OrderedDict()

    async def turn(self, key: str) -> None:
        """Wait for the turn, and take it."""
        now = self._monotonic()
        taken = self._taken.setdefault(key, deque(maxlen=self._count))
        self._taken.move_to_end(key)
        while len(self._taken) > MOST_KEPT:
            self._taken.popitem(last=False)
        at = now if len(taken) < self._count else max(now, taken[0] + self._seconds)
        taken.append(at)
        if at > now:
            await self._sleep(at - now)


def real_pace(count: int, seconds: float) -> Pace:
    """On the real clock."""
    return Pace(count, seconds, monotonic=_loop_time, sleep=asyncio.sleep)


def _loop_time() -> float:
    return asyncio.get_running_loop().time()
