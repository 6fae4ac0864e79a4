"""From a prompt to a picture of the asked size."""

from PIL import Image

from .canvas import Canvas
from .composition import compose
from .dice import dice
from .effects import stylise
from .wish import read

STYLED_SIDE = 1152
"""The longer side at which treatments are applied, in pixels: strokes belong to the picture, not to its size."""


def paint(prompt: str, width: int, height: int) -> Image.Image:
    """A picture of what ``prompt`` names, ``width`` by ``height`` pixels; the same for the same arguments."""
    wish = read(prompt)
    canvas = Canvas(Image.new("RGB", _working_size(width, height)))
    compose(canvas, wish, prompt)
    if not wish.styles:
        return canvas.image.resize((width, height), Image.Resampling.LANCZOS)
    small = canvas.image.resize(bounded(width, height, STYLED_SIDE), Image.Resampling.LANCZOS)
    return stylise(small, wish.styles, dice(prompt + "style")).resize((width, height), Image.Resampling.LANCZOS)


def bounded(width: int, height: int, side: int) -> tuple[int, int]:
    """The asked ratio with a longer side of at most ``side``."""
    share = min(1.0, side / max(width, height))
    return max(1, round(width * share)), max(1, round(height * share))


def _working_size(width: int, height: int) -> tuple[int, int]:
    # Twice what is asked, as long as that is neither too small to be smooth nor too large to be quick.
    longer = max(width, height)
    share = min(max(longer * 2, 360), 2048 if longer <= 1536 else 2800) / longer
    return max(1, round(width * share)), max(1, round(height * share))
