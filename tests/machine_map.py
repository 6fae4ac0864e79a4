"""Every way that a job can take from one state to another, found by trying; and the diagram of it in `docs/map.md`.

`python -m tests.machine_map` prints the diagram, to be put into the page.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

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
from protocol.job import ENDED, Job, Produced, State, StoredPicture
from protocol.machine import decide
from protocol.messages import AttachedImage
from tests.protocol.builders import JOB, NOW, PRICES, REF, quote

Edge: TypeAlias = tuple[State, str, State]
World: TypeAlias = tuple[Job, tuple[Effect, ...], float]

_WAITS = (1.0, 700.0, 90_000.0)
_ARROW = re.compile(r"^\s*(\w+) --> (\w+) : (.+)$", re.MULTILINE)


def edges() -> frozenset[Edge]:
    """The changes of state that can happen to a job that begins as jobs begin: from, by which event, to."""
    found: set[Edge] = set()
    request = JOB.request
    from_a_picture = replace(request, images=(AttachedImage("playground", "a"),))
    at_a_price = replace(request, max_points=6)
    begun = [replace(JOB, request=each) for each in (request, from_a_picture, at_a_price)]
    waiting: list[World] = [(*decide(job, Resumed(NOW)), NOW) for job in begun]
    seen: set[object] = set()
    while waiting:
        job, under_way, now = waiting.pop()
        if job.ended or _gist(job, under_way, now) in seen:
            continue
        seen.add(_gist(job, under_way, now))
        for event, left in _next(job, under_way, now):
            after, more = decide(job, event)
            if after.state is not job.state:
                found.add((job.state, type(event).__name__, after.state))
            waiting.append((after, left + more, event.at))
    return frozenset(found)


def _gist(job: Job, under_way: tuple[Effect, ...], now: float) -> object:
    """What decides about a job's way. Two worlds with the same gist go on alike, so one of them is enough."""
    told = frozenset(job.sent) & {"acknowledgement", "start", "result", "failure"}
    doing = tuple(sorted(type(effect).__name__ for effect in under_way))
    since = None if job.created_at is None else sum(now - job.created_at >= limit for limit in (600.0, 86_400.0))
    flags = (job.in_private, job.late, job.prices_refreshed, bool(job.offer), job.offer is None)
    more = (job.retry_at is None, job.next_poll_at is None, job.failure is FailureReason.TIMED_OUT, job.request)
    dearer = job.announced is not None and job.announced.points < 9
    step = None if job.sending is None else job.sending.partition("-")[0]
    return (job.state, step, told, doing, since, flags, more, dearer)


def _next(job: Job, under_way: tuple[Effect, ...], now: float) -> Iterator[tuple[Event, tuple[Effect, ...]]]:
    """What may happen next, and which effects are then still under way."""
    yield Resumed(now), ()
    yield CancelAsked(now), under_way
    if job.wake_at is not None:
        yield Woken(max(now, job.wake_at)), under_way
    for effect in under_way:
        left = tuple(each for each in under_way if each is not effect)
        for wait in _WAITS if isinstance(effect, Poll | Send) else _WAITS[:1]:
            for event in _outcomes(effect, now + wait):
                yield event, left


def _outcomes(effect: Effect, at: float) -> tuple[Event, ...]:
    refused = events.Refused(at, FailureReason.GENERIC)
    match effect:
        case Send(step=step):
            failed = (StepFailed(at, step, refused=True), StepFailed(at, step, refused=False))
            return (StepSent(at, step, REF), *failed)
        case ReadQuote():
            return (*(events.Quoted(at, quote(points), PRICES) for points in (4, 9)), refused)
        case ReadPrices():
            return (events.PricesRead(at, PRICES), events.PricesRead(at, None))
        case PrepareImages():
            return (events.Prepared(at, ("https://example.com/a.png",)), refused)
        case Create():
            answers = (events.Created(at, "task-1", at + 4), events.NotAccepted(at, at + 3), events.AnswerLost(at))
            return (*answers, events.QuoteStale(at, FailureReason.POINTS_MISMATCH), refused)
        case Poll():
            finished = events.Finished(at, Produced("https://example.com/p.png"))
            failed_task = events.TaskFailed(at, FailureReason.TASK_FAILED)
            return (events.Polled(at, at + 4), finished, failed_task)
        case FetchPicture():
            fetched = events.Fetched(at, StoredPicture("a.png", "image/png", 1, 1))
            return (fetched, events.NotFetched(at, gone=False), events.NotFetched(at, gone=True))


def diagram(found: frozenset[Edge]) -> str:
    """The edges as a mermaid state diagram: one arrow a pair of states, with all events that lead over it."""
    arrows: defaultdict[tuple[State, State], set[str]] = defaultdict(set)
    for before, event, after in found:
        arrows[before, after].add(event)
    order = list(State)
    lines = [f"    [*] --> {State.ACKNOWLEDGING.value}"]
    for before, after in sorted(arrows, key=lambda pair: (order.index(pair[0]), order.index(pair[1]))):
        lines.append(f"    {before.value} --> {after.value} : {', '.join(sorted(arrows[before, after]))}")
    lines += [f"    {state.value} --> [*]" for state in State if state in ENDED]
    return "\n".join(["stateDiagram-v2", *lines])


def edges_in(text: str) -> frozenset[Edge]:
    """The edges of a diagram that is written as `diagram` writes it. Raises ValueError for a state that is none."""
    return frozenset(
        (State(before), event.strip(), State(after))
        for before, after, together in _ARROW.findall(text)
        for event in together.split(",")
    )


if __name__ == "__main__":
    sys.stdout.write(diagram(edges()) + "\n")
