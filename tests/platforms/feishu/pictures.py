"""Pictures: what an upload must be, and how a person's client stores one."""

from __future__ import annotations

import io

from PIL import Image, UnidentifiedImageError

from tests.platforms.feishu.basics import MEBIBYTE, Ids, Refusal
from tests.platforms.feishu.world import Picture, World

SIZE_LIMIT = 10 * MEBIBYTE
SIDE_LIMIT = 12_000
GIF_SIDE_LIMIT = 2_000
Image.init()  # Its many plugins take most of a second: not while a request waits.
_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "BMP": "image/bmp",
    "ICO": "image/x-icon",
    "TIFF": "image/jpeg",
}


class Pictures:
    """The pictures of the world, by key."""

    def __init__(self, world: World, ids: Ids) -> None:
        self._world = world
        self._ids = ids

    def upload(self, data: bytes) -> Picture:
        """Take an upload of the bot; refuses what the platform would not take."""
        if not data:
            raise Refusal(234010, "File's size can't be 0.")
        if len(data) > SIZE_LIMIT:
            raise Refusal(234006, "The file size exceed the max value.")
        try:
            with Image.open(io.BytesIO(data)) as picture:
                kind, width, height = picture.format or "", *picture.size
                if kind in _TYPES and max(width, height) <= (GIF_SIDE_LIMIT if kind == "GIF" else SIDE_LIMIT):
                    picture.load()
        except (UnidentifiedImageError, OSError, Image.DecompressionBombError, SyntaxError, ValueError) as error:
            raise Refusal(234011, "Can't recognize the image format.") from error
        if kind not in _TYPES:
            raise Refusal(234011, "Can't recognize the image format.")
        if max(width, height) > (GIF_SIDE_LIMIT if kind == "GIF" else SIDE_LIMIT):
            raise Refusal(234039, "Image resolution exceeds limit.")
        return self._store(data, _TYPES[kind], by_bot=True, width=width, height=height)

    def of_person(self, data: bytes) -> Picture:
        """Store what a person sends: anything that their client showed them as a picture."""
        kind, width, height = "PNG", 0, 0
        try:
            with Image.open(io.BytesIO(data)) as picture:
                kind, width, height = picture.format or "PNG", *picture.size
        except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
            pass
        return self._store(data, _TYPES.get(kind, "image/png"), by_bot=False, width=width, height=height)

    def _store(self, data: bytes, content_type: str, *, by_bot: bool, width: int, height: int) -> Picture:
        key = f"{self._ids.next('img_v3')}g"
        picture = Picture(key, data, content_type, by_bot, width, height)
        self._world.pictures[key] = picture
        return picture
