"""A progress bar on a terminal."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TextIO

from protocol.progress import percent

REDRAW_SECONDS = 0.2
WIDEST = 30
CLEAR_LINE = "\r\x1b[2K"


def bar_line(elapsed: float, maximum: float, columns: int) -> str:
    """One line of at most `columns` characters; the share is the one that people see in a chat."""
    share = percent(elapsed, maximum)
    words = f" {share:2d}%  {elapsed:.0f} s, at most about {maximum:.0f} s"
    if elapsed > maximum:
        words = f" {share:2d}%  {elapsed:.0f} s, almost there…"
    width = min(WIDEST, columns - len(words) - 3)
    if width < 5:
        return words.strip()[: max(0, columns - 1)]
    filled = round(width * share / 100)
    return f"[{'#' * filled}{'.' * (width - filled)}]{words}"


@asynccontextmanager
async def drawing(stream: TextIO, line: Callable[[int], str]) -> AsyncIterator[None]:
    """While the block lasts, keep drawing `line(columns)` where `stream` is a terminal; then wipe it away."""
    if not stream.isatty():
        yield
        return
    task = asyncio.create_task(_draw(stream, line), name="progress bar")
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        stream.write(CLEAR_LINE)
        stream.flush()


async def _draw(stream: TextIO, line: Callable[[int], str]) -> None:
    while True:
        columns = shutil.get_terminal_size().columns
        stream.write(CLEAR_LINE + line(columns))
        stream.flush()
        await asyncio.sleep(REDRAW_SECONDS)
