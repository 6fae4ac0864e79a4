"""What is worn."""

from random import Random

from ima.sandbox.painter.accessory import Accessory
from ima.sandbox.painter.colour import INK, WHITE, Colour, darken, lighten
from ima.sandbox.painter.fills import Veil, ball, lit
from ima.sandbox.painter.pen import Pen

from .subject import Head

CLOTH: tuple[Colour, ...] = ((206, 62, 70), (72, 118, 196), (242, 178, 66), (92, 158, 110), (142, 96, 178))


def dress(pen: Pen, head: Head, accessory: Accessory, dice: Random) -> None:
    """``pen`` has the frame in which the head was given."""
    colour: Colour = dice.choice(CLOTH)
    x, y, half = head.x, head.y, head.width / 2
    match accessory:
        case Accessory.HAT:
            hat(pen, x, y, half, colour)
        case Accessory.CROWN:
            crown(pen, x, y, half * 0.85)
        case Accessory.SCARF:
            foot = y + half * 2.15
            pen.stroke(
                [(x + half * 0.4, foot), (x + half * 0.65, foot + half * 0.9)],
                half * 0.42,
                lit(darken(colour, 0.15)),
            )
            pen.stroke(
                [
                    (x - half * 0.8, foot - half * 0.12),
                    (x, foot + half * 0.14),
                    (x + half * 0.8, foot - half * 0.12),
                ],
                half * 0.42,
                lit(colour),
            )
        case Accessory.GLASSES:
            level = y + half
            for side in (-1, 1):
                pen.ellipse(x + side * half * 0.52, level, half * 0.42, half * 0.38, INK)
                pen.ellipse(x + side * half * 0.52, level, half * 0.35, half * 0.31, lit((66, 70, 104), 0.2))
                pen.stroke(
                    [
                        (x + side * half * 0.4 - half * 0.1, level + half * 0.1),
                        (x + side * half * 0.4 + half * 0.12, level - half * 0.18),
                    ],
                    half * 0.07,
                    Veil(WHITE, 0.6),
                )
            pen.stroke([(x - half * 0.2, level - half * 0.06), (x + half * 0.2, level - half * 0.06)], half * 0.1, INK)
        case Accessory.BOW:
            level = y + half * 0.12
            for side in (-1, 1):
                pen.blob(
                    [
                        (x, level),
                        (x + side * half * 0.55, level - half * 0.34),
                        (x + side * half * 0.62, level),
                        (x + side * half * 0.55, level + half * 0.34),
                    ],
                    lit(colour),
                )
            pen.ellipse(x, level, half * 0.15, half * 0.18, ball(darken(colour, 0.15)))


def hat(pen: Pen, x: float, y: float, half: float, colour: Colour) -> None:
    """A soft-crowned hat with a brim and a band."""
    foot = y + half * 0.26
    pen.blob(
        [
            (x - half * 0.74, foot),
            (x - half * 0.7, foot - half * 0.62),
            (x - half * 0.4, foot - half * 0.98),
            (x, foot - half * 0.9),
            (x + half * 0.4, foot - half * 0.98),
            (x + half * 0.7, foot - half * 0.62),
            (x + half * 0.74, foot),
            (x, foot + half * 0.12),
        ],
        lit(colour, 0.2),
    )
    pen.ellipse(x, foot, half * 1.3, half * 0.2, lit(darken(colour, 0.08), 0.12))
    pen.blob(
        [
            (x - half * 0.75, foot - half * 0.02),
            (x - half * 0.74, foot - half * 0.24),
            (x, foot - half * 0.14),
            (x + half * 0.74, foot - half * 0.24),
            (x + half * 0.75, foot - half * 0.02),
            (x, foot + half * 0.1),
        ],
        lighten(colour, 0.72),
    )


def crown(pen: Pen, x: float, y: float, half: float, gold: Colour = (246, 196, 70)) -> None:
    foot, top = y + half * 0.3, y - half * 0.95
    points = [
        (x - half, foot - half * 0.1),
        (x - half * 1.1, top + half * 0.3),
        (x - half * 0.5, foot - half * 0.5),
        (x, top),
    ]
    points += [
        (x + half * 0.5, foot - half * 0.5),
        (x + half * 1.1, top + half * 0.3),
        (x + half, foot - half * 0.1),
    ]
    pen.shape([*points, (x, foot + half * 0.08)], lit(gold, 0.25))
    pen.blob(
        [
            (x - half, foot - half * 0.3),
            (x, foot - half * 0.14),
            (x + half, foot - half * 0.3),
            (x + half * 0.98, foot),
            (x, foot + half * 0.18),
            (x - half * 0.98, foot),
        ],
        lit(darken(gold, 0.12), 0.2),
    )
    for dx, dy in ((-1.1, 0.25), (0, 0), (1.1, 0.25)):
        pen.disc(x + dx * half, top + dy * half, half * 0.13, ball((255, 226, 130)))
    for dx, gem in ((-0.55, (84, 148, 226)), (0, (222, 62, 82)), (0.55, (84, 148, 226))):
        pen.disc(x + dx * half, foot - half * (0.02 if dx == 0 else 0.08), half * 0.11, ball(gem))
