"""What nobody has met yet, or any more."""

from ima.sandbox.painter.colour import INK, WHITE, Colour, darken, lighten
from ima.sandbox.painter.fills import Veil, ball, lit
from ima.sandbox.painter.pen import Pen

from .parts import SIDES, eye, eyes
from .subject import Head, Look, Place, Subject
from .wild import horse_shape


def dragon(pen: Pen, look: Look) -> Head:
    main = look.pick((74, 160, 110), (208, 72, 72), (96, 120, 206))
    belly, wing = (250, 220, 150), darken(main, 0.25)
    pen.shadow(0.5, 0.97, 0.44, 0.06)
    pen.stroke([(0.62, 0.88), (0.86, 0.94), (0.98, 0.78), (0.92, 0.62)], 0.13, lit(main), 0.03)
    pen.shape([(0.92, 0.66), (0.83, 0.56), (0.93, 0.48), (1.01, 0.57)], lit((250, 180, 80)))
    for side in SIDES:
        bones = [
            (0.12, 0.62),
            (0.2, 0.3),
            (0.46, 0.14),
            (0.5, 0.34),
            (0.44, 0.42),
            (0.46, 0.54),
            (0.36, 0.56),
            (0.32, 0.68),
            (0.22, 0.64),
        ]
        pen.shape([(0.5 + side * x, y) for x, y in bones], lit(wing, 0.2))
        for x, y in ((0.5, 0.34), (0.46, 0.54), (0.32, 0.68)):
            pen.stroke([(0.5 + side * 0.22, 0.34), (0.5 + side * x, y)], 0.014, main, 0.006)
        pen.stroke([(0.5 + side * 0.12, 0.62), (0.5 + side * 0.22, 0.32), (0.5 + side * 0.46, 0.14)], 0.03, main, 0.012)
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.2, 0.88, 0.12, 0.1, lit(main))
        pen.ellipse(0.5 + side * 0.22, 0.955, 0.1, 0.035, lit(lighten(main, 0.15)))
    pen.blob(
        [(0.4, 0.5), (0.31, 0.74), (0.32, 0.92), (0.5, 0.97), (0.68, 0.92), (0.69, 0.74), (0.6, 0.5), (0.5, 0.44)],
        lit(main),
    )
    pen.blob([(0.5, 0.5), (0.4, 0.62), (0.38, 0.84), (0.5, 0.94), (0.62, 0.84), (0.6, 0.62)], belly)
    for y in (0.64, 0.72, 0.8, 0.88):
        pen.stroke([(0.4, y), (0.5, y + 0.02), (0.6, y)], 0.01, darken(belly, 0.22))
    for side in SIDES:
        pen.stroke(
            [(0.5 + side * 0.16, 0.62), (0.5 + side * 0.22, 0.72), (0.5 + side * 0.14, 0.77)],
            0.07,
            lit(main),
            0.055,
        )
        pen.stroke(
            [(0.5 + side * 0.13, 0.2), (0.5 + side * 0.2, 0.1), (0.5 + side * 0.17, 0.0)],
            0.055,
            (250, 226, 170),
            0.012,
        )
        pen.shape(
            [
                (0.5 + side * 0.19, 0.28),
                (0.5 + side * 0.33, 0.22),
                (0.5 + side * 0.31, 0.32),
                (0.5 + side * 0.2, 0.38),
            ],
            lit(wing),
        )
    pen.shape([(0.45, 0.17), (0.5, 0.04), (0.55, 0.17)], lit((250, 180, 80)))
    pen.blob(
        [
            (0.5, 0.13),
            (0.66, 0.17),
            (0.73, 0.31),
            (0.68, 0.46),
            (0.5, 0.53),
            (0.32, 0.46),
            (0.27, 0.31),
            (0.34, 0.17),
        ],
        ball(main, 0.16),
    )
    pen.ellipse(0.5, 0.435, 0.165, 0.09, ball(lighten(main, 0.22), 0.1))
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.06, 0.41, 0.016, 0.02, darken(main, 0.5))
    pen.stroke([(0.4, 0.465), (0.5, 0.49), (0.6, 0.465)], 0.012, darken(main, 0.5))
    for side in SIDES:
        pen.shape([(0.5 + side * 0.06, 0.48), (0.5 + side * 0.085, 0.515), (0.5 + side * 0.1, 0.474)], WHITE)
    eyes(pen, 0.3, 0.115, 0.05, (250, 196, 70))
    return Head(0.5, 0.13, 0.38)


def dinosaur(pen: Pen, look: Look) -> Head:
    main = look.pick((116, 178, 96), (92, 164, 150), (222, 150, 84))
    spike: Colour = (246, 160, 84) if look.colour is None else lighten(main, 0.4)
    pen.shadow(0.54, 0.96, 0.44, 0.05)
    for x, y, size in (
        (0.44, 0.24, 0.06),
        (0.5, 0.36, 0.065),
        (0.57, 0.48, 0.07),
        (0.66, 0.57, 0.065),
        (0.75, 0.64, 0.06),
        (0.84, 0.72, 0.05),
        (0.91, 0.79, 0.035),
    ):
        pen.shape(
            [(x - size, y + size * 0.5), (x + size * 0.75, y - size * 0.8), (x + size * 0.6, y + size)], lit(spike)
        )
    pen.blob([(0.6, 0.6), (0.78, 0.68), (0.92, 0.8), (1.02, 0.82), (0.94, 0.9), (0.76, 0.9), (0.58, 0.88)], lit(main))
    pen.box(0.56, 0.78, 0.7, 0.96, lit(darken(main, 0.14)), 0.05)
    pen.blob(
        [
            (0.34, 0.36),
            (0.5, 0.38),
            (0.62, 0.54),
            (0.72, 0.72),
            (0.64, 0.9),
            (0.44, 0.92),
            (0.32, 0.8),
            (0.3, 0.58),
        ],
        lit(main),
    )
    pen.blob([(0.34, 0.46), (0.42, 0.54), (0.46, 0.74), (0.42, 0.9), (0.34, 0.82), (0.3, 0.64)], lighten(main, 0.55))
    pen.blob([(0.44, 0.78), (0.56, 0.76), (0.58, 0.94), (0.4, 0.965), (0.34, 0.95), (0.42, 0.9)], lit(main))
    pen.stroke([(0.4, 0.56), (0.3, 0.62), (0.24, 0.6)], 0.06, lit(darken(main, 0.08)), 0.035)
    pen.blob(
        [
            (0.12, 0.2),
            (0.26, 0.08),
            (0.42, 0.1),
            (0.5, 0.24),
            (0.46, 0.4),
            (0.32, 0.45),
            (0.14, 0.44),
            (0.05, 0.38),
            (0.05, 0.28),
        ],
        ball(main, 0.16),
    )
    pen.stroke([(0.055, 0.355), (0.18, 0.385), (0.32, 0.37)], 0.012, darken(main, 0.5))
    for x in (0.1, 0.16, 0.22):
        pen.shape([(x - 0.018, 0.372), (x + 0.018, 0.378), (x, 0.412)], WHITE)
    pen.ellipse(0.09, 0.275, 0.013, 0.016, darken(main, 0.5))
    pen.ellipse(0.29, 0.22, 0.05, 0.054, WHITE)
    eye(pen, 0.285, 0.225, 0.034)
    pen.ellipse(0.35, 0.32, 0.04, 0.027, Veil((255, 128, 128), 0.4))
    for x, y, size in ((0.56, 0.64, 0.025), (0.6, 0.74, 0.02), (0.52, 0.5, 0.018)):
        pen.disc(x, y, size, Veil(darken(main, 0.35), 0.4))
    return Head(0.3, 0.09, 0.3)


def unicorn(pen: Pen, look: Look) -> Head:
    body = look.colour or (252, 248, 255)
    pen.stroke([(0.27, 0.13), (0.17, -0.12)], 0.05, lit((250, 208, 100)), 0.006)
    spot = horse_shape(pen, body, (196, 140, 230))
    for points, colour in (
        ([(0.36, 0.14), (0.47, 0.28), (0.53, 0.48)], (246, 150, 190)),
        ([(0.33, 0.16), (0.42, 0.3), (0.48, 0.46)], (122, 196, 240)),
        ([(0.9, 0.48), (0.96, 0.6), (0.93, 0.78)], (246, 150, 190)),
        ([(0.94, 0.5), (0.98, 0.62), (0.95, 0.74)], (122, 196, 240)),
    ):
        pen.stroke(points, 0.032, colour, 0.012)
    pen.ellipse(0.22, 0.3, 0.03, 0.022, Veil((255, 128, 170), 0.45))
    return spot


def robot(pen: Pen, look: Look) -> Head:
    main = look.pick((150, 178, 204), (240, 178, 82), (118, 196, 190), (224, 120, 110))
    joint, glow = (88, 98, 122), (124, 240, 236)
    pen.shadow(0.5, 0.97, 0.34, 0.05)
    for side in SIDES:
        pen.box(0.5 + side * 0.1 - 0.035, 0.8, 0.5 + side * 0.1 + 0.035, 0.95, joint, 0.02)
        pen.box(0.5 + side * 0.11 - 0.075, 0.9, 0.5 + side * 0.11 + 0.075, 0.97, lit(main), 0.03)
        pen.stroke([(0.5 + side * 0.2, 0.56), (0.5 + side * 0.31, 0.62), (0.5 + side * 0.32, 0.74)], 0.045, joint)
        pen.disc(0.5 + side * 0.32, 0.78, 0.055, lit(main))
        pen.disc(0.5 + side * 0.215, 0.56, 0.05, lit(main))
        pen.box(0.5 + side * 0.28 - 0.035, 0.24, 0.5 + side * 0.28 + 0.035, 0.38, joint, 0.02)
    pen.box(0.46, 0.44, 0.54, 0.54, joint)
    pen.box(0.3, 0.5, 0.7, 0.84, lit(main, 0.18), 0.07)
    pen.box(0.37, 0.57, 0.63, 0.74, (52, 60, 86), 0.03)
    for index, colour in enumerate(((250, 110, 110), (250, 206, 92), (118, 216, 130))):
        pen.disc(0.43 + index * 0.07, 0.78, 0.017, colour)
    pen.bare().stroke([(0.4, 0.66), (0.45, 0.66), (0.48, 0.6), (0.52, 0.71), (0.55, 0.66), (0.6, 0.66)], 0.012, glow)
    pen.stroke([(0.5, 0.16), (0.5, 0.06)], 0.02, joint)
    pen.glow(0.5, 0.05, 0.09, (255, 120, 110), 0.6)
    pen.disc(0.5, 0.05, 0.034, ball((250, 96, 90)))
    pen.box(0.23, 0.14, 0.77, 0.48, lit(main, 0.2), 0.1)
    pen.box(0.285, 0.195, 0.715, 0.425, (42, 48, 74), 0.07)
    for side in SIDES:
        pen.glow(0.5 + side * 0.105, 0.295, 0.1, glow, 0.5)
        pen.bare().disc(0.5 + side * 0.105, 0.295, 0.046, glow)
        pen.bare().disc(0.5 + side * 0.105 - 0.014, 0.28, 0.014, WHITE)
    pen.bare().stroke([(0.44, 0.365), (0.5, 0.39), (0.56, 0.365)], 0.016, glow)
    return Head(0.5, 0.14, 0.44)


def ghost(pen: Pen, look: Look) -> Head:
    main = look.colour or (250, 250, 255)
    pen.glow(0.5, 0.5, 0.55, lighten(main, 0.4), 0.35)
    pen.blob(
        [
            (0.5, 0.08),
            (0.7, 0.16),
            (0.77, 0.4),
            (0.79, 0.7),
            (0.83, 0.92),
            (0.71, 0.86),
            (0.62, 0.94),
            (0.5, 0.86),
            (0.38, 0.94),
            (0.29, 0.86),
            (0.17, 0.92),
            (0.21, 0.7),
            (0.23, 0.4),
            (0.3, 0.16),
        ],
        ball(main, 0.12),
    )
    for side in SIDES:
        pen.ellipse(0.5 + side * 0.3, 0.55, 0.08, 0.05, lit(main, 0.08), side * -30)
        pen.ellipse(0.5 + side * 0.15, 0.48, 0.05, 0.034, Veil((255, 140, 160), 0.5))
    eyes(pen, 0.38, 0.1, 0.048)
    pen.ellipse(0.5, 0.5, 0.04, 0.055, INK)
    pen.ellipse(0.5, 0.53, 0.026, 0.022, (236, 110, 120))
    return Head(0.5, 0.09, 0.42)


SUBJECTS = (
    Subject(
        "dragon",
        "dragon,龙,龍,巨龙,巨龍,飞龙,飛龍,神龙",
        dragon,
        Place.GROUND,
        ("mountains", "desert", "forest"),
        0.74,
    ),
    Subject(
        "dinosaur",
        "dinosaur,dino,t-rex,t rex,恐龙,恐龍,霸王龙,霸王龍",
        dinosaur,
        Place.GROUND,
        ("forest", "meadow", "mountains"),
        0.74,
    ),
    Subject("unicorn", "unicorn,独角兽,獨角獸", unicorn, Place.GROUND, ("flower field", "meadow"), 0.68),
    Subject(
        "robot", "robot,android,mech,机器人,機器人,机甲,機甲", robot, Place.GROUND, ("studio", "city", "room"), 0.68
    ),
    Subject("ghost", "ghost,鬼,幽灵,幽靈", ghost, Place.GROUND, ("forest", "studio")),
)
