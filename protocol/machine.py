"""The state machine of a job: `decide(job, event)` gives the new job and what should happen next.

The laws are at the top of `protocol.job`. An event that is not in a state's row of `TRANSITIONS` has no effect.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias, TypeVar

from protocol import steps
from protocol.events import (
    AnswerLost,
    CancelAsked,
    Create,
    Created,
    Effect,
    Event,
    Fetched,
    FetchPicture,
    Finished,
    NotAccepted,
    NotFetched,
    Poll,
    Polled,
    Prepared,
    PrepareImages,
    PricesRead,
    Quoted,
    QuoteStale,
    ReadPrices,
    ReadQuote,
    Refused,
    Resumed,
    Send,
    StepFailed,
    StepSent,
    TaskFailed,
    Woken,
)
from protocol.failures import WITHOUT_ALTERNATIVES, FailureReason, alternatives
from protocol.job import (
    DELIVERY_LIMIT,
    ENDED,
    FAILURE_DELIVERY_LIMIT,
    LATE_LIMIT,
    LATE_POLL_EVERY,
    PREPARING_AFTER,
    TASK_LIMIT,
    Job,
    State,
)
from protocol.notices import Preparing, Progress
from protocol.progress import next_progress, progress_time

FAILED_POLLS_PAST_LIMIT = 3
LONGEST_PAUSE = 1800.0

Outcome: TypeAlias = tuple[Job, tuple[Effect, ...]]
Handler: TypeAlias = Callable[[Job, Event], Outcome]
E = TypeVar("E", bound=Event)


def decide(job: Job, event: Event) -> Outcome:
    """The job after the event, and what should happen next, in order. Pure and total."""
    handler = TRANSITIONS.get(job.state, {}).get(type(event))
    return (job, ()) if handler is None else handler(job, event)


# --- telling the user: one step at a time, none twice ---


def _send(job: Job, step: str, *, at: float, unsure: str | None = None) -> Outcome:
    """Send a step, unless it was sent already; while another is on its way it waits for that one.

    `unsure` is the step of which nobody knows whether an earlier attempt arrived.
    """
    if step in job.sent or job.sending is not None:
        return job, ()
    retried = step == unsure
    notice = steps.notice(job, step, at)
    job = replace(job, sending=step)
    if isinstance(notice, Preparing):
        job = replace(job, preparing_told=True)
    elif isinstance(notice, Progress):
        job = replace(job, percent=notice.percent)
    return job, (Send(step, notice, retried),)


def _enter(job: Job, state: State, at: float, *, unsure: str | None = None) -> Outcome:
    """Go to a state and do what it is for."""
    job = replace(job, state=state, retry_at=None)
    match state:
        case State.ACKNOWLEDGING:
            return _send(job, "acknowledgement", at=at, unsure=unsure)
        case State.QUOTING:
            return job, (ReadQuote(),)
        case State.ANNOUNCING:
            return _send(job, "start", at=at, unsure=unsure)
        case State.PREPARING:
            return (job, (PrepareImages(),)) if job.request.images else _enter(job, State.CHECKING, at)
        case State.CHECKING:
            return job, (ReadQuote(fresh=job.prices_refreshed),)
        case State.CREATING:
            return replace(job, create_attempts=job.create_attempts + 1), (Create(),)
        case State.FETCHING:
            return job, (FetchPicture(),)
        case State.DELIVERING:
            return _send(job, "result", at=at, unsure=unsure)
        case State.FAILING:
            if job.offer is None:
                return job, (ReadPrices(),)
            return _send(job, "failure", at=at, unsure=unsure)
        case State.CANCELLING:
            return _send(job, "cancelled", at=at, unsure=unsure)
        case _:
            return job, ()


def _fail(job: Job, reason: FailureReason, at: float) -> Outcome:
    offer = () if reason in WITHOUT_ALTERNATIVES else None
    return _enter(replace(job, failure=reason, failed_at=at, offer=offer), State.FAILING, at)


def _end(job: Job, state: State) -> Outcome:
    return replace(job, state=state, retry_at=None, next_poll_at=None), ()


# --- taken up, woken ---


def _resume(job: Job, event: Resumed) -> Outcome:
    """Everything but the create may be done again; a progress message that was on its way is dropped."""
    unsure = job.sending
    job = replace(job, sending=None, retry_at=_not_far(job.retry_at, event.at))
    if "acknowledgement" not in job.sent:
        return _send(job, "acknowledgement", at=event.at, unsure=unsure)
    match job.state:
        case State.CREATING:
            return _fail(job, FailureReason.ANSWER_LOST, event.at)
        case State.BACKING_OFF:
            return job, ()
        case State.POLLING | State.LATE:
            return replace(_skip_progress(job, event.at), next_poll_at=None), (Poll(),)
        case State.DELIVERING | State.FAILING if job.retry_at is not None:
            return job, ()
        case _:
            return _enter(job, job.state, event.at, unsure=unsure)


def _not_far(retry_at: float | None, at: float) -> float | None:
    """No pause is longer than the longest: a clock that was set back must not stretch one to days."""
    return None if retry_at is None else min(retry_at, at + LONGEST_PAUSE)


def _skip_progress(job: Job, at: float) -> Job:
    """The next progress message is the first that is not yet due: late ones are dropped."""
    if job.created_at is None:
        return job
    due = next_progress(job.request.model, max(0.0, at - job.created_at))
    return replace(job, next_progress=max(job.next_progress, due))


def _tell_preparing(job: Job, event: Woken) -> Outcome:
    """Long before the create is accepted: one line, once."""
    if job.preparing_told or job.acknowledged_at is None or event.at < job.acknowledged_at + PREPARING_AFTER:
        return job, ()
    return _send(job, "preparing", at=event.at)


def _back_off_over(job: Job, event: Woken) -> Outcome:
    if job.retry_at is not None and event.at >= job.retry_at:
        return _enter(job, State.CHECKING, event.at)
    return _tell_preparing(job, event)


def _poll_or_progress(job: Job, event: Woken) -> Outcome:
    effects: tuple[Effect, ...] = ()
    if job.next_poll_at is not None and event.at >= job.next_poll_at:
        job, effects = replace(job, next_poll_at=None), (Poll(),)
    if job.created_at is None or job.state is State.LATE:
        return job, effects
    if event.at >= job.created_at + progress_time(job.request.model, job.next_progress):
        step = f"progress-{job.next_progress}"
        job, told = _send(_skip_progress(job, event.at), step, at=event.at)
        effects += told
    return job, effects


def _deliver_again(job: Job, event: Woken) -> Outcome:
    if job.retry_at is None or event.at < job.retry_at:
        return job, ()
    step = "result" if job.state is State.DELIVERING else "failure"
    return _enter(job, job.state, event.at, unsure=step)


# --- sent, or not ---


def _arrived(job: Job, event: StepSent) -> Job:
    sending = None if job.sending == event.step else job.sending
    return replace(job, sending=sending, sent={**job.sent, event.step: event.ref})


def _sent(job: Job, event: StepSent) -> Outcome:
    """A step arrived; the state's own step goes next, if it waited for this one."""
    job = _arrived(job, event)
    match job.state, event.step:
        case State.ACKNOWLEDGING, "acknowledgement":
            return _enter(replace(job, acknowledged_at=event.at), State.QUOTING, event.at)
        case State.ANNOUNCING, "start":
            return _enter(job, State.PREPARING, event.at)
        case State.DELIVERING, "result":
            return _end(job, State.SUCCEEDED)
        case State.FAILING, "failure":
            return _failure_told(job, event.at)
        case State.CANCELLING, "cancelled":
            return _end(job, State.CANCELLED)
        case State.FAILING, _ if job.offer is None:
            return job, ()
        case State.DELIVERING | State.FAILING | State.CANCELLING, _:
            return _enter(job, job.state, event.at)
        case _:
            return job, ()


def _failure_told(job: Job, at: float) -> Outcome:
    """The alternatives are open from now on. After running out of time polling goes on, slowly and in silence."""
    job = replace(job, retry_at=None, offered_at=at if job.offer else None)
    if job.failure is FailureReason.TIMED_OUT and job.task_id is not None:
        return replace(job, state=State.LATE, late=True, next_poll_at=at + LATE_POLL_EVERY), ()
    return replace(job, state=State.FAILED), ()


def _not_sent(job: Job, event: StepFailed) -> Outcome:
    job = replace(job, sending=None if job.sending == event.step else job.sending)
    match job.state, event.step:
        case State.ACKNOWLEDGING | State.CANCELLING, "acknowledgement":
            return _end(job, State.ABANDONED)
        case State.ANNOUNCING, "start":
            return _end(job, State.ABANDONED) if event.refused else _fail(job, FailureReason.NETWORK, event.at)
        case State.DELIVERING, "result":
            return _not_delivered(job, event, job.finished_at or event.at, DELIVERY_LIMIT)
        case State.FAILING, "failure":
            return _not_delivered(job, event, job.failed_at or event.at, FAILURE_DELIVERY_LIMIT)
        case State.CANCELLING, "cancelled":
            return _end(job, State.CANCELLED)
        case State.FAILING, _ if job.offer is None:
            return job, ()
        case State.DELIVERING | State.FAILING | State.CANCELLING, _:
            return _enter(job, job.state, event.at)
        case _:
            return job, ()


def _not_delivered(job: Job, event: StepFailed, since: float, limit: float) -> Outcome:
    """A refused place is left for a private message to the asker; then again and again, ever more slowly.

    Back to the conversation only from a private way that is refused too: where it failed otherwise, the message may
    have arrived, and only there it can be looked up.
    """
    if event.refused and not job.in_private:
        return _enter(replace(job, in_private=True), job.state, event.at)
    if event.at >= since + limit:
        if job.state is State.DELIVERING:
            return _end(job, State.UNDELIVERED)
        return _failure_told(job, event.at)
    pause = min(LONGEST_PAUSE, 30.0 * 2**job.deliveries)
    in_private = job.in_private and not event.refused
    return replace(job, deliveries=job.deliveries + 1, retry_at=event.at + pause, in_private=in_private), ()


# --- the way to the create ---


def _quoted(job: Job, event: Quoted) -> Outcome:
    job = replace(job, quote=event.quote, prices=event.prices)
    most = job.request.max_points
    if most is not None and event.quote.points > most:
        return _fail(job, FailureReason.PRICE_CHANGED, event.at)
    return _enter(replace(job, announced=event.quote), State.ANNOUNCING, event.at)


def _checked(job: Job, event: Quoted) -> Outcome:
    """Never more than was announced, nor another size; less is fine."""
    job = replace(job, quote=event.quote, prices=event.prices)
    told = job.announced
    if told is None or event.quote.points > told.points:
        return _fail(job, FailureReason.PRICE_CHANGED, event.at)
    if (event.quote.model_id, event.quote.size) != (told.model_id, told.size):
        return _fail(job, FailureReason.PRICE_CHANGED, event.at)
    return _enter(job, State.CREATING, event.at)


def _prepared(job: Job, event: Prepared) -> Outcome:
    return _enter(replace(job, image_urls=event.image_urls, input_shape=event.shape), State.CHECKING, event.at)


def _refused(job: Job, event: Refused) -> Outcome:
    return _fail(job, event.reason, event.at)


def _not_accepted(job: Job, event: NotAccepted) -> Outcome:
    return replace(job, state=State.BACKING_OFF, retry_at=event.retry_at), ()


def _quote_stale(job: Job, event: QuoteStale) -> Outcome:
    if job.prices_refreshed:
        return _fail(job, event.reason, event.at)
    return _enter(replace(job, prices_refreshed=True), State.CHECKING, event.at)


def _answer_lost(job: Job, event: AnswerLost) -> Outcome:
    return _fail(job, FailureReason.ANSWER_LOST, event.at)


def _created(job: Job, event: Created) -> Outcome:
    return replace(job, state=State.POLLING, task_id=event.task_id, created_at=event.at, next_poll_at=event.poll_at), ()


# --- paid: waiting, fetching, delivering ---


def _polled(job: Job, event: Polled) -> Outcome:
    since = event.at - (job.created_at or event.at)
    job = replace(job, failed_polls=job.failed_polls + 1 if event.failed else 0)
    if job.state is State.LATE:
        if since >= LATE_LIMIT:
            return _end(job, State.FAILED)
        return replace(job, next_poll_at=event.at + LATE_POLL_EVERY), ()
    # One poll that went wrong says nothing, also after a downtime that was longer than the limit.
    if since >= TASK_LIMIT and (not event.failed or job.failed_polls >= FAILED_POLLS_PAST_LIMIT):
        return _fail(replace(job, next_poll_at=None), FailureReason.TIMED_OUT, event.at)
    return replace(job, next_poll_at=event.poll_at), ()


def _finished(job: Job, event: Finished) -> Outcome:
    job = replace(job, picture=event.picture, finished_at=event.at, next_poll_at=None)
    return _enter(job, State.FETCHING, event.at)


def _task_failed(job: Job, event: TaskFailed) -> Outcome:
    if job.state is State.LATE:
        return _end(job, State.FAILED)
    return _fail(replace(job, next_poll_at=None), event.reason, event.at)


def _fetched(job: Job, event: Fetched) -> Outcome:
    job = replace(job, stored=event.stored, edit_prices=event.edit_prices)
    return _enter(replace(job, deliveries=0, in_private=False), State.DELIVERING, event.at)


def _not_fetched(job: Job, event: NotFetched) -> Outcome:
    if not event.gone:
        job = replace(job, edit_prices=event.edit_prices, deliveries=0, in_private=False)
        return _enter(job, State.DELIVERING, event.at)
    if job.late:
        return _end(job, State.FAILED)
    return _fail(job, FailureReason.RESULT_UNAVAILABLE, event.at)


def _prices_read(job: Job, event: PricesRead) -> Outcome:
    if job.failure is None or job.offer is not None:
        return job, ()
    prices = event.prices or job.prices
    size = job.quote.size if job.quote is not None else job.request.size
    offer = alternatives(job.failure, job.request.model_id, size, prices)
    return _enter(replace(job, prices=prices, offer=offer), State.FAILING, event.at)


def _cancel(job: Job, event: CancelAsked) -> Outcome:
    return _enter(job, State.CANCELLING, event.at)


# --- the table ---


def _on(kind: type[E], handler: Callable[[Job, E], Outcome]) -> tuple[type[object], Handler]:
    def checked(job: Job, event: Event) -> Outcome:
        if not isinstance(event, kind):
            raise TypeError(f"{type(event).__name__} is not {kind.__name__}")
        return handler(job, event)

    return kind, checked


_ALWAYS = (_on(Resumed, _resume), _on(StepSent, _sent), _on(StepFailed, _not_sent))
_CANCEL = _on(CancelAsked, _cancel)
_PREPARING = _on(Woken, _tell_preparing)
_REFUSED = _on(Refused, _refused)

TRANSITIONS: Mapping[State, Mapping[type[object], Handler]] = {
    State.ACKNOWLEDGING: dict([*_ALWAYS, _CANCEL]),
    State.QUOTING: dict([*_ALWAYS, _CANCEL, _REFUSED, _on(Quoted, _quoted)]),
    State.ANNOUNCING: dict([*_ALWAYS, _CANCEL]),
    State.PREPARING: dict([*_ALWAYS, _CANCEL, _REFUSED, _PREPARING, _on(Prepared, _prepared)]),
    State.CHECKING: dict([*_ALWAYS, _CANCEL, _REFUSED, _PREPARING, _on(Quoted, _checked)]),
    State.CREATING: dict(
        [
            *_ALWAYS,
            _REFUSED,
            _PREPARING,
            _on(Created, _created),
            _on(NotAccepted, _not_accepted),
            _on(QuoteStale, _quote_stale),
            _on(AnswerLost, _answer_lost),
        ]
    ),
    State.BACKING_OFF: dict([*_ALWAYS, _CANCEL, _on(Woken, _back_off_over)]),
    State.POLLING: dict(
        [
            *_ALWAYS,
            _on(Woken, _poll_or_progress),
            _on(Polled, _polled),
            _on(Finished, _finished),
            _on(TaskFailed, _task_failed),
        ]
    ),
    State.LATE: dict(
        [
            *_ALWAYS,
            _on(Woken, _poll_or_progress),
            _on(Polled, _polled),
            _on(Finished, _finished),
            _on(TaskFailed, _task_failed),
        ]
    ),
    State.FETCHING: dict([*_ALWAYS, _on(Fetched, _fetched), _on(NotFetched, _not_fetched)]),
    State.DELIVERING: dict([*_ALWAYS, _on(Woken, _deliver_again)]),
    State.FAILING: dict([*_ALWAYS, _on(Woken, _deliver_again), _on(PricesRead, _prices_read)]),
    State.CANCELLING: dict([*_ALWAYS]),
    **{state: {} for state in ENDED},
}
