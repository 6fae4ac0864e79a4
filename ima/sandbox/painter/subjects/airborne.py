"""Birds and insects."""

from math import cos, pi, sin

from ima.sandbox.painter.colour import INK, WHITE, Colour, darken, lighten, turn_hue
from ima.sandbox.painter.fills import Veil, ball, lit
from ima.sandbox.painter.pen import Pen

from .parts import SIDES, cheeks, eye, eyes
from .subject import Head, Look, Place, Subject


def penguin(pen: Pen, look: Look) -> Head:
    main = look.pick((56, 64, 90), (48, 52, 70))
    pen.shadow(0.5, 0.96, 0.34, 0.06)
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.11, 0.95, 0.1, 0.04, lit((246, 168, 62)))
        pen.blob(
            [(0.5 + side * x, y) for x, y in ((0.22, 0.48), (0.32, 0.6), (0.36, 0.76), (0.28, 0.76), (0.2, 0.66))],
            lit(darken(main, 0.12)),
        )
    pen.blob(
        [
            (0.5, 0.06),
            (0.66, 0.12),
            (0.73, 0.3),
            (0.76, 0.62),
            (0.7, 0.88),
            (0.5, 0.95),
            (0.3, 0.88),
            (0.24, 0.62),
            (0.27, 0.3),
            (0.34, 0.12),
        ],
        ball(main, 0.18),
    )
    pen.blob(
        [
            (0.5, 0.46),
            (0.62, 0.44),
            (0.69, 0.6),
            (0.65, 0.84),
            (0.5, 0.91),
            (0.35, 0.84),
            (0.31, 0.6),
            (0.38, 0.44),
        ],
        lit((252, 252, 250), 0.04),
    )
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.085, 0.32, 0.12, 0.14, (252, 252, 250))
    pen.ellipse(0.5, 0.42, 0.15, 0.08, (252, 252, 250))
    eyes(pen, 0.3, 0.105, 0.038)
    pen.blob([(0.43, 0.36), (0.5, 0.335), (0.57, 0.36), (0.5, 0.43)], lit((248, 172, 62), 0.2))
    cheeks(pen, 0.385, 0.145, 0.042)
    return Head(0.5, 0.07, 0.38)


def bird(pen: Pen, look: Look) -> Head:
    main = look.pick((84, 158, 222), (240, 132, 94), (250, 198, 84), (120, 188, 120), (232, 112, 140))
    wing = darken(turn_hue(main, 0.03), 0.22)
    pen.shadow(0.5, 0.96, 0.3, 0.05)
    for x in (0.44, 0.53):
        pen.stroke([(x, 0.8), (x, 0.95), (x - 0.05, 0.96)], 0.018, (226, 140, 70))
    pen.blob([(0.68, 0.62), (0.96, 0.62), (0.99, 0.7), (0.9, 0.76), (0.66, 0.76)], lit(wing))
    pen.blob(
        [
            (0.24, 0.32),
            (0.36, 0.18),
            (0.54, 0.2),
            (0.64, 0.38),
            (0.78, 0.58),
            (0.72, 0.78),
            (0.5, 0.86),
            (0.3, 0.78),
            (0.2, 0.56),
        ],
        ball(main, 0.16),
    )
    pen.blob([(0.23, 0.5), (0.36, 0.52), (0.5, 0.68), (0.54, 0.84), (0.4, 0.84), (0.27, 0.74)], lighten(main, 0.62))
    pen.blob([(0.46, 0.52), (0.64, 0.5), (0.86, 0.68), (0.7, 0.74), (0.52, 0.68)], lit(wing))
    pen.stroke([(0.54, 0.6), (0.7, 0.66)], 0.014, Veil(WHITE, 0.4), 0.004)
    pen.shape([(0.25, 0.34), (0.08, 0.4), (0.25, 0.44)], lit((246, 170, 64), 0.2))
    for dx, dy in ((-0.02, -0.06), (0.03, -0.07), (0.08, -0.05)):
        pen.stroke([(0.44, 0.2), (0.45 + dx, 0.19 + dy)], 0.024, main, 0.008)
    eye(pen, 0.345, 0.345, 0.042)
    pen.ellipse(0.37, 0.44, 0.045, 0.03, Veil((255, 110, 110), 0.4))
    return Head(0.43, 0.2, 0.26)


def owl(pen: Pen, look: Look) -> Head:
    main = look.pick((152, 112, 82), (122, 108, 120), (176, 132, 88))
    light = lighten(main, 0.55)
    pen.shadow(0.5, 0.97, 0.32, 0.05)
    pen.shape([(0.26, 0.3), (0.2, 0.06), (0.42, 0.18)], lit(darken(main, 0.15)))
    pen.shape([(0.74, 0.3), (0.8, 0.06), (0.58, 0.18)], lit(darken(main, 0.15)))
    pen.blob(
        [
            (0.5, 0.14),
            (0.7, 0.18),
            (0.78, 0.4),
            (0.78, 0.7),
            (0.66, 0.92),
            (0.5, 0.96),
            (0.34, 0.92),
            (0.22, 0.7),
            (0.22, 0.4),
            (0.3, 0.18),
        ],
        ball(main, 0.16),
    )
    pen.blob([(0.5, 0.52), (0.65, 0.58), (0.66, 0.8), (0.5, 0.93), (0.34, 0.8), (0.35, 0.58)], light)
    for row, y in enumerate((0.64, 0.72, 0.8, 0.87)):
        for index in range(4 - row % 2):
            x = 0.5 + (index - (3 - row % 2) / 2) * 0.075
            pen.stroke([(x - 0.025, y), (x, y + 0.022), (x + 0.025, y)], 0.013, darken(main, 0.05))
    for side in SIDES:
        pen.blob(
            [(0.5 + side * x, y) for x, y in ((0.24, 0.46), (0.33, 0.6), (0.29, 0.84), (0.2, 0.72))],
            lit(darken(main, 0.22)),
        )
        pen.ellipse(0.5 + side * 0.125, 0.36, 0.155, 0.155, light)
        pen.ellipse(0.5 + side * 0.12, 0.36, 0.1, 0.1, (250, 196, 70))
        pen.ellipse(0.5 + side * 0.115, 0.36, 0.066, 0.068, INK)
        pen.ellipse(0.5 + side * 0.115 - 0.022, 0.335, 0.022, 0.022, WHITE)
        for dx in (-0.04, 0, 0.04):
            pen.ellipse(0.5 + side * 0.1 + dx, 0.955, 0.02, 0.028, (238, 172, 70))
    pen.blob([(0.46, 0.42), (0.5, 0.4), (0.54, 0.42), (0.5, 0.52)], lit((240, 160, 60), 0.2))
    return Head(0.5, 0.15, 0.4)


def chick(pen: Pen, look: Look) -> Head:
    main = look.pick((252, 214, 84), (254, 222, 104))
    pen.shadow(0.5, 0.96, 0.32, 0.05)
    for x in (0.42, 0.58):
        pen.stroke([(x, 0.86), (x, 0.95), (x - 0.04, 0.965)], 0.022, (240, 146, 60))
        pen.stroke([(x, 0.95), (x + 0.04, 0.965)], 0.02, (240, 146, 60))
    pen.ellipse(0.5, 0.66, 0.27, 0.24, ball(main, 0.14))
    pen.ellipse(0.5, 0.38, 0.215, 0.205, ball(main, 0.14))
    for dx in (-0.04, 0.01, 0.06):
        pen.stroke([(0.5, 0.2), (0.5 + dx, 0.11)], 0.026, main, 0.008)
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.235, 0.64, 0.06, 0.12, lit(darken(main, 0.1)), side * -22)
    eyes(pen, 0.36, 0.1, 0.034)
    pen.blob([(0.44, 0.415), (0.5, 0.39), (0.56, 0.415), (0.5, 0.47)], lit((246, 148, 58), 0.2))
    cheeks(pen, 0.43, 0.14, 0.042)
    return Head(0.5, 0.18, 0.36)


def duck(pen: Pen, look: Look) -> Head:
    main = look.pick((252, 250, 244), (252, 216, 92))
    pen.shadow(0.5, 0.93, 0.4, 0.05)
    pen.blob(
        [
            (0.18, 0.62),
            (0.34, 0.56),
            (0.6, 0.62),
            (0.8, 0.58),
            (0.97, 0.48),
            (0.94, 0.72),
            (0.78, 0.9),
            (0.46, 0.93),
            (0.24, 0.84),
        ],
        lit(main, 0.1),
    )
    pen.blob([(0.25, 0.72), (0.2, 0.48), (0.26, 0.3), (0.42, 0.32), (0.44, 0.52), (0.52, 0.7)], lit(main, 0.06))
    pen.ellipse(0.33, 0.3, 0.155, 0.15, ball(main, 0.1))
    pen.blob([(0.48, 0.66), (0.68, 0.64), (0.88, 0.68), (0.76, 0.8), (0.56, 0.8)], lit(darken(main, 0.1)))
    pen.blob([(0.2, 0.29), (0.1, 0.31), (0.02, 0.33), (0.06, 0.38), (0.2, 0.38)], lit((246, 156, 60), 0.18))
    eye(pen, 0.28, 0.27, 0.03)
    pen.ellipse(0.33, 0.36, 0.045, 0.03, Veil((255, 128, 110), 0.4))
    return Head(0.34, 0.16, 0.26)


def butterfly(pen: Pen, look: Look) -> None:
    main = look.pick((246, 140, 60), (92, 140, 232), (232, 104, 150), (150, 110, 216), (250, 192, 72))
    edge, spot = darken(main, 0.65), lighten(main, 0.6)
    for side in SIDES:
        lower = [(0.02, 0.5), (0.2, 0.52), (0.36, 0.62), (0.36, 0.78), (0.22, 0.86), (0.08, 0.7)]
        upper = [(0.02, 0.46), (0.1, 0.24), (0.28, 0.08), (0.45, 0.1), (0.46, 0.3), (0.36, 0.48), (0.16, 0.54)]
        for outline, fill in ((lower, darken(main, 0.08)), (upper, main)):
            pen.blob([(0.5 + side * x, y) for x, y in outline], lit(edge))
            centre = (sum(x for x, _ in outline) / len(outline) - 0.02, sum(y for _, y in outline) / len(outline))
            inner = [(centre[0] + (x - centre[0]) * 0.8, centre[1] + (y - centre[1]) * 0.8) for x, y in outline]
            pen.blob([(0.5 + side * x, y) for x, y in inner], ball(fill, 0.25))
        for x, y, size in (
            (0.4, 0.16, 0.02),
            (0.425, 0.24, 0.017),
            (0.33, 0.72, 0.018),
            (0.3, 0.8, 0.015),
            (0.34, 0.11, 0.014),
        ):
            pen.disc(0.5 + side * x, y, size, WHITE)
        pen.ellipse(0.5 + side * 0.27, 0.27, 0.075, 0.06, Veil(spot, 0.85), side * -40)
        pen.ellipse(0.5 + side * 0.2, 0.66, 0.055, 0.065, Veil(spot, 0.7))
        pen.stroke([(0.5, 0.3), (0.5 + side * 0.06, 0.16), (0.5 + side * 0.12, 0.1)], 0.01, INK, 0.006)
        pen.disc(0.5 + side * 0.12, 0.1, 0.012, INK)
    pen.ellipse(0.5, 0.53, 0.03, 0.2, lit((62, 52, 66), 0.25))
    pen.disc(0.5, 0.33, 0.036, lit((62, 52, 66), 0.25))


def bee(pen: Pen, look: Look) -> None:
    main = look.pick((252, 204, 72), (250, 196, 64))
    for x, turn in ((0.42, -28), (0.6, 22)):
        pen.ellipse(x, 0.28, 0.13, 0.21, Veil((222, 240, 255), 0.8), turn)
        pen.ellipse(x, 0.3, 0.09, 0.16, Veil(WHITE, 0.4), turn)
    pen.shape([(0.86, 0.53), (0.97, 0.57), (0.86, 0.62)], INK)
    body = [
        (0.2, 0.5),
        (0.34, 0.38),
        (0.6, 0.36),
        (0.8, 0.44),
        (0.88, 0.57),
        (0.8, 0.7),
        (0.6, 0.77),
        (0.34, 0.75),
        (0.2, 0.66),
    ]
    pen.blob(body, ball(main, 0.2))
    with pen.within_blob(body):
        for x in (0.48, 0.64, 0.8):
            pen.ellipse(x, 0.57, 0.042, 0.24, (66, 54, 58), 6)
    for dx in (0, 0.09):
        pen.stroke([(0.25 + dx, 0.42), (0.18 + dx, 0.28), (0.13 + dx, 0.26)], 0.012, INK)
        pen.disc(0.13 + dx, 0.26, 0.02, INK)
    eye(pen, 0.28, 0.52, 0.042)
    pen.ellipse(0.3, 0.63, 0.045, 0.03, Veil((255, 110, 90), 0.5))
    pen.stroke([(0.205, 0.61), (0.225, 0.64), (0.26, 0.64)], 0.011, INK)


def peacock(pen: Pen, look: Look) -> Head:
    main = look.pick((36, 112, 190), (40, 130, 176))
    pen.shadow(0.5, 0.96, 0.4, 0.05)
    for ring, (reach, count) in enumerate(((0.5, 15), (0.38, 12), (0.27, 9))):
        for index in range(count):
            angle = pi * (1.02 + (index + 0.5) / count * 0.96)
            x, y = 0.5 + reach * cos(angle) * 0.95, 0.74 + reach * sin(angle) * 1.25
            pen.stroke([(0.5, 0.78), (x, y)], 0.05, (52, 146, 112) if ring % 2 else (40, 124, 104), 0.07)
            pen.disc(x, y, 0.055, (112, 190, 104))
            pen.disc(x, y, 0.036, (240, 190, 76))
            pen.disc(x, y, 0.022, (32, 84, 170))
    for x in (0.47, 0.54):
        pen.stroke([(x, 0.86), (x, 0.96)], 0.016, (180, 140, 100))
    pen.blob(
        [
            (0.46, 0.3),
            (0.54, 0.3),
            (0.57, 0.5),
            (0.64, 0.72),
            (0.58, 0.88),
            (0.42, 0.88),
            (0.36, 0.72),
            (0.43, 0.5),
        ],
        ball(main, 0.2),
    )
    pen.disc(0.5, 0.28, 0.07, ball(main, 0.2))
    for dx in (-0.05, 0, 0.05):
        pen.stroke([(0.5, 0.22), (0.5 + dx, 0.14)], 0.008, main)
        pen.disc(0.5 + dx, 0.13, 0.014, (92, 200, 190))
    eyes(pen, 0.27, 0.03, 0.015)
    pen.shape([(0.475, 0.3), (0.525, 0.3), (0.5, 0.345)], (244, 190, 90))
    return Head(0.5, 0.21, 0.14)


FLOWERS = ("flower field", "meadow", "garden")
GULL: Colour = (250, 250, 252)

SUBJECTS = (
    Subject("penguin", "penguin,企鹅,企鵝", penguin, Place.GROUND, ("snow field",)),
    Subject(
        "bird",
        "bird,sparrow,robin,parrot,鸟,鳥,小鸟,小鳥,麻雀,鹦鹉,鸚鵡,燕子,喜鹊,喜鵲",
        bird,
        Place.GROUND,
        ("garden", "meadow", "studio"),
        0.56,
    ),
    Subject("owl", "owl,猫头鹰,貓頭鷹", owl, Place.GROUND, ("forest", "studio")),
    Subject(
        "chick",
        "chick,chicken,hen,rooster,鸡,雞,小鸡,小雞,公鸡,公雞,母鸡,母雞",
        chick,
        Place.GROUND,
        ("meadow", "garden"),
        0.54,
    ),
    Subject(
        "duck",
        "duck,duckling,swan,goose,geese,鸭,鴨,鸭子,鴨子,小鸭,天鹅,天鵝,鹅,鵝",
        duck,
        Place.WATER,
        ("lake",),
        0.56,
    ),
    Subject("peacock", "peacock,孔雀", peacock, Place.GROUND, ("garden", "forest"), 0.78),
    Subject("butterfly", "butterfly,蝴蝶,蝶", butterfly, Place.SKY, FLOWERS, 0.6),
    Subject("bee", "bee,honeybee,bumblebee,蜜蜂,小蜜蜂", bee, Place.SKY, FLOWERS, 0.5),
)
