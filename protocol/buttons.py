"""What a button's value says: static words with the job's id inside, so that they outlive a restart."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TakeAlternative:
    """Take the alternative of this number (from 1) of the offer under a failed job."""

    job_id: str
    number: int

    def encode(self) -> str:
        """The button's value; well under 100 characters."""
        return f"alternative:{self.job_id}:{self.number}"


def decode(value: str) -> TakeAlternative | None:
    """What the value means; None for a value that is not one of ours (a button of an older version)."""
    kind, _, rest = value.partition(":")
    job_id, _, number = rest.rpartition(":")
    if kind != "alternative" or not job_id or not (number.isascii() and number.isdigit()) or len(value) > 100:
        return None
    return TakeAlternative(job_id, int(number))
