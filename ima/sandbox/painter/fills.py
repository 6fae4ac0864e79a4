"""What an outline is filled with."""

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from .colour import Colour, darken, lighten, mix


@dataclass(frozen=True, slots=True)
class Veil:
    """One colour, see-through: alpha 0 is invisible, 1 covers."""

    colour: Colour
    alpha: float


@dataclass(frozen=True, slots=True)
class Fade:
    """From one colour to another over the outline's bounding box, downwards or to the right."""

    start: Colour
    end: Colour
    start_alpha: float = 1
    end_alpha: float = 1
    sideways: bool = False


@dataclass(frozen=True, slots=True)
class Ball:
    """Round shading: brightest at a point of the bounding box (0..1 each way), darkest at its far edge."""

    core: Colour
    rim: Colour
    x: float = 0.38
    y: float = 0.3


Fill: TypeAlias = Colour | Veil | Fade | Ball


@dataclass(frozen=True, slots=True)
class Light:
    """The light of the hour: every colour leans towards it."""

    colour: Colour
    share: float

    def on(self, colour: Colour) -> Colour:
        # Multiplied rather than mixed in full: dark things stay dark, and bright ones take the light's hue.
        shaded: Colour = (
            colour[0] * self.colour[0] // 255,
            colour[1] * self.colour[1] // 255,
            colour[2] * self.colour[2] // 255,
        )
        return mix(colour, shaded, self.share)

    def on_fill(self, fill: Fill) -> Fill:
        match fill:
            case Veil():
                return replace(fill, colour=self.on(fill.colour))
            case Fade():
                return replace(fill, start=self.on(fill.start), end=self.on(fill.end))
            case Ball():
                return replace(fill, core=self.on(fill.core), rim=self.on(fill.rim))
            case tuple():
                return self.on(fill)
            case _:
                assert_never(fill)


PLAIN_LIGHT = Light((255, 255, 255), 0)


def lit(colour: Colour, strength: float = 0.14) -> Fade:
    """Light from above."""
    return Fade(lighten(colour, strength), darken(colour, strength))


def ball(colour: Colour, strength: float = 0.28) -> Ball:
    """A round thing lit from the upper left."""
    return Ball(lighten(colour, strength), darken(colour, strength))
