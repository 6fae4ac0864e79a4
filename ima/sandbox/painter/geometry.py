"""Outlines: everything that is painted becomes a polygon first."""

from collections.abc import Sequence
from math import cos, hypot, pi, sin
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Outline: TypeAlias = Sequence[Point]


def ellipse(centre: Point, radii: Point, turn: float = 0, corners: int = 64) -> list[Point]:
    """``turn`` is in degrees, clockwise on the screen."""
    angle = turn * pi / 180
    across, down = cos(angle), sin(angle)
    outline: list[Point] = []
    for index in range(corners):
        step = 2 * pi * index / corners
        x, y = radii[0] * cos(step), radii[1] * sin(step)
        outline.append((centre[0] + x * across - y * down, centre[1] + x * down + y * across))
    return outline


def smooth(points: Outline, *, closed: bool, steps: int = 10) -> list[Point]:
    """A Catmull-Rom curve through every point."""
    count = len(points)
    if count < 3:
        return list(points)
    curve: list[Point] = []
    for index in range(count if closed else count - 1):
        if closed:
            a, b, c, d = (points[(index + offset) % count] for offset in (-1, 0, 1, 2))
        else:
            a, b = points[max(index - 1, 0)], points[index]
            c, d = points[index + 1], points[min(index + 2, count - 1)]
        for step in range(steps):
            t = step / steps
            curve.append((_between(a[0], b[0], c[0], d[0], t), _between(a[1], b[1], c[1], d[1], t)))
    if not closed:
        curve.append(points[-1])
    return curve


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


def rounded_box(left: float, top: float, right: float, bottom: float, radius: Point) -> list[Point]:
    across, down = min(radius[0], abs(right - left) / 2), min(radius[1], abs(bottom - top) / 2)
    outline: list[Point] = []
    inner = (left + across, right - across, top + down, bottom - down)
    corners = ((inner[1], inner[2]), (inner[1], inner[3]), (inner[0], inner[3]), (inner[0], inner[2]))
    for quarter, (x, y) in enumerate(corners):
        for step in range(9):
            angle = pi / 2 * (quarter - 1 + step / 8)
            outline.append((x + across * cos(angle), y + down * sin(angle)))
    return outline


def ribbon(path: Outline, start: float, end: float) -> list[list[Point]]:
    """A stroke that goes from width ``start`` to width ``end``, as overlapping pieces with round joints."""
    pieces: list[list[Point]] = []
    last = max(len(path) - 1, 1)
    for index, point in enumerate(path):
        radius = (start + (end - start) * index / last) / 2
        pieces.append(ellipse(point, (radius, radius), corners=20))
        if index == 0:
            continue
        before = path[index - 1]
        length = hypot(point[0] - before[0], point[1] - before[1])
        if length == 0:
            continue
        across, down = (point[1] - before[1]) / length, (before[0] - point[0]) / length
        thick = (start + (end - start) * (index - 1) / last) / 2
        pieces.append(
            [
                (before[0] + across * thick, before[1] + down * thick),
                (point[0] + across * radius, point[1] + down * radius),
                (point[0] - across * radius, point[1] - down * radius),
                (before[0] - across * thick, before[1] - down * thick),
            ]
        )
    return pieces


def star(centre: Point, outer: float, inner: float, rays: int = 5, turn: float = -90) -> list[Point]:
    outline: list[Point] = []
    for index in range(rays * 2):
        radius = outer if index % 2 == 0 else inner
        angle = (turn + 180 * index / rays) * pi / 180
        outline.append((centre[0] + radius * cos(angle), centre[1] + radius * sin(angle)))
    return outline
