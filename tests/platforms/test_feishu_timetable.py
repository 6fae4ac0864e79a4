"""What is due later in the local Feishu is done then, and not before."""

from __future__ import annotations

import asyncio
import time as real
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from tests.platforms.feishu.timetable import Timetable
from tests.platforms.raw_feishu import Time


@given(st.lists(st.tuples(st.integers(0, 20), st.booleans()), max_size=8), st.lists(st.integers(0, 8), max_size=6))
def test_everything_is_done_in_order_when_its_time_has_come(planned: list[tuple[int, bool]], steps: list[int]) -> None:
    """However the clock jumps; what was cancelled is not done."""
    time = Time()
    table = Timetable(time)
    done: list[tuple[int, int]] = []
    for number, (seconds, cancelled) in enumerate(planned):
        entry = table.after(seconds, partial(done.append, (seconds, number)))
        if cancelled:
            entry.cancel()
    wanted = sorted((seconds, number) for number, (seconds, cancelled) in enumerate(planned) if not cancelled)
    passed = 0
    for step in steps:
        time.now += step
        passed += step
        table.run_due()
        assert done == [one for one in wanted if one[0] <= passed]


async def test_a_moved_clock_is_noticed_and_a_real_one_waited_for() -> None:
    """Both within hundredths of a second."""
    for clock in (Time(), real.monotonic):
        table = Timetable(clock)
        running = asyncio.create_task(table.run())
        rung = asyncio.Event()
        table.after(0.02, rung.set)
        await asyncio.sleep(0)
        assert not rung.is_set()
        if isinstance(clock, Time):
            clock.now += 1
        await asyncio.wait_for(rung.wait(), 5)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
