"""What a scenery is: the whole picture behind the subjects, and where subjects can be put in it."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from ima.sandbox.painter.mood import Mood
from ima.sandbox.painter.pen import Pen


@dataclass(frozen=True, slots=True)
class Stage:
    """Heights, 0 at the top and 1 at the bottom: of the feet of what stands in front, of the feet of what stands
    further back, of the middle of what flies, and of the line where something floats (the front, if there is no
    water)."""

    front: float
    back: float
    sky: float
    water: float


Paint: TypeAlias = Callable[[Pen, Mood, Random], Stage]


@dataclass(frozen=True, slots=True)
class Scenery:
    """``words`` as a subject's."""

    name: str
    words: str
    paint: Paint
    hour: bool = True
    """Whether the hour of the day can be seen here."""
