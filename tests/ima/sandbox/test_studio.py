"""Painting: once for each task, off the loop, and again where the picture had to make room."""

from collections.abc import Sequence

from PIL import Image

from ima.sandbox.options import NANO_BANANA_2
from ima.sandbox.orders import Order
from ima.sandbox.studio import Studio, Variant
from ima.sandbox.tasks import Task
from tests.ima.sandbox.caller import opened


class CountingPainter:
    """Notes what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int, int]] = []

    def paint(self, prompt: str, width: int, height: int) -> Image.Image:
        self.asked.append((prompt, width, height))
        return Image.new("RGB", (width, height), "teal")

    def transform(self, pictures: Sequence[Image.Image], prompt: str, width: int, height: int) -> Image.Image:
        return self.paint(f"{len(pictures)} {prompt}", width, height)


def task(name: str, size: str = "512px") -> Task:
    order = Order("text_to_image", NANO_BANANA_2, name, size, "16:9", 4, ())
    return Task(task_id=name, order=order, created=0, ready=0, result=name)


async def test_a_picture_is_painted_once_for_however_many_ask() -> None:
    painter = CountingPainter()
    studio = Studio(painter)
    cat = task("cat")
    studio.begin(cat, ())
    first = await studio.file(cat, Variant.PICTURE)
    assert await studio.file(cat, Variant.PICTURE) is first
    assert (painter.asked, studio.painted(cat)) == ([("cat", 688, 384)], True)
    await studio.aclose()


async def test_a_picture_that_made_room_is_painted_again_alike() -> None:
    """A link of the CDN stays good."""
    painter = CountingPainter()
    studio = Studio(painter, kept_bytes=1)
    cat, dog = task("cat"), task("dog")
    studio.begin(cat, ())
    first = await studio.file(cat, Variant.PICTURE)
    studio.begin(dog, ())
    await studio.file(dog, Variant.PICTURE)
    assert await studio.file(cat, Variant.PICTURE) == first
    assert [asked[0] for asked in painter.asked] == ["cat", "dog", "cat"]
    await studio.aclose()


async def test_4k_is_painted_smaller_and_enlarged() -> None:
    painter = CountingPainter()
    studio = Studio(painter)
    large = task("cat", "4K")
    studio.begin(large, ())
    assert opened(await studio.file(large, Variant.PICTURE)).size == (5504, 3072)
    assert painter.asked == [("cat", 1376, 768)]
    await studio.aclose()


async def test_every_input_picture_reaches_the_painter() -> None:
    painter = CountingPainter()
    studio = Studio(painter)
    source = task("source")
    studio.begin(source, ())
    picture = await studio.file(source, Variant.PICTURE)
    edit = task("edit")
    studio.begin(edit, (picture, picture))
    await studio.file(edit, Variant.PICTURE)
    assert painter.asked[-1][0] == "2 edit"
    await studio.aclose()
