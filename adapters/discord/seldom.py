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
        for key in [key for key, last in self._last.items() if last <= now - self._every]:
            del self._last[key]
        if (person, place) in self._last:
            return False
        self._last[person, place] = now
        return True

    def told(self, person: str, place: str) -> bool:
        """Whether they were told lately."""
        return (person, place) in self._last
