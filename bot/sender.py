"""Sending: one message after the other in each conversation, the most important first, none twice."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import structlog

from adapters.port import Adapter, SendError, SendFailed, SendRefused
from bot.metrics import Metrics
from protocol.messages import MessageRef, Outgoing, Priority

log = structlog.get_logger("sender")

PATIENCE = 120.0
"""Seconds for which a send that fails is tried again before its sender hears of it."""

PROGRESS_PATIENCE = 10.0
"""Seconds after which a progress message is too late to be of use."""

LONGEST_PAUSE = 30.0
HOLDS = 5.0
"""Real seconds for which others of a place wait for an attempt with a picture; then it goes on beside them."""

T = TypeVar("T", bound=MessageRef | None)


@dataclass(order=True, slots=True)
class Waiting:
    priority: Priority
    number: int
    outgoing: Outgoing = field(compare=False)
    give_up_at: float = field(compare=False)
    answer: asyncio.Future[MessageRef] = field(compare=False)
    pause: float = field(compare=False, default=1.0)
    begun: bool = field(compare=False, default=False)


class Sender:
    """Takes messages for all platforms. In a slow place 0 goes before 3 and 4, those before 1, and 2 last."""

    def __init__(
        self,
        adapters: Mapping[str, Adapter],
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        metrics: Metrics,
    ) -> None:
        self._adapters = adapters
        self._clock = clock
        self._sleep = sleep
        self._metrics = metrics
        self._numbers = itertools.count()
        self._lanes: dict[str, list[Waiting]] = {}
        self._tasks: set[asyncio.Task[object]] = set()
        self._resting: list[Waiting] = []

    async def send(self, outgoing: Outgoing) -> MessageRef:
        """Send, patiently. Raises `SendRefused` or, when patience is over, `SendFailed`."""
        adapter = self._adapters.get(outgoing.address.platform)
        if adapter is not None and outgoing.picture is not None:
            await adapter.prepare(outgoing)
        patience = PROGRESS_PATIENCE if outgoing.priority is Priority.PROGRESS else PATIENCE
        answer: asyncio.Future[MessageRef] = asyncio.get_running_loop().create_future()
        waiting = Waiting(outgoing.priority, next(self._numbers), outgoing, self._clock() + patience, answer)
        self._join(outgoing.address.place, waiting)
        if outgoing.priority is Priority.PROGRESS:
            self._begin(self._drop_if_late(waiting, patience), f"patience {outgoing.address.place}")
        return await answer

    def _join(self, place: str, waiting: Waiting) -> None:
        """Wait in the place's lane for the turn."""
        lane = self._lanes.get(place)
        if lane is None:
            self._lanes[place] = [waiting]
            self._begin(self._drain(place), f"lane {place}")
        else:
            heapq.heappush(lane, waiting)

    async def _drop_if_late(self, waiting: Waiting, patience: float) -> None:
        """In a busy place its turn may never come, and the picture that it announces waits for it."""
        await self._sleep(patience)
        if not (waiting.begun or waiting.answer.done()):
            waiting.answer.set_exception(SendFailed("too late to be of use"))

    def _begin(self, work: Coroutine[None, None, T], name: str) -> asyncio.Task[T]:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def close(self) -> None:
        """Stop; what waits is not sent."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        # A task that was cancelled before it first ran had no chance to tell those who wait in it.
        for lane in [*self._lanes.values(), self._resting]:
            for waiting in lane:
                waiting.answer.cancel()

    async def _drain(self, place: str) -> None:
        lane = self._lanes[place]
        try:
            while lane:
                waiting = heapq.heappop(lane)
                if not waiting.answer.done():
                    await self._settle(waiting, self._attempt(waiting))
        finally:
            del self._lanes[place]
            for left in lane:
                left.answer.cancel()

    async def _settle(self, waiting: Waiting, outcome: Awaitable[MessageRef | None]) -> None:
        """Tell who waits what became of it; nothing where it is tried again."""
        kind = waiting.outgoing.priority.name.lower()
        try:
            ref = await outcome
        except SendError as error:
            self._metrics.sent(kind, "refused" if isinstance(error, SendRefused) else "failed")
            if not waiting.answer.done():
                waiting.answer.set_exception(error)
        except asyncio.CancelledError:
            waiting.answer.cancel()
            raise
        except Exception as error:
            log.exception("a platform failed in its own code", place=waiting.outgoing.address.place)
            self._metrics.sent(kind, "failed")
            if not waiting.answer.done():
                failed = SendFailed("the platform failed in its own code")
                failed.__cause__ = error
                waiting.answer.set_exception(failed)
        else:
            if ref is None:
                return
            self._metrics.sent(kind, "sent")
            if not waiting.answer.done():
                waiting.answer.set_result(ref)

    async def _attempt(self, waiting: Waiting) -> MessageRef | None:
        """Try once; None where it goes on, or is tried again, while others of the place have their turn.

        Where the place itself asks for a pause, all of it waits.
        """
        outgoing = waiting.outgoing
        adapter = self._adapters.get(outgoing.address.platform)
        if adapter is None:
            raise SendFailed(f"{outgoing.address.platform} is not configured")
        while True:
            if self._clock() >= waiting.give_up_at:
                raise SendFailed("too late to be of use")
            waiting.begun = True
            trying = self._begin(adapter.send(outgoing), f"send {outgoing.address.place}")
            # Words are quick; and where one waits for a rate, what matters more must not come to wait behind it.
            await asyncio.wait((trying,), timeout=HOLDS if outgoing.picture is not None else None)
            if not trying.done():
                self._begin(self._settle(waiting, self._late(waiting, trying)), f"slow {outgoing.address.place}")
                return None
            if trying.cancelled():
                raise SendFailed("the platform broke off")
            try:
                return trying.result()
            except SendFailed as error:
                wait = self._next_pause(waiting, error)
                if error.retry_after is None:
                    self._rest(waiting, wait)
                    return None
            await self._sleep(wait)

    async def _late(self, waiting: Waiting, trying: asyncio.Task[MessageRef]) -> MessageRef | None:
        """An attempt that takes long, a large picture on a slow line, and has left its place to others."""
        try:
            return await trying
        except SendFailed as error:
            self._rest(waiting, self._next_pause(waiting, error))
            return None

    def _next_pause(self, waiting: Waiting, error: SendFailed) -> float:
        """Seconds until the next attempt. Raises the error where patience is over."""
        wait = max(waiting.pause, error.retry_after or 0.0)
        if self._clock() + wait >= waiting.give_up_at:
            raise error
        waiting.pause = min(waiting.pause * 2, LONGEST_PAUSE)
        return wait

    def _rest(self, waiting: Waiting, wait: float) -> None:
        waiting.begun = False
        self._resting.append(waiting)
        self._begin(self._rejoin(waiting, wait), f"again {waiting.outgoing.address.place}")

    async def _rejoin(self, waiting: Waiting, wait: float) -> None:
        await self._sleep(wait)
        self._resting = [each for each in self._resting if each is not waiting]
        self._join(waiting.outgoing.address.place, waiting)
