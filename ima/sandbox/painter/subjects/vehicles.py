"""What carries people about."""

from math import cos, pi, sin

from ima.sandbox.painter.colour import INK, WHITE, Colour, darken, lighten
from ima.sandbox.painter.fills import Fade, Fill, Veil, ball, lit
from ima.sandbox.painter.geometry import Point
from ima.sandbox.painter.pen import Pen

from .subject import Head, Look, Place, Subject

RUBBER: Colour = (54, 52, 64)
GLASS: Fill = Fade((206, 236, 250), (132, 184, 218))


def _wheel(pen: Pen, x: float, y: float, radius: float) -> None:
    pen.disc(x, y, radius, RUBBER)
    pen.disc(x, y, radius * 0.6, lit((206, 210, 220), 0.2))
    pen.disc(x, y, radius * 0.24, (120, 124, 138))


def car(pen: Pen, look: Look) -> None:
    main = look.pick((226, 76, 70), (70, 138, 210), (250, 196, 74), (96, 182, 150))
    pen.shadow(0.5, 0.9, 0.52, 0.05, 0.55)
    pen.blob([(0.22, 0.56), (0.3, 0.36), (0.42, 0.3), (0.6, 0.3), (0.7, 0.36), (0.82, 0.56)], lit(main, 0.2))
    pen.blob([(0.275, 0.55), (0.335, 0.395), (0.42, 0.355), (0.485, 0.355), (0.485, 0.55)], GLASS)
    pen.blob([(0.52, 0.55), (0.52, 0.355), (0.6, 0.355), (0.67, 0.395), (0.75, 0.55)], GLASS)
    pen.shape([(0.36, 0.54), (0.42, 0.37), (0.45, 0.37), (0.39, 0.54)], Veil(WHITE, 0.4))
    pen.blob(
        [
            (0.03, 0.7),
            (0.05, 0.58),
            (0.2, 0.54),
            (0.5, 0.53),
            (0.82, 0.54),
            (0.95, 0.6),
            (0.98, 0.72),
            (0.95, 0.8),
            (0.5, 0.82),
            (0.06, 0.8),
        ],
        lit(main, 0.2),
    )
    pen.box(0.03, 0.745, 0.975, 0.785, lit(darken(main, 0.3)), 0.015)
    pen.stroke([(0.505, 0.56), (0.505, 0.74)], 0.006, darken(main, 0.3))
    pen.box(0.53, 0.6, 0.59, 0.617, lighten(main, 0.5), 0.008)
    pen.glow(0.96, 0.64, 0.1, (255, 240, 180), 0.5)
    pen.ellipse(0.945, 0.64, 0.03, 0.032, (255, 246, 200))
    pen.ellipse(0.055, 0.635, 0.02, 0.034, (206, 52, 62))
    for x in (0.25, 0.76):
        pen.disc(x, 0.79, 0.12, darken(main, 0.5))
        _wheel(pen, x, 0.8, 0.102)


def bus(pen: Pen, look: Look) -> None:
    main = look.pick((250, 186, 60), (226, 84, 74), (82, 158, 200))
    pen.shadow(0.5, 0.92, 0.52, 0.05, 0.55)
    pen.box(0.02, 0.24, 0.98, 0.84, lit(main, 0.16), 0.07)
    pen.box(0.02, 0.62, 0.98, 0.67, WHITE)
    for index in range(4):
        left = 0.07 + index * 0.19
        pen.box(left, 0.32, left + 0.16, 0.54, GLASS, 0.025)
    pen.box(0.84, 0.32, 0.96, 0.8, GLASS, 0.025)
    pen.box(0.897, 0.32, 0.903, 0.8, darken(main, 0.3))
    pen.ellipse(0.97, 0.73, 0.02, 0.03, (255, 246, 200))
    for x in (0.24, 0.72):
        _wheel(pen, x, 0.83, 0.095)


def train(pen: Pen, look: Look) -> None:
    """A steam engine with its first carriage."""
    main = look.pick((196, 62, 62), (60, 124, 110), (62, 98, 160))
    pen.box(-0.6, 0.925, 1.6, 0.945, (120, 112, 120))
    for index in range(24):
        pen.box(-0.58 + index * 0.09, 0.94, -0.54 + index * 0.09, 0.965, (132, 96, 78))
    for x, y, size in ((0.8, 0.14, 0.055), (0.74, 0.06, 0.075), (0.64, 0.0, 0.095), (0.5, -0.04, 0.11)):
        pen.disc(x, y, size, Veil((250, 250, 252), 0.75))
    pen.box(-0.56, 0.46, 0.06, 0.84, lit(darken(main, 0.1)), 0.02)
    pen.box(-0.58, 0.42, 0.08, 0.48, lit((74, 70, 88)), 0.02)
    for left in (-0.5, -0.32, -0.14):
        pen.box(left, 0.54, left + 0.13, 0.68, (255, 232, 160), 0.012)
    pen.box(0.06, 0.78, 0.14, 0.82, INK)
    pen.box(0.12, 0.34, 0.44, 0.84, lit(main, 0.16), 0.015)
    pen.box(0.09, 0.27, 0.47, 0.35, lit((74, 70, 88)), 0.03)
    pen.box(0.17, 0.42, 0.39, 0.6, (255, 232, 160), 0.015)
    pen.box(0.4, 0.5, 0.9, 0.8, lit(darken(main, 0.04), 0.26), 0.08)
    for x in (0.52, 0.66, 0.8):
        pen.box(x, 0.5, x + 0.018, 0.8, (240, 196, 92))
    pen.shape([(0.74, 0.5), (0.72, 0.24), (0.69, 0.2), (0.87, 0.2), (0.84, 0.24), (0.82, 0.5)], lit((74, 70, 88), 0.2))
    pen.ellipse(0.58, 0.49, 0.06, 0.055, lit((240, 196, 92)))
    pen.disc(0.9, 0.64, 0.075, ball((92, 90, 106)))
    pen.glow(0.93, 0.6, 0.14, (255, 240, 170), 0.7)
    pen.disc(0.93, 0.58, 0.034, (255, 244, 196))
    pen.shape([(0.86, 0.8), (1.0, 0.9), (0.86, 0.91)], lit((206, 70, 66)))
    pen.box(0.12, 0.78, 0.92, 0.84, lit((74, 70, 88)), 0.01)
    for x, radius in ((0.24, 0.105), (0.48, 0.085), (0.67, 0.085), (-0.06, 0.075), (-0.44, 0.075)):
        y = 0.925 - radius
        pen.disc(x, y, radius, RUBBER)
        pen.disc(x, y, radius * 0.74, lit((214, 84, 76)))
        for spoke in range(4):
            angle = pi / 4 * spoke
            pen.stroke(
                [
                    (x - radius * 0.74 * cos(angle), y - radius * 0.74 * sin(angle)),
                    (x + radius * 0.74 * cos(angle), y + radius * 0.74 * sin(angle)),
                ],
                0.01,
                RUBBER,
            )
        pen.disc(x, y, radius * 0.22, (240, 196, 92))
    pen.stroke([(0.24, 0.83), (0.67, 0.84)], 0.024, lit((206, 210, 220)))


def bicycle(pen: Pen, look: Look) -> None:
    main = look.pick((226, 82, 78), (62, 148, 160), (246, 178, 70))
    pen.shadow(0.5, 0.95, 0.5, 0.035)
    for x in (0.22, 0.78):
        for fill, outer, inner in ((RUBBER, 0.2, 0.172),):
            rim: list[Point] = [
                (x + outer * cos(pi * step / 24), 0.74 + outer * sin(pi * step / 24)) for step in range(49)
            ]
            pen.stroke(rim, outer - inner, fill)
        for spoke in range(8):
            angle = pi / 8 * spoke
            pen.stroke(
                [
                    (x - 0.18 * cos(angle), 0.74 - 0.18 * sin(angle)),
                    (x + 0.18 * cos(angle), 0.74 + 0.18 * sin(angle)),
                ],
                0.005,
                (206, 210, 220),
            )
        pen.disc(x, 0.74, 0.024, (120, 124, 138))
    for path in (
        [(0.22, 0.74), (0.47, 0.74)],
        [(0.22, 0.74), (0.4, 0.46)],
        [(0.38, 0.4), (0.47, 0.74)],
        [(0.4, 0.46), (0.68, 0.46)],
        [(0.47, 0.74), (0.7, 0.5)],
        [(0.66, 0.38), (0.78, 0.74)],
    ):
        pen.stroke(path, 0.03, lit(main))
    pen.stroke([(0.66, 0.4), (0.64, 0.3), (0.74, 0.27), (0.78, 0.31)], 0.026, lit((110, 112, 126)))
    pen.stroke([(0.78, 0.31), (0.74, 0.34)], 0.036, lit((126, 82, 64)))
    pen.blob([(0.28, 0.37), (0.36, 0.35), (0.48, 0.38), (0.38, 0.41), (0.3, 0.42)], lit((126, 82, 64)))
    pen.disc(0.47, 0.74, 0.055, lit((160, 164, 176)))
    pen.stroke([(0.47, 0.74), (0.52, 0.85), (0.57, 0.85)], 0.022, RUBBER)
    pen.box(0.72, 0.4, 0.94, 0.56, lit((214, 166, 108)), 0.03)
    for x, colour in ((0.77, (240, 110, 130)), (0.83, (250, 206, 96)), (0.89, (178, 132, 226))):
        pen.disc(x, 0.385, 0.036, colour)
        pen.disc(x, 0.385, 0.014, WHITE)


def rocket(pen: Pen, look: Look) -> None:
    main = look.pick((232, 82, 76), (76, 140, 220), (246, 160, 70))
    pen.glow(0.5, 0.86, 0.3, (255, 190, 90), 0.7)
    plain = pen.bare()
    plain.blob([(0.4, 0.74), (0.36, 0.86), (0.5, 1.06), (0.64, 0.86), (0.6, 0.74)], Fade((255, 210, 90), (240, 96, 50)))
    plain.blob([(0.44, 0.74), (0.43, 0.82), (0.5, 0.95), (0.57, 0.82), (0.56, 0.74)], (255, 246, 200))
    for side in (-1, 1):
        pen.blob(
            [(0.5 + side * x, y) for x, y in ((0.14, 0.5), (0.28, 0.64), (0.31, 0.82), (0.16, 0.74))],
            lit(main, 0.16),
        )
    pen.box(0.42, 0.7, 0.58, 0.765, lit((94, 100, 124)), 0.02)
    hull = [
        (0.5, 0.0),
        (0.62, 0.14),
        (0.68, 0.36),
        (0.66, 0.58),
        (0.6, 0.72),
        (0.4, 0.72),
        (0.34, 0.58),
        (0.32, 0.36),
        (0.38, 0.14),
    ]
    pen.blob(hull, Fade((255, 255, 255), (190, 200, 222), sideways=True))
    with pen.within_blob(hull):
        pen.box(0.2, -0.05, 0.8, 0.185, lit(main, 0.16))
        pen.box(0.2, 0.6, 0.8, 0.65, main)
        pen.box(0.58, -0.05, 0.8, 0.8, Veil((40, 40, 90), 0.16))
    pen.disc(0.5, 0.35, 0.1, lit((94, 100, 124)))
    pen.disc(0.5, 0.35, 0.075, ball((110, 190, 232), 0.35))
    pen.stroke([(0.46, 0.34), (0.49, 0.3)], 0.016, Veil(WHITE, 0.8))
    pen.blob([(0.47, 0.5), (0.53, 0.5), (0.54, 0.76), (0.5, 0.82), (0.46, 0.76)], lit(darken(main, 0.1)))


def plane(pen: Pen, look: Look) -> None:
    main = look.pick((90, 150, 222), (236, 110, 90), (246, 184, 76))
    pen.blob([(0.1, 0.48), (0.02, 0.24), (0.12, 0.24), (0.26, 0.46)], lit(main))
    pen.shape([(0.44, 0.48), (0.34, 0.2), (0.42, 0.2), (0.64, 0.48)], lit(darken(main, 0.16)))
    body = [
        (0.04, 0.48),
        (0.2, 0.42),
        (0.7, 0.4),
        (0.9, 0.46),
        (0.99, 0.54),
        (0.9, 0.61),
        (0.6, 0.64),
        (0.24, 0.6),
        (0.08, 0.54),
    ]
    pen.blob(body, lit((250, 250, 252), 0.08))
    with pen.within_blob(body):
        pen.box(0, 0.57, 1, 0.7, main)
    for index in range(7):
        pen.disc(0.28 + index * 0.075, 0.5, 0.018, (92, 142, 190))
    pen.blob([(0.85, 0.46), (0.92, 0.48), (0.95, 0.52), (0.86, 0.52)], (92, 142, 190))
    pen.shape([(0.4, 0.56), (0.62, 0.56), (0.38, 0.86), (0.28, 0.86)], lit(main, 0.2))
    pen.ellipse(0.47, 0.71, 0.06, 0.032, lit((110, 116, 136)))


def hot_air_balloon(pen: Pen, look: Look) -> None:
    first = look.pick((236, 96, 88), (82, 148, 220), (250, 176, 76), (150, 110, 206))
    second = lighten(first, 0.75)
    for x in (0.42, 0.47, 0.53, 0.58):
        pen.stroke([(0.5 + (x - 0.5) * 2.2, 0.66), (x, 0.86)], 0.007, (140, 110, 90))
    pen.box(0.415, 0.85, 0.585, 0.985, lit((186, 132, 84), 0.16), 0.025)
    pen.box(0.4, 0.84, 0.6, 0.87, lit((146, 98, 66)), 0.015)
    bag = [
        (0.5, 0.0),
        (0.68, 0.05),
        (0.82, 0.2),
        (0.83, 0.38),
        (0.72, 0.56),
        (0.6, 0.7),
        (0.4, 0.7),
        (0.28, 0.56),
        (0.17, 0.38),
        (0.18, 0.2),
        (0.32, 0.05),
    ]
    pen.blob(bag, first)
    with pen.within_blob(bag):
        for index, half in enumerate((0.27, 0.19, 0.075)):
            colour = second if index % 2 == 0 else first
            pen.blob(
                [
                    (0.5, -0.03),
                    (0.5 + half * 1.02, 0.16),
                    (0.5 + half * 1.05, 0.34),
                    (0.5 + half * 0.4, 0.72),
                    (0.5 - half * 0.4, 0.72),
                    (0.5 - half * 1.05, 0.34),
                    (0.5 - half * 1.02, 0.16),
                ],
                colour,
            )
        pen.box(0.1, 0.0, 0.9, 0.75, Fade((20, 20, 60), (20, 20, 60), 0, 0.24, sideways=True))
        pen.ellipse(0.34, 0.2, 0.1, 0.16, Veil(WHITE, 0.28), 24)
    pen.box(0.42, 0.685, 0.58, 0.71, darken(first, 0.25), 0.01)


def sailing_boat(pen: Pen, look: Look) -> None:
    main = look.pick((178, 84, 66), (62, 104, 160), (150, 100, 72))
    pen.ellipse(0.5, 0.95, 0.5, 0.03, Veil(WHITE, 0.3))
    pen.box(0.485, 0.04, 0.51, 0.76, lit((128, 88, 66)))
    pen.blob(
        [(0.53, 0.1), (0.66, 0.3), (0.78, 0.5), (0.88, 0.66), (0.7, 0.68), (0.53, 0.68), (0.55, 0.4)],
        lit((255, 252, 242), 0.06),
    )
    pen.blob(
        [(0.465, 0.16), (0.36, 0.36), (0.18, 0.64), (0.32, 0.67), (0.465, 0.67), (0.45, 0.42)],
        lit((250, 226, 190) if look.colour is None else lighten(main, 0.5), 0.08),
    )
    pen.shape([(0.51, 0.04), (0.66, 0.075), (0.51, 0.115)], lit((232, 84, 80)))
    pen.stroke([(0.55, 0.5), (0.7, 0.52), (0.8, 0.51)], 0.01, Veil((200, 160, 120), 0.5))
    hull = [(0.05, 0.74), (0.95, 0.74), (0.86, 0.88), (0.76, 0.955), (0.26, 0.955), (0.14, 0.88)]
    pen.shape(hull, lit(main, 0.16))
    with pen.within(hull):
        pen.box(0, 0.74, 1, 0.785, (255, 246, 230))
        pen.box(0, 0.9, 1, 1, Veil((20, 20, 60), 0.25))
    for x in (0.34, 0.5, 0.66):
        pen.disc(x, 0.835, 0.026, lit((250, 214, 130)))
    pen.blob(
        [(-0.02, 0.97), (0.2, 0.93), (0.4, 0.965), (0.6, 0.93), (0.8, 0.965), (1.02, 0.94), (0.9, 1.0), (0.1, 1.0)],
        Veil((224, 242, 252), 0.75),
    )


def ufo(pen: Pen, look: Look) -> None:
    main = look.pick((150, 162, 190), (170, 150, 206))
    pen.shape([(0.34, 0.56), (0.66, 0.56), (0.92, 1.06), (0.08, 1.06)], Fade((170, 255, 214), (170, 255, 214), 0.6, 0))
    pen.ellipse(0.5, 0.36, 0.22, 0.2, Fade((200, 244, 255), (126, 190, 226)))
    pen.ellipse(0.5, 0.38, 0.085, 0.1, (124, 206, 122))
    for side in (-1, 1):
        pen.ellipse(0.5 + side * 0.034, 0.37, 0.024, 0.034, INK, side * 16)
    pen.ellipse(0.42, 0.27, 0.04, 0.06, Veil(WHITE, 0.5), 30)
    pen.ellipse(0.5, 0.53, 0.46, 0.12, lit(main, 0.3))
    pen.ellipse(0.5, 0.485, 0.26, 0.05, darken(main, 0.25))
    pen.ellipse(0.5, 0.6, 0.2, 0.045, (206, 255, 226))
    for index in range(6):
        x = 0.14 + index * 0.144
        y = 0.56 + 0.03 * sin(pi * index / 5)
        pen.glow(x, y, 0.06, (255, 230, 120), 0.7)
        pen.disc(x, y, 0.021, (255, 238, 150))


def astronaut(pen: Pen, look: Look) -> Head:
    suit = look.pick((244, 246, 250), (250, 244, 236))
    grey, orange = (168, 176, 196), (246, 148, 66)
    pen.box(0.27, 0.42, 0.73, 0.78, lit(grey), 0.08)
    for side in (-1, 1):
        pen.stroke([(0.5 + side * 0.1, 0.74), (0.5 + side * 0.15, 0.88)], 0.135, lit(suit))
        pen.box(0.5 + side * 0.16 - 0.085, 0.87, 0.5 + side * 0.16 + 0.085, 0.97, lit(grey), 0.045)
        high = side > 0
        path = [
            (0.5 + side * 0.16, 0.52),
            (0.5 + side * 0.3, 0.5 if high else 0.62),
            (0.5 + side * 0.36, 0.36 if high else 0.72),
        ]
        pen.stroke(path, 0.115, lit(suit))
        pen.disc(path[-1][0], path[-1][1], 0.066, lit(orange))
    pen.blob([(0.36, 0.46), (0.64, 0.46), (0.69, 0.62), (0.66, 0.8), (0.5, 0.83), (0.34, 0.8), (0.31, 0.62)], lit(suit))
    pen.box(0.4, 0.56, 0.6, 0.69, lit(grey), 0.025)
    for index, colour in enumerate(((236, 84, 84), (250, 206, 92), (96, 178, 226))):
        pen.disc(0.44 + index * 0.06, 0.6, 0.016, colour)
    pen.box(0.43, 0.64, 0.57, 0.665, (82, 90, 116), 0.01)
    pen.disc(0.5, 0.27, 0.235, ball(suit, 0.14))
    pen.blob(
        [
            (0.5, 0.12),
            (0.65, 0.16),
            (0.69, 0.29),
            (0.62, 0.41),
            (0.5, 0.435),
            (0.38, 0.41),
            (0.31, 0.29),
            (0.35, 0.16),
        ],
        grey,
    )
    visor = [
        (0.5, 0.14),
        (0.635, 0.175),
        (0.67, 0.29),
        (0.605, 0.395),
        (0.5, 0.415),
        (0.395, 0.395),
        (0.33, 0.29),
        (0.365, 0.175),
    ]
    pen.blob(visor, Fade((60, 74, 140), (28, 30, 66)))
    with pen.within_blob(visor):
        pen.ellipse(0.55, 0.42, 0.2, 0.08, Veil((246, 148, 100), 0.5))
        pen.ellipse(0.42, 0.2, 0.06, 0.035, Veil(WHITE, 0.7), -30)
        pen.disc(0.58, 0.24, 0.014, WHITE)
    for side in (-1, 1):
        pen.box(0.5 + side * 0.235 - 0.028, 0.23, 0.5 + side * 0.235 + 0.028, 0.33, lit(orange), 0.02)
    return Head(0.5, 0.05, 0.42)


SUBJECTS = (
    Subject(
        "car",
        "car,automobile,taxi,sports car,truck,jeep,汽车,汽車,车,車,轿车,轎車,跑车,跑車,小车,卡车,卡車",
        car,
        Place.GROUND,
        ("street", "city"),
        0.78,
    ),
    Subject("bus", "bus,buses,公交车,公車,巴士,大巴,校车", bus, Place.GROUND, ("street", "city"), 0.82),
    Subject(
        "train",
        "train,locomotive,railway,火车,火車,列车,列車,高铁,高鐵,地铁",
        train,
        Place.GROUND,
        ("meadow", "mountains", "flower field"),
        0.72,
    ),
    Subject(
        "bicycle",
        "bicycle,bike,cycle,自行车,自行車,单车,單車,脚踏车,腳踏車",
        bicycle,
        Place.GROUND,
        ("street", "meadow", "garden"),
        0.74,
    ),
    Subject(
        "rocket", "rocket,spaceship,spacecraft,火箭,飞船,飛船,太空船,宇宙飞船", rocket, Place.SKY, ("space",), 0.72
    ),
    Subject("plane", "plane,airplane,aeroplane,aircraft,jet,飞机,飛機,客机", plane, Place.SKY, ("clouds",), 0.72),
    Subject(
        "hot-air balloon",
        "hot-air balloon,hot air balloon,热气球,熱氣球",
        hot_air_balloon,
        Place.SKY,
        ("clouds", "mountains", "meadow"),
        0.74,
    ),
    Subject(
        "boat",
        "boat,ship,sailboat,sailing ship,yacht,帆船,船,小船,轮船,輪船,游艇",
        sailing_boat,
        Place.WATER,
        ("sea",),
        0.72,
    ),
    Subject("ufo", "ufo,flying saucer,alien,飞碟,飛碟,外星人", ufo, Place.SKY, ("space", "meadow"), 0.72),
    Subject(
        "astronaut",
        "astronaut,cosmonaut,spaceman,宇航员,太空人,航天员,宇航員",
        astronaut,
        Place.GROUND,
        ("space",),
        0.7,
    ),
)
