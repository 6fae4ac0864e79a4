"""The five shapes that a picture can have."""

from __future__ import annotations

import math

from protocol.decision import AspectRatio

SHAPES: dict[AspectRatio, float] = {"1:1": 1.0, "16:9": 16 / 9, "9:16": 9 / 16, "4:3": 4 / 3, "3:4": 3 / 4}


def nearest_shape(width: float, height: float) -> AspectRatio | None:
    """The shape that comes nearest to these sides, compared by their quotient; None for sides that are none."""
    if width <= 0 or height <= 0:
        return None
    quotient = math.log(width / height)
    return min(SHAPES, key=lambda shape: abs(math.log(SHAPES[shape]) - quotient))
