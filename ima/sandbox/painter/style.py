"""The names of whole-picture treatments."""

from enum import Enum


class Style(Enum):
    OIL = "oil painting"
    WATERCOLOUR = "watercolour"
    SKETCH = "pencil sketch"
    INK = "ink wash"
    PIXEL = "pixel art"
    CARTOON = "cartoon"
    NEON = "neon"
    VINTAGE = "vintage"
    MONOCHROME = "black and white"
