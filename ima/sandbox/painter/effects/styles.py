"""Whole-picture treatments: the same for a fresh picture and for one that was sent."""

from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from ima.sandbox.painter.colour import Colour

from .strokes import brushed
from .texture import edges, noise, paper, vignette, wobble


def oil(image: Image.Image, dice: Random) -> Image.Image:
    strong = ImageEnhance.Color(image).enhance(1.3)
    return ImageEnhance.Contrast(brushed(strong, dice)).enhance(1.06)


def watercolour(image: Image.Image, dice: Random) -> Image.Image:
    longer = max(image.size)
    wet = wobble(image.filter(ImageFilter.GaussianBlur(longer / 500)), dice, 0.004)
    pale = Image.blend(ImageEnhance.Color(wet).enhance(1.25), Image.new("RGB", wet.size, (255, 253, 248)), 0.26)
    # Pigment gathers in clouds and at the borders of each wash.
    pools = noise(image.size, longer / 9, dice).filter(ImageFilter.GaussianBlur(longer / 60))
    pools = ImageOps.autocontrast(pools).point(lambda value: 128 + (value - 128) * 0.5)
    blotched = ImageChops.soft_light(pale, Image.merge("RGB", (pools, pools, pools)))
    rims = edges(wet, longer / 160).point(lambda value: 255 - min(120, value * 1.6))
    inked = ImageChops.multiply(blotched, Image.merge("RGB", (rims, rims, rims)))
    frame = Image.new("L", image.size)
    inset = longer / 28
    ImageDraw.Draw(frame).rectangle((inset, inset, image.width - inset, image.height - inset), fill=255)
    ragged = wobble(frame, dice, 0.014).filter(ImageFilter.GaussianBlur(longer / 180))
    ragged = ragged.point(lambda value: min(255, max(0, (value - 90) * 3)))
    return paper(Image.composite(inked, Image.new("RGB", image.size, (254, 252, 246)), ragged), dice)


def sketch(image: Image.Image, dice: Random) -> Image.Image:
    longer = max(image.size)
    drawn = wobble(image, dice, 0.0025)
    grey = ImageOps.autocontrast(drawn.convert("L"), cutoff=1)
    lines = edges(drawn, longer / 240).point(lambda value: 255 - min(235, value * 5))
    fine = drawn.convert("L").filter(ImageFilter.FIND_EDGES).point(lambda value: 255 - min(170, value * 3))
    ImageDraw.Draw(fine).rectangle((0, 0, image.width - 1, image.height - 1), outline=255, width=4)
    # What is darkest is filled with lead, so that eyes stay eyes.
    lead = grey.point(lambda value: 255 if value > 70 else 60 + value * 2)
    lines = ImageChops.darker(ImageChops.darker(lines, fine), lead)
    page = Image.new("L", image.size, 250)
    for step, (limit, lean) in enumerate(((165, 1.0), (105, -1.0), (55, 0.35))):
        hatch = _hatching(image.size, lean, longer / 190, 196 - 30 * step)
        mask = grey.filter(ImageFilter.GaussianBlur(longer / 300)).point(
            lambda value, limit=limit: 0 if value > limit else 210
        )
        page.paste(ImageChops.darker(page, hatch), (0, 0), mask)
    page = ImageChops.multiply(page, lines)
    page = Image.blend(page, ImageChops.multiply(page, grey.point(lambda value: 165 + value * 90 // 255)), 0.5)
    return paper(ImageOps.colorize(page, (52, 50, 60), (253, 250, 244)), dice, 0.3)


def _hatching(size: tuple[int, int], lean: float, step: float, tone: int) -> Image.Image:
    sheet = Image.new("L", size, 255)
    draw = ImageDraw.Draw(sheet)
    reach = size[1] * abs(lean)
    x = -reach
    while x < size[0] + reach:
        ends = [(x, 0), (x + reach, size[1])] if lean > 0 else [(x + reach, 0), (x, size[1])]
        draw.line([(ends[0][0], ends[0][1]), (ends[1][0], ends[1][1])], fill=tone, width=max(1, round(step * 0.42)))
        x += step
    return sheet.filter(ImageFilter.GaussianBlur(0.6))


def ink(image: Image.Image, dice: Random) -> Image.Image:
    longer = max(image.size)
    wet = wobble(image, dice, 0.006)
    grey = ImageOps.autocontrast(wet.convert("L"), cutoff=2)
    wash = grey.filter(ImageFilter.GaussianBlur(longer / 130)).point(lambda value: min(255, round(75 + value * 0.78)))
    pools = ImageOps.autocontrast(noise(image.size, longer / 7, dice)).point(lambda value: 205 + value // 6)
    brush = (
        edges(wet, longer / 90)
        .filter(ImageFilter.GaussianBlur(longer / 700))
        .point(lambda value: 255 - min(225, value * 4))
    )
    page = ImageChops.multiply(ImageChops.multiply(wash, pools), brush)
    sheet = ImageOps.colorize(page, (26, 26, 34), (246, 240, 224), mid=(138, 140, 140))
    sheet = Image.blend(sheet, ImageChops.multiply(sheet, wet), 0.22)
    _seal(sheet, longer)
    return paper(sheet, dice, 0.22)


def _seal(sheet: Image.Image, longer: int) -> None:
    """The red stamp that such a picture is signed with."""
    side = longer / 17
    left, top = sheet.width - side * 1.6, sheet.height - side * 1.8
    draw = ImageDraw.Draw(sheet)
    draw.rounded_rectangle((left, top, left + side, top + side * 1.2), radius=side * 0.12, fill=(190, 48, 42))
    strokes = ((0.2, 0.25, 0.8, 0.25), (0.5, 0.25, 0.5, 0.95), (0.22, 0.55, 0.78, 0.55), (0.22, 0.95, 0.8, 0.95))
    for x1, y1, x2, y2 in strokes:
        line = (left + x1 * side, top + y1 * side, left + x2 * side, top + y2 * side)
        draw.line(line, fill=(248, 236, 220), width=max(1, round(side * 0.09)))


def pixel(image: Image.Image, dice: Random) -> Image.Image:
    longer = max(image.size)
    cells = min(104, max(8, longer // 3))
    small = image.resize(
        (max(1, round(image.width * cells / longer)), max(1, round(image.height * cells / longer))),
        Image.Resampling.BOX,
    )
    strong = ImageEnhance.Contrast(ImageEnhance.Color(small).enhance(1.3)).enhance(1.08)
    few = strong.quantize(28, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).convert("RGB")
    return few.resize(image.size, Image.Resampling.NEAREST)


def cartoon(image: Image.Image, dice: Random) -> Image.Image:
    longer = max(image.size)
    flat = image.filter(ImageFilter.GaussianBlur(longer / 400))
    flat = ImageOps.posterize(flat, 4).filter(ImageFilter.GaussianBlur(longer / 500))
    vivid = ImageEnhance.Brightness(ImageEnhance.Color(flat).enhance(1.55)).enhance(1.1)
    lines = edges(image.filter(ImageFilter.GaussianBlur(longer / 700)), longer / 220)
    lines = lines.point(lambda value: 255 - min(190, max(0, value - 7) * 7)).filter(
        ImageFilter.GaussianBlur(longer / 1400)
    )
    drawn = ImageChops.multiply(vivid, ImageOps.colorize(lines, (74, 44, 60), (255, 255, 255)))
    bloom = vivid.filter(ImageFilter.GaussianBlur(longer / 40)).point(lambda value: max(0, value - 150))
    return ImageChops.screen(drawn, bloom)


def neon(image: Image.Image, dice: Random) -> Image.Image:
    longer = max(image.size)
    grey = ImageOps.autocontrast(image.convert("L"), cutoff=1)
    night = ImageOps.colorize(grey, (8, 4, 36), (92, 214, 255), mid=(118, 30, 150), midpoint=150)
    base = Image.blend(ImageEnhance.Brightness(image).enhance(0.55), night, 0.62)
    rims = image.filter(ImageFilter.GaussianBlur(longer / 600)).filter(ImageFilter.FIND_EDGES).convert("L")
    rims = rims.point(lambda value: min(255, max(0, value - 12) * 3)).filter(ImageFilter.MaxFilter(3))
    # The filter takes the picture's own border for an edge.
    ImageDraw.Draw(rims).rectangle((0, 0, image.width - 1, image.height - 1), outline=0, width=4)
    ramp = Image.linear_gradient("L").rotate(35).resize(image.size, Image.Resampling.BILINEAR)
    first, second = dice.sample(((255, 60, 170), (60, 230, 255), (255, 190, 70), (150, 110, 255)), 2)
    light = ImageChops.multiply(ImageOps.colorize(ramp, first, second), Image.merge("RGB", (rims, rims, rims)))
    halo = light.filter(ImageFilter.GaussianBlur(longer / 70)).point(lambda value: min(150, round(value * 1.5)))
    return vignette(ImageChops.screen(ImageChops.screen(base, halo), light), 0.8, (6, 2, 24))


def vintage(image: Image.Image, dice: Random) -> Image.Image:
    grey = image.convert("L").point(lambda value: 24 + value * 215 // 255)
    brown = ImageOps.colorize(grey, (58, 36, 24), (255, 240, 208), mid=(174, 128, 86))
    faded = Image.blend(image, brown, 0.8)
    grain = noise(image.size, 1.6, dice).point(lambda value: 128 + (value - 128) // 7)
    worn = ImageChops.soft_light(faded, Image.merge("RGB", (grain, grain, grain)))
    return vignette(worn, 0.9, (60, 34, 18))


def monochrome(image: Image.Image, dice: Random) -> Image.Image:
    grey = ImageOps.autocontrast(image.convert("L"), cutoff=1)
    return ImageEnhance.Contrast(grey.convert("RGB")).enhance(1.08)


def tinted(image: Image.Image, colour: Colour) -> Image.Image:
    """The same picture in shades of one colour, with a rest of its own ones."""
    dark: Colour = (colour[0] // 5, colour[1] // 5, colour[2] // 5)
    grey = ImageOps.autocontrast(image.convert("L"), cutoff=1)
    return Image.blend(image, ImageOps.colorize(grey, dark, (255, 250, 244), mid=colour), 0.68)
