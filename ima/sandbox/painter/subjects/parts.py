"""Parts that many animals share: everything in the frame of one sitting animal that looks at us."""

from dataclasses import dataclass

from ima.sandbox.painter.colour import INK, WHITE, Colour, darken, lighten
from ima.sandbox.painter.fills import Ball, Veil, ball, lit
from ima.sandbox.painter.geometry import Outline
from ima.sandbox.painter.pen import Pen

SIDES = (-1, 1)


@dataclass(frozen=True, slots=True)
class Coat:
    main: Colour
    belly: Colour
    dark: Colour
    inner_ear: Colour = (246, 176, 172)
    nose: Colour = (70, 48, 56)


def torso(pen: Pen, coat: Coat, *, width: float = 0.2, top: float = 0.5, bib: bool = True) -> None:
    """A pear-shaped body with two front legs, sitting on the frame's floor."""
    pen.shadow(0.5, 0.97, 0.42, 0.07)
    for side in SIDES:
        pen.ellipse(0.5 + side * (width + 0.035), 0.885, 0.12, 0.105, lit(coat.main, 0.1))
        pen.ellipse(0.5 + side * (width + 0.05), 0.955, 0.1, 0.04, lit(coat.belly, 0.06))
    pen.blob(
        [
            *((0.5 - width * 0.7, top), (0.5 - width * 1.05, 0.78), (0.5 - width * 1.1, 0.94), (0.5, 0.975)),
            *((0.5 + width * 1.1, 0.94), (0.5 + width * 1.05, 0.78), (0.5 + width * 0.7, top), (0.5, top - 0.06)),
        ],
        lit(coat.main),
    )
    if bib:
        pen.blob([(0.5, top - 0.02), (0.39, 0.62), (0.42, 0.8), (0.5, 0.86), (0.58, 0.8), (0.61, 0.62)], coat.belly)
    for side in SIDES:
        pen.box(0.5 + side * 0.085 - 0.05, 0.7, 0.5 + side * 0.085 + 0.05, 0.97, lit(coat.main, 0.08), 0.05)
        pen.ellipse(0.5 + side * 0.088, 0.955, 0.065, 0.035, lighten(coat.belly, 0.15))


def eyes(pen: Pen, y: float, gap: float, size: float, iris: Colour | None = None, x: float = 0.5) -> None:
    for side in SIDES:
        eye(pen, x + side * gap, y, size, iris)


def eye(pen: Pen, x: float, y: float, size: float, iris: Colour | None = None) -> None:
    if iris is not None:
        pen.ellipse(x, y, size * 1.12, size * 1.2, INK)
        pen.ellipse(x, y, size, size * 1.08, Ball(darken(iris, 0.25), lighten(iris, 0.25), 0.5, 0.1))
        pen.ellipse(x, y + size * 0.02, size * 0.58, size * 0.86, INK)
    else:
        pen.ellipse(x, y, size, size * 1.12, INK)
    pen.ellipse(x - size * 0.3, y - size * 0.4, size * 0.34, size * 0.36, WHITE)
    pen.ellipse(x + size * 0.34, y + size * 0.42, size * 0.16, size * 0.16, Veil(WHITE, 0.75))


def nose_and_mouth(pen: Pen, y: float, size: float, colour: Colour, x: float = 0.5) -> None:
    mouth = darken(colour, 0.35)
    pen.stroke([(x, y), (x, y + size * 0.95)], size * 0.2, mouth)
    for side in SIDES:
        path = [
            (x, y + size * 0.9),
            (x + side * size * 0.55, y + size * 1.3),
            (x + side * size * 1.15, y + size * 0.85),
        ]
        pen.stroke(path, size * 0.2, mouth)
    pen.blob(
        [
            (x - size * 0.75, y - size * 0.4),
            (x, y - size * 0.55),
            (x + size * 0.75, y - size * 0.4),
            (x, y + size * 0.5),
        ],
        colour,
    )
    pen.ellipse(x - size * 0.25, y - size * 0.25, size * 0.2, size * 0.1, Veil(WHITE, 0.5))


def cheeks(pen: Pen, y: float, gap: float, size: float, colour: Colour = (255, 128, 128), alpha: float = 0.38) -> None:
    for side in SIDES:
        pen.ellipse(0.5 + side * gap, y, size, size * 0.68, Veil(colour, alpha))


def whiskers(pen: Pen, y: float, start: float, end: float, colour: Colour) -> None:
    for side in SIDES:
        for spread in (-0.035, 0, 0.035):
            path = [(0.5 + side * start, y + spread * 0.5), (0.5 + side * end, y + spread * 1.6 - 0.012)]
            pen.stroke(path, 0.007, Veil(colour, 0.85), 0.002)


def pair(pen: Pen, points: Outline, fill: Colour, *, inner: Colour | None = None, shrink: float = 0.58) -> None:
    """A left ear given by its outline, and its mirror image; ``inner`` is the inside of it."""
    centre_x = sum(x for x, _ in points) / len(points)
    centre_y = sum(y for _, y in points) / len(points)
    for side in SIDES:
        pen.blob([(0.5 + side * (0.5 - x), y) for x, y in points], lit(fill, 0.1))
        if inner is not None:
            small = [
                (centre_x + (x - centre_x) * shrink, centre_y + 0.015 + (y - centre_y) * shrink) for x, y in points
            ]
            pen.blob([(0.5 + side * (0.5 - x), y) for x, y in small], inner)


def head(pen: Pen, y: float, rx: float, ry: float, colour: Colour) -> None:
    pen.ellipse(0.5, y, rx, ry, ball(colour, 0.16))
