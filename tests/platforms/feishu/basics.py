"""What the other modules share: JSON, ids, refusals, violations and the options."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
"""A JSON object as it travels."""

KIBIBYTE = 1024
MEBIBYTE = 1024 * KIBIBYTE

MESSAGE_EVENT = "im.message.receive_v1"
CARD_EVENT = "card.action.trigger"

SCOPES = frozenset({"im:message", "im:message.p2p_msg:readonly", "im:message.group_at_msg:readonly", "im:resource"})
"""What a bot of this kind is granted in the console, and no more."""


class Ids:
    """Ids with the platform's prefixes that never repeat."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)  # noqa: S311
        self._made = 0

    def next(self, prefix: str) -> str:
        """Return an id: `om` gives om_x100…"""
        self._made += 1
        return f"{prefix}_{self._made:04x}{self._random.getrandbits(112):028x}"

    def bits(self, count: int = 128) -> str:
        """Return random hexadecimal digits."""
        return f"{self._random.getrandbits(count):0{count // 4}x}"


class Refusal(Exception):
    """An error answer: the platform's code and message, and the HTTP status that it comes with."""

    def __init__(self, code: int, message: str, status: int = 400, **more: object) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status
        self.more = more


def invalid(ext: str) -> Refusal:
    """Return the refusal of a parameter, in the words of the message interfaces."""
    return Refusal(230001, f"Your request contains an invalid request parameter, ext={ext}")


def unfit(field_name: str, description: str) -> Refusal:
    """Return the gateway's refusal of a field: it is missing, too long or of another type."""
    violations = [{"field": field_name, "description": description}]
    return Refusal(99992402, "field validation failed", field_violations=violations)


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
    """How this Feishu is set up. The times are the real ones unless said."""

    clock: Callable[[], float] = time.time
    """Seconds since 1970: timestamps, the two hours of a token, the 14 days of a card."""
    stopwatch: Callable[[], float] = time.monotonic
    """Seconds: the 3 s of an answer, redelivery, rates, the hour of a uuid."""
    scopes: frozenset[str] = SCOPES
    """Granted scopes, named as in the console; with `im:message.group_msg` every message of a group is delivered."""
    asked_scopes: frozenset[str] = frozenset()
    """Scopes that were asked for in the console and are not granted yet."""
    subscribed: frozenset[str] = frozenset({MESSAGE_EVENT, CARD_EVENT})
    """Events and callbacks that are subscribed to in the console."""
    bot_enabled: bool = True
    token_seconds: float = 7200.0
    renewal_seconds: float = 1800.0
    """With less than this left, the token endpoint gives a new token; until then, the old one again."""
    ack_seconds: float = 3.0
    challenge_seconds: float = 1.0
    redelivery: tuple[float, ...] = (15.0, 300.0, 3600.0, 21600.0)
    """Seconds from a failed delivery to the next; tests of whole conversations compress them."""
    reconnect_interval: float = 120
    reconnect_nonce: float = 30
    reconnect_count: int = -1
    ping_interval: float = 120
    connections: int = 50
    frame_bytes: int = 64 * KIBIBYTE
    """Larger payloads are split into several frames."""
    calls_a_second: int = 50
    calls_a_minute: int = 1000
    sends_a_second: int = 5
    """To one chat or user; also the updates of one message."""
    uuid_seconds: float = 3600.0
    card_days: float = 14.0
    gives_cards_back: bool = True
    """Whether cards can be had as they were sent; else only what old clients show of them."""
    download_limit: int = 100 * MEBIBYTE
    seed: int = 0
    """Which of several connections gets an event, ids, secrets."""
