"""What the loop of a job promises: saved before done, woken in time, stopped at a safe point."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.jobs.runner import Runner
from bot.jobs.worker import JobWorker
from bot.store import StoreError
from protocol import events
from protocol.events import Create, Effect, Event, FetchPicture, Poll, PrepareImages, ReadPrices, ReadQuote, Send
from protocol.failures import FailureReason
from protocol.job import Job, Produced, State, StoredPicture
from tests.bot.fakes import HandClock
from tests.protocol.builders import JOB, PRICES, QUOTE, REF

PICTURE = Produced("https://example.com/p.png")


class World:
    """IMA, the platform and the database of one job, on time that is moved by hand."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.saved: list[Job] = []
        self.done: list[Effect] = []
        self.ready_after = 25.0
        self.break_save: Callable[[Job], bool] = lambda _: False
        self.replace_effect: dict[type[Effect], Callable[[Job], Event]] = {}
        self.hold: dict[type[Effect], asyncio.Event] = {}

    async def save_job(self, job: Job) -> None:
        if self.break_save(job):
            raise StoreError("the disk is full")
        self.saved.append(job)

    async def perform(self, job: Job, effect: Effect) -> Event:
        assert self.saved[-1].state is job.state, "performed before it was saved"
        self.done.append(effect)
        if type(effect) in self.hold:
            await self.hold[type(effect)].wait()
        if type(effect) in self.replace_effect:
            return self.replace_effect[type(effect)](job)
        now = self.clock()
        match effect:
            case Send(step=step):
                return events.StepSent(now, step, REF)
            case ReadQuote():
                return events.Quoted(now, QUOTE, PRICES)
            case ReadPrices():
                return events.PricesRead(now, PRICES)
            case PrepareImages():
                return events.Prepared(now, ())
            case Create():
                return events.Created(now, "task-1", now + 5)
            case Poll():
                assert job.created_at is not None
                if now - job.created_at >= self.ready_after:
                    return events.Finished(now, PICTURE)
                return events.Polled(now, now + 5)
            case FetchPicture():
                return events.Fetched(now, StoredPicture("p.png", "image/png", 1, 1))

    def worker(self, job: Job = JOB) -> JobWorker:
        return JobWorker(
            job,
            store=self,
            performer=self,
            clock=self.clock,
            sleep=self.clock.sleep,
            observe=lambda before, after, event: None,
        )

    async def reached(self, effect: Effect) -> None:
        for _ in range(1000):
            if effect in self.done:
                return
            await asyncio.sleep(0)
        raise AssertionError(f"{effect} was never asked for")

    @property
    def steps(self) -> list[str]:
        return [effect.step for effect in self.done if isinstance(effect, Send)]


async def test_a_job_goes_its_way_by_its_own_times() -> None:
    world = World()
    worker = world.worker()
    await world.clock.run(worker.run())
    assert worker.job.state is State.SUCCEEDED
    assert world.steps == ["acknowledgement", "start", "progress-0", "result"]
    assert world.clock.now - JOB.accepted_at == 25.0
    assert world.saved[-1] == worker.job


async def test_nothing_is_done_that_was_not_saved_before_and_a_full_disk_is_waited_out() -> None:
    world = World()
    failures = iter([True, True, True])
    world.break_save = lambda job: job.state is State.CREATING and next(failures, False)
    worker = world.worker()
    await world.clock.run(worker.run())
    assert sum(isinstance(effect, Create) for effect in world.done) == 1
    assert worker.job.state is State.SUCCEEDED


async def test_an_error_of_our_own_in_the_paid_call_is_taken_for_a_lost_answer() -> None:
    world = World()

    def bug(_: Job) -> Event:
        raise RuntimeError("a bug")

    world.replace_effect[Create] = bug
    worker = world.worker()
    await world.clock.run(worker.run())
    assert (worker.job.state, worker.job.failure) == (State.FAILED, FailureReason.ANSWER_LOST)
    assert world.steps == ["acknowledgement", "start", "failure"]


async def test_errors_of_our_own_elsewhere_end_in_a_plain_failure_or_are_tried_again() -> None:
    for kind in (ReadQuote, Poll, FetchPicture, ReadPrices):
        world = World()
        calls = iter([True])

        def bug(job: Job, world: World = world, kind: type[Effect] = kind) -> Event:
            del world.replace_effect[kind]
            raise RuntimeError("a bug")

        assert next(calls)
        world.replace_effect[kind] = bug
        worker = world.worker()
        await world.clock.run(worker.run())
        assert worker.job.ended, kind
        assert world.steps[-1] in ("result", "failure"), kind


async def test_a_cancellation_before_payment_is_done_and_after_it_is_refused() -> None:
    world = World()
    world.hold[ReadQuote] = asyncio.Event()
    runner = Runner(world.worker)
    runner.start(JOB)
    await world.reached(ReadQuote())
    assert await runner.cancel(JOB.id)
    for _ in range(20):
        await asyncio.sleep(0)
    assert runner.running == 0
    assert world.steps == ["acknowledgement", "cancelled"]
    assert not await runner.cancel(JOB.id)


async def test_stopping_waits_for_the_paid_call_and_saves_its_answer() -> None:
    world = World()
    world.hold[Create] = asyncio.Event()
    runner = Runner(world.worker)
    runner.start(JOB)
    await world.reached(Create())
    stopping = asyncio.ensure_future(runner.stop(grace=60))
    for _ in range(10):
        await asyncio.sleep(0)
    assert not stopping.done()
    world.hold[Create].set()
    await stopping
    assert (world.saved[-1].state, world.saved[-1].task_id) == (State.POLLING, "task-1")


async def test_once_stopping_no_paid_call_is_begun_and_none_is_saved_as_begun() -> None:
    world = World()
    held = asyncio.Event()
    announced = replace(
        JOB, state=State.CHECKING, sent={"acknowledgement": REF, "start": REF}, announced=QUOTE, acknowledged_at=0
    )
    world.hold[ReadQuote] = held
    runner = Runner(world.worker)
    world.saved.append(announced)
    runner.start(announced)
    await world.reached(ReadQuote())
    stopping = asyncio.ensure_future(runner.stop(grace=60))
    held.set()
    await stopping
    assert world.saved[-1].state is State.CHECKING
    assert Create() not in world.done


async def test_a_job_that_waits_for_the_database_does_not_hold_up_the_end() -> None:
    world = World()
    world.break_save = lambda _: True
    runner = Runner(world.worker)
    runner.start(JOB)
    await asyncio.sleep(0)
    await runner.stop(grace=0.01)
    assert runner.running == 0


async def test_a_cancellation_that_meets_the_end_of_its_job_waits_for_nothing() -> None:
    world = World()
    worker = world.worker()
    await world.clock.run(worker.run())
    async with asyncio.timeout(1):
        assert not await worker.cancel()


async def test_a_job_whose_loop_breaks_off_is_taken_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.jobs.runner.RESTART_PAUSE", 0.0)
    world = World()
    breaks = iter([True])
    observed = world.worker

    def fragile(job: Job) -> JobWorker:
        worker = observed(job)
        if next(breaks, False):

            def broken(*_: object) -> None:
                raise RuntimeError("a bug in who looks on")

            worker._observe = broken
        return worker

    runner = Runner(fragile)
    runner.start(JOB)
    await world.reached(ReadQuote())
    await runner.stop(grace=0)
    assert "acknowledgement" in world.steps
