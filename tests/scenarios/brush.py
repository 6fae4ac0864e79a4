"""A quick brush for the stand-in: on fast time, painting well would take minutes. The size is the asked one."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PIL import Image, ImageOps
from typing_extensions import override


class QuickBrush:
    """Plain colours by the prompt; an edit inverts the picture that it gets."""

    def paint(self, prompt: str, width: int, height: int) -> Image.Image:
        red, green, blue = hashlib.sha256(prompt.encode()).digest()[:3]
        return Image.new("RGB", (width, height), (red, green, blue))

    def transform(self, pictures: Sequence[Image.Image], prompt: str, width: int, height: int) -> Image.Image:
        return ImageOps.invert(ImageOps.fit(pictures[0].convert("RGB"), (width, height)))


class HeldBrush(QuickBrush):
    """The same, which can be held: what is being drawn stays so until then, however slow the machine is."""

    def __init__(self) -> None:
        self._free = threading.Event()
        self._free.set()

    @contextmanager
    def held(self) -> Iterator[None]:
        """No picture is finished within the block."""
        self._free.clear()
        try:
            yield
        finally:
            self._free.set()

    @override
    def paint(self, prompt: str, width: int, height: int) -> Image.Image:
        self._free.wait()
        return super().paint(prompt, width, height)

    @override
    def transform(self, pictures: Sequence[Image.Image], prompt: str, width: int, height: int) -> Image.Image:
        self._free.wait()
        return super().transform(pictures, prompt, width, height)
