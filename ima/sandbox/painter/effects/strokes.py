"""Painting a picture again with brush strokes."""

from math import atan2, cos, pi, sin
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

_FIELD = 48


def brushed(image: Image.Image, dice: Random, *, coarse: float = 1.0) -> Image.Image:
    """Three layers of strokes along the shapes: broad ones everywhere, fine ones where there is something to see."""
    longer = max(image.size)
    lean = _directions(image)
    result = image.filter(ImageFilter.GaussianBlur(longer / 60))
    detail = image.convert("L").filter(ImageFilter.FIND_EDGES).resize((_FIELD, _FIELD), Image.Resampling.BOX)
    busy = detail.load()
    assert busy is not None
    for share, blur, needs in ((34, 150, 0.0), (62, 300, 0.0), (120, 700, 5.0)):
        size = longer / share * coarse
        source = image.filter(ImageFilter.GaussianBlur(longer / blur)).load()
        draw = ImageDraw.Draw(result)
        assert source is not None
        step = size * 0.62
        spots = [
            (x, y) for x in range(round(image.width / step) + 1) for y in range(round(image.height / step) + 1)
        ]
        dice.shuffle(spots)
        for column, row in spots:
            x, y = (column + dice.uniform(-0.5, 0.5)) * step, (row + dice.uniform(-0.5, 0.5)) * step
            if not (0 <= x < image.width and 0 <= y < image.height):
                continue
            cell = int(x / image.width * _FIELD), int(y / image.height * _FIELD)
            strength = busy[cell]
            if isinstance(strength, (int, float)) and strength < needs:
                continue
            colour = source[int(x), int(y)]
            assert isinstance(colour, tuple)
            shift = dice.randint(-11, 11)
            tone = (int(colour[0]) + shift, int(colour[1]) + shift, int(colour[2]) + shift)
            angle = lean[cell[1]][cell[0]] + dice.uniform(-0.25, 0.25)
            ax, ay = cos(angle), sin(angle)
            long, thick = size * dice.uniform(0.7, 1.15), size * dice.uniform(0.2, 0.3)
            hull = ((-1, -0.3), (-0.7, -1), (0.6, -0.9), (1, -0.2), (0.95, 0.4), (0.5, 1), (-0.75, 0.85), (-1, 0.4))
            draw.polygon(
                [(x + ax * u * long - ay * v * thick, y + ay * u * long + ax * v * thick) for u, v in hull],
                fill=tone,
            )
    relief = result.convert("L").filter(ImageFilter.EMBOSS)
    return Image.blend(result, ImageChops.soft_light(result, Image.merge("RGB", (relief, relief, relief))), 0.75)


def _directions(image: Image.Image) -> list[list[float]]:
    """Along the edges of what is there; slowly turning where there is nothing."""
    grey = image.convert("L").resize((_FIELD, _FIELD), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(1.2))
    data = grey.tobytes()
    field: list[list[float]] = []
    for y in range(_FIELD):
        row: list[float] = []
        for x in range(_FIELD):
            left, right = data[y * _FIELD + max(x - 1, 0)], data[y * _FIELD + min(x + 1, _FIELD - 1)]
            above, below = data[max(y - 1, 0) * _FIELD + x], data[min(y + 1, _FIELD - 1) * _FIELD + x]
            across, down = right - left, below - above
            flat = abs(across) + abs(down) < 4
            row.append(0.5 * sin(x / 9 + y / 13) if flat else atan2(down, across) + pi / 2)
        field.append(row)
    return field
