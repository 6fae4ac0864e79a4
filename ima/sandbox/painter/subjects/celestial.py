"""What is seen in the sky."""

from math import cos, pi, sin

from ima.sandbox.painter.colour import WHITE, Colour, darken, lighten, mix
from ima.sandbox.painter.fills import Veil, ball, lit
from ima.sandbox.painter.geometry import ellipse
from ima.sandbox.painter.pen import Pen

from .parts import cheeks, eyes
from .subject import Look, Place, Subject


def sun(pen: Pen, look: Look) -> None:
    main = look.pick((255, 204, 70), (255, 184, 72))
    plain = pen.bare()
    plain.glow(0.5, 0.5, 0.85, lighten(main, 0.4), 0.7)
    for index in range(16):
        angle = 2 * pi * index / 16
        reach = 0.46 if index % 2 == 0 else 0.39
        points = [
            (0.5 + 0.29 * cos(angle - 0.1), 0.5 + 0.29 * sin(angle - 0.1)),
            (0.5 + reach * cos(angle), 0.5 + reach * sin(angle)),
            (0.5 + 0.29 * cos(angle + 0.1), 0.5 + 0.29 * sin(angle + 0.1)),
        ]
        plain.shape(points, lighten(main, 0.1))
    plain.disc(0.5, 0.5, 0.27, ball(main, 0.25))
    eyes(plain, 0.47, 0.09, 0.026)
    plain.stroke([(0.44, 0.55), (0.5, 0.585), (0.56, 0.55)], 0.014, (166, 84, 50))
    cheeks(plain, 0.54, 0.14, 0.04, (255, 110, 80))


def crescent(pen: Pen, look: Look) -> None:
    main = look.pick((255, 232, 164), (250, 240, 206))
    plain = pen.bare()
    plain.glow(0.5, 0.5, 0.9, main, 0.5)
    outer = [(0.62, 0.1), (0.4, 0.1), (0.2, 0.26), (0.12, 0.5), (0.2, 0.74), (0.4, 0.9), (0.62, 0.9), (0.8, 0.78)]
    inner = [(0.6, 0.72), (0.46, 0.6), (0.42, 0.44), (0.48, 0.26)]
    plain.blob(outer + inner, ball(main, 0.2))
    for x, y, size in ((0.26, 0.42, 0.04), (0.34, 0.66, 0.05), (0.34, 0.24, 0.03)):
        plain.disc(x, y, size, Veil(darken(main, 0.25), 0.35))
    for x, y, size in ((0.72, 0.3, 0.07), (0.86, 0.52, 0.045), (0.64, 0.48, 0.035)):
        plain.star(x, y, size, size * 0.42, (255, 240, 186))


def star(pen: Pen, look: Look) -> None:
    main = look.pick((255, 212, 84), (255, 200, 92))
    plain = pen.bare()
    plain.glow(0.5, 0.5, 0.7, lighten(main, 0.3), 0.6)
    plain.star(0.5, 0.52, 0.44, 0.215, ball(main, 0.28))
    plain.star(0.49, 0.5, 0.3, 0.15, Veil(WHITE, 0.18))
    eyes(plain, 0.5, 0.08, 0.028)
    plain.stroke([(0.455, 0.57), (0.5, 0.6), (0.545, 0.57)], 0.014, (166, 94, 40))
    cheeks(plain, 0.56, 0.13, 0.036, (255, 110, 80))


def planet(pen: Pen, look: Look) -> None:
    main = look.pick((240, 176, 110), (130, 150, 232), (222, 120, 150), (104, 186, 180))
    plain = pen.bare()
    plain.glow(0.5, 0.5, 0.6, lighten(main, 0.3), 0.35)
    ring = lighten(mix(main, (250, 230, 200), 0.5), 0.1)
    tilt = -0.35

    def arc(start: float, end: float, rx: float, ry: float) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for step in range(25):
            angle = start + (end - start) * step / 24
            x, y = rx * cos(angle), ry * sin(angle)
            points.append((0.5 + x * cos(tilt) - y * sin(tilt), 0.5 + x * sin(tilt) + y * cos(tilt)))
        return points

    for reach, width in ((0.5, 0.03), (0.435, 0.05)):
        plain.stroke(arc(pi, 2 * pi, reach, reach * 0.28), width, darken(ring, 0.2))
    globe = ellipse((0.5, 0.5), (0.3, 0.3))
    plain.shape(globe, ball(main, 0.34))
    with plain.within(globe):
        for y, tall, tone in ((0.34, 0.03, 0.25), (0.46, 0.05, 0.12), (0.58, 0.025, 0.3), (0.66, 0.04, 0.1)):
            plain.ellipse(0.5, y, 0.34, tall, Veil(lighten(main, tone + 0.15), 0.5), -20)
        plain.ellipse(0.66, 0.66, 0.3, 0.34, Veil((30, 20, 70), 0.28), 40)
    for reach, width in ((0.5, 0.03), (0.435, 0.05)):
        plain.stroke(arc(0, pi, reach, reach * 0.28), width, ring)


def earth(pen: Pen, look: Look) -> None:
    plain = pen.bare()
    plain.glow(0.5, 0.5, 0.62, (150, 210, 255), 0.6)
    globe = ellipse((0.5, 0.5), (0.4, 0.4))
    plain.shape(globe, ball(look.colour or (64, 140, 220), 0.3))
    land: Colour = (112, 186, 104)
    with plain.within(globe):
        plain.blob([(0.2, 0.2), (0.4, 0.14), (0.5, 0.24), (0.42, 0.36), (0.36, 0.44), (0.24, 0.4)], lit(land))
        plain.blob([(0.38, 0.5), (0.52, 0.54), (0.5, 0.7), (0.42, 0.86), (0.36, 0.7)], lit(land))
        plain.blob([(0.62, 0.24), (0.86, 0.22), (0.9, 0.44), (0.76, 0.5), (0.66, 0.4)], lit(land))
        plain.blob([(0.66, 0.5), (0.8, 0.56), (0.76, 0.74), (0.66, 0.68)], lit(darken(land, 0.06)))
        plain.ellipse(0.5, 0.1, 0.16, 0.04, WHITE)
        for x, y, wide in ((0.34, 0.46, 0.14), (0.66, 0.36, 0.12), (0.56, 0.64, 0.16), (0.24, 0.62, 0.1)):
            plain.ellipse(x, y, wide, 0.02, Veil(WHITE, 0.65))
        plain.ellipse(0.74, 0.74, 0.36, 0.42, Veil((20, 20, 70), 0.24), 45)


def rainbow(pen: Pen, look: Look) -> None:
    colours: tuple[Colour, ...] = (
        (240, 92, 92),
        (250, 160, 80),
        (252, 216, 96),
        (126, 200, 116),
        (100, 168, 236),
        (160, 124, 220),
    )
    for index, colour in enumerate(colours):
        reach = 0.58 - index * 0.048
        path = [(0.5 - reach * cos(pi * step / 30), 0.74 - reach * 1.0 * sin(pi * step / 30)) for step in range(31)]
        pen.stroke(path, 0.052, Veil(colour, 0.85))
    for x in (0.06, 0.94):
        for dx, dy, size in (
            (-0.1, 0.03, 0.1),
            (0.1, 0.03, 0.1),
            (0, -0.03, 0.13),
            (0.18, 0.06, 0.07),
            (-0.18, 0.06, 0.07),
        ):
            pen.disc(x + dx, 0.76 + dy, size, lit((255, 255, 255), 0.04))


def cloud(pen: Pen, look: Look) -> None:
    main = look.pick((255, 255, 255), (250, 250, 255))
    puffs = ((0.22, 0.6, 0.16), (0.4, 0.46, 0.2), (0.62, 0.48, 0.18), (0.8, 0.6, 0.14), (0.5, 0.62, 0.17))
    for x, y, size in puffs:
        pen.disc(x, y + 0.02, size, darken(main, 0.12))
    for x, y, size in puffs:
        pen.disc(x, y - 0.01, size * 0.96, lit(main, 0.05))
    eyes(pen, 0.55, 0.09, 0.03)
    pen.stroke([(0.455, 0.62), (0.5, 0.65), (0.545, 0.62)], 0.014, (110, 120, 150))
    cheeks(pen, 0.62, 0.15, 0.04)


def firework(pen: Pen, look: Look) -> None:
    plain = pen.bare()
    for x, y, reach, colour in (
        (0.5, 0.42, 0.46, look.pick((255, 120, 130), (255, 200, 100))),
        (0.14, 0.66, 0.26, (120, 200, 255)),
        (0.86, 0.7, 0.28, (190, 140, 255)),
        (0.84, 0.14, 0.2, (140, 240, 180)),
    ):
        plain.glow(x, y, reach * 1.3, colour, 0.45)
        for ring, count, tone in ((1.0, 22, 0.0), (0.66, 16, 0.35), (0.36, 10, 0.65)):
            for index in range(count):
                angle = 2 * pi * index / count + ring
                far = (x + reach * ring * cos(angle), y + reach * ring * sin(angle))
                near = (x + reach * ring * 0.62 * cos(angle), y + reach * ring * 0.62 * sin(angle))
                plain.stroke([near, far], 0.003, lighten(colour, tone), 0.012)
                plain.disc(far[0], far[1], 0.009, lighten(colour, 0.6))


SUBJECTS = (
    Subject("sun", "sun,太阳,太陽", sun, Place.SKY, ("clouds", "meadow"), 0.66),
    Subject("moon", "moon,crescent,月亮,月,月牙,弯月,彎月,明月,满月", crescent, Place.SKY, ("night sky",), 0.56),
    Subject("star", "star,星星,星,五角星", star, Place.SKY, ("night sky",), 0.5),
    Subject("planet", "planet,saturn,jupiter,mars,行星,土星,木星,火星,星球", planet, Place.SKY, ("space",), 0.7),
    Subject("earth", "earth,globe,地球,世界", earth, Place.SKY, ("space",), 0.7),
    Subject("rainbow", "rainbow,彩虹", rainbow, Place.SKY, ("meadow", "clouds"), 0.9),
    Subject("cloud", "cloud,云,雲,云朵,雲朵,白云", cloud, Place.SKY, ("clouds",), 0.6),
    Subject("firework", "firework,fireworks,烟花,煙花,烟火,煙火,焰火", firework, Place.SKY, ("night city",), 0.82),
)
