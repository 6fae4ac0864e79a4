"""When to try again, and after how long: pure functions.

A create is repeated only where it was surely not accepted: nothing was sent, or a 429 (the API page:
create). Reads are idempotent; a poll of a paid task goes on until the task's own limit.
"""

from __future__ import annotations

import random as random_module
from typing import Literal, assert_never

from ima.errors import ImaError, RateLimited, Refused, ServerTrouble, Unreachable

Call = Literal["create", "read", "poll"]

LONGEST_WAIT_SECONDS = 60.0
LONGEST_BACKOFF_SECONDS = 30.0
CREATE_ATTEMPTS = 4
READ_ATTEMPTS = 4
# A refused poll is odd, since the task exists: believed once it has been said this often in a row.
REFUSED_POLLS = 5


def delay_before_retry(
    error: ImaError, attempt: int, random: random_module.Random, *, call: Call = "create"
) -> float | None:
    """Seconds to wait before sending again, or None: do not.

    `attempt` counts those already made in a row, 1 after the first failure; for polls, refusals count by
    themselves, so that one after a long outage is not believed at once. A Retry-After is honoured up to a
    minute and never undercut.
    """
    if not _may_repeat(error, attempt, call):
        return None
    least = 2.0 if call == "poll" else 0.5
    if isinstance(error, RateLimited) and error.retry_after is not None:
        return max(least, min(error.retry_after, LONGEST_WAIT_SECONDS)) + random.uniform(0.0, 1.0)
    full = min(least * 2.0 ** min(attempt - 1, 10), LONGEST_BACKOFF_SECONDS)
    # Half fixed, half by chance: clients that failed together do not come back together.
    return max(least, full * random.uniform(0.5, 1.0))


def _may_repeat(error: ImaError, attempt: int, call: Call) -> bool:
    match call:
        case "create":
            return attempt < CREATE_ATTEMPTS and isinstance(error, RateLimited | Unreachable)
        case "read":
            return attempt < READ_ATTEMPTS and isinstance(error, RateLimited | Unreachable | ServerTrouble)
        case "poll":
            if isinstance(error, RateLimited | Unreachable | ServerTrouble):
                return True
            return isinstance(error, Refused) and attempt < REFUSED_POLLS
        case _:
            assert_never(call)
