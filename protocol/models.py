"""The models, as data. Adding one is one entry in `MODELS`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from protocol.decision import Size

Trait = Literal["high_quality", "faster_cheaper"]

SIZES: tuple[Size, ...] = ("512px", "1K", "2K", "4K")


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What is fixed about a model. Prices and attribute ids are not: they are read before each create.

    `expected` is the wait in seconds, from and to; `first_progress` and `progress_every` are seconds;
    `trait` is what recommends it as an alternative to `alternative`. `names` are what people call it, beside its
    id; the Nano Banana family has rules of its own for its many spellings (`protocol.intent.models`).
    Source: the skill document, estimated generation time, and the conversation page, progress timetable.
    """

    model_id: str
    name: str
    expected: tuple[int, int]
    progress_at: tuple[int, ...]
    progress_every: int
    sizes: tuple[Size, ...]
    trait: Trait
    alternative: str
    tier: Literal["balanced", "premium"]
    names: tuple[str, ...] = ()


NANO_BANANA_2 = ModelCard(
    model_id="gemini-3.1-flash-image",
    name="Nano Banana2",
    expected=(20, 40),
    progress_at=(20, 35, 65),
    progress_every=30,
    sizes=("512px", "1K", "2K", "4K"),
    trait="faster_cheaper",
    alternative="gemini-3-pro-image",
    tier="balanced",
)

NANO_BANANA_PRO = ModelCard(
    model_id="gemini-3-pro-image",
    name="Nano Banana Pro",
    expected=(60, 120),
    progress_at=(30,),
    progress_every=30,
    sizes=("1K", "2K", "4K"),
    trait="high_quality",
    alternative="gemini-3.1-flash-image",
    tier="premium",
)

MODELS: dict[str, ModelCard] = {card.model_id: card for card in (NANO_BANANA_2, NANO_BANANA_PRO)}
DEFAULT_MODEL = NANO_BANANA_2


def other_size(sizes: tuple[Size, ...], size: Size) -> Size | None:
    """The next smaller of a model's sizes, else the next larger; None where there is no other."""
    order = [SIZES.index(each) for each in sizes]
    here = SIZES.index(size)
    smaller = [each for each in order if each < here]
    larger = [each for each in order if each > here]
    if smaller:
        return SIZES[max(smaller)]
    return SIZES[min(larger)] if larger else None


def nearest_size(sizes: tuple[Size, ...], size: Size) -> Size:
    """The size itself where the model has it, else the nearest (the smaller of two equally near ones)."""
    here = SIZES.index(size)
    return min(sizes, key=lambda each: (abs(SIZES.index(each) - here), SIZES.index(each)))
