"""Making a picture fit: a platform's bytes, a longest side, and nothing that its maker did not mean to send."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.media.pictures import ORIENTATION, PictureInfo, PictureTooLarge, described, opened

if TYPE_CHECKING:
    from PIL import Image

# Visibly the same, then visibly smaller files, then fewer pixels.
QUALITIES = (92, 85, 77, 68)
SCALED_QUALITY = 80
LARGEST_STEP = 0.85
SMALLEST_SIDE = 64
FRESH_QUALITY = 95
# Above this a PNG takes seconds to write.
MOST_PNG_PIXELS = 20_000_000

# Feishu takes no GIF with a longer side (the page of uploading images); no model draws one either.
LONGEST_GIF_SIDE = 2_000

# What says how to show a picture; everything else in its header is about where it came from.
HARMLESS_INFO = frozenset(
    {
        *("adobe", "adobe_transform", "aspect", "background", "bbox", "chromaticity", "default_image", "dpi"),
        *("disposal", "duration", "extension", "gamma", "icc_profile", "interlace", "jfif", "jfif_density"),
        *("jfif_unit", "jfif_version", "loop", "progression", "progressive", "srgb", "timestamp"),
        *("transparency", "version"),
    }
)
HARMLESS_SEGMENTS = frozenset({"APP0", "APP2", "APP14"})


@dataclass(frozen=True, slots=True)
class Fitted:
    """A picture within its bounds; `changed` is False where the bytes are those that were handed in."""

    data: bytes
    media_type: str
    width: int
    height: int
    changed: bool


def fit(data: bytes, *, largest_bytes: int, longest_side: int | None = None) -> Fitted:
    """The picture itself where it fits, else a JPEG that does.

    Raises `NotAPicture`, and `PictureTooLarge` where even a very small one would not fit.
    """
    with opened(data) as image:
        info = described(image)
        if len(data) <= largest_bytes and not _too_long(info, longest_side) and not _too_long_a_gif(info):
            image.load()
            return Fitted(data, info.media_type, info.width, info.height, changed=False)
        upright = _upright(image, longest_side)
    return _as_jpeg(upright, largest_bytes, QUALITIES)


def clean(data: bytes, *, largest_bytes: int, longest_side: int | None = None) -> Fitted:
    """A picture that a person sent, ready to be passed on: upright, still, within bounds, without metadata.

    Where it was taken, when and with what (EXIF, XMP, comments) does not leave this machine. Lossless where the
    picture was; the same bytes where nothing has to be changed. Raises as `fit` does.
    """
    with opened(data) as image:
        info = described(image)
        image_format = image.format
        if image_format in {"PNG", "WEBP", "GIF"}:
            image.load()
        fits = len(data) <= largest_bytes and not _too_long(info, longest_side)
        if fits and image_format != "GIF" and not _tells(image):
            image.load()
            return Fitted(data, info.media_type, info.width, info.height, changed=False)
        upright = _upright(image, longest_side)
    if image_format in {"JPEG", "MPO"}:
        return _as_jpeg(upright, largest_bytes, (FRESH_QUALITY, *QUALITIES))
    if upright.width * upright.height <= MOST_PNG_PIXELS:
        written = _png(upright)
        if len(written) <= largest_bytes:
            return Fitted(written, "image/png", upright.width, upright.height, changed=True)
    return _as_jpeg(upright, largest_bytes, QUALITIES)


def _too_long(info: PictureInfo, longest_side: int | None) -> bool:
    return longest_side is not None and max(info.width, info.height) > longest_side


def _too_long_a_gif(info: PictureInfo) -> bool:
    return info.media_type == "image/gif" and max(info.width, info.height) > LONGEST_GIF_SIDE


def _tells(image: Image.Image) -> bool:
    """Whether the file says more than how to show it."""
    segments = {name for name, _ in getattr(image, "applist", [])}
    return (
        image.format == "MPO"
        or getattr(image, "n_frames", 1) > 1
        or bool(image.getexif())
        or not set(image.info) <= HARMLESS_INFO
        or not segments <= HARMLESS_SEGMENTS
    )


def _upright(image: Image.Image, longest_side: int | None) -> Image.Image:
    """The first frame as a viewer shows it, in plain 8-bit colour, at most so long."""
    from PIL import Image

    profile = image.info.get("icc_profile")
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    turn = turns.get(image.getexif().get(ORIENTATION, 1))
    if longest_side is not None:
        # A JPEG can be decoded at a half, a quarter or an eighth: less memory for what is thrown away anyway.
        image.draft(None, (longest_side, longest_side))
    frame = _eight_bit(image)
    if turn is not None:
        frame = frame.transpose(turn)
    if longest_side is not None and max(frame.size) > longest_side:
        frame.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    # A profile describes the colours that were read: it goes along only where they were not converted.
    keeps = isinstance(profile, bytes) and image.mode in {"RGB", "RGBA", "P"}
    frame.info = {"icc_profile": profile} if keeps else {}
    return frame


def _eight_bit(image: Image.Image) -> Image.Image:
    image.load()
    if image.mode.startswith(("I", "F")):
        # 16 bits a pixel: converted straight, everything above 255 would be white.
        return image.convert("I").point(lambda value: value / 256).convert("RGB")
    transparent = image.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in image.info
    return image.convert("RGBA" if transparent else "RGB")


def _as_jpeg(image: Image.Image, largest_bytes: int, qualities: tuple[int, ...]) -> Fitted:
    from PIL import Image

    profile = image.info.get("icc_profile")
    flat = _on_white(image)
    written = b""
    for quality in qualities:
        written = _jpeg(flat, quality, profile)
        if len(written) <= largest_bytes:
            return Fitted(written, "image/jpeg", flat.width, flat.height, changed=True)
    scale = 1.0
    while max(flat.size) * scale > SMALLEST_SIDE:
        scale *= min(LARGEST_STEP, 0.95 * math.sqrt(largest_bytes / len(written)))
        size = (max(1, round(flat.width * scale)), max(1, round(flat.height * scale)))
        smaller = flat.resize(size, Image.Resampling.LANCZOS)
        written = _jpeg(smaller, SCALED_QUALITY, profile)
        if len(written) <= largest_bytes:
            return Fitted(written, "image/jpeg", *size, changed=True)
    raise PictureTooLarge(f"it does not fit into {largest_bytes} bytes")


def _on_white(image: Image.Image) -> Image.Image:
    from PIL import Image

    if image.mode != "RGBA":
        return image
    flat = Image.new("RGB", image.size, "white")
    flat.paste(image, mask=image.getchannel("A"))
    return flat


def _jpeg(image: Image.Image, quality: int, profile: object) -> bytes:
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality, icc_profile=profile, exif=b"")
    return target.getvalue()


def _png(image: Image.Image) -> bytes:
    target = io.BytesIO()
    image.save(target, "PNG", icc_profile=image.info.get("icc_profile"))
    return target.getvalue()
