"""What a button's value says: static words with the job's id inside, so that they outlive a restart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

LONGEST_VALUE = 100

ResultAction: TypeAlias = Literal["again", "edit", "larger", "other_model"]
_RESULT_ACTIONS: dict[str, ResultAction] = {
    "again": "again",
    "edit": "edit",
    "larger": "larger",
    "other_model": "other_model",
}


@dataclass(frozen=True, slots=True)
class TakeAlternative:
    """Take the alternative of this number (from 1) of the offer under a failed job."""

    job_id: str
    number: int

    def encode(self) -> str:
        """The button's value."""
        return f"alternative:{self.job_id}:{self.number}"


@dataclass(frozen=True, slots=True)
class UseResult:
    """Do something with a finished picture. `points` is what the button said that it costs; 0 where it named none."""

    job_id: str
    action: ResultAction
    points: int

    def encode(self) -> str:
        """The button's value."""
        return f"{self.action}:{self.job_id}:{self.points}"


Pressed: TypeAlias = TakeAlternative | UseResult


def decode(value: str) -> Pressed | None:
    """What the value means; None for a value that is not one of ours (a button of an older version)."""
    kind, _, rest = value.partition(":")
    job_id, _, number = rest.rpartition(":")
    if not job_id or not (number.isascii() and number.isdigit()) or len(value) > LONGEST_VALUE:
        return None
    if kind == "alternative":
        return TakeAlternative(job_id, int(number))
    action = _RESULT_ACTIONS.get(kind)
    return UseResult(job_id, action, int(number)) if action is not None else None
