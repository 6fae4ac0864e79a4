"""The surface: fills polygons of pixels, at twice the size that is kept in the end."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from math import ceil, floor, sqrt
from typing import assert_never

from PIL import Image, ImageChops, ImageDraw

from .colour import Colour, mix
from .fills import Ball, Fade, Fill, Veil
from .geometry import Outline

Box = tuple[int, int, int, int]
_STEPS = 96


class Canvas:
    """An RGB picture that is painted on with outlines given in pixels."""

    def __init__(self, image: Image.Image) -> None:
        self.image = image
        self._draw = ImageDraw.Draw(image)
        self._corner = (0, 0)

    @property
    def width(self) -> int:
        return self.image.width

    @property
    def height(self) -> int:
        return self.image.height

    def fill(self, outlines: Sequence[Outline], fill: Fill) -> None:
        left, top = self._corner
        if left or top:
            outlines = [[(x - left, y - top) for x, y in outline] for outline in outlines]
        if isinstance(fill, tuple):
            for outline in outlines:
                self._draw.polygon(list(outline), fill=fill)
            return
        full = _bounds(outlines)
        box = self._visible(full)
        if box is None:
            return
        mask = _mask(outlines, box, round(255 * fill.alpha) if isinstance(fill, Veil) else 255)
        match fill:
            case Veil():
                self.image.paste(fill.colour, box, mask)
            case Fade():
                if fill.start_alpha < 1 or fill.end_alpha < 1:
                    mask = ImageChops.multiply(mask, _alpha_strip(fill, full, box))
                self.image.paste(_colour_strip(fill, full, box), box, mask)
            case Ball():
                self.image.paste(_shaded_ball(fill, full, box), box, mask)
            case _:
                assert_never(fill)

    def glow(self, centre: tuple[float, float], radii: tuple[float, float], colour: Colour, strength: float) -> None:
        """A soft light (or, with a dark colour, a soft shadow) that fades to nothing at its radius."""
        x, y = centre[0] - self._corner[0], centre[1] - self._corner[1]
        full = (floor(x - radii[0]), floor(y - radii[1]), ceil(x + radii[0]), ceil(y + radii[1]))
        box = self._visible(full)
        if box is None:
            return
        table = [round(strength * 255 * (1 - value / 255) ** 1.6) for value in range(256)]
        mask = _stretch(_radial().crop((128, 128, 384, 384)), full, box).point(table)
        self.image.paste(colour, box, mask)

    @contextmanager
    def within(self, outline: Outline) -> Iterator[None]:
        """What is painted meanwhile only shows inside ``outline``."""
        image, draw, corner = self.image, self._draw, self._corner
        shifted = [(x - corner[0], y - corner[1]) for x, y in outline]
        box = self._visible(_bounds([shifted]))
        if box is None:
            # Nothing of it is in the picture: what is painted meanwhile goes to a scrap.
            box = (0, 0, 1, 1)
        part = image.crop(box)
        self.image, self._draw = part, ImageDraw.Draw(part)
        self._corner = (corner[0] + box[0], corner[1] + box[1])
        try:
            yield
        finally:
            self.image, self._draw, self._corner = image, draw, corner
            image.paste(part, box, _mask([shifted], box, 255))

    def _visible(self, full: Box) -> Box | None:
        left, top = max(full[0], 0), max(full[1], 0)
        right, bottom = min(full[2], self.width), min(full[3], self.height)
        return (left, top, right, bottom) if left < right and top < bottom else None


def _bounds(outlines: Sequence[Outline]) -> Box:
    across = [x for outline in outlines for x, _ in outline]
    down = [y for outline in outlines for _, y in outline]
    return floor(min(across)), floor(min(down)), ceil(max(across)) + 1, ceil(max(down)) + 1


def _mask(outlines: Sequence[Outline], box: Box, value: int) -> Image.Image:
    mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
    draw = ImageDraw.Draw(mask)
    for outline in outlines:
        draw.polygon([(x - box[0], y - box[1]) for x, y in outline], fill=value)
    return mask


def _stretch(source: Image.Image, full: Box, box: Box) -> Image.Image:
    """``source`` stretched over ``full``, of which only ``box`` is wanted."""
    across, down = source.width / (full[2] - full[0]), source.height / (full[3] - full[1])
    part = (
        (box[0] - full[0]) * across,
        (box[1] - full[1]) * down,
        (box[2] - full[0]) * across,
        (box[3] - full[1]) * down,
    )
    return source.resize((box[2] - box[0], box[3] - box[1]), Image.Resampling.BILINEAR, box=part)


def _strip(mode: str, data: bytes, sideways: bool, full: Box, box: Box) -> Image.Image:
    source = Image.frombytes(mode, (_STEPS, 1) if sideways else (1, _STEPS), data)
    return _stretch(source, full, box)


def _colour_strip(fill: Fade, full: Box, box: Box) -> Image.Image:
    data = b"".join(bytes(mix(fill.start, fill.end, step / (_STEPS - 1))) for step in range(_STEPS))
    return _strip("RGB", data, fill.sideways, full, box)


def _alpha_strip(fill: Fade, full: Box, box: Box) -> Image.Image:
    span = fill.end_alpha - fill.start_alpha
    data = bytes(round(255 * (fill.start_alpha + span * step / (_STEPS - 1))) for step in range(_STEPS))
    return _strip("L", data, fill.sideways, full, box)


@cache
def _radial() -> Image.Image:
    """Distance from the middle, 0 to 255 over a quarter of the width, white beyond."""
    field = Image.new("L", (512, 512), 255)
    # Pillow's gradient is white in the corners; ours is white on the whole rim.
    field.paste(
        Image.radial_gradient("L").point([min(255, round(value * sqrt(2))) for value in range(256)]), (128, 128)
    )
    return field


def _shaded_ball(fill: Ball, full: Box, box: Box) -> Image.Image:
    # A window of 232 x 232 of the field around the bright point: its far corner is nearly the rim colour.
    left, top = 256 - 232 * fill.x, 256 - 232 * fill.y
    window = _radial().crop((round(left), round(top), round(left) + 232, round(top) + 232))
    share = _stretch(window, full, box)
    size = (box[2] - box[0], box[3] - box[1])
    return Image.composite(Image.new("RGB", size, fill.rim), Image.new("RGB", size, fill.core), share)
