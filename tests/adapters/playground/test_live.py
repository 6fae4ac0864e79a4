"""The live stream: everything once, in order, resumed where it was, ended at once."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from adapters.playground.live import MOST_ACTIVITY, Cursor, Live
from adapters.playground.records import JsonObject, Message
from adapters.port import Activity

from .helpers import SAME_ORIGIN, Room, outgoing
from .server import serving


def activity(title: str) -> Activity:
    """Something underneath."""
    return Activity(1.0, "playground", "private-mei", "job", title, {"state": title})


def quiet() -> Live:
    """A stream in which nobody says anything."""

    async def no_changes(after: int, limit: int) -> list[Message]:
        return []

    async def show_none(messages: list[Message]) -> list[JsonObject]:
        return []

    return Live(no_changes, show_none, "boot", 0.02)


class Reader:
    """One page's view of the stream: its events, and the id that it would resume from."""

    def __init__(self, lines: AsyncIterator[str]) -> None:
        self._lines = lines
        self.last_id = ""
        self.comments = 0

    async def next(self) -> tuple[str, dict[str, Any]]:
        """The next event."""
        fields: dict[str, str] = {}
        async with asyncio.timeout(10):
            async for line in self._lines:
                if line.startswith(":"):
                    self.comments += 1
                elif line:
                    name, _, value = line.partition(": ")
                    fields[name] = value
                elif "data" in fields:
                    self.last_id = fields["id"]
                    return fields["event"], json.loads(fields["data"])
                else:
                    fields.clear()
        raise EOFError

    async def texts(self, count: int) -> list[str]:
        """The words of the next events."""
        found = [await self.next() for _ in range(count)]
        return [content["text"] if name == "message" else content["title"] for name, content in found]


async def read(port: int, after: str, count: int, *, header: bool = False) -> tuple[list[str], str]:
    """What a page that connects gets first, and where it is then."""
    headers = {"Last-Event-ID": after} if header else {}
    async with (
        httpx.AsyncClient(timeout=10) as client,
        client.stream(
            "GET",
            f"http://127.0.0.1:{port}/api/events",
            params={} if header else {"after": after},
            headers=headers,
        ) as response,
    ):
        assert response.headers["content-type"].startswith("text/event-stream")
        reader = Reader(response.aiter_lines())
        return await reader.texts(count), reader.last_id


@given(st.text())
def test_any_cursor_is_read(text: str) -> None:
    """What a page sends back may be anything: then all is sent."""
    assert Cursor.parse(text, "boot").change >= 0


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_a_cursor_is_read_back(change: int, number: int) -> None:
    """In the same life of the service; activity begins anew in another."""
    token = Cursor(change, number, "boot-1").token()
    assert Cursor.parse(token, "boot-1") == Cursor(change, number, "boot-1")
    assert Cursor.parse(token, "boot-2") == Cursor(change, 0, "boot-2")


async def test_a_stream_resumes_where_it_was(room: Room) -> None:
    """Nothing twice and nothing lost over a lost connection: messages, edits and activity alike."""
    async with serving(Starlette(routes=room.playground.routes())) as port:
        cursor = (await room.client.get("/api/history")).json()["cursor"]
        first = await room.playground.send(outgoing("key-1", "one"))
        room.playground.observe(activity("creating"))
        seen, last = await read(port, cursor, 2)
        await room.playground.send(outgoing("key-2", "two"))
        await room.playground.send(outgoing("key-3", "one, edited", edits=first))
        room.playground.observe(activity("done"))
        again, _ = await read(port, last, 3, header=True)
        room.playground.close()
    assert (seen, again) == (["one", "creating"], ["two", "one, edited", "done"])


async def test_what_happens_while_one_listens_comes_at_once_and_in_order(room: Room) -> None:
    """Many quick sends: none is missed between looking and waiting."""
    async with serving(Starlette(routes=room.playground.routes())) as port:
        listening = asyncio.create_task(read(port, "", 50))
        for number in range(50):
            await room.playground.send(outgoing(f"key-{number}", str(number)))
        texts, _ = await listening
        room.playground.close()
    assert texts == [str(number) for number in range(50)]


async def test_news_that_come_while_one_looks_for_news_are_not_missed() -> None:
    """They wake the stream by themselves, long before its next sign of life."""
    said: list[Message] = []

    async def changes(after: int, limit: int) -> list[Message]:
        found = [message for message in said if message.change > after]
        if not said:
            said.append(Message("m-1", "group", "bot", 1.0, "just now", change=1))
            live.changed()
        return found

    async def show(messages: list[Message]) -> list[JsonObject]:
        return [{"text": message.text} for message in messages]

    live = Live(changes, show, "boot", 3600)
    async with aclosing(live.stream(Cursor(0, 0, "boot"))) as stream, asyncio.timeout(5):
        await anext(stream)
        assert b"just now" in await anext(stream)


async def test_more_news_than_one_batch_comes_whole(room: Room) -> None:
    """A page that was away for long catches up."""
    for number in range(110):
        await room.playground.send(outgoing(f"key-{number}", str(number)))
    async with serving(Starlette(routes=room.playground.routes())) as port:
        texts, _ = await read(port, "", 110)
        room.playground.close()
    assert texts == [str(number) for number in range(110)]


async def test_a_quiet_stream_stays_alive() -> None:
    """A comment now and then keeps proxies and browsers from giving up."""
    async with aclosing(quiet().stream(Cursor(0, 0, "boot"))) as stream:
        assert [await anext(stream) for _ in range(3)] == [b"retry: 1000\n\n", *[b": still here\n\n"] * 2]


async def test_closing_ends_every_stream_at_once(room: Room) -> None:
    """An open page does not hold up the shutdown of the server."""
    ended: list[bool] = []

    async def listen(port: int) -> None:
        async with (
            httpx.AsyncClient(timeout=20) as client,
            client.stream("GET", f"http://127.0.0.1:{port}/api/events") as response,
        ):
            opened.set()
            async for _ in response.aiter_raw():
                pass
        ended.append(True)

    opened = asyncio.Event()
    async with serving(Starlette(routes=room.playground.routes())) as port:
        listening = asyncio.create_task(listen(port))
        await opened.wait()
        began = time.monotonic()
        room.playground.close()
    await listening
    assert ended == [True]
    assert time.monotonic() - began < 2


async def test_after_closing_no_stream_begins(room: Room) -> None:
    """503: the page tries again by itself, later."""
    room.playground.close()
    response = await room.client.get("/api/events", headers=SAME_ORIGIN)
    assert response.status_code == 503


async def test_activity_is_bounded() -> None:
    """A page that is opened late gets the newest only."""
    live = quiet()
    for number in range(MOST_ACTIVITY + 100):
        live.observe(activity(str(number)))
    async with aclosing(live.stream(Cursor(0, 0, "boot"))) as stream:
        chunks = [await anext(stream) for _ in range(MOST_ACTIVITY + 2)]
    titles = [json.loads(chunk.decode().split("data: ")[1])["title"] for chunk in chunks[1:-1]]
    assert titles == [str(number) for number in range(100, MOST_ACTIVITY + 100)]
    assert chunks[-1] == b": still here\n\n"


@pytest.mark.parametrize("text", ["a\nb", "a\r\nb", "data: x\n\nevent: y"])
async def test_text_cannot_break_out_of_its_event(room: Room, text: str) -> None:
    """Line breaks stay inside."""
    await room.playground.send(outgoing(text=text))
    async with serving(Starlette(routes=room.playground.routes())) as port:
        assert (await read(port, "", 1))[0] == [text]
        room.playground.close()
