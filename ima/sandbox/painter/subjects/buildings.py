"""What people live in, pray in, look up to."""

from math import cos, pi, sin

from ima.sandbox.painter.colour import Colour, darken, lighten
from ima.sandbox.painter.fills import Veil, lit
from ima.sandbox.painter.pen import Pen

from .subject import Look, Place, Subject

GLASS: Colour = (255, 222, 140)
STONE: Colour = (206, 200, 206)


def _window(
    pen: Pen, left: float, top: float, right: float, bottom: float, frame: Colour, *, arch: bool = False
) -> None:
    rim = 0.008
    if arch:
        middle, half = (left + right) / 2, (right - left) / 2
        pen.ellipse(middle, top, half + rim, half + rim, frame)
        pen.bare().ellipse(middle, top, half, half, lit(GLASS))
    pen.box(left - rim, top - (0 if arch else rim), right + rim, bottom + rim, frame)
    pen.bare().box(left, top, right, bottom, GLASS if arch else lit(GLASS))
    pen.box((left + right) / 2 - rim / 2, top, (left + right) / 2 + rim / 2, bottom, frame)
    if not arch:
        pen.box(left, (top + bottom) / 2 - rim / 2, right, (top + bottom) / 2 + rim / 2, frame)


def house(pen: Pen, look: Look) -> None:
    main = look.pick((252, 236, 212), (226, 236, 240), (250, 220, 200))
    roof: Colour = look.dice.choice(((200, 86, 70), (92, 120, 160), (146, 90, 70)))
    pen.shadow(0.5, 0.98, 0.5, 0.05)
    pen.box(0.66, 0.16, 0.75, 0.4, lit((178, 112, 92)))
    pen.box(0.645, 0.14, 0.765, 0.185, (150, 90, 76))
    for x, y, size in ((0.71, 0.08, 0.04), (0.75, 0.01, 0.05), (0.81, -0.06, 0.06)):
        pen.disc(x, y, size, Veil((255, 255, 255), 0.5))
    pen.box(0.16, 0.44, 0.84, 0.97, lit(main, 0.08))
    pen.box(0.16, 0.44, 0.84, 0.52, Veil((60, 50, 80), 0.16))
    pen.shape([(0.05, 0.5), (0.26, 0.18), (0.74, 0.18), (0.95, 0.5)], lit(roof, 0.14))
    for row in range(4):
        y = 0.25 + row * 0.07
        pen.box(0.26 - (y - 0.18) * 0.62, y, 0.74 + (y - 0.18) * 0.62, y + 0.007, darken(roof, 0.2))
    pen.shape([(0.37, 0.46), (0.5, 0.25), (0.63, 0.46)], lit(main, 0.06))
    pen.shape([(0.33, 0.48), (0.5, 0.2), (0.67, 0.48), (0.62, 0.48), (0.5, 0.28), (0.38, 0.48)], darken(roof, 0.14))
    pen.disc(0.5, 0.39, 0.045, darken(main, 0.3))
    pen.bare().disc(0.5, 0.39, 0.034, GLASS)
    pen.box(0.43, 0.66, 0.57, 0.97, lit((150, 98, 70)), 0.03)
    pen.disc(0.545, 0.83, 0.012, (250, 206, 96))
    for left in (0.22, 0.64):
        _window(pen, left, 0.61, left + 0.14, 0.77, (255, 252, 246))
        pen.box(left - 0.02, 0.79, left + 0.16, 0.83, lit((150, 98, 70)))
        for index in range(4):
            pen.disc(left + 0.01 + index * 0.04, 0.785, 0.022, ((240, 110, 130), (250, 206, 96))[index % 2])
    for x in (0.09, 0.91, 0.2, 0.8):
        pen.disc(x, 0.95, 0.06, lit((104, 164, 92)))


def castle(pen: Pen, look: Look) -> None:
    main = look.pick((226, 214, 224), (214, 208, 198), (240, 218, 214))
    roof: Colour = look.dice.choice(((92, 106, 180), (190, 88, 110), (86, 146, 156)))
    pen.shadow(0.5, 0.98, 0.5, 0.05)

    def tower(x: float, top: float, half: float, point: float, tone: Colour) -> None:
        pen.box(x - half, top, x + half, 0.97, lit(tone, 0.1))
        pen.box(x, top, x + half, 0.97, Veil((60, 50, 90), 0.14))
        pen.box(x - half * 1.2, top - 0.01, x + half * 1.2, top + 0.03, darken(tone, 0.12))
        pen.shape([(x - half * 1.35, top), (x, top - point), (x + half * 1.35, top)], lit(roof, 0.14))
        pen.shape([(x, top - point), (x + half * 1.35, top), (x + half * 0.2, top)], Veil((40, 30, 80), 0.25))
        pen.stroke([(x, top - point), (x, top - point - 0.06)], 0.008, (120, 100, 110))
        pen.shape([(x, top - point - 0.06), (x + 0.06, top - point - 0.045), (x, top - point - 0.025)], (246, 196, 80))

    tower(0.35, 0.34, 0.06, 0.17, darken(main, 0.12))
    tower(0.65, 0.34, 0.06, 0.17, darken(main, 0.12))
    tower(0.5, 0.25, 0.085, 0.21, darken(main, 0.05))
    pen.box(0.18, 0.6, 0.82, 0.97, lit(main, 0.1))
    for index in range(9):
        x = 0.18 + index * 0.08
        pen.box(x, 0.565, x + 0.045, 0.61, main)
    tower(0.15, 0.48, 0.085, 0.2, main)
    tower(0.85, 0.48, 0.085, 0.2, main)
    pen.ellipse(0.5, 0.8, 0.1, 0.11, darken(main, 0.35))
    pen.box(0.4, 0.8, 0.6, 0.97, darken(main, 0.35))
    pen.ellipse(0.5, 0.81, 0.078, 0.09, (126, 84, 66))
    pen.box(0.422, 0.81, 0.578, 0.97, (126, 84, 66))
    for dx in (-0.04, 0, 0.04):
        pen.box(0.5 + dx - 0.003, 0.74, 0.5 + dx + 0.003, 0.97, (90, 60, 56))
    for x, y in (
        (0.5, 0.36),
        (0.35, 0.45),
        (0.65, 0.45),
        (0.15, 0.6),
        (0.85, 0.6),
        (0.15, 0.78),
        (0.85, 0.78),
        (0.3, 0.72),
        (0.7, 0.72),
    ):
        _window(pen, x - 0.017, y, x + 0.017, y + 0.05, darken(main, 0.35), arch=True)


def pagoda(pen: Pen, look: Look) -> None:
    main = look.pick((196, 64, 56), (206, 78, 62))
    roof: Colour = (66, 84, 98)
    pen.shadow(0.5, 0.98, 0.46, 0.05)
    pen.box(0.16, 0.93, 0.84, 0.975, lit(STONE))
    pen.box(0.22, 0.9, 0.78, 0.94, lit(lighten(STONE, 0.2)))
    pen.stroke([(0.5, 0.14), (0.5, -0.02)], 0.018, (236, 186, 84), 0.006)
    pen.disc(0.5, 0.07, 0.022, (236, 186, 84))
    floors = ((0.74, 0.9, 0.24), (0.55, 0.67, 0.19), (0.37, 0.48, 0.145), (0.2, 0.3, 0.105))
    for top, bottom, half in floors:
        pen.box(0.5 - half, top, 0.5 + half, bottom, lit(main))
        pen.box(0.5 - half, top, 0.5 + half, top + 0.02, Veil((40, 20, 40), 0.35))
        pillars = 5
        for index in range(pillars):
            x = 0.5 - half + index * 2 * half / (pillars - 1)
            pen.box(x - 0.009, top, x + 0.009, bottom, darken(main, 0.3))
        for index in range(pillars - 1):
            x = 0.5 - half + (index + 0.5) * 2 * half / (pillars - 1)
            pen.bare().box(x - half * 0.13, top + 0.03, x + half * 0.13, bottom - 0.015, GLASS)
            pen.box(x - 0.003, top + 0.03, x + 0.003, bottom - 0.015, darken(main, 0.3))
        wide, rise = half + 0.13, 0.085
        eaves = [
            (0.5 - wide - 0.02, top - 0.02),
            (0.5 - wide * 0.72, top - 0.012),
            (0.5 - half * 0.78, top - rise),
            (0.5 + half * 0.78, top - rise),
            (0.5 + wide * 0.72, top - 0.012),
            (0.5 + wide + 0.02, top - 0.02),
        ]
        under = [
            (0.5 + wide + 0.02, top - 0.015),
            (0.5 + wide * 0.8, top + 0.02),
            (0.5 - wide * 0.8, top + 0.02),
            (0.5 - wide - 0.02, top - 0.015),
        ]
        pen.shape(eaves + under, lit(roof, 0.2))
        pen.stroke(
            [
                (0.5 - wide - 0.02, top - 0.018),
                (0.5 - wide * 0.8, top + 0.016),
                (0.5, top + 0.02),
                (0.5 + wide * 0.8, top + 0.016),
                (0.5 + wide + 0.02, top - 0.018),
            ],
            0.012,
            (228, 184, 96),
        )
        for side in (-1, 1):
            pen.disc(0.5 + side * (wide * 0.88), top + 0.035, 0.016, lit((226, 70, 60)))


def lighthouse(pen: Pen, look: Look) -> None:
    main = look.pick((214, 70, 66), (70, 120, 180))
    pen.blob([(0.1, 1.02), (0.18, 0.92), (0.36, 0.87), (0.6, 0.86), (0.82, 0.92), (0.94, 1.02)], lit((132, 122, 126)))
    pen.blob([(0.5, 1.02), (0.6, 0.92), (0.8, 0.93), (0.92, 1.02)], Veil((60, 50, 80), 0.25))
    for side in (-1, 1):
        pen.shape([(0.5, 0.2), (0.5 + side * 1.1, 0.06), (0.5 + side * 1.1, 0.36)], Veil((255, 240, 176), 0.22))
    tower = [(0.37, 0.9), (0.425, 0.3), (0.575, 0.3), (0.63, 0.9)]
    pen.shape(tower, lit((252, 250, 246), 0.05))
    with pen.within(tower):
        for top in (0.3, 0.54, 0.78):
            pen.box(0.3, top, 0.7, top + 0.12, main)
        pen.box(0.52, 0.2, 0.7, 0.95, Veil((50, 40, 90), 0.16))
    pen.box(0.395, 0.27, 0.605, 0.305, lit((74, 78, 98)), 0.01)
    pen.glow(0.5, 0.205, 0.34, (255, 238, 160), 0.85)
    pen.box(0.44, 0.145, 0.56, 0.27, (88, 96, 120))
    pen.bare().box(0.45, 0.155, 0.55, 0.265, (255, 242, 180))
    pen.box(0.496, 0.155, 0.504, 0.265, (88, 96, 120))
    pen.shape([(0.42, 0.15), (0.5, 0.05), (0.58, 0.15)], lit(main))
    pen.stroke([(0.5, 0.05), (0.5, 0.0)], 0.01, (74, 78, 98))
    for y in (0.46, 0.69):
        _window(pen, 0.482, y, 0.518, y + 0.05, (74, 78, 98), arch=True)
    pen.box(0.465, 0.81, 0.535, 0.9, (110, 76, 64), 0.03)


def windmill(pen: Pen, look: Look) -> None:
    main = look.pick((246, 232, 212), (206, 158, 120))
    pen.shadow(0.5, 0.98, 0.34, 0.045)
    pen.shape([(0.32, 0.97), (0.4, 0.4), (0.6, 0.4), (0.68, 0.97)], lit(main))
    pen.shape([(0.52, 0.4), (0.6, 0.4), (0.68, 0.97), (0.54, 0.97)], Veil((60, 40, 60), 0.15))
    pen.blob([(0.38, 0.42), (0.42, 0.28), (0.5, 0.23), (0.58, 0.28), (0.62, 0.42)], lit((166, 84, 70)))
    pen.box(0.45, 0.8, 0.55, 0.97, lit((126, 84, 66)), 0.04)
    for x, y in ((0.5, 0.55), (0.46, 0.68)):
        _window(pen, x - 0.025, y, x + 0.025, y + 0.06, (250, 246, 238))
    for index in range(4):
        angle = pi / 2 * index + 0.5
        ax, ay = cos(angle), sin(angle)
        nx, ny = -ay, ax
        pen.stroke([(0.5, 0.36), (0.5 + ax * 0.42, 0.36 + ay * 0.42)], 0.018, (110, 78, 64))
        sail = [(0.1, 0.015), (0.42, 0.015), (0.42, 0.12), (0.1, 0.1)]
        pen.shape([(0.5 + ax * a + nx * b, 0.36 + ay * a + ny * b) for a, b in sail], Veil((255, 250, 238), 0.95))
        for step in (0.18, 0.26, 0.34):
            pen.stroke(
                [
                    (0.5 + ax * step + nx * 0.015, 0.36 + ay * step + ny * 0.015),
                    (0.5 + ax * step + nx * 0.11, 0.36 + ay * step + ny * 0.11),
                ],
                0.006,
                (150, 110, 86),
            )
    pen.disc(0.5, 0.36, 0.034, (96, 68, 60))


def iron_tower(pen: Pen, look: Look) -> None:
    main = look.pick((128, 104, 100), (110, 98, 118))
    pen.shadow(0.5, 0.98, 0.38, 0.04)
    left, right = (
        [(0.5, 0.0), (0.475, 0.12), (0.455, 0.4), (0.4, 0.66), (0.22, 0.98)],
        [(0.5, 0.0), (0.525, 0.12), (0.545, 0.4), (0.6, 0.66), (0.78, 0.98)],
    )
    for step in range(10):
        top = 0.14 + step * 0.052
        half, low = 0.02 + (top - 0.12) * 0.12, 0.02 + (top - 0.07) * 0.13
        pen.stroke([(0.5 - half, top), (0.5 + low, top + 0.05)], 0.009, main)
        pen.stroke([(0.5 + half, top), (0.5 - low, top + 0.05)], 0.009, main)
    for path in (left, right):
        pen.stroke(path, 0.016, lit(main), 0.06)
    pen.stroke([(0.32, 0.98), (0.4, 0.83), (0.5, 0.78), (0.6, 0.83), (0.68, 0.98)], 0.024, lit(main))
    for y, half in ((0.4, 0.075), (0.67, 0.14), (0.135, 0.035)):
        pen.box(0.5 - half, y - 0.016, 0.5 + half, y + 0.018, lit(darken(main, 0.15)), 0.006)
    for side in (-1, 1):
        for y in (0.74, 0.82, 0.9):
            outer = 0.14 + (y - 0.67) * 0.45
            pen.stroke([(0.5 + side * outer, y), (0.5 + side * (outer - 0.07), y + 0.05)], 0.01, main)
    pen.glow(0.5, 0.0, 0.06, (255, 230, 150), 0.7)


def bridge(pen: Pen, look: Look) -> None:
    """A suspension bridge over the whole frame."""
    main = look.pick((206, 74, 58), (110, 130, 160), (190, 96, 70))
    for x in (-0.6, 0.22, 0.78, 1.6):
        pen.box(x - 0.035, 0.3, x + 0.035, 0.98, lit(main))
        pen.box(x + 0.008, 0.3, x + 0.035, 0.98, Veil((40, 20, 40), 0.2))
        for y in (0.3, 0.46, 0.6):
            pen.box(x - 0.05, y, x + 0.05, y + 0.03, darken(main, 0.12), 0.006)
        pen.box(x - 0.07, 0.92, x + 0.07, 1.0, lit((170, 166, 172)), 0.015)
    pen.box(-1.4, 0.745, 2.4, 0.79, lit(darken(main, 0.1)))
    pen.box(-1.4, 0.725, 2.4, 0.745, (92, 88, 104))
    spans = (
        (-1.4, -0.6, 0.72, 0.32),
        (-0.6, 0.22, 0.32, 0.32),
        (0.22, 0.78, 0.32, 0.32),
        (0.78, 1.6, 0.32, 0.32),
        (1.6, 2.4, 0.32, 0.72),
    )
    for start, end, high, far in spans:
        path: list[tuple[float, float]] = []
        for step in range(17):
            share = step / 16
            sag = 4 * share * (1 - share) * (0.36 if high == far else 0.05)
            path.append((start + (end - start) * share, high + (far - high) * share + sag))
        for point in path[1:-1]:
            pen.stroke([point, (point[0], 0.73)], 0.006, lighten(main, 0.25))
        pen.stroke(path, 0.02, lit(main))
    for index in range(14):
        pen.bare().disc(-0.8 + index * 0.2, 0.715, 0.012, (255, 232, 160))


def skyscraper(pen: Pen, look: Look) -> None:
    main = look.pick((96, 136, 182), (120, 130, 168))
    pen.shadow(0.5, 0.98, 0.34, 0.04)
    for left, top, right in ((0.2, 0.5, 0.46), (0.54, 0.4, 0.8), (0.36, 0.1, 0.64)):
        pen.box(left, top, right, 0.97, lit(main, 0.2))
        pen.box((left + right) / 2, top, right, 0.97, Veil((30, 30, 70), 0.18))
        rows, columns = round((0.93 - top) / 0.05), 4
        for row in range(rows):
            for column in range(columns):
                x = left + (right - left) * (column + 0.22) / columns
                glass = GLASS if look.dice.random() < 0.5 else lighten(main, 0.4)
                pen.bare().box(x, top + 0.03 + row * 0.05, x + (right - left) * 0.14, top + 0.058 + row * 0.05, glass)
    pen.stroke([(0.5, 0.1), (0.5, -0.02)], 0.014, main, 0.004)


SUBJECTS = (
    Subject(
        "house",
        "house,cottage,cabin,hut,villa,barn,房子,房屋,小屋,木屋,别墅,別墅,茅屋,屋子",
        house,
        Place.LANDMARK,
        ("meadow", "garden", "forest"),
        0.78,
    ),
    Subject(
        "castle",
        "castle,palace,fortress,城堡,宫殿,宮殿,皇宫,皇宮",
        castle,
        Place.LANDMARK,
        ("meadow", "mountains", "flower field"),
        0.88,
    ),
    Subject(
        "pagoda",
        "pagoda,temple,shrine,塔,宝塔,寶塔,寺庙,寺廟,寺,古塔,庙,廟,古建筑,亭子,凉亭",
        pagoda,
        Place.LANDMARK,
        ("mountains", "lake", "meadow"),
        0.86,
    ),
    Subject("lighthouse", "lighthouse,灯塔,燈塔", lighthouse, Place.LANDMARK, ("sea", "beach"), 0.86),
    Subject("windmill", "windmill,风车,風車", windmill, Place.LANDMARK, ("flower field", "meadow"), 0.84),
    Subject(
        "tower",
        "eiffel tower,eiffel,tower,tokyo tower,铁塔,鐵塔,埃菲尔铁塔,巴黎,paris",
        iron_tower,
        Place.LANDMARK,
        ("city", "meadow"),
        0.86,
    ),
    Subject("bridge", "bridge,golden gate,桥,橋,大桥,大橋,石桥,小桥", bridge, Place.LANDMARK, ("lake", "sea"), 0.8),
    Subject(
        "skyscraper",
        "skyscraper,building,tower block,office tower,高楼,高樓,大楼,大樓,摩天大楼,摩天大樓,建筑,建築",
        skyscraper,
        Place.LANDMARK,
        ("city",),
        0.84,
    ),
)
