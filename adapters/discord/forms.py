"""The pictures that forms are about: a form is opened at one moment, and sent off minutes or a restart later.

A form brings back nothing but its name and what was typed, and the message that it is about is not shown to the bot a
second time. So its pictures are kept on disk, as long as their addresses live.
"""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from pathlib import Path

import structlog

from adapters.discord.interactions import PICTURE
from protocol.messages import AttachedImage, ImageRef, LinkedImage

log = structlog.get_logger("discord")

KEPT_SECONDS = 24 * 3600.0
"""The address of an attachment lives a day."""

MOST_IN_MEMORY = 500
TIDY_EVERY = 3600.0


class Forms:
    """`folder` is made when the first form is opened."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._recent: dict[str, tuple[ImageRef, ...]] = {}
        self._tidied = float("-inf")

    async def keep(self, name: str, pictures: tuple[ImageRef, ...]) -> None:
        """Remember them under the form's name. On a disk that cannot be written to, until the next restart."""
        self._recent.pop(name, None)
        self._recent[name] = pictures
        while len(self._recent) > MOST_IN_MEMORY:
            del self._recent[next(iter(self._recent))]
        path = self._path(name)
        if path is None:
            return
        try:
            await asyncio.to_thread(self._write, path, written(pictures))
        except OSError as error:
            log.warning("what a form is about cannot be saved", why=error.strerror or type(error).__name__)

    async def find(self, name: str) -> tuple[ImageRef, ...]:
        """Those of a form; none where they are forgotten."""
        path = self._path(name)
        if name in self._recent or path is None:
            return self._recent.get(name, ())
        try:
            return read(await asyncio.to_thread(path.read_text, encoding="utf-8"))
        except (OSError, ValueError):
            return ()

    def _path(self, name: str) -> Path | None:
        number = name.removeprefix(PICTURE)
        return self._folder / f"{number}.json" if number.isascii() and number.isdigit() else None

    def _write(self, path: Path, text: str) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)
        now = time.time()
        if now < self._tidied + TIDY_EVERY:
            return
        self._tidied = now
        for each in self._folder.iterdir():
            # Another process may have been quicker.
            with suppress(FileNotFoundError):
                if each.stat().st_mtime < now - KEPT_SECONDS:
                    each.unlink()


def written(pictures: tuple[ImageRef, ...]) -> str:
    """Pictures as a text."""
    return json.dumps(
        [
            ["attached", each.reference, each.veiled]
            if isinstance(each, AttachedImage)
            else ["linked", each.url, each.veiled]
            for each in pictures
        ]
    )


def read(text: str) -> tuple[ImageRef, ...]:
    """The pictures of such a text. Raises ValueError for any other."""
    found: list[ImageRef] = []
    entries: object = json.loads(text)
    for entry in entries if isinstance(entries, list) else []:
        match entry:
            case ["attached", str(reference), *veiled]:
                found.append(AttachedImage("discord", reference, veiled == [True]))
            case ["linked", str(url), *veiled]:
                found.append(LinkedImage(url, veiled=veiled == [True]))
            case _:
                raise ValueError("not a list of pictures")
    return tuple(found)
