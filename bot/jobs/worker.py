"""One job's loop: save the new state, perform the effects, feed the results back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol, assert_never

import structlog

from bot.store import StoreError
from protocol import events
from protocol.events import (
    CancelAsked,
    Create,
    Effect,
    Event,
    FetchPicture,
    Poll,
    PrepareImages,
    ReadPrices,
    ReadQuote,
    Resumed,
    Send,
    Woken,
)
from protocol.failures import FailureReason
from protocol.job import Job, State
from protocol.machine import decide

log = structlog.get_logger("job")

SAVE_PAUSE = 1.0
LONGEST_SAVE_PAUSE = 15.0
POLL_PAUSE_AFTER_A_BUG = 30.0


class JobStore(Protocol):
    """Where a job's state is saved."""

    async def save_job(self, job: Job) -> None: ...


class EffectPerformer(Protocol):
    """What performs effects."""

    async def perform(self, job: Job, effect: Effect) -> Event: ...


JobObserver = Callable[[Job, Job, Event], None]
"""Told of each event with the job before and after it."""


class JobWorker:
    """Drives one job until it ends or the service stops. Running it again from its saved state is always safe."""

    def __init__(
        self,
        job: Job,
        *,
        store: JobStore,
        performer: EffectPerformer,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        observe: JobObserver,
    ) -> None:
        self.job = job
        self._store = store
        self._performer = performer
        self._clock = clock
        self._sleep = sleep
        self._observe = observe
        self._events: asyncio.Queue[tuple[Event, asyncio.Future[Job] | None]] = asyncio.Queue()
        self._effects: dict[asyncio.Task[None], Effect] = {}
        self._stopping = False
        self._over = False
        self._handled = asyncio.Event()
        self._handled.set()

    async def run(self) -> None:
        """Go on until the job has ended."""
        try:
            await self._apply(Resumed(self._clock()))
            while not self.job.ended:
                event, answer = await self._next_event()
                await self._apply(event)
                self._answer(answer)
        finally:
            self._over = True
            await self._drop_effects()
            while not self._events.empty():
                self._answer(self._events.get_nowait()[1])

    async def cancel(self) -> bool:
        """Ask for the job to be stopped; True if that costs nothing and is done."""
        if self._over:
            return False
        answer: asyncio.Future[Job] = asyncio.get_running_loop().create_future()
        self._post(CancelAsked(self._clock()), answer)
        job = await answer
        return job.state in (State.CANCELLING, State.CANCELLED, State.ABANDONED)

    async def settle(self) -> None:
        """Begin nothing new, and wait for what must not be cut off: a paid call, a message on its way."""
        self._stopping = True
        delicate = [task for task, effect in self._effects.items() if isinstance(effect, Create | Send)]
        await asyncio.gather(*delicate, return_exceptions=True)
        await self._handled.wait()

    def _post(self, event: Event, answer: asyncio.Future[Job] | None = None) -> None:
        self._handled.clear()
        self._events.put_nowait((event, answer))

    def _answer(self, answer: asyncio.Future[Job] | None) -> None:
        if answer is not None and not answer.done():
            answer.set_result(self.job)
        if self._events.empty():
            self._handled.set()

    async def _next_event(self) -> tuple[Event, asyncio.Future[Job] | None]:
        wake_at = self.job.wake_at
        if wake_at is None or self._stopping:
            return await self._events.get()
        getting = asyncio.ensure_future(self._events.get())
        waking = asyncio.ensure_future(self._sleep(max(0.0, wake_at - self._clock())))
        try:
            await asyncio.wait((getting, waking), return_when=asyncio.FIRST_COMPLETED)
            if getting.done():
                return getting.result()
            return Woken(self._clock()), None
        finally:
            for task in (getting, waking):
                if not task.done():
                    task.cancel()
            await asyncio.gather(getting, waking, return_exceptions=True)

    async def _apply(self, event: Event) -> None:
        before = self.job
        job, effects = decide(before, event)
        if self._stopping and any(isinstance(effect, Create) for effect in effects):
            # Saved, it would be taken for a paid call whose answer was lost.
            return
        if job != before:
            await self._save(job)
        self.job = job
        self._observe(before, job, event)
        if self._stopping:
            return
        for effect in effects:
            task = asyncio.create_task(self._perform(job, effect), name=f"job {job.id} {type(effect).__name__}")
            self._effects[task] = effect
            task.add_done_callback(self._effects.pop)

    async def _save(self, job: Job) -> None:
        """Nothing is done before it is saved: while the database cannot be used, the job waits."""
        pause = SAVE_PAUSE
        while True:
            try:
                await self._store.save_job(job)
            except StoreError as error:
                log.error("a job's state cannot be saved", job=job.id, state=job.state.value, why=str(error))
                await self._sleep(pause)
                pause = min(pause * 2, LONGEST_SAVE_PAUSE)
            else:
                return

    async def _perform(self, job: Job, effect: Effect) -> None:
        try:
            event = await self._performer.perform(job, effect)
        except Exception:
            log.exception("an effect failed", job=job.id, state=job.state.value, effect=type(effect).__name__)
            event = self._after_a_bug(effect)
        self._post(event)

    def _after_a_bug(self, effect: Effect) -> Event:
        """What the job goes on with where our own code failed: the cautious reading of each effect."""
        now = self._clock()
        match effect:
            case Send(step=step):
                return events.StepFailed(now, step, refused=False)
            case ReadQuote() | PrepareImages():
                return events.Refused(now, FailureReason.GENERIC)
            case ReadPrices():
                return events.PricesRead(now, None)
            case Create():
                return events.AnswerLost(now)
            case Poll():
                return events.Polled(now, now + POLL_PAUSE_AFTER_A_BUG, failed=True)
            case FetchPicture():
                return events.NotFetched(now, gone=False)
            case _:
                assert_never(effect)

    async def _drop_effects(self) -> None:
        for task in list(self._effects):
            task.cancel()
        await asyncio.gather(*self._effects, return_exceptions=True)
