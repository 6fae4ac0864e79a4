"""While the finished picture is fetched, what changing it costs is read; the picture never waits long for a price."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from typing_extensions import override

from bot.jobs import performer
from bot.jobs.paid import PaidCalls
from bot.jobs.performer import Performer
from bot.jobs.pictures import Pictures
from bot.metrics import Metrics
from bot.sender import Sender
from ima import ImaClient
from locales import Locales
from protocol.decision import TaskType
from protocol.events import Fetched, FetchPicture, NotFetched
from protocol.job import Job, StoredPicture
from protocol.quote import PriceList
from tests.protocol.builders import JOB, NOW, PRICES, REQUEST

STORED = StoredPicture("p.png", "image/png", 1, 1)


class Paid(PaidCalls):
    """Prices that are read when `allowed`."""

    def __init__(self, prices: PriceList | None) -> None:
        super().__init__(cast(ImaClient, None), lambda: NOW, random.SystemRandom())
        self.read: list[str] = []
        self.allowed = asyncio.Event()
        self._found = prices

    @override
    async def prices(self, task_type: TaskType) -> PriceList | None:
        self.read.append(task_type)
        await self.allowed.wait()
        return self._found


class Fetching(Pictures):
    """A picture that is here at once, or one that cannot be had."""

    def __init__(self, found: Fetched | NotFetched) -> None:
        self._found = found

    @override
    async def fetch(self, job: Job) -> Fetched | NotFetched:
        await asyncio.sleep(0)
        return self._found


def performing(paid: Paid, found: Fetched | NotFetched) -> Performer:
    return Performer(
        paid=paid,
        pictures=Fetching(found),
        sender=cast(Sender, None),
        locales=cast(Locales, None),
        media=Path(),
        metrics=cast(Metrics, None),
        clock=lambda: NOW,
        edit_progress=False,
    )


@pytest.mark.parametrize("found", [Fetched(NOW, STORED), NotFetched(NOW, gone=False)])
@pytest.mark.parametrize("prices", [PRICES, None])
async def test_the_price_of_an_edit_comes_with_the_picture(
    found: Fetched | NotFetched, prices: PriceList | None
) -> None:
    paid = Paid(prices)
    paid.allowed.set()
    assert await performing(paid, found).perform(JOB, FetchPicture()) == replace(found, edit_prices=prices)
    assert paid.read == ["image_to_image"]


async def test_a_picture_does_not_wait_for_a_price_that_does_not_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(performer, "PRICE_SECONDS", 0.01)
    found = Fetched(NOW, STORED)
    assert await performing(Paid(PRICES), found).perform(JOB, FetchPicture()) == found


async def test_of_an_edited_picture_the_prices_are_known_already() -> None:
    paid = Paid(PRICES)
    edited = replace(JOB, request=replace(REQUEST, task_type="image_to_image"))
    found = Fetched(NOW, STORED)
    assert await performing(paid, found).perform(edited, FetchPicture()) == found
    assert paid.read == []
