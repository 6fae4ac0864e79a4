"""Animals of the water."""

from ima.sandbox.painter.colour import INK, WHITE, Colour, darken, lighten
from ima.sandbox.painter.fills import Veil, ball, lit
from ima.sandbox.painter.pen import Pen

from .parts import SIDES, eye, eyes
from .subject import Head, Look, Place, Subject


def fish(pen: Pen, look: Look) -> None:
    main = look.pick((250, 132, 66), (252, 190, 72), (90, 150, 230), (236, 96, 110))
    fin = darken(main, 0.12)
    pen.blob([(0.7, 0.5), (0.86, 0.3), (0.99, 0.24), (0.94, 0.48), (0.99, 0.74), (0.86, 0.68)], lit(fin, 0.2))
    pen.blob([(0.3, 0.36), (0.44, 0.14), (0.62, 0.18), (0.66, 0.36)], lit(fin, 0.2))
    pen.blob([(0.42, 0.66), (0.5, 0.84), (0.6, 0.8), (0.6, 0.64)], lit(fin, 0.2))
    body = [
        (0.06, 0.5),
        (0.16, 0.36),
        (0.36, 0.27),
        (0.58, 0.32),
        (0.76, 0.46),
        (0.76, 0.54),
        (0.58, 0.67),
        (0.36, 0.73),
        (0.16, 0.64),
    ]
    pen.blob(body, ball(main, 0.22))
    with pen.within_blob(body):
        for x in (0.38, 0.6):
            pen.ellipse(x, 0.5, 0.045, 0.3, (255, 250, 240), 5)
        pen.ellipse(0.36, 0.86, 0.4, 0.2, Veil(lighten(main, 0.6), 0.6))
    pen.blob([(0.42, 0.54), (0.56, 0.52), (0.58, 0.62), (0.48, 0.64)], lit(fin, 0.2))
    eye(pen, 0.21, 0.45, 0.045)
    pen.stroke([(0.075, 0.53), (0.12, 0.56), (0.16, 0.55)], 0.013, darken(main, 0.5))
    for x, y, size in ((0.04, 0.34, 0.024), (0.0, 0.22, 0.017), (0.06, 0.14, 0.012)):
        pen.disc(x, y, size, Veil(WHITE, 0.55))


def whale(pen: Pen, look: Look) -> None:
    main = look.pick((70, 122, 190), (86, 142, 204), (74, 104, 160))
    for side in SIDES:
        pen.stroke(
            [(0.36, 0.3), (0.36 + side * 0.05, 0.16), (0.36 + side * 0.14, 0.14), (0.36 + side * 0.16, 0.2)],
            0.028,
            Veil((206, 236, 255), 0.95),
            0.016,
        )
    pen.blob(
        [
            (0.82, 0.56),
            (0.9, 0.42),
            (0.88, 0.28),
            (0.8, 0.22),
            (0.92, 0.22),
            (0.95, 0.3),
            (1.02, 0.24),
            (1.06, 0.3),
            (0.98, 0.4),
            (0.95, 0.6),
            (0.84, 0.72),
        ],
        lit(main),
    )
    body = [
        (0.05, 0.6),
        (0.1, 0.42),
        (0.28, 0.31),
        (0.5, 0.33),
        (0.7, 0.46),
        (0.9, 0.48),
        (0.95, 0.58),
        (0.86, 0.74),
        (0.62, 0.84),
        (0.3, 0.84),
        (0.1, 0.76),
    ]
    pen.blob(body, ball(main, 0.18))
    with pen.within_blob(body):
        pen.blob(
            [
                (0.0, 0.68),
                (0.2, 0.68),
                (0.44, 0.72),
                (0.66, 0.74),
                (0.86, 0.68),
                (0.7, 0.95),
                (0.2, 0.95),
                (0.0, 0.85),
            ],
            lighten(main, 0.72),
        )
        for y in (0.75, 0.79, 0.83):
            pen.stroke([(0.12, y), (0.34, y + 0.015), (0.6, y + 0.005)], 0.007, Veil(darken(main, 0.1), 0.45))
    pen.blob([(0.42, 0.68), (0.56, 0.7), (0.6, 0.88), (0.48, 0.84)], lit(darken(main, 0.12)))
    pen.stroke([(0.07, 0.65), (0.16, 0.67), (0.24, 0.63)], 0.012, darken(main, 0.45))
    eye(pen, 0.26, 0.57, 0.026)
    pen.ellipse(0.3, 0.64, 0.04, 0.024, Veil((255, 128, 150), 0.45))


def dolphin(pen: Pen, look: Look) -> None:
    main = look.pick((104, 152, 200), (116, 146, 182))
    pen.blob([(0.46, 0.26), (0.58, 0.08), (0.66, 0.1), (0.62, 0.3)], lit(darken(main, 0.1)))
    pen.blob(
        [
            (0.82, 0.66),
            (0.8, 0.86),
            (0.72, 0.98),
            (0.84, 0.92),
            (0.9, 0.84),
            (1.0, 0.84),
            (1.02, 0.78),
            (0.92, 0.72),
            (0.9, 0.6),
        ],
        lit(darken(main, 0.1)),
    )
    body = [
        (0.0, 0.56),
        (0.12, 0.48),
        (0.16, 0.36),
        (0.34, 0.24),
        (0.58, 0.26),
        (0.78, 0.42),
        (0.9, 0.66),
        (0.84, 0.72),
        (0.66, 0.6),
        (0.44, 0.56),
        (0.26, 0.58),
        (0.12, 0.58),
    ]
    pen.blob(body, ball(main, 0.2))
    with pen.within_blob(body):
        pen.blob(
            [(0.0, 0.55), (0.2, 0.52), (0.44, 0.48), (0.66, 0.54), (0.8, 0.7), (0.4, 0.72), (0.1, 0.66)],
            lighten(main, 0.7),
        )
    pen.blob([(0.34, 0.5), (0.46, 0.5), (0.5, 0.7), (0.4, 0.64)], lit(darken(main, 0.16)))
    pen.stroke([(0.01, 0.555), (0.12, 0.525), (0.18, 0.5)], 0.009, darken(main, 0.45))
    eye(pen, 0.225, 0.43, 0.022)


def turtle(pen: Pen, look: Look) -> Head:
    shell = look.pick((92, 142, 84), (150, 112, 72), (70, 132, 112))
    skin: Colour = (166, 202, 116)
    pen.shadow(0.5, 0.93, 0.46, 0.06)
    pen.shape([(0.86, 0.78), (0.99, 0.84), (0.86, 0.86)], skin)
    for x in (0.36, 0.76):
        pen.box(x - 0.075, 0.74, x + 0.075, 0.94, lit(skin), 0.06)
    pen.stroke([(0.34, 0.72), (0.22, 0.66), (0.18, 0.52)], 0.13, lit(skin))
    pen.ellipse(0.17, 0.46, 0.125, 0.115, ball(skin, 0.18))
    dome = [
        (0.26, 0.8),
        (0.28, 0.58),
        (0.42, 0.38),
        (0.6, 0.34),
        (0.78, 0.42),
        (0.9, 0.62),
        (0.92, 0.8),
        (0.6, 0.84),
    ]
    pen.blob(dome, ball(shell, 0.25))
    with pen.within_blob(dome):
        for x, y, size in (
            (0.58, 0.52, 0.1),
            (0.38, 0.6, 0.085),
            (0.78, 0.6, 0.085),
            (0.48, 0.75, 0.07),
            (0.68, 0.75, 0.07),
            (0.88, 0.78, 0.06),
            (0.3, 0.78, 0.06),
        ):
            pen.star(x, y, size, size * 0.87, Veil(darken(shell, 0.35), 0.55), 3)
            pen.star(x, y - 0.006, size * 0.82, size * 0.72, lit(lighten(shell, 0.14)), 3)
    pen.box(0.25, 0.785, 0.93, 0.845, lit(lighten(shell, 0.35)), 0.03)
    eye(pen, 0.135, 0.44, 0.028)
    pen.stroke([(0.06, 0.5), (0.1, 0.525), (0.15, 0.515)], 0.011, darken(skin, 0.5))
    pen.ellipse(0.19, 0.5, 0.035, 0.022, Veil((255, 128, 110), 0.45))
    return Head(0.17, 0.355, 0.22)


def octopus(pen: Pen, look: Look) -> Head:
    main = look.pick((232, 104, 120), (170, 110, 200), (246, 140, 90))
    for index, (x, bend) in enumerate(
        ((0.16, -0.12), (0.29, -0.05), (0.42, -0.02), (0.58, 0.02), (0.71, 0.05), (0.84, 0.12))
    ):
        start = 0.3 + index * 0.08
        pen.stroke(
            [(start, 0.56), (x, 0.78), (x + bend, 0.9), (x + bend * 1.6 + 0.03, 0.86)],
            0.115,
            lit(darken(main, 0.1 * (index % 2))),
            0.04,
        )
        for y in (0.72, 0.8, 0.87):
            pen.disc(x + bend * (y - 0.72) * 3, y, 0.014, Veil(lighten(main, 0.6), 0.8))
    pen.blob(
        [
            (0.5, 0.06),
            (0.7, 0.12),
            (0.79, 0.32),
            (0.72, 0.54),
            (0.6, 0.66),
            (0.4, 0.66),
            (0.28, 0.54),
            (0.21, 0.32),
            (0.3, 0.12),
        ],
        ball(main, 0.2),
    )
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.11, 0.42, 0.062, 0.066, WHITE)
    eyes(pen, 0.425, 0.105, 0.038)
    pen.stroke([(0.45, 0.53), (0.5, 0.555), (0.55, 0.53)], 0.014, darken(main, 0.5))
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.2, 0.5, 0.045, 0.03, Veil((255, 190, 190), 0.5))
    return Head(0.5, 0.07, 0.42)


def crab(pen: Pen, look: Look) -> None:
    main = look.pick((232, 84, 66), (240, 112, 70))
    pen.shadow(0.5, 0.86, 0.44, 0.05)
    for side in SIDES:
        for y, reach in ((0.66, 0.44), (0.72, 0.42), (0.78, 0.37)):
            pen.stroke(
                [
                    (0.5 + side * 0.2, y - 0.04),
                    (0.5 + side * reach * 0.85, y - 0.05),
                    (0.5 + side * reach, y + 0.09),
                ],
                0.036,
                lit(darken(main, 0.1)),
                0.015,
            )
        pen.stroke([(0.5 + side * 0.22, 0.56), (0.5 + side * 0.36, 0.5), (0.5 + side * 0.36, 0.4)], 0.055, lit(main))
        pen.blob(
            [
                (0.5 + side * x, y)
                for x, y in (
                    (0.32, 0.4),
                    (0.26, 0.26),
                    (0.34, 0.16),
                    (0.37, 0.27),
                    (0.43, 0.17),
                    (0.48, 0.28),
                    (0.43, 0.4),
                )
            ],
            lit(main),
        )
        pen.stroke([(0.5 + side * 0.09, 0.5), (0.5 + side * 0.1, 0.38)], 0.024, main)
    pen.blob(
        [(0.5, 0.46), (0.7, 0.5), (0.77, 0.64), (0.68, 0.78), (0.5, 0.82), (0.32, 0.78), (0.23, 0.64), (0.3, 0.5)],
        ball(main, 0.2),
    )
    for side in SIDES:
        pen.disc(0.5 + side * 0.1, 0.365, 0.046, WHITE)
        pen.disc(0.5 + side * 0.095, 0.365, 0.026, INK)
    pen.stroke([(0.43, 0.65), (0.5, 0.69), (0.57, 0.65)], 0.016, darken(main, 0.5))


SUBJECTS = (
    Subject(
        "fish",
        "fish,goldfish,clownfish,koi,carp,鱼,魚,金鱼,金魚,锦鲤,錦鯉,小丑鱼,热带鱼",
        fish,
        Place.DEEP,
        ("underwater",),
    ),
    Subject("whale", "whale,鲸鱼,鯨魚,鲸,鯨,蓝鲸,藍鯨", whale, Place.DEEP, ("underwater", "sea"), 0.74),
    Subject("dolphin", "dolphin,shark,海豚,鲨鱼,鯊魚", dolphin, Place.DEEP, ("underwater", "sea"), 0.68),
    Subject("turtle", "turtle,tortoise,乌龟,烏龜,龟,龜,海龟,海龜", turtle, Place.GROUND, ("beach", "meadow"), 0.6),
    Subject("octopus", "octopus,squid,章鱼,章魚,八爪鱼,八爪魚,鱿鱼", octopus, Place.DEEP, ("underwater",)),
    Subject("crab", "crab,lobster,螃蟹,蟹,龙虾,龍蝦", crab, Place.GROUND, ("beach",), 0.56),
)
