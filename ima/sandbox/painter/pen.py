"""A pen draws in its own frame: x to the right and y down, 0 to 1, wherever and however large the frame is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property

from . import geometry
from .canvas import Canvas
from .colour import Colour
from .fills import PLAIN_LIGHT, Fill, Light, Veil
from .geometry import Outline, Point


@dataclass(frozen=True)
class Pen:
    """``left`` and ``top`` are the frame's corner in pixels, ``across`` and ``down`` its extent."""

    canvas: Canvas
    left: float
    top: float
    across: float
    down: float
    light: Light = PLAIN_LIGHT
    mirrored: bool = False

    @classmethod
    def over(cls, canvas: Canvas, light: Light = PLAIN_LIGHT) -> "Pen":
        """The frame is the whole canvas."""
        return cls(canvas, 0, 0, canvas.width, canvas.height, light)

    @cached_property
    def short(self) -> float:
        """The shorter extent in pixels: what sizes are shares of, so that circles stay round."""
        return min(self.across, self.down)

    @property
    def aspect(self) -> float:
        """Width to height of the frame."""
        return self.across / self.down

    def bare(self) -> "Pen":
        """The same frame without the hour's light: for things that shine by themselves."""
        return replace(self, light=PLAIN_LIGHT)

    def lit_by(self, light: Light) -> "Pen":
        return replace(self, light=light)

    def standing(self, x: float, foot: float, size: float, *, mirrored: bool = False) -> "Pen":
        """A square frame whose bottom centre is at (x, foot); ``size`` is a share of the shorter extent."""
        side = size * self.short
        centre, bottom = self._at((x, foot))
        return Pen(self.canvas, centre - side / 2, bottom - side, side, side, self.light, mirrored)

    def around(self, x: float, y: float, size: float, *, mirrored: bool = False) -> "Pen":
        """A square frame centred on (x, y)."""
        return self.standing(x, y + size * self.short / self.down / 2, size, mirrored=mirrored)

    def round(self, radius: float) -> Point:
        """The two radii that make a circle of ``radius`` shares of the shorter extent."""
        return radius * self.short / self.across, radius * self.short / self.down

    def ellipse(self, x: float, y: float, rx: float, ry: float, fill: Fill, turn: float = 0) -> None:
        self._fill(geometry.ellipse((x, y), (rx, ry), turn), fill)

    def disc(self, x: float, y: float, radius: float, fill: Fill) -> None:
        self._fill(geometry.ellipse((x, y), self.round(radius)), fill)

    def shape(self, points: Outline, fill: Fill) -> None:
        """Straight edges."""
        self._fill(points, fill)

    def blob(self, points: Outline, fill: Fill) -> None:
        """A smooth closed outline through the points."""
        self._fill(geometry.smooth(points, closed=True), fill)

    def blob_over(self, line: Outline, floor: float, fill: Fill) -> None:
        """A smooth line from left to right, filled down to ``floor``."""
        self._fill([*geometry.smooth(line, closed=False), (line[-1][0], floor), (line[0][0], floor)], fill)

    def box(self, left: float, top: float, right: float, bottom: float, fill: Fill, radius: float = 0) -> None:
        corners = geometry.rounded_box(left, top, right, bottom, self.round(radius))
        self._fill(corners, fill)

    def stroke(self, points: Outline, width: float, fill: Fill, end: float | None = None) -> None:
        """A smooth line; ``width`` is a share of the shorter extent, and may taper to ``end``."""
        path = [self._at(point) for point in geometry.smooth(points, closed=False, steps=8)]
        start = width * self.short
        pieces = geometry.ribbon(path, start, start if end is None else end * self.short)
        self.canvas.fill(pieces, self.light.on_fill(fill))

    def star(self, x: float, y: float, outer: float, inner: float, fill: Fill, rays: int = 5) -> None:
        self._fill(geometry.star((x, y), outer, inner, rays), fill)

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 0.8) -> None:
        size = radius * self.short
        self.canvas.glow(self._at((x, y)), (size, size), colour, strength)

    def shadow(self, x: float, y: float, rx: float, ry: float, strength: float = 0.45) -> None:
        """A soft shadow on the ground."""
        self.canvas.glow(self._at((x, y)), (rx * self.across, ry * self.down), (20, 20, 50), strength)

    def veil(self, colour: Colour, alpha: float) -> None:
        """A thin layer over the whole frame."""
        self.box(0, 0, 1, 1, Veil(colour, alpha))

    @contextmanager
    def within_blob(self, points: Outline) -> Iterator[None]:
        with self.within(geometry.smooth(points, closed=True)):
            yield

    @contextmanager
    def within(self, outline: Outline) -> Iterator[None]:
        """What is painted meanwhile only shows inside the outline."""
        with self.canvas.within([self._at(point) for point in outline]):
            yield

    def _at(self, point: Point) -> Point:
        x = 1 - point[0] if self.mirrored else point[0]
        return self.left + x * self.across, self.top + point[1] * self.down

    def _fill(self, outline: Outline, fill: Fill) -> None:
        self.canvas.fill([[self._at(point) for point in outline]], self.light.on_fill(fill))
