"""The pictures that the platform holds, as files with names that nobody can guess."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from adapters.port import AttachmentError, AttachmentTooLarge

LARGEST_PICTURE = 20 * 1024 * 1024
LONGEST_UNUSED = 24 * 3600.0

_NAME = re.compile(r"[A-Za-z0-9_-]{1,80}\.(png|jpg|gif|webp)")
_MEDIA_TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}
_ENOUGH_TO_TELL = 16


class NotAPicture(Exception):
    """The first bytes are those of no picture that a browser shows."""


class TooLarge(Exception):
    """More bytes than a picture may have here."""


def kind_of(head: bytes | bytearray) -> str:
    """The file ending for these first bytes, whatever the sender calls them. Raises `NotAPicture`."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    raise NotAPicture


def media_type(name: str) -> str:
    """The content type of a stored picture."""
    return _MEDIA_TYPES[name.rpartition(".")[2]]


class Pictures:
    """The folder of pictures."""

    def __init__(self, folder: Path, new_id: Callable[[], str]) -> None:
        self._folder = folder
        self._new_id = new_id

    def prepare(self) -> None:
        """Create the folder. Raises `OSError`."""
        self._folder.mkdir(parents=True, exist_ok=True)

    def path(self, name: str) -> Path | None:
        """Where a stored picture is; None for a name that none can have."""
        return self._folder / name if _NAME.fullmatch(name) else None

    def exists(self, name: str) -> bool:
        """Whether that picture is held."""
        path = self.path(name)
        return path is not None and path.is_file()

    async def receive(self, chunks: AsyncIterator[bytes]) -> str:
        """Store what a person uploads. Raises `NotAPicture`, `TooLarge`, `OSError`."""
        content = bytearray()
        async for chunk in chunks:
            content += chunk
            if len(content) > LARGEST_PICTURE:
                raise TooLarge
            if len(content) >= _ENOUGH_TO_TELL:
                kind_of(content)
        name = f"{self._new_id()}.{kind_of(content)}"
        await asyncio.to_thread(self._write, name, content)
        return name

    def adopt(self, path: Path) -> str:
        """Keep a picture that the bot sends: the bot may delete its own file. Raises `NotAPicture`, `OSError`."""
        with path.open("rb") as file:
            name = f"{self._new_id()}.{kind_of(file.read(_ENOUGH_TO_TELL))}"
        target = self._folder / name
        try:
            os.link(path, target)
        except OSError:
            shutil.copyfile(path, target)
        return name

    def read(self, name: str, limit: int) -> bytes:
        """The bytes of a picture. Raises `AttachmentError`, `AttachmentTooLarge`."""
        path = self.path(name)
        if path is None:
            raise AttachmentError("no picture has such a name")
        try:
            with path.open("rb") as file:
                content = file.read(limit + 1)
        except OSError as error:
            raise AttachmentError("the picture is not there any more") from error
        if len(content) > limit:
            raise AttachmentTooLarge(f"the picture has more than {limit} bytes")
        return content

    def discard(self, name: str) -> None:
        """Forget a picture that is not shown after all."""
        (self._folder / name).unlink(missing_ok=True)

    def old(self, now: float) -> list[str]:
        """The names of pictures that were stored so long ago that they go, unless a message shows them."""
        with os.scandir(self._folder) as files:
            return [file.name for file in files if now - file.stat().st_mtime > LONGEST_UNUSED]

    def _write(self, name: str, content: bytearray) -> None:
        part = self._folder / f"{name}.part"
        part.write_bytes(content)
        part.replace(self._folder / name)
