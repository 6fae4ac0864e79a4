"""Painting a picture again with brush strokes."""

from math import atan2, cos, pi, sin
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

_FIELD = 48


_HULL = ((-1, -0.3), (-0.7, -1), (0.6, -0.9), (1, -0.2), (0.95, 0.4), (0.5, 1), (-0.75, 0.85), (-1, 0.4))
_LAYERS = ((34, 150, 0), (62, 300, 0), (116, 700, 6), (210, 1200, 15))
"""Strokes to the longer side, sharpness of what they take their colour from, and how much must be there to see."""


def brushed(image: Image.Image, dice: Random) -> Image.Image:
    """Layers of strokes along the shapes: broad ones everywhere, fine ones where there is much to see."""
    longer = max(image.size)
    lean = _directions(image)
    result = image.filter(ImageFilter.GaussianBlur(longer / 60))
    busy = image.convert("L").filter(ImageFilter.FIND_EDGES).resize((_FIELD, _FIELD), Image.Resampling.BOX).tobytes()
    for share, blur, needs in _LAYERS:
        size = max(longer / share, 3.0)
        colours = image.filter(ImageFilter.GaussianBlur(longer / blur)).tobytes()
        draw = ImageDraw.Draw(result)
        for x, y, cell in _spots(image.size, size * 0.74, busy, needs, dice):
            place = (int(y) * image.width + int(x)) * 3
            shift = dice.randint(-11, 11)
            red, green, blue = colours[place : place + 3]
            angle = lean[cell] + dice.uniform(-0.25, 0.25)
            long, thick = size * dice.uniform(0.7, 1.15), size * dice.uniform(0.2, 0.3)
            ax, ay, nx, ny = cos(angle) * long, sin(angle) * long, -sin(angle) * thick, cos(angle) * thick
            outline = [(x + ax * u + nx * v, y + ay * u + ny * v) for u, v in _HULL]
            draw.polygon(outline, fill=(red + shift, green + shift, blue + shift))
    relief = result.convert("L").filter(ImageFilter.EMBOSS)
    return Image.blend(result, ImageChops.soft_light(result, Image.merge("RGB", (relief, relief, relief))), 0.75)


def _spots(size: tuple[int, int], step: float, busy: bytes, needs: int, dice: Random) -> list[tuple[float, float, int]]:
    """Where strokes go, in any order, and in which cell: a loose grid over the parts where enough is to be seen."""
    spots: list[tuple[float, float, int]] = []
    across, down = step * _FIELD / size[0], step * _FIELD / size[1]
    for column in range(int(size[0] / step) + 1):
        for row in range(int(size[1] / step) + 1):
            cell = min(int(row * down), _FIELD - 1) * _FIELD + min(int(column * across), _FIELD - 1)
            if busy[cell] < needs:
                continue
            x, y = (column + dice.uniform(-0.5, 0.5)) * step, (row + dice.uniform(-0.5, 0.5)) * step
            if 0 <= x < size[0] and 0 <= y < size[1]:
                spots.append((x, y, cell))
    dice.shuffle(spots)
    return spots


def _directions(image: Image.Image) -> list[float]:
    """Along the edges of what is there; slowly turning where there is nothing. Row by row."""
    grey = image.convert("L").resize((_FIELD, _FIELD), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(1.2))
    data = grey.tobytes()
    field: list[float] = []
    for y in range(_FIELD):
        for x in range(_FIELD):
            left, right = data[y * _FIELD + max(x - 1, 0)], data[y * _FIELD + min(x + 1, _FIELD - 1)]
            above, below = data[max(y - 1, 0) * _FIELD + x], data[min(y + 1, _FIELD - 1) * _FIELD + x]
            across, down = right - left, below - above
            flat = abs(across) + abs(down) < 4
            field.append(0.5 * sin(x / 9 + y / 13) if flat else atan2(down, across) + pi / 2)
    return field
