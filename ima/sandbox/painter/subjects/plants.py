"""What grows."""

from math import cos, hypot, pi, sin
from random import Random

from ima.sandbox.painter.colour import Colour, darken, lighten, mix
from ima.sandbox.painter.fills import Veil, ball, lit
from ima.sandbox.painter.geometry import Point
from ima.sandbox.painter.pen import Pen

from .subject import Look, Place, Subject

BARK: Colour = (122, 84, 62)


def broad_tree(pen: Pen, leaf: Colour, dice: Random, *, bark: Colour = BARK) -> None:
    """A round crown of three tones on a forked trunk."""
    pen.shadow(0.5, 0.985, 0.3, 0.04, 0.35)
    pen.shape(
        [
            (0.455, 1),
            (0.475, 0.6),
            (0.36, 0.46),
            (0.4, 0.45),
            (0.5, 0.55),
            (0.6, 0.42),
            (0.64, 0.44),
            (0.53, 0.62),
            (0.55, 1),
        ],
        lit(bark, 0.15),
    )
    for x, y, size in ((0.3, 0.46, 0.2), (0.7, 0.45, 0.2), (0.5, 0.5, 0.2)):
        pen.disc(x, y, size, darken(leaf, 0.18))
    for x, y, size in ((0.33, 0.36, 0.2), (0.68, 0.35, 0.19), (0.5, 0.24, 0.23), (0.5, 0.42, 0.19)):
        pen.disc(x + dice.uniform(-0.03, 0.03), y + dice.uniform(-0.02, 0.02), size, lit(leaf, 0.1))
    for x, y, size in ((0.4, 0.22, 0.13), (0.6, 0.27, 0.09), (0.3, 0.35, 0.09)):
        pen.disc(x, y, size, Veil(lighten(leaf, 0.3), 0.55))


def pine(pen: Pen, leaf: Colour, dice: Random, *, snow: bool = False) -> None:
    pen.shadow(0.5, 0.985, 0.26, 0.035, 0.3)
    pen.box(0.465, 0.82, 0.535, 1, lit(mix(BARK, leaf, 0.3)))
    for index in range(4):
        top, half = 0.0 + 0.2 * index, 0.13 + 0.055 * index
        bottom = top + 0.3
        tone = mix(lighten(leaf, 0.12), darken(leaf, 0.12), (3 - index) / 3)
        pen.shape([(0.5, top), (0.5 + half, bottom), (0.5, bottom + 0.03), (0.5 - half, bottom)], tone)
        pen.shape([(0.5, top), (0.5 + half, bottom), (0.5, bottom + 0.03)], darken(tone, 0.14))
        if snow:
            pen.shape(
                [
                    (0.5, top),
                    (0.5 + half * 0.55, top + 0.16),
                    (0.5 + half * 0.2, top + 0.13),
                    (0.5, top + 0.2),
                    (0.5 - half * 0.25, top + 0.13),
                    (0.5 - half * 0.55, top + 0.16),
                ],
                (244, 248, 255),
            )


def cactus_shape(pen: Pen, colour: Colour) -> None:
    pen.shadow(0.5, 0.97, 0.3, 0.04, 0.35)
    pen.stroke([(0.5, 0.6), (0.26, 0.6), (0.24, 0.34)], 0.12, lit(darken(colour, 0.08)))
    pen.stroke([(0.5, 0.68), (0.75, 0.68), (0.77, 0.46)], 0.11, lit(darken(colour, 0.08)))
    pen.box(0.4, 0.08, 0.6, 0.98, lit(colour, 0.16), 0.1)
    for x in (0.45, 0.5, 0.55):
        pen.stroke([(x, 0.14), (x, 0.95)], 0.01, Veil(darken(colour, 0.4), 0.5))


GREEN: Colour = (98, 164, 88)


def _ground_shadow(pen: Pen) -> None:
    pen.shadow(0.5, 0.98, 0.24, 0.035, 0.35)


def _leaf(pen: Pen, start: Point, tip: Point, fat: float, colour: Colour) -> None:
    """A leaf between two points."""
    dx, dy = tip[0] - start[0], tip[1] - start[1]
    middle = (start[0] + dx * 0.45, start[1] + dy * 0.45)
    length = hypot(dx, dy) or 1
    nx, ny = -dy / length * fat, dx / length * fat
    pen.blob([start, (middle[0] + nx, middle[1] + ny), tip, (middle[0] - nx, middle[1] - ny)], lit(colour, 0.14))
    pen.stroke([start, tip], 0.007, Veil(lighten(colour, 0.45), 0.7), 0.002)


def tree(pen: Pen, look: Look) -> None:
    broad_tree(pen, look.pick((96, 164, 88), (66, 146, 96), (128, 172, 76)), look.dice)


def cherry_tree(pen: Pen, look: Look) -> None:
    main = look.pick((250, 182, 204), (252, 196, 214))
    pen.shadow(0.5, 0.985, 0.36, 0.04, 0.35)
    bark: Colour = (110, 76, 70)
    pen.blob([(0.44, 1), (0.47, 0.78), (0.44, 0.64), (0.5, 0.56), (0.56, 0.64), (0.54, 0.8), (0.57, 1)], lit(bark))
    for path, width in (
        ([(0.49, 0.7), (0.36, 0.54), (0.2, 0.46)], 0.065),
        ([(0.52, 0.68), (0.64, 0.52), (0.82, 0.44)], 0.065),
        ([(0.5, 0.6), (0.48, 0.42), (0.52, 0.24)], 0.06),
    ):
        pen.stroke(path, width, lit(bark), 0.02)
    puffs = (
        (0.18, 0.44, 0.16),
        (0.82, 0.42, 0.16),
        (0.34, 0.3, 0.19),
        (0.66, 0.28, 0.19),
        (0.5, 0.18, 0.17),
        (0.5, 0.38, 0.15),
        (0.3, 0.5, 0.1),
        (0.7, 0.5, 0.1),
    )
    for x, y, size in puffs:
        pen.disc(x, y + 0.02, size, Veil(darken(main, 0.16), 0.9))
    for x, y, size in puffs:
        pen.disc(x, y - 0.015, size * 0.93, lit(main, 0.12))
    for _ in range(46):
        x, y, size = look.dice.choice(puffs)
        px, py = x + look.dice.gauss(0, size * 0.5), y + look.dice.gauss(0, size * 0.45)
        pen.disc(px, py, look.dice.uniform(0.012, 0.022), lighten(main, look.dice.uniform(0.3, 0.8)))
    for _ in range(16):
        x, y = look.dice.uniform(0.0, 1.0), look.dice.uniform(0.55, 1.0)
        pen.ellipse(x, y, 0.013, 0.008, lighten(main, 0.25), look.dice.uniform(0, 180))


def maple(pen: Pen, look: Look) -> None:
    broad_tree(pen, look.pick((226, 96, 48), (240, 150, 52), (206, 62, 52)), look.dice)
    for _ in range(14):
        x, y = look.dice.uniform(0.1, 0.9), look.dice.uniform(0.6, 1.0)
        pen.star(x, y, 0.02, 0.009, look.dice.choice(((226, 96, 48), (246, 178, 70), (206, 62, 52))), 5)


def pine_tree(pen: Pen, look: Look) -> None:
    pine(pen, look.pick((62, 134, 96), (52, 118, 104)), look.dice)


def christmas_tree(pen: Pen, look: Look) -> None:
    pine(pen, look.pick((48, 130, 88), (58, 138, 92)), look.dice)
    plain = pen.bare()
    for index, (x, y) in enumerate(
        (
            (0.47, 0.2),
            (0.56, 0.28),
            (0.42, 0.36),
            (0.54, 0.44),
            (0.36, 0.5),
            (0.62, 0.54),
            (0.46, 0.58),
            (0.32, 0.68),
            (0.56, 0.7),
            (0.7, 0.74),
            (0.42, 0.8),
            (0.62, 0.86),
            (0.26, 0.86),
        )
    ):
        colour = ((236, 76, 76), (252, 206, 88), (110, 170, 240), (246, 140, 190))[index % 4]
        plain.glow(x, y, 0.06, colour, 0.5)
        plain.disc(x, y, 0.024, ball(colour))
    plain.glow(0.5, 0.0, 0.2, (255, 226, 130), 0.7)
    plain.star(0.5, 0.0, 0.075, 0.032, (255, 216, 96))


def palm(pen: Pen, look: Look) -> None:
    leaf = look.pick((74, 156, 96), (88, 166, 88))
    pen.shadow(0.46, 0.985, 0.3, 0.035, 0.35)
    pen.stroke([(0.42, 0.99), (0.45, 0.7), (0.52, 0.34)], 0.075, lit((168, 122, 84)), 0.045)
    for tip in ((0.12, 0.36), (0.2, 0.14), (0.44, 0.04), (0.76, 0.06), (0.94, 0.22), (0.92, 0.46)):
        middle = (0.52 + (tip[0] - 0.52) * 0.5, 0.32 + (tip[1] - 0.32) * 0.5 - 0.1)
        pen.blob([(0.52, 0.33), (middle[0], middle[1] - 0.035), tip, (middle[0], middle[1] + 0.055)], lit(leaf, 0.16))
    for x, y in ((0.49, 0.37), (0.55, 0.38), (0.52, 0.41)):
        pen.disc(x, y, 0.035, ball((126, 84, 58)))


def cactus(pen: Pen, look: Look) -> None:
    cactus_shape(pen, look.pick((86, 156, 98), (74, 146, 110)))
    for dx, dy in ((-0.05, 0), (0.05, 0), (0, -0.045), (0, 0.03)):
        pen.ellipse(0.5 + dx, 0.075 + dy, 0.04, 0.036, (246, 122, 160))
    pen.disc(0.5, 0.07, 0.026, (252, 214, 96))


def bamboo(pen: Pen, look: Look) -> None:
    main = look.pick((124, 178, 92), (110, 170, 104))
    for x, top, lean in ((0.3, 0.06, -0.02), (0.5, 0.0, 0.02), (0.7, 0.1, 0.03)):
        for index in range(6):
            low, high = 1 - index * (1 - top) / 6, 1 - (index + 1) * (1 - top) / 6
            shift = lean * index
            pen.box(x + shift - 0.035, high + 0.008, x + shift + 0.035, low, lit(main, 0.16), 0.012)
            pen.box(x + shift - 0.041, high, x + shift + 0.041, high + 0.016, lighten(main, 0.3), 0.008)
            if index in (2, 4):
                side = 1 if (index + round(x * 10)) % 4 else -1
                for dy in (-0.05, 0.03):
                    _leaf(pen, (x + shift, high), (x + shift + side * 0.2, high + dy), 0.022, darken(main, 0.15))


def _petals(
    pen: Pen, x: float, y: float, reach: float, fat: float, count: int, colour: Colour, turn: float = 0
) -> None:
    for index in range(count):
        angle = 2 * pi * index / count + turn
        cx, cy = x + reach * 0.55 * cos(angle), y + reach * 0.55 * sin(angle)
        pen.ellipse(cx, cy, reach * 0.5, fat, lit(colour, 0.1), angle * 180 / pi)


def sunflower(pen: Pen, look: Look) -> None:
    main = look.pick((252, 198, 54), (250, 188, 60))
    _ground_shadow(pen)
    pen.stroke([(0.5, 0.98), (0.52, 0.7), (0.5, 0.4)], 0.042, lit(GREEN))
    _leaf(pen, (0.51, 0.8), (0.8, 0.62), 0.07, GREEN)
    _leaf(pen, (0.51, 0.86), (0.22, 0.7), 0.07, GREEN)
    _petals(pen, 0.5, 0.32, 0.34, 0.055, 16, darken(main, 0.14), 0.2)
    _petals(pen, 0.5, 0.32, 0.31, 0.052, 16, main)
    pen.disc(0.5, 0.32, 0.155, ball((116, 70, 44), 0.2))
    for ring, count in ((0.12, 18), (0.085, 13), (0.05, 8), (0.015, 3)):
        for index in range(count):
            angle = 2 * pi * index / count + ring * 9
            pen.disc(0.5 + ring * cos(angle), 0.32 + ring * sin(angle), 0.011, (176, 118, 66))


def rose(pen: Pen, look: Look) -> None:
    main = look.pick((212, 44, 66), (236, 96, 124), (226, 60, 60))
    _ground_shadow(pen)
    pen.stroke([(0.5, 0.98), (0.49, 0.74), (0.5, 0.5)], 0.034, lit((72, 134, 78)))
    _leaf(pen, (0.5, 0.8), (0.78, 0.66), 0.06, (72, 140, 82))
    _leaf(pen, (0.5, 0.72), (0.24, 0.6), 0.055, (72, 140, 82))
    for side in (-1, 1):
        _leaf(pen, (0.5, 0.54), (0.5 + side * 0.2, 0.6), 0.03, (84, 150, 88))
    pen.blob(
        [(0.5, 0.56), (0.3, 0.48), (0.22, 0.3), (0.32, 0.16), (0.5, 0.1), (0.68, 0.16), (0.78, 0.3), (0.7, 0.48)],
        ball(darken(main, 0.22), 0.12),
    )
    pen.blob([(0.5, 0.57), (0.28, 0.46), (0.22, 0.26), (0.38, 0.28), (0.5, 0.4)], lit(main, 0.16))
    pen.blob([(0.5, 0.57), (0.72, 0.46), (0.78, 0.26), (0.62, 0.28), (0.5, 0.4)], lit(darken(main, 0.08), 0.16))
    pen.blob(
        [(0.5, 0.46), (0.36, 0.36), (0.36, 0.2), (0.5, 0.14), (0.64, 0.2), (0.64, 0.36)],
        ball(lighten(main, 0.08), 0.16),
    )
    pen.stroke(
        [
            (0.4, 0.3),
            (0.44, 0.2),
            (0.56, 0.19),
            (0.6, 0.29),
            (0.53, 0.36),
            (0.46, 0.32),
            (0.48, 0.26),
            (0.53, 0.27),
        ],
        0.022,
        darken(main, 0.3),
        0.01,
    )
    pen.stroke(
        [(0.3, 0.42), (0.4, 0.48), (0.5, 0.46), (0.6, 0.42), (0.68, 0.34)],
        0.016,
        Veil(lighten(main, 0.35), 0.7),
        0.004,
    )


def tulip(pen: Pen, look: Look) -> None:
    main = look.pick((236, 92, 104), (250, 188, 70), (176, 112, 210), (246, 140, 170))
    _ground_shadow(pen)
    pen.stroke([(0.5, 0.98), (0.5, 0.46)], 0.04, lit(GREEN))
    _leaf(pen, (0.49, 0.96), (0.24, 0.46), 0.07, GREEN)
    _leaf(pen, (0.51, 0.96), (0.78, 0.52), 0.07, darken(GREEN, 0.08))
    pen.blob([(0.5, 0.5), (0.4, 0.4), (0.42, 0.2), (0.5, 0.06), (0.58, 0.2), (0.6, 0.4)], lit(darken(main, 0.15)))
    pen.blob([(0.5, 0.52), (0.33, 0.46), (0.29, 0.28), (0.33, 0.1), (0.44, 0.2), (0.52, 0.36)], ball(main, 0.18))
    pen.blob([(0.5, 0.52), (0.67, 0.46), (0.71, 0.28), (0.67, 0.1), (0.56, 0.2), (0.48, 0.36)], ball(main, 0.22))


def lotus(pen: Pen, look: Look) -> None:
    main = look.pick((246, 158, 190), (250, 190, 210))
    pen.ellipse(0.5, 0.86, 0.46, 0.09, lit((86, 156, 108)))
    pen.shape([(0.5, 0.86), (0.94, 0.82), (0.96, 0.9)], (60, 128, 112))
    for tip, fat, shade in (
        ((0.08, 0.5), 0.09, 0.16),
        ((0.92, 0.5), 0.09, 0.16),
        ((0.22, 0.3), 0.1, 0.1),
        ((0.78, 0.3), 0.1, 0.1),
        ((0.5, 0.14), 0.12, 0.06),
        ((0.34, 0.22), 0.1, 0.02),
        ((0.66, 0.22), 0.1, 0.02),
    ):
        _leaf(pen, (0.5, 0.82), tip, fat, darken(main, shade))
    for tip, fat in (
        ((0.2, 0.58), 0.09),
        ((0.8, 0.58), 0.09),
        ((0.36, 0.44), 0.1),
        ((0.64, 0.44), 0.1),
        ((0.5, 0.4), 0.11),
    ):
        _leaf(pen, (0.5, 0.85), tip, fat, lighten(main, 0.3))


def flower(pen: Pen, look: Look) -> None:
    main = look.pick((244, 116, 150), (150, 124, 226), (250, 150, 90), (252, 252, 255), (96, 160, 236))
    _ground_shadow(pen)
    pen.stroke([(0.5, 0.98), (0.48, 0.7), (0.5, 0.4)], 0.036, lit(GREEN))
    _leaf(pen, (0.49, 0.78), (0.76, 0.64), 0.06, GREEN)
    _leaf(pen, (0.49, 0.86), (0.24, 0.74), 0.06, GREEN)
    _petals(pen, 0.5, 0.32, 0.32, 0.11, 6, darken(main, 0.1), 0.5)
    _petals(pen, 0.5, 0.32, 0.29, 0.1, 6, main)
    pen.disc(0.5, 0.32, 0.09, ball((252, 204, 80), 0.2))


def bouquet(pen: Pen, look: Look) -> None:
    """A vase full of flowers."""
    pen.shadow(0.5, 0.97, 0.3, 0.05)
    heads = (
        (0.28, 0.34, 0.13),
        (0.72, 0.34, 0.13),
        (0.4, 0.2, 0.13),
        (0.62, 0.18, 0.13),
        (0.5, 0.38, 0.15),
        (0.18, 0.48, 0.09),
        (0.82, 0.48, 0.09),
    )
    for x, y, _ in heads:
        pen.stroke([(0.5, 0.7), (x, y)], 0.016, GREEN)
        _leaf(pen, (0.5, 0.62), (x + (x - 0.5) * 0.4, y + 0.16), 0.03, darken(GREEN, 0.1))
    for index, (x, y, size) in enumerate(heads):
        colour = (
            look.colour or ((244, 116, 150), (250, 200, 90), (178, 132, 226), (252, 250, 252), (240, 92, 98))[index % 5]
        )
        _petals(pen, x, y, size, size * 0.34, 7, darken(colour, 0.1), index)
        _petals(pen, x, y, size * 0.7, size * 0.28, 7, lighten(colour, 0.2), index + 0.4)
        pen.disc(x, y, size * 0.24, ball((252, 204, 80)))
    pen.blob(
        [
            (0.4, 0.58),
            (0.6, 0.58),
            (0.58, 0.66),
            (0.68, 0.82),
            (0.6, 0.97),
            (0.4, 0.97),
            (0.32, 0.82),
            (0.42, 0.66),
        ],
        ball((116, 166, 206), 0.25),
    )


def mushroom(pen: Pen, look: Look) -> None:
    main = look.pick((220, 62, 60), (232, 92, 72))
    _ground_shadow(pen)
    pen.blob(
        [(0.41, 0.5), (0.59, 0.5), (0.6, 0.8), (0.66, 0.96), (0.5, 0.985), (0.34, 0.96), (0.4, 0.8)],
        lit((252, 242, 224)),
    )
    pen.ellipse(0.5, 0.53, 0.3, 0.06, (238, 216, 190))
    cap = [
        (0.1, 0.5),
        (0.14, 0.3),
        (0.32, 0.12),
        (0.5, 0.08),
        (0.68, 0.12),
        (0.86, 0.3),
        (0.9, 0.5),
        (0.7, 0.55),
        (0.5, 0.52),
        (0.3, 0.55),
    ]
    pen.blob(cap, ball(main, 0.2))
    with pen.within_blob(cap):
        for x, y, size in (
            (0.5, 0.22, 0.075),
            (0.28, 0.34, 0.06),
            (0.72, 0.32, 0.065),
            (0.46, 0.43, 0.045),
            (0.86, 0.46, 0.05),
            (0.14, 0.48, 0.04),
            (0.62, 0.46, 0.03),
        ):
            pen.ellipse(x, y, size, size * 0.85, (255, 250, 242))


LAND = ("meadow", "garden")

SUBJECTS = (
    Subject("tree", "tree,oak,树,樹,大树,大樹,树木", tree, Place.LANDMARK, ("meadow",), 0.82),
    Subject(
        "cherry tree",
        "cherry blossom,cherry tree,sakura,peach blossom,樱花,櫻花,樱花树,樱树,桃花,梅花",
        cherry_tree,
        Place.LANDMARK,
        ("meadow", "lake"),
        0.84,
    ),
    Subject("maple", "maple tree,autumn tree,枫树,楓樹,银杏,銀杏", maple, Place.LANDMARK, ("meadow", "lake"), 0.82),
    Subject(
        "pine", "pine,fir,pine tree,松树,松樹,杉树,松", pine_tree, Place.LANDMARK, ("mountains", "snow field"), 0.8
    ),
    Subject(
        "christmas tree",
        "christmas tree,圣诞树,聖誕樹",
        christmas_tree,
        Place.LANDMARK,
        ("snow field", "room"),
        0.78,
    ),
    Subject("palm", "palm,palm tree,coconut tree,椰子树,椰树,椰樹,棕榈,棕櫚", palm, Place.LANDMARK, ("beach",), 0.78),
    Subject("cactus", "cactus,cacti,仙人掌", cactus, Place.GROUND, ("desert",), 0.64),
    Subject("bamboo", "bamboo,竹,竹子", bamboo, Place.LANDMARK, ("forest", "mountains"), 0.8),
    Subject("sunflower", "sunflower,向日葵", sunflower, Place.GROUND, LAND, 0.74),
    Subject("rose", "rose,玫瑰,玫瑰花,月季,蔷薇,薔薇", rose, Place.GROUND, ("garden", "studio"), 0.72),
    Subject("tulip", "tulip,郁金香,鬱金香", tulip, Place.GROUND, ("garden", "flower field"), 0.72),
    Subject("lotus", "lotus,water lily,荷花,莲花,蓮花,睡莲", lotus, Place.WATER, ("lake",), 0.66),
    Subject(
        "flower",
        "flower,daisy,blossom,lily,orchid,peony,花,花朵,小花,雏菊,雛菊,菊花,牡丹,百合,兰花,蘭花",
        flower,
        Place.GROUND,
        LAND,
        0.7,
    ),
    Subject("bouquet", "bouquet,vase,花束,花瓶,鲜花,鮮花,插花", bouquet, Place.TABLE, ("table", "studio"), 0.7),
    Subject("mushroom", "mushroom,蘑菇", mushroom, Place.GROUND, ("forest", "meadow"), 0.6),
)
