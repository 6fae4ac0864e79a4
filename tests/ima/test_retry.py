"""What is repeated and after how long, and what never is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ima import (
    AnswerLost,
    BadRequest,
    BrokenAnswer,
    ConnectionLost,
    CreditMismatch,
    ImaError,
    InsufficientPoints,
    NoSuchModel,
    RateLimited,
    Rejected,
    ServerTrouble,
    Unauthorized,
    Unreachable,
    UploadFailed,
    delay_before_retry,
)
from ima.retry import Call
from tests.ima.fakes import seeded

CHANCE = seeded(1)


def limited(retry_after: float | None = None) -> RateLimited:
    return RateLimited("slow down", http_status=429, retry_after=retry_after)


EVERY_ERROR: list[ImaError] = [
    limited(),
    limited(7.0),
    Unreachable("x"),
    AnswerLost("x"),
    ServerTrouble("x"),
    ConnectionLost("x"),
    BrokenAnswer("x"),
    Unauthorized("x", http_status=401),
    BadRequest("x", http_status=400),
    InsufficientPoints("x", http_status=200, code=4008),
    CreditMismatch("x", http_status=200, code=6006),
    Rejected("x", http_status=200, code=1),
    NoSuchModel("x"),
    UploadFailed("x"),
]


def repeated(call: Call, attempt: int) -> set[str]:
    return {
        type(error).__name__
        for error in EVERY_ERROR
        if delay_before_retry(error, attempt, CHANCE, call=call) is not None
    }


TRANSIENT = {"RateLimited", "Unreachable", "ServerTrouble", "ConnectionLost", "BrokenAnswer"}
REFUSALS = {"Unauthorized", "BadRequest", "InsufficientPoints", "CreditMismatch", "Rejected"}


@pytest.mark.parametrize(
    ("call", "attempt", "names"),
    [
        ("create", 1, {"RateLimited", "Unreachable"}),
        ("create", 3, {"RateLimited", "Unreachable"}),
        ("create", 4, set()),
        ("read", 1, TRANSIENT),
        ("read", 3, TRANSIENT),
        ("read", 4, set()),
        ("poll", 1, TRANSIENT | REFUSALS),
        ("poll", 4, TRANSIENT | REFUSALS),
        ("poll", 5, TRANSIENT),
        ("poll", 10_000, TRANSIENT),
    ],
)
def test_the_table_of_what_is_repeated(call: Call, attempt: int, names: set[str]) -> None:
    assert repeated(call, attempt) == names


@pytest.mark.parametrize("call", ["create", "read", "poll"])
@pytest.mark.parametrize(("asked", "least"), [(0.0, 0.0), (7.0, 7.0), (60.0, 60.0), (3600.0, 60.0)])
def test_retry_after_is_honoured_up_to_a_minute_and_not_undercut(call: Call, asked: float, least: float) -> None:
    delay = delay_before_retry(limited(asked), 1, CHANCE, call=call)
    assert delay is not None
    assert max(least, 2.0 if call == "poll" else 0.0) <= delay <= max(least, 2.0) + 1.0


@given(st.integers(1, 10_000), st.integers(0, 2**32))
def test_a_poll_backs_off_from_2_to_30_seconds(attempt: int, seed: int) -> None:
    delay = delay_before_retry(BrokenAnswer("x"), attempt, seeded(seed), call="poll")
    assert delay is not None
    full = min(30.0, 2.0 * 2 ** min(attempt - 1, 5))
    assert max(2.0, full / 2) <= delay <= full


def test_a_read_backs_off_from_half_a_second() -> None:
    delays = [delay_before_retry(Unreachable("x"), attempt, seeded(3), call="read") for attempt in (1, 2, 3)]
    bounds = [(0.5, 0.5), (0.5, 1.0), (1.0, 2.0)]
    assert all(delay is not None and low <= delay <= high for delay, (low, high) in zip(delays, bounds, strict=True))


def test_clients_that_fail_together_do_not_come_back_together() -> None:
    for error in (Unreachable("x"), limited(7.0)):
        assert len({delay_before_retry(error, 3, seeded(seed)) for seed in range(20)}) > 10


def test_the_charge_of_each_failure_is_said() -> None:
    assert {type(error).__name__ for error in EVERY_ERROR if error.charged != "no"} == {"AnswerLost"}
    assert AnswerLost("x").charged == "unknown"
