"""A person at the chat page, without the page: the same HTTP calls, the same live stream."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

PATIENCE = 30.0
CODES = {"acknowledgement": "0", "start": "1", "progress": "2"}
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Shown:
    """One bubble of the bot."""

    id: str
    kind: str
    text: str
    request: str
    reply_to: str
    picture: str
    link: str
    buttons: tuple[tuple[str, str], ...]
    percent: int | None
    conversation: str

    @property
    def code(self) -> str:
        """The step of the six that it is, as one character; r for a reply that starts no job."""
        if self.kind != "answer":
            return CODES.get(self.kind, "?")
        if self.reply_to:
            return "r"
        first = self.text[:1]
        return {"✅": "3", "❌": "4"}.get(first, "c")


@dataclass
class Chat:
    """One page, looking at everything. `bubbles` are the bot's, in order, edits applied."""

    base: str
    client: httpx.AsyncClient
    bubbles: dict[str, Shown] = field(default_factory=dict)
    activity: list[dict[str, Any]] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def say(
        self,
        text: str,
        *,
        user: str = "mei",
        conversation: str | None = None,
        pictures: tuple[bytes, ...] = (),
        reply_to: str = "",
        message: str | None = None,
    ) -> str:
        """Say something, with pictures; gives the message's id."""
        uploaded = [await self._upload(picture) for picture in pictures]
        identity = message or f"m{next(_numbers)}"
        answer = await self.client.post(
            f"{self.base}/api/messages",
            json={
                "id": identity,
                "conversation": conversation or f"private-{user}",
                "user": user,
                "text": text,
                "pictures": uploaded,
                "reply_to": reply_to,
                "locale": "",
            },
        )
        answer.raise_for_status()
        return identity

    async def press(self, bubble: Shown, number: int, *, user: str = "mei") -> str:
        """Press the button of that number, from 1."""
        identity = f"p{next(_numbers)}"
        answer = await self.client.post(
            f"{self.base}/api/presses",
            json={
                "id": identity,
                "conversation": bubble.conversation,
                "user": user,
                "message": bubble.id,
                "value": bubble.buttons[number - 1][1],
                "locale": "",
            },
        )
        answer.raise_for_status()
        return identity

    async def _upload(self, picture: bytes) -> dict[str, Any]:
        answer = await self.client.post(f"{self.base}/api/pictures", content=picture)
        answer.raise_for_status()
        return {"name": answer.json()["name"], "alt": "", "width": 10, "height": 10}

    def of(self, request: str) -> list[Shown]:
        """The bot's bubbles that belong to a message."""
        return [bubble for bubble in self.bubbles.values() if bubble.request == request]

    def steps(self, request: str) -> str:
        """What a message led to, as a string of step codes."""
        return "".join(bubble.code for bubble in self.of(request))

    async def until(self, condition: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Wait for the page to show something."""
        try:
            async with asyncio.timeout(patience), self.changed:
                await self.changed.wait_for(condition)
        except TimeoutError:
            seen = [(bubble.request, bubble.code, bubble.text[:60]) for bubble in self.bubbles.values()]
            raise AssertionError(f"never shown; seen: {seen}") from None

    async def ended(self, request: str, patience: float = PATIENCE) -> list[Shown]:
        """Wait for the end of what a message led to; gives its bubbles."""
        await self.until(lambda: any(code in self.steps(request) for code in "34cr"), patience)
        return self.of(request)

    async def picture(self, bubble: Shown) -> bytes:
        """The picture as the page loads it."""
        answer = await self.client.get(self.base + bubble.picture)
        answer.raise_for_status()
        return answer.content

    async def ready(self) -> None:
        """Wait until every part of the service is ready."""
        async with asyncio.timeout(PATIENCE):
            while True:
                if (await self.client.get(f"{self.base}/readyz")).status_code == 200:
                    return
                await asyncio.sleep(0.01)

    async def listen(self) -> None:
        """Follow the live stream, coming back whenever it breaks off."""
        seen = ""
        while True:
            with suppress(httpx.TransportError):
                headers = {"Last-Event-ID": seen} if seen else {}
                async with self.client.stream(
                    "GET", f"{self.base}/api/events", headers=headers, timeout=None
                ) as response:
                    kind = ""
                    async for line in response.aiter_lines():
                        name, _, value = line.partition(": ")
                        if name == "event":
                            kind = value
                        elif name == "id":
                            seen = value
                        elif name == "data":
                            await self._take(kind, json.loads(value))
            await asyncio.sleep(0.05)

    async def _take(self, kind: str, data: dict[str, Any]) -> None:
        async with self.changed:
            if kind == "activity":
                self.activity.append(data)
            elif data["sender"] == "bot":
                picture = data["pictures"][0] if data["pictures"] else {"src": "", "link": ""}
                self.bubbles[data["id"]] = Shown(
                    id=data["id"],
                    kind=data["kind"],
                    text=data["text"],
                    request=data["request"],
                    reply_to=data["reply_to"],
                    picture=picture["src"],
                    link=picture["link"],
                    buttons=tuple((button["label"], button["value"]) for button in data["buttons"]),
                    percent=data["percent"],
                    conversation=data["conversation"],
                )
            self.changed.notify_all()


@asynccontextmanager
async def chatting(base: str) -> AsyncIterator[Chat]:
    """A page that is open for as long as the block lasts."""
    async with httpx.AsyncClient(headers={"Origin": base}, timeout=20, trust_env=False) as client:
        chat = Chat(base, client)
        listening = asyncio.create_task(chat.listen())
        try:
            yield chat
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening
