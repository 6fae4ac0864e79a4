"""The account at IMA: the key, the models, the place for pictures, and what is sent where."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import assert_never
from urllib.parse import urlsplit

from bot.commands.listing import Listed, listed
from bot.commands.shell import KEY_LINK, POINTS_LINK
from bot.doctor.finding import Check, Finding, failed, proven, unknown
from bot.doctor.network import HostCheck, ProxyCheck
from bot.settings import Settings, is_loopback_url
from ima import Category, ImaClient, ImaError, RateLimited, ServerTrouble, Unauthorized, Unreachable
from protocol.models import MODELS

AREA = "IMA"
PATIENCE = 60.0
CATEGORIES: tuple[Category, ...] = ("text_to_image", "image_to_image")


@dataclass(frozen=True, slots=True)
class KeyCheck:
    """The key is accepted, shown by reading the product list; the models are in it, with points."""

    ima: ImaClient

    async def __call__(self) -> AsyncIterator[Finding]:
        try:
            async with asyncio.timeout(PATIENCE):
                models = await listed(self.ima, CATEGORIES)
        except (ImaError, TimeoutError) as error:
            yield failed(AREA, f"the product list cannot be read: {_why(error)}", _advice(error))
            return
        yield proven(AREA, "the key is accepted: the product list was read")
        for category in CATEGORIES:
            for card in MODELS.values():
                yield model_finding(card.name, category, [each for each in models if each.model_id == card.model_id])


def model_finding(name: str, category: Category, found: list[Listed]) -> Finding:
    prices = next((each.prices for each in found if each.task_type == category), ())
    if not prices:
        return failed(
            AREA,
            f"{name} is not on the list for {category}",
            f"See at {KEY_LINK} whether the account may use it; requests for it are refused until then.",
        )
    points = ", ".join(f"{size or 'any size'} {points}" for size, points in prices)
    return proven(AREA, f"{name} ({category}) costs now, in points: {points}")


@dataclass(frozen=True, slots=True)
class UploadCheck:
    """A place for an input picture is given. Nothing is put there, and it costs nothing."""

    ima: ImaClient

    async def __call__(self) -> AsyncIterator[Finding]:
        try:
            async with asyncio.timeout(PATIENCE):
                storage = await self.ima.offered_storage()
        except (ImaError, TimeoutError) as error:
            advice = f"{_advice(error)} Until then, pictures that people send cannot be edited."
            yield failed(AREA, f"no place for an input picture is given: {_why(error)}", advice)
            return
        yield proven(AREA, "a place for an input picture is given; nothing was stored")
        yield unknown(AREA, f"whether {urlsplit(storage).netloc} takes pictures, before one is stored")
        yield proven(*_sent(urlsplit(storage).netloc, "pictures that people want changed; no key"))


@dataclass(frozen=True, slots=True)
class AccountCheck:
    """What only the account's own pages show."""

    async def __call__(self) -> AsyncIterator[Finding]:
        yield unknown(AREA, "the balance of points", f"See {POINTS_LINK}.")
        yield unknown(AREA, "whether the key is used for this bot alone", f"Best make one of its own: {KEY_LINK}.")


@dataclass(frozen=True, slots=True)
class DestinationsCheck:
    """What is sent where."""

    base_url: str
    im_base_url: str

    async def __call__(self) -> AsyncIterator[Finding]:
        words = "the key, prompts, model and picture parameters, links of pictures; never who asked"
        yield proven(*_sent(urlsplit(self.base_url).netloc, words))
        yield proven(*_sent(urlsplit(self.im_base_url).netloc, "the key, and that a picture is to be stored"))
        yield unknown("sent", "what they keep of it")
        if not any(is_loopback_url(url) for url in (self.base_url, self.im_base_url)):
            yield proven("sent", "certificates are always checked; there is no setting that turns it off")


def _sent(host: str, what: str) -> tuple[str, str]:
    return "sent", f"to {host}: {what}"


def _why(error: ImaError | TimeoutError) -> str:
    return "it takes too long" if isinstance(error, TimeoutError) else str(error)


def _advice(error: ImaError | TimeoutError) -> str:
    match error:
        case Unauthorized():
            return f"Make a key at {KEY_LINK} and set IMA_API_KEY."
        case RateLimited():
            return "Wait a minute, and see that the key is used for this bot alone."
        case Unreachable() | ServerTrouble() | TimeoutError():
            return "Check IMA_BASE_URL, IMA_IM_BASE_URL and the connection, or try again later."
        case ImaError():
            return f"See the account at {KEY_LINK}, and set IMA_API_KEY."
        case _:
            assert_never(error)


def image_service_checks(settings: Settings, ima: ImaClient | None) -> list[Check]:
    """Everything about IMA; without a key, what can be known without one."""
    base, im = settings.ima.base_url, settings.ima.im_base_url
    keyed: list[Check] = [] if ima is None else [KeyCheck(ima), UploadCheck(ima)]
    return [
        ProxyCheck((base, im)),
        HostCheck(base, "IMA_BASE_URL"),
        HostCheck(im, "IMA_IM_BASE_URL"),
        *keyed,
        AccountCheck(),
        DestinationsCheck(base, im),
    ]
