"""What is counted, and when."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace

from bot.metrics import Metrics
from protocol.failures import FailureReason
from protocol.job import Job, Produced, Request, State
from protocol.messages import Address, MessageRef
from protocol.models import NANO_BANANA_2
from protocol.quote import Quote

QUOTE = Quote("text_to_image", NANO_BANANA_2.model_id, NANO_BANANA_2.name, "v", attribute_id=1, points=6, size="1K")
JOB = Job(
    "j1",
    Request(Address("playground", "c", "u", "m"), "en", "text_to_image", "a cat", NANO_BANANA_2.model_id),
    accepted_at=100.0,
    state=State.CREATING,
    quote=QUOTE,
)
PAID = replace(JOB, state=State.POLLING, task_id="t1", created_at=103.0)
MADE = replace(PAID, state=State.DELIVERING, finished_at=133.0, picture=Produced("https://x.example/1.png"))
ARRIVED = replace(MADE, state=State.SUCCEEDED, sent={"result": MessageRef("playground", "c", "m2")})


def values(metrics: Metrics) -> dict[str, float]:
    lines = metrics.page().decode().splitlines()
    samples = (re.fullmatch(r"(imabot_.+) ([^ ]+)", line) for line in lines)
    return {found[1]: float(found[2]) for found in samples if found and "_created" not in found[1]}


def test_points_are_counted_once_when_the_create_was_accepted() -> None:
    metrics = Metrics()
    metrics.job_changed(JOB, PAID)
    metrics.job_changed(PAID, replace(PAID, percent=50))
    assert values(metrics)['imabot_points_spent_total{model="Nano Banana2"}'] == 6


def test_a_job_that_goes_well_is_running_then_ended_with_its_seconds() -> None:
    metrics = Metrics()
    metrics.job_changed(JOB, PAID)
    assert values(metrics)["imabot_jobs_running"] == 1
    metrics.job_changed(PAID, MADE)
    metrics.job_changed(MADE, ARRIVED)
    found = values(metrics)
    assert found["imabot_jobs_running"] == 0
    assert found['imabot_jobs_total{reason="",state="succeeded"}'] == 1
    assert found['imabot_job_seconds_sum{model="Nano Banana2",state="succeeded"}'] == 33
    assert found['imabot_generation_seconds_sum{model="Nano Banana2"}'] == 30
    assert found["imabot_undelivered_pictures"] == 0


def test_a_failure_is_counted_by_its_reason() -> None:
    metrics = Metrics()
    failed = replace(JOB, state=State.FAILED, failure=FailureReason.NETWORK, failed_at=110.0)
    metrics.job_changed(JOB, failed)
    found = values(metrics)
    assert found['imabot_jobs_total{reason="network",state="failed"}'] == 1
    assert found['imabot_job_seconds_sum{model="Nano Banana2",state="failed"}'] == 10


def test_a_paid_picture_that_does_not_arrive_shows_until_it_does() -> None:
    metrics = Metrics()
    tried = replace(MADE, deliveries=1)
    metrics.job_changed(MADE, tried)
    assert values(metrics)["imabot_undelivered_pictures"] == 1
    metrics.job_changed(tried, ARRIVED)
    assert values(metrics)["imabot_undelivered_pictures"] == 0
    metrics.job_changed(tried, replace(tried, state=State.UNDELIVERED))
    assert values(metrics)["imabot_undelivered_pictures"] == 1


def test_sends_are_counted_by_kind_and_result() -> None:
    metrics = Metrics()
    metrics.sent("progress", "failed")
    assert values(metrics)['imabot_sends_total{kind="progress",result="failed"}'] == 1


def test_two_services_in_a_process_count_apart() -> None:
    one, other = Metrics(), Metrics()
    one.polled()
    assert (values(one)["imabot_polls_total"], values(other)["imabot_polls_total"]) == (1, 0)


async def test_the_loops_lag_is_looked_at() -> None:
    metrics = Metrics()
    watching = asyncio.create_task(metrics.watch_loop(every=0.0))
    await asyncio.sleep(0.01)
    watching.cancel()
    assert values(metrics)["imabot_loop_lag_seconds"] >= 0
