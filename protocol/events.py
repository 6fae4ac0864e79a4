"""What happens to a job, each with its time, and what should happen next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from protocol.decision import AspectRatio
from protocol.failures import FailureReason
from protocol.job import Produced, StoredPicture
from protocol.messages import MessageRef
from protocol.notices import JobNotice
from protocol.quote import PriceList, Quote


@dataclass(frozen=True, slots=True)
class Resumed:
    """The job is taken up: for the first time, or again after a restart."""

    at: float


@dataclass(frozen=True, slots=True)
class Woken:
    """The time that the job asked for has come."""

    at: float


@dataclass(frozen=True, slots=True)
class StepSent:
    """A step has arrived."""

    at: float
    step: str
    ref: MessageRef


@dataclass(frozen=True, slots=True)
class StepFailed:
    """A step did not arrive. `refused`: it never will; otherwise it may be tried again later."""

    at: float
    step: str
    refused: bool


@dataclass(frozen=True, slots=True)
class Quoted:
    """The product list was read and the rule chosen."""

    at: float
    quote: Quote
    prices: PriceList


@dataclass(frozen=True, slots=True)
class PricesRead:
    """The live prices for the alternatives; None where they cannot be read just now."""

    at: float
    prices: PriceList | None


@dataclass(frozen=True, slots=True)
class Prepared:
    """The input pictures can be reached by IMA under these URLs. `shape` is the first one's, where it is known."""

    at: float
    image_urls: tuple[str, ...]
    shape: AspectRatio | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """It cannot be done, and nothing was paid."""

    at: float
    reason: FailureReason


@dataclass(frozen=True, slots=True)
class NotAccepted:
    """The create was surely not accepted; it may be sent again at `retry_at`."""

    at: float
    retry_at: float


@dataclass(frozen=True, slots=True)
class QuoteStale:
    """The create was refused because the product list has changed. `reason` is told if it is refused again."""

    at: float
    reason: FailureReason


@dataclass(frozen=True, slots=True)
class Created:
    """The create was accepted and paid. The first poll is due at `poll_at`."""

    at: float
    task_id: str
    poll_at: float


@dataclass(frozen=True, slots=True)
class AnswerLost:
    """The create was sent and its answer is not known."""

    at: float


@dataclass(frozen=True, slots=True)
class Polled:
    """Not ready yet, or the poll itself `failed`. The next is due at `poll_at`."""

    at: float
    poll_at: float
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """The picture is ready."""

    at: float
    picture: Produced


@dataclass(frozen=True, slots=True)
class TaskFailed:
    """IMA says that the task has failed."""

    at: float
    reason: FailureReason


@dataclass(frozen=True, slots=True)
class Fetched:
    """The picture is on our disk, fitted to the platform. `edit_prices`: of a change of it, where they were read."""

    at: float
    stored: StoredPicture
    edit_prices: PriceList | None = None


@dataclass(frozen=True, slots=True)
class NotFetched:
    """The picture could not be downloaded. `gone`: its link leads to no picture at all."""

    at: float
    gone: bool
    edit_prices: PriceList | None = None


@dataclass(frozen=True, slots=True)
class CancelAsked:
    """The asker wants it stopped."""

    at: float


Event: TypeAlias = (
    Resumed
    | Woken
    | StepSent
    | StepFailed
    | Quoted
    | PricesRead
    | Prepared
    | Refused
    | NotAccepted
    | QuoteStale
    | Created
    | AnswerLost
    | Polled
    | Finished
    | TaskFailed
    | Fetched
    | NotFetched
    | CancelAsked
)


@dataclass(frozen=True, slots=True)
class Send:
    """Tell the user. `step` names it (a progress message has its number behind a hyphen)."""

    step: str
    notice: JobNotice
    retried: bool = False


@dataclass(frozen=True, slots=True)
class ReadQuote:
    """Read the product list and choose the rule. `fresh`: not from the cache."""

    fresh: bool = False


@dataclass(frozen=True, slots=True)
class ReadPrices:
    """Read the live prices for the alternatives, quickly or not at all."""


@dataclass(frozen=True, slots=True)
class PrepareImages:
    """Make the input pictures reachable for IMA."""


@dataclass(frozen=True, slots=True)
class Create:
    """The paid call: once on the wire."""


@dataclass(frozen=True, slots=True)
class Poll:
    """Ask for the task."""


@dataclass(frozen=True, slots=True)
class FetchPicture:
    """Download the picture, check it, fit it to the platform."""


Effect: TypeAlias = Send | ReadQuote | ReadPrices | PrepareImages | Create | Poll | FetchPicture
