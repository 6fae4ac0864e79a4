"""The calls to IMA, as events of a job: every failure of the client becomes one row of the translation table."""

from __future__ import annotations

import asyncio
import random as random_module
from collections.abc import Callable

import structlog

from bot.jobs.prices import price_list, quote_of, selection_of
from bot.jobs.reasons import TASK_REASONS, reason_of
from ima import ImaClient, errors
from ima.polling import SHORTEST_SECONDS, next_poll_delay
from ima.retry import delay_before_retry
from ima.tasks import Pending, Ready, TaskFailed
from protocol import events
from protocol.decision import TaskType
from protocol.events import Event
from protocol.failures import FailureReason
from protocol.job import Job, Produced
from protocol.messages import LinkedImage
from protocol.quote import PriceList

log = structlog.get_logger("ima")

QUOTE_SECONDS = 18.0
"""The longest that reading the prices may take: shorter than the wait after which a user must hear something."""

OFFER_SECONDS = 5.0
LONGEST_POLL_PAUSE = 30.0


class PaidCalls:
    """What a job asks of IMA. Each method gives the event that the job goes on with."""

    def __init__(self, ima: ImaClient, clock: Callable[[], float], random: random_module.Random) -> None:
        self._ima = ima
        self._clock = clock
        self._random = random

    async def quote(self, job: Job, *, fresh: bool) -> Event:
        """Read the product list and choose the rule."""
        request = job.request
        try:
            async with asyncio.timeout(QUOTE_SECONDS):
                selection = await self._ima.select(
                    request.task_type,
                    request.model_id,
                    size=request.size,
                    aspect_ratio=request.aspect_ratio or job.input_shape,
                    fresh=fresh,
                )
                prices = price_list(await self._ima.products(request.task_type))
        except TimeoutError:
            return events.Refused(self._clock(), FailureReason.NETWORK)
        except errors.ImaError as error:
            _tell_admin(error, "quote", job)
            return events.Refused(self._clock(), reason_of(error))
        return events.Quoted(self._clock(), quote_of(selection), prices)

    async def prices(self, task_type: TaskType) -> PriceList | None:
        """The live prices, quickly or not at all: None says that they cannot be read just now."""
        try:
            async with asyncio.timeout(OFFER_SECONDS):
                return price_list(await self._ima.products(task_type))
        except (TimeoutError, errors.ImaError):
            return None

    async def create(self, job: Job) -> Event:
        """The paid call: once on the wire, whatever happens."""
        if job.quote is None:
            raise ValueError("a job is created only with a quote")
        try:
            task_id = await self._ima.create(selection_of(job.quote), job.request.prompt, job.image_urls)
        except errors.AnswerLost as error:
            _tell_admin(error, "create", job)
            return events.AnswerLost(self._clock())
        except errors.Outdated as error:
            return events.QuoteStale(self._clock(), reason_of(error))
        except errors.ImaError as error:
            _tell_admin(error, "create", job)
            delay = delay_before_retry(error, job.create_attempts, self._random, call="create")
            if delay is None:
                return events.Refused(self._clock(), _reason_with_links(error, job))
            return events.NotAccepted(self._clock(), self._clock() + delay)
        now = self._clock()
        return events.Created(now, task_id, now + next_poll_delay(0.0, *job.request.model.expected))

    async def poll(self, job: Job) -> Event:
        """Ask for the task. A poll that goes wrong never fails a paid task."""
        if job.task_id is None or job.created_at is None:
            raise ValueError("a job is polled only after it was created")
        asked = self._clock()
        try:
            status = await self._ima.detail(job.task_id)
        except errors.ImaError as error:
            _tell_admin(error, "poll", job)
            delay = delay_before_retry(error, job.failed_polls + 1, self._random, call="poll")
            now = self._clock()
            return events.Polled(now, now + (delay or LONGEST_POLL_PAUSE), failed=True)
        now = self._clock()
        match status:
            case Pending():
                # Counted from asking to asking, so that a slow answer does not make the next look later; but a
                # look that was held up on its way must not be followed too soon by the next.
                pause = next_poll_delay(max(0.0, asked - job.created_at), *job.request.model.expected)
                return events.Polled(now, max(asked + pause, now + SHORTEST_SECONDS))
            case Ready(picture):
                made = Produced(picture.url, picture.cover_url, picture.width or 0, picture.height or 0)
                return events.Finished(now, made)
            case TaskFailed(kind=kind):
                return events.TaskFailed(now, TASK_REASONS[kind])


def _tell_admin(error: errors.ImaError, call: str, job: Job) -> None:
    """What people are told in plain words, the log tells in IMA's; a refused key needs somebody to act."""
    if isinstance(error, errors.Unauthorized):
        log.error("IMA refuses the key: check IMA_API_KEY, or make a new one", call=call, job=job.id)
    else:
        log.warning("IMA did not do what was asked", call=call, job=job.id, kind=type(error).__name__, why=str(error))


def _reason_with_links(error: errors.ImaError, job: Job) -> FailureReason:
    """All else of the call is ours: parameters that are refused together with a stranger's link are about the link."""
    linked = any(isinstance(image, LinkedImage) for image in job.request.images)
    if linked and type(error) is errors.BadRequest:
        return FailureReason.INPUT_UNREADABLE
    return reason_of(error)
