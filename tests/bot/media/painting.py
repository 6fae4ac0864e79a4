"""Pictures for these tests, made on the spot."""

from __future__ import annotations

import io
import random

from PIL import Image


def noise(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """The worst case of compression, the same each time."""
    count = width * height * len(Image.new(mode, (1, 1)).getbands())
    return Image.frombytes(mode, (width, height), random.Random(7).randbytes(count))  # noqa: S311


def quarters(width: int, height: int) -> Image.Image:
    """Red, green, blue and white quarters: which way up it is can be seen."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("red", (0, 0, width // 2, height // 2))
    image.paste("green", (width // 2, 0, width, height // 2))
    image.paste("blue", (0, height // 2, width // 2, height))
    return image


def written(image: Image.Image, image_format: str, **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, image_format, **options)
    return target.getvalue()


def read(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def corners(data: bytes) -> tuple[str, str, str, str]:
    """The colours near the four corners by name: top left, top right, bottom left, bottom right."""
    image = read(data).convert("RGB")
    right, bottom = image.width - image.width // 8 - 1, image.height - image.height // 8 - 1
    left, top = image.width // 8, image.height // 8
    places = ((left, top), (right, top), (left, bottom), (right, bottom))
    return tuple(_colour(image.getpixel(place)) for place in places)  # type: ignore[return-value]


def _colour(pixel: object) -> str:
    assert isinstance(pixel, tuple)
    red, green, blue = (value > 90 for value in pixel)
    return {(True, False, False): "red", (False, True, False): "green", (False, False, True): "blue"}.get(
        (red, green, blue), "white"
    )
