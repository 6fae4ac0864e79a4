"""Under a roof, and the plain background of a portrait."""

from random import Random

from ima.sandbox.painter.colour import WHITE, Colour, darken, from_hue, lighten, mix
from ima.sandbox.painter.fills import Fade, Veil, ball, lit
from ima.sandbox.painter.mood import Mood
from ima.sandbox.painter.pen import Pen

from .scene import Scenery, Stage
from .sky import sky

WALLS: tuple[tuple[Colour, Colour], ...] = (
    ((250, 222, 196), (196, 138, 96)),
    ((196, 222, 214), (178, 130, 94)),
    ((216, 214, 240), (168, 124, 110)),
    ((250, 232, 200), (150, 106, 80)),
    ((188, 210, 232), (190, 144, 104)),
)


PAIRS: tuple[tuple[Colour, Colour], ...] = (
    ((250, 222, 200), (246, 176, 140)),
    ((206, 228, 242), (150, 196, 230)),
    ((214, 234, 214), (156, 206, 170)),
    ((236, 222, 246), (196, 168, 230)),
    ((252, 234, 190), (248, 204, 116)),
    ((250, 214, 220), (242, 160, 178)),
    ((210, 236, 234), (246, 206, 150)),
    ((228, 226, 246), (250, 190, 170)),
)
"""A wall and the disc before it."""


def studio(pen: Pen, mood: Mood, dice: Random) -> Stage:
    """A large disc on a soft ground, with a few floating dots."""
    wall, disc = dice.choice(PAIRS)
    if mood.dark:
        wall, disc = mix(wall, (34, 32, 84), 0.75), mix(disc, (70, 60, 140), 0.6)
    plain = pen.bare()
    plain.box(0, 0, 1, 1, Fade(lighten(wall, 0.35), wall))
    # The disc rests on the floor, however tall the picture is: it belongs behind the subject.
    middle = 0.8 - plain.round(0.43)[1] * 0.77
    plain.disc(0.5, middle, 0.43, Fade(lighten(disc, 0.3), disc))
    plain.disc(0.5, middle, 0.36, Veil(WHITE, 0.16))
    plain.box(0, 0.8, 1, 1, Fade(darken(wall, 0.06), darken(wall, 0.2)))
    plain.ellipse(0.5, 0.8, 0.8, 0.035, darken(wall, 0.06))
    for _ in range(16):
        x, y = dice.random(), dice.uniform(0.03, 0.72)
        if dice.random() < 0.5:
            plain.disc(x, y, dice.uniform(0.006, 0.018), Veil(WHITE, 0.7))
        else:
            rx, ry = plain.round(dice.uniform(0.01, 0.022))
            plain.shape([(x, y - ry), (x + rx * 0.25, y), (x, y + ry), (x - rx * 0.25, y)], Veil(WHITE, 0.9))
            plain.shape([(x - rx, y), (x, y - ry * 0.25), (x + rx, y), (x, y + ry * 0.25)], Veil(WHITE, 0.9))
    return Stage(0.88, 0.84, middle, 0.88)


def _window(pen: Pen, mood: Mood, dice: Random, left: float, top: float, right: float, bottom: float) -> None:
    plain = pen.bare()
    rx, ry = plain.round(0.018)
    plain.box(left - rx, top - ry, right + rx, bottom + ry, lit((250, 246, 238), 0.06), 0.01)
    view = Pen(
        pen.canvas,
        pen.left + left * pen.across,
        pen.top + top * pen.down,
        (right - left) * pen.across,
        (bottom - top) * pen.down,
    )
    with view.within([(0, 0), (1, 0), (1, 1), (0, 1)]):
        sky(view, mood, dice, 0.95, clouds=3)
        leaf = mood.distant(mood.ground.leaf, 0.3)
        for x in (0.0, 0.25, 0.6, 0.95):
            view.disc(x, 1.02, 0.22, lit(leaf))
    middle = (left + right) / 2
    plain.box(middle - rx * 0.4, top, middle + rx * 0.4, bottom, (250, 246, 238))
    across = top + (bottom - top) * 0.45
    plain.box(left, across - ry * 0.4, right, across + ry * 0.4, (250, 246, 238))
    plain.box(left - rx * 2, bottom + ry * 0.6, right + rx * 2, bottom + ry * 1.7, lit((244, 236, 224), 0.08))


def room(pen: Pen, mood: Mood, dice: Random) -> Stage:
    wall, wood = dice.choice(WALLS)
    if mood.dark:
        wall, wood = mix(wall, (52, 50, 96), 0.62), mix(wood, (44, 36, 70), 0.5)
    plain, floor = pen.bare(), 0.72
    plain.box(0, 0, 1, floor, Fade(lighten(wall, 0.2), wall))
    plain.box(0, floor, 1, 1, Fade(lighten(wood, 0.12), darken(wood, 0.12)))
    plain.box(0, floor - 0.03, 1, floor, lighten(wall, 0.55))
    for index in range(9):
        y = floor + 0.28 * ((index + 1) / 9) ** 1.5
        plain.box(0, y, 1, y + 0.0025, Veil(darken(wood, 0.4), 0.35))
    left = dice.choice((0.09, 0.5))
    _window(pen, mood, dice, left, 0.1, left + 0.4, 0.5)
    other = 0.76 if left < 0.3 else 0.22
    hue = dice.random()
    rx, ry = plain.round(0.11)
    plain.box(other - rx, 0.14, other + rx, 0.14 + ry * 2.4, lit((178, 128, 88), 0.1), 0.008)
    plain.box(
        other - rx * 0.84,
        0.14 + ry * 0.18,
        other + rx * 0.84,
        0.14 + ry * 2.22,
        Fade(from_hue(hue, 0.25, 0.98), from_hue(hue + 0.1, 0.4, 0.9)),
    )
    plain.disc(other, 0.14 + ry * 1.1, 0.045, from_hue(hue + 0.5, 0.4, 0.97))
    _pot_plant(pen, 0.93 if left < 0.3 else 0.07, floor + 0.1, dice)
    rug = from_hue(dice.random(), 0.38, 0.5 if mood.dark else 0.86)
    plain.ellipse(0.5, 0.9, 0.4, 0.075, rug)
    plain.ellipse(0.5, 0.9, 0.36, 0.06, lighten(rug, 0.25))
    plain.ellipse(0.5, 0.9, 0.32, 0.048, rug)
    if mood.dark:
        plain.glow(other, 0.3, 0.6, (255, 210, 130), 0.4)
    return Stage(0.92, 0.8, 0.28, 0.92)


def _pot_plant(pen: Pen, x: float, foot: float, dice: Random) -> None:
    pot = pen.standing(x, foot, 0.36)
    leaf: Colour = dice.choice(((78, 150, 108), (98, 160, 90), (60, 132, 116)))
    for dx, dy in ((-0.34, 0.3), (0.34, 0.26), (-0.2, 0.12), (0.2, 0.1), (0, 0.02)):
        tip = (0.5 + dx, dy)
        side = (0.09, 0.02) if abs(dx) < 0.25 else (0.04, 0.09)
        middle = ((0.5 + tip[0]) / 2, (0.72 + tip[1]) / 2 - 0.05)
        pot.blob(
            [
                (0.5, 0.74),
                (middle[0] - side[0], middle[1] - side[1]),
                tip,
                (middle[0] + side[0], middle[1] + side[1]),
            ],
            lit(leaf, 0.14),
        )
    pot.shape([(0.3, 0.68), (0.7, 0.68), (0.64, 1), (0.36, 1)], lit((214, 122, 88), 0.12))
    pot.box(0.27, 0.64, 0.73, 0.73, lit((226, 138, 102), 0.1), 0.02)


def table(pen: Pen, mood: Mood, dice: Random) -> Stage:
    """A table top before a wall out of focus."""
    wall, wood = dice.choice(WALLS)
    if mood.dark:
        wall, wood = mix(wall, (52, 50, 96), 0.62), mix(wood, (44, 36, 70), 0.5)
    plain = pen.bare()
    plain.box(0, 0, 1, 0.7, Fade(lighten(wall, 0.3), darken(wall, 0.04)))
    for _ in range(round(9 * max(1, pen.aspect))):
        x, y = dice.random(), dice.uniform(0.02, 0.55)
        plain.disc(
            x, y, dice.uniform(0.03, 0.09), Veil(dice.choice((WHITE, (255, 232, 170), lighten(wood, 0.5))), 0.28)
        )
    plain.box(0, 0.66, 1, 1, Fade(lighten(wood, 0.28), wood))
    plain.box(0, 0.66, 1, 0.672, lighten(wood, 0.45))
    for index in range(6):
        y = 0.69 + 0.05 * index
        plain.stroke(
            [(0, y), (0.3, y + dice.uniform(-0.008, 0.008)), (0.7, y + dice.uniform(-0.008, 0.008)), (1, y)],
            0.003,
            Veil(darken(wood, 0.35), 0.3),
        )
    plain.ellipse(0.5, 0.87, 0.34, 0.075, Veil(WHITE, 0.22))
    return Stage(0.9, 0.86, 0.3, 0.9)


def abstract(pen: Pen, mood: Mood, dice: Random) -> Stage:
    """Ribbons of colour that flow over each other, and a few floating balls."""
    hue = dice.random()
    plain = pen.bare()
    low, high = from_hue(hue, 0.35, 1), from_hue(hue + 0.12, 0.55, 0.95)
    if mood.dark:
        low, high = mix(low, (24, 20, 64), 0.7), mix(high, (24, 20, 64), 0.6)
    plain.box(0, 0, 1, 1, Fade(low, high))
    plain.glow(dice.uniform(0.2, 0.8), 0.25, 0.6, WHITE, 0.55)
    spread = dice.choice((0.06, 0.09, -0.07))
    for index in range(7):
        base = 0.3 + 0.11 * index
        tone = from_hue(hue + spread * index, 0.42 + 0.05 * index, 0.97 - 0.06 * index)
        line = [(step / 5 * 1.2 - 0.1, base + dice.uniform(-0.1, 0.1)) for step in range(6)]
        plain.blob_over(line, 1.2, Fade(lighten(tone, 0.2), tone, 0.92, 0.75))
        plain.stroke(line, 0.003, Veil(WHITE, 0.35))
    for _ in range(9):
        x, y, size = dice.random(), dice.uniform(0.08, 0.9), dice.uniform(0.015, 0.07)
        plain.disc(x, y, size, ball(from_hue(hue + dice.uniform(0.3, 0.6), 0.45, 0.97)))
    return Stage(0.9, 0.86, 0.34, 0.9)


SCENERIES = (
    Scenery(
        "abstract",
        "abstract,dream,imagination,texture,pattern,wallpaper,抽象,梦,夢,梦境,夢境,图案,圖案,壁纸,壁紙",
        abstract,
        hour=False,
    ),
    Scenery(
        "studio", "studio,portrait,肖像,头像,頭像,logo,icon,avatar,sticker,贴纸,貼紙,图标,圖標", studio, hour=False
    ),
    Scenery(
        "room",
        "room,indoors,sofa,bedroom,living room,kitchen,window,home,室内,室內,房间,房間,客厅,客廳,"
        "卧室,臥室,家里,家裡,沙发,沙發,窗边,窗邊,窗台",
        room,
    ),
    Scenery("table", "table,desk,餐桌,桌子,桌上,书桌,書桌", table, hour=False),
)
