"""Whatever happens to a job, its laws hold: a world that does its worst, played out by chance."""

from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store.records import JOB
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
    StepFailed,
    StepSent,
    Woken,
)
from protocol.failures import FailureReason
from protocol.job import ENDED, Job, Produced, Request, State, StoredPicture
from protocol.machine import decide
from protocol.messages import AttachedImage
from protocol.notices import Progress
from tests.protocol.builders import ADDRESS, FLASH, NOW, PRICES, PRO, REF, quote

CODES = {
    "acknowledgement": "0",
    "start": "1",
    "preparing": "2",
    "progress": "2",
    "result": "3",
    "failure": "4",
    "cancelled": "c",
}
GRAMMAR = re.compile(r"(0(12*)?(3|43?|c)?)?")
REASONS = st.sampled_from(sorted(FailureReason, key=lambda reason: reason.value))


class World:
    """The user's screen, IMA, and everything that may go wrong between them and the job."""

    def __init__(self, job: Job, draw: Callable[[st.SearchStrategy[object]], object]) -> None:
        self.job = job
        self.saved = job
        self.now = NOW
        self.under_way: list[Effect] = []
        self.seen: list[str] = []
        self.percents: list[int] = []
        self.charged = 0
        self.announced_points: int | None = None
        self.history: list[Event] = []
        self.states: list[Job] = []
        self._draw = draw

    def chance(self, *choices: object) -> object:
        return self._draw(st.sampled_from(choices))

    def happen(self, event: Event) -> None:
        ended = self.job.ended
        job, effects = decide(self.job, event)
        if ended:
            assert (job, effects) == (self.job, ()), "an event had an effect after the end"
        self.history.append(event)
        self.states.append(job)
        self.job = job
        self.under_way.extend(effects)
        assert sum(isinstance(effect, Send) for effect in self.under_way) <= 1, "two messages at once"

    def show(self, step: str) -> None:
        """The platform shows a step once, however often it is sent."""
        if step not in self.seen:
            self.seen.append(step)

    def crash(self) -> None:
        """kill -9: what was under way may or may not have happened, and nobody knows."""
        for effect in self.under_way:
            if isinstance(effect, Send) and self.chance(True, False):
                self.show(effect.step)
            if isinstance(effect, Create) and self.chance(True, False):
                self.charged += 1
        self.under_way = []
        self.happen(Resumed(self.now))

    def complete(self, effect: Effect) -> None:
        self.under_way.remove(effect)
        match effect:
            case Send(step=step, notice=notice):
                outcome = self.chance("sent", "sent", "sent", "lost", "refused", "failed")
                if isinstance(notice, Progress):
                    self.percents.append(notice.percent)
                if outcome in ("sent", "lost"):
                    self.show(step)
                if outcome == "sent":
                    self.happen(StepSent(self.now, step, REF))
                else:
                    self.happen(StepFailed(self.now, step, refused=outcome == "refused"))
            case ReadQuote():
                if self.chance(True, True, True, False):
                    self.happen(events.Quoted(self.now, quote(int(str(self.chance(4, 6, 9)))), PRICES))
                else:
                    self.happen(events.Refused(self.now, self.reason()))
            case ReadPrices():
                self.happen(events.PricesRead(self.now, PRICES if self.chance(True, False) else None))
            case PrepareImages():
                if self.chance(True, True, False):
                    self.happen(events.Prepared(self.now, ("https://example.com/a.png",)))
                else:
                    self.happen(events.Refused(self.now, self.reason()))
            case Create():
                self.create()
            case Poll():
                self.poll()
            case FetchPicture():
                stored = StoredPicture("a.png", "image/png", 1, 1)
                if self.chance(True, True, False):
                    self.happen(events.Fetched(self.now, stored))
                else:
                    self.happen(events.NotFetched(self.now, gone=bool(self.chance(True, False))))

    def create(self) -> None:
        assert self.charged == 0, "a paid call was repeated"
        assert self.seen[:2] == ["acknowledgement", "start"], "paid before it was announced"
        assert self.job.quote is not None
        assert self.job.announced is not None
        assert self.job.quote.points <= self.job.announced.points, "dearer than announced"
        match self.chance("created", "created", "lost", "not accepted", "stale", "refused"):
            case "created":
                self.charged += 1
                self.happen(events.Created(self.now, "task-1", self.now + 4))
            case "lost":
                self.charged += 1
                self.happen(events.AnswerLost(self.now))
            case "not accepted":
                self.happen(events.NotAccepted(self.now, self.now + 3))
            case "stale":
                self.happen(events.QuoteStale(self.now, FailureReason.POINTS_MISMATCH))
            case _:
                self.happen(events.Refused(self.now, self.reason()))

    def poll(self) -> None:
        match self.chance("pending", "pending", "trouble", "finished", "failed"):
            case "finished":
                self.happen(events.Finished(self.now, Produced("https://example.com/p.png")))
            case "failed":
                self.happen(events.TaskFailed(self.now, self.reason()))
            case outcome:
                self.happen(events.Polled(self.now, self.now + 4, failed=outcome == "trouble"))

    def reason(self) -> FailureReason:
        reason = self._draw(REASONS)
        assert isinstance(reason, FailureReason)
        return reason


def requests() -> st.SearchStrategy[Request]:
    return st.builds(
        Request,
        address=st.just(ADDRESS),
        lang=st.sampled_from(("zh", "en")),
        task_type=st.just("text_to_image"),
        prompt=st.just("a cat"),
        model_id=st.sampled_from((FLASH, PRO)),
        images=st.sampled_from(((), (AttachedImage("playground", "x"),))),
        max_points=st.sampled_from((None, 6)),
    )


def play(data: st.DataObject, length: int) -> World:
    world = World(Job(id="job-1", request=data.draw(requests()), accepted_at=NOW), data.draw)
    world.happen(Resumed(world.now))
    for _ in range(data.draw(st.integers(0, length))):
        wake = [("wake", None)] if world.job.wake_at is not None else []
        finish = [("finish", effect) for effect in world.under_way]
        choices = [
            *finish,
            *finish,
            *wake,
            *wake,
            ("crash", None),
            ("cancel", None),
            ("wait", None),
            ("stray", None),
        ]
        kind, effect = data.draw(st.sampled_from(choices))
        match kind:
            case "finish":
                assert effect is not None
                world.complete(effect)
            case "wake":
                world.now = max(world.now, world.job.wake_at or 0.0)
                world.happen(Woken(world.now))
            case "crash":
                world.crash()
            case "cancel":
                world.happen(CancelAsked(world.now))
            case "stray":
                world.happen(StepSent(world.now, "progress-77", REF))
            case _:
                world.now += data.draw(st.sampled_from((-5.0, 1.0, 7.0, 40.0, 700.0, 90_000.0)))
    return world


@settings(max_examples=400)
@given(st.data())
def test_the_user_sees_the_six_steps_and_nothing_else(data: st.DataObject) -> None:
    """0 (1 2*)? (3 | 4 | cancelled), in order, nothing twice; a late picture only after running out of time."""
    world = play(data, 70)
    seen = "".join(CODES[step.partition("-")[0]] for step in world.seen)
    assert GRAMMAR.fullmatch(seen), world.seen
    assert world.seen.count("preparing") <= 1
    if "43" in seen:
        assert world.job.failure is FailureReason.TIMED_OUT
    assert world.charged <= 1
    if "c" in seen:
        assert world.charged == 0, "cancelled, and charged all the same"
    assert world.percents == sorted(world.percents)
    assert all(percent <= 95 for percent in world.percents)


@settings(max_examples=200)
@given(st.data())
def test_replaying_the_events_gives_the_same_job(data: st.DataObject) -> None:
    """The job is a function of its events: after every prefix, played again, it is the job that was there then.

    Played again it is written and read between any two events, as a restart does.
    """
    world = play(data, 40)
    again = Job(id="job-1", request=world.job.request, accepted_at=NOW)
    for event, then in zip(world.history, world.states, strict=True):
        again, _ = decide(JOB.load(JOB.dump(again)), event)
        assert again == then


@settings(max_examples=200)
@given(st.data())
def test_a_job_that_is_left_alone_comes_to_its_end(data: st.DataObject) -> None:
    """Wherever a job was left, once everything works again it ends, and the user knows how."""
    world = play(data, 40)
    if world.job.ended:
        return
    world.crash()
    for _ in range(60):
        if world.job.state in ENDED:
            break
        if world.under_way:
            _work(world, world.under_way[0])
        else:
            assert world.job.wake_at is not None, f"stuck in {world.job.state}"
            world.now = max(world.now, world.job.wake_at)
            world.happen(Woken(world.now))
    assert world.job.state in ENDED, world.job.state
    if world.job.state in (State.SUCCEEDED, State.FAILED, State.CANCELLED):
        assert world.seen[-1] in ("result", "failure", "cancelled")


def _work(world: World, effect: Effect) -> None:
    """Everything works."""
    world.under_way.remove(effect)
    now = world.now
    match effect:
        case Send(step=step):
            world.show(step)
            world.happen(StepSent(now, step, REF))
        case ReadQuote():
            world.happen(events.Quoted(now, quote(4), PRICES))
        case ReadPrices():
            world.happen(events.PricesRead(now, PRICES))
        case PrepareImages():
            world.happen(events.Prepared(now, ("https://example.com/a.png",)))
        case Create():
            world.happen(events.Created(now, "task-1", now + 4))
        case Poll():
            world.happen(events.Finished(now, Produced("https://example.com/p.png")))
        case FetchPicture():
            world.happen(events.Fetched(now, StoredPicture("a.png", "image/png", 1, 1)))
