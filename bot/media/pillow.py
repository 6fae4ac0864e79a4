"""Pillow, with its warning about very large pictures made an error.

`Image.open` warns before anybody can look at the size, on stderr and with the path of an installed file. Only here
and once, when Pillow is first imported: a filter put on for each picture would be one for all threads.
The check itself stays on, for decoders also ask it before they take memory.
"""

from __future__ import annotations

import warnings

from PIL import Image, UnidentifiedImageError

warnings.simplefilter("error", Image.DecompressionBombWarning)

__all__ = ["Image", "UnidentifiedImageError"]
