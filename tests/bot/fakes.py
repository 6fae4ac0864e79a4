"""Stand-ins for what surrounds one part: time that is moved by hand, a platform that does what it is told."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Awaitable, Callable

from adapters.port import Inbox, SendError
from protocol.messages import Address, AttachedImage, MessageRef, Outgoing


class HandClock:
    """Time that goes on only when everything waits for it: `sleep` is for the code, `run` for the test."""

    def __init__(self, now: float = 1_000_000.0) -> None:
        self.now = now
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self._count += 1
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + seconds, self._count, future))
        await future

    async def run(self, work: Awaitable[object]) -> object:
        """Do the work, letting time jump to the next sleeper whenever nothing else can go on."""
        task = asyncio.ensure_future(work)
        while not task.done():
            for _ in range(100):
                await asyncio.sleep(0)
            if task.done():
                break
            self._sleepers = [entry for entry in self._sleepers if not entry[2].done()]
            heapq.heapify(self._sleepers)
            assert self._sleepers, "everything waits, and for nothing"
            at, _, future = heapq.heappop(self._sleepers)
            self.now = max(self.now, at)
            future.set_result(None)
        return task.result()


class FakePlatform:
    """Records what is sent; `trouble` decides what a send does instead."""

    def __init__(self, name: str = "playground") -> None:
        self._name = name
        self.sent: list[Outgoing] = []
        self.attempts: list[Outgoing] = []
        self.prepared: list[Outgoing] = []
        self.failing: Callable[[Outgoing], SendError | None] = lambda _: None
        self.before: Callable[[Outgoing], Awaitable[None]] | None = None

    @property
    def name(self) -> str:
        return self._name

    def largest_picture(self, address: Address) -> int:
        return 10_000_000

    def trouble(self) -> str | None:
        return None

    async def run(self, inbox: Inbox) -> None:
        await asyncio.Event().wait()

    async def prepare(self, outgoing: Outgoing) -> None:
        self.prepared.append(outgoing)

    async def send(self, outgoing: Outgoing) -> MessageRef:
        self.attempts.append(outgoing)
        if self.before is not None:
            await self.before(outgoing)
        error = self.failing(outgoing)
        if error is not None:
            raise error
        self.sent.append(outgoing)
        return MessageRef(self._name, outgoing.address.conversation, f"sent-{len(self.sent)}")

    async def fetch(self, image: AttachedImage, limit: int) -> bytes:
        return image.reference.encode()[:limit]
