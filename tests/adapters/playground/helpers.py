"""A playground with a bot behind it that only listens."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette

from adapters.playground import Playground
from adapters.port import NotRecorded
from protocol.messages import Address, Button, Incoming, MessageRef, Outgoing, Picture, Priority

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(64))
JPEG = b"\xff\xd8\xff\xe0" + bytes(64)
GIF = b"GIF89a" + bytes(64)
WEBP = b"RIFF\x40\x00\x00\x00WEBP" + bytes(64)

BASE = "http://127.0.0.1:8080"
SAME_ORIGIN = {"Origin": BASE}

Words = Mapping[str, Mapping[str, str]]


def playground_in(folder: Path, words: Words, *, life: str = "a", provoke_url: str | None = None) -> Playground:
    """A playground on a folder; `life` names its ids, so that a later one on the same folder repeats none."""
    ids, seconds = itertools.count(1), itertools.count(1_700_000_000)
    return Playground(
        folder,
        words=words,
        provoke_url=provoke_url,
        clock=lambda: float(next(seconds)),
        new_id=lambda: f"{life}-{next(ids)}",
        heartbeat=0.05,
    )


def client_of(playground: Playground, headers: Mapping[str, str] = SAME_ORIGIN) -> httpx.AsyncClient:
    """What a browser on the page would send."""
    transport = httpx.ASGITransport(Starlette(routes=playground.routes()), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=BASE, headers=headers)


@dataclass
class Listener:
    """An inbox that keeps what it hears, or refuses while it is `deaf`."""

    deaf: bool = False
    heard: list[Incoming] = field(default_factory=list)

    async def __call__(self, incoming: Incoming) -> None:
        """The inbox."""
        if self.deaf:
            raise NotRecorded("disk full")
        self.heard.append(incoming)


@dataclass
class Room:
    """A running playground, its listener, and a browser's client."""

    playground: Playground
    listener: Listener
    client: httpx.AsyncClient

    async def post(self, **fields: Any) -> httpx.Response:
        """小美 says something in her private chat, unless told otherwise."""
        content = {"id": "m-1", "conversation": "private-mei", "user": "mei", "text": "画一张猫", **fields}
        return await self.client.post("/api/messages", json=content)

    async def press(self, **fields: Any) -> httpx.Response:
        """小美 presses a button."""
        content = {"id": "p-1", "conversation": "private-mei", "user": "mei", "value": "offer-1", **fields}
        return await self.client.post("/api/presses", json=content)

    async def upload(self, content: bytes = PNG) -> str:
        """A picture is uploaded; its name."""
        response = await self.client.post("/api/pictures", content=content)
        assert response.status_code == 200
        return str(response.json()["name"])

    async def shown(self, conversation: str = "private-mei") -> list[dict[str, Any]]:
        """What a page that is opened now shows of a conversation."""
        response = await self.client.get("/api/history")
        messages: list[dict[str, Any]] = response.json()["conversations"][conversation]["messages"]
        return messages


async def ready(playground: Playground) -> None:
    """Until it takes messages. The port tells that only when asked."""
    async with asyncio.timeout(10):
        while playground.trouble() is not None:  # noqa: ASYNC110
            await asyncio.sleep(0)


@asynccontextmanager
async def room_in(folder: Path, words: Words, *, life: str = "a") -> AsyncIterator[Room]:
    """A playground that runs for as long as the block lasts."""
    playground, listener = playground_in(folder, words, life=life), Listener()
    running = asyncio.create_task(playground.run(listener))
    async with client_of(playground) as client:
        await ready(playground)
        try:
            yield Room(playground, listener, client)
        finally:
            playground.close()
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


def address(conversation: str = "private-mei", user: str = "mei", message: str = "m-1") -> Address:
    """Where the bot answers."""
    return Address("playground", conversation, user, message, private=conversation != "group")


def outgoing(
    key: str = "key-1",
    text: str = "好的！",
    *,
    to: Address | None = None,
    priority: Priority = Priority.RESULT,
    reply: bool = False,
    picture: Picture | None = None,
    buttons: tuple[Button, ...] = (),
    edits: MessageRef | None = None,
    in_private: bool = False,
) -> Outgoing:
    """Something that the bot says."""
    return Outgoing(
        to or address(),
        key,
        text,
        priority,
        reply=reply,
        picture=picture,
        buttons=buttons,
        edits=edits,
        in_private=in_private,
    )


OFFER = (Button("Nano Banana Pro · 10 pts", "offer-1"), Button("512px · 4 pts", "offer-2"))
