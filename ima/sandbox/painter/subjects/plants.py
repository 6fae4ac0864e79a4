"""What grows."""

from random import Random

from ..colour import Colour, darken, lighten, mix
from ..fills import Veil, lit
from ..pen import Pen

BARK: Colour = (122, 84, 62)


def broad_tree(pen: Pen, leaf: Colour, dice: Random, *, bark: Colour = BARK) -> None:
    """A round crown of three tones on a forked trunk."""
    pen.shadow(0.5, 0.985, 0.3, 0.04, 0.35)
    pen.shape([(0.455, 1), (0.475, 0.6), (0.36, 0.46), (0.4, 0.45), (0.5, 0.55), (0.6, 0.42), (0.64, 0.44), (0.53, 0.62), (0.55, 1)], lit(bark, 0.15))
    for x, y, size in ((0.3, 0.46, 0.2), (0.7, 0.45, 0.2), (0.5, 0.5, 0.2)):
        pen.disc(x, y, size, darken(leaf, 0.18))
    for x, y, size in ((0.33, 0.36, 0.2), (0.68, 0.35, 0.19), (0.5, 0.24, 0.23), (0.5, 0.42, 0.19)):
        pen.disc(x + dice.uniform(-0.03, 0.03), y + dice.uniform(-0.02, 0.02), size, lit(leaf, 0.1))
    for x, y, size in ((0.4, 0.22, 0.13), (0.6, 0.27, 0.09), (0.3, 0.35, 0.09)):
        pen.disc(x, y, size, Veil(lighten(leaf, 0.3), 0.55))


def pine(pen: Pen, leaf: Colour, dice: Random, *, snow: bool = False) -> None:
    pen.shadow(0.5, 0.985, 0.26, 0.035, 0.3)
    pen.box(0.465, 0.82, 0.535, 1, lit(mix(BARK, leaf, 0.3)))
    for index in range(4):
        top, half = 0.0 + 0.2 * index, 0.13 + 0.055 * index
        bottom = top + 0.3
        tone = mix(lighten(leaf, 0.12), darken(leaf, 0.12), (3 - index) / 3)
        pen.shape([(0.5, top), (0.5 + half, bottom), (0.5, bottom + 0.03), (0.5 - half, bottom)], tone)
        pen.shape([(0.5, top), (0.5 + half, bottom), (0.5, bottom + 0.03)], darken(tone, 0.14))
        if snow:
            pen.shape([(0.5, top), (0.5 + half * 0.55, top + 0.16), (0.5 + half * 0.2, top + 0.13), (0.5, top + 0.2), (0.5 - half * 0.25, top + 0.13), (0.5 - half * 0.55, top + 0.16)], (244, 248, 255))


def cactus_shape(pen: Pen, colour: Colour) -> None:
    pen.shadow(0.5, 0.97, 0.3, 0.04, 0.35)
    pen.stroke([(0.5, 0.6), (0.26, 0.6), (0.24, 0.34)], 0.12, lit(darken(colour, 0.08)))
    pen.stroke([(0.5, 0.68), (0.75, 0.68), (0.77, 0.46)], 0.11, lit(darken(colour, 0.08)))
    pen.box(0.4, 0.08, 0.6, 0.98, lit(colour, 0.16), 0.1)
    for x in (0.45, 0.5, 0.55):
        pen.stroke([(x, 0.14), (x, 0.95)], 0.01, Veil(darken(colour, 0.4), 0.5))
