"""Polls come where the answer is likely, 2 to 5 s apart."""

from __future__ import annotations

from itertools import pairwise, takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.polling import (
    LONGEST_MEAN_WAIT,
    MOST_POLLS_RATIO,
    RANGES,
    Figures,
    every_five_seconds,
    exact,
    poll_times,
    simulated,
)
from ima import next_poll_delay

RANGE_LIST = list(RANGES.values())


def times(low: float, high: float, until: float) -> list[float]:
    return list(takewhile(lambda moment: moment <= until, poll_times(next_poll_delay, low, high)))


def test_the_documented_ranges_are_the_ones_measured() -> None:
    assert RANGE_LIST == [(20, 40), (60, 120)]


@pytest.mark.parametrize(("low", "high"), RANGE_LIST)
def test_the_mean_wait_is_at_most_1_2_s(low: float, high: float) -> None:
    assert exact(next_poll_delay, low, high).wait <= LONGEST_MEAN_WAIT


@pytest.mark.parametrize(("low", "high"), RANGE_LIST)
def test_there_are_at_most_1_4_times_the_polls_of_a_fixed_schedule(low: float, high: float) -> None:
    fixed, ours = exact(every_five_seconds, low, high), exact(next_poll_delay, low, high)
    assert ours.polls <= MOST_POLLS_RATIO * fixed.polls


@pytest.mark.parametrize(("low", "high", "polls"), [(20, 40, 6.5), (60, 120, 18.5)])
def test_the_measure_itself_gives_the_known_figures_of_a_fixed_schedule(low: float, high: float, polls: float) -> None:
    assert exact(every_five_seconds, low, high) == Figures(wait=2.5, polls=polls)


@pytest.mark.parametrize(("low", "high"), RANGE_LIST)
def test_the_simulation_agrees_with_the_exact_figures(low: float, high: float) -> None:
    sampled = simulated(next_poll_delay, low, high, poll_seconds=0.0, seed=5, tasks=5_000)
    figures = exact(next_poll_delay, low, high)
    assert sampled.wait == pytest.approx(figures.wait, abs=0.05)
    assert sampled.polls == pytest.approx(figures.polls, abs=0.3)


@given(st.floats(-10, 1e6), st.floats(0, 1e4), st.floats(0.001, 1e4))
def test_every_delay_is_between_2_and_5_s(elapsed: float, low: float, span: float) -> None:
    assert 2.0 <= next_poll_delay(elapsed, low, low + span) <= 5.0


@given(st.floats(0, 1e4), st.floats(0.001, 1e4))
def test_the_first_poll_is_at_5_s_at_most(low: float, span: float) -> None:
    assert next_poll_delay(0.0, low, low + span) <= 5.0


@pytest.mark.parametrize(("low", "high"), RANGE_LIST)
def test_no_poll_before_the_range_is_more_than_a_sparse_schedule_needs(low: float, high: float) -> None:
    assert len(times(low, high, until=low)) <= low / 5


@pytest.mark.parametrize(("low", "high"), RANGE_LIST)
def test_steps_shrink_towards_the_end_of_the_range_and_grow_past_it(low: float, high: float) -> None:
    moments = [0.0, *times(low, high, until=high * 3)]
    steps = [(start, round(end - start, 6)) for start, end in pairwise(moments)]
    within = [step for start, step in steps if low <= start < high]
    past = [step for start, step in steps if start >= high]
    assert within == sorted(within, reverse=True)
    assert within[-1] == 2.0
    assert past == sorted(past)
    assert past[-1] == 5.0


@pytest.mark.parametrize(
    ("low", "high"), [(40, 20), (20, 20), (-1, 20), (20, float("inf")), (float("nan"), 3), (3, float("nan"))]
)
def test_a_range_that_is_none_is_refused(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="expected range"):
        next_poll_delay(0.0, low, high)
