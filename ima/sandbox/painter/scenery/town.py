"""Streets and roofs."""

from random import Random

from ima.sandbox.painter.colour import Colour, darken, lighten, mix
from ima.sandbox.painter.fills import Fade, Veil, lit
from ima.sandbox.painter.mood import AIRS, Hour, Mood, Weather
from ima.sandbox.painter.pen import Pen

from .scene import Scenery, Stage
from .sky import moon, sky, stars

NEON: tuple[Colour, ...] = ((255, 70, 160), (60, 220, 255), (255, 190, 70), (150, 100, 255), (80, 255, 190))
LAMP: Colour = (255, 222, 140)


def _tower(
    pen: Pen, dice: Random, left: float, right: float, top: float, foot: float, colour: Colour, lights: float
) -> None:
    plain = pen.bare()
    plain.box(left, top, right, foot, Fade(lighten(colour, 0.1), colour))
    plain.box(left + (right - left) * 0.62, top, right, foot, Veil((16, 14, 50), 0.16))
    middle, (rx, ry) = (left + right) / 2, pen.round(0.012)
    roof = dice.randrange(4)
    if roof == 0:
        plain.box(middle - rx * 0.2, top - ry * 5, middle + rx * 0.2, top, colour)
    elif roof == 1:
        plain.box(left + (right - left) * 0.25, top - ry * 2, right - (right - left) * 0.25, top, colour)
    elif roof == 2:
        plain.shape([(left, top), (right, top - ry * 3), (right, top)], colour)
    columns = max(2, round((right - left) / (rx * 2.1)))
    rows = max(2, round((foot - top) / (ry * 2.6)))
    wide, tall = (right - left) / (columns * 2 + 1), (foot - top) / (rows * 2 + 1)
    for row in range(rows):
        for column in range(columns):
            x, y = left + wide * (column * 2 + 1), top + tall * (row * 2 + 1)
            if dice.random() < lights:
                plain.box(x, y, x + wide, y + tall, dice.choice((LAMP, (255, 238, 190), (255, 200, 120))))
            else:
                plain.box(x, y, x + wide, y + tall, Veil(lighten(colour, 0.35), 0.4))


def _skyline(
    pen: Pen, dice: Random, foot: float, low: float, high: float, colour: Colour, lights: float, width: float
) -> None:
    x = -0.02
    while x < 1.02:
        step = pen.round(dice.uniform(0.7, 1.35) * width)[0]
        _tower(
            pen,
            dice,
            x,
            x + step * 0.94,
            foot - dice.uniform(low, high),
            foot,
            mix(colour, (120, 90, 140), dice.uniform(0, 0.14)),
            lights,
        )
        x += step


def city(pen: Pen, mood: Mood, dice: Random) -> Stage:
    horizon = 0.74
    sky(pen, mood, dice, horizon, clouds=4)
    lights = {Hour.NIGHT: 0.62, Hour.SUNSET: 0.35, Hour.DAWN: 0.2}.get(mood.hour, 0.06)
    base: Colour = dice.choice(((92, 116, 160), (110, 108, 150), (96, 128, 150)))
    for share, low, high, width in ((0.66, 0.25, 0.5, 0.085), (0.4, 0.16, 0.42, 0.1), (0.12, 0.08, 0.3, 0.12)):
        colour = mood.distant(base, share)
        if mood.dark:
            colour = mix(colour, (18, 20, 52), 0.62 - share * 0.4)
        _skyline(pen, dice, horizon, low, high, colour, lights * (1.1 - share * 0.5), width)
        pen.bare().box(0, horizon - 0.16, 1, horizon, Fade(mood.air.horizon, mood.air.horizon, 0, 0.3))
    _promenade(pen, mood, dice, horizon)
    return Stage(0.93, 0.8, 0.18, 0.93)


def _promenade(pen: Pen, mood: Mood, dice: Random, top: float) -> None:
    plain, light = pen.bare(), mood.air.light
    for index in range(round(12 * max(1, pen.aspect))):
        x = (index + dice.random()) / (12 * max(1, pen.aspect))
        plain.disc(x, top + 0.01, dice.uniform(0.03, 0.055), lit(light.on(mood.ground.leaf)))
    road = light.on((104, 106, 124))
    plain.box(0, top + 0.02, 1, top + 0.07, light.on((206, 200, 200)))
    plain.box(0, top + 0.065, 1, 1, Fade(lighten(road, 0.1), darken(road, 0.15)))
    for index in range(8):
        x = index / 7 * 1.1 - 0.05
        plain.box(x, 0.895, x + 0.07, 0.905, Veil((255, 250, 240), 0.75))
    if mood.dark or mood.weather is Weather.RAIN:
        for _ in range(18):
            x, y = dice.random(), dice.uniform(top + 0.08, 1)
            plain.ellipse(
                x,
                y,
                dice.uniform(0.01, 0.03),
                dice.uniform(0.002, 0.005),
                Veil(dice.choice((LAMP, *NEON[:2])), 0.35),
            )


def street(pen: Pen, mood: Mood, dice: Random) -> Stage:
    """A row of small shops along a pavement."""
    foot = 0.74
    sky(pen, mood, dice, 0.6, clouds=3)
    plain, light = pen.bare(), mood.air.light
    paints: tuple[Colour, ...] = (
        (240, 178, 150),
        (250, 218, 160),
        (168, 204, 210),
        (206, 186, 220),
        (190, 214, 170),
        (232, 150, 140),
        (248, 236, 214),
    )
    x, previous = -0.03, -1
    while x < 1.0:
        wide = pen.round(dice.uniform(0.22, 0.32))[0]
        pick = dice.choice([index for index in range(len(paints)) if index != previous])
        previous = pick
        wall = light.on(paints[pick])
        top = foot - dice.uniform(0.36, 0.56)
        right = x + wide
        plain.box(x, top, right, foot, Fade(lighten(wall, 0.08), darken(wall, 0.08)))
        plain.box(x - 0.004, top - 0.014, right + 0.004, top + 0.008, darken(wall, 0.3))
        shop = foot - 0.17
        rows = 2 if foot - top > 0.44 else 1
        for row in range(rows):
            for share in (0.2, 0.62):
                left, high = x + wide * share, top + 0.05 + (shop - top - 0.06) / rows * row
                glass = LAMP if mood.dark or dice.random() < 0.15 else light.on((150, 190, 214))
                plain.box(left - 0.006, high - 0.006, left + wide * 0.2 + 0.006, high + 0.096, lighten(wall, 0.5))
                plain.box(left, high, left + wide * 0.2, high + 0.09, lit(glass))
        glow = LAMP if mood.dark or mood.hour is Hour.SUNSET else light.on((186, 214, 226))
        plain.box(x + wide * 0.1, shop + 0.03, x + wide * 0.58, foot - 0.02, lit(glow))
        plain.box(x + wide * 0.66, shop + 0.03, x + wide * 0.9, foot, darken(wall, 0.4))
        awning = light.on(dice.choice(((212, 82, 80), (78, 140, 168), (92, 150, 110), (236, 172, 78))))
        stripes = 8
        for index in range(stripes):
            left, step = x + wide * (0.06 + 0.88 * index / stripes), wide * 0.88 / stripes
            tone = awning if index % 2 else lighten(awning, 0.75)
            plain.shape(
                [
                    (left, shop - 0.02),
                    (left + step, shop - 0.02),
                    (left + step * 1.02, shop + 0.045),
                    (left + step * 0.5, shop + 0.056),
                    (left, shop + 0.045),
                ],
                tone,
            )
        x = right
    road = light.on((112, 114, 132))
    plain.box(0, foot, 1, foot + 0.07, Fade(light.on((222, 214, 208)), light.on((196, 190, 192))))
    plain.box(0, foot + 0.07, 1, 1, Fade(lighten(road, 0.08), darken(road, 0.16)))
    for index in range(6):
        left = index / 5 * 1.2 - 0.1
        plain.box(left, 0.925, left + 0.1, 0.937, Veil((255, 250, 240), 0.7))
    for x in (0.06, 0.94):
        lamp = pen.standing(x, foot + 0.06, 0.5)
        lamp.box(0.49, 0.12, 0.51, 1, (66, 68, 88))
        if mood.dark or mood.hour is Hour.SUNSET or mood.weather is Weather.RAIN:
            lamp.glow(0.5, 0.1, 0.32, LAMP, 0.8)
        lamp.bare().disc(0.5, 0.1, 0.05, (255, 240, 196))
    if mood.dark or mood.weather is Weather.RAIN:
        for _ in range(24):
            plain.ellipse(
                dice.random(),
                dice.uniform(foot + 0.05, 1),
                dice.uniform(0.01, 0.04),
                dice.uniform(0.002, 0.006),
                Veil(dice.choice((LAMP, (200, 220, 255))), 0.35),
            )
    return Stage(0.91, 0.78, 0.14, 0.91)


def neon_city(pen: Pen, mood: Mood, dice: Random) -> Stage:
    """A night city of lights and wet streets."""
    foot = 0.72
    plain = pen.bare()
    plain.box(0, 0, 1, 1, Fade((14, 8, 46), (96, 30, 120)))
    stars(pen, dice, 0, 0.4, 40)
    moon(plain, (dice.choice((0.22, 0.78)), 0.2), 0.1, (255, 140, 200))
    for low, high, colour, width in (
        (0.3, 0.56, (70, 36, 116), 0.09),
        (0.2, 0.46, (40, 24, 86), 0.12),
        (0.1, 0.34, (22, 14, 56), 0.15),
    ):
        _skyline(pen, dice, foot, low, high, colour, 0.3, width)
        plain.box(0, foot - 0.2, 1, foot, Fade((255, 70, 180), (255, 70, 180), 0, 0.2))
    for _ in range(round(9 * max(1, pen.aspect))):
        x, y, colour = dice.random(), dice.uniform(foot - 0.36, foot - 0.08), dice.choice(NEON)
        rx, ry = pen.round(dice.uniform(0.014, 0.024))
        tall = dice.uniform(3, 6)
        plain.glow(x, y, 0.13, colour, 0.7)
        plain.box(x - rx, y - ry * tall / 2, x + rx, y + ry * tall / 2, (24, 14, 50), 0.006)
        for index in range(round(tall)):
            plain.box(
                x - rx * 0.6,
                y - ry * tall / 2 + ry * (index + 0.2),
                x + rx * 0.6,
                y - ry * tall / 2 + ry * (index + 0.7),
                lighten(colour, 0.2),
                0.003,
            )
    plain.box(0, foot, 1, 1, Fade((70, 24, 96), (14, 8, 38)))
    for index in range(9):
        x = (index - 4) * 0.16
        plain.stroke([(0.5 + x * 0.5, foot), (0.5 + x * 3, 1.02)], 0.004, Veil((60, 220, 255), 0.55))
    for index in range(6):
        y = foot + (1 - foot) * (index / 6) ** 1.7
        plain.box(0, y, 1, y + 0.003, Veil((255, 70, 180), 0.7))
    for _ in range(22):
        x, y = dice.random(), dice.uniform(foot + 0.02, 1)
        plain.ellipse(x, y, dice.uniform(0.01, 0.03), dice.uniform(0.01, 0.03), Veil(dice.choice(NEON), 0.12))
    return Stage(0.92, 0.8, 0.2, 0.92)


def night_city(pen: Pen, mood: Mood, dice: Random) -> Stage:

    return city(pen, Mood(Hour.NIGHT, mood.season, mood.weather, dice.choice(AIRS[Hour.NIGHT]), mood.ground), dice)


SCENERIES = (
    Scenery(
        "city",
        "city,skyline,downtown,metropolis,cityscape,new york,shanghai,tokyo,城市,都市,市中心,"
        "天际线,天際線,上海,纽约,東京,东京,香港,北京",
        city,
    ),
    Scenery(
        "street",
        "street,road,alley,town,village,market,shop,cafe,街道,街,街头,街頭,小镇,小鎮,村庄,村莊,"
        "路上,马路,馬路,巷子,小巷,商店,集市,咖啡馆,咖啡店",
        street,
    ),
    Scenery("night city", "night city,city lights,city at night,夜晚的城市,城市夜景,都市夜景", night_city, hour=False),
    Scenery(
        "neon city",
        "neon city,neon street,cyberpunk city,赛博朋克城市,賽博朋克城市,霓虹城市,霓虹街道,未来城市,"
        "未來城市,futuristic city",
        neon_city,
        hour=False,
    ),
)
