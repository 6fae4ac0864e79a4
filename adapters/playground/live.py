"""The live stream: server-sent events that a lost connection resumes from, and that end at once at shutdown."""

from __future__ import annotations

import asyncio
import json
import re
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, replace
from itertools import count

from adapters.port import Activity

from .records import JsonObject, Message

MOST_ACTIVITY = 500
BATCH = 100

_CURSOR = re.compile(r"(\d{1,15})-(\d{1,15})-([A-Za-z0-9_-]{1,64})")


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a page has seen: the last change, and the last activity of one life of the service (`boot`)."""

    change: int
    activity: int
    boot: str

    @staticmethod
    def parse(text: str, boot: str) -> Cursor:
        """What a page sends back. Activity is not kept over a restart, so that it begins anew then."""
        found = _CURSOR.fullmatch(text)
        if found is None:
            return Cursor(0, 0, boot)
        return Cursor(int(found[1]), int(found[2]) if found[3] == boot else 0, boot)

    def token(self) -> str:
        """What the page sends back."""
        return f"{self.change}-{self.activity}-{self.boot}"


class Bell:
    """Wakes all who wait, each time it rings."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def next(self) -> asyncio.Event:
        """Set at the next ring. Taken before one looks for news, so that none is missed in between."""
        return self._next

    def ring(self) -> None:
        """Wake all."""
        rung, self._next = self._next, asyncio.Event()
        rung.set()


class Live:
    """The streams of all open pages."""

    def __init__(
        self,
        changes: Callable[[int, int], Awaitable[list[Message]]],
        show: Callable[[list[Message]], Awaitable[list[JsonObject]]],
        boot: str,
        heartbeat: float,
    ) -> None:
        self._changes = changes
        self._show = show
        self._boot = boot
        self._heartbeat = heartbeat
        self._bell = Bell()
        self._numbers = count(1)
        self._activity: deque[tuple[int, Activity]] = deque(maxlen=MOST_ACTIVITY)
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether all streams have ended for good."""
        return self._closed

    def cursor(self, change: int) -> Cursor:
        """From that change on, with all activity that is still known."""
        return Cursor(change, 0, self._boot)

    def resume(self, text: str) -> Cursor:
        """From where a page was."""
        return Cursor.parse(text, self._boot)

    def changed(self) -> None:
        """Something new is in the store."""
        self._bell.ring()

    def observe(self, activity: Activity) -> None:
        """Something happened underneath."""
        self._activity.append((next(self._numbers), activity))
        self._bell.ring()

    def close(self) -> None:
        """End all streams at once."""
        self._closed = True
        self._bell.ring()

    async def stream(self, cursor: Cursor) -> AsyncGenerator[bytes]:
        """The events after the cursor, as they come."""
        yield b"retry: 1000\n\n"
        while not self._closed:
            news = self._bell.next()
            messages = await self._changes(cursor.change, BATCH)
            for message, shown in zip(messages, await self._show(messages), strict=True):
                cursor = replace(cursor, change=message.change)
                yield event("message", cursor, shown)
            for number, activity in list(self._activity):
                if number > cursor.activity:
                    cursor = replace(cursor, activity=number)
                    yield event("activity", cursor, asdict(activity))
            if len(messages) == BATCH:
                continue
            try:
                async with asyncio.timeout(self._heartbeat):
                    await news.wait()
            except TimeoutError:
                yield b": still here\n\n"


def event(name: str, cursor: Cursor, content: Mapping[str, object]) -> bytes:
    """One event. JSON has no line break, so that one data line is enough."""
    return f"event: {name}\nid: {cursor.token()}\ndata: {json.dumps(content, ensure_ascii=False)}\n\n".encode()
