"""The five shapes."""

from __future__ import annotations

import pytest

from protocol.shapes import nearest_shape


@pytest.mark.parametrize(
    ("width", "height", "shape"),
    [
        (1920, 1080, "16:9"),
        (1080, 1920, "9:16"),
        (400, 300, "4:3"),
        (3024, 4032, "3:4"),
        (1000, 1000, "1:1"),
        (5000, 100, "16:9"),
        (1, 9999, "9:16"),
        (0, 5, None),
        (5, -1, None),
    ],
)
def test_a_picture_has_the_shape_that_comes_nearest(width: int, height: int, shape: str | None) -> None:
    assert nearest_shape(width, height) == shape
