"""Rate limits: a bucket for each route and place, one for all, and a ban for too many wrong requests."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field

from tests.platforms.discord.basics import Options, Violations

GRACE = 0.25
"""Seconds in which a request may have left before the 429 arrived."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests in so many seconds."""

    limit: int
    seconds: float


@dataclass(slots=True)
class Window:
    """The bucket's state."""

    rate: Rate
    ends: float
    left: int
    barred_until: float = 0.0
    barred_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the limits say to a request: headers in any case; `retry_after` when it is too much."""

    headers: dict[str, str]
    retry_after: float | None = None
    everywhere: bool = False


@dataclass(slots=True)
class Rates:
    """All limits together."""

    options: Options
    violations: Violations
    invalid: list[float] = field(default_factory=list)
    limited: int = 0
    _windows: dict[str, Window] = field(default_factory=dict)
    _recent: list[float] = field(default_factory=list)
    _everywhere_until: float = 0.0
    _everywhere_at: float = 0.0

    def banned(self) -> bool:
        """Whether the address made too many wrong requests in ten minutes."""
        now = self.options.stopwatch()
        self.invalid = [at for at in self.invalid if now - at < 600]
        return len(self.invalid) >= self.options.invalid_limit

    def count_invalid(self) -> None:
        """Count a 401, 403 or 429."""
        self.invalid.append(self.options.stopwatch())

    def set(self, template: str, major: str, rate: Rate, remaining: int, reset_after: float) -> None:
        """Put a bucket into a state."""
        self._windows[f"{template}|{major}"] = Window(rate, self.options.stopwatch() + reset_after, remaining)

    def limit_everything(self, seconds: float) -> None:
        """Answer 429 to all for a while, as the global limit does."""
        now = self.options.stopwatch()
        self._everywhere_until = now + seconds

    def ask(self, template: str, major: str, rate: Rate | None, *, counted: bool) -> Verdict:
        """Count a request and say whether it may pass."""
        now = self.options.stopwatch()
        if counted:
            verdict = self._ask_global(now, template)
            if verdict is not None:
                return verdict
        if rate is None:
            return Verdict({})
        key = f"{template}|{major}"
        window = self._windows.get(key)
        if window is None or now >= window.ends:
            ends = now + rate.seconds * self.options.window_scale
            window = self._windows[key] = Window(rate, ends, rate.limit)
        headers = self._headers(template, window, now)
        if window.left <= 0:
            self.limited += 1
            if now < window.barred_until and now > window.barred_at + GRACE:
                self.violations.add("sent_while_limited", f"{template} {major}")
            if now >= window.barred_until:
                window.barred_at = now
            window.barred_until = window.ends
            return Verdict(headers | {"X-RateLimit-Scope": "user"}, max(0.001, window.ends - now))
        window.left -= 1
        return Verdict(headers | {"X-RateLimit-Remaining": str(window.left)})

    def _ask_global(self, now: float, template: str) -> Verdict | None:
        self._recent = [at for at in self._recent if now - at < 1]
        if now >= self._everywhere_until:
            if len(self._recent) < self.options.requests_a_second:
                self._recent.append(now)
                self._everywhere_at = 0.0
                return None
            self._everywhere_until = now + 1
        if self._everywhere_at and now > self._everywhere_at + GRACE:
            self.violations.add("sent_while_limited", f"{template} (everywhere)")
        self._everywhere_at = self._everywhere_at or now
        self.limited += 1
        headers = {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
        return Verdict(headers, self._everywhere_until - now, everywhere=True)

    def _headers(self, template: str, window: Window, now: float) -> dict[str, str]:
        left = max(0.0, window.ends - now)
        return {
            "X-RateLimit-Limit": str(window.rate.limit),
            "X-RateLimit-Remaining": str(max(0, window.left)),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": hashlib.md5(template.encode(), usedforsecurity=False).hexdigest(),
        }
