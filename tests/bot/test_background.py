"""What background work promises: one surprise does not end it, and telling it to end does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from structlog.testing import capture_logs

from bot.background import PAUSE, keep_running


class Told(Exception):
    """The end of a test: it comes out of the sleep, which nothing guards."""


def sleeping(times: int, slept: list[float]) -> Callable[[float], Awaitable[None]]:
    """A sleep that takes no time, and ends the test at the given turn."""

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == times:
            raise Told

    return sleep


async def test_what_breaks_off_is_begun_again_after_a_pause_and_the_log_says_which_and_why() -> None:
    begun: list[int] = []
    slept: list[float] = []

    async def work() -> None:
        begun.append(len(slept))
        raise ValueError("a surprise")

    with capture_logs() as logged, pytest.raises(Told):
        await keep_running("housekeeping", work, sleeping(3, slept))
    assert (begun, slept) == ([0, 1, 2], [PAUSE] * 3)
    assert [(line["work"], line["log_level"], line["exc_info"]) for line in logged] == [
        ("housekeeping", "error", True)
    ] * 3


async def test_what_ends_without_a_reason_is_begun_again_too() -> None:
    slept: list[float] = []
    with capture_logs() as logged, pytest.raises(Told):
        await keep_running("store watch", lambda: asyncio.sleep(0), sleeping(2, slept))
    assert [(line["work"], line["log_level"]) for line in logged] == [("store watch", "warning")] * 2


async def test_cancelling_ends_it_in_the_work_and_in_the_pause() -> None:
    async def nothing() -> None:
        """Ends at once."""

    async def for_ever(_seconds: float = 0.0) -> None:
        await asyncio.Event().wait()

    for work in (for_ever, nothing):
        task = asyncio.create_task(keep_running("x", work, for_ever))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
