"""Paints pictures from words, and changes pictures by words.

What the prompt names is looked up among the known subjects, sceneries, hours, seasons, weathers, colours and styles;
all that it leaves open is drawn by a chance that depends on the prompt alone. Everything is vector-like (`pen`), painted
larger than it is kept, so that a picture looks the same at every size.
"""

from PIL import Image

from .canvas import Canvas
from .composition import compose
from .wish import read

__all__ = ["paint"]


def paint(prompt: str, width: int, height: int) -> Image.Image:
    """A picture of what ``prompt`` names, ``width`` by ``height`` pixels; the same for the same arguments."""
    canvas = Canvas(Image.new("RGB", working_size(width, height)))
    compose(canvas, read(prompt), prompt)
    return canvas.image.resize((width, height), Image.Resampling.LANCZOS)


def working_size(width: int, height: int) -> tuple[int, int]:
    """Twice what is asked, as long as that is neither too small to be smooth nor too large to be quick."""
    longer = max(width, height)
    scale = min(max(longer * 2, 360), 2048 if longer <= 1536 else 2800) / longer
    return max(round(width * scale), 1), max(round(height * scale), 1)
