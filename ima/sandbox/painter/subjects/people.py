"""Simple figures."""

from ima.sandbox.painter.colour import INK, WHITE, Colour, darken, lighten
from ima.sandbox.painter.fills import Veil, ball, lit
from ima.sandbox.painter.pen import Pen

from .parts import SIDES, cheeks, eyes
from .subject import Head, Look, Place, Subject

SKINS: tuple[Colour, ...] = ((255, 220, 190), (246, 202, 166), (222, 168, 128), (164, 112, 84))
HAIRS: tuple[Colour, ...] = ((62, 46, 50), (104, 66, 48), (168, 104, 62), (48, 48, 66))


def _face(pen: Pen, skin: Colour) -> None:
    for side in SIDES:
        pen.disc(0.5 + side * 0.165, 0.275, 0.032, lit(skin))
    pen.box(0.46, 0.38, 0.54, 0.5, darken(skin, 0.1), 0.02)
    pen.ellipse(0.5, 0.26, 0.165, 0.165, ball(skin, 0.08))
    eyes(pen, 0.275, 0.066, 0.021)
    cheeks(pen, 0.325, 0.098, 0.034)
    pen.stroke([(0.462, 0.345), (0.5, 0.368), (0.538, 0.345)], 0.011, (176, 84, 84))


def _legs(pen: Pen, skin: Colour, cloth: Colour, shoe: Colour) -> None:
    for side in SIDES:
        pen.box(
            0.5 + side * 0.062 - 0.038,
            0.7,
            0.5 + side * 0.062 + 0.038,
            0.95,
            lit(cloth if cloth != skin else skin),
            0.02,
        )
        pen.ellipse(0.5 + side * 0.076, 0.957, 0.062, 0.026, lit(shoe))


def girl(pen: Pen, look: Look) -> Head:
    dress = look.pick((240, 110, 130), (250, 190, 80), (110, 160, 226), (150, 120, 206), (96, 176, 150))
    skin, hair = look.dice.choice(SKINS), look.dice.choice(HAIRS)
    pen.shadow(0.5, 0.965, 0.26, 0.035)
    pen.blob(
        [
            (0.5, 0.05),
            (0.66, 0.1),
            (0.715, 0.27),
            (0.73, 0.46),
            (0.68, 0.55),
            (0.5, 0.57),
            (0.32, 0.55),
            (0.27, 0.46),
            (0.285, 0.27),
            (0.34, 0.1),
        ],
        lit(hair),
    )
    _legs(pen, skin, skin, (206, 80, 92))
    for side in SIDES:
        pen.stroke([(0.5 + side * 0.1, 0.5), (0.5 + side * 0.19, 0.6), (0.5 + side * 0.22, 0.69)], 0.05, lit(skin))
        pen.ellipse(0.5 + side * 0.115, 0.51, 0.062, 0.05, lit(dress), side * 30)
    pen.blob(
        [
            (0.42, 0.45),
            (0.58, 0.45),
            (0.6, 0.58),
            (0.7, 0.78),
            (0.6, 0.82),
            (0.5, 0.83),
            (0.4, 0.82),
            (0.3, 0.78),
            (0.4, 0.58),
        ],
        lit(dress, 0.16),
    )
    pen.blob([(0.41, 0.58), (0.59, 0.58), (0.595, 0.605), (0.405, 0.605)], darken(dress, 0.25))
    pen.stroke([(0.31, 0.765), (0.5, 0.805), (0.69, 0.765)], 0.014, lighten(dress, 0.55))
    pen.blob([(0.43, 0.45), (0.5, 0.49), (0.57, 0.45), (0.5, 0.43)], WHITE)
    _face(pen, skin)
    pen.blob(
        [
            (0.33, 0.28),
            (0.34, 0.14),
            (0.5, 0.065),
            (0.66, 0.14),
            (0.67, 0.28),
            (0.62, 0.2),
            (0.53, 0.165),
            (0.44, 0.2),
            (0.37, 0.2),
        ],
        lit(hair, 0.2),
    )
    for side in SIDES:
        pen.blob([(0.62, 0.1), (0.62 + side * 0.07, 0.06), (0.62 + side * 0.075, 0.145)], lit((240, 84, 104)))
    pen.disc(0.62, 0.102, 0.017, (206, 60, 84))
    return Head(0.5, 0.07, 0.34)


def boy(pen: Pen, look: Look) -> Head:
    shirt = look.pick((82, 148, 216), (240, 150, 70), (110, 180, 110), (230, 90, 90))
    skin, hair = look.dice.choice(SKINS), look.dice.choice(HAIRS)
    pen.shadow(0.5, 0.965, 0.26, 0.035)
    _legs(pen, skin, (70, 84, 126), (236, 238, 244))
    for side in SIDES:
        pen.stroke([(0.5 + side * 0.11, 0.51), (0.5 + side * 0.2, 0.6), (0.5 + side * 0.21, 0.7)], 0.052, lit(skin))
        pen.stroke([(0.5 + side * 0.1, 0.5), (0.5 + side * 0.17, 0.575)], 0.082, lit(shirt))
    pen.blob(
        [(0.42, 0.455), (0.58, 0.455), (0.635, 0.52), (0.625, 0.72), (0.5, 0.735), (0.375, 0.72), (0.365, 0.52)],
        lit(shirt),
    )
    pen.star(0.5, 0.6, 0.05, 0.022, lighten(shirt, 0.75))
    _face(pen, skin)
    pen.blob(
        [
            (0.325, 0.27),
            (0.32, 0.14),
            (0.42, 0.06),
            (0.56, 0.05),
            (0.67, 0.12),
            (0.68, 0.27),
            (0.64, 0.2),
            (0.56, 0.16),
            (0.5, 0.18),
            (0.44, 0.155),
            (0.37, 0.2),
        ],
        lit(hair, 0.2),
    )
    return Head(0.5, 0.07, 0.34)


def grandparent(pen: Pen, look: Look) -> Head:
    coat = look.pick((122, 96, 140), (92, 120, 110))
    skin, hair = SKINS[0], (236, 238, 244)
    pen.shadow(0.5, 0.965, 0.26, 0.035)
    _legs(pen, skin, (96, 88, 96), (88, 66, 60))
    for side in SIDES:
        pen.stroke([(0.5 + side * 0.11, 0.51), (0.5 + side * 0.2, 0.62), (0.5 + side * 0.22, 0.7)], 0.075, lit(coat))
        pen.disc(0.5 + side * 0.225, 0.72, 0.03, skin)
    pen.stroke([(0.735, 0.72), (0.74, 0.96)], 0.018, (126, 86, 64))
    pen.blob(
        [(0.42, 0.455), (0.58, 0.455), (0.635, 0.52), (0.635, 0.76), (0.5, 0.78), (0.365, 0.76), (0.365, 0.52)],
        lit(coat),
    )
    pen.stroke([(0.5, 0.47), (0.5, 0.77)], 0.008, darken(coat, 0.35))
    _face(pen, skin)
    for side in SIDES:
        pen.disc(0.5 + side * 0.165, 0.2, 0.06, lit(hair, 0.06))
        pen.stroke([(0.5 + side * 0.1, 0.232), (0.5 + side * 0.05, 0.226)], 0.018, hair)
    pen.blob([(0.35, 0.16), (0.42, 0.08), (0.5, 0.07), (0.58, 0.08), (0.65, 0.16), (0.5, 0.13)], lit(hair, 0.05))
    return Head(0.5, 0.08, 0.34)


def santa(pen: Pen, look: Look) -> Head:
    red = look.colour or (208, 54, 58)
    skin = SKINS[0]
    pen.shadow(0.5, 0.965, 0.3, 0.04)
    for side in SIDES:
        pen.box(0.5 + side * 0.09 - 0.055, 0.84, 0.5 + side * 0.09 + 0.055, 0.96, INK, 0.025)
        pen.stroke([(0.5 + side * 0.16, 0.54), (0.5 + side * 0.28, 0.62), (0.5 + side * 0.29, 0.72)], 0.1, lit(red))
        pen.disc(0.5 + side * 0.29, 0.745, 0.05, WHITE)
        pen.disc(0.5 + side * 0.29, 0.785, 0.045, (66, 112, 80))
    pen.blob(
        [(0.4, 0.48), (0.6, 0.48), (0.7, 0.62), (0.72, 0.8), (0.6, 0.88), (0.4, 0.88), (0.28, 0.8), (0.3, 0.62)],
        lit(red),
    )
    pen.blob([(0.29, 0.82), (0.5, 0.88), (0.71, 0.82), (0.7, 0.89), (0.5, 0.93), (0.3, 0.89)], (252, 250, 248))
    pen.blob([(0.285, 0.68), (0.5, 0.73), (0.715, 0.68), (0.72, 0.74), (0.5, 0.79), (0.28, 0.74)], INK)
    pen.box(0.455, 0.7, 0.545, 0.79, (246, 200, 90), 0.012)
    _face(pen, skin)
    pen.blob(
        [
            (0.32, 0.29),
            (0.4, 0.335),
            (0.5, 0.32),
            (0.6, 0.335),
            (0.68, 0.29),
            (0.66, 0.44),
            (0.58, 0.56),
            (0.5, 0.6),
            (0.42, 0.56),
            (0.34, 0.44),
        ],
        lit((252, 252, 252), 0.05),
    )
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.05, 0.345, 0.06, 0.03, WHITE, side * 14)
    pen.disc(0.5, 0.315, 0.026, (246, 150, 140))
    pen.blob(
        [(0.33, 0.17), (0.38, 0.04), (0.56, -0.04), (0.72, 0.04), (0.8, 0.18), (0.72, 0.16), (0.67, 0.17)], lit(red)
    )
    pen.box(0.31, 0.14, 0.69, 0.215, (252, 250, 248), 0.035)
    pen.disc(0.79, 0.2, 0.05, WHITE)
    return Head(0.5, 0.1, 0.3)


def snowman(pen: Pen, look: Look) -> Head:
    scarf = look.pick((220, 72, 72), (72, 134, 200), (96, 164, 110))
    white: Colour = (248, 251, 255)
    pen.shadow(0.5, 0.97, 0.36, 0.05)
    pen.stroke([(0.3, 0.56), (0.14, 0.46), (0.05, 0.42)], 0.024, (122, 84, 62), 0.014)
    pen.stroke([(0.7, 0.56), (0.86, 0.44), (0.95, 0.42)], 0.024, (122, 84, 62), 0.014)
    pen.stroke([(0.12, 0.45), (0.08, 0.36)], 0.014, (122, 84, 62))
    pen.stroke([(0.88, 0.43), (0.92, 0.34)], 0.014, (122, 84, 62))
    for y, size in ((0.8, 0.18), (0.55, 0.14)):
        pen.ellipse(0.5, y, size * 1.5, size, Veil((120, 150, 200), 0.2))
    pen.ellipse(0.5, 0.77, 0.26, 0.215, ball(white, 0.14))
    pen.ellipse(0.5, 0.5, 0.2, 0.175, ball(white, 0.14))
    for y in (0.52, 0.6, 0.72, 0.81):
        pen.disc(0.5, y, 0.02, INK)
    pen.ellipse(0.5, 0.27, 0.165, 0.155, ball(white, 0.14))
    pen.stroke([(0.56, 0.4), (0.62, 0.5), (0.61, 0.6)], 0.07, lit(darken(scarf, 0.1)))
    pen.stroke([(0.36, 0.385), (0.5, 0.425), (0.64, 0.385)], 0.07, lit(scarf))
    eyes(pen, 0.24, 0.062, 0.02)
    pen.shape([(0.49, 0.27), (0.5, 0.31), (0.66, 0.32)], lit((246, 146, 60)))
    for x, y in ((0.43, 0.33), (0.46, 0.352), (0.5, 0.36), (0.54, 0.352)):
        pen.disc(x, y, 0.009, INK)
    cheeks(pen, 0.31, 0.105, 0.03)
    pen.box(0.395, -0.02, 0.605, 0.15, lit((70, 62, 82), 0.2), 0.02)
    pen.box(0.395, 0.085, 0.605, 0.125, scarf)
    pen.box(0.32, 0.125, 0.68, 0.16, lit((70, 62, 82), 0.2), 0.016)
    return Head(0.5, 0.1, 0.3)


PLACES = ("meadow", "garden", "beach", "street", "flower field")

SUBJECTS = (
    Subject(
        "girl",
        "girl,woman,lady,princess,mother,mom,queen,dancer,bride,fairy,女孩,女孩子,女生,姑娘,少女,"
        "小女孩,女人,美女,公主,妈妈,媽媽,仙女,女子,新娘,舞者",
        girl,
        Place.GROUND,
        PLACES,
        0.76,
    ),
    Subject(
        "boy",
        "boy,man,guy,prince,father,dad,king,person,people,human,child,kid,children,knight,wizard,"
        "男孩,男孩子,男生,少年,小男孩,男人,帅哥,帥哥,王子,爸爸,人,人物,孩子,小孩,骑士,騎士,男子,"
        "小朋友,儿童,兒童",
        boy,
        Place.GROUND,
        PLACES,
        0.76,
    ),
    Subject(
        "grandparent",
        "grandpa,grandma,grandfather,grandmother,old man,old woman,爷爷,爺爺,奶奶,老人,老爷爷,老奶奶,外婆,外公",
        grandparent,
        Place.GROUND,
        PLACES,
        0.76,
    ),
    Subject(
        "santa", "santa,santa claus,father christmas,圣诞老人,聖誕老人", santa, Place.GROUND, ("snow field",), 0.76
    ),
    Subject("snowman", "snowman,雪人", snowman, Place.GROUND, ("snow field",), 0.74),
)
