"""What the workshop promises: pictures are worked on off the loop, a few at a time."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.media import workshop as module
from bot.media.pictures import NotAPicture, PictureInfo
from bot.media.workshop import Workshop
from tests.bot.media.painting import noise, written

DATA = written(noise(40, 30), "PNG")


async def test_it_does_what_the_functions_do() -> None:
    workshop = Workshop()
    assert await workshop.inspect(DATA) == PictureInfo("image/png", 40, 30)
    assert not (await workshop.fit(DATA, largest_bytes=len(DATA))).changed
    assert (await workshop.clean(DATA, largest_bytes=len(DATA), longest_side=20)).width == 20
    with pytest.raises(NotAPicture):
        await workshop.inspect(b"hello")
    workshop.close()


async def test_no_more_pictures_are_open_at_once_than_it_has_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    running: list[int] = []
    most: list[int] = []
    lock, both = threading.Lock(), threading.Barrier(2)

    def inspect(data: bytes) -> PictureInfo:
        with lock:
            running.append(1)
            most.append(len(running))
        both.wait(timeout=10)
        with lock:
            running.pop()
        return PictureInfo("image/png", 1, 1)

    monkeypatch.setattr(module, "inspect", inspect)
    workshop = Workshop(threads=2)
    await asyncio.gather(*(workshop.inspect(b"") for _ in range(6)))
    assert max(most) == 2
    workshop.close()
