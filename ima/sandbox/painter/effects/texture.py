"""Paper, grain and wobble: what makes a surface."""

from random import Random

from PIL import Image, ImageChops, ImageFilter

from ima.sandbox.painter.colour import Colour


def noise(size: tuple[int, int], cell: float, dice: Random) -> Image.Image:
    """Random grey spots of about ``cell`` pixels, as an "L" picture."""
    across, down = max(2, round(size[0] / cell)), max(2, round(size[1] / cell))
    # A tile is enough: nobody sees grain repeat.
    across, down = min(across, 512), min(down, 512)
    small = Image.frombytes("L", (across, down), dice.randbytes(across * down))
    return small.resize(size, Image.Resampling.BICUBIC)


def paper(image: Image.Image, dice: Random, strength: float = 0.16, tint: Colour = (255, 252, 244)) -> Image.Image:
    grain = (
        noise(image.size, 2.2, dice).filter(ImageFilter.EMBOSS).point(lambda value: 255 - abs(value - 128) * strength)
    )
    sheet = Image.merge("RGB", (grain, grain, grain))
    return ImageChops.multiply(ImageChops.multiply(image, sheet), Image.new("RGB", image.size, tint))


def wobble(image: Image.Image, dice: Random, reach: float) -> Image.Image:
    """Edges that were drawn by hand: every spot moves by up to ``reach`` shares of the longer side."""
    columns, rows = 14, 14
    if min(image.size) < 4 * columns:
        return image
    far = reach * max(image.size)
    xs = [image.width * column / columns for column in range(columns + 1)]
    ys = [image.height * row / rows for row in range(rows + 1)]
    moved = [
        [
            (
                x + (dice.uniform(-far, far) if 0 < column < columns else 0),
                y + (dice.uniform(-far, far) if 0 < row < rows else 0),
            )
            for column, x in enumerate(xs)
        ]
        for row, y in enumerate(ys)
    ]
    mesh = []
    for row in range(rows):
        for column in range(columns):
            box = (round(xs[column]), round(ys[row]), round(xs[column + 1]), round(ys[row + 1]))
            corners = (
                moved[row][column],
                moved[row + 1][column],
                moved[row + 1][column + 1],
                moved[row][column + 1],
            )
            mesh.append((box, tuple(value for corner in corners for value in corner)))
    return image.transform(image.size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)


def vignette(image: Image.Image, strength: float, colour: Colour = (20, 12, 24)) -> Image.Image:
    mask = Image.radial_gradient("L").point(lambda value: max(0, value - 110) * strength)
    return Image.composite(
        Image.new("RGB", image.size, colour), image, mask.resize(image.size, Image.Resampling.BILINEAR)
    )


def edges(image: Image.Image, width: float) -> Image.Image:
    """Dark where something is darker than what is around it, else black: an "L" picture."""
    grey = image.convert("L")
    return ImageChops.subtract(grey.filter(ImageFilter.BoxBlur(width)), grey)
