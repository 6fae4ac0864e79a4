"""Is it a picture, and how large? Decided from the bytes, whatever a name or a header says.

Pillow is imported when the first picture comes, not before: most commands never see one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

# Format names are Pillow's; MPO is a JPEG with more pictures behind the first (many phones).
MEDIA_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "WEBP": "image/webp",
    "GIF": "image/gif",
}
SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/gif": "gif"}

# The platforms page: 12,000 a side is the most that Feishu takes. The area bounds the memory of decoding:
# 80 megapixels are 320 MB with alpha. Above 89 Pillow itself objects, before we are asked (`bot.media.pillow`).
LONGEST_SIDE = 12_000
MOST_PIXELS = 80_000_000

ORIENTATION = 0x0112


class PictureError(Exception):
    """These bytes are no picture that can be used."""


class NotAPicture(PictureError):
    """Not a whole PNG, JPEG, WebP or GIF."""


class PictureTooLarge(PictureError):
    """Too many pixels to be decoded safely, or too many bytes however small it is made."""


@dataclass(frozen=True, slots=True)
class PictureInfo:
    """What a picture is; width and height as a viewer shows it (its orientation applied)."""

    media_type: str
    width: int
    height: int

    @property
    def suffix(self) -> str:
        """The usual suffix of a file of this type, without the dot."""
        return SUFFIXES[self.media_type]


def inspect(data: bytes) -> PictureInfo:
    """What the picture is; raises `NotAPicture` or `PictureTooLarge`.

    The whole first frame is decoded (a JPEG at an eighth of its size): a file that was cut off is found here.
    """
    with opened(data) as image:
        image.verify()
    with opened(data) as image:
        info = described(image)
        if image.format in {"JPEG", "MPO"}:
            image.draft("RGB", (1, 1))
        image.load()
    return info


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """The picture, opened and within the bounds. What a decoder raises inside becomes our own error."""
    from bot.media.pillow import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP", "GIF")) as image:
            if max(image.size) > LONGEST_SIDE or image.width * image.height > MOST_PIXELS:
                raise PictureTooLarge(f"{image.width} x {image.height} pixels are too many")
            if min(image.size) < 1:
                raise NotAPicture("it has no pixels")
            yield image
    except PictureError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise PictureTooLarge("it has too many pixels") from error
    except UnidentifiedImageError as error:
        raise NotAPicture("it is not a PNG, JPEG, WebP or GIF") from error
    except Exception as error:
        # A decoder that is fed with broken or hostile bytes raises whatever its code runs into.
        raise NotAPicture("it is broken") from error


def described(image: Image.Image) -> PictureInfo:
    """What an opened picture is."""
    width, height = image.size
    if image.getexif().get(ORIENTATION) in {5, 6, 7, 8}:
        width, height = height, width
    return PictureInfo(MEDIA_TYPES[image.format or ""], width, height)
