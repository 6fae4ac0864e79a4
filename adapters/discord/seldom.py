"""What is told to the same person in the same place only now and then."""

from __future__ import annotations

from collections.abc import Callable


class Seldom:
    """Once in `every` seconds for each key. `monotonic` measures seconds."""

    def __init__(self, every: float, monotonic: Callable[[], float]) -> None:
        self._every = every
        self._monotonic = monotonic
        self._last: dict[tuple[str, str], float] = {}

    def now(self, person: str, place: str) -> bool:
        """Whether it is time to tell them; then it counts as told."""
        now = self._monotonic()
        while self._last and next(iter(self._last.values())) <= now - self._every:
            # They are kept in the order in which they were told.
            del self._last[next(iter(self._last))]
        if (person, place) in self._last:
            return False
        self._last[person, place] = now
        return True

    def told(self, person: str, place: str) -> bool:
        """Whether they were told lately."""
        return (person, place) in self._last
