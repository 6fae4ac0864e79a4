"""A job: one paid request and its state.

The laws that hold for every job, whatever happens to it (conversation page: the six steps):

- what the user sees is `0 (1 2*)? (3 | 4 | cancelled)`, in that order and nothing twice; only after a 4 for running
  out of time one late 3 may follow;
- nothing is sent to be paid before 0 and 1 have been delivered, and never more than 1 announced;
- the state `CREATING` is saved before the paid call leaves, and is left only with its answer: found again after a
  restart, the answer is lost, and the call is never repeated;
- once a job has ended, no event has any effect.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

from protocol.decision import AspectRatio, Language, Size, TaskType
from protocol.failures import Alternative, FailureReason
from protocol.messages import Address, ImageRef, MessageRef
from protocol.models import DEFAULT_MODEL, MODELS, ModelCard
from protocol.progress import progress_time
from protocol.quote import PriceList, Quote

TASK_LIMIT = 600.0
"""Seconds after the accepted create at which waiting ends with a failure notice."""

LATE_LIMIT = 24 * 3600.0
"""Seconds after the accepted create until which a picture that comes late is still delivered."""

LATE_POLL_EVERY = 60.0
DELIVERY_LIMIT = 24 * 3600.0
"""Seconds for which an undeliverable result is tried again."""

FAILURE_DELIVERY_LIMIT = 600.0
PREPARING_AFTER = 20.0
"""Seconds after the acknowledgement at which the user hears that it is still being prepared."""


class State(Enum):
    """Where a job is. The order is the way of a job that goes well."""

    ACKNOWLEDGING = "acknowledging"
    QUOTING = "quoting"
    ANNOUNCING = "announcing"
    PREPARING = "preparing"
    CHECKING = "checking"
    CREATING = "creating"
    BACKING_OFF = "backing_off"
    POLLING = "polling"
    FETCHING = "fetching"
    DELIVERING = "delivering"
    FAILING = "failing"
    LATE = "late"
    CANCELLING = "cancelling"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    ABANDONED = "abandoned"
    UNDELIVERED = "undelivered"


ENDED = frozenset({State.SUCCEEDED, State.FAILED, State.CANCELLED, State.ABANDONED, State.UNDELIVERED})

BEFORE_PAYMENT = frozenset(
    {
        State.ACKNOWLEDGING,
        State.QUOTING,
        State.ANNOUNCING,
        State.PREPARING,
        State.CHECKING,
        State.BACKING_OFF,
    }
)
"""Where a cancellation costs nothing. `CREATING` is not among them: the call may already be on its way."""

RUNNING = BEFORE_PAYMENT | {State.CREATING, State.POLLING, State.FETCHING}
"""What counts against the limit of jobs a user may have at once."""


@dataclass(frozen=True, slots=True)
class Request:
    """What one person asked for, complete: enough to do it, and to do it again.

    `size` and `aspect_ratio` are None where the model's default is to be used. `size_named` is False where the
    size came from a word such as "cheapest" or from a preference. `more_than_4k`: 8K or more was asked for.
    `max_points` is the price that was on the button, never to be exceeded without asking.
    """

    address: Address
    lang: Language
    task_type: TaskType
    prompt: str
    model_id: str
    model_source: Literal["named", "preference", "default", "offer"] = "default"
    size: Size | None = None
    size_named: bool = False
    more_than_4k: bool = False
    aspect_ratio: AspectRatio | None = None
    images: tuple[ImageRef, ...] = ()
    count: int = 1
    max_points: int | None = None

    @property
    def model(self) -> ModelCard:
        """The model's card; the default's for a model that is no longer known."""
        return MODELS.get(self.model_id, DEFAULT_MODEL)


@dataclass(frozen=True, slots=True)
class Produced:
    """The picture as IMA names it: it exists and is paid."""

    url: str
    cover_url: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """Our copy of the picture, fitted to the platform. `refitted`: it is not byte for byte the original."""

    file: str
    media_type: str
    width: int
    height: int
    refitted: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One paid request and its state. Times are seconds since the epoch.

    `sending` is the one step that is on its way; `sent` proves the steps that arrived. `announced` is what step 1
    said, `quote` what will be (or was) paid. `input_shape` is the first input picture's, kept where none was asked
    for. `prices` are the newest live prices seen, `edit_prices` what changing the finished picture costs.
    `next_poll_at` is None while a poll is under way; `failed_polls` have gone wrong in a row. The alternatives in
    `offer` (None: not yet worked out) may be taken from `offered_at` on. `retry_at` is when to go on after a pause.
    """

    id: str
    request: Request
    accepted_at: float
    state: State = State.ACKNOWLEDGING
    sending: str | None = None
    sent: Mapping[str, MessageRef] = field(default_factory=dict)
    acknowledged_at: float | None = None
    announced: Quote | None = None
    quote: Quote | None = None
    prices: PriceList | None = None
    edit_prices: PriceList | None = None
    image_urls: tuple[str, ...] = ()
    input_shape: AspectRatio | None = None
    preparing_told: bool = False
    prices_refreshed: bool = False
    create_attempts: int = 0
    task_id: str | None = None
    created_at: float | None = None
    next_poll_at: float | None = None
    failed_polls: int = 0
    next_progress: int = 0
    percent: int = 0
    finished_at: float | None = None
    picture: Produced | None = None
    stored: StoredPicture | None = None
    late: bool = False
    failure: FailureReason | None = None
    failed_at: float | None = None
    offer: tuple[Alternative, ...] | None = None
    offered_at: float | None = None
    retry_at: float | None = None
    deliveries: int = 0
    in_private: bool = False

    @property
    def ended(self) -> bool:
        """Nothing will happen any more."""
        return self.state in ENDED

    @property
    def wake_at(self) -> float | None:
        """When the job wants to be woken, if nothing else happens before; None: not by time."""
        times: list[float | None] = []
        match self.state:
            case State.PREPARING | State.CHECKING | State.CREATING:
                times.append(self._preparing_at)
            case State.BACKING_OFF:
                times += [self.retry_at, self._preparing_at]
            case State.POLLING:
                times += [self.next_poll_at, self._progress_at]
            case State.LATE:
                times.append(self.next_poll_at)
            case State.DELIVERING | State.FAILING:
                times.append(self.retry_at)
            case _:
                pass
        return min((time for time in times if time is not None), default=None)

    @property
    def _preparing_at(self) -> float | None:
        if self.preparing_told or self.acknowledged_at is None or self.sending is not None:
            return None
        return self.acknowledged_at + PREPARING_AFTER

    @property
    def _progress_at(self) -> float | None:
        if self.created_at is None or self.sending is not None:
            return None
        return self.created_at + progress_time(self.request.model, self.next_progress)
