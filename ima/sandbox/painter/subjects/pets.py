"""Animals of the house."""

from ima.sandbox.painter.colour import INK, WHITE, Colour, darken, lighten
from ima.sandbox.painter.fills import Veil, ball, lit
from ima.sandbox.painter.pen import Pen

from .parts import SIDES, Coat, cheeks, eyes, head, nose_and_mouth, pair, torso, whiskers
from .subject import Head, Look, Place, Subject

HOMES = ("meadow", "room", "studio", "garden")


def cat(pen: Pen, look: Look) -> Head:
    main = look.pick((236, 152, 74), (132, 138, 154), (62, 58, 74), (240, 226, 206), (196, 150, 112))
    iris: Colour = look.dice.choice([(120, 190, 96), (240, 186, 60), (96, 168, 214)])
    coat = Coat(main, lighten(main, 0.62), darken(main, 0.35), nose=(226, 122, 124))
    pen.stroke([(0.68, 0.9), (0.88, 0.88), (0.93, 0.7), (0.85, 0.56)], 0.085, lit(main), 0.07)
    pen.stroke([(0.915, 0.66), (0.9, 0.61), (0.85, 0.56)], 0.075, coat.dark, 0.07)
    torso(pen, coat)
    for side in SIDES:
        for y in (0.68, 0.75):
            pen.stroke([(0.5 + side * 0.2, y), (0.5 + side * 0.135, y + 0.015)], 0.022, coat.dark, 0.006)
    for side in SIDES:
        pen.blob(
            [(0.5 - side * x, y) for x, y in ((0.26, 0.34), (0.255, 0.2), (0.235, 0.065), (0.21, 0.06), (0.05, 0.22))],
            lit(main),
        )
        pen.blob([(0.5 - side * x, y) for x, y in ((0.23, 0.28), (0.22, 0.125), (0.1, 0.22))], coat.inner_ear)
    pen.blob(
        [
            (0.5, 0.155),
            (0.68, 0.2),
            (0.765, 0.36),
            (0.79, 0.45),
            (0.66, 0.54),
            (0.5, 0.565),
            (0.34, 0.54),
            (0.21, 0.45),
            (0.235, 0.36),
            (0.32, 0.2),
        ],
        ball(main, 0.14),
    )
    for x in (-0.06, 0, 0.06):
        pen.stroke([(0.5 + x * 1.15, 0.175), (0.5 + x, 0.24)], 0.026, coat.dark, 0.008)
    for side in SIDES:
        for y in (0.4, 0.445):
            pen.stroke([(0.5 + side * 0.265, y), (0.5 + side * 0.2, y + 0.005)], 0.02, coat.dark, 0.005)
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.055, 0.475, 0.075, 0.06, lighten(coat.belly, 0.4))
    pen.ellipse(0.5, 0.51, 0.05, 0.045, lighten(coat.belly, 0.4))
    whiskers(pen, 0.47, 0.11, 0.36, lighten(main, 0.8))
    eyes(pen, 0.365, 0.125, 0.055, iris)
    nose_and_mouth(pen, 0.445, 0.034, coat.nose)
    cheeks(pen, 0.455, 0.19, 0.045)
    return Head(0.5, 0.17, 0.4)


def _tongue(pen: Pen, y: float) -> None:
    pen.blob([(0.465, y), (0.535, y), (0.53, y + 0.06), (0.5, y + 0.08), (0.47, y + 0.06)], (236, 110, 120))


def dog(pen: Pen, look: Look) -> Head:
    main = look.pick((206, 150, 92), (240, 214, 168), (122, 82, 62), (236, 232, 226))
    coat = Coat(main, lighten(main, 0.6), darken(main, 0.42))
    pen.stroke([(0.68, 0.88), (0.86, 0.8), (0.92, 0.64)], 0.09, lit(main), 0.05)
    torso(pen, coat)
    head(pen, 0.345, 0.23, 0.215, main)
    pen.blob(
        [(0.5, 0.14), (0.545, 0.2), (0.55, 0.32), (0.6, 0.4), (0.5, 0.44), (0.4, 0.4), (0.45, 0.32), (0.455, 0.2)],
        coat.belly,
    )
    pair(pen, [(0.36, 0.16), (0.24, 0.17), (0.16, 0.32), (0.17, 0.5), (0.25, 0.52), (0.31, 0.36)], coat.dark)
    pen.ellipse(0.5, 0.46, 0.135, 0.1, ball(coat.belly, 0.1))
    _tongue(pen, 0.5)
    eyes(pen, 0.335, 0.105, 0.038)
    nose_and_mouth(pen, 0.425, 0.05, (58, 44, 54))
    cheeks(pen, 0.43, 0.175, 0.04)
    if look.colour is None:
        pen.box(0.36, 0.555, 0.64, 0.6, lit((214, 70, 70)), 0.022)
        pen.disc(0.5, 0.615, 0.03, ball((250, 204, 84)))
    return Head(0.5, 0.15, 0.38)


def _foxy_dog(pen: Pen, coat: Coat, ear: float) -> None:
    """The head of a dog with standing ears and a white mask, as corgis and shibas have."""
    for side in SIDES:
        pen.blob(
            [
                (0.5 - side * x, y)
                for x, y in ((0.25, 0.32), (0.27, ear + 0.09), (0.24, ear), (0.2, ear + 0.01), (0.06, 0.2))
            ],
            lit(coat.main),
        )
        pen.blob([(0.5 - side * x, y) for x, y in ((0.215, 0.27), (0.23, ear + 0.08), (0.11, 0.21))], coat.inner_ear)
    pen.blob(
        [
            (0.5, 0.16),
            (0.66, 0.19),
            (0.74, 0.33),
            (0.77, 0.45),
            (0.65, 0.55),
            (0.5, 0.58),
            (0.35, 0.55),
            (0.23, 0.45),
            (0.26, 0.33),
            (0.34, 0.19),
        ],
        ball(coat.main, 0.13),
    )
    for side in SIDES:
        pen.blob(
            [(0.5 + side * x, y) for x, y in ((0.02, 0.42), (0.1, 0.4), (0.25, 0.44), (0.15, 0.54), (0, 0.57))],
            coat.belly,
        )


def corgi(pen: Pen, look: Look) -> Head:
    main = look.pick((228, 148, 72), (214, 136, 70))
    coat = Coat(main, (255, 248, 238), darken(main, 0.4), (250, 196, 178))
    torso(pen, coat, width=0.225)
    pen.blob([(0.5, 0.5), (0.34, 0.56), (0.36, 0.74), (0.5, 0.84), (0.64, 0.74), (0.66, 0.56)], coat.belly)
    for side in SIDES:
        pen.box(0.5 + side * 0.09 - 0.055, 0.76, 0.5 + side * 0.09 + 0.055, 0.97, lit(coat.belly, 0.05), 0.05)
    _foxy_dog(pen, coat, 0.0)
    pen.blob(
        [(0.5, 0.15), (0.53, 0.25), (0.535, 0.4), (0.6, 0.48), (0.4, 0.48), (0.465, 0.4), (0.47, 0.25)], coat.belly
    )
    pen.ellipse(0.5, 0.47, 0.12, 0.085, coat.belly)
    _tongue(pen, 0.515)
    eyes(pen, 0.345, 0.115, 0.036)
    nose_and_mouth(pen, 0.435, 0.045, (58, 44, 54))
    cheeks(pen, 0.45, 0.19, 0.04)
    return Head(0.5, 0.17, 0.36)


def shiba(pen: Pen, look: Look) -> Head:
    main = look.pick((222, 146, 84), (206, 124, 66))
    coat = Coat(main, (255, 244, 228), darken(main, 0.4), (110, 70, 56))
    pen.stroke([(0.7, 0.84), (0.86, 0.76), (0.88, 0.6), (0.76, 0.6)], 0.12, lit(main), 0.09)
    torso(pen, coat)
    pen.blob([(0.5, 0.5), (0.36, 0.57), (0.4, 0.74), (0.5, 0.82), (0.6, 0.74), (0.64, 0.57)], coat.belly)
    _foxy_dog(pen, coat, 0.06)
    pen.ellipse(0.5, 0.465, 0.115, 0.085, coat.belly)
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.1, 0.27, 0.034, 0.022, coat.belly, side * 20)
        pen.stroke([(0.5 + side * 0.155, 0.35), (0.5 + side * 0.12, 0.33), (0.5 + side * 0.085, 0.352)], 0.022, INK)
    nose_and_mouth(pen, 0.43, 0.045, (58, 44, 54))
    cheeks(pen, 0.43, 0.18, 0.045)
    pen.box(0.35, 0.565, 0.65, 0.615, lit((200, 60, 62)), 0.025)
    return Head(0.5, 0.17, 0.36)


def rabbit(pen: Pen, look: Look) -> Head:
    main = look.pick((248, 242, 236), (214, 196, 180), (178, 160, 152), (250, 224, 214))
    coat = Coat(main, lighten(main, 0.6), darken(main, 0.3), (250, 176, 182))
    pen.disc(0.76, 0.86, 0.085, ball(lighten(main, 0.5), 0.1))
    torso(pen, coat, width=0.2)
    pair(
        pen,
        [(0.46, 0.32), (0.37, 0.3), (0.32, 0.1), (0.34, 0.0), (0.39, -0.01), (0.44, 0.1)],
        main,
        inner=coat.inner_ear,
    )
    head(pen, 0.42, 0.21, 0.185, main)
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.045, 0.49, 0.06, 0.05, coat.belly)
    pen.box(0.475, 0.51, 0.525, 0.56, WHITE, 0.012)
    eyes(pen, 0.405, 0.1, 0.038)
    nose_and_mouth(pen, 0.465, 0.03, (232, 116, 130))
    cheeks(pen, 0.475, 0.145, 0.042)
    return Head(0.5, 0.25, 0.3)


def hamster(pen: Pen, look: Look) -> Head:
    main = look.pick((234, 176, 108), (208, 168, 140))
    coat = Coat(main, (255, 246, 234), darken(main, 0.3))
    pen.shadow(0.5, 0.96, 0.4, 0.07)
    pair(pen, [(0.36, 0.3), (0.24, 0.28), (0.22, 0.38), (0.3, 0.44)], main, inner=coat.inner_ear)
    pen.blob(
        [
            (0.5, 0.26),
            (0.72, 0.36),
            (0.84, 0.7),
            (0.74, 0.94),
            (0.5, 0.97),
            (0.26, 0.94),
            (0.16, 0.7),
            (0.28, 0.36),
        ],
        ball(main, 0.14),
    )
    pen.blob([(0.5, 0.5), (0.7, 0.56), (0.72, 0.78), (0.62, 0.94), (0.38, 0.94), (0.28, 0.78), (0.3, 0.56)], coat.belly)
    pen.blob([(0.5, 0.3), (0.54, 0.42), (0.6, 0.52), (0.4, 0.52), (0.46, 0.42)], coat.belly)
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.2, 0.58, 0.09, 0.08, Veil((255, 150, 140), 0.3))
        pen.ellipse(0.5 + side * 0.14, 0.96, 0.07, 0.03, coat.inner_ear)
        pen.ellipse(0.5 + side * 0.1, 0.76, 0.05, 0.04, coat.inner_ear, side * -30)
    eyes(pen, 0.47, 0.12, 0.038)
    nose_and_mouth(pen, 0.53, 0.032, (222, 120, 124))
    return Head(0.5, 0.27, 0.36)


SUBJECTS = (
    Subject("cat", "cat,kitten,kitty,猫,貓,猫咪,貓咪,喵星人,喵", cat, Place.GROUND, HOMES),
    Subject("dog", "dog,puppy,doggy,labrador,retriever,狗,犬,小狗,狗狗,汪星人,金毛", dog, Place.GROUND, HOMES),
    Subject("corgi", "corgi,柯基", corgi, Place.GROUND, HOMES),
    Subject("shiba", "shiba,shiba inu,柴犬,柴柴", shiba, Place.GROUND, HOMES),
    Subject("rabbit", "rabbit,bunny,hare,兔,兔子,玉兔,白兔", rabbit, Place.GROUND, ("meadow", "garden", "studio")),
    Subject(
        "hamster",
        "hamster,mouse,mice,rat,仓鼠,倉鼠,老鼠,鼠",
        hamster,
        Place.GROUND,
        ("studio", "room", "meadow"),
        0.5,
    ),
)
