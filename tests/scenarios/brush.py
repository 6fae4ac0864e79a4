"""A quick brush for the stand-in: on fast time, painting well would take minutes. The size is the asked one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from PIL import Image, ImageOps


class QuickBrush:
    """Plain colours by the prompt; an edit inverts the picture that it gets."""

    def paint(self, prompt: str, width: int, height: int) -> Image.Image:
        red, green, blue = hashlib.sha256(prompt.encode()).digest()[:3]
        return Image.new("RGB", (width, height), (red, green, blue))

    def transform(self, pictures: Sequence[Image.Image], prompt: str, width: int, height: int) -> Image.Image:
        return ImageOps.invert(ImageOps.fit(pictures[0].convert("RGB"), (width, height)))
