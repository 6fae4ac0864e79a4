"""One event, one state: what each step of a job's way leads to, compared whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from protocol import events
from protocol.events import (
    Create,
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
from protocol.failures import Alternative, FailureReason
from protocol.job import ENDED, Job, Produced, State, StoredPicture
from protocol.machine import TRANSITIONS, decide
from protocol.messages import AttachedImage
from protocol.notices import (
    Acknowledged,
    Cancelled,
    CostLine,
    Failed,
    OneAtATime,
    Preparing,
    Progress,
    SizeChanged,
    Started,
    Succeeded,
)
from tests.protocol.builders import FLASH, JOB, NOW, PRICES, PRO, QUOTE, REF, quote

ACKNOWLEDGED = replace(JOB, sent={"acknowledgement": REF}, acknowledged_at=NOW, state=State.QUOTING)
ANNOUNCED = replace(
    ACKNOWLEDGED,
    sent={"acknowledgement": REF, "start": REF},
    state=State.CHECKING,
    quote=QUOTE,
    announced=QUOTE,
    prices=PRICES,
)
CREATING = replace(ANNOUNCED, state=State.CREATING, create_attempts=1)
POLLING = replace(CREATING, state=State.POLLING, task_id="task-1", created_at=NOW, next_poll_at=NOW + 4)
PICTURE = Produced("https://example.com/p.png")
STORED = StoredPicture("p.png", "image/png", 10, 10)
DELIVERING = replace(
    POLLING,
    state=State.DELIVERING,
    next_poll_at=None,
    picture=PICTURE,
    stored=STORED,
    finished_at=NOW + 25,
    sending="result",
)


def test_the_acknowledgement_comes_before_anything_else() -> None:
    job, effects = decide(JOB, Resumed(NOW))
    assert job == replace(JOB, sending="acknowledgement")
    assert effects == (Send("acknowledgement", Acknowledged("一只猫", editing=False)),)


def test_an_acknowledgement_that_cannot_be_delivered_spends_nothing() -> None:
    sending = replace(JOB, sending="acknowledgement")
    job, effects = decide(sending, StepFailed(NOW, "acknowledgement", refused=True))
    assert (job.state, effects) == (State.ABANDONED, ())


def test_the_price_is_read_after_the_acknowledgement() -> None:
    sending = replace(JOB, sending="acknowledgement")
    job, effects = decide(sending, StepSent(NOW, "acknowledgement", REF))
    assert job == ACKNOWLEDGED
    assert effects == (ReadQuote(),)


def test_the_start_notice_names_model_time_points_and_the_tiers_prices() -> None:
    job, effects = decide(ACKNOWLEDGED, events.Quoted(NOW, QUOTE, PRICES))
    told = Started("Nano Banana2", (20, 40), 6, cost_line=CostLine("balanced", "Nano Banana2", PRICES.of(FLASH)))
    assert job.state is State.ANNOUNCING
    assert effects == (Send("start", told),)


def test_every_adjustment_has_its_line() -> None:
    request = replace(JOB.request, more_than_4k=True, size="4K", size_named=True, count=3, model_source="preference")
    asked = replace(ACKNOWLEDGED, request=request)
    _, effects = decide(asked, events.Quoted(NOW, replace(QUOTE, size="4K", points=13), PRICES))
    told = Started(
        "Nano Banana2",
        (20, 40),
        13,
        preferred=True,
        adjustments=(SizeChanged("8K", "4K", "Nano Banana2"), OneAtATime(3)),
    )
    assert effects == (Send("start", told),)


def test_512_on_pro_is_drawn_at_1k_and_said() -> None:
    request = replace(JOB.request, model_id=PRO, size="512px", size_named=True)
    on_pro = replace(QUOTE, model_id=PRO, model_name="Nano Banana Pro", points=10)
    _, effects = decide(replace(ACKNOWLEDGED, request=request), events.Quoted(NOW, on_pro, PRICES))
    told = Started("Nano Banana Pro", (60, 120), 10, adjustments=(SizeChanged("512px", "1K", "Nano Banana Pro"),))
    assert effects == (Send("start", told),)


def test_the_cheapest_has_the_budget_line() -> None:
    request = replace(JOB.request, size="512px")
    small = replace(QUOTE, size="512px", points=4)
    _, effects = decide(replace(ACKNOWLEDGED, request=request), events.Quoted(NOW, small, PRICES))
    line = CostLine("budget", "Nano Banana2", PRICES.prices[:1])
    assert effects == (Send("start", Started("Nano Banana2", (20, 40), 4, cost_line=line)),)


def test_a_price_above_the_one_on_the_button_is_not_paid() -> None:
    offered = replace(ACKNOWLEDGED, request=replace(JOB.request, max_points=6))
    job, effects = decide(offered, events.Quoted(NOW, quote(7), PRICES))
    assert (job.state, job.failure, effects) == (State.FAILING, FailureReason.PRICE_CHANGED, (ReadPrices(),))


@pytest.mark.parametrize(("points", "state"), [(5, State.CREATING), (6, State.CREATING), (7, State.FAILING)])
def test_never_more_is_paid_than_was_announced(points: int, state: State) -> None:
    job, _ = decide(ANNOUNCED, events.Quoted(NOW, quote(points), PRICES))
    assert job.state is state


def test_another_size_than_was_announced_is_not_drawn_in_silence() -> None:
    smaller = replace(QUOTE, size="512px", points=4)
    job, _ = decide(ANNOUNCED, events.Quoted(NOW, smaller, PRICES))
    assert (job.state, job.failure) == (State.FAILING, FailureReason.PRICE_CHANGED)


def test_a_clock_that_was_set_back_does_not_stretch_a_pause_to_days() -> None:
    waiting = replace(DELIVERING, sending=None, retry_at=NOW + 90_000)
    job, _ = decide(waiting, Resumed(NOW))
    assert job.retry_at == NOW + 1800


def test_the_create_is_asked_for_when_its_state_is_saved() -> None:
    job, effects = decide(ANNOUNCED, events.Quoted(NOW, QUOTE, PRICES))
    assert (job, effects) == (CREATING, (Create(),))


def test_input_pictures_are_prepared_after_the_start_notice() -> None:
    request = replace(JOB.request, task_type="image_to_image", images=(AttachedImage("playground", "a"),))
    announcing = replace(ANNOUNCED, request=request, state=State.ANNOUNCING, sending="start", sent={})
    job, effects = decide(announcing, StepSent(NOW, "start", REF))
    assert (job.state, effects) == (State.PREPARING, (PrepareImages(),))


def test_a_create_that_was_not_accepted_is_made_again_after_the_pause_with_a_price_read_again() -> None:
    job, effects = decide(CREATING, events.NotAccepted(NOW, NOW + 3))
    assert (job.state, job.wake_at, effects) == (State.BACKING_OFF, NOW + 3, ())
    job, effects = decide(job, Woken(NOW + 3))
    assert (job.state, effects) == (State.CHECKING, (ReadQuote(),))


def test_a_stale_list_is_read_again_once_and_only_once() -> None:
    job, effects = decide(CREATING, events.QuoteStale(NOW, FailureReason.POINTS_MISMATCH))
    assert (job.state, effects) == (State.CHECKING, (ReadQuote(fresh=True),))
    again = replace(job, state=State.CREATING)
    job, effects = decide(again, events.QuoteStale(NOW, FailureReason.POINTS_MISMATCH))
    assert (job.state, job.failure) == (State.FAILING, FailureReason.POINTS_MISMATCH)


def test_a_create_found_unanswered_after_a_restart_is_told_and_never_repeated() -> None:
    job, effects = decide(CREATING, Resumed(NOW))
    assert (job.state, job.failure) == (State.FAILING, FailureReason.ANSWER_LOST)
    assert Create() not in effects


def test_a_long_way_to_the_create_is_told_once() -> None:
    waiting = replace(CREATING, state=State.BACKING_OFF, retry_at=NOW + 60)
    assert waiting.wake_at == NOW + 20
    job, effects = decide(waiting, Woken(NOW + 20))
    assert effects == (Send("preparing", Preparing()),)
    job, _ = decide(job, StepSent(NOW + 21, "preparing", REF))
    assert job.wake_at == NOW + 60


def test_the_elapsed_time_counts_from_the_accepted_create() -> None:
    job, effects = decide(CREATING, events.Created(NOW + 9, "task-1", NOW + 13))
    assert job == replace(POLLING, created_at=NOW + 9, next_poll_at=NOW + 13)
    assert effects == ()


def test_progress_and_polls_are_due_by_the_jobs_own_times() -> None:
    waiting = replace(POLLING, next_poll_at=NOW + 22)
    assert waiting.wake_at == NOW + 20
    job, effects = decide(waiting, Woken(NOW + 20))
    assert effects == (Send("progress-0", Progress(50, 20, 40, overdue=False)),)
    job, effects = decide(replace(job, sending=None), Woken(NOW + 22))
    assert effects == (Poll(),)
    assert job.next_poll_at is None


def test_progress_messages_that_are_late_are_dropped() -> None:
    job, effects = decide(replace(POLLING, next_poll_at=None), Woken(NOW + 70))
    assert effects == (Send("progress-0", Progress(95, 70, 40, overdue=True)),)
    assert job.next_progress == 3


def test_while_a_message_is_on_its_way_no_progress_is_sent() -> None:
    sending = replace(POLLING, next_poll_at=None, sending="progress-0", next_progress=1)
    assert sending.wake_at is None
    _, effects = decide(sending, Woken(NOW + 36))
    assert effects == ()


def test_the_result_waits_for_the_progress_that_is_on_its_way() -> None:
    fetching = replace(POLLING, state=State.FETCHING, sending="progress-0", picture=PICTURE, finished_at=NOW + 25)
    job, effects = decide(fetching, events.Fetched(NOW + 26, STORED))
    assert (job.state, effects) == (State.DELIVERING, ())
    job, effects = decide(job, StepSent(NOW + 27, "progress-0", REF))
    told = Succeeded("Nano Banana2", (20, 40), 25, 6, PICTURE.url)
    assert effects == (Send("result", told),)


def test_a_task_over_its_time_is_polled_once_more_after_a_downtime() -> None:
    job, effects = decide(POLLING, Resumed(NOW + 5000))
    assert effects == (Poll(),)
    job, effects = decide(job, events.Polled(NOW + 5000, NOW + 5004))
    assert (job.state, job.failure) == (State.FAILING, FailureReason.TIMED_OUT)


def test_past_the_limit_one_failed_poll_says_nothing_yet_but_a_row_of_them_does() -> None:
    job = POLLING
    for number, state in enumerate((State.POLLING, State.POLLING, State.FAILING)):
        job, _ = decide(job, events.Polled(NOW + 5000 + number, NOW + 5004, failed=True))
        assert job.state is state
    assert job.failure is FailureReason.TIMED_OUT


@pytest.mark.parametrize("failed", [True, False])
def test_bad_polls_fail_nothing_before_the_tasks_own_limit(failed: bool) -> None:
    job, _ = decide(POLLING, events.Polled(NOW + 599, NOW + 603, failed=failed))
    assert (job.state, job.next_poll_at, job.failed_polls) == (State.POLLING, NOW + 603, int(failed))


def test_after_running_out_of_time_polling_goes_on_slowly_and_a_late_picture_is_delivered() -> None:
    failing = replace(
        POLLING, state=State.FAILING, failure=FailureReason.TIMED_OUT, offer=(), sending="failure", failed_at=NOW
    )
    job, _ = decide(failing, StepSent(NOW + 601, "failure", REF))
    assert (job.state, job.wake_at) == (State.LATE, NOW + 661)
    job, effects = decide(job, Woken(NOW + 661))
    assert effects == (Poll(),)
    job, effects = decide(job, events.Finished(NOW + 662, PICTURE))
    assert effects == (FetchPicture(),)
    _, effects = decide(job, events.Fetched(NOW + 663, STORED))
    assert effects == (Send("result", Succeeded("Nano Banana2", (20, 40), 662, 6, PICTURE.url, late=True)),)


def test_a_late_picture_is_waited_for_a_day() -> None:
    late = replace(POLLING, state=State.LATE, late=True, next_poll_at=None)
    assert decide(late, events.Polled(NOW + 86_399, NOW))[0].state is State.LATE
    assert decide(late, events.Polled(NOW + 86_400, NOW))[0].state is State.FAILED


def test_a_result_that_the_place_refuses_goes_to_the_asker_in_private() -> None:
    job, effects = decide(DELIVERING, StepFailed(NOW + 30, "result", refused=True))
    assert job.in_private
    assert [type(effect) for effect in effects] == [Send]


def test_a_private_result_that_may_have_arrived_is_looked_for_there_before_anywhere_else() -> None:
    """Only a private way that refuses leads back to the conversation."""
    unknown, _ = decide(replace(DELIVERING, in_private=True), StepFailed(NOW + 30, "result", refused=False))
    assert unknown.in_private
    assert unknown.retry_at is not None
    again, [effect] = decide(unknown, Woken(unknown.retry_at))
    assert again.in_private
    assert isinstance(effect, Send)
    assert effect.retried
    refused, _ = decide(again, StepFailed(NOW + 90, "result", refused=True))
    assert not refused.in_private


def test_a_result_that_cannot_be_delivered_is_kept_and_tried_again_for_a_day() -> None:
    job, effects = decide(replace(DELIVERING, in_private=True), StepFailed(NOW + 30, "result", refused=True))
    assert (job.state, job.retry_at, effects) == (State.DELIVERING, NOW + 60, ())
    job, effects = decide(job, Woken(NOW + 60))
    assert [(type(effect), getattr(effect, "retried", None)) for effect in effects] == [(Send, True)]
    job, _ = decide(replace(job, in_private=True), StepFailed(NOW + 90_000, "result", refused=True))
    assert job.state is State.UNDELIVERED


def test_a_picture_that_cannot_be_downloaded_is_sent_as_its_link() -> None:
    fetching = replace(POLLING, state=State.FETCHING, picture=PICTURE, finished_at=NOW + 25)
    _, effects = decide(fetching, events.NotFetched(NOW + 26, gone=False))
    told = Succeeded("Nano Banana2", (20, 40), 25, 6, PICTURE.url, delivery="link")
    assert effects == (Send("result", told),)


def test_a_failure_offers_the_live_alternatives_and_opens_the_offer_when_it_was_told() -> None:
    job, effects = decide(POLLING, events.TaskFailed(NOW + 9, FailureReason.TASK_FAILED))
    assert effects == (ReadPrices(),)
    job, effects = decide(job, events.PricesRead(NOW + 9, PRICES))
    offer = (Alternative(PRO, "1K", 10, "high_quality"), Alternative(FLASH, "512px", 4, "other_size"))
    assert effects == (Send("failure", Failed(FailureReason.TASK_FAILED, offer)),)
    assert job.offered_at is None
    job, _ = decide(job, StepSent(NOW + 10, "failure", REF))
    assert (job.state, job.offered_at) == (State.FAILED, NOW + 10)


@pytest.mark.parametrize("reason", [FailureReason.UNAUTHORIZED, FailureReason.INSUFFICIENT_POINTS])
def test_where_another_model_cannot_help_none_is_offered(reason: FailureReason) -> None:
    _, effects = decide(CREATING, events.Refused(NOW, reason))
    assert effects == (Send("failure", Failed(reason)),)


@pytest.mark.parametrize(
    "state",
    [State.ACKNOWLEDGING, State.QUOTING, State.ANNOUNCING, State.PREPARING, State.CHECKING, State.BACKING_OFF],
)
def test_what_is_not_yet_paid_can_be_cancelled(state: State) -> None:
    unpaid = replace(ANNOUNCED, state=state)
    job, effects = decide(unpaid, events.CancelAsked(NOW))
    assert (job.state, effects) == (State.CANCELLING, (Send("cancelled", Cancelled()),))


@pytest.mark.parametrize("state", [State.CREATING, State.POLLING, State.FETCHING, State.DELIVERING])
def test_what_may_be_paid_cannot_be_cancelled(state: State) -> None:
    paid = replace(POLLING, state=state)
    assert decide(paid, events.CancelAsked(NOW)) == (paid, ())


@pytest.mark.parametrize("state", sorted(ENDED, key=str))
def test_after_the_end_there_is_silence(state: State) -> None:
    assert TRANSITIONS[state] == {}


def test_every_state_has_its_row_in_the_table() -> None:
    assert set(TRANSITIONS) == set(State)


def test_a_restart_sends_the_step_that_was_on_its_way_under_its_own_key_again() -> None:
    job, effects = decide(DELIVERING, Resumed(NOW + 40))
    assert [(type(effect), getattr(effect, "retried", None)) for effect in effects] == [(Send, True)]
    assert job.sending == "result"


def test_a_job_saved_by_an_unknown_model_still_ends() -> None:
    """A model that was taken out of the data must not strand the jobs that name it."""
    old = replace(POLLING, request=replace(JOB.request, model_id="gone"))
    job, effects = decide(old, events.TaskFailed(NOW, FailureReason.TASK_FAILED))
    job, effects = decide(job, events.PricesRead(NOW, PRICES))
    assert effects == (Send("failure", Failed(FailureReason.TASK_FAILED)),)


def test_a_job_is_a_plain_value() -> None:
    assert Job(id="job-1", request=JOB.request, accepted_at=NOW) == JOB
