"""What falls from the sky, in front of everything."""

from random import Random

from .colour import WHITE
from .fills import Fade, Veil
from .mood import Mood, Weather
from .pen import Pen


def fall(pen: Pen, mood: Mood, dice: Random) -> None:
    match mood.weather:
        case Weather.RAIN:
            rain(pen, dice)
        case Weather.SNOW:
            snow(pen, dice)
        case Weather.FOG:
            fog(pen, dice)
        case Weather.CLEAR:
            pass


def rain(pen: Pen, dice: Random) -> None:
    plain = pen.bare()
    plain.veil((70, 90, 130), 0.12)
    for _ in range(round(150 * max(pen.aspect, 1 / pen.aspect))):
        x, y, length = dice.uniform(-0.05, 1.1), dice.uniform(-0.1, 1), dice.uniform(0.03, 0.075)
        rx, ry = plain.round(length)
        thick = plain.round(dice.uniform(0.0012, 0.0024))[0]
        plain.shape(
            [(x, y), (x + thick, y), (x + thick - rx * 0.3, y + ry), (x - rx * 0.3, y + ry)],
            Veil((226, 238, 255), dice.uniform(0.3, 0.6)),
        )


def snow(pen: Pen, dice: Random) -> None:
    plain = pen.bare()
    for _ in range(round(130 * max(pen.aspect, 1 / pen.aspect))):
        x, y, size = dice.random(), dice.random(), dice.choice((0.004, 0.005, 0.006, 0.008, 0.011))
        plain.disc(x, y, size, Veil(WHITE, 0.9))
    for _ in range(10):
        plain.glow(dice.random(), dice.random(), dice.uniform(0.02, 0.035), WHITE, 0.8)


def fog(pen: Pen, dice: Random) -> None:
    plain = pen.bare()
    for _ in range(6):
        y = dice.uniform(0.35, 0.95)
        plain.box(0, y - 0.12, 1, y, Fade((238, 242, 246), (238, 242, 246), 0, 0.4))
        plain.box(0, y, 1, y + 0.1, Fade((238, 242, 246), (238, 242, 246), 0.4, 0))
