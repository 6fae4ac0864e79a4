"""Time that goes faster: everything that reads it agrees on it, in every process, and nothing is left out."""

from __future__ import annotations

import asyncio
import time


class FastClock:
    """`speed` seconds go by in each real one, counted from `epoch`, for the service and for the stand-in alike."""

    def __init__(self, speed: float, epoch: float | None = None) -> None:
        self.speed = speed
        self.epoch = time.time() if epoch is None else epoch

    def __call__(self) -> float:
        """Seconds since 1970, as the service reads them."""
        return self.epoch + self.monotonic()

    def monotonic(self) -> float:
        """Seconds since the epoch of this clock."""
        return (time.time() - self.epoch) * self.speed

    def wall(self) -> float:
        """The real time, which signatures are made with."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Let that many of these seconds go by."""
        await asyncio.sleep(seconds / self.speed)
