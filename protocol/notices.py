"""Everything that can be told to a user, typed, without prose. The words are in `locales`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from protocol.decision import AspectRatio, Size
from protocol.failures import Alternative, FailureReason
from protocol.quote import Price

# --- the six steps of a job ---


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Step 0. `prompt` is what will be drawn: the renderer names it where it is short and finds its emoji."""

    prompt: str
    editing: bool
    aspect_ratio: AspectRatio | None = None


@dataclass(frozen=True, slots=True)
class CostLine:
    """The document's cost line of a tier, shown where the user named no size."""

    tier: Literal["balanced", "premium", "budget"]
    model_name: str
    prices: tuple[Price, ...]


@dataclass(frozen=True, slots=True)
class SizeChanged:
    """The size asked for is not what will be drawn (8K → 4K, 512px on Pro → 1K)."""

    asked: str
    used: str
    model_name: str


@dataclass(frozen=True, slots=True)
class OneAtATime:
    """Several pictures were asked for."""

    asked: int


Adjustment: TypeAlias = SizeChanged | OneAtATime


@dataclass(frozen=True, slots=True)
class Started:
    """Step 1. `expected` in seconds; `preferred`: a saved preference chose the model."""

    model_name: str
    expected: tuple[int, int]
    points: int
    preferred: bool = False
    cost_line: CostLine | None = None
    adjustments: tuple[Adjustment, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """Step 2. Seconds waited and the expected maximum; `overdue` past the maximum."""

    percent: int
    waited: int
    maximum: int
    overdue: bool


@dataclass(frozen=True, slots=True)
class Preparing:
    """The way to the create takes long (over 20 s): one line that says so, at most once a job."""


@dataclass(frozen=True, slots=True)
class Succeeded:
    """Step 3. `delivery`: the picture as it is; re-encoded to fit the platform; or only its link.

    `late`: it came after the failure for running out of time had been told.
    """

    model_name: str
    expected: tuple[int, int]
    actual: int
    points: int
    url: str
    delivery: Literal["picture", "refitted", "link"] = "picture"
    late: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """Step 4."""

    reason: FailureReason
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The end of a job that was cancelled before it was paid."""


JobNotice: TypeAlias = Acknowledged | Started | Progress | Preparing | Succeeded | Failed | Cancelled

# --- replies that start no job ---


@dataclass(frozen=True, slots=True)
class NeedPrompt:
    """What shall I draw?"""


@dataclass(frozen=True, slots=True)
class NeedImage:
    """Which picture? `unseen`: the one in the quoted message is not shown to us by the platform, but for its menu;
    `gone`: the quoted message cannot be looked at (any more); `pictureless`: there is none in it, not yet or never."""

    unseen: bool = False
    gone: bool = False
    pictureless: bool = False


@dataclass(frozen=True, slots=True)
class PictureReceived:
    """A picture came alone, or so many of them: what shall be done with it?"""

    count: int = 1


@dataclass(frozen=True, slots=True)
class UnsupportedRatio:
    """A ratio outside the five was asked for; nothing is spent."""


@dataclass(frozen=True, slots=True)
class TooLong:
    """The description is over `maximum` characters."""

    maximum: int


@dataclass(frozen=True, slots=True)
class Chat:
    """One friendly line with an example of what to ask for."""


@dataclass(frozen=True, slots=True)
class Help:
    """What the bot can do."""


@dataclass(frozen=True, slots=True)
class ModelPrices:
    """One model with its live prices."""

    model_name: str
    expected: tuple[int, int]
    prices: tuple[Price, ...]
    default: bool


@dataclass(frozen=True, slots=True)
class ModelList:
    """The models and what they cost now."""

    models: tuple[ModelPrices, ...]


@dataclass(frozen=True, slots=True)
class PricesUnknown:
    """The prices cannot be read just now."""


@dataclass(frozen=True, slots=True)
class PreferenceSaved:
    """`size` only where it was said to be remembered."""

    model_name: str
    size: Size | None = None


@dataclass(frozen=True, slots=True)
class PreferenceCleared:
    """`recommend`: a recommendation was asked for, and is named."""

    default_name: str
    best_name: str
    recommend: bool = False


@dataclass(frozen=True, slots=True)
class PreferenceShown:
    """`saved` is False where the default is used."""

    model_name: str
    saved: bool
    size: Size | None = None


@dataclass(frozen=True, slots=True)
class UsageShown:
    """What this user spent through the bot. IMA's own balance is not known."""

    pictures: int
    points: int


@dataclass(frozen=True, slots=True)
class RunningJob:
    """One running job of the asker; `percent` is None before the work has begun."""

    model_name: str
    percent: int | None
    waited: int
    maximum: int


@dataclass(frozen=True, slots=True)
class StatusShown:
    """The asker's running jobs; empty: nothing is running."""

    jobs: tuple[RunningJob, ...] = ()


@dataclass(frozen=True, slots=True)
class TooManyJobs:
    """The asker has `maximum` jobs running already."""

    maximum: int


@dataclass(frozen=True, slots=True)
class OfferClosed:
    """The offer is over 10 minutes old or was used already; nothing is spent."""


@dataclass(frozen=True, slots=True)
class NotYours:
    """Only the asker may press this button."""


@dataclass(frozen=True, slots=True)
class NothingToRetry:
    """There is no earlier request of this user here."""


@dataclass(frozen=True, slots=True)
class NothingToCancel:
    """Nothing of this user is running."""


@dataclass(frozen=True, slots=True)
class CancelTooLate:
    """The picture is paid already: it will still come."""


@dataclass(frozen=True, slots=True)
class SomethingWentWrong:
    """An error of our own while answering; nothing was spent."""


ReplyNotice: TypeAlias = (
    NeedPrompt
    | NeedImage
    | PictureReceived
    | UnsupportedRatio
    | TooLong
    | Chat
    | Help
    | ModelList
    | PricesUnknown
    | PreferenceSaved
    | PreferenceCleared
    | PreferenceShown
    | UsageShown
    | StatusShown
    | TooManyJobs
    | OfferClosed
    | NotYours
    | NothingToRetry
    | NothingToCancel
    | CancelTooLate
    | SomethingWentWrong
)

Notice: TypeAlias = JobNotice | ReplyNotice
