"""Air, sun, moon, stars, clouds, and the ridges and waters below: what the sceneries are made of."""

from collections.abc import Callable
from random import Random

from ima.sandbox.painter.colour import WHITE, Colour, darken, lighten, mix
from ima.sandbox.painter.fills import Fade, Fill, Veil, ball
from ima.sandbox.painter.geometry import Point
from ima.sandbox.painter.mood import Hour, Mood, Weather
from ima.sandbox.painter.pen import Pen


def sky(pen: Pen, mood: Mood, dice: Random, horizon: float, *, clouds: int = 4) -> Point:
    """The air down to ``horizon``, with what shines in it; where the sun or the moon stands is the answer."""
    air, plain = mood.air, pen.bare()
    half = horizon * 0.55
    plain.box(0, 0, 1, half + 0.01, Fade(air.top, air.middle))
    plain.box(0, half, 1, 1, Fade(air.middle, air.horizon))
    plain.box(0, horizon, 1, 1, air.horizon)
    low = mood.hour in (Hour.SUNSET, Hour.DAWN)
    sun = (
        dice.choice((0.2, 0.27, 0.73, 0.8)),
        horizon * (dice.uniform(0.74, 0.86) if low else dice.uniform(0.2, 0.32)),
    )
    if mood.dark:
        stars(pen, dice, 0, horizon * 0.95, round(70 * max(pen.aspect, 1 / pen.aspect)))
    if mood.weather is not Weather.RAIN and mood.shines:
        if mood.dark:
            moon(plain, sun, 0.075, air.sun, crescent=dice.random() < 0.45)
        else:
            plain.glow(*sun, 0.75 if low else 0.55, air.sun, 0.75)
            plain.disc(*sun, 0.095 if low else 0.07, lighten(air.sun, 0.35))
    for _ in range(clouds + (2 if mood.weather is not Weather.CLEAR else 0)):
        x, y = dice.random(), horizon * dice.uniform(0.08, 0.72)
        cloud(plain, x, y, dice.uniform(0.16, 0.36), air.cloud, 0.85 if not mood.dark else 0.5, dice)
    return sun


def stars(pen: Pen, dice: Random, top: float, bottom: float, count: int) -> None:
    plain = pen.bare()
    for index in range(count):
        x, y = dice.random(), top + (bottom - top) * dice.random() ** 1.3
        size = dice.choice((0.0016, 0.0022, 0.003))
        colour: Colour = dice.choice((WHITE, (255, 244, 214), (214, 226, 255)))
        if index % 9 == 0:
            plain.glow(x, y, size * 7, colour, 0.6)
            rx, ry = plain.round(size * 3.4)
            plain.shape([(x, y - ry), (x + rx * 0.16, y), (x, y + ry), (x - rx * 0.16, y)], colour)
            plain.shape([(x - rx, y), (x, y - ry * 0.16), (x + rx, y), (x, y + ry * 0.16)], colour)
        else:
            plain.disc(x, y, size, Veil(colour, dice.uniform(0.5, 1)))


def moon(pen: Pen, at: Point, radius: float, colour: Colour, *, crescent: bool = False) -> None:
    pen.glow(*at, radius * 5, colour, 0.5)
    if not crescent:
        pen.disc(*at, radius, ball(colour, 0.12))
        for dx, dy, size in ((-0.3, -0.2, 0.2), (0.25, 0.3, 0.26), (0.3, -0.35, 0.13), (-0.25, 0.4, 0.1)):
            rx, ry = pen.round(radius)
            pen.disc(at[0] + dx * rx, at[1] + dy * ry, radius * size, Veil(darken(colour, 0.25), 0.4))
        return
    rx, ry = pen.round(radius)
    outer = [(-0.1, -1), (-0.75, -0.66), (-1, 0), (-0.75, 0.66), (-0.1, 1), (0.55, 0.8)]
    inner = [(0.1, 0.62), (-0.28, 0.15), (-0.25, -0.35), (0.1, -0.75)]
    pen.blob([(at[0] + x * rx, at[1] + y * ry) for x, y in outer + inner], lighten(colour, 0.1))


def cloud(pen: Pen, x: float, y: float, width: float, colour: Colour, alpha: float, dice: Random) -> None:
    """A flat-bottomed heap of puffs; ``width`` is a share of the shorter side."""
    rx, ry = pen.round(width)
    tops = [dice.uniform(0.14, 0.2), dice.uniform(0.26, 0.36), dice.uniform(0.2, 0.3), dice.uniform(0.1, 0.16)]
    outline = [(-0.5, 0.0), (-0.46, -tops[0] * 0.7), (-0.3, -tops[0]), (-0.22, -tops[1] * 0.8), (-0.05, -tops[1])]
    outline += [
        (0.12, -tops[1] * 0.85),
        (0.2, -tops[2]),
        (0.34, -tops[2] * 0.8),
        (0.42, -tops[3]),
        (0.5, 0.0),
        (0.2, 0.035),
        (-0.2, 0.035),
    ]
    points = [(x + px * rx, y + py * ry) for px, py in outline]
    pen.blob(points, Fade(colour, colour, alpha, alpha * 0.35))


def ridge(
    pen: Pen, dice: Random, base: float, height: float, fill: Fill, *, bumps: float = 3, floor: float = 1.0
) -> Callable[[float], float]:
    """A line of soft hills over the whole width down to ``floor``; the answer gives its height at any x."""
    count = max(4, round(bumps * max(1.0, pen.aspect) ** 0.7) * 2)
    # Rises and falls take turns, so that a ridge always reads as hills, whatever the dice say.
    tops: list[float] = [
        base - height * (dice.uniform(0.55, 1) if index % 2 else dice.uniform(0, 0.35)) for index in range(count + 1)
    ]
    line = [(index / count * 1.2 - 0.1, top) for index, top in enumerate(tops)]
    pen.blob_over(line, floor, fill)

    def height_at(x: float) -> float:
        place = min(max((x + 0.1) / 1.2 * count, 0), count - 0.001)
        index = int(place)
        share = place - index
        eased: float = share * share * (3 - 2 * share)
        return tops[index] + (tops[index + 1] - tops[index]) * eased

    return height_at


def peaks(
    pen: Pen, dice: Random, base: float, height: float, colour: Colour, snow: Colour | None, *, count: int = 4
) -> None:
    """Pointed mountains with a lit and a shaded flank, and snow on the highest."""
    count = max(2, round(count * max(0.7, pen.aspect) ** 0.8))
    places = [(index + 0.5 + dice.uniform(-0.25, 0.25)) / count for index in range(count)]
    tops = [dice.uniform(0.55, 0.85) for _ in places]
    tops[dice.randrange(count)] = 1.0
    shaded = mix(darken(colour, 0.2), colour, 0.3)
    for x, share in sorted(zip(places, tops, strict=True), key=lambda item: -item[1]):
        tall = height * share
        half = max(0.75 / count, tall * 0.55 / pen.aspect) * dice.uniform(0.95, 1.2)
        top = base - tall
        flank = [
            (x + half * 0.3 * dice.uniform(-0.3, 0.5), top + tall * 0.4),
            (x - half * 0.04, top + tall * 0.7),
            (x + half * 0.16, base),
        ]
        pen.shape(
            [
                (x, top),
                (x - half * 0.45, top + tall * 0.42),
                (x - half, base),
                (x + half, base),
                (x + half * 0.5, top + tall * 0.46),
            ],
            Fade(lighten(colour, 0.1), colour),
        )
        pen.shape(
            [(x, top), *flank, (x + half, base), (x + half * 0.5, top + tall * 0.46)],
            Fade(shaded, mix(shaded, colour, 0.5)),
        )
        if snow is not None and share > 0.5:
            rag = [
                (-0.36, 0.34),
                (-0.24, 0.27),
                (-0.16, 0.37),
                (-0.05, 0.28),
                (0.06, 0.4),
                (0.16, 0.3),
                (0.28, 0.38),
                (0.4, 0.37),
            ]
            pen.shape([(x, top)] + [(x + half * dx, top + tall * dy) for dx, dy in rag], snow)
            pen.shape(
                [(x, top)]
                + [
                    (x + half * dx, top + tall * dy)
                    for dx, dy in ((0.03, 0.26), (0.06, 0.4), (0.16, 0.3), (0.28, 0.38), (0.4, 0.37))
                ],
                mix(snow, shaded, 0.25),
            )


def water(pen: Pen, mood: Mood, dice: Random, top: float, bottom: float, colour: Colour, sun_x: float) -> None:
    """Still water with the sky in it and a path of light under the sun."""
    far = mix(mood.air.horizon, colour, 0.35)
    pen.bare().box(0, top, 1, bottom, Fade(far, mood.air.light.on(colour)))
    shine = lighten(mood.air.sun, 0.3)
    plain = pen.bare()
    rows = 16
    for row in range(rows):
        share = row / rows
        y = top + (bottom - top) * share**1.4 + 0.004
        for _ in range(3):
            x = sun_x + dice.gauss(0, 0.02 + 0.09 * share)
            width = dice.uniform(0.015, 0.06) * (0.5 + share)
            plain.ellipse(x, y, width, 0.0016 + 0.0035 * share, Veil(shine, 0.6 - 0.25 * share))
        for _ in range(2):
            x, width = dice.random(), dice.uniform(0.02, 0.08) * (0.4 + share)
            plain.ellipse(x, y, width, 0.0014 + 0.003 * share, Veil(WHITE, 0.16))
