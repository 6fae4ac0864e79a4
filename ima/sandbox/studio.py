"""Paints what tasks ordered, off the event loop, and keeps the encoded pictures while there is room.

The painter and Pillow are imported with the first picture, in the worker thread: the server is ready before.
"""

import asyncio
import io
import logging
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from ima.sandbox.options import Painter
from ima.sandbox.tasks import Task

_log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from PIL.Image import Image

# Beyond this many pixels a side, a picture is painted smaller and enlarged.
_PAINTED_UP_TO: Final = 1400
_KEPT_BYTES: Final = 192 * 1024 * 1024
_COVER_SIDE: Final = 320
_LARGEST_INPUT: Final = 64_000_000


class Variant(Enum):
    """Which file of a task: the picture, the one with a mark, the small one."""

    PICTURE = ""
    WATERMARK = "-watermark"
    COVER = "-cover"


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that a picture depends on."""

    prompt: str
    width: int
    height: int
    picture_format: str
    inputs: Sequence[bytes]


class UnreadableInputError(Exception):
    """A picture to edit is no picture, or has too many pixels."""


class Studio:
    """Paints in worker threads; each task once, unless its picture had to make room."""

    def __init__(self, painter: Painter | None, kept_bytes: int = _KEPT_BYTES) -> None:
        self._painter = painter
        self._kept_bytes = kept_bytes
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="painter")
        self._recipes: dict[str, Recipe] = {}
        self._running: dict[tuple[str, Variant], asyncio.Task[bytes]] = {}
        self._kept: OrderedDict[tuple[str, Variant], bytes] = OrderedDict()
        self._painted: set[str] = set()

    def begin(self, task: Task, inputs: Sequence[bytes]) -> None:
        """Start painting a task's picture; a picture that cannot be edited marks the task unreadable."""
        width, height = task.size_in_pixels()
        self._recipes[task.task_id] = Recipe(task.order.prompt, width, height, task.picture_format(), tuple(inputs))
        self._start(task, Variant.PICTURE)

    def painted(self, task: Task) -> bool:
        """Return whether the picture exists."""
        return task.task_id in self._painted

    async def file(self, task: Task, variant: Variant) -> bytes:
        """Return an encoded file of a task that is painted."""
        key = (task.task_id, variant)
        if (kept := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            return kept
        return await asyncio.shield(self._start(task, variant))

    async def reset(self) -> None:
        """Stop painting and forget every picture."""
        running = list(self._running.values())
        for each in running:
            each.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        for held in (self._recipes, self._running, self._kept, self._painted):
            held.clear()

    async def aclose(self) -> None:
        """Stop painting for good."""
        await self.reset()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _start(self, task: Task, variant: Variant) -> asyncio.Task[bytes]:
        key = (task.task_id, variant)
        if (running := self._running.get(key)) is None:
            running = self._running[key] = asyncio.create_task(self._make(task, variant))
            running.add_done_callback(lambda _: self._running.pop(key, None))
        return running

    async def _make(self, task: Task, variant: Variant) -> bytes:
        loop = asyncio.get_running_loop()
        recipe = self._recipes[task.task_id]
        if variant is Variant.PICTURE:
            try:
                body = await loop.run_in_executor(self._threads, self._paint, recipe)
            except UnreadableInputError:
                task.unreadable = True
                return b""
            except Exception:  # noqa: BLE001 - the outermost of a task
                # Nobody waits for this one: a painter's flaw would otherwise be a picture that never comes.
                _log.exception("a picture could not be painted")
                task.unreadable = True
                return b""
            self._painted.add(task.task_id)
        else:
            picture = await self.file(task, Variant.PICTURE)
            body = await loop.run_in_executor(self._threads, _derive, picture, variant, recipe.picture_format)
        self._keep((task.task_id, variant), body)
        return body

    def _keep(self, key: tuple[str, Variant], body: bytes) -> None:
        self._kept[key] = body
        while len(self._kept) > 1 and sum(map(len, self._kept.values())) > self._kept_bytes:
            self._kept.popitem(last=False)

    def _paint(self, recipe: Recipe) -> bytes:
        painter = self._painter or _own_painter()
        width, height = _painting_size(recipe.width, recipe.height)
        if recipe.inputs:
            pictures = [_decode(each) for each in recipe.inputs]
            picture = painter.transform(pictures, recipe.prompt, width, height)
        else:
            picture = painter.paint(recipe.prompt, width, height)
        return _encode(_enlarge(picture, recipe.width, recipe.height), recipe.picture_format)


class _OwnPainter:
    """The sandbox's painter, behind the protocol."""

    def paint(self, prompt: str, width: int, height: int) -> "Image":
        from ima.sandbox.painter import paint

        return paint(prompt, width, height)

    def transform(self, pictures: "Sequence[Image]", prompt: str, width: int, height: int) -> "Image":
        from ima.sandbox.painter import transform

        return transform(pictures, prompt, width, height)


def _own_painter() -> Painter:
    return _OwnPainter()


def _painting_size(width: int, height: int) -> tuple[int, int]:
    """Return the size to paint at: the asked one, halved until it is small enough."""
    while max(width, height) > _PAINTED_UP_TO and width % 2 == 0 and height % 2 == 0:
        width, height = width // 2, height // 2
    return width, height


def _enlarge(picture: "Image", width: int, height: int) -> "Image":
    from PIL.Image import Resampling

    if picture.size == (width, height):
        return picture
    return picture.resize((width, height), Resampling.BICUBIC)


def _decode(body: bytes) -> "Image":
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(body), formats=["JPEG", "PNG", "WEBP"]) as picture:
            if picture.width * picture.height > _LARGEST_INPUT:
                raise UnreadableInputError("too many pixels")
            return ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableInputError("not a picture") from error


def _encode(picture: "Image", picture_format: str) -> bytes:
    written = io.BytesIO()
    if picture_format == "png":
        picture.convert("RGB").save(written, "PNG", compress_level=3)
    else:
        picture.convert("RGB").save(written, "JPEG", quality=88)
    return written.getvalue()


def _derive(body: bytes, variant: Variant, picture_format: str) -> bytes:
    """Return the small or the marked version of an encoded picture."""
    from PIL import ImageDraw

    picture = _decode(body)
    if variant is Variant.COVER:
        picture.thumbnail((_COVER_SIDE, _COVER_SIDE))
        return _encode(picture, "jpg")
    side = max(12.0, min(picture.size) / 24)
    ImageDraw.Draw(picture).text((side, picture.height - 2 * side), "IMA", fill="white", font_size=side)
    return _encode(picture, picture_format)
