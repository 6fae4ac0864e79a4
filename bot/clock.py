"""Time, as the service reads it."""

from __future__ import annotations

import time
from collections.abc import Callable


class Clock:
    """Seconds since the epoch that never go back while the process lives.

    Times are saved and compared over restarts, so they are wall times; but within a process a clock that is
    set must not make progress jump, so only the start is read from the wall.
    """

    def __init__(self, wall: Callable[[], float] = time.time, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._offset = wall() - monotonic()

    def __call__(self) -> float:
        """Now."""
        return self._offset + self._monotonic()
