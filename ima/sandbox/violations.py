"""What a correct client would never have done, kept for whoever wants to assert that there is none."""

from collections.abc import Sequence
from dataclasses import dataclass, field

_KEPT = 1000


@dataclass(frozen=True, slots=True)
class Violation:
    """One misdeed: its name and, in words, what happened. Never holds the key."""

    name: str
    detail: str


@dataclass(slots=True)
class Violations:
    """The list; the oldest 1000 stay, since the first one tells most."""

    _found: list[Violation] = field(default_factory=list)

    def add(self, name: str, detail: str) -> None:
        """Note one down."""
        if len(self._found) < _KEPT:
            self._found.append(Violation(name, detail))

    def all(self) -> Sequence[Violation]:
        """Return what was noted, in order."""
        return tuple(self._found)

    def reset(self) -> None:
        """Forget them."""
        self._found.clear()
