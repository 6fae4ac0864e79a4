"""What the other modules share: JSON, ids, refusals, violations and the options."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]
"""A JSON object as it travels."""

EPOCH = 1_420_070_400
"""Seconds from 1970 to the start of Discord's ids."""

MEBIBYTE = 1024 * 1024


class Ids:
    """Ids that carry their time, as Discord's do, and never repeat."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last = 0

    def next(self, *, apart: bool = False) -> int:
        """Return an id for this moment, larger than all before; `apart` by a millisecond, as shards are told by."""
        self._last = max(int((self._clock() - EPOCH) * 1000) << 22, self._last + (1 << 22 if apart else 1))
        return self._last


def timestamp(seconds: float) -> str:
    """Write a time as Discord does."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")


class Refusal(Exception):
    """An error answer: HTTP status, Discord's own code and its message."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{status} ({code}): {message}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    def body(self) -> Json:
        """Return the answer's JSON."""
        found: Json = {"message": self.message, "code": self.code}
        if self.errors is not None:
            found["errors"] = self.errors
        return found


def invalid(path: str, code: str, message: str) -> Refusal:
    """Return the refusal of a form: `path` is the field, with dots."""
    errors: Json = {"_errors": [{"code": code, "message": message}]}
    for part in reversed(path.split(".")):
        errors = {part: errors}
    return Refusal(400, 50035, "Invalid Form Body", errors)


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that a correct client would never have done."""

    name: str
    detail: str


@dataclass(slots=True)
class Violations:
    """The list of them, in order."""

    found: list[Violation] = field(default_factory=list)

    def add(self, name: str, detail: str) -> None:
        """Note one down."""
        self.found.append(Violation(name, detail))


@dataclass(frozen=True, kw_only=True)
class Options:
    """How this Discord is set up. The times are the real ones unless said."""

    clock: Callable[[], float] = time.time
    """Seconds since 1970: ids, timestamps, the 15 minutes of a token, the end of a signed URL."""
    stopwatch: Callable[[], float] = time.monotonic
    """Seconds: the 3 s of an interaction, rates, nonces, the pace of IDENTIFY."""
    enabled_intents: frozenset[str] = frozenset()
    """Privileged intents that are switched on for the application: message_content, members, presences."""
    needed_intents: frozenset[str] = frozenset()
    """Those of them that the bot has a reason to ask for."""
    heartbeat_interval: float = 41.25
    identify_limit: int = 1000
    identify_spacing: float = 5.0
    recommended_shards: int = 1
    resume_window: float = 120.0
    interaction_seconds: float = 3.0
    token_seconds: float = 900.0
    url_seconds: float = 86_400.0
    nonce_seconds: float = 120.0
    requests_a_second: int = 50
    window_scale: float = 1.0
    """What part of its real time each route's window lasts, and the pace of IDENTIFY. As much fits in, and no more."""
    invalid_limit: int = 10_000
    interaction_size_limit: int | None = None
    """What an interaction says is allowed, in bytes; the place's own limit when None."""
    locale: str = "en-US"
