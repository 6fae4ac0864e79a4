"""Comparing pictures by what a person would see at a glance: small, and in plain numbers."""

from math import sqrt

from PIL import Image, ImageChops, ImageStat

SIDE = 48


def small(image: Image.Image) -> Image.Image:
    plain = image.convert("RGB")
    return plain if plain.size == (SIDE, SIDE) else plain.resize((SIDE, SIDE), Image.Resampling.BOX)


def difference(first: Image.Image, second: Image.Image) -> float:
    """Mean distance of the colour channels, 0 for the same and 255 for white against black."""
    mean = ImageStat.Stat(ImageChops.difference(small(first), small(second))).mean
    return sum(mean) / len(mean)


def share_changed(first: Image.Image, second: Image.Image, by: int = 24) -> float:
    """The share of the picture that is clearly another colour."""
    apart = ImageChops.difference(small(first), small(second)).tobytes()
    spots = range(0, len(apart), 3)
    return sum(max(apart[spot : spot + 3]) > by for spot in spots) / len(spots)


def correlation(first: Image.Image, second: Image.Image) -> float:
    """How alike light and dark lie in two pictures: 1 the same, 0 unrelated, -1 the negative."""
    one, two = small(first).convert("L").tobytes(), small(second).convert("L").tobytes()
    middle_one, middle_two = sum(one) / len(one), sum(two) / len(two)
    both = sum((a - middle_one) * (b - middle_two) for a, b in zip(one, two, strict=True))
    spread = sum((a - middle_one) ** 2 for a in one) * sum((b - middle_two) ** 2 for b in two)
    return both / sqrt(spread) if spread else 0.0


def share_near(image: Image.Image, colour: tuple[int, int, int], reach: int = 60) -> float:
    """The share of the picture whose colour is within ``reach`` of ``colour`` in every channel."""
    data = small(image).tobytes()
    spots = range(0, len(data), 3)
    near = sum(all(abs(data[spot + channel] - colour[channel]) <= reach for channel in range(3)) for spot in spots)
    return near / len(spots)


def brightness(image: Image.Image) -> float:
    return ImageStat.Stat(image.convert("L")).mean[0]


def warmth(image: Image.Image) -> float:
    """Red over blue."""
    red, _, blue = ImageStat.Stat(image.convert("RGB")).mean
    return red - blue


def colourfulness(image: Image.Image) -> float:
    return ImageStat.Stat(image.convert("HSV")).mean[1]
