"""Rates: per interface 50 a second and 1,000 a minute, per chat and message 5 a second."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.platforms.feishu.basics import Options, Refusal, Violations

GRACE = 0.25
"""Seconds in which a request may have left before the refusal of the one before arrived."""


class Limited(Refusal):
    """The gateway's limit, with the seconds to wait in a header."""

    def __init__(self, limit: int, reset: int, status: int = 429) -> None:
        super().__init__(99991400, "request trigger frequency limit", status)
        self.reset = reset
        self.headers = {"x-ogw-ratelimit-limit": str(limit), "x-ogw-ratelimit-reset": str(reset)}


@dataclass(slots=True)
class Rates:
    """All limits together."""

    options: Options
    violations: Violations
    limited: int = 0
    _calls: dict[str, list[float]] = field(default_factory=dict)
    _sends: dict[str, list[float]] = field(default_factory=dict)
    _barred: dict[str, tuple[float, float]] = field(default_factory=dict)

    def call(self, route: str) -> None:
        """Count a call of an interface; refuses it when it is too much."""
        now = self.options.stopwatch()
        self._check_bar(route, now)
        recent = [at for at in self._calls.get(route, []) if now - at < 60]
        self._calls[route] = recent
        in_second = sum(now - at < 1 for at in recent)
        if in_second >= self.options.calls_a_second:
            self.bar(route, 1)
            self.violations.add("over_rate", f"{route}: {in_second} in a second")
            raise self._limited(self.options.calls_a_second, 1)
        if len(recent) >= self.options.calls_a_minute:
            seconds = int(60 - (now - recent[0])) + 1
            self.bar(route, seconds)
            self.violations.add("over_rate", f"{route}: {len(recent)} in a minute")
            raise self._limited(self.options.calls_a_minute, seconds)
        recent.append(now)

    def _limited(self, limit: int, seconds: int) -> Limited:
        self.limited += 1
        return Limited(limit, seconds)

    def bar(self, route: str, seconds: float) -> None:
        """Refuse an interface for so long; whoever calls it again in that time is noted."""
        now = self.options.stopwatch()
        self._barred[route] = now, now + seconds

    def _check_bar(self, route: str, now: float) -> None:
        since, until = self._barred.get(route, (0.0, 0.0))
        if now < until:
            if now > since + GRACE:
                self.violations.add("called_while_limited", route)
            raise self._limited(self.options.calls_a_second, max(1, int(until - now + 0.999)))

    def send(self, place: str, what: str) -> None:
        """Count a message into a chat, or an update of a message; refuses the sixth in a second."""
        now = self.options.stopwatch()
        recent = [at for at in self._sends.get(place, []) if now - at < 1]
        self._sends[place] = recent
        if len(recent) >= self.options.sends_a_second:
            self.limited += 1
            self.violations.add("sent_too_fast", f"{what} {place}: {len(recent)} in a second")
            raise Refusal(230020, "This operation triggers the frequency limit.")
        recent.append(now)
