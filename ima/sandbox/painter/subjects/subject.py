"""What a subject is: its words, how it is drawn, and where it belongs."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from random import Random
from typing import TypeAlias

from ima.sandbox.painter.colour import Colour
from ima.sandbox.painter.pen import Pen


class Place(Enum):
    GROUND = "stands in front"
    LANDMARK = "stands further back, and large"
    SKY = "is up in the air"
    WATER = "floats on water"
    DEEP = "swims below the surface"
    TABLE = "lies on a table"


@dataclass(frozen=True, slots=True)
class Look:
    """What the prompt says about this one, and its own chance."""

    colour: Colour | None
    dice: Random

    def pick(self, *colours: Colour) -> Colour:
        """The colour asked for, else one of ``colours``."""
        # The dice roll in both cases, so that a colour word changes the colour and nothing else.
        chosen = self.dice.choice(colours)
        return self.colour or chosen


@dataclass(frozen=True, slots=True)
class Head:
    """Where a hat would sit: the middle of the crown of the head, and the head's width, in the frame."""

    x: float
    y: float
    width: float


Draw: TypeAlias = Callable[[Pen, Look], Head | None]


@dataclass(frozen=True, slots=True)
class Subject:
    """``words`` are separated by commas: English in the singular, Chinese in both scripts.

    ``size`` is the share of the picture's short side that one of them takes; ``homes`` are names of sceneries.
    """

    name: str
    words: str
    draw: Draw
    place: Place
    homes: tuple[str, ...]
    size: float = 0.62
