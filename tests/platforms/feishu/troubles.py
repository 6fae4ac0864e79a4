"""What tests make go wrong with the next requests."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Literal

from tests.platforms.feishu.basics import Refusal

Outcome = int | Literal["reset", "broken_json", "never"] | Refusal
"""An HTTP status with an HTML page, or how the answer is lost, or the platform's own error."""
When = Literal["before", "after"]


@dataclass(slots=True)
class Trouble:
    """Matching requests end so, before or after they had their effect; or come late, when `outcome` is None."""

    route: str
    outcome: Outcome | None
    when: When = "before"
    left: int = 1
    seconds: float = 0.0


@dataclass(slots=True)
class Troubles:
    """Those that are still to come."""

    planned: list[Trouble] = field(default_factory=list)

    def add(self, trouble: Trouble) -> None:
        """Plan one."""
        self.planned.append(trouble)

    def take(self, method: str, path: str) -> list[Trouble]:
        """Return the troubles for a request, and use each up; at most one that is not mere slowness."""
        found: list[Trouble] = []
        for trouble in self.planned:
            if trouble.left <= 0 or not fnmatchcase(f"{method} {path}", trouble.route):
                continue
            if trouble.outcome is not None and any(one.outcome is not None for one in found):
                continue
            trouble.left -= 1
            found.append(trouble)
        return found
