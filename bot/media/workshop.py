"""Pictures are worked on in threads, a few at a time: decoding blocks, and one picture may take 300 MB."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from bot.media.fitting import Fitted, clean, fit
from bot.media.pictures import PictureInfo, inspect

Result = TypeVar("Result")


class Workshop:
    """The functions on pictures for use in the event loop. At most `threads` pictures are open at once."""

    def __init__(self, threads: int = 2) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="pictures")

    async def inspect(self, data: bytes) -> PictureInfo:
        """As `pictures.inspect`."""
        return await self._run(partial(inspect, data))

    async def fit(self, data: bytes, *, largest_bytes: int, longest_side: int | None = None) -> Fitted:
        """As `fitting.fit`."""
        return await self._run(partial(fit, data, largest_bytes=largest_bytes, longest_side=longest_side))

    async def clean(self, data: bytes, *, largest_bytes: int, longest_side: int | None = None) -> Fitted:
        """As `fitting.clean`."""
        return await self._run(partial(clean, data, largest_bytes=largest_bytes, longest_side=longest_side))

    def close(self) -> None:
        """Take no more; what waits is dropped, what runs comes to its end by itself."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _run(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)
