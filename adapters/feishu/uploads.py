"""Pictures on their way up: beside the messages of a chat, which wait for none of them, and each only once.

Which are uploaded is known also after a restart: a message that is tried again shows the same key. A key is the
app's own, and may be one that the platform takes no more: it is then forgotten, and the picture uploaded once anew.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import structlog

log = structlog.get_logger("feishu")

KEPT = 24 * 3600.0
"""Seconds for which a key is remembered: as long as a message is tried."""


HOLDS = 1.0
"""Seconds for which a message waits for its picture when it is its turn: the chat's others wait behind it."""

LONGEST = 30.0
"""Seconds for which a message waits for its picture before its turn: nobody waits behind it."""

AT_ONCE = 6
"""Uploads at a time: those that hang must leave connections to all other calls."""

MOST_KEPT = 200
"""Pictures of which is remembered how their upload ended, and as many of those that were renewed."""


class StillUploading(Exception):
    """The picture is on its way up: the message is to be tried again, and others may go before it."""


class Uploads:
    """One small file a picture, in `folder`, under the name of the app `app_id` whose key it is.

    `clock` gives seconds since 1970; `holds` and `longest` are seconds.
    """

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], float] = time.time,
        *,
        app_id: str,
        holds: float = HOLDS,
        longest: float = LONGEST,
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._holds = holds
        self._longest = longest
        self._app_id = app_id
        self._under_way: OrderedDict[str, asyncio.Task[str]] = OrderedDict()
        self._renewed: OrderedDict[str, None] = OrderedDict()
        self._places = asyncio.Semaphore(AT_ONCE)

    async def key(self, path: str, upload: Callable[[], Awaitable[str]]) -> str:
        """The picture's key, uploaded if it is not yet; raises what `upload` raises, and `StillUploading`."""
        file = self._file(path)
        known = await asyncio.to_thread(self._read, file)
        if known:
            self._under_way.pop(path, None)
            return known
        task = self._under_way.get(path)
        if task is None:
            task = self._begin(path, file, upload)
        await asyncio.wait((task,), timeout=self._holds)
        if not task.done():
            raise StillUploading
        # Whoever is told how it ended begins it anew.
        if self._under_way.get(path) is task:
            del self._under_way[path]
        if task.cancelled():
            raise StillUploading
        return task.result()

    async def bring(self, path: str, upload: Callable[[], Awaitable[str]]) -> None:
        """Upload it if it is not yet, and wait for that, but not for ever. Its trouble is told by `key`."""
        if await asyncio.to_thread(self._read, self._file(path)):
            return
        task = self._under_way.get(path) or self._begin(path, self._file(path), upload)
        await asyncio.wait((task,), timeout=self._longest)

    async def renew(self, path: str, key: str) -> bool:
        """The platform takes this key of a picture no more: forget it. Whether to upload it anew: once, not again."""
        file = self._file(path)
        await asyncio.to_thread(self._forget, file, key)
        if path in self._renewed:
            return False
        self._renewed[path] = None
        while len(self._renewed) > MOST_KEPT:
            self._renewed.popitem(last=False)
        return True

    async def close(self) -> None:
        """End what is under way."""
        tasks = tuple(self._under_way.values())
        self._under_way.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _file(self, path: str) -> Path:
        return self._folder / hashlib.sha256(f"{self._app_id} {path}".encode()).hexdigest()[:32]

    def _begin(self, path: str, file: Path, upload: Callable[[], Awaitable[str]]) -> asyncio.Task[str]:
        async def work() -> str:
            async with self._places:
                key = await upload()
            await asyncio.to_thread(self._write, file, key)
            return key

        task = asyncio.create_task(work(), name="feishu upload")
        # The next attempt hears of its trouble; where none comes, nobody has to.
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        self._under_way[path] = task
        # Those that are still under way end by themselves, and somebody may wait for them.
        over = [each for each, earlier in self._under_way.items() if earlier.done()]
        for each in over[: max(0, len(self._under_way) - MOST_KEPT)]:
            del self._under_way[each]
        return task

    def _read(self, file: Path) -> str:
        # What is no text is damaged, and as good as not there.
        with suppress(OSError, UnicodeDecodeError):
            if file.stat().st_mtime > self._clock() - KEPT:
                return file.read_text(encoding="utf-8")
        return ""

    def _forget(self, file: Path, key: str) -> None:
        if self._read(file) == key:
            with suppress(OSError):
                file.unlink()

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
