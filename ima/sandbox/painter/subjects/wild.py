"""Animals of the woods, the plains and the farm."""

from math import cos, pi, sin

from ima.sandbox.painter.colour import INK, WHITE, darken, lighten
from ima.sandbox.painter.fills import Veil, ball, lit
from ima.sandbox.painter.pen import Pen

from .parts import SIDES, Coat, cheeks, eye, eyes, head, nose_and_mouth, pair, torso
from .subject import Head, Look, Place, Subject

WOODS = ("forest", "meadow", "mountains")
PLAIN = ("meadow", "forest", "flower field")


def panda(pen: Pen, look: Look) -> Head:
    black, white = (52, 48, 60), (252, 250, 246)
    coat = Coat(look.colour or black, white, INK)
    torso(pen, coat, width=0.23, bib=False)
    pen.blob([(0.5, 0.58), (0.34, 0.66), (0.32, 0.86), (0.5, 0.95), (0.68, 0.86), (0.66, 0.66)], white)
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.24, 0.91, 0.095, 0.085, lit(coat.main))
        pen.ellipse(0.5 + side * 0.245, 0.925, 0.055, 0.045, (104, 96, 104))
        pen.ellipse(0.5 + side * 0.19, 0.14, 0.085, 0.085, lit(coat.main))
    pen.ellipse(0.5, 0.35, 0.285, 0.245, ball(white, 0.1))
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.12, 0.355, 0.062, 0.082, coat.main, side * 32)
        eye(pen, 0.5 + side * 0.112, 0.35, 0.034)
        pen.ellipse(0.5 + side * 0.112, 0.35, 0.038, 0.042, Veil(WHITE, 0.12))
    nose_and_mouth(pen, 0.435, 0.04, INK)
    cheeks(pen, 0.45, 0.19, 0.045)
    pen.stroke([(0.36, 0.98), (0.5, 0.78), (0.72, 0.56)], 0.035, lit((128, 178, 92)))
    for x, y, turn in ((0.74, 0.52, -40), (0.78, 0.6, 10), (0.66, 0.54, -80)):
        pen.ellipse(x, y, 0.07, 0.022, (104, 168, 84), turn)
    for side, y in ((-1, 0.76), (1, 0.7)):
        pen.ellipse(0.5 + side * 0.13, y, 0.085, 0.06, lit(coat.main), side * -24)
    return Head(0.5, 0.12, 0.42)


def _bear(pen: Pen, coat: Coat) -> Head:
    torso(pen, coat, width=0.225)
    for side in SIDES:
        pen.disc(0.5 + side * 0.2, 0.175, 0.082, lit(coat.main))
        pen.disc(0.5 + side * 0.195, 0.185, 0.048, coat.inner_ear)
    pen.ellipse(0.5, 0.36, 0.265, 0.225, ball(coat.main, 0.14))
    pen.ellipse(0.5, 0.445, 0.125, 0.095, ball(coat.belly, 0.1))
    eyes(pen, 0.34, 0.115, 0.036)
    nose_and_mouth(pen, 0.42, 0.048, coat.nose)
    cheeks(pen, 0.43, 0.19, 0.045)
    return Head(0.5, 0.14, 0.4)


def bear(pen: Pen, look: Look) -> Head:
    main = look.pick((150, 102, 72), (122, 80, 60), (176, 126, 84))
    return _bear(pen, Coat(main, lighten(main, 0.45), darken(main, 0.4), lighten(main, 0.3)))


def polar_bear(pen: Pen, look: Look) -> Head:
    main = look.colour or (244, 246, 250)
    return _bear(pen, Coat(main, WHITE, darken(main, 0.4), (206, 212, 226)))


def koala(pen: Pen, look: Look) -> Head:
    main = look.colour or (158, 164, 178)
    coat = Coat(main, lighten(main, 0.6), darken(main, 0.4))
    torso(pen, coat, width=0.21)
    for side in SIDES:
        pen.disc(0.5 + side * 0.27, 0.25, 0.135, lit(main))
        pen.disc(0.5 + side * 0.27, 0.26, 0.085, (242, 196, 204))
    pen.ellipse(0.5, 0.36, 0.25, 0.22, ball(main, 0.14))
    pen.ellipse(0.5, 0.41, 0.065, 0.1, ball((74, 70, 84), 0.2))
    eyes(pen, 0.345, 0.13, 0.034)
    cheeks(pen, 0.44, 0.16, 0.045)
    return Head(0.5, 0.14, 0.4)


def fox(pen: Pen, look: Look) -> Head:
    main = look.pick((232, 118, 52), (222, 104, 58))
    coat = Coat(main, (255, 248, 240), darken(main, 0.4), (92, 56, 58))
    pen.blob(
        [(0.6, 0.96), (0.82, 0.98), (0.98, 0.82), (0.97, 0.58), (0.88, 0.46), (0.83, 0.62), (0.74, 0.76)], lit(main)
    )
    pen.blob([(0.97, 0.62), (0.88, 0.46), (0.84, 0.6), (0.88, 0.64), (0.92, 0.62)], coat.belly)
    torso(pen, coat, width=0.17)
    for side in SIDES:
        pen.box(0.5 + side * 0.085 - 0.051, 0.86, 0.5 + side * 0.085 + 0.051, 0.975, lit((76, 52, 58)), 0.045)
    pair(
        pen,
        [(0.42, 0.22), (0.3, 0.12), (0.24, 0.0), (0.21, 0.16), (0.23, 0.33)],
        main,
        inner=coat.inner_ear,
        shrink=0.62,
    )
    pen.blob(
        [
            (0.5, 0.17),
            (0.66, 0.2),
            (0.76, 0.35),
            (0.84, 0.44),
            (0.68, 0.5),
            (0.55, 0.57),
            (0.5, 0.585),
            (0.45, 0.57),
            (0.32, 0.5),
            (0.16, 0.44),
            (0.24, 0.35),
            (0.34, 0.2),
        ],
        ball(main, 0.12),
    )
    for side in SIDES:
        pen.blob(
            [
                (0.5 + side * x, y)
                for x, y in ((0.0, 0.58), (0.06, 0.44), (0.17, 0.395), (0.32, 0.44), (0.17, 0.5), (0.05, 0.57))
            ],
            coat.belly,
        )
    pen.blob([(0.5, 0.4), (0.56, 0.48), (0.53, 0.57), (0.5, 0.585), (0.47, 0.57), (0.44, 0.48)], main)
    eyes(pen, 0.37, 0.125, 0.034)
    pen.ellipse(0.5, 0.56, 0.036, 0.028, INK)
    pen.ellipse(0.49, 0.55, 0.012, 0.007, Veil(WHITE, 0.6))
    return Head(0.5, 0.17, 0.38)


def lion(pen: Pen, look: Look) -> Head:
    main = look.pick((238, 184, 98), (228, 172, 92))
    coat = Coat(main, lighten(main, 0.55), darken(main, 0.4), nose=(134, 74, 64))
    mane = darken((204, 108, 48), 0.05)
    pen.stroke([(0.7, 0.9), (0.88, 0.84), (0.9, 0.64)], 0.05, lit(main), 0.035)
    pen.ellipse(0.9, 0.6, 0.055, 0.075, mane)
    torso(pen, coat, width=0.19)
    for index in range(14):
        angle = index / 14 * 2 * pi
        pen.disc(0.5 + 0.235 * cos(angle), 0.37 + 0.225 * sin(angle), 0.105, mane)
    pen.disc(0.5, 0.37, 0.26, lit((224, 130, 62), 0.1))
    for side in SIDES:
        pen.disc(0.5 + side * 0.19, 0.19, 0.065, lit(main))
        pen.disc(0.5 + side * 0.185, 0.195, 0.036, coat.inner_ear)
    head(pen, 0.375, 0.21, 0.195, main)
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.055, 0.475, 0.075, 0.06, coat.belly)
    eyes(pen, 0.35, 0.1, 0.036)
    nose_and_mouth(pen, 0.44, 0.045, coat.nose)
    cheeks(pen, 0.43, 0.155, 0.038)
    return Head(0.5, 0.12, 0.4)


def tiger(pen: Pen, look: Look) -> Head:
    main = look.pick((240, 152, 62), (234, 142, 60))
    coat = Coat(main, (255, 250, 242), (56, 44, 54), nose=(232, 128, 128))
    pen.stroke([(0.68, 0.9), (0.9, 0.86), (0.93, 0.64)], 0.085, lit(main), 0.07)
    for point in ((0.84, 0.88), (0.915, 0.78)):
        pen.ellipse(*point, 0.022, 0.045, coat.dark, 30)
    pen.ellipse(0.93, 0.63, 0.038, 0.04, coat.dark)
    torso(pen, coat, width=0.21)
    for side in SIDES:
        for y in (0.62, 0.7, 0.78):
            pen.stroke([(0.5 + side * 0.22, y), (0.5 + side * 0.13, y + 0.02)], 0.034, coat.dark, 0.004)
        for y in (0.8, 0.87):
            pen.stroke([(0.5 + side * 0.135, y), (0.5 + side * 0.07, y + 0.01)], 0.024, coat.dark, 0.004)
        pen.disc(0.5 + side * 0.19, 0.18, 0.08, lit(main))
        pen.disc(0.5 + side * 0.19, 0.185, 0.046, WHITE)
    pen.blob(
        [
            (0.5, 0.14),
            (0.68, 0.2),
            (0.755, 0.36),
            (0.79, 0.47),
            (0.66, 0.54),
            (0.5, 0.57),
            (0.34, 0.54),
            (0.21, 0.47),
            (0.245, 0.36),
            (0.32, 0.2),
        ],
        ball(main, 0.12),
    )
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.065, 0.485, 0.09, 0.068, coat.belly)
        pen.ellipse(0.5 + side * 0.12, 0.285, 0.05, 0.028, coat.belly, side * 16)
        for y, long in ((0.37, 0.1), (0.43, 0.12), (0.49, 0.09)):
            pen.stroke([(0.5 + side * 0.275, y), (0.5 + side * (0.275 - long), y + 0.012)], 0.034, coat.dark, 0.004)
    for y, wide in ((0.175, 0.075), (0.22, 0.055), (0.262, 0.035)):
        pen.stroke([(0.5 - wide, y - 0.012), (0.5, y + 0.012), (0.5 + wide, y - 0.012)], 0.022, coat.dark)
    pen.stroke([(0.5, 0.15), (0.5, 0.28)], 0.022, coat.dark, 0.01)
    eyes(pen, 0.36, 0.115, 0.042, (236, 190, 70))
    nose_and_mouth(pen, 0.45, 0.042, coat.nose)
    return Head(0.5, 0.14, 0.4)


def monkey(pen: Pen, look: Look) -> Head:
    main = look.pick((140, 94, 66), (158, 110, 76))
    face = (246, 208, 170)
    coat = Coat(main, face, darken(main, 0.4))
    pen.stroke([(0.68, 0.9), (0.9, 0.88), (0.96, 0.66), (0.84, 0.56), (0.8, 0.66)], 0.045, lit(main))
    torso(pen, coat, width=0.19)
    for side in SIDES:
        pen.disc(0.5 + side * 0.255, 0.36, 0.09, lit(main))
        pen.disc(0.5 + side * 0.255, 0.365, 0.055, face)
    head(pen, 0.34, 0.235, 0.215, main)
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.085, 0.32, 0.105, 0.1, face)
    pen.ellipse(0.5, 0.44, 0.165, 0.11, face)
    eyes(pen, 0.325, 0.085, 0.036)
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.018, 0.4, 0.009, 0.007, coat.dark)
    pen.stroke([(0.42, 0.455), (0.5, 0.495), (0.58, 0.455)], 0.014, coat.dark)
    cheeks(pen, 0.42, 0.14, 0.04)
    return Head(0.5, 0.13, 0.38)


def pig(pen: Pen, look: Look) -> Head:
    main = look.pick((248, 176, 182), (244, 166, 170))
    coat = Coat(main, lighten(main, 0.35), darken(main, 0.35), (236, 138, 150))
    pen.stroke([(0.7, 0.86), (0.8, 0.82), (0.84, 0.88), (0.78, 0.9), (0.8, 0.8), (0.88, 0.78)], 0.022, coat.inner_ear)
    torso(pen, coat, width=0.23)
    head(pen, 0.36, 0.255, 0.22, main)
    pair(pen, [(0.42, 0.18), (0.3, 0.1), (0.21, 0.13), (0.22, 0.27), (0.3, 0.24)], main, inner=coat.inner_ear)
    pen.ellipse(0.5, 0.425, 0.1, 0.075, lit(coat.inner_ear, 0.12))
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.036, 0.425, 0.018, 0.028, darken(coat.inner_ear, 0.4))
    eyes(pen, 0.335, 0.13, 0.034)
    pen.stroke([(0.44, 0.525), (0.5, 0.545), (0.56, 0.525)], 0.013, coat.dark)
    cheeks(pen, 0.43, 0.185, 0.045)
    return Head(0.5, 0.15, 0.4)


def cow(pen: Pen, look: Look) -> Head:
    main = look.pick((250, 248, 244), (252, 246, 238))
    dark = (70, 60, 66)
    coat = Coat(main, lighten(main, 0.4), dark)
    torso(pen, coat, width=0.22, bib=False)
    pen.ellipse(0.37, 0.68, 0.075, 0.1, dark, 20)
    pen.ellipse(0.65, 0.8, 0.06, 0.08, dark, -20)
    for side in SIDES:
        pen.stroke(
            [(0.5 + side * 0.14, 0.17), (0.5 + side * 0.2, 0.1), (0.5 + side * 0.17, 0.03)],
            0.05,
            lit((236, 216, 180)),
            0.014,
        )
        pen.ellipse(0.5 + side * 0.27, 0.25, 0.1, 0.05, lit(main if side < 0 else dark), side * -16)
        pen.ellipse(0.5 + side * 0.27, 0.255, 0.06, 0.026, coat.inner_ear, side * -16)
    pen.blob(
        [(0.5, 0.13), (0.66, 0.17), (0.7, 0.32), (0.66, 0.5), (0.5, 0.56), (0.34, 0.5), (0.3, 0.32), (0.34, 0.17)],
        ball(main, 0.1),
    )
    with pen.within_blob(
        [(0.5, 0.13), (0.66, 0.17), (0.7, 0.32), (0.66, 0.5), (0.5, 0.56), (0.34, 0.5), (0.3, 0.32), (0.34, 0.17)]
    ):
        pen.ellipse(0.66, 0.27, 0.11, 0.14, dark)
    pen.ellipse(0.5, 0.465, 0.175, 0.1, lit((248, 186, 184)))
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.075, 0.45, 0.022, 0.026, (190, 110, 118))
    pen.stroke([(0.43, 0.51), (0.5, 0.53), (0.57, 0.51)], 0.012, (170, 96, 104))
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.105, 0.315, 0.042, 0.047, WHITE)
    eyes(pen, 0.315, 0.105, 0.034)
    return Head(0.5, 0.14, 0.34)


def sheep(pen: Pen, look: Look) -> Head:
    wool = look.pick((250, 246, 238), (246, 240, 230))
    face = (92, 80, 88) if look.colour is None else (250, 226, 204)
    pen.shadow(0.5, 0.97, 0.4, 0.06)
    for x in (0.33, 0.43, 0.57, 0.67):
        pen.box(x - 0.03, 0.8, x + 0.03, 0.97, lit(face), 0.025)
    spots = (
        (0.25, 0.62),
        (0.75, 0.62),
        (0.3, 0.76),
        (0.7, 0.76),
        (0.5, 0.8),
        (0.4, 0.82),
        (0.6, 0.82),
        (0.32, 0.5),
        (0.68, 0.5),
        (0.5, 0.46),
    )
    for x, y in spots:
        pen.disc(x, y, 0.125, darken(wool, 0.1))
    for x, y in spots:
        pen.disc(x + (0.5 - x) * 0.12, y - 0.02, 0.115, lit(wool, 0.06))
    pen.ellipse(0.5, 0.63, 0.22, 0.18, wool)
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.2, 0.4, 0.08, 0.038, lit(face), side * 24)
    pen.blob(
        [(0.5, 0.26), (0.62, 0.3), (0.65, 0.42), (0.6, 0.54), (0.5, 0.585), (0.4, 0.54), (0.35, 0.42), (0.38, 0.3)],
        lit(face),
    )
    for x, y, size in (
        (0.38, 0.28, 0.07),
        (0.62, 0.28, 0.07),
        (0.5, 0.23, 0.085),
        (0.44, 0.3, 0.06),
        (0.56, 0.3, 0.06),
    ):
        pen.disc(x, y, size, lit(wool, 0.05))
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.065, 0.42, 0.034, 0.038, WHITE)
        pen.ellipse(0.5 + side * 0.06, 0.425, 0.018, 0.021, INK)
    pen.stroke([(0.47, 0.52), (0.5, 0.535), (0.53, 0.52)], 0.011, (236, 176, 176))
    return Head(0.5, 0.17, 0.34)


def _legs(
    pen: Pen,
    places: tuple[float, ...],
    top: float,
    width: float,
    colour: tuple[int, int, int],
    hoof: tuple[int, int, int],
) -> None:
    for index, x in enumerate(places):
        tone = darken(colour, 0.16) if index % 2 else colour
        pen.box(x - width / 2, top, x + width / 2, 0.975, lit(tone, 0.08), width * 0.35)
        pen.box(x - width / 2, 0.93, x + width / 2, 0.975, hoof, width * 0.3)


def elephant(pen: Pen, look: Look) -> Head:
    main = look.pick((150, 162, 184), (138, 150, 170))
    pen.shadow(0.5, 0.97, 0.46, 0.06)
    _legs(pen, (0.74, 0.86, 0.5, 0.62), 0.6, 0.115, main, lighten(main, 0.45))
    pen.stroke([(0.92, 0.5), (0.975, 0.6), (0.97, 0.7)], 0.022, main)
    pen.blob(
        [(0.36, 0.34), (0.62, 0.28), (0.88, 0.36), (0.95, 0.56), (0.9, 0.76), (0.64, 0.82), (0.42, 0.76)], lit(main)
    )
    pen.stroke([(0.2, 0.46), (0.12, 0.62), (0.12, 0.78), (0.2, 0.86), (0.26, 0.82)], 0.13, lit(main, 0.1), 0.055)
    for y in (0.62, 0.68, 0.74):
        pen.stroke([(0.075, y), (0.165, y + 0.005)], 0.007, Veil(darken(main, 0.4), 0.5))
    pen.ellipse(0.3, 0.4, 0.2, 0.19, ball(main, 0.14))
    pen.stroke([(0.22, 0.56), (0.2, 0.66), (0.12, 0.69)], 0.045, (252, 246, 230), 0.012)
    pen.blob([(0.36, 0.24), (0.5, 0.2), (0.6, 0.32), (0.58, 0.52), (0.46, 0.6), (0.38, 0.5)], lit(darken(main, 0.1)))
    pen.blob([(0.41, 0.29), (0.5, 0.27), (0.55, 0.36), (0.53, 0.48), (0.46, 0.52), (0.42, 0.44)], (236, 176, 184))
    eye(pen, 0.23, 0.38, 0.03)
    pen.ellipse(0.24, 0.46, 0.045, 0.03, Veil((255, 128, 128), 0.35))
    return Head(0.29, 0.22, 0.3)


def horse_shape(pen: Pen, main: tuple[int, int, int], mane: tuple[int, int, int]) -> Head:
    pen.shadow(0.52, 0.97, 0.42, 0.05)
    pen.blob([(0.86, 0.44), (0.98, 0.5), (0.98, 0.72), (0.9, 0.84), (0.92, 0.62), (0.85, 0.54)], lit(mane))
    _legs(pen, (0.45, 0.77, 0.36, 0.85), 0.6, 0.07, main, darken(main, 0.5))
    pen.blob(
        [
            (0.34, 0.5),
            (0.5, 0.46),
            (0.68, 0.47),
            (0.86, 0.44),
            (0.92, 0.56),
            (0.86, 0.7),
            (0.62, 0.7),
            (0.4, 0.74),
            (0.32, 0.64),
        ],
        lit(main),
    )
    pen.blob(
        [(0.42, 0.74), (0.31, 0.62), (0.24, 0.34), (0.26, 0.16), (0.36, 0.14), (0.46, 0.32), (0.56, 0.52)],
        lit(main),
    )
    pen.blob([(0.3, 0.13), (0.4, 0.13), (0.5, 0.3), (0.57, 0.5), (0.47, 0.48), (0.4, 0.32), (0.34, 0.2)], lit(mane))
    pen.shape([(0.3, 0.16), (0.3, 0.02), (0.37, 0.14)], lit(main))
    pen.blob(
        [
            (0.24, 0.14),
            (0.36, 0.14),
            (0.38, 0.26),
            (0.28, 0.36),
            (0.15, 0.43),
            (0.07, 0.4),
            (0.07, 0.32),
            (0.16, 0.22),
        ],
        ball(main, 0.12),
    )
    pen.blob([(0.07, 0.32), (0.13, 0.33), (0.17, 0.42), (0.1, 0.43), (0.06, 0.39)], lighten(main, 0.35))
    pen.ellipse(0.095, 0.355, 0.01, 0.014, darken(main, 0.5))
    pen.blob([(0.28, 0.12), (0.36, 0.12), (0.32, 0.2), (0.25, 0.26), (0.25, 0.18)], mane)
    eye(pen, 0.235, 0.235, 0.026)
    return Head(0.31, 0.12, 0.2)


def horse(pen: Pen, look: Look) -> Head:
    main = look.pick((160, 100, 64), (124, 78, 58), (226, 214, 202), (196, 142, 88))
    return horse_shape(pen, main, darken(main, 0.5))


def zebra(pen: Pen, look: Look) -> Head:
    spot = horse_shape(pen, (248, 246, 242), INK)
    for x, top, bottom, lean in (
        (0.5, 0.48, 0.7, -0.03),
        (0.58, 0.47, 0.69, -0.01),
        (0.66, 0.47, 0.68, 0.01),
        (0.74, 0.47, 0.68, 0.03),
        (0.82, 0.47, 0.66, 0.05),
    ):
        pen.stroke([(x, top), (x + lean, (top + bottom) / 2), (x, bottom)], 0.03, INK, 0.006)
    for y in (0.3, 0.38, 0.46, 0.54):
        pen.stroke([(0.4 + (y - 0.3) * 0.5, y), (0.28 + (y - 0.3) * 0.12, y + 0.03)], 0.026, INK, 0.004)
    for x in (0.36, 0.45, 0.77, 0.85):
        for y in (0.76, 0.83, 0.89):
            pen.stroke([(x - 0.033, y), (x + 0.033, y)], 0.018, INK)
    pen.stroke([(0.3, 0.26), (0.2, 0.3)], 0.016, INK, 0.004)
    return spot


def deer(pen: Pen, look: Look) -> Head:
    main = look.pick((198, 136, 84), (184, 122, 78))
    pen.shadow(0.52, 0.97, 0.4, 0.05)
    for dx in (0.0, 0.08):
        branch = lit((140, 96, 68) if not dx else (120, 80, 60))
        pen.stroke([(0.26 + dx, 0.24), (0.2 + dx * 2.4, 0.12), (0.24 + dx * 2.6, 0.0)], 0.026, branch, 0.012)
        pen.stroke([(0.215 + dx * 2.2, 0.14), (0.12 + dx * 3, 0.06)], 0.02, branch, 0.01)
        pen.stroke([(0.21 + dx * 2.5, 0.07), (0.3 + dx * 2.6, 0.03)], 0.018, branch, 0.009)
    pen.ellipse(0.9, 0.5, 0.05, 0.04, WHITE, -40)
    _legs(pen, (0.46, 0.75, 0.38, 0.83), 0.6, 0.055, main, (84, 60, 56))
    pen.blob(
        [
            (0.34, 0.5),
            (0.55, 0.47),
            (0.76, 0.45),
            (0.89, 0.5),
            (0.88, 0.64),
            (0.78, 0.7),
            (0.6, 0.68),
            (0.42, 0.74),
            (0.34, 0.66),
        ],
        lit(main),
    )
    pen.blob(
        [(0.4, 0.74), (0.34, 0.64), (0.27, 0.42), (0.26, 0.3), (0.36, 0.28), (0.46, 0.42), (0.52, 0.54)], lit(main)
    )
    pen.blob([(0.31, 0.48), (0.36, 0.54), (0.42, 0.72), (0.36, 0.7), (0.31, 0.6)], lighten(main, 0.55))
    for x, y in ((0.6, 0.53), (0.68, 0.5), (0.76, 0.53), (0.64, 0.58), (0.72, 0.57), (0.8, 0.58), (0.55, 0.58)):
        pen.disc(x, y, 0.014, lighten(main, 0.7))
    pen.ellipse(0.39, 0.25, 0.075, 0.034, lit(main), -18)
    pen.blob(
        [
            (0.25, 0.22),
            (0.35, 0.23),
            (0.37, 0.32),
            (0.28, 0.4),
            (0.18, 0.45),
            (0.12, 0.43),
            (0.12, 0.37),
            (0.18, 0.29),
        ],
        ball(main, 0.12),
    )
    pen.ellipse(0.128, 0.395, 0.024, 0.022, INK)
    eye(pen, 0.25, 0.31, 0.026)
    return Head(0.31, 0.22, 0.18)


def giraffe(pen: Pen, look: Look) -> Head:
    main, patch = look.colour or (246, 204, 116), (184, 112, 58)
    pen.shadow(0.56, 0.97, 0.34, 0.045)
    _legs(pen, (0.52, 0.76, 0.46, 0.82), 0.68, 0.05, main, (110, 76, 60))
    neck = [(0.5, 0.78), (0.43, 0.66), (0.35, 0.3), (0.35, 0.16), (0.43, 0.15), (0.5, 0.36), (0.62, 0.6)]
    body = [(0.44, 0.64), (0.62, 0.57), (0.8, 0.6), (0.87, 0.68), (0.83, 0.78), (0.64, 0.79), (0.48, 0.8)]
    pen.stroke([(0.86, 0.64), (0.91, 0.74)], 0.018, main)
    for outline in (body, neck):
        pen.blob(outline, lit(main))
        with pen.within_blob(outline):
            for row in range(16):
                for column in range(9):
                    x, y = 0.3 + column * 0.075 + (row % 2) * 0.037, 0.1 + row * 0.05
                    if outline is neck or x > 0.55:
                        pen.ellipse(x, y, 0.026, 0.02, patch, (row * 37 + column * 51) % 90)
    pen.stroke([(0.44, 0.18), (0.52, 0.36), (0.64, 0.57)], 0.022, (150, 90, 60))
    for x in (0.36, 0.42):
        pen.stroke([(x, 0.12), (x - 0.005, 0.04)], 0.018, main)
        pen.disc(x - 0.005, 0.035, 0.018, (120, 78, 60))
    pen.ellipse(0.46, 0.12, 0.06, 0.026, lit(main), -20)
    pen.blob(
        [(0.34, 0.08), (0.44, 0.1), (0.44, 0.18), (0.35, 0.23), (0.24, 0.25), (0.2, 0.2), (0.26, 0.13)],
        ball(main, 0.12),
    )
    pen.ellipse(0.22, 0.21, 0.014, 0.012, darken(main, 0.5))
    eye(pen, 0.345, 0.145, 0.022)
    return Head(0.39, 0.07, 0.15)


SUBJECTS = (
    Subject("panda", "panda,熊猫,熊貓,大熊猫,大熊貓,滚滚", panda, Place.GROUND, ("forest", "meadow", "studio")),
    Subject("bear", "bear,teddy,teddy bear,grizzly,熊,小熊,棕熊,狗熊,泰迪熊", bear, Place.GROUND, WOODS),
    Subject("polar bear", "polar bear,北极熊,北極熊,白熊", polar_bear, Place.GROUND, ("snow field",)),
    Subject("koala", "koala,考拉,树袋熊,樹袋熊,无尾熊,無尾熊", koala, Place.GROUND, ("forest", "studio")),
    Subject("fox", "fox,狐狸,狐,小狐狸", fox, Place.GROUND, WOODS),
    Subject("lion", "lion,狮子,獅子,狮,獅", lion, Place.GROUND, ("meadow", "desert")),
    Subject("tiger", "tiger,老虎,虎,小老虎", tiger, Place.GROUND, ("forest", "mountains")),
    Subject("monkey", "monkey,ape,gorilla,猴,猴子,猩猩", monkey, Place.GROUND, ("forest",)),
    Subject("pig", "pig,piglet,piggy,猪,豬,小猪,小豬", pig, Place.GROUND, PLAIN),
    Subject("cow", "cow,ox,bull,calf,牛,奶牛,小牛,水牛,黄牛", cow, Place.GROUND, PLAIN),
    Subject("sheep", "sheep,lamb,goat,羊,绵羊,綿羊,小羊,山羊,羊羔", sheep, Place.GROUND, PLAIN),
    Subject("elephant", "elephant,大象,小象", elephant, Place.GROUND, ("meadow", "forest"), 0.72),
    Subject(
        "horse",
        "horse,pony,stallion,马,馬,骏马,駿馬,白马,白馬,小马,小馬",
        horse,
        Place.GROUND,
        ("meadow", "mountains"),
        0.72,
    ),
    Subject("zebra", "zebra,斑马,斑馬", zebra, Place.GROUND, ("meadow",), 0.72),
    Subject(
        "deer",
        "deer,reindeer,fawn,鹿,小鹿,麋鹿,驯鹿,馴鹿,梅花鹿",
        deer,
        Place.GROUND,
        ("forest", "meadow", "snow field"),
        0.72,
    ),
    Subject("giraffe", "giraffe,长颈鹿,長頸鹿", giraffe, Place.GROUND, ("meadow",), 0.85),
)
