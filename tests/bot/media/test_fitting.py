"""What fitting promises: within the bytes, within the side, upright, without metadata; unchanged where it fits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from bot.media.fitting import clean, fit
from bot.media.pictures import NotAPicture, PictureTooLarge, inspect
from tests.bot.media.painting import corners, noise, quarters, read, written

MUCH = 10_000_000
NOISE = written(noise(400, 300), "PNG")
SECRET = b"52.5200N 13.4050E"


def test_a_picture_that_fits_is_the_same_bytes() -> None:
    fitted = fit(NOISE, largest_bytes=len(NOISE))
    assert (fitted.data, fitted.changed) == (NOISE, False)
    assert (fitted.media_type, fitted.width, fitted.height) == ("image/png", 400, 300)


def test_one_byte_too_many_and_it_becomes_a_jpeg_of_the_same_size() -> None:
    fitted = fit(NOISE, largest_bytes=len(NOISE) - 1)
    assert (fitted.media_type, fitted.width, fitted.height, fitted.changed) == ("image/jpeg", 400, 300, True)


@pytest.mark.parametrize(("side", "media_type"), [(2_000, "image/gif"), (2_001, "image/jpeg")])
def test_a_gif_that_is_too_long_for_a_platform_becomes_a_still_with_all_its_pixels(side: int, media_type: str) -> None:
    fitted = fit(written(Image.new("P", (side, 4)), "GIF"), largest_bytes=MUCH)
    assert (fitted.media_type, fitted.width, fitted.changed) == (media_type, side, media_type == "image/jpeg")


@settings(max_examples=25, deadline=None)
@given(largest_bytes=st.integers(1_500, 200_000), longest_side=st.none() | st.integers(20, 500))
def test_whatever_the_bounds_it_is_within_them_and_keeps_its_shape(
    largest_bytes: int, longest_side: int | None
) -> None:
    fitted = fit(NOISE, largest_bytes=largest_bytes, longest_side=longest_side)
    assert len(fitted.data) <= largest_bytes
    assert longest_side is None or max(fitted.width, fitted.height) <= longest_side
    assert abs(fitted.width * 3 - fitted.height * 4) <= 5, "half a pixel of rounding a side, twice"
    info = inspect(fitted.data)
    assert (info.media_type, info.width, info.height) == (fitted.media_type, fitted.width, fitted.height)


def test_what_can_never_fit_is_an_error() -> None:
    with pytest.raises(PictureTooLarge):
        fit(NOISE, largest_bytes=200)


@pytest.mark.parametrize("work", [fit, clean])
def test_what_is_no_picture_is_an_error(work: object) -> None:
    assert callable(work)
    for data in (b"hello", NOISE[:2000]):
        with pytest.raises(NotAPicture):
            work(data, largest_bytes=MUCH)


def test_what_is_transparent_becomes_white_in_a_jpeg() -> None:
    image = noise(300, 300, "RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 300, 300))
    image.paste(noise(200, 200, "RGBA"), (50, 50))
    data = written(image, "PNG")
    fitted = fit(data, largest_bytes=len(data) // 2)
    assert fitted.media_type == "image/jpeg"
    assert corners(fitted.data)[0] == "white"


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("work", ["fit", "clean"])
def test_a_picture_stands_as_a_viewer_shows_it(orientation: int, work: str) -> None:
    """All eight orientations of EXIF: the file is turned so that the flag shows the same picture upright."""
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    upright = quarters(160, 120)
    stored = upright.transpose(back[orientation]) if orientation in back else upright
    exif = stored.getexif()
    exif[0x0112] = orientation
    data = written(stored, "JPEG", exif=exif, quality=95)
    fitted = clean(data, largest_bytes=MUCH) if work == "clean" else fit(data, largest_bytes=MUCH, longest_side=80)
    assert (fitted.width * 3, corners(fitted.data)) == (fitted.height * 4, ("red", "green", "blue", "white"))
    assert not read(fitted.data).getexif()


def located(image_format: str) -> bytes:
    """A picture that tells where it was taken, in each way its format has."""
    image = quarters(64, 48)
    exif = image.getexif()
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    if image_format == "PNG":
        text = PngInfo()
        text.add_text("Comment", SECRET.decode())
        return written(image, "PNG", exif=exif, pnginfo=text)
    if image_format == "GIF":
        return written(image, "GIF", comment=SECRET)
    if image_format == "JPEG":
        return written(image, "JPEG", exif=exif, comment=SECRET)
    return written(image, "WEBP", exif=exif, xmp=SECRET)


@pytest.mark.parametrize("image_format", ["PNG", "JPEG", "WEBP", "GIF"])
def test_where_a_picture_was_taken_does_not_go_along(image_format: str) -> None:
    data = located(image_format)
    assert SECRET in data
    cleaned = clean(data, largest_bytes=MUCH)
    assert cleaned.changed
    assert SECRET not in cleaned.data
    assert not read(cleaned.data).getexif()
    assert corners(cleaned.data) == ("red", "green", "blue", "white")


@pytest.mark.parametrize("segment", [b"\xff\xe1", b"\xff\xed", b"\xff\xfe"])
def test_a_segment_of_a_jpeg_that_says_more_than_the_picture_goes(segment: bytes) -> None:
    """XMP, Photoshop's block, a comment: known or not, it is not needed to show the picture."""
    plain = written(quarters(64, 48), "JPEG")
    body = b"http://ns.adobe.com/xap/1.0/\0" + SECRET
    data = plain[:2] + segment + (len(body) + 2).to_bytes(2, "big") + body + plain[2:]
    cleaned = clean(data, largest_bytes=MUCH)
    assert cleaned.changed
    assert SECRET not in cleaned.data


@pytest.mark.parametrize("image_format", ["PNG", "JPEG", "WEBP"])
def test_a_picture_that_tells_nothing_is_passed_on_as_it_is(image_format: str) -> None:
    data = written(quarters(64, 48), image_format)
    cleaned = clean(data, largest_bytes=MUCH)
    assert (cleaned.data, cleaned.changed) == (data, False)


def test_cleaning_a_png_loses_no_pixel() -> None:
    text = PngInfo()
    text.add_text("Comment", SECRET.decode())
    image = noise(64, 48, "RGBA")
    cleaned = clean(written(image, "PNG", pnginfo=text), largest_bytes=MUCH)
    assert cleaned.media_type == "image/png"
    assert read(cleaned.data).tobytes() == image.tobytes()


def test_a_moving_picture_becomes_a_still() -> None:
    for image_format in ("GIF", "WEBP", "PNG"):
        moving = written(quarters(64, 48), image_format, save_all=True, append_images=[noise(64, 48)])
        cleaned = clean(moving, largest_bytes=MUCH)
        assert (cleaned.media_type, cleaned.changed) == ("image/png", True)
        assert getattr(read(cleaned.data), "n_frames", 1) == 1
        assert corners(cleaned.data) == ("red", "green", "blue", "white")


def test_a_phones_jpeg_with_a_second_picture_behind_becomes_one_picture() -> None:
    data = written(quarters(64, 48), "MPO", save_all=True, append_images=[noise(64, 48)])
    assert inspect(data).media_type == "image/jpeg"
    cleaned = clean(data, largest_bytes=MUCH)
    assert (cleaned.media_type, cleaned.changed) == ("image/jpeg", True)
    assert len(cleaned.data) < len(data)


def test_sixteen_bits_a_pixel_keep_their_brightness() -> None:
    image = Image.new("I;16", (40, 30), 0x4000)
    cleaned = clean(written(image, "PNG"), largest_bytes=MUCH, longest_side=20)
    pixel = read(cleaned.data).convert("RGB").getpixel((5, 5))
    assert pixel == (0x40, 0x40, 0x40)


def test_printers_colours_become_screen_colours() -> None:
    data = written(quarters(64, 48).convert("CMYK"), "JPEG")
    cleaned = clean(data, largest_bytes=MUCH, longest_side=32)
    assert read(cleaned.data).mode == "RGB"
    assert corners(cleaned.data) == ("red", "green", "blue", "white")


def test_a_colour_profile_stays_for_without_it_the_colours_would_be_others() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exif = quarters(8, 8).getexif()
    exif[0x010E] = "somewhere"
    data = written(quarters(64, 48), "JPEG", icc_profile=profile, exif=exif)
    assert read(clean(data, largest_bytes=MUCH).data).info["icc_profile"] == profile
    assert not clean(written(quarters(64, 48), "PNG", icc_profile=profile), largest_bytes=MUCH).changed
