"""Colours as plain RGB triples, and the few ways in which they are mixed."""

import colorsys
from typing import Final, TypeAlias

Colour: TypeAlias = tuple[int, int, int]

WHITE: Final[Colour] = (255, 255, 255)
INK: Final[Colour] = (38, 32, 52)
"""The darkest colour in use: a pure black would tear a hole into a soft picture."""


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """``first`` at share 0, ``second`` at share 1."""
    keep = 1 - share
    return (
        round(first[0] * keep + second[0] * share),
        round(first[1] * keep + second[1] * share),
        round(first[2] * keep + second[2] * share),
    )


def lighten(colour: Colour, share: float) -> Colour:
    return mix(colour, WHITE, share)


def darken(colour: Colour, share: float) -> Colour:
    """Towards a deep shade of the same hue, a little to the violet: grey shadows look dirty."""
    deep = (round(colour[0] * 0.3 + 4), round(colour[1] * 0.18 + 4), round(colour[2] * 0.34 + 16))
    return mix(colour, deep, share)


def from_hue(hue: float, saturation: float, value: float) -> Colour:
    """All three between 0 and 1; the hue wraps around."""
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)


def turn_hue(colour: Colour, by: float) -> Colour:
    hue, saturation, value = colorsys.rgb_to_hsv(colour[0] / 255, colour[1] / 255, colour[2] / 255)
    return from_hue(hue + by, saturation, value)
