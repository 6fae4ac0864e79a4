"""Open land."""

from collections.abc import Callable
from random import Random

from ima.sandbox.painter.colour import WHITE, Colour, darken, lighten, mix
from ima.sandbox.painter.fills import Fade, Veil, lit
from ima.sandbox.painter.mood import Hour, Mood, Season
from ima.sandbox.painter.pen import Pen
from ima.sandbox.painter.subjects.plants import broad_tree, cactus_shape, pine

from .scene import Scenery, Stage
from .sky import peaks, ridge, sky

PETALS: tuple[Colour, ...] = ((255, 255, 255), (250, 206, 84), (240, 120, 130), (190, 140, 220), (250, 160, 90))


def _land(mood: Mood, share: float) -> Fade:
    colour = mood.distant(mood.ground.grass, share)
    return Fade(lighten(colour, 0.12), darken(colour, 0.1))


def _tuft(pen: Pen, mood: Mood, dice: Random, x: float, y: float, size: float) -> None:
    rx, ry = pen.round(size)
    blade = mood.air.light.on(darken(mood.ground.grass, dice.uniform(0.08, 0.25)))
    plain = pen.bare()
    for lean in (-0.5, 0, 0.5):
        plain.stroke(
            [(x, y), (x + lean * rx * 0.5, y - ry * 0.6), (x + lean * rx, y - ry)], size * 0.16, blade, size * 0.03
        )


def _carpet(pen: Pen, mood: Mood, dice: Random, top: float, flowers: int) -> None:
    """Grass and flowers, small at the back and large in front."""
    wide = max(1.0, pen.aspect) ** 0.6
    spots = sorted(dice.random() for _ in range(round((26 + flowers) * wide)))
    winter = mood.season is Season.WINTER
    for index, share in enumerate(spots):
        x, y = dice.random(), top + (1.02 - top) * (0.1 + 0.9 * share)
        size = 0.012 + 0.03 * share
        bloom = dice.random() < flowers / (26 + flowers)
        if winter:
            pen.ellipse(x, y, *pen.round(size * 0.9), Veil(WHITE, 0.5))
        elif bloom and mood.season is not Season.AUTUMN:
            petal = PETALS[(index * 7 + dice.randrange(2)) % len(PETALS)]
            rx, ry = pen.round(size)
            pen.stroke([(x, y), (x, y - ry)], size * 0.12, darken(mood.ground.grass, 0.25))
            for dx, dy in ((-0.32, 0), (0.32, 0), (0, -0.32), (0, 0.32)):
                pen.disc(x + dx * rx, y - ry + dy * ry, size * 0.26, petal)
            pen.disc(x, y - ry, size * 0.2, (250, 214, 96))
        elif bloom:
            pen.ellipse(x, y, *pen.round(size * 0.3), dice.choice((mood.ground.leaf, mood.ground.leaf_light)), 30)
        else:
            _tuft(pen, mood, dice, x, y, size)


def meadow(pen: Pen, mood: Mood, dice: Random) -> Stage:
    horizon = 0.6
    sky(pen, mood, dice, horizon)
    plain = pen.bare()
    ridge(plain, dice, horizon + 0.02, 0.14, _land(mood, 0.62), bumps=2)
    back = ridge(plain, dice, horizon + 0.07, 0.09, _land(mood, 0.36), bumps=3)
    for _ in range(dice.randint(3, 6)):
        x = dice.choice((dice.uniform(0, 0.3), dice.uniform(0.7, 1)))
        tree = broad_tree if dice.random() < 0.7 else pine
        tree(
            plain.lit_by(mood.air.light).standing(x, back(x) + 0.012, dice.uniform(0.1, 0.17)),
            mood.ground.leaf,
            dice,
        )
    ridge(plain, dice, horizon + 0.13, 0.05, _land(mood, 0.1), bumps=1.5)
    _carpet(pen, mood, dice, horizon + 0.12, dice.choice((6, 16, 30)))
    return Stage(0.9, 0.76, 0.26, 0.9)


def flower_field(pen: Pen, mood: Mood, dice: Random) -> Stage:
    horizon = 0.48
    sky(pen, mood, dice, horizon)
    plain = pen.bare()
    ridge(plain, dice, horizon + 0.02, 0.12, _land(mood, 0.6), bumps=2)
    ridge(plain, dice, horizon + 0.05, 0.06, _land(mood, 0.3), bumps=3)
    plain.box(0, horizon + 0.05, 1, 1, _land(mood, 0.05))
    petals = dice.sample(
        ((244, 114, 150), (250, 200, 80), (178, 130, 226), (255, 150, 96), (250, 250, 255), (232, 70, 80)), 3
    )
    rows = 9
    for row in range(rows):
        share = row / (rows - 1)
        y = horizon + 0.07 + (0.96 - horizon) * share**1.5
        size = 0.008 + 0.036 * share
        band: Colour = petals[row % 3]
        step = pen.round(size * 1.5)[0]
        for index in range(int(1 / step) + 2):
            x = index * step + dice.uniform(-0.4, 0.4) * step
            rx, ry = pen.round(size)
            lift = dice.uniform(-0.6, 0.6) * ry
            if share > 0.3:
                pen.stroke([(x, y + ry * 1.4), (x, y + lift)], size * 0.16, darken(mood.ground.leaf, 0.15))
            pen.ellipse(x, y + lift, rx * 0.62, ry * 0.5, lit(mix(band, WHITE, dice.uniform(0, 0.25)), 0.12))
            pen.ellipse(x, y + lift - ry * 0.1, rx * 0.2, ry * 0.16, (255, 226, 120))
    return Stage(0.94, 0.68, 0.22, 0.94)


def garden(pen: Pen, mood: Mood, dice: Random) -> Stage:
    horizon = 0.62
    sky(pen, mood, dice, horizon, clouds=3)
    plain = pen.bare().lit_by(mood.air.light)
    for index in range(round(9 * max(1, pen.aspect))):
        x = index / (8 * max(1, pen.aspect))
        colour = mix(mood.ground.leaf, mood.ground.leaf_light, dice.random())
        plain.disc(
            x,
            horizon + dice.uniform(-0.01, 0.05),
            dice.uniform(0.08, 0.14),
            lit(mix(colour, mood.air.horizon, 0.25), 0.14),
        )
    plain.bare().box(0, horizon + 0.06, 1, 1, _land(mood, 0.1))
    step = pen.round(0.07)[0]
    for index in range(int(1 / step) + 1):
        x, (rx, ry) = index * step, pen.round(0.022)
        top = horizon - 0.02
        plain.shape(
            [(x - rx, horizon + 0.1), (x - rx, top), (x, top - ry * 1.2), (x + rx, top), (x + rx, horizon + 0.1)],
            lit((252, 250, 244), 0.08),
        )
    plain.box(0, horizon + 0.005, 1, horizon + 0.022, (240, 238, 230))
    plain.box(0, horizon + 0.06, 1, horizon + 0.077, (240, 238, 230))
    _carpet(pen, mood, dice, horizon + 0.1, 34)
    return Stage(0.91, 0.76, 0.24, 0.91)


def mountains(pen: Pen, mood: Mood, dice: Random) -> Stage:
    horizon = 0.68
    sky(pen, mood, dice, horizon, clouds=5)
    plain = pen.bare()
    tone: Colour = dice.choice(((92, 112, 158), (112, 104, 150), (86, 128, 146), (128, 112, 124)))
    light = mood.air.light
    snow = light.on((248, 250, 255))
    peaks(plain, dice, horizon, 0.36, mood.distant(tone, 0.6), None, count=5)
    peaks(plain, dice, horizon + 0.02, 0.5, mood.distant(tone, 0.22), snow, count=3)
    plain.box(0, horizon - 0.12, 1, horizon + 0.04, Fade(mood.air.horizon, mood.air.horizon, 0, 0.75))
    far = ridge(plain, dice, horizon + 0.06, 0.06, _land(mood, 0.42), bumps=3)
    _pines(plain.lit_by(light), mood, dice, far, 26, 0.07, 0.3)
    near = ridge(plain, dice, horizon + 0.14, 0.06, _land(mood, 0.15), bumps=2)
    _pines(plain.lit_by(light), mood, dice, near, 12, 0.15, 0.05, edges=True)
    _carpet(pen, mood, dice, horizon + 0.16, 12)
    return Stage(0.93, 0.8, 0.2, 0.93)


def _pines(
    pen: Pen,
    mood: Mood,
    dice: Random,
    line: Callable[[float], float],
    count: int,
    size: float,
    haze: float,
    *,
    edges: bool = False,
) -> None:
    leaf = mix(mix(mood.ground.leaf, (40, 110, 92), 0.6), mood.air.horizon, haze)
    for _ in range(round(count * max(1, pen.aspect) ** 0.6)):
        x = dice.choice((dice.uniform(-0.02, 0.24), dice.uniform(0.76, 1.02))) if edges else dice.random()
        pine(pen.standing(x, line(x) + 0.015, size * dice.uniform(0.7, 1.3)), leaf, dice)


def snow_field(pen: Pen, mood: Mood, dice: Random) -> Stage:
    horizon = 0.58
    sky(pen, mood, dice, horizon)
    plain = pen.bare()
    white, light = (240, 245, 254), mood.air.light
    peaks(plain, dice, horizon + 0.02, 0.22, mood.distant((150, 172, 210), 0.45), light.on(WHITE), count=4)
    far = ridge(
        plain,
        dice,
        horizon + 0.06,
        0.08,
        Fade(mood.distant(white, 0.2), mood.distant((206, 220, 240), 0.3)),
        bumps=2,
    )
    for _ in range(round(14 * max(1, pen.aspect) ** 0.6)):
        x = dice.random()
        pine(
            plain.lit_by(light).standing(x, far(x) + 0.012, dice.uniform(0.08, 0.16)),
            (104, 146, 150),
            dice,
            snow=True,
        )
    ridge(plain, dice, horizon + 0.15, 0.06, Fade(light.on(white), light.on((204, 218, 240))), bumps=1.5)
    for _ in range(18):
        x, y = dice.random(), dice.uniform(horizon + 0.16, 1)
        plain.ellipse(x, y, dice.uniform(0.03, 0.1), 0.006, Veil(light.on((178, 198, 230)), 0.3))
    return Stage(0.9, 0.76, 0.24, 0.9)


def forest(pen: Pen, mood: Mood, dice: Random) -> Stage:
    horizon = 0.62
    sky(pen, mood, dice, horizon, clouds=2)
    plain, light = pen.bare(), mood.air.light
    wide = max(1.0, pen.aspect) ** 0.8
    for layer, (share, size, count) in enumerate(((0.62, 0.34, 15), (0.38, 0.46, 11), (0.12, 0.6, 7))):
        base = horizon + 0.05 * layer
        ridge(plain, dice, base + 0.04, 0.03, _land(mood, share), bumps=3)
        for index in range(round(count * wide)):
            x = (index + dice.uniform(0.1, 0.9)) / round(count * wide)
            if layer == 2 and 0.24 < x < 0.76:
                continue
            leaf = mix(mix(mood.ground.leaf, mood.ground.leaf_light, dice.random() * 0.8), mood.air.horizon, share)
            tree = pine if dice.random() < 0.5 else broad_tree
            tree(plain.lit_by(light).standing(x, base + 0.045, size * dice.uniform(0.75, 1.15)), leaf, dice)
    path = light.on(mood.ground.path)
    ridge(plain, dice, horizon + 0.17, 0.02, _land(mood, 0.02), bumps=2)
    plain.blob(
        [
            (0.49, horizon + 0.16),
            (0.52, horizon + 0.16),
            (0.55, 0.86),
            (0.74, 1.05),
            (0.3, 1.05),
            (0.46, 0.88),
            (0.44, 0.82),
        ],
        Fade(lighten(path, 0.15), path),
    )
    if mood.hour is not Hour.NIGHT:
        for x in (0.3, 0.45, 0.62):
            plain.shape(
                [(x, 0), (x + 0.06, 0), (x + 0.2, 0.85), (x + 0.02, 0.85)],
                Fade(mood.air.sun, mood.air.sun, 0.22, 0),
            )
    _carpet(pen, mood, dice, horizon + 0.18, 14)
    return Stage(0.93, 0.8, 0.16, 0.93)


def desert(pen: Pen, mood: Mood, dice: Random) -> Stage:
    horizon = 0.6
    sky(pen, mood, dice, horizon, clouds=2)
    plain, light = pen.bare(), mood.air.light
    sand: Colour = dice.choice(((236, 186, 116), (232, 168, 110), (240, 200, 140)))
    peaks(plain, dice, horizon + 0.02, 0.12, mood.distant((190, 120, 96), 0.45), None, count=3)
    for index, (share, height) in enumerate(((0.4, 0.1), (0.2, 0.1), (0.05, 0.08))):
        colour = mood.distant(sand, share)
        line = ridge(
            plain,
            dice,
            horizon + 0.05 + 0.1 * index,
            height,
            Fade(lighten(colour, 0.18), darken(colour, 0.14)),
            bumps=1.6,
        )
        for _ in range(2):
            x = dice.choice((dice.uniform(0.02, 0.26), dice.uniform(0.74, 0.98)))
            cactus_shape(plain.lit_by(light).standing(x, line(x) + 0.02, 0.08 + 0.06 * index), (86, 146, 98))
    for _ in range(14):
        x, y = dice.random(), dice.uniform(0.82, 1)
        plain.stroke([(x - 0.07, y), (x, y - 0.008), (x + 0.07, y)], 0.004, Veil(darken(sand, 0.3), 0.35))
    return Stage(0.91, 0.77, 0.24, 0.91)


SCENERIES = (
    Scenery(
        "meadow",
        "meadow,grassland,grass,field,park,hill,countryside,草地,草原,草坪,公园,公園,田野,山坡,"
        "原野,乡村,鄉村,landscape,scenery,风景,風景,春天的风景",
        meadow,
    ),
    Scenery("flower field", "flower field,field of flowers,flower meadow,花海,花田,花丛,花叢,薰衣草田", flower_field),
    Scenery("garden", "garden,yard,花园,花園,庭院,院子", garden),
    Scenery(
        "mountains",
        "mountain,snow mountain,snowy mountain,alps,everest,peak,valley,山,山脉,山脈,雪山,高山,"
        "群山,山谷,山水,富士山,喜马拉雅,喜馬拉雅",
        mountains,
    ),
    Scenery(
        "snow field",
        "snow field,snowfield,in the snow,north pole,south pole,antarctica,arctic,iceberg,雪地,"
        "冰天雪地,雪原,雪景,冰雪,南极,南極,北极,北極,冰川",
        snow_field,
    ),
    Scenery("forest", "forest,wood,woods,jungle,rainforest,森林,树林,樹林,丛林,叢林,竹林,林间,林間,雨林", forest),
    Scenery("desert", "desert,dune,sahara,沙漠,沙丘,戈壁,大漠", desert),
)
