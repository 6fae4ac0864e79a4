"""What tests make go wrong with the next requests."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Literal

Outcome = int | Literal["reset"]
When = Literal["before", "after"]


@dataclass(slots=True)
class Trouble:
    """Matching requests end so: with a status or a reset, before or after they had their effect."""

    route: str
    outcome: Outcome
    when: When
    left: int
    retry_after: float


@dataclass(slots=True)
class Troubles:
    """Those that are still to come."""

    planned: list[Trouble] = field(default_factory=list)

    def add(self, trouble: Trouble) -> None:
        """Plan one."""
        self.planned.append(trouble)

    def take(self, method: str, path: str) -> Trouble | None:
        """Return the trouble for a request, if one is planned, and use it up."""
        for trouble in self.planned:
            if trouble.left > 0 and fnmatchcase(f"{method} {path}", trouble.route):
                trouble.left -= 1
                return trouble
        return None
