"""What a correct client would never do is noted, and what it may do is not."""

from dataclasses import replace

import pytest

from ima.sandbox.conduct import Conduct
from ima.sandbox.options import NANO_BANANA_2, REAL_PACE, SandboxOptions, fast_pace
from ima.sandbox.orders import Order
from ima.sandbox.settings import Settings
from ima.sandbox.tasks import Task
from ima.sandbox.violations import Violations
from tests.ima.sandbox.caller import Caller, HandClock
from tests.ima.sandbox.conftest import Start

TEXT = "text_to_image"


def watched() -> tuple[Conduct, Violations]:
    violations = Violations()
    return Conduct(violations, Settings(HandClock(), REAL_PACE, True, 10.0)), violations


def names(violations: Violations) -> list[str]:
    return [violation.name for violation in violations.all()]


def task_of(created: float) -> Task:
    return Task("t", Order(TEXT, NANO_BANANA_2, "a cat", "1K", "1:1", 6, ()), created, created + 30, "r")


@pytest.mark.parametrize(
    ("gaps", "expected"),
    [
        ([5, 5, 5], []),
        ([2, 2, 2], []),
        ([1.5], ["polled_too_soon"]),
        ([5, 1.0], ["polled_too_soon"]),
        ([7], ["polled_too_late"]),
        ([5, 9, 5], ["polled_too_late"]),
        ([0.1, 0.1], ["polled_too_soon"] * 2),
    ],
    ids=range(7),
)
def test_polls_are_two_to_five_seconds_apart_from_the_create_on(gaps: list[float], expected: list[str]) -> None:
    conduct, violations = watched()
    task, now = task_of(100.0), 100.0
    for gap in gaps:
        now += gap
        conduct.polled(task, now)
        task.last_detail = now
    assert names(violations) == expected


def test_a_failed_poll_may_be_repeated_late_but_not_soon() -> None:
    conduct, violations = watched()
    task = task_of(100.0)
    task.last_detail, task.last_detail_answered = 105.0, False
    conduct.polled(task, 125.0)
    assert names(violations) == []
    conduct.polled(task, 105.5)
    assert names(violations) == ["polled_too_soon"]


def test_past_its_limit_a_task_is_asked_slowly() -> None:
    conduct, violations = watched()
    task = task_of(100.0)
    task.last_detail = 695.0
    conduct.polled(task, 760.0)
    assert names(violations) == []


def test_a_create_follows_a_list_of_its_category_within_a_minute() -> None:
    conduct, violations = watched()
    conduct.ordering("a", TEXT, 0.0)
    conduct.listed(TEXT, 1.0)
    conduct.ordering("b", TEXT, 60.0)
    assert names(violations) == ["stale_list"]
    conduct.ordering("c", TEXT, 70.0)
    conduct.ordering("d", "image_to_image", 2.0)
    assert names(violations) == ["stale_list"] * 3


def test_an_accepted_create_is_not_sent_again_by_itself() -> None:
    conduct, violations = watched()
    conduct.listed(TEXT, 0.0)
    conduct.ordering("a", TEXT, 1.0)
    conduct.accepted("a", 1.0)
    conduct.ordering("b", TEXT, 2.0)
    conduct.ordering("a", TEXT, 12.0)
    assert names(violations) == []
    conduct.ordering("a", TEXT, 10.0)
    assert names(violations) == ["create_repeated"]


def test_a_refused_create_may_be_sent_again() -> None:
    """HTTP 429 was not accepted."""
    conduct, violations = watched()
    conduct.listed(TEXT, 0.0)
    conduct.ordering("a", TEXT, 1.0)
    conduct.ordering("a", TEXT, 2.0)
    assert names(violations) == []


def test_after_a_stale_refusal_the_list_is_read_again() -> None:
    conduct, violations = watched()
    conduct.listed(TEXT, 0.0)
    conduct.refused_as_stale("a", 1.0)
    conduct.ordering("a", TEXT, 2.0)
    assert names(violations) == ["list_not_read_again"]
    conduct.listed(TEXT, 3.0)
    conduct.ordering("a", TEXT, 4.0)
    assert names(violations) == ["list_not_read_again"]


def test_reset_forgets() -> None:
    conduct, violations = watched()
    conduct.listed(TEXT, 0.0)
    conduct.accepted("a", 1.0)
    conduct.reset()
    conduct.listed(TEXT, 2.0)
    conduct.ordering("a", TEXT, 3.0)
    assert names(violations) == []


async def test_the_server_watches_polls_in_the_real_pace(
    options: SandboxOptions, start: Start, clock: HandClock
) -> None:
    caller = await start(replace(options, pace=REAL_PACE, clock=clock))
    task = await caller.created(await caller.order())
    for gap in (4, 1, 8):
        clock.move(gap)
        await caller.media(task)
    assert await caller.violations() == ["polled_too_soon", "polled_too_late"]


async def test_the_server_does_not_watch_polls_in_the_fast_pace(caller: Caller) -> None:
    await caller.finished(await caller.created(await caller.order()))
    assert await caller.violations() == []


async def test_the_server_notes_a_stale_list_and_a_blind_repeat(
    options: SandboxOptions, start: Start, clock: HandClock
) -> None:
    caller = await start(replace(options, pace=fast_pace(0, 0), clock=clock))
    body = await caller.order()
    await caller.arm("no_rule", times=1)
    await caller.create(body)
    await caller.create(body)
    clock.move(70)
    await caller.create(body)
    assert await caller.violations() == ["list_not_read_again", "stale_list", "list_not_read_again"]


def test_the_list_of_violations_is_bounded() -> None:
    violations = Violations()
    for number in range(1500):
        violations.add("x", str(number))
    assert (len(violations.all()), violations.all()[0].detail) == (1000, "0")
