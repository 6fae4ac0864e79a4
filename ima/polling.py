"""When to look at a task next: often where the answer is likely, seldom where it is not.

Polls are 2 to 5 s apart from the create on (the API page: detail). Before the expected range the steps
are as long as they may be, laid so that none is spent on its first moments. Within it they shrink
with the square root of the time that is left: of all schedules with as many polls that one waits least,
because a poll late in the range is needed by fewer tasks, and so costs less, than an early one. Past
the range the answer is overdue at first and then ever less likely to be near: from 2 s back to 5 s.
"""

from __future__ import annotations

import math

SHORTEST_SECONDS = 2.0
LONGEST_SECONDS = 5.0

# The step at the start of the range. Larger means fewer polls and a longer mean wait; this value keeps
# both promises for 20 to 40 s and for 60 to 120 s, with room for the time that a poll itself takes.
_FIRST_STEP_SECONDS = 2.8


def next_poll_delay(elapsed_seconds: float, expected_min: float, expected_max: float) -> float:
    """Seconds from now to the next poll, always from 2 to 5.

    `elapsed_seconds` counts from the accepted create; the other two are the model's usual range.
    Raises ValueError for a range that is none.
    """
    if not 0 <= expected_min < expected_max < math.inf:
        raise ValueError("the expected range needs 0 <= minimum < maximum, in seconds")
    span = expected_max - expected_min
    if elapsed_seconds < expected_min:
        until_first = expected_min + _FIRST_STEP_SECONDS - elapsed_seconds
        return _within_bounds(until_first / math.ceil(until_first / LONGEST_SECONDS))
    if elapsed_seconds < expected_max:
        return _within_bounds(_FIRST_STEP_SECONDS * math.sqrt((expected_max - elapsed_seconds) / span))
    overdue = (elapsed_seconds - expected_max) / span
    return _within_bounds(SHORTEST_SECONDS + overdue * (LONGEST_SECONDS - SHORTEST_SECONDS))


def _within_bounds(seconds: float) -> float:
    return min(LONGEST_SECONDS, max(SHORTEST_SECONDS, seconds))
