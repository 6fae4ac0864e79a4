"""Whether a client behaves, beyond what a single request can tell: how often, how soon, how stale.

Source: the API page: product list (how old a list may be), create (not idempotent), detail (2 to 5 s apart).
"""

from dataclasses import dataclass, field
from typing import Final

from ima.sandbox.settings import Settings
from ima.sandbox.tasks import Task
from ima.sandbox.violations import Violations

_LIST_SECONDS: Final = 65.0
_SOONEST: Final = 1.95
_LATEST: Final = 6.0
_LIMIT: Final = 600.0


@dataclass(slots=True)
class Conduct:
    """Watches one client; all times are seconds of the monotonic clock."""

    violations: Violations
    settings: Settings
    _listed: dict[str, float] = field(default_factory=dict)
    _accepted: dict[str, float] = field(default_factory=dict)
    _stale: dict[str, float] = field(default_factory=dict)

    def listed(self, category: str, now: float) -> None:
        """A product list was answered."""
        self._listed[category] = now

    def ordering(self, digest: str, category: str, now: float) -> None:
        """A create arrived; `digest` stands for its whole content."""
        listed = self._listed.get(category)
        if listed is None or now - listed > _LIST_SECONDS:
            self.violations.add("stale_list", f"a create without a {category} list read within the last minute")
        if digest in self._accepted and now - self._accepted[digest] < self.settings.repeat_window:
            self.violations.add("create_repeated", "a create that was accepted was sent again")
        if digest in self._stale and (listed is None or listed <= self._stale[digest]):
            self.violations.add("list_not_read_again", "a create was repeated without reading the list again")

    def accepted(self, digest: str, now: float) -> None:
        """A create was charged, whatever its answer became."""
        self._accepted[digest] = now

    def refused_as_stale(self, digest: str, now: float) -> None:
        """A create was answered with a code that asks for a new list."""
        self._stale[digest] = now

    def polled(self, task: Task, now: float) -> None:
        """A detail call arrived for a task, in a pace in which its distance means something."""
        before = task.created if task.last_detail is None else task.last_detail
        gap = now - before
        if gap < _SOONEST:
            self.violations.add("polled_too_soon", f"{gap:.2f} s after the call before")
        # A failed poll is repeated with backoff, and past the limit a task is asked slowly.
        if gap > _LATEST and task.last_detail_answered and now - task.created <= _LIMIT:
            self.violations.add("polled_too_late", f"{gap:.2f} s after the call before")

    def reset(self) -> None:
        """Forget everything seen."""
        self._listed.clear()
        self._accepted.clear()
        self._stale.clear()
