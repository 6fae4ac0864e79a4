"""Bringing pictures of any shape into one of the asked shape."""

from collections.abc import Sequence
from random import Random

from PIL import Image, ImageFilter, ImageOps

MOST_CARDS = 9


def flat(picture: Image.Image) -> Image.Image:
    """Any kind of picture as plain colours; what is see-through becomes white."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        page = Image.new("RGB", layer.size, (255, 255, 255))
        page.paste(layer, (0, 0), layer.getchannel("A"))
        return page
    return picture.convert("RGB")


def fitted(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Cut to the shape; where too much would be lost, the whole before a soft continuation of itself."""
    plain = flat(picture)
    ratio = (plain.width / plain.height) / (size[0] / size[1])
    filled = ImageOps.fit(plain, size, Image.Resampling.LANCZOS)
    if 0.6 <= ratio <= 1.67:
        return filled
    back = filled.filter(ImageFilter.GaussianBlur(max(size) / 28)).point(lambda value: round(value * 0.82))
    whole = ImageOps.contain(plain, size, Image.Resampling.LANCZOS)
    back.paste(whole, ((size[0] - whole.width) // 2, (size[1] - whole.height) // 2))
    return back


def collage(pictures: Sequence[Image.Image], size: tuple[int, int], dice: Random) -> Image.Image:
    """The first picture out of focus as the ground, and all of them as prints lying on it."""
    longer, shorter = max(size), min(size)
    ground = (
        fitted(pictures[0], size)
        .filter(ImageFilter.GaussianBlur(longer / 26))
        .point(lambda value: round(value * 0.62 + 60))
    )
    cards = list(pictures[:MOST_CARDS])
    wide = size[0] / size[1]
    columns = min(range(1, len(cards) + 1), key=lambda count: abs(count / -(-len(cards) // count) - wide))
    rows = -(-len(cards) // columns)
    cell = (size[0] / columns, size[1] / rows)
    for index, picture in enumerate(cards):
        row, column = divmod(index, columns)
        missing = columns - min(columns, len(cards) - row * columns)
        centre = ((column + 0.5 + missing / 2) * cell[0], (row + 0.5) * cell[1])
        room = (max(1, round(cell[0] * 0.8)), max(1, round(cell[1] * 0.8)))
        photo = ImageOps.contain(flat(picture), room, Image.Resampling.LANCZOS)
        _lay(ground, photo, centre, max(2, shorter // 60), dice.uniform(-5, 5))
    return ground


def _lay(ground: Image.Image, photo: Image.Image, centre: tuple[float, float], border: int, turn: float) -> None:
    """One print with a white border and its shadow."""
    card = ImageOps.expand(photo, border, (252, 250, 246)).convert("RGBA")
    card = card.rotate(turn, Image.Resampling.BICUBIC, expand=True)
    spread = border * 3
    shadow = Image.new("L", (card.width + spread * 2, card.height + spread * 2))
    shadow.paste(card.getchannel("A").point(lambda value: value // 2), (spread, spread))
    shadow = shadow.filter(ImageFilter.GaussianBlur(border * 1.2))
    left, top = round(centre[0] - card.width / 2), round(centre[1] - card.height / 2)
    ground.paste((24, 18, 40), (left - spread + border // 2, top - spread + border), shadow)
    ground.paste(card, (left, top), card)
