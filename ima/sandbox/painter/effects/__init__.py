"""Treatments of a finished picture."""

from random import Random

from PIL import Image

from ima.sandbox.painter.style import Style

from . import styles

# Pixels come last: what follows them would blur them.
_APPLY = {
    Style.MONOCHROME: styles.monochrome,
    Style.VINTAGE: styles.vintage,
    Style.NEON: styles.neon,
    Style.CARTOON: styles.cartoon,
    Style.OIL: styles.oil,
    Style.INK: styles.ink,
    Style.WATERCOLOUR: styles.watercolour,
    Style.SKETCH: styles.sketch,
    Style.PIXEL: styles.pixel,
}
MOST_STYLES = 2


def stylise(image: Image.Image, wanted: tuple[Style, ...], dice: Random) -> Image.Image:
    chosen = set(wanted[:MOST_STYLES])
    for style, apply in _APPLY.items():
        if style in chosen:
            image = apply(image, dice)
    return image


__all__ = ["styles", "stylise"]
