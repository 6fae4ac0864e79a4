"""What a picture will cost, and with what parameters it will be asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from protocol.decision import Size, TaskType


@dataclass(frozen=True, slots=True)
class Quote:
    """Model, size, rule and points, as the product list says them now. Enough to build the create call from."""

    task_type: TaskType
    model_id: str
    model_name: str
    model_version: str
    attribute_id: int
    points: int
    size: Size | None
    parameters: Mapping[str, str | int | float | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Price:
    """One size of one model and its points, in the order of the product list."""

    model_id: str
    size: Size
    points: int


@dataclass(frozen=True, slots=True)
class PriceList:
    """The live prices of one task type."""

    prices: tuple[Price, ...]

    def points(self, model_id: str, size: Size) -> int | None:
        """The points of that model at that size; None where the list has no such rule."""
        return next((p.points for p in self.prices if p.model_id == model_id and p.size == size), None)

    def of(self, model_id: str) -> tuple[Price, ...]:
        """The sizes of one model."""
        return tuple(price for price in self.prices if price.model_id == model_id)
