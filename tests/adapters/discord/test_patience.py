"""How long a call may take: a large picture on a slow line longer than a few words, and nothing for ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest

from adapters.discord.answers import TOKEN_LIFE
from adapters.discord.outgoing import Upload
from adapters.discord.rest import LONGEST_PATIENCE, PATIENCE, Rest, Unreachable, patience
from adapters.discord.sdk import aiohttp, discord

MEBIBYTE = 1024 * 1024
POST = "/channels/{channel_id}/messages"


class Line:
    """An uplink of so many bytes a second, on time that stands still but for what it takes."""

    def __init__(self, bytes_a_second: float) -> None:
        self.rate = bytes_a_second
        self.now = 0.0
        self.ends = float("inf")
        self.own_bound: float | None = None

    async def request(self, route: discord.http.Route, **more: Any) -> dict[str, str]:
        form = more.get("form", [])
        size = sum(len(part["value"].getvalue()) for part in form if hasattr(part["value"], "getvalue"))
        timeout: aiohttp.ClientTimeout | None = more.get("timeout")
        self.own_bound = timeout.total if timeout is not None else 300.0
        self.now += 1.0 + size / self.rate
        if self.now > self.ends or (self.own_bound is not None and self.now > self.own_bound):
            raise TimeoutError
        return {"id": "1"}

    @asynccontextmanager
    async def within(self, seconds: float) -> AsyncIterator[None]:
        self.ends = self.now + seconds
        yield

    async def send(self, size: int) -> object:
        rest = Rest(cast(discord.http.HTTPClient, self), self.within)
        upload = Upload(b"x" * size, "picture.png", "image/png") if size else None
        return await rest.call("POST", POST, json={}, upload=upload, channel_id="5")


@pytest.mark.parametrize("megabits", [0.6, 1, 2, 20])
async def test_a_picture_of_ten_mebibytes_gets_through_a_slow_line(megabits: float) -> None:
    line = Line(megabits * 1_000_000 / 8)
    assert await line.send(10 * MEBIBYTE) == {"id": "1"}


async def test_a_line_that_hardly_takes_anything_is_given_up() -> None:
    with pytest.raises(Unreachable):
        await Line(10_000).send(10 * MEBIBYTE)


async def test_words_alone_have_no_longer_than_before() -> None:
    line = Line(1)
    await line.send(0)
    assert line.ends == PATIENCE


def test_patience_grows_with_the_file_and_ends_within_an_interactions_life() -> None:
    waits = [patience(size * MEBIBYTE) for size in (0, 1, 10, 25, 100, 500)]
    assert waits == sorted(waits)
    assert waits[0] == PATIENCE
    assert waits[-1] == LONGEST_PATIENCE < TOKEN_LIFE


async def test_the_sdk_hands_the_longer_bound_on_to_its_http_client(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own would end an upload after five minutes."""
    bounds: list[float | None] = []

    class Session:
        def request(self, method: str, url: str, *, timeout: aiohttp.ClientTimeout, **more: Any) -> Any:
            bounds.append(timeout.total)
            raise ConnectionResetError

    http = discord.http.HTTPClient(asyncio.get_running_loop())
    monkeypatch.setattr(http, "_HTTPClient__session", Session())
    http._global_over = asyncio.Event()
    http._global_over.set()
    rest = Rest(http)
    with pytest.raises(Unreachable):
        await rest.call(
            "POST", POST, json={}, upload=Upload(b"x" * MEBIBYTE * 20, "a.png", "image/png"), channel_id="5"
        )
    assert bounds == [patience(20 * MEBIBYTE)]
