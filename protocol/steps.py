"""What each of the six steps says, from the job's own facts."""

from __future__ import annotations

from protocol.job import Job
from protocol.models import MODELS
from protocol.notices import (
    Acknowledged,
    Adjustment,
    Cancelled,
    CostLine,
    Failed,
    JobNotice,
    OneAtATime,
    Preparing,
    Progress,
    SizeChanged,
    Started,
    Succeeded,
)
from protocol.progress import percent


def notice(job: Job, step: str, at: float) -> JobNotice:
    """The notice of a step by its name; a progress message has its number behind a hyphen."""
    match step.partition("-")[0]:
        case "acknowledgement":
            return acknowledgement(job)
        case "start":
            return start(job)
        case "preparing":
            return Preparing()
        case "progress":
            return progress(job, at)
        case "result":
            return result(job)
        case "failure":
            return failure(job)
        case "cancelled":
            return Cancelled()
        case _:
            raise ValueError(f"no such step: {step}")


def acknowledgement(job: Job) -> Acknowledged:
    """Step 0."""
    request = job.request
    return Acknowledged(
        prompt=request.prompt,
        editing=request.task_type == "image_to_image",
        aspect_ratio=request.aspect_ratio,
    )


def start(job: Job) -> Started:
    """Step 1. The job must have a quote."""
    request, quote = job.request, job.announced
    if quote is None:
        raise ValueError("a job is announced only after its quote")
    adjustments: list[Adjustment] = []
    if request.more_than_4k and quote.size is not None:
        adjustments.append(SizeChanged("8K", quote.size, quote.model_name))
    elif request.size is not None and quote.size is not None and quote.size != request.size:
        adjustments.append(SizeChanged(request.size, quote.size, quote.model_name))
    if request.count > 1:
        adjustments.append(OneAtATime(request.count))
    return Started(
        model_name=quote.model_name,
        expected=request.model.expected,
        points=quote.points,
        preferred=request.model_source == "preference",
        cost_line=None if request.size_named else _cost_line(job),
        adjustments=tuple(adjustments),
    )


def _cost_line(job: Job) -> CostLine | None:
    quote, prices = job.announced, job.prices
    card = MODELS.get(job.request.model_id)
    if quote is None or prices is None or card is None:
        return None
    live = prices.of(card.model_id)
    if not live:
        return None
    smallest = card.sizes[0]
    if card.tier == "balanced" and quote.size == smallest:
        only = tuple(price for price in live if price.size == smallest)
        return CostLine("budget", quote.model_name, only)
    return CostLine(card.tier, quote.model_name, live)


def progress(job: Job, at: float) -> Progress:
    """Step 2. The percentage never falls, even if the clock was set back over a restart."""
    maximum = job.request.model.expected[1]
    elapsed = 0.0 if job.created_at is None else max(0.0, at - job.created_at)
    return Progress(
        percent=max(job.percent, percent(elapsed, maximum)),
        waited=int(elapsed),
        maximum=maximum,
        overdue=elapsed > maximum,
    )


def result(job: Job) -> Succeeded:
    """Step 3. The job must have its picture."""
    if job.picture is None or job.quote is None or job.created_at is None or job.finished_at is None:
        raise ValueError("a result is told only after the picture is there")
    stored = job.stored
    return Succeeded(
        model_name=job.quote.model_name,
        expected=job.request.model.expected,
        actual=max(0, round(job.finished_at - job.created_at)),
        points=job.quote.points,
        url=job.picture.url,
        delivery="link" if stored is None else "refitted" if stored.refitted else "picture",
        late=job.late,
    )


def failure(job: Job) -> Failed:
    """Step 4. The job must have failed."""
    if job.failure is None:
        raise ValueError("a failure is told only after something failed")
    return Failed(reason=job.failure, alternatives=job.offer or ())
