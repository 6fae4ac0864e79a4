"""What a message leads to: an answer, and what is to be remembered with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from protocol.decision import Language
from protocol.job import Request
from protocol.notices import ReplyNotice
from protocol.situation import Pending, Preference


@dataclass(frozen=True, slots=True)
class Ignore:
    """Not for us."""


@dataclass(frozen=True, slots=True)
class StartJob:
    """Start a paid request."""

    request: Request


@dataclass(frozen=True, slots=True)
class Say:
    """One reply, and no job."""

    notice: ReplyNotice


@dataclass(frozen=True, slots=True)
class CancelJob:
    """Stop this job, if it is still unpaid; it tells the user itself, `here` or where it was asked for."""

    job_id: str
    here: bool = True


@dataclass(frozen=True, slots=True)
class TellModels:
    """Reply with the models and their live prices."""


@dataclass(frozen=True, slots=True)
class TellUsage:
    """Reply with what the person spent through the bot."""


Answer: TypeAlias = Ignore | StartJob | Say | CancelJob | TellModels | TellUsage


@dataclass(frozen=True, slots=True)
class Reaction:
    """The answer, and what is to be remembered, all at once or not at all.

    `pending` replaces what was pending where `forget_pending` is True (None: nothing pending any more).
    `takes_offer` is the job whose offer is used up; if somebody was quicker, the answer is `OfferClosed`.
    """

    answer: Answer
    lang: Language
    save_preference: Preference | None = None
    clear_preference: bool = False
    pending: Pending | None = None
    forget_pending: bool = False
    takes_offer: str | None = None
