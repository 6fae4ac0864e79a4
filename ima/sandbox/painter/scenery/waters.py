"""Water, above and below."""

from random import Random

from ima.sandbox.painter.colour import WHITE, Colour, darken, lighten, mix
from ima.sandbox.painter.fills import Fade, Veil, lit
from ima.sandbox.painter.mood import Mood
from ima.sandbox.painter.pen import Pen
from ima.sandbox.painter.subjects.plants import broad_tree, pine

from .scene import Scenery, Stage
from .sky import cloud, peaks, ridge, sky, stars, water

SEAS: tuple[Colour, ...] = ((38, 120, 178), (34, 144, 176), (44, 104, 164))


def _waves(pen: Pen, mood: Mood, dice: Random, top: float, colour: Colour) -> None:
    for index in range(4):
        y = top + (1 - top) * (0.3 + 0.2 * index)
        tone = mood.air.light.on(mix(lighten(colour, 0.12), darken(colour, 0.2), index / 3))
        bumps = max(4, round(5 * pen.aspect))
        line = [
            (-0.05 + 1.1 * step / (bumps * 2), y + (0.012 if step % 2 else -0.012) * (0.6 + 0.25 * index))
            for step in range(bumps * 2 + 1)
        ]
        plain = pen.bare()
        plain.blob_over(line, 1, Fade(tone, darken(tone, 0.1)))
        plain.stroke(line, 0.004, Veil(WHITE, 0.35))


def sea(pen: Pen, mood: Mood, dice: Random) -> Stage:
    horizon = 0.56
    sun = sky(pen, mood, dice, horizon, clouds=5)
    colour = dice.choice(SEAS)
    plain = pen.bare()
    if dice.random() < 0.6:
        left = dice.random() < 0.5
        x = 0.1 if left else 0.9
        plain.blob(
            [
                (x - 0.3, horizon + 0.005),
                (x - 0.12, horizon - 0.05),
                (x + 0.02, horizon - 0.09),
                (x + 0.16, horizon - 0.03),
                (x + 0.28, horizon + 0.005),
            ],
            mood.distant((84, 120, 128), 0.55),
        )
    water(pen, mood, dice, horizon, 1, colour, sun[0])
    _waves(pen, mood, dice, horizon + 0.1, colour)
    return Stage(0.94, 0.84, 0.24, 0.84)


def beach(pen: Pen, mood: Mood, dice: Random) -> Stage:
    horizon, shore = 0.5, 0.7
    sun = sky(pen, mood, dice, horizon, clouds=4)
    colour: Colour = dice.choice(((46, 160, 190), (52, 140, 200), (64, 176, 180)))
    water(pen, mood, dice, horizon, shore + 0.06, colour, sun[0])
    light, plain = mood.air.light, pen.bare()
    sand: Colour = light.on(dice.choice(((244, 218, 166), (250, 226, 180), (240, 206, 160))))
    bend = [(-0.1, shore + 0.06), (0.2, shore), (0.5, shore + 0.035), (0.8, shore - 0.01), (1.1, shore + 0.03)]
    plain.blob_over([(x, y - 0.022) for x, y in bend], 1, Veil(WHITE, 0.75))
    plain.blob_over([(x, y - 0.004) for x, y in bend], 1, darken(sand, 0.16))
    plain.blob_over([(x, y + 0.02) for x, y in bend], 1, Fade(lighten(sand, 0.15), darken(sand, 0.06)))
    for _ in range(40):
        x, y = dice.random(), dice.uniform(shore + 0.08, 1)
        plain.ellipse(x, y, *pen.round(dice.uniform(0.002, 0.006)), Veil(darken(sand, 0.3), 0.35))
    for _ in range(5):
        x, y, size = (
            dice.choice((dice.uniform(0.04, 0.25), dice.uniform(0.75, 0.96))),
            dice.uniform(0.84, 0.97),
            dice.uniform(0.016, 0.026),
        )
        shell: Colour = light.on(dice.choice(((246, 150, 120), (250, 240, 230), (250, 190, 130))))
        if dice.random() < 0.5:
            item = pen.around(x, y, size * 2.4)
            item.star(0.5, 0.5, 0.5, 0.24, shell)
        else:
            plain.ellipse(x, y, *pen.round(size * 0.8), lit(shell))
    return Stage(0.92, 0.8, 0.22, 0.68)


def lake(pen: Pen, mood: Mood, dice: Random) -> Stage:
    horizon = 0.56
    sun = sky(pen, mood, dice, horizon, clouds=4)
    plain, light = pen.bare(), mood.air.light
    tone: Colour = dice.choice(((92, 118, 158), (102, 128, 150), (114, 108, 148)))
    peaks(plain, dice, horizon, 0.24, mood.distant(tone, 0.5), None, count=4)
    leaf = mood.distant(mood.ground.leaf, 0.35)
    far = ridge(plain, dice, horizon + 0.005, 0.05, Fade(leaf, darken(leaf, 0.15)), bumps=3)
    for _ in range(round(18 * max(1, pen.aspect) ** 0.6)):
        x = dice.random()
        pine(plain.standing(x, far(x) + 0.01, dice.uniform(0.05, 0.09)), mood.distant(mood.ground.leaf, 0.25), dice)
    colour = mix(dice.choice(SEAS), mood.air.middle, 0.35)
    water(pen, mood, dice, horizon, 1, colour, sun[0])
    plain.box(0, horizon, 1, horizon + 0.08, Fade(darken(leaf, 0.1), darken(leaf, 0.1), 0.55, 0))
    for side in (0, 1):
        bank = [
            (side + (0.5 - side) * 2 * x, y)
            for x, y in ((-0.08, 0.8), (0.1, 0.83), (0.22, 0.93), (0.2, 1.06), (-0.08, 1.06))
        ]
        plain.blob(bank, lit(light.on(mood.ground.grass)))
        for _ in range(9):
            x = abs(side - dice.uniform(0.0, 0.18))
            y = 0.84 + 0.5 * abs(side - x) + dice.uniform(0, 0.05)
            plain.stroke(
                [(x, y), (x + dice.uniform(-0.01, 0.01), y - 0.07), (x + dice.uniform(-0.02, 0.02), y - 0.13)],
                0.006,
                light.on(darken(mood.ground.leaf, 0.1)),
                0.002,
            )
    return Stage(0.94, 0.74, 0.2, 0.82)


def river(pen: Pen, mood: Mood, dice: Random) -> Stage:
    horizon = 0.54
    sky(pen, mood, dice, horizon, clouds=4)
    plain, light = pen.bare(), mood.air.light
    peaks(plain, dice, horizon + 0.02, 0.3, mood.distant((96, 120, 160), 0.45), light.on(WHITE), count=3)
    land = light.on(mood.ground.grass)
    line = ridge(plain, dice, horizon + 0.05, 0.05, Fade(mood.distant(mood.ground.grass, 0.4), land), bumps=3)
    blue = light.on(dice.choice(((72, 160, 206), (84, 170, 196))))
    path = [
        (0.52, horizon + 0.04),
        (0.535, horizon + 0.04),
        (0.6, 0.66),
        (0.5, 0.76),
        (0.66, 0.88),
        (0.86, 1.05),
        (0.2, 1.05),
        (0.28, 0.88),
        (0.36, 0.76),
        (0.54, 0.67),
    ]
    plain.blob([(x + (x - 0.5) * 0.06, y) for x, y in path], light.on((226, 206, 160)))
    plain.blob(path, Fade(mix(blue, mood.air.horizon, 0.5), blue))
    for index in range(10):
        y = 0.72 + 0.03 * index
        x = 0.46 + dice.uniform(-0.08, 0.1)
        plain.ellipse(x, y, 0.03 + 0.005 * index, 0.003, Veil(WHITE, 0.5))
    for _ in range(round(16 * max(1, pen.aspect) ** 0.6)):
        x = dice.choice((dice.uniform(0, 0.38), dice.uniform(0.7, 1)))
        depth = dice.uniform(0, 0.16)
        tree = pine if dice.random() < 0.5 else broad_tree
        tree(
            plain.lit_by(light).standing(x, line(x) + 0.03 + depth, 0.1 + depth),
            mix(mood.ground.leaf, mood.ground.leaf_light, dice.random()),
            dice,
        )
    return Stage(0.94, 0.78, 0.2, 0.94)


def waterfall(pen: Pen, mood: Mood, dice: Random) -> Stage:
    sky(pen, mood, dice, 0.5, clouds=3)
    plain, light = pen.bare(), mood.air.light
    rock: Colour = light.on(dice.choice(((112, 108, 124), (124, 110, 104), (96, 112, 116))))
    for side in (-1, 1):
        for reach, top, tone in ((0.62, 0.2, 0.12), (0.42, 0.3, 0.0)):
            edge = [
                (0.5 + side * x, y)
                for x, y in (
                    (0.12, top + 0.02),
                    (0.2, top),
                    (reach, top - 0.05),
                    (0.7, top - 0.08),
                    (0.7, 0.86),
                    (0.1, 0.86),
                )
            ]
            plain.shape(edge, Fade(lighten(rock, 0.14 + tone), darken(rock, 0.25)))
        for index in range(5):
            x, y = 0.5 + side * (0.18 + 0.07 * index), 0.38 + 0.08 * (index % 3)
            plain.shape(
                [(x, y), (x + side * 0.05, y - 0.01), (x + side * 0.04, y + 0.2), (x + side * 0.01, y + 0.22)],
                Veil(darken(rock, 0.3), 0.4),
            )
    for index in range(12):
        side = -1 if index % 2 else 1
        x = 0.5 + side * dice.uniform(0.16, 0.5)
        plain.disc(
            x,
            0.27 - abs(x - 0.5) * 0.14,
            dice.uniform(0.04, 0.08),
            lit(light.on(mix(mood.ground.leaf, mood.ground.leaf_light, dice.random()))),
        )
    plain.shape([(0.39, 0.27), (0.61, 0.27), (0.64, 0.8), (0.36, 0.8)], Fade((236, 248, 255), (176, 220, 240)))
    for _ in range(26):
        x, y = dice.uniform(0.385, 0.615), dice.uniform(0.27, 0.6)
        drift = x + (x - 0.5) * 0.1
        plain.stroke(
            [(x, y), (drift, y + dice.uniform(0.1, 0.22))],
            dice.uniform(0.004, 0.012),
            Veil(dice.choice((WHITE, (150, 206, 234))), 0.6),
            0.002,
        )
    pool = light.on((64, 156, 186))
    plain.blob(
        [(-0.1, 0.8), (0.2, 0.77), (0.5, 0.76), (0.8, 0.77), (1.1, 0.8), (1.1, 1.05), (-0.1, 1.05)],
        Fade(lighten(pool, 0.25), darken(pool, 0.15)),
    )
    for _ in range(26):
        plain.disc(
            0.5 + dice.gauss(0, 0.09),
            0.785 + dice.uniform(-0.03, 0.02),
            dice.uniform(0.015, 0.045),
            Veil(WHITE, 0.4),
        )
    for index in range(7):
        plain.ellipse(0.5, 0.81 + 0.026 * index, 0.14 + 0.06 * index, 0.004, Veil(WHITE, 0.35))
    for x, y, size in ((0.08, 0.9, 0.1), (0.2, 0.96, 0.07), (0.94, 0.92, 0.11), (0.82, 0.98, 0.06)):
        plain.blob(
            [
                (x - size, y + 0.04),
                (x - size * 0.6, y - size * 0.4),
                (x + size * 0.2, y - size * 0.5),
                (x + size, y + 0.04),
            ],
            lit(rock),
        )
    return Stage(0.95, 0.84, 0.14, 0.92)


def underwater(pen: Pen, mood: Mood, dice: Random) -> Stage:
    deep, shallow = dice.choice(
        (((14, 64, 128), (84, 190, 214)), ((12, 78, 116), (96, 206, 200)), ((32, 54, 130), (96, 166, 226)))
    )
    if mood.dark:
        deep, shallow = darken(deep, 0.5), darken(shallow, 0.5)
    plain = pen.bare()
    plain.box(0, 0, 1, 1, Fade(shallow, deep))
    for x in (0.1, 0.3, 0.52, 0.74):
        lean = dice.uniform(0.02, 0.1)
        plain.shape(
            [(x, -0.02), (x + dice.uniform(0.05, 0.1), -0.02), (x + lean + 0.2, 0.85), (x + lean, 0.85)],
            Fade(WHITE, WHITE, 0.28, 0),
        )
    ridge(plain, dice, 0.86, 0.16, mix(deep, shallow, 0.25), bumps=2.5)
    sand: Colour = mix((232, 206, 150), deep, 0.35)
    ridge(plain, dice, 0.93, 0.06, Fade(lighten(sand, 0.15), darken(sand, 0.15)), bumps=2)
    for _ in range(round(10 * max(1, pen.aspect) ** 0.7)):
        x = dice.choice((dice.uniform(0, 0.28), dice.uniform(0.72, 1)))
        tall, weed = dice.uniform(0.12, 0.32), dice.choice(((62, 150, 110), (90, 170, 96), (40, 128, 120)))
        sway = dice.uniform(0.015, 0.03)
        plain.stroke(
            [
                (x, 0.96),
                (x - sway, 0.96 - tall * 0.35),
                (x + sway, 0.96 - tall * 0.7),
                (x - sway * 0.5, 0.96 - tall),
            ],
            0.026,
            lit(weed),
            0.004,
        )
    for _ in range(round(6 * max(1, pen.aspect) ** 0.7)):
        x = dice.choice((dice.uniform(0, 0.3), dice.uniform(0.7, 1)))
        coral: Colour = dice.choice(((244, 122, 130), (250, 170, 96), (190, 120, 210)))
        spot = pen.standing(x, dice.uniform(0.94, 1.0), dice.uniform(0.12, 0.2))
        for lean in (-0.34, -0.12, 0.12, 0.34):
            spot.stroke([(0.5, 1), (0.5 + lean * 0.6, 0.6), (0.5 + lean, 0.25 + abs(lean) * 0.6)], 0.11, coral, 0.06)
            spot.disc(0.5 + lean, 0.25 + abs(lean) * 0.6, 0.06, lighten(coral, 0.2))
    for _ in range(4):
        x, y, size = dice.random(), dice.uniform(0.12, 0.4), dice.uniform(0.03, 0.05)
        tone: Colour = mix(dice.choice(((250, 190, 90), (244, 140, 130), (200, 220, 240))), shallow, 0.4)
        rx, ry = pen.round(size)
        plain.ellipse(x, y, rx, ry * 0.5, tone)
        plain.shape([(x + rx * 0.7, y), (x + rx * 1.6, y - ry * 0.5), (x + rx * 1.6, y + ry * 0.5)], tone)
    for _ in range(24):
        x, y, size = dice.random(), dice.uniform(0.05, 0.9), dice.uniform(0.004, 0.014)
        plain.disc(x, y, size, Veil(WHITE, 0.28))
        plain.disc(x - pen.round(size)[0] * 0.3, y - pen.round(size)[1] * 0.3, size * 0.3, Veil(WHITE, 0.8))
    return Stage(0.94, 0.92, 0.3, 0.78)


def clouds(pen: Pen, mood: Mood, dice: Random) -> Stage:
    sky(pen, mood, dice, 1.05, clouds=3)
    plain = pen.bare()
    for row in range(3):
        for _ in range(round(6 * max(1, pen.aspect) ** 0.8)):
            cloud(
                plain,
                dice.uniform(-0.05, 1.05),
                0.84 + 0.09 * row + dice.uniform(-0.02, 0.03),
                dice.uniform(0.35, 0.6),
                mix(mood.air.cloud, mood.air.horizon, 0.3 - 0.15 * row),
                0.95,
                dice,
            )
    return Stage(0.92, 0.9, 0.42, 0.92)


def night_sky(pen: Pen, mood: Mood, dice: Random) -> Stage:
    """Stars over a line of hills, always at night."""
    plain = pen.bare()
    top, low = dice.choice(
        (((12, 14, 52), (74, 74, 150)), ((20, 10, 56), (120, 74, 150)), ((6, 24, 54), (40, 104, 132)))
    )
    plain.box(0, 0, 1, 1, Fade(top, low))
    for index in range(9):
        share = index / 8
        plain.glow(
            share, 0.62 - 0.5 * share + dice.uniform(-0.05, 0.05), dice.uniform(0.2, 0.34), lighten(low, 0.3), 0.3
        )
    stars(pen, dice, 0, 0.85, round(150 * max(pen.aspect, 1 / pen.aspect) ** 0.8))
    for x, y in (
        (dice.uniform(0.1, 0.3), dice.uniform(0.1, 0.3)),
        (dice.uniform(0.6, 0.8), dice.uniform(0.06, 0.2)),
    ):
        plain.stroke([(x + 0.14, y - 0.05), (x, y)], 0.001, Veil(WHITE, 0.8), 0.006)
    for base, tone in ((0.86, 0.35), (0.92, 0.55), (0.98, 0.75)):
        line = ridge(plain, dice, base, 0.08, mix(low, (8, 10, 34), tone), bumps=2.5)
        for _ in range(5):
            x = dice.random()
            pine(plain.standing(x, line(x) + 0.01, 0.09), mix(low, (8, 10, 34), tone), dice)
    return Stage(0.93, 0.9, 0.4, 0.93)


def space(pen: Pen, mood: Mood, dice: Random) -> Stage:
    plain = pen.bare()
    first, second = dice.choice((((34, 18, 78), (10, 10, 40)), ((16, 30, 84), (8, 8, 34)), ((52, 16, 72), (14, 8, 40))))
    plain.box(0, 0, 1, 1, Fade(second, first))
    clouds_of_light: tuple[Colour, ...] = ((190, 80, 200), (70, 110, 230), (60, 190, 210), (240, 110, 150))
    tints = dice.sample(clouds_of_light, 2)
    for index in range(14):
        share = index / 13
        x, y = share + dice.uniform(-0.12, 0.12), 0.75 - 0.5 * share + dice.uniform(-0.16, 0.16)
        plain.glow(x, y, dice.uniform(0.18, 0.4), tints[index % 2], 0.28)
    stars(pen, dice, 0, 1, round(170 * max(pen.aspect, 1 / pen.aspect) ** 0.8))
    corner = dice.choice((0.12, 0.88))
    globe: Colour = dice.choice(((236, 150, 110), (126, 150, 236), (120, 200, 180)))
    planet = pen.around(corner, dice.uniform(0.12, 0.22), dice.uniform(0.16, 0.26))
    planet.bare().disc(0.5, 0.5, 0.5, Fade(lighten(globe, 0.3), darken(globe, 0.45)))
    moon: Colour = (150, 146, 178)
    plain.blob_over(
        [(-0.2, 0.99), (0.2, 0.885), (0.5, 0.86), (0.8, 0.885), (1.2, 0.99)],
        1.1,
        Fade(lighten(moon, 0.25), darken(moon, 0.35)),
    )
    for x, y, wide in (
        (0.2, 0.94, 0.06),
        (0.42, 0.96, 0.04),
        (0.64, 0.92, 0.05),
        (0.84, 0.965, 0.06),
        (0.08, 0.99, 0.04),
    ):
        plain.ellipse(x, y, wide, wide * 0.2, darken(moon, 0.25))
        plain.ellipse(x, y + wide * 0.05, wide * 0.86, wide * 0.14, Veil(lighten(moon, 0.1), 0.8))
    return Stage(0.94, 0.92, 0.36, 0.94)


SCENERIES = (
    Scenery("sea", "sea,ocean,wave,大海,海,海洋,海上,海面,海浪,海景", sea),
    Scenery("beach", "beach,seaside,coast,shore,island,tropical,海边,海邊,海滩,海灘,沙滩,沙灘,海岸,海岛,海島", beach),
    Scenery("lake", "lake,pond,reflection,湖,湖泊,湖水,湖边,湖邊,西湖,池塘,水面", lake),
    Scenery("river", "river,stream,creek,河,河流,小河,小溪,溪流,江,河边,河邊", river),
    Scenery("waterfall", "waterfall,falls,瀑布", waterfall),
    Scenery(
        "underwater",
        "underwater,under the sea,deep sea,coral,reef,aquarium,海底,水下,水底,深海,珊瑚,海里,海裡,水族馆,水族館",
        underwater,
        hour=False,
    ),
    Scenery("clouds", "sky,in the sky,in the clouds,天空,蓝天,藍天,云海,雲海,云端,雲端,空中,天上", clouds),
    Scenery(
        "night sky",
        "night sky,starry night,starry sky,stars in the sky,milky way,aurora,星空,夜空,繁星,银河,"
        "銀河,满天星星,极光,極光",
        night_sky,
        hour=False,
    ),
    Scenery(
        "space",
        "space,outer space,galaxy,universe,cosmos,nebula,太空,宇宙,星系,外太空,星云,星雲,月球",
        space,
        hour=False,
    ),
)
