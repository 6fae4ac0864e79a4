"""Changing pictures by words."""

from collections.abc import Sequence
from enum import Enum
from functools import cache
from random import Random
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from . import weather
from .canvas import Canvas
from .collage import collage, fitted
from .colour import Colour
from .dice import dice
from .effects import styles, stylise
from .lexicon import Lexicon, normal
from .mood import Hour, Season, Weather, mood_for
from .painting import bounded
from .pen import Pen
from .scenery import Scenery
from .subjects import Head, Look, Place
from .subjects.worn import dress
from .wish import Wanted, Wish, read

EDIT_SIDE = 1152


class Adjustment(Enum):
    DARKER = "darker"
    BRIGHTER = "brighter"
    WARMER = "warmer"
    COOLER = "cooler"
    VIVID = "vivid"
    SOFTER = "softer"
    SHARPER = "sharper"
    BLURRED_BACKGROUND = "blurred background"
    MIRRORED = "mirrored"
    UPSIDE_DOWN = "upside down"
    INVERTED = "inverted"


ADJUSTMENTS: Final = (
    ("darker,darken,dim,更暗,暗一点,暗一點,变暗,變暗,调暗,調暗,暗些", Adjustment.DARKER),
    ("brighter,brighten,lighter,更亮,亮一点,亮一點,变亮,變亮,调亮,調亮,明亮,亮些,提亮", Adjustment.BRIGHTER),
    ("warm,warmer,cozy,暖,暖色,更暖,温暖,溫暖,暖一点", Adjustment.WARMER),
    ("cool,cooler,cold,icy,冷,冷色,更冷,冷一点,清冷", Adjustment.COOLER),
    ("vivid,saturated,colorful,colourful,鲜艳,鮮豔,更艳,饱和,飽和,多彩,彩色,上色", Adjustment.VIVID),
    ("soft,softer,dreamy,blur,blurry,柔和,柔焦,梦幻,夢幻,模糊", Adjustment.SOFTER),
    ("sharp,sharper,sharpen,clear,clearer,enhance,hd,锐化,銳化,清晰,更清楚,高清,增强", Adjustment.SHARPER),
    (
        "blur background,blur the background,blurred background,bokeh,背景虚化,背景模糊,虚化背景,"
        "模糊背景,虚化,虛化,景深",
        Adjustment.BLURRED_BACKGROUND,
    ),
    (
        "mirror,mirrored,flip,flip horizontally,镜像,鏡像,左右翻转,左右翻轉,水平翻转,翻转,翻轉,镜面",
        Adjustment.MIRRORED,
    ),
    (
        "upside down,flip vertically,rotate 180,上下翻转,上下翻轉,颠倒,顛倒,倒过来,倒過來,垂直翻转",
        Adjustment.UPSIDE_DOWN,
    ),
    ("invert,negative,反色,负片,負片,反相", Adjustment.INVERTED),
)


@cache
def _adjustments() -> Lexicon[Adjustment]:
    return Lexicon(ADJUSTMENTS)


def transform(pictures: Sequence[Image.Image], prompt: str, width: int, height: int) -> Image.Image:
    """The first of ``pictures`` as ``prompt`` asks for it, cut to ``width`` by ``height``; several become one
    composition first. Words that mean nothing here give a painterly version. Raises ValueError for no picture."""
    if not pictures:
        raise ValueError("there is no picture to change")
    size = bounded(width, height, EDIT_SIDE)
    chance = dice(prompt)
    wish = read(prompt)
    wanted = [found.meaning for found in _adjustments().find(normal(prompt))]
    image = fitted(pictures[0], size) if len(pictures) == 1 else collage(pictures, size, chance)
    start = image
    if wish.scenery is not None:
        image = _moved(image, wish.scenery, wish, chance)
    for adjustment in dict.fromkeys(wanted):
        image = _adjusted(image, adjustment)
    image = _aired(image, wish, chance)
    if wish.tint is not None and not wish.wanted:
        image = styles.tinted(image, wish.tint)
    if wish.wanted or wish.accessories:
        image = _with_things(image, wish, chance)
    image = stylise(image, wish.styles, chance)
    if image is start and len(pictures) == 1:
        image = _restyled(image, chance)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _adjusted(image: Image.Image, adjustment: Adjustment) -> Image.Image:
    longer = max(image.size)
    match adjustment:
        case Adjustment.DARKER:
            return image.point(lambda value: round(value * 0.55))
        case Adjustment.BRIGHTER:
            return image.point(lambda value: round(255 * (value / 255) ** 0.58))
        case Adjustment.WARMER:
            return _graded(image, (255, 196, 128), 0.42, 1.15)
        case Adjustment.COOLER:
            return _graded(image, (132, 184, 255), 0.5, 0.9)
        case Adjustment.VIVID:
            return ImageEnhance.Contrast(ImageEnhance.Color(image).enhance(1.8)).enhance(1.14)
        case Adjustment.SOFTER:
            return ImageChops.screen(
                image.filter(ImageFilter.GaussianBlur(longer / 130)),
                image.filter(ImageFilter.GaussianBlur(longer / 30)).point(lambda value: value // 4),
            )
        case Adjustment.SHARPER:
            sharp = image.filter(ImageFilter.UnsharpMask(radius=longer / 300, percent=220, threshold=1))
            return ImageEnhance.Contrast(ImageEnhance.Color(sharp).enhance(1.15)).enhance(1.1)
        case Adjustment.BLURRED_BACKGROUND:
            return Image.composite(
                image, image.filter(ImageFilter.GaussianBlur(longer / 45)), _spotlight(image.size, 0.62, 0.8)
            )
        case Adjustment.MIRRORED:
            return ImageOps.mirror(image)
        case Adjustment.UPSIDE_DOWN:
            return ImageOps.flip(image)
        case Adjustment.INVERTED:
            return ImageOps.invert(image)


def _graded(image: Image.Image, light: Colour, strength: float, saturation: float) -> Image.Image:
    shone = ImageChops.multiply(image, Image.new("RGB", image.size, light))
    return ImageEnhance.Color(Image.blend(image, shone, min(1, strength * 1.6))).enhance(saturation)


def _spotlight(size: tuple[int, int], across: float, down: float) -> Image.Image:
    """White in the middle, black outside: where the main thing of a picture is taken to be."""
    mask = Image.new("L", (128, 128))
    rx, ry = 64 * across, 64 * down
    ImageDraw.Draw(mask).ellipse((64 - rx, 66 - ry, 64 + rx, 66 + ry), fill=255)
    return mask.filter(ImageFilter.GaussianBlur(9)).resize(size, Image.Resampling.BILINEAR)


def _aired(image: Image.Image, wish: Wish, chance: Random) -> Image.Image:
    """The hour, the season and the weather laid over a picture."""
    match wish.hour:
        case Hour.NIGHT:
            image = _night(image, chance)
        case Hour.SUNSET:
            image = _sunset(image, (255, 128, 70), (255, 196, 120))
        case Hour.DAWN:
            image = _sunset(image, (255, 190, 190), (255, 224, 180))
        case Hour.DAY:
            image = ImageEnhance.Color(image.point(lambda value: round(255 * (value / 255) ** 0.66))).enhance(1.2)
        case None:
            pass
    match wish.season:
        case Season.AUTUMN:
            image = _hues_moved(image, 40, 125, 18)
        case Season.SPRING:
            image = _graded(image, (255, 226, 232), 0.5, 1.25)
        case Season.SUMMER:
            image = _graded(image, (255, 240, 190), 0.4, 1.35)
        case Season.WINTER:
            image = _wintry(image)
        case None:
            pass
    if wish.weather in (None, Weather.CLEAR):
        return image
    if wish.weather is Weather.SNOW:
        image = _wintry(image)
    elif wish.weather is Weather.RAIN:
        image = _graded(image, (168, 188, 216), 0.5, 0.8)
    canvas = Canvas(image.copy())
    weather.fall(Pen.over(canvas), mood_for(wish.hour, wish.season, wish.weather, chance), chance)
    return canvas.image


def _night(image: Image.Image, chance: Random) -> Image.Image:
    dark = ImageChops.multiply(image, Image.new("RGB", image.size, (84, 98, 178))).point(
        lambda value: round(value * 0.86)
    )
    # What is bright stays a light in the dark.
    lights = image.convert("L").point(lambda value: max(0, value - 215) * 3).filter(ImageFilter.GaussianBlur(2))
    dark.paste(Image.blend(dark, image, 0.45), (0, 0), lights)
    canvas = Canvas(dark)
    pen = Pen.over(canvas)
    for _ in range(60):
        x, y = chance.random(), chance.random() ** 2 * 0.45
        pen.disc(x, y, chance.choice((0.0016, 0.0024, 0.0034)), (236, 240, 255))
    pen.glow(0.82, 0.15, 0.4, (190, 204, 255), 0.45)
    pen.disc(0.82, 0.15, 0.055, (248, 244, 220))
    return canvas.image


def _sunset(image: Image.Image, low: Colour, high: Colour) -> Image.Image:
    ramp = ImageOps.colorize(Image.linear_gradient("L"), low, high).resize(image.size, Image.Resampling.BILINEAR)
    shone = Image.blend(
        image, ImageChops.multiply(ImageChops.screen(image, ramp.point(lambda value: value // 4)), ramp), 0.82
    )
    canvas = Canvas(shone)
    Pen.over(canvas).glow(0.75, 0.3, 0.9, (255, 226, 150), 0.6)
    return canvas.image


def _wintry(image: Image.Image) -> Image.Image:
    pale = ImageEnhance.Color(image).enhance(0.55)
    return ImageChops.screen(_graded(pale, (206, 226, 255), 0.5, 1), Image.new("RGB", image.size, (36, 42, 52)))


def _hues_moved(image: Image.Image, start: int, end: int, to: int) -> Image.Image:
    """Hues (0..255) between ``start`` and ``end`` gathered around ``to``: greens that turn into autumn."""
    hue, saturation, value = image.convert("HSV").split()
    hue = hue.point([to + (step - start) // 8 if start <= step <= end else step for step in range(256)])
    turned = Image.merge("HSV", (hue, saturation.point(lambda step: min(255, round(step * 1.15))), value)).convert(
        "RGB"
    )
    return _graded(turned, (255, 214, 160), 0.3, 1.15)


def _moved(image: Image.Image, scenery: Scenery, wish: Wish, chance: Random) -> Image.Image:
    """The middle of the picture before another background."""
    canvas = Canvas(Image.new("RGB", image.size))
    mood = mood_for(wish.hour, wish.season, wish.weather, chance)
    scenery.paint(Pen.over(canvas, mood.air.light), mood, chance)
    return Image.composite(image, canvas.image, _spotlight(image.size, 0.7, 0.78))


def _with_things(image: Image.Image, wish: Wish, chance: Random) -> Image.Image:
    """What was asked for painted into the picture: things worn at the top of its middle, the rest beside it."""
    canvas = Canvas(image.resize((image.width * 2, image.height * 2), Image.Resampling.BILINEAR))
    pen = Pen.over(canvas)
    worn = pen.standing(0.5, 0.54 + 0.31 * pen.short / pen.down, 0.62)
    for accessory in wish.accessories:
        dress(worn, Head(0.5, 0.14, 0.46), accessory, chance)
    things = [each for each in wish.wanted if not any(each.subject.name == worn.value for worn in wish.accessories)]
    crowd = [each for each in things for _ in range(each.count)]
    for index, each in enumerate(crowd):
        _add(pen, each, index, len(crowd), chance)
    return canvas.image.resize(image.size, Image.Resampling.LANCZOS)


def _add(pen: Pen, each: Wanted, index: int, count: int, chance: Random) -> None:
    size = each.subject.size * (0.66 if count == 1 else 0.6 / count**0.5)
    x = (0.76 if count == 1 else (index + 0.5) / count) + chance.uniform(-0.02, 0.02)
    foot = 0.14 + size / 2 * pen.short / pen.down + 0.14 if each.subject.place is Place.SKY else 0.96
    each.subject.draw(pen.standing(x, foot, size, mirrored=x > 0.5), Look(each.colour, chance))


def _restyled(image: Image.Image, chance: Random) -> Image.Image:
    """A painterly version in one of several gradings."""
    grade: Colour = chance.choice(((255, 214, 170), (190, 214, 255), (255, 200, 214), (214, 244, 210), (236, 210, 255)))
    return styles.oil(_graded(image, grade, 0.45, 1.4), chance)
