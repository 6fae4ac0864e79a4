"""Pictures on disk, named by their content: saving the same one twice is one file."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import secrets
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

from bot.media.pictures import SUFFIXES

KEPT_SECONDS = 7 * 24 * 3600.0
# A file that is being written has another name, and is swept away where its writer did not live to rename it.
ABANDONED_SECONDS = 3600.0

_NAME = re.compile(r"[0-9a-f]{64}\.(?:" + "|".join(SUFFIXES.values()) + r")")
_UNFINISHED = ".part"


class MediaFolderError(Exception):
    """The folder for pictures does not do what it should."""


class MediaMissing(MediaFolderError):
    """There is no such picture (any more)."""


class MediaNotSaved(MediaFolderError):
    """The picture could not be written: the disk is full or read-only, or the folder may not be used."""


class MediaFolder:
    """A folder of pictures. `clock` gives the wall time in seconds; it dates the files."""

    def __init__(self, path: Path, clock: Callable[[], float]) -> None:
        self._path = path
        self._clock = clock

    def path(self, name: str) -> Path:
        """Where a picture lies, or would; raises `MediaMissing` for what is no name of ours."""
        if not _NAME.fullmatch(name):
            raise MediaMissing("that is not a picture's name")
        return self._path / name

    async def save(self, data: bytes, media_type: str) -> str:
        """Write a picture and return its name; after that it survives a power cut. Raises `MediaNotSaved`."""
        return await asyncio.to_thread(self._save, data, media_type)

    async def read(self, name: str) -> bytes:
        """A picture's bytes; raises `MediaMissing`."""
        return await asyncio.to_thread(self._read, name)

    async def remove_old(self, keep: Collection[str] = ()) -> int:
        """Delete what is older than 7 days and not in `keep`; returns how many. Raises `MediaFolderError`."""
        return await asyncio.to_thread(self._remove_old, frozenset(keep))

    def _save(self, data: bytes, media_type: str) -> str:
        name = f"{hashlib.sha256(data).hexdigest()}.{SUFFIXES[media_type]}"
        target = self.path(name)
        unfinished = self._path / f"{name}.{secrets.token_hex(4)}{_UNFINISHED}"
        try:
            self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
            # A file of that name and length is that picture: it was renamed into place whole.
            if not target.exists() or target.stat().st_size != len(data):
                try:
                    _write_through(unfinished, data)
                    unfinished.replace(target)
                finally:
                    unfinished.unlink(missing_ok=True)
                _sync_folder(self._path)
            now = self._clock()
            os.utime(target, (now, now))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise MediaNotSaved(f"a picture cannot be saved in {self._path}: {reason}") from error
        return name

    def _read(self, name: str) -> bytes:
        try:
            return self.path(name).read_bytes()
        except OSError as error:
            raise MediaMissing("the picture is not there") from error

    def _remove_old(self, keep: frozenset[str]) -> int:
        now, removed = self._clock(), 0
        try:
            for file in self._path.iterdir() if self._path.is_dir() else ():
                if file.name.endswith(_UNFINISHED):
                    allowed = ABANDONED_SECONDS
                elif _NAME.fullmatch(file.name) and file.name not in keep:
                    allowed = KEPT_SECONDS
                else:
                    continue
                # Somebody else may have been quicker: then it is gone, as it should be.
                with suppress(FileNotFoundError):
                    if now - file.stat().st_mtime > allowed:
                        file.unlink()
                        removed += 1
        except OSError as error:
            raise MediaFolderError(f"old pictures in {self._path} cannot be deleted: {error.strerror}") from error
        return removed


def _write_through(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    """Make the rename itself durable, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
