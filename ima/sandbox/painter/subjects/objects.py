"""Things."""

from math import cos, pi, sin

from ima.sandbox.painter.colour import INK, WHITE, Colour, darken, lighten
from ima.sandbox.painter.fills import Fade, Veil, ball, lit
from ima.sandbox.painter.geometry import ellipse
from ima.sandbox.painter.pen import Pen

from .subject import Look, Place, Subject
from .worn import crown as crown_shape
from .worn import hat as hat_shape


def heart(pen: Pen, look: Look) -> None:
    main = look.pick((234, 72, 96), (246, 112, 140))
    pen.glow(0.5, 0.5, 0.7, lighten(main, 0.4), 0.5)
    pen.blob(
        [
            (0.5, 0.28),
            (0.62, 0.15),
            (0.8, 0.13),
            (0.93, 0.28),
            (0.9, 0.5),
            (0.72, 0.74),
            (0.5, 0.92),
            (0.28, 0.74),
            (0.1, 0.5),
            (0.07, 0.28),
            (0.2, 0.13),
            (0.38, 0.15),
        ],
        ball(main, 0.3),
    )
    pen.ellipse(0.26, 0.31, 0.055, 0.1, Veil(WHITE, 0.55), 38)
    pen.ellipse(0.18, 0.45, 0.022, 0.034, Veil(WHITE, 0.5), 20)


def crown(pen: Pen, look: Look) -> None:
    pen.shadow(0.5, 0.9, 0.42, 0.06)
    crown_shape(pen, 0.5, 0.68, 0.4, look.pick((246, 196, 70), (250, 204, 92)))


def hat(pen: Pen, look: Look) -> None:
    pen.shadow(0.5, 0.84, 0.46, 0.06)
    hat_shape(pen, 0.5, 0.66, 0.36, look.pick((206, 62, 70), (72, 118, 196), (150, 106, 76)))


def umbrella(pen: Pen, look: Look) -> None:
    main = look.pick((228, 74, 82), (82, 140, 216), (250, 192, 76), (128, 104, 196))
    pen.stroke([(0.5, 0.08), (0.5, 0.86), (0.45, 0.95), (0.37, 0.94), (0.35, 0.87)], 0.024, lit((122, 84, 66)))
    dome = (
        [(0.04, 0.5)]
        + [(0.5 - 0.46 * cos(pi * step / 20), 0.5 - 0.4 * sin(pi * step / 20)) for step in range(1, 20)]
        + [(0.96, 0.5)]
    )
    scallop: list[tuple[float, float]] = []
    for index in range(5):
        right = 0.96 - index * 0.184
        scallop += [(right - 0.184 * step / 6, 0.5 - 0.045 * sin(pi * step / 6)) for step in range(1, 7)]
    canopy = dome + scallop
    pen.shape(canopy, lit(main, 0.2))
    with pen.within(canopy):
        for index in (1, 3):
            left = 0.04 + index * 0.184
            pen.blob(
                [
                    (0.5, 0.08),
                    (left + 0.184, 0.3 if index < 2 else 0.28),
                    (left + 0.184, 0.52),
                    (left, 0.52),
                    (left, 0.3),
                ],
                Veil(WHITE, 0.22),
            )
    pen.stroke([(0.5, 0.1), (0.5, 0.03)], 0.02, (122, 84, 66))


def balloon(pen: Pen, look: Look) -> None:
    first = look.pick((236, 82, 90), (84, 150, 226), (250, 186, 76))
    others: tuple[Colour, Colour] = ((122, 190, 130), (246, 150, 180))
    for x, y, size, colour in (
        (0.24, 0.38, 0.17, others[0]),
        (0.77, 0.36, 0.17, others[1]),
        (0.5, 0.26, 0.22, first),
    ):
        pen.stroke([(x, y + size * 1.2), ((x + 0.5) / 2, y + size * 1.2 + 0.18), (0.5, 1.0)], 0.007, (150, 140, 150))
        pen.shape([(x - 0.03, y + size * 1.26), (x, y + size * 1.12), (x + 0.03, y + size * 1.26)], darken(colour, 0.1))
        pen.ellipse(x, y, size, size * 1.17, ball(colour, 0.3))
        pen.ellipse(x - size * 0.4, y - size * 0.45, size * 0.13, size * 0.3, Veil(WHITE, 0.55), 26)


def gift(pen: Pen, look: Look) -> None:
    main = look.pick((228, 82, 92), (96, 150, 220), (110, 180, 130))
    ribbon: Colour = (252, 214, 104)
    pen.shadow(0.5, 0.96, 0.44, 0.06)
    pen.box(0.14, 0.44, 0.86, 0.96, lit(main), 0.03)
    pen.box(0.44, 0.44, 0.56, 0.96, lit(ribbon))
    pen.box(0.09, 0.33, 0.91, 0.48, lit(lighten(main, 0.1)), 0.03)
    pen.box(0.44, 0.33, 0.56, 0.48, lit(ribbon))
    for side in (-1, 1):
        pen.blob(
            [(0.5, 0.33), (0.5 + side * 0.14, 0.14), (0.5 + side * 0.27, 0.14), (0.5 + side * 0.26, 0.27)],
            lit(ribbon),
        )
        pen.blob(
            [
                (0.5 + side * 0.05, 0.3),
                (0.5 + side * 0.15, 0.2),
                (0.5 + side * 0.21, 0.2),
                (0.5 + side * 0.18, 0.27),
            ],
            darken(ribbon, 0.25),
        )
    pen.ellipse(0.5, 0.31, 0.06, 0.05, ball(ribbon))


def lantern(pen: Pen, look: Look) -> None:
    main = look.pick((220, 52, 50), (230, 70, 54))
    pen.stroke([(0.5, 0.0), (0.5, 0.16)], 0.012, (140, 100, 60))
    pen.glow(0.5, 0.44, 0.6, (255, 170, 90), 0.6)
    plain = pen.bare()
    plain.ellipse(0.5, 0.44, 0.34, 0.27, ball(main, 0.35))
    for rx in (0.24, 0.12):
        path = [
            (0.5 + rx * cos(pi * step / 20 - pi / 2), 0.44 + 0.268 * sin(pi * step / 20 - pi / 2)) for step in range(21)
        ]
        for side in (-1, 1):
            plain.stroke([(0.5 + side * (x - 0.5), y) for x, y in path], 0.007, (250, 190, 90))
    plain.ellipse(0.5, 0.46, 0.12, 0.12, Veil((255, 220, 130), 0.5))
    for y in (0.165, 0.68):
        plain.box(0.37, y, 0.63, y + 0.045, lit((244, 196, 90)), 0.015)
    for x in (0.44, 0.47, 0.5, 0.53, 0.56):
        plain.stroke([(x, 0.72), (0.5 + (x - 0.5) * 1.3, 0.96)], 0.014, (236, 170, 70), 0.008)


def book(pen: Pen, look: Look) -> None:
    main = look.pick((90, 130, 200), (196, 84, 84), (104, 150, 116))
    pen.shadow(0.5, 0.88, 0.5, 0.06)
    pen.shape([(0.02, 0.36), (0.5, 0.42), (0.98, 0.36), (0.98, 0.84), (0.5, 0.9), (0.02, 0.84)], lit(main))
    for side in (-1, 1):
        pen.blob(
            [
                (0.5, 0.4),
                (0.5 + side * 0.2, 0.32),
                (0.5 + side * 0.44, 0.33),
                (0.5 + side * 0.45, 0.56),
                (0.5 + side * 0.44, 0.8),
                (0.5 + side * 0.2, 0.79),
                (0.5, 0.87),
            ],
            lit((255, 250, 238), 0.05),
        )
        for row in range(6):
            y = 0.44 + row * 0.06
            pen.stroke(
                [(0.5 + side * 0.07, y + 0.02), (0.5 + side * 0.22, y - 0.02), (0.5 + side * 0.38, y - 0.015)],
                0.011,
                Veil((120, 110, 120), 0.5),
            )
    pen.stroke([(0.5, 0.41), (0.5, 0.87)], 0.012, (206, 190, 176))


def guitar(pen: Pen, look: Look) -> None:
    main = look.pick((214, 142, 80), (190, 92, 64))
    pen.shadow(0.5, 0.97, 0.3, 0.04)
    pen.box(0.465, 0.1, 0.535, 0.6, lit((92, 64, 56)))
    pen.box(0.45, 0.0, 0.55, 0.12, lit((92, 64, 56)), 0.02)
    for y in (0.02, 0.055, 0.09):
        for side in (-1, 1):
            pen.disc(0.5 + side * 0.07, y, 0.016, (226, 226, 232))
    pen.blob(
        [
            (0.5, 0.45),
            (0.62, 0.45),
            (0.68, 0.54),
            (0.63, 0.64),
            (0.72, 0.74),
            (0.72, 0.9),
            (0.6, 0.98),
            (0.4, 0.98),
            (0.28, 0.9),
            (0.28, 0.74),
            (0.37, 0.64),
            (0.32, 0.54),
            (0.38, 0.45),
        ],
        ball(main, 0.25),
    )
    pen.disc(0.5, 0.66, 0.075, darken(main, 0.5))
    pen.box(0.42, 0.84, 0.58, 0.87, (92, 64, 56), 0.01)
    for x in (0.48, 0.493, 0.507, 0.52):
        pen.stroke([(x, 0.1), (x, 0.85)], 0.0025, (240, 236, 226))


def camera(pen: Pen, look: Look) -> None:
    main = look.pick((84, 88, 106), (196, 110, 90))
    pen.shadow(0.5, 0.86, 0.46, 0.05)
    pen.box(0.34, 0.22, 0.66, 0.36, lit(lighten(main, 0.1)), 0.05)
    pen.box(0.06, 0.3, 0.94, 0.84, lit(main), 0.08)
    pen.box(0.06, 0.42, 0.94, 0.7, lit(darken(main, 0.3)))
    pen.box(0.74, 0.25, 0.86, 0.31, (226, 84, 84), 0.02)
    pen.disc(0.5, 0.57, 0.23, lit((206, 210, 222), 0.2))
    pen.disc(0.5, 0.57, 0.19, INK)
    pen.disc(0.5, 0.57, 0.145, ball((82, 118, 186), 0.4))
    pen.disc(0.5, 0.57, 0.07, (28, 36, 70))
    pen.disc(0.45, 0.51, 0.032, Veil(WHITE, 0.85))
    pen.disc(0.14, 0.37, 0.03, (255, 240, 180))


def clock(pen: Pen, look: Look) -> None:
    main = look.pick((226, 92, 88), (86, 150, 196))
    pen.shadow(0.5, 0.96, 0.36, 0.05)
    for side in (-1, 1):
        pen.stroke([(0.5 + side * 0.24, 0.8), (0.5 + side * 0.3, 0.95)], 0.05, darken(main, 0.3))
        pen.ellipse(0.5 + side * 0.25, 0.17, 0.13, 0.09, lit(main), side * 40)
    pen.disc(0.5, 0.54, 0.4, ball(main, 0.2))
    pen.disc(0.5, 0.54, 0.33, lit((255, 252, 246), 0.05))
    for hour in range(12):
        angle = pi / 6 * hour
        pen.disc(0.5 + 0.28 * cos(angle), 0.54 + 0.28 * sin(angle), 0.022 if hour % 3 == 0 else 0.012, INK)
    pen.stroke([(0.5, 0.54), (0.38, 0.42)], 0.034, INK)
    pen.stroke([(0.5, 0.54), (0.66, 0.36)], 0.022, INK)
    pen.disc(0.5, 0.54, 0.032, main)


def diamond(pen: Pen, look: Look) -> None:
    main = look.pick((120, 206, 240), (190, 160, 240))
    pen.glow(0.5, 0.5, 0.7, lighten(main, 0.5), 0.6)
    top, girdle = 0.18, 0.4
    xs = (0.06, 0.28, 0.5, 0.72, 0.94)
    pen.shape([(0.24, top), (0.76, top), (0.94, girdle), (0.5, 0.92), (0.06, girdle)], main)
    for points, tone in (
        ([(0.24, top), (0.06, girdle), (xs[1], girdle)], 0.5),
        ([(0.24, top), (0.5, top), (xs[1], girdle)], 0.25),
        ([(0.5, top), (xs[1], girdle), (xs[3], girdle)], 0.65),
        ([(0.5, top), (0.76, top), (xs[3], girdle)], 0.4),
        ([(0.76, top), (0.94, girdle), (xs[3], girdle)], 0.1),
        ([(0.06, girdle), (xs[1], girdle), (0.5, 0.92)], 0.2),
        ([(xs[1], girdle), (xs[3], girdle), (0.5, 0.92)], 0.45),
    ):
        pen.shape(points, lighten(main, tone))
    pen.shape([(xs[3], girdle), (0.94, girdle), (0.5, 0.92)], darken(main, 0.16))


def ball_toy(pen: Pen, look: Look) -> None:
    """A football."""
    pen.shadow(0.5, 0.95, 0.4, 0.06)
    pen.disc(0.5, 0.52, 0.42, ball(look.colour or (250, 250, 252), 0.2))

    with pen.within(ellipse((0.5, 0.52), (0.42, 0.42))):
        pen.star(0.5, 0.52, 0.15, 0.122, INK)
        for index in range(5):
            angle = 2 * pi * index / 5 - pi / 2
            x, y = 0.5 + 0.38 * cos(angle), 0.52 + 0.38 * sin(angle)
            pen.star(x, y, 0.13, 0.105, INK)
            pen.stroke(
                [
                    (0.5 + 0.14 * cos(angle), 0.52 + 0.14 * sin(angle)),
                    (0.5 + 0.28 * cos(angle), 0.52 + 0.28 * sin(angle)),
                ],
                0.012,
                INK,
            )


def lamp(pen: Pen, look: Look) -> None:
    main = look.pick((250, 206, 120), (240, 150, 130))
    pen.shadow(0.5, 0.96, 0.34, 0.05)
    pen.glow(0.5, 0.4, 0.75, (255, 226, 150), 0.7)
    pen.box(0.48, 0.5, 0.52, 0.92, lit((132, 96, 76)))
    pen.ellipse(0.5, 0.93, 0.2, 0.04, lit((132, 96, 76)))
    pen.bare().shape([(0.34, 0.1), (0.66, 0.1), (0.84, 0.54), (0.16, 0.54)], Fade(lighten(main, 0.5), main))
    pen.stroke([(0.6, 0.54), (0.6, 0.66)], 0.008, (132, 96, 76))
    pen.disc(0.6, 0.67, 0.018, (250, 206, 96))


SUBJECTS = (
    Subject(
        "heart",
        "heart,love,valentine,爱心,愛心,心形,红心,紅心,桃心,爱情,愛情,情人节",
        heart,
        Place.SKY,
        ("studio",),
        0.62,
    ),
    Subject("crown", "crown,tiara,皇冠,王冠", crown, Place.TABLE, ("studio",), 0.66),
    Subject("hat", "hat,帽子", hat, Place.TABLE, ("studio", "table"), 0.66),
    Subject("umbrella", "umbrella,parasol,雨伞,雨傘,伞,傘,阳伞", umbrella, Place.GROUND, ("street",), 0.7),
    Subject("balloon", "balloon,气球,氣球", balloon, Place.SKY, ("clouds", "studio"), 0.74),
    Subject("gift", "gift,present,gift box,礼物,禮物,礼盒,禮盒", gift, Place.TABLE, ("studio", "table"), 0.62),
    Subject("lantern", "lantern,灯笼,燈籠,花灯,花燈,孔明灯", lantern, Place.SKY, ("night city", "night sky"), 0.66),
    Subject("book", "book,书,書,书本,書本,小说", book, Place.TABLE, ("table",), 0.68),
    Subject("guitar", "guitar,violin,吉他,小提琴", guitar, Place.GROUND, ("room", "studio"), 0.78),
    Subject("camera", "camera,相机,相機,照相机", camera, Place.TABLE, ("table", "studio"), 0.62),
    Subject(
        "clock",
        "clock,alarm clock,watch,时钟,時鐘,闹钟,鬧鐘,钟表,手表",
        clock,
        Place.TABLE,
        ("table", "studio"),
        0.6,
    ),
    Subject("diamond", "diamond,gem,jewel,crystal,钻石,鑽石,宝石,寶石,水晶", diamond, Place.SKY, ("studio",), 0.6),
    Subject("football", "football,soccer,soccer ball,ball,足球,球", ball_toy, Place.GROUND, ("meadow",), 0.5),
    Subject("lamp", "lamp,台灯,臺燈,灯,燈,灯光", lamp, Place.TABLE, ("table", "room"), 0.66),
)
