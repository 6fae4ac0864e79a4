"""Putting the subjects into a scenery."""

from dataclasses import dataclass, replace
from random import Random

from .canvas import Canvas
from .colour import Colour
from .dice import dice
from .fills import PLAIN_LIGHT
from .mood import Hour, mood_for
from .pen import Pen
from .scenery import BY_NAME, Scenery, Stage
from .subjects import Look, Place, Subject
from .subjects.worn import dress
from .weather import fall
from .wish import Wanted, Wish

FRONT = (Place.GROUND, Place.TABLE)


@dataclass(frozen=True, slots=True)
class Spot:
    """One thing to paint: where its feet are, and how large it is (a share of the short side)."""

    subject: Subject
    colour: Colour | None
    x: float
    foot: float
    size: float
    mirrored: bool


def compose(canvas: Canvas, wish: Wish, prompt: str) -> None:
    chance = dice(prompt)
    if wish.hour is None and any(each.subject.name in ("moon", "star") for each in wish.wanted):
        wish = replace(wish, hour=Hour.NIGHT)
    mood = mood_for(wish.hour, wish.season, wish.weather, chance)
    if any(each.subject.name in ("sun", "moon") for each in wish.wanted):
        mood = replace(mood, shines=False)
    scenery = _scenery(wish, chance)
    pen = Pen.over(canvas, mood.air.light if scenery.hour else PLAIN_LIGHT)
    stage = scenery.paint(pen, mood, chance)
    hatless = list(wish.accessories)
    for spot in arrange(wish.wanted, stage, pen.aspect, chance):
        frame = pen.standing(spot.x, spot.foot, spot.size, mirrored=spot.mirrored)
        head = spot.subject.draw(frame, Look(spot.colour, chance))
        if head is not None and hatless:
            for accessory in wish.accessories:
                dress(frame, head, accessory, chance)
            hatless.clear()
    fall(pen, mood, chance)


def _scenery(wish: Wish, chance: Random) -> Scenery:
    if wish.scenery is not None:
        return wish.scenery
    if wish.wanted:
        homes = wish.wanted[0].subject.homes
        # What belongs outdoors is taken outdoors by a word about the weather or the hour.
        if wish.hour or wish.weather or wish.season:
            homes = tuple(home for home in homes if BY_NAME[home].hour and home != "room") or homes
        return BY_NAME[chance.choice(homes)]
    return BY_NAME[
        chance.choice(("mountains", "meadow", "forest", "flower field", "desert", "abstract", "sea", "lake"))
    ]


def arrange(wanted: tuple[Wanted, ...], stage: Stage, aspect: float, chance: Random) -> list[Spot]:
    """Further things first. Sizes shrink with the number, so that all have room whatever the picture's shape."""
    landmarks = [each for each in wanted if each.subject.place is Place.LANDMARK]
    flying = [each for each in wanted if each.subject.place is Place.SKY]
    front = [each for each in wanted if each not in landmarks and each not in flying]
    wide, tall = max(1.0, aspect), max(1.0, 1 / aspect)
    spots: list[Spot] = []
    alone = not front
    for index, each in enumerate(landmarks):
        many = len(landmarks) + each.count - 1
        size = each.subject.size * (1.0 if alone else 0.82) / many**0.4
        for number in range(each.count):
            place = index + number
            if alone and many == 1:
                x = 0.5
            elif many == 1:
                x = chance.choice((0.2, 0.8))
            else:
                x = (place + 0.5) / many
            foot = stage.front - 0.02 if alone else stage.back
            spots.append(Spot(each.subject, each.colour, x, foot, size, chance.random() < 0.5))
    lonely = alone and not landmarks
    total = sum(each.count for each in flying)
    place = 0
    for each in flying:
        for _ in range(each.count):
            size = each.subject.size * (1.0 if lonely else 0.5) / total**0.45
            x = (place + 0.5) / total if total > 1 else (0.5 if lonely else chance.choice((0.24, 0.76)))
            middle = max(0.46, stage.sky) if lonely else stage.sky
            middle += chance.uniform(-0.1, 0.1) if total > 1 else 0
            spots.append(Spot(each.subject, each.colour, x, middle + size / 2 / tall, size, chance.random() < 0.5))
            place += 1
    row = _row(front, stage, wide, chance)
    if len(row) == 1 and len(spots) == 1 and landmarks:
        # Out of the way of what stands behind.
        row = [replace(row[0], x=row[0].x + (0.13 if spots[0].x < 0.5 else -0.13))]
    return spots + row


def _row(front: list[Wanted], stage: Stage, wide: float, chance: Random) -> list[Spot]:
    """The ones in front, beside each other; the outer ones a little further back."""
    line = [each for each in front for _ in range(each.count)]
    count = len(line)
    if not count:
        return []
    room = wide * 0.96
    need = sum(each.subject.size for each in line)
    shrink = min(1.0, room / need)
    left = (wide - need * shrink) / 2
    spots: list[Spot] = []
    for index, each in enumerate(line):
        size = each.subject.size * shrink
        x = (left + size / 2) / wide
        left += size
        depth = abs(index - (count - 1) / 2) / max(count, 1) * 0.05 if count > 2 else 0
        water = each.subject.place in (Place.WATER, Place.DEEP)
        foot = stage.water if water else stage.front
        spots.append(Spot(each.subject, each.colour, x, foot - depth, size, chance.random() < 0.4))
    return sorted(spots, key=lambda spot: spot.foot)
