"""A finding: what was looked at, and how it stands."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Verdict(StrEnum):
    """How a finding stands; the words that its line ends with."""

    PROVEN = "proven"
    FAILED = "failed"
    UNKNOWN = "cannot be known from here"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line. `what` says what was found; `advice` what to do about it, and is never missing where it failed."""

    area: str
    what: str
    verdict: Verdict
    advice: str = ""

    def __post_init__(self) -> None:
        if self.verdict is Verdict.FAILED and not self.advice:
            raise ValueError("a failed line says what to do about it")

    @property
    def line(self) -> str:
        """As people read it: `area: what. advice — verdict`."""
        said = self.what if not self.advice else f"{self.what.rstrip('.')}. {self.advice}"
        return f"{self.area}: {said.rstrip('.')} — {self.verdict.value}"


Check: TypeAlias = Callable[[], AsyncIterator[Finding]]
"""One thing to look at: an object that is called, and gives its findings as it goes."""


def proven(area: str, what: str, advice: str = "") -> Finding:
    """It was tried, and it is so."""
    return Finding(area, what, Verdict.PROVEN, advice)


def failed(area: str, what: str, advice: str) -> Finding:
    """It was tried, and it does not work."""
    return Finding(area, what, Verdict.FAILED, advice)


def unknown(area: str, what: str, advice: str = "") -> Finding:
    """It cannot be tried from here."""
    return Finding(area, what, Verdict.UNKNOWN, advice)
