"""The polling schedule against a fixed one: `python -m bench.polling`.

For finish times uniform over a model's usual range: the mean wait between "ready" and "seen", and the
mean number of polls. Exact (each stretch between two polls is integrated), and by simulation with the
time that a poll takes on top, which the exact figures leave out.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ima.polling import next_poll_delay

Schedule = Callable[[float, float, float], float]

RANGES = {"Nano Banana2": (20.0, 40.0), "Nano Banana Pro": (60.0, 120.0)}
LONGEST_MEAN_WAIT = 1.2
MOST_POLLS_RATIO = 1.4


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over the finish times: seconds from ready to seen, and polls."""

    wait: float
    polls: float


def every_five_seconds(elapsed: float, expected_min: float, expected_max: float) -> float:
    return 5.0


def poll_times(schedule: Schedule, expected_min: float, expected_max: float) -> Iterator[float]:
    elapsed = 0.0
    while True:
        elapsed += schedule(elapsed, expected_min, expected_max)
        yield elapsed


def exact(schedule: Schedule, expected_min: float, expected_max: float) -> Figures:
    """Finish times in (previous poll, this poll] are seen by this poll: mean wait and count by area."""
    wait = polls = previous = 0.0
    for count, moment in enumerate(poll_times(schedule, expected_min, expected_max), start=1):
        low, high = max(previous, expected_min), min(moment, expected_max)
        if high > low:
            wait += (high - low) * (moment - (low + high) / 2)
            polls += (high - low) * count
        if moment >= expected_max:
            break
        previous = moment
    span = expected_max - expected_min
    return Figures(wait / span, polls / span)


def simulated(
    schedule: Schedule,
    expected_min: float,
    expected_max: float,
    *,
    poll_seconds: float,
    seed: int,
    tasks: int = 20_000,
) -> Figures:
    """Every poll takes `poll_seconds`; half-way the server looks. Steps count from sending to sending."""
    chance = random.Random(seed)  # noqa: S311
    waits = polls = 0.0
    for _ in range(tasks):
        ready = chance.uniform(expected_min, expected_max)
        elapsed = 0.0
        while elapsed + poll_seconds / 2 < ready:
            elapsed += schedule(elapsed, expected_min, expected_max)
            polls += 1
        waits += elapsed + poll_seconds - ready
    return Figures(waits / tasks, polls / tasks)


def main() -> None:
    print(f"{'range':24} {'poll takes':>10}  {'mean wait':>19}  {'mean polls':>19}  {'ratio':>5}")
    print(f"{'':24} {'':>10}  {'fixed 5 s':>10} {'ours':>8}  {'fixed 5 s':>10} {'ours':>8}")
    for name, (low, high) in RANGES.items():
        label = f"{name} {low:g}-{high:g} s"
        _row(label, "exact", exact(every_five_seconds, low, high), exact(next_poll_delay, low, high))
        for poll_seconds in (0.0, 0.2, 0.5):
            fixed, ours = (
                simulated(schedule, low, high, poll_seconds=poll_seconds, seed=7)
                for schedule in (every_five_seconds, next_poll_delay)
            )
            _row(label, f"{poll_seconds:g} s", fixed, ours)
    low, high = RANGES["Nano Banana2"]
    times = [moment for _, moment in zip(range(24), poll_times(next_poll_delay, low, high), strict=False)]
    print(f"\npolls for {low:g}-{high:g} s at:", " ".join(f"{moment:.1f}" for moment in times))


def _row(label: str, kind: str, fixed: Figures, ours: Figures) -> None:
    print(
        f"{label:24} {kind:>10}  {fixed.wait:>8.2f} s {ours.wait:>6.2f} s"
        f"  {fixed.polls:>10.2f} {ours.polls:>8.2f}  {ours.polls / fixed.polls:>5.2f}"
    )


if __name__ == "__main__":
    main()
