"""Performs a job's effects, each giving the event that the job goes on with."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import assert_never

from adapters.port import SendFailed, SendRefused
from bot.jobs.paid import PaidCalls
from bot.jobs.pictures import Pictures
from bot.jobs.telling import outgoing
from bot.metrics import Metrics
from bot.sender import Sender
from locales import Locales
from protocol import events
from protocol.events import (
    Create,
    Effect,
    Event,
    FetchPicture,
    Poll,
    PrepareImages,
    ReadPrices,
    ReadQuote,
    Send,
)
from protocol.job import Job

PRICE_SECONDS = 1.0
"""How much longer a picture waits, once it is here, for what changing it costs."""


class Performer:
    """Everything that a job may ask for. Shared by all jobs: it keeps nothing of any."""

    def __init__(
        self,
        *,
        paid: PaidCalls,
        pictures: Pictures,
        sender: Sender,
        locales: Locales,
        media: Path,
        metrics: Metrics,
        clock: Callable[[], float],
        edit_progress: bool,
    ) -> None:
        self._paid = paid
        self._pictures = pictures
        self._sender = sender
        self._locales = locales
        self._media = media
        self._metrics = metrics
        self._clock = clock
        self._edit_progress = edit_progress

    async def perform(self, job: Job, effect: Effect) -> Event:
        """Do it, and give the event that it leads to."""
        match effect:
            case Send():
                return await self._send(job, effect)
            case ReadQuote(fresh):
                return await self._paid.quote(job, fresh=fresh)
            case ReadPrices():
                prices = await self._paid.prices(job.request.task_type)
                return events.PricesRead(self._clock(), prices)
            case PrepareImages():
                return await self._pictures.prepare(job)
            case Create():
                return await self._paid.create(job)
            case Poll():
                self._metrics.polled()
                return await self._paid.poll(job)
            case FetchPicture():
                return await self._fetch(job)
            case _:
                assert_never(effect)

    async def _fetch(self, job: Job) -> Event:
        """The picture; meanwhile the price of changing it is read, and a picture hardly waits for a price."""
        if job.request.task_type == "image_to_image":
            return await self._pictures.fetch(job)
        reading = asyncio.create_task(self._paid.prices("image_to_image"))
        try:
            fetched = await self._pictures.fetch(job)
            await asyncio.wait((reading,), timeout=PRICE_SECONDS)
        finally:
            reading.cancel()
        if not reading.done() or reading.cancelled():
            return fetched
        return replace(fetched, edit_prices=reading.result())

    async def _send(self, job: Job, effect: Send) -> Event:
        message = outgoing(job, effect, self._locales, folder=str(self._media), edit_progress=self._edit_progress)
        try:
            ref = await self._sender.send(message)
        except SendRefused:
            return events.StepFailed(self._clock(), effect.step, refused=True)
        except SendFailed:
            return events.StepFailed(self._clock(), effect.step, refused=False)
        return events.StepSent(self._clock(), effect.step, ref)
