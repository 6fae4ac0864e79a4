"""What is on the table."""

from math import cos, pi, sin

from ima.sandbox.painter.colour import INK, WHITE, Colour, darken, lighten
from ima.sandbox.painter.fills import Fade, Veil, ball, lit
from ima.sandbox.painter.pen import Pen

from .subject import Look, Place, Subject

CREAM: Colour = (255, 246, 232)


def berry(pen: Pen, x: float, y: float, size: float, colour: Colour = (230, 54, 66)) -> None:
    """A strawberry; ``y`` is its middle."""
    points = (
        (0, -0.75),
        (0.62, -0.72),
        (0.86, -0.25),
        (0.5, 0.5),
        (0, 0.95),
        (-0.5, 0.5),
        (-0.86, -0.25),
        (-0.62, -0.72),
    )
    pen.blob([(x + dx * size, y + dy * size) for dx, dy in points], ball(colour, 0.25))
    for dx, dy in ((-0.4, -0.3), (0.05, -0.35), (0.48, -0.28), (-0.22, 0.08), (0.26, 0.08), (0.02, 0.42)):
        pen.ellipse(x + dx * size, y + dy * size, size * 0.06, size * 0.1, (255, 226, 140))
    for angle in (-2.6, -2.1, -1.57, -1.04, -0.54):
        tip = (x + cos(angle) * size * 0.85, y - size * 0.55 + sin(angle) * size * 0.36)
        pen.stroke([(x, y - size * 0.68), tip], size * 0.26, lit((96, 164, 82)), size * 0.04)


def cake(pen: Pen, look: Look) -> None:
    main = look.pick((250, 168, 190), CREAM, (150, 98, 72))
    pen.shadow(0.5, 0.95, 0.46, 0.06)
    pen.ellipse(0.5, 0.91, 0.44, 0.06, lit((236, 238, 246)))
    pen.ellipse(0.5, 0.9, 0.38, 0.045, (214, 218, 230))
    sponge: Colour = (246, 206, 136)
    for left, top, right, bottom in ((0.16, 0.6, 0.84, 0.9), (0.27, 0.36, 0.73, 0.62)):
        middle, half = (left + right) / 2, (right - left) / 2
        pen.ellipse(middle, bottom - 0.02, half, 0.045, lit(sponge))
        pen.box(left, top, right, bottom - 0.02, Fade(lighten(sponge, 0.2), darken(sponge, 0.12), sideways=True))
        pen.box(left, (top + bottom) / 2 - 0.012, right, (top + bottom) / 2 + 0.022, CREAM)
        drops = (
            [(left, top)]
            + [(left + (right - left) * index / 10, top + (0.1 if index % 2 else 0.045)) for index in range(11)]
            + [(right, top)]
        )
        pen.blob(drops, lit(main, 0.08))
        pen.ellipse(middle, top, half, 0.05, lighten(main, 0.25))
    for index in range(7):
        pen.disc(0.2 + index * 0.1, 0.86, 0.028, ball(CREAM, 0.1))
    for x in (0.22, 0.78):
        berry(pen, x, 0.55, 0.055)
    for x in (0.36, 0.64):
        pen.disc(x, 0.335, 0.045, ball(CREAM, 0.1))
        berry(pen, x, 0.29, 0.062)
    pen.disc(0.5, 0.34, 0.05, ball(CREAM, 0.1))
    pen.box(0.485, 0.14, 0.515, 0.33, lit((122, 190, 226)))
    for y in (0.18, 0.23, 0.28):
        pen.stroke([(0.485, y + 0.015), (0.515, y)], 0.01, WHITE)
    pen.glow(0.5, 0.1, 0.13, (255, 214, 120), 0.8)
    pen.bare().blob([(0.5, 0.03), (0.525, 0.09), (0.5, 0.135), (0.475, 0.09)], (255, 190, 70))


def coffee(pen: Pen, look: Look) -> None:
    main = look.pick((250, 248, 242), (232, 112, 92), (96, 160, 176))
    pen.shadow(0.5, 0.94, 0.46, 0.06)
    pen.ellipse(0.48, 0.9, 0.42, 0.065, lit(darken(main, 0.06), 0.1))
    pen.ellipse(0.48, 0.89, 0.3, 0.036, darken(main, 0.16))
    ring = [
        (0.7 + 0.13 * cos(pi * step / 12 - pi / 2), 0.62 + 0.14 * sin(pi * step / 12 - pi / 2)) for step in range(13)
    ]
    pen.stroke(ring, 0.055, lit(darken(main, 0.06)))
    pen.blob(
        [(0.18, 0.42), (0.78, 0.42), (0.76, 0.64), (0.66, 0.84), (0.48, 0.89), (0.3, 0.84), (0.2, 0.64)],
        Fade(lighten(main, 0.15), darken(main, 0.14), sideways=True),
    )
    pen.ellipse(0.48, 0.43, 0.3, 0.075, lighten(main, 0.2))
    pen.ellipse(0.48, 0.435, 0.27, 0.06, (112, 70, 48))
    pen.ellipse(0.48, 0.44, 0.22, 0.046, (166, 112, 74))
    pen.blob(
        [
            (0.48, 0.478),
            (0.4, 0.445),
            (0.4, 0.418),
            (0.44, 0.41),
            (0.48, 0.425),
            (0.52, 0.41),
            (0.56, 0.418),
            (0.56, 0.445),
        ],
        (252, 238, 214),
    )
    for dx, sway in ((-0.12, 0.04), (0.0, -0.04), (0.12, 0.04)):
        pen.stroke(
            [(0.48 + dx, 0.34), (0.48 + dx + sway, 0.25), (0.48 + dx - sway, 0.15), (0.48 + dx, 0.06)],
            0.03,
            Veil(WHITE, 0.4),
            0.008,
        )
    pen.ellipse(0.28, 0.62, 0.025, 0.11, Veil(WHITE, 0.4), 6)


def apple(pen: Pen, look: Look) -> None:
    main = look.pick((220, 56, 58), (232, 74, 66), (140, 190, 80))
    pen.shadow(0.5, 0.94, 0.4, 0.06)
    pen.blob(
        [
            (0.5, 0.28),
            (0.64, 0.22),
            (0.82, 0.3),
            (0.87, 0.54),
            (0.76, 0.82),
            (0.6, 0.94),
            (0.5, 0.91),
            (0.4, 0.94),
            (0.24, 0.82),
            (0.13, 0.54),
            (0.18, 0.3),
            (0.36, 0.22),
        ],
        ball(main, 0.3),
    )
    pen.ellipse(0.5, 0.29, 0.09, 0.03, darken(main, 0.3))
    pen.stroke([(0.5, 0.3), (0.51, 0.2), (0.56, 0.1)], 0.034, lit((112, 78, 58)), 0.026)
    pen.blob([(0.53, 0.2), (0.62, 0.08), (0.78, 0.06), (0.74, 0.18), (0.63, 0.23)], lit((104, 172, 84)))
    pen.ellipse(0.29, 0.44, 0.05, 0.11, Veil(WHITE, 0.45), 20)


def orange(pen: Pen, look: Look) -> None:
    main = look.pick((248, 156, 52), (250, 166, 60))
    pen.shadow(0.5, 0.94, 0.4, 0.06)
    pen.ellipse(0.44, 0.58, 0.34, 0.34, ball(main, 0.28))
    for _ in range(26):
        angle, reach = look.dice.uniform(0, 2 * pi), 0.3 * look.dice.random() ** 0.5
        pen.disc(0.44 + reach * cos(angle), 0.58 + reach * sin(angle), 0.007, Veil(darken(main, 0.25), 0.4))
    pen.stroke([(0.44, 0.26), (0.46, 0.2)], 0.03, (112, 90, 58))
    pen.blob([(0.46, 0.25), (0.54, 0.12), (0.72, 0.1), (0.68, 0.22), (0.56, 0.28)], lit((96, 166, 84)))
    pen.disc(0.76, 0.74, 0.2, lit(main))
    pen.disc(0.76, 0.74, 0.175, (255, 240, 210))
    for index in range(8):
        angle = pi / 4 * index
        a, b = angle - 0.32, angle + 0.32
        pen.blob(
            [
                (0.76 + 0.03 * cos(angle), 0.74 + 0.03 * sin(angle)),
                (0.76 + 0.155 * cos(a), 0.74 + 0.155 * sin(a)),
                (0.76 + 0.16 * cos(angle), 0.74 + 0.16 * sin(angle)),
                (0.76 + 0.155 * cos(b), 0.74 + 0.155 * sin(b)),
            ],
            lit(lighten(main, 0.15)),
        )


def banana(pen: Pen, look: Look) -> None:
    main = look.pick((252, 212, 70), (250, 204, 62))
    pen.shadow(0.5, 0.9, 0.44, 0.06)
    for shift, tone in ((-0.1, darken(main, 0.12)), (0.02, main)):
        pen.blob(
            [
                (0.8, 0.1 + shift * 0.3),
                (0.88, 0.14),
                (0.9, 0.4 + shift),
                (0.76, 0.68 + shift),
                (0.48, 0.86 + shift),
                (0.16, 0.84 + shift),
                (0.08, 0.76 + shift),
                (0.3, 0.7 + shift),
                (0.54, 0.58 + shift),
                (0.7, 0.38 + shift),
            ],
            lit(tone, 0.22),
        )
        pen.stroke(
            [(0.82, 0.2 + shift), (0.8, 0.44 + shift), (0.62, 0.66 + shift), (0.3, 0.79 + shift)],
            0.014,
            Veil(darken(main, 0.3), 0.5),
            0.006,
        )
        pen.blob(
            [(0.06, 0.77 + shift), (0.11, 0.77 + shift), (0.13, 0.83 + shift), (0.08, 0.82 + shift)], (112, 84, 52)
        )
    pen.stroke([(0.85, 0.16), (0.82, 0.02)], 0.07, lit((176, 152, 60)), 0.05)


def watermelon(pen: Pen, look: Look) -> None:
    pen.shadow(0.5, 0.92, 0.46, 0.06)
    flesh = look.colour or (236, 72, 82)

    def half(radius: float) -> list[tuple[float, float]]:
        return [(0.5 + radius * cos(pi * step / 40), 0.42 + radius * sin(pi * step / 40)) for step in range(41)]

    pen.shape(half(0.47), lit((66, 142, 78)))
    for index in range(9):
        angle = pi * (index + 0.5) / 9
        pen.stroke(
            [
                (0.5 + 0.44 * cos(angle), 0.42 + 0.44 * sin(angle)),
                (0.5 + 0.468 * cos(angle), 0.42 + 0.468 * sin(angle)),
            ],
            0.03,
            (40, 104, 62),
        )
    pen.shape(half(0.425), (226, 240, 196))
    pen.shape(half(0.39), Fade(lighten(flesh, 0.08), darken(flesh, 0.06)))
    for ring, count in ((0.3, 9), (0.18, 5)):
        for index in range(count):
            angle = pi * (index + 0.5) / count
            pen.ellipse(0.5 + ring * cos(angle), 0.42 + ring * sin(angle), 0.025, 0.014, INK, angle * 180 / pi)
    pen.box(0.03, 0.405, 0.97, 0.425, lighten(flesh, 0.3))


def strawberry(pen: Pen, look: Look) -> None:
    pen.shadow(0.5, 0.95, 0.36, 0.05)
    berry(pen, 0.5, 0.52, 0.44, look.pick((230, 54, 66), (238, 66, 74)))
    pen.ellipse(0.27, 0.4, 0.03, 0.07, Veil(WHITE, 0.5), 20)


def grapes(pen: Pen, look: Look) -> None:
    main = look.pick((126, 84, 168), (110, 160, 84))
    pen.shadow(0.5, 0.95, 0.3, 0.05)
    pen.stroke([(0.5, 0.22), (0.5, 0.08), (0.58, 0.03)], 0.03, (126, 92, 62))
    pen.blob([(0.5, 0.18), (0.6, 0.06), (0.8, 0.06), (0.82, 0.2), (0.66, 0.26)], lit((104, 166, 88)))
    for row, count in enumerate((4, 5, 4, 3, 2, 1)):
        for index in range(count):
            pen.disc(0.5 + (index - (count - 1) / 2) * 0.145, 0.32 + row * 0.115, 0.085, ball(main, 0.35))


def ice_cream(pen: Pen, look: Look) -> None:
    main = look.pick((250, 170, 190), (170, 222, 196), (250, 226, 166))
    pen.shadow(0.5, 0.97, 0.2, 0.035)
    cone = [(0.3, 0.48), (0.7, 0.48), (0.5, 0.98)]
    pen.shape(cone, lit((232, 178, 108)))
    with pen.within(cone):
        for index in range(-4, 9):
            pen.stroke([(0.2 + index * 0.08, 0.46), (0.5 + index * 0.08, 1.0)], 0.01, (190, 132, 76))
            pen.stroke([(0.4 + index * 0.08, 0.46), (0.1 + index * 0.08, 1.0)], 0.01, (190, 132, 76))
    pen.disc(0.38, 0.36, 0.155, ball(lighten(main, 0.35) if look.colour else (150, 102, 78), 0.2))
    pen.disc(0.62, 0.36, 0.155, ball(CREAM, 0.12))
    pen.disc(0.5, 0.22, 0.165, ball(main, 0.2))
    pen.blob(
        [
            (0.28, 0.47),
            (0.36, 0.44),
            (0.5, 0.47),
            (0.64, 0.44),
            (0.72, 0.47),
            (0.66, 0.53),
            (0.58, 0.5),
            (0.5, 0.55),
            (0.42, 0.5),
            (0.34, 0.53),
        ],
        CREAM,
    )
    pen.disc(0.5, 0.05, 0.05, ball((222, 48, 62), 0.3))
    pen.stroke([(0.5, 0.02), (0.54, -0.05)], 0.012, (110, 90, 60))
    for index, (x, y) in enumerate(((0.42, 0.16), (0.52, 0.14), (0.58, 0.2), (0.46, 0.24), (0.55, 0.27), (0.4, 0.23))):
        pen.stroke(
            [(x, y), (x + 0.022, y + 0.012 * (index % 3 - 1))],
            0.013,
            ((96, 160, 226), (250, 206, 92), (120, 196, 120))[index % 3],
        )


def burger(pen: Pen, look: Look) -> None:
    bun = look.pick((226, 156, 82), (216, 146, 76))
    pen.shadow(0.5, 0.92, 0.46, 0.06)
    pen.box(0.12, 0.76, 0.88, 0.92, lit(bun), 0.08)
    pen.blob(
        [
            (0.08, 0.72),
            (0.3, 0.66),
            (0.7, 0.66),
            (0.92, 0.72),
            (0.84, 0.79),
            (0.7, 0.75),
            (0.56, 0.8),
            (0.42, 0.75),
            (0.28, 0.8),
            (0.16, 0.76),
        ],
        lit((122, 186, 84)),
    )
    pen.box(0.1, 0.61, 0.9, 0.73, lit((116, 70, 52)), 0.06)
    pen.shape([(0.11, 0.6), (0.89, 0.6), (0.76, 0.64), (0.62, 0.71), (0.48, 0.63), (0.28, 0.7)], (252, 198, 76))
    pen.box(0.13, 0.55, 0.87, 0.61, lit((222, 76, 66)), 0.03)
    pen.blob(
        [(0.1, 0.55), (0.14, 0.34), (0.32, 0.2), (0.5, 0.17), (0.68, 0.2), (0.86, 0.34), (0.9, 0.55), (0.5, 0.57)],
        ball(bun, 0.24),
    )
    for x, y in ((0.36, 0.3), (0.5, 0.25), (0.64, 0.3), (0.44, 0.38), (0.58, 0.39), (0.28, 0.41), (0.73, 0.41)):
        pen.ellipse(x, y, 0.022, 0.013, (255, 240, 206), 25)


def hot_dog(pen: Pen, look: Look) -> None:
    bun = look.pick((232, 172, 96), (226, 164, 90))
    pen.shadow(0.5, 0.84, 0.48, 0.05)
    pen.box(0.06, 0.42, 0.94, 0.68, lit(darken(bun, 0.1)), 0.13)
    pen.stroke([(0.05, 0.56), (0.5, 0.52), (0.95, 0.56)], 0.17, ball((196, 84, 62)))
    pen.blob(
        [
            (0.05, 0.62),
            (0.2, 0.57),
            (0.5, 0.6),
            (0.8, 0.57),
            (0.95, 0.62),
            (0.9, 0.78),
            (0.7, 0.83),
            (0.3, 0.83),
            (0.1, 0.78),
        ],
        lit(bun, 0.2),
    )
    pen.stroke(
        [(0.1 + index * 0.08, 0.5 + (0.03 if index % 2 else -0.02)) for index in range(11)], 0.034, (252, 206, 66)
    )


def pizza(pen: Pen, look: Look) -> None:
    pen.shadow(0.5, 0.56, 0.5, 0.48, 0.4)
    pen.disc(0.5, 0.5, 0.46, ball(look.colour or (226, 162, 84), 0.16))
    pen.disc(0.5, 0.5, 0.4, (206, 74, 52))
    pen.disc(0.5, 0.5, 0.385, ball((252, 208, 104), 0.14))
    for _ in range(14):
        angle, reach = look.dice.uniform(0, 2 * pi), 0.34 * look.dice.random() ** 0.5
        pen.ellipse(
            0.5 + reach * cos(angle),
            0.5 + reach * sin(angle),
            0.05,
            0.03,
            Veil((255, 238, 180), 0.7),
            look.dice.uniform(0, 180),
        )
    for index, reach in enumerate((0.24, 0.29, 0.25, 0.29, 0.24, 0.28, 0.27, 0.05)):
        angle = 2 * pi * index / 7
        x, y = 0.5 + reach * cos(angle), 0.5 + reach * sin(angle)
        pen.disc(x, y, 0.072, ball((204, 62, 54), 0.2))
        pen.disc(x + 0.02, y - 0.02, 0.014, Veil((255, 200, 170), 0.7))
    for index in range(9):
        angle = 2 * pi * index / 9 + 0.3
        reach = 0.16 if index % 2 else 0.33
        pen.ellipse(0.5 + reach * cos(angle), 0.5 + reach * sin(angle), 0.04, 0.018, (88, 150, 74), index * 47)
    for index in range(4):
        angle = pi / 4 * index + 0.2
        pen.stroke(
            [
                (0.5 - 0.45 * cos(angle), 0.5 - 0.45 * sin(angle)),
                (0.5 + 0.45 * cos(angle), 0.5 + 0.45 * sin(angle)),
            ],
            0.008,
            Veil((150, 86, 44), 0.6),
        )


def noodles(pen: Pen, look: Look) -> None:
    bowl = look.pick((196, 62, 58), (62, 98, 150))
    pen.shadow(0.5, 0.95, 0.42, 0.05)
    pen.blob(
        [(0.06, 0.5), (0.94, 0.5), (0.88, 0.7), (0.7, 0.88), (0.5, 0.91), (0.3, 0.88), (0.12, 0.7)],
        Fade(lighten(bowl, 0.14), darken(bowl, 0.2), sideways=True),
    )
    pen.box(0.34, 0.88, 0.66, 0.95, lit(darken(bowl, 0.2)), 0.02)
    pen.stroke([(0.12, 0.64), (0.3, 0.73), (0.5, 0.76), (0.7, 0.73), (0.88, 0.64)], 0.018, (250, 230, 190))
    pen.ellipse(0.5, 0.5, 0.445, 0.13, lighten(bowl, 0.3))
    soup = [(0.5 + 0.415 * cos(pi * step / 24), 0.505 + 0.113 * sin(pi * step / 24)) for step in range(48)]
    pen.shape(soup, (226, 146, 70))
    with pen.within(soup):
        for index in range(9):
            y = 0.46 + 0.018 * index
            pen.stroke(
                [(0.1 + index * 0.02, y), (0.3, y + 0.03), (0.5, y - 0.015), (0.72, y + 0.03), (0.92, y)],
                0.016,
                (252, 222, 140) if index % 2 else (240, 200, 112),
            )
    for x in (0.36, 0.52):
        pen.ellipse(x, 0.45, 0.085, 0.055, lit(WHITE, 0.05))
        pen.ellipse(x, 0.45, 0.045, 0.03, ball((250, 174, 60)))
    pen.shape([(0.66, 0.3), (0.84, 0.34), (0.8, 0.53), (0.62, 0.5)], lit((54, 84, 70)))
    for x, y in ((0.26, 0.5), (0.6, 0.55), (0.44, 0.56), (0.7, 0.52), (0.34, 0.56)):
        pen.ellipse(x, y, 0.022, 0.012, (116, 186, 90), 20)
    for dx in (0, 0.07):
        pen.stroke([(0.22 + dx, 0.52), (0.03 + dx * 1.4, 0.06)], 0.022, lit((150, 92, 62)), 0.03)
    for dx, sway in ((0.42, 0.03), (0.56, -0.03)):
        pen.stroke([(dx, 0.34), (dx + sway, 0.25), (dx - sway, 0.16), (dx, 0.08)], 0.03, Veil(WHITE, 0.4), 0.008)


def pumpkin(pen: Pen, look: Look) -> None:
    main = look.pick((240, 134, 42), (234, 122, 48))
    pen.shadow(0.5, 0.93, 0.46, 0.06)
    for dx, rx in ((-0.26, 0.17), (0.26, 0.17), (-0.15, 0.18), (0.15, 0.18), (0, 0.17)):
        pen.ellipse(
            0.5 + dx,
            0.62,
            rx,
            0.31 - abs(dx) * 0.16,
            ball(main if dx == 0 else darken(main, 0.1 * (abs(dx) < 0.2)), 0.2),
        )
        pen.stroke(
            [(0.5 + dx * 1.12, 0.36), (0.5 + dx * 1.42, 0.6), (0.5 + dx * 1.12, 0.86)],
            0.008,
            Veil(darken(main, 0.35), 0.4),
        )
    pen.stroke([(0.5, 0.36), (0.49, 0.24), (0.56, 0.15)], 0.085, lit((104, 140, 72)), 0.055)
    pen.stroke([(0.52, 0.3), (0.64, 0.24), (0.7, 0.3), (0.78, 0.24)], 0.018, (112, 156, 80), 0.008)
    plain, light = pen.bare(), (255, 220, 96)
    pen.glow(0.5, 0.62, 0.3, (255, 200, 80), 0.35)
    for side in (-1, 1):
        plain.shape([(0.5 + side * 0.09, 0.58), (0.5 + side * 0.16, 0.46), (0.5 + side * 0.23, 0.58)], light)
    plain.shape([(0.46, 0.66), (0.5, 0.59), (0.54, 0.66)], light)
    plain.shape(
        [
            (0.24, 0.68),
            (0.34, 0.72),
            (0.37, 0.78),
            (0.42, 0.735),
            (0.5, 0.745),
            (0.58, 0.735),
            (0.63, 0.78),
            (0.66, 0.72),
            (0.76, 0.68),
            (0.68, 0.83),
            (0.58, 0.86),
            (0.55, 0.81),
            (0.45, 0.81),
            (0.42, 0.86),
            (0.32, 0.83),
        ],
        light,
    )


def bread(pen: Pen, look: Look) -> None:
    main = look.pick((222, 158, 92), (212, 146, 84))
    pen.shadow(0.5, 0.9, 0.46, 0.06)
    pen.blob(
        [(0.08, 0.74), (0.12, 0.5), (0.3, 0.36), (0.7, 0.36), (0.88, 0.5), (0.92, 0.74), (0.8, 0.89), (0.2, 0.89)],
        ball(main, 0.24),
    )
    for x in (0.3, 0.48, 0.66):
        pen.blob([(x - 0.06, 0.62), (x + 0.02, 0.44), (x + 0.09, 0.42), (x + 0.01, 0.62)], (252, 224, 170))


PLACES = ("table",)

SUBJECTS = (
    Subject(
        "cake",
        "cake,birthday cake,strawberry cake,cupcake,dessert,蛋糕,草莓蛋糕,生日蛋糕,甜点,甜點,甜品,奶油蛋糕",
        cake,
        Place.TABLE,
        PLACES,
        0.7,
    ),
    Subject(
        "coffee",
        "coffee,cappuccino,latte,tea,cup,mug,咖啡,拿铁,拿鐵,茶,杯子,奶茶,马克杯,馬克杯",
        coffee,
        Place.TABLE,
        PLACES,
        0.66,
    ),
    Subject("apple", "apple,peach,苹果,蘋果,桃子,桃", apple, Place.TABLE, PLACES, 0.58),
    Subject("orange", "orange fruit,oranges,tangerine,lemon,橙子,橘子,柠檬,檸檬", orange, Place.TABLE, PLACES, 0.62),
    Subject("banana", "banana,香蕉", banana, Place.TABLE, PLACES, 0.62),
    Subject("watermelon", "watermelon,melon,西瓜", watermelon, Place.TABLE, ("table", "beach"), 0.66),
    Subject("strawberry", "strawberry,strawberries,草莓", strawberry, Place.TABLE, PLACES, 0.56),
    Subject("grapes", "grape,葡萄", grapes, Place.TABLE, PLACES, 0.6),
    Subject(
        "ice cream",
        "ice cream,icecream,gelato,popsicle,冰淇淋,冰激凌,雪糕,甜筒",
        ice_cream,
        Place.TABLE,
        ("studio", "beach"),
        0.72,
    ),
    Subject(
        "burger",
        "burger,hamburger,cheeseburger,sandwich,汉堡,漢堡,三明治,汉堡包",
        burger,
        Place.TABLE,
        PLACES,
        0.64,
    ),
    Subject("hot dog", "hot dog,hotdog,热狗,熱狗", hot_dog, Place.TABLE, PLACES, 0.7),
    Subject("pizza", "pizza,披萨,比萨,披薩", pizza, Place.TABLE, ("table", "studio"), 0.66),
    Subject(
        "noodles", "noodle,ramen,soup,rice bowl,拉面,拉麵,面条,麵條,火锅,米饭,汤", noodles, Place.TABLE, PLACES, 0.7
    ),
    Subject(
        "pumpkin",
        "pumpkin,jack-o-lantern,halloween,南瓜,南瓜灯,万圣节,萬聖節",
        pumpkin,
        Place.TABLE,
        ("meadow", "forest"),
        0.6,
    ),
    Subject("bread", "bread,toast,croissant,baguette,面包,麵包,吐司", bread, Place.TABLE, PLACES, 0.64),
)
