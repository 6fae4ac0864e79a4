"""Events on their way to the bot: every attempt, its answer, and when the next one is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from tests.platforms.feishu.basics import CARD_EVENT, Json
from tests.platforms.feishu.timetable import Entry
from tests.platforms.feishu.world import Message

Way = Literal["connection", "webhook", "nobody"]


@dataclass(slots=True, eq=False)
class Attempt:
    """One try: by which way, and what was answered. `status` is 200 when it was taken."""

    at: float
    way: Way
    key: str
    """The frame's message id; several frames of one payload share it."""
    answered_at: float | None = None
    status: int | None = None
    body: bytes = b""
    over: bool = False
    deadline: Entry | None = None
    hang_up: Callable[[], object] | None = None


@dataclass(slots=True, eq=False)
class Delivery:
    """An event or a callback with all its attempts. Its event id never changes."""

    event_id: str
    kind: str
    envelope: Json
    attempts: list[Attempt] = field(default_factory=list)
    done: bool = False
    given_up: bool = False
    again: Entry | None = None

    @property
    def is_callback(self) -> bool:
        """Whether somebody waits for the answer; such a one is never sent again."""
        return self.kind == CARD_EVENT

    @property
    def statuses(self) -> list[int | None]:
        """What the attempts were answered, in order."""
        return [one.status for one in self.attempts]


@dataclass(slots=True, eq=False)
class Press:
    """A button pressed in a card, and what the person sees of the answer."""

    delivery: Delivery | None
    message: Message
    value: object
    toast: Json | None = None
    card: Json | None = None
    error: str | None = None
    """What the client shows instead of a toast: timeout, failed, malformed, not_configured, nobody."""
    answered_in: float | None = None

    @property
    def settled(self) -> bool:
        """Whether the person got something to see, if only the end of the waiting."""
        return self.error is not None or self.answered_in is not None
