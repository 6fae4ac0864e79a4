"""What is remembered of a person in a conversation (conversation page: remembering)."""

from __future__ import annotations

from dataclasses import dataclass

from protocol.decision import AspectRatio, Language, Size
from protocol.failures import Alternative
from protocol.job import Request
from protocol.messages import ImageRef, LinkedImage
from protocol.notices import RunningJob
from protocol.results import ResultButton

OFFER_LIFE = 600.0
PENDING_LIFE = 600.0
"""Seconds for which an offer, and a picture or question that waits for the next message, are remembered."""


@dataclass(frozen=True, slots=True)
class Preference:
    """What a person always wants; `size` only where it was said to be remembered."""

    model_id: str
    size: Size | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """The alternatives under a failed job, for the asker in that conversation; it works once."""

    job_id: str
    request: Request
    alternatives: tuple[Alternative, ...]
    opened_at: float
    used: bool = False

    def open(self, now: float) -> bool:
        """It can still be taken."""
        return not self.used and now < self.opened_at + OFFER_LIFE


@dataclass(frozen=True, slots=True)
class Result:
    """A finished picture whose button was pressed, with what its buttons offer."""

    job_id: str
    request: Request
    picture: LinkedImage
    buttons: tuple[ResultButton, ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """A picture sent alone, or what was said before a question of ours: the next message completes it.

    `max_points` is what a button said that it costs with that model at that size.
    """

    at: float
    lang: Language
    images: tuple[ImageRef, ...] = ()
    prompt: str | None = None
    model_id: str | None = None
    size: Size | None = None
    budget: bool = False
    more_than_4k: bool = False
    aspect_ratio: AspectRatio | None = None
    max_points: int | None = None

    def open(self, now: float) -> bool:
        """It is still remembered."""
        return now < self.at + PENDING_LIFE


@dataclass(frozen=True, slots=True)
class Running:
    """One running job of the asker; `unpaid`: it can still be cancelled for nothing; `here`: in this conversation."""

    job_id: str
    shown: RunningJob
    unpaid: bool
    here: bool = True


@dataclass(frozen=True, slots=True)
class Situation:
    """All that is remembered of a person in a conversation. `running` is oldest first, over all conversations.

    `cancelled`: the message was taken before a restart, and the newest request is cancelled since: by it, as it seems.
    """

    now: float
    most_jobs: int
    admin: bool = False
    preference: Preference | None = None
    last_request: Request | None = None
    last_accepted_at: float | None = None
    last_picture: LinkedImage | None = None
    offer: Offer | None = None
    pending: Pending | None = None
    result: Result | None = None
    running: tuple[Running, ...] = ()
    cancelled: bool = False
