"""The live models with their points, as a table and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ima import Category, ImaClient


@dataclass(frozen=True, slots=True)
class Listed:
    """A model for one kind of task; `prices` are size and points, in the list's order."""

    task_type: str
    model_id: str
    model_name: str
    prices: tuple[tuple[str, int], ...]


async def listed(ima: ImaClient, categories: Sequence[Category]) -> list[Listed]:
    """What can be had now. Raises `ImaError`."""
    from ima import sizes_with_points

    return [
        Listed(
            category,
            product.model_id,
            product.model_name,
            tuple((price.size, price.points) for price in sizes_with_points(product)),
        )
        for category in categories
        for product in (await ima.products(category)).products
    ]


def as_table(models: Sequence[Listed]) -> str:
    """Columns for people, e.g. `text_to_image  Nano Banana2  gemini-3.1-flash-image  512px: 4  1K: 6`."""
    rows = [("TASK", "MODEL", "MODEL ID", "POINTS A SIZE")]
    rows += [
        (
            model.task_type,
            model.model_name,
            model.model_id,
            "  ".join(f"{size}: {points}" if size else str(points) for size, points in model.prices),
        )
        for model in models
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        "  ".join((*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3])) for row in rows
    )


def as_json(models: Sequence[Listed]) -> str:
    """One JSON array, for programs."""
    return json.dumps(
        [
            {
                "task_type": model.task_type,
                "model_id": model.model_id,
                "model_name": model.model_name,
                "sizes": [{"size": size, "credit": points} for size, points in model.prices],
            }
            for model in models
        ],
        ensure_ascii=False,
    )
