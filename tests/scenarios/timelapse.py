"""Time that goes faster: everything that reads it agrees on it, and nothing is left out."""

from __future__ import annotations

import asyncio
import time


class FastClock:
    """`speed` seconds go by in each real one, for the service and for the stand-in alike."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self._start = time.monotonic()
        self._wall = time.time()

    def __call__(self) -> float:
        """Seconds since the epoch, as the service reads them."""
        return self._wall + self.monotonic()

    def monotonic(self) -> float:
        """Seconds since the start."""
        return (time.monotonic() - self._start) * self.speed

    def wall(self) -> float:
        """The real time, which signatures are made with."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Let that many of these seconds go by."""
        await asyncio.sleep(seconds / self.speed)
