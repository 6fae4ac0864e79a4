"""The progress timetable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.models import NANO_BANANA_2, NANO_BANANA_PRO, ModelCard
from protocol.progress import next_progress, percent, progress_time


@pytest.mark.parametrize(
    ("card", "times"),
    [(NANO_BANANA_2, [20, 35, 65, 95, 125]), (NANO_BANANA_PRO, [30, 60, 90, 120, 150])],
)
def test_progress_is_told_at_the_times_of_the_timetable(card: ModelCard, times: list[int]) -> None:
    assert [progress_time(card, number) for number in range(5)] == times


def test_a_medium_task_is_told_of_at_most_twice() -> None:
    """Every task of Nano Banana2 that ends within its usual range, and all that end by 60 s."""
    assert [time for number in range(9) if (time := progress_time(NANO_BANANA_2, number)) <= 60] == [20, 35]


@pytest.mark.parametrize(("elapsed", "shown"), [(0, 0), (20, 50), (35, 87), (38.9, 95), (40, 95), (600, 95), (-3, 0)])
def test_the_percentage_follows_the_documents_formula(elapsed: float, shown: int) -> None:
    assert percent(elapsed, 40) == shown


@given(st.sampled_from((NANO_BANANA_2, NANO_BANANA_PRO)), st.floats(0, 2000))
def test_the_next_progress_is_the_first_that_is_not_yet_due(card: ModelCard, elapsed: float) -> None:
    number = next_progress(card, elapsed)
    assert progress_time(card, number) > elapsed
    assert number == 0 or progress_time(card, number - 1) <= elapsed


@given(st.lists(st.floats(0, 1000), min_size=2))
def test_the_percentage_never_falls_and_never_exceeds_95(times: list[float]) -> None:
    shown = [percent(time, 120) for time in sorted(times)]
    assert shown == sorted(shown)
    assert shown[-1] <= 95
