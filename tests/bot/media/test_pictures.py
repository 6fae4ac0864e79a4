"""What the check of a picture promises: decided from the bytes alone, within bounds, whatever the bytes are."""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.media.pictures import (
    LONGEST_SIDE,
    MOST_PIXELS,
    NotAPicture,
    PictureError,
    PictureInfo,
    PictureTooLarge,
    inspect,
)
from tests.bot.media.painting import noise, quarters, written

WHOLE = {name: written(noise(40, 30), name) for name in ("PNG", "JPEG", "WEBP", "GIF")}


@pytest.mark.parametrize(
    ("name", "media_type", "suffix"),
    [
        ("PNG", "image/png", "png"),
        ("JPEG", "image/jpeg", "jpg"),
        ("WEBP", "image/webp", "webp"),
        ("GIF", "image/gif", "gif"),
    ],
)
def test_the_four_formats_are_known_with_their_size(name: str, media_type: str, suffix: str) -> None:
    info = inspect(WHOLE[name])
    assert info == PictureInfo(media_type, 40, 30)
    assert info.suffix == suffix


def test_a_moving_picture_counts_as_its_first_frame() -> None:
    moving = written(noise(40, 30), "GIF", save_all=True, append_images=[quarters(40, 30)])
    assert inspect(moving) == PictureInfo("image/gif", 40, 30)


def test_width_and_height_are_those_that_a_viewer_shows() -> None:
    turned = noise(40, 30)
    exif = turned.getexif()
    exif[0x0112] = 6
    assert inspect(written(turned, "JPEG", exif=exif)) == PictureInfo("image/jpeg", 30, 40)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>not found</html>",
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        written(noise(4, 4), "BMP"),
        written(noise(4, 4), "TIFF"),
    ],
)
def test_what_is_none_of_the_four_is_not_a_picture(data: bytes) -> None:
    with pytest.raises(NotAPicture):
        inspect(data)


@pytest.mark.parametrize("name", list(WHOLE))
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_picture_that_was_cut_off_is_not_a_picture(name: str, share: float) -> None:
    with pytest.raises(NotAPicture):
        inspect(WHOLE[name][: int(len(WHOLE[name]) * share)])


def test_a_picture_with_a_changed_byte_in_its_pixels_is_found_by_its_checksum() -> None:
    data = bytearray(WHOLE["PNG"])
    data[len(data) // 2] ^= 0xFF
    with pytest.raises(NotAPicture):
        inspect(bytes(data))


def png_that_claims(width: int, height: int) -> bytes:
    """A small file that says that it is huge: what a decompression bomb looks like."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("width", "height"),
    [
        (LONGEST_SIDE + 1, 1),
        (1, LONGEST_SIDE + 1),
        (8_000, MOST_PIXELS // 8_000 + 1),
        (9_800, 9_800),
        (12_000, 12_000),
        (2**31 - 1, 2**31 - 1),
    ],
)
def test_a_bomb_is_refused_before_anything_is_decoded(width: int, height: int) -> None:
    """Also between our own bound and the one at which Pillow warns, and beyond the one at which it raises."""
    with pytest.raises(PictureTooLarge):
        inspect(png_that_claims(width, height))


def test_a_very_large_picture_is_refused_without_a_word_on_stderr() -> None:
    """Pillow's own warning names a path of the installation. A process of its own: here, warnings are errors anyway."""
    code = """
import sys
from bot.media.pictures import PictureTooLarge, inspect
try:
    inspect(sys.stdin.buffer.read())
except PictureTooLarge:
    print("refused")
"""
    command = [sys.executable, "-W", "default", "-c", code]
    done = subprocess.run(command, input=png_that_claims(12_000, 9_000), capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"refused\n", b"")


@pytest.mark.parametrize(("width", "height"), [(LONGEST_SIDE, 1), (8_000, MOST_PIXELS // 8_000)])
def test_at_the_bound_itself_the_size_is_no_objection(width: int, height: int) -> None:
    with pytest.raises(NotAPicture):
        inspect(png_that_claims(width, height))


@settings(max_examples=300, deadline=None)
@given(
    name=st.sampled_from(sorted(WHOLE)),
    changes=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=8),
    length=st.integers(0, 5_000),
)
def test_whatever_the_bytes_are_it_is_a_picture_or_an_error_of_ours(
    name: str, changes: list[tuple[int, int]], length: int
) -> None:
    data = bytearray(WHOLE[name][:length])
    for place, value in changes:
        if place < len(data):
            data[place] = value
    try:
        info = inspect(bytes(data))
    except PictureError:
        return
    assert info.media_type.startswith("image/")
    assert info.width * info.height <= MOST_PIXELS


def test_pillow_is_not_imported_before_the_first_picture() -> None:
    code = "import sys, bot.media.workshop, bot.media.files; print('PIL' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
