"""What is remembered, as the conversation rules want to see it."""

from __future__ import annotations

from bot.store.store import Remembered, picture_of
from protocol.job import BEFORE_PAYMENT, RUNNING, Job, State
from protocol.notices import RunningJob
from protocol.results import result_buttons
from protocol.situation import Offer, Result, Running, Situation
from protocol.steps import progress


def situation_of(
    remembered: Remembered,
    *,
    place: str,
    offer: Offer | None,
    result: Result | None,
    now: float,
    most_jobs: int,
    admin: bool,
    resumed: bool = False,
) -> Situation:
    """The situation of one person in one conversation."""
    last = remembered.last_job
    return Situation(
        now=now,
        most_jobs=most_jobs,
        admin=admin,
        preference=remembered.preference,
        last_request=last.request if last is not None else None,
        last_accepted_at=last.accepted_at if last is not None else None,
        last_picture=remembered.last_picture,
        offer=offer,
        result=result,
        pending=remembered.pending,
        cancelled=resumed and last is not None and last.state in (State.CANCELLING, State.CANCELLED),
        running=tuple(_running(job, now, place) for job in remembered.unended if _counts(job)),
    )


def result_of(job: Job | None) -> Result | None:
    """The finished picture of a job; None where there is none (any more)."""
    picture = picture_of(job)
    if job is None or picture is None:
        return None
    return Result(job.id, job.request, picture, result_buttons(job))


def _counts(job: Job) -> bool:
    """A job that only waits to be delivered, or for a late picture, takes no place from its user."""
    return job.state in RUNNING or (job.state is State.DELIVERING and job.deliveries == 0)


def _running(job: Job, now: float, place: str) -> Running:
    told = progress(job, now)
    shown = RunningJob(
        model_name=job.request.model.name,
        percent=told.percent if job.created_at is not None else None,
        waited=told.waited,
        maximum=told.maximum,
    )
    here = job.request.address.place == place
    return Running(job.id, shown, unpaid=job.state in BEFORE_PAYMENT, here=here)
