"""Why a picture did not come, and what may be tried instead.

A row of the skill document's translation table is one `FailureReason`; its words are in `locales`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from protocol.decision import Size
from protocol.models import MODELS, Trait, nearest_size, other_size
from protocol.quote import PriceList


class FailureReason(Enum):
    """One row of the translation table, and the rows of our own."""

    UNAUTHORIZED = "unauthorized"
    INSUFFICIENT_POINTS = "insufficient_points"
    CONFIGURATION = "configuration"
    POINTS_MISMATCH = "points_mismatch"
    PARAMETERS_MISMATCH = "parameters_mismatch"
    BAD_PARAMETERS = "bad_parameters"
    PICTURE_FAILED = "picture_failed"
    TASK_FAILED = "task_failed"
    TIMED_OUT = "timed_out"
    NETWORK = "network"
    RATE_LIMITED = "rate_limited"
    UNSUPPORTED_RATIO = "unsupported_ratio"
    GENERIC = "generic"
    ANSWER_LOST = "answer_lost"
    PROMPT_REFUSED = "prompt_refused"
    INPUT_UNREADABLE = "input_unreadable"
    INPUT_TOO_LARGE = "input_too_large"
    RESULT_UNAVAILABLE = "result_unavailable"
    PRICE_CHANGED = "price_changed"


# Another model cannot help with these (conversation page: failure).
WITHOUT_ALTERNATIVES = frozenset(
    {
        FailureReason.UNAUTHORIZED,
        FailureReason.INSUFFICIENT_POINTS,
        FailureReason.INPUT_UNREADABLE,
        FailureReason.INPUT_TOO_LARGE,
    }
)

# The picture exists and is paid: offering to pay for another must not hide that.
CHARGED = frozenset({FailureReason.RESULT_UNAVAILABLE})

AlternativeTrait = Trait | Literal["other_size", "new_price"]


@dataclass(frozen=True, slots=True)
class Alternative:
    """What may be tried instead, with its live points."""

    model_id: str
    size: Size
    points: int
    trait: AlternativeTrait


def alternatives(
    reason: FailureReason, model_id: str, size: Size | None, prices: PriceList | None
) -> tuple[Alternative, ...]:
    """At most two alternatives to what failed: the other model, then the same model at another size.

    The size asked for is kept where the other model has it. Without live prices nothing is offered: the text
    must name exact points. A changed price offers the same again at its new price first.
    Source: the conversation page, failure.
    """
    card = MODELS.get(model_id)
    if reason in WITHOUT_ALTERNATIVES or prices is None or card is None:
        return ()
    asked: Size = size or "1K"
    other = MODELS[card.alternative]
    wanted: list[tuple[str, Size | None, AlternativeTrait]] = []
    if reason is FailureReason.PRICE_CHANGED:
        wanted.append((model_id, asked, "new_price"))
    wanted.append((other.model_id, _kept_size(prices, other.model_id, asked), other.trait))
    wanted.append((model_id, _another_size(prices, model_id, asked), "other_size"))
    found: list[Alternative] = []
    for candidate, candidate_size, trait in wanted:
        if candidate_size is None:
            continue
        points = prices.points(candidate, candidate_size)
        if points is not None:
            found.append(Alternative(candidate, candidate_size, points, trait))
    return tuple(found[:2])


def _kept_size(prices: PriceList, model_id: str, asked: Size) -> Size | None:
    sizes = tuple(price.size for price in prices.of(model_id))
    return nearest_size(sizes, asked) if sizes else None


def _another_size(prices: PriceList, model_id: str, asked: Size) -> Size | None:
    return other_size(tuple(price.size for price in prices.of(model_id)), asked)
