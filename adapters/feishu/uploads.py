"""Which pictures are uploaded already: a message that is tried again, also after a restart, shows the same key."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import structlog

log = structlog.get_logger("feishu")

KEPT = 24 * 3600.0
"""Seconds for which a key is remembered: as long as a message is tried."""


class Uploads:
    """One small file a picture, in `folder`. `clock` gives seconds since 1970."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._clock = clock

    async def key(self, path: str, upload: Callable[[], Awaitable[str]]) -> str:
        """The picture's key, uploaded if it is not yet; raises what `upload` raises."""
        file = self._folder / hashlib.sha256(path.encode()).hexdigest()[:32]
        known = await asyncio.to_thread(self._read, file)
        if known:
            return known
        key = await upload()
        await asyncio.to_thread(self._write, file, key)
        return key

    def _read(self, file: Path) -> str:
        with suppress(OSError):
            if file.stat().st_mtime > self._clock() - KEPT:
                return file.read_text(encoding="utf-8")
        return ""

    def _write(self, file: Path, key: str) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for old in self._folder.iterdir():
                if old.stat().st_mtime < self._clock() - KEPT:
                    old.unlink(missing_ok=True)
            file.write_text(key, encoding="utf-8")
        except OSError as error:
            # Then it is uploaded once more where the message is tried again.
            log.warning("an upload cannot be remembered", why=error.strerror or str(error))
