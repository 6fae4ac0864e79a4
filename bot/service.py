"""The service: all parts put together, started in order, stopped in order."""

from __future__ import annotations

import asyncio
import random as random_module
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import structlog
from starlette.routing import BaseRoute

from adapters.port import Activity, Adapter, ConfigurationRefused, Observer
from bot.activity import job_activity
from bot.background import keep_running
from bot.housekeeping import keep_house
from bot.inbox import InboxService
from bot.jobs.paid import PaidCalls
from bot.jobs.performer import Performer
from bot.jobs.pictures import Pictures
from bot.jobs.runner import Runner
from bot.jobs.worker import JobWorker
from bot.media.fetch import Fetcher
from bot.media.files import MediaFolder
from bot.media.workshop import Workshop
from bot.metrics import Metrics
from bot.quotes import Look, Quotes
from bot.readiness import StoreWatch, readiness
from bot.sender import Sender
from bot.settings import Settings, is_loopback_url
from bot.store import open_store
from bot.supervisor import supervise
from bot.web import WebServer, build_app
from ima import ImaClient
from locales import Locales
from protocol.events import Event
from protocol.intent import understand
from protocol.job import Job
from protocol.models import MODELS
from protocol.quote import PriceList

log = structlog.get_logger("service")

WARMING = "画一张猫 draw a cat, 16:9, 4K, nano banana pro"
"""The first message compiles the parser's patterns, a tenth of a second: better nobody's than somebody's."""

Prices: TypeAlias = Callable[[], Awaitable[PriceList | None]]

GRACE = 7.0
"""Seconds that jobs have to come to a safe point after SIGTERM; the whole exit takes at most 10."""


@dataclass(frozen=True, slots=True)
class Platform:
    """One configured platform: its adapter, its routes in our HTTP app, and who wants to see what happens.

    `use_prices` is told where live prices are read, for platforms that show them by themselves. `look` looks at a
    quoted message, for platforms that do not bring it along. `aclose` comes last: jobs may still send until then.
    `asides`: it can answer a press or a command for one person's eyes alone, once and never again.
    """

    adapter: Adapter
    routes: Sequence[BaseRoute] = ()
    observe: Observer | None = None
    close: Callable[[], None] | None = None
    use_prices: Callable[[Prices], None] | None = None
    look: Look | None = None
    aclose: Callable[[], Awaitable[None]] | None = None
    asides: bool = False


async def serve(
    settings: Settings,
    platforms: Sequence[Platform],
    *,
    locales: Locales,
    clock: Callable[[], float],
    sleep: Callable[[float], Awaitable[None]],
    stop: asyncio.Event,
    listening: Callable[[str], None],
) -> None:
    """Run until `stop` is set.

    Raises `StoreError`, `PortTaken` and the like before anything is served, and `ConfigurationRefused` where a
    platform does not take us: each has one plain line.
    """
    metrics = Metrics()
    api_key = settings.ima.api_key
    if api_key is None:
        raise ValueError("the service needs a key")
    adapters = {platform.adapter.name: platform.adapter for platform in platforms}
    media = settings.data_dir / "media"
    random = random_module.SystemRandom()
    async with AsyncExitStack() as stack:
        store = await open_store(settings.database_url.get_secret_value())
        stack.push_async_callback(store.close)
        watch = StoreWatch(store)
        ima = await stack.enter_async_context(
            ImaClient(
                api_key.get_secret_value(),
                base_url=settings.ima.base_url,
                im_base_url=settings.ima.im_base_url,
                model_ids=frozenset(MODELS),
                clock=clock,
                sleep=sleep,
            )
        )
        fetcher = Fetcher(allow_loopback_http=is_loopback_url(settings.ima.base_url))
        stack.push_async_callback(fetcher.aclose)
        workshop = Workshop()
        stack.callback(workshop.close)
        folder = MediaFolder(media, clock)
        for platform in platforms:
            if platform.aclose is not None:
                stack.push_async_callback(platform.aclose)
        sender = Sender(adapters, clock=clock, sleep=sleep, metrics=metrics)
        stack.push_async_callback(sender.close)
        paid = PaidCalls(ima, clock, random)
        for platform in platforms:
            if platform.use_prices is not None:
                platform.use_prices(partial(paid.prices, "text_to_image"))
        observe = _observer(platforms)
        performer = Performer(
            paid=paid,
            pictures=Pictures(
                adapters=adapters,
                ima=ima,
                fetcher=fetcher,
                workshop=workshop,
                folder=folder,
                clock=clock,
                sleep=sleep,
            ),
            sender=sender,
            locales=locales,
            media=media,
            metrics=metrics,
            clock=clock,
            edit_progress=settings.progress_style == "edit",
        )

        def observe_job(before: Job, job: Job, event: Event) -> None:
            metrics.job_changed(before, job)
            observe(job_activity(before, job, event))

        runner = Runner(
            lambda job: JobWorker(job, store=store, performer=performer, clock=clock, sleep=sleep, observe=observe_job)
        )
        inbox = InboxService(
            store=store,
            runner=runner,
            sender=sender,
            paid=paid,
            locales=locales,
            clock=clock,
            sleep=sleep,
            most_jobs=settings.max_jobs_per_user,
            admins=settings.admins,
            observe=observe,
            asides=frozenset(each.adapter.name for each in platforms if each.asides),
            complete=Quotes(
                store, {each.adapter.name: each.look for each in platforms if each.look is not None}, clock
            ).complete,
        )
        web = WebServer(
            build_app(
                parts=lambda: readiness(adapters, watch),
                metrics=metrics,
                routes=[route for platform in platforms for route in platform.routes],
            ),
            settings.http.host,
            settings.http.port,
        )
        await stack.enter_async_context(web)
        for job in await store.unended_jobs():
            metrics.job_changed(job, job)
            runner.start(job)
        await inbox.resume()
        connections = [
            asyncio.create_task(supervise(adapter, inbox.receive), name=f"platform {name}")
            for name, adapter in adapters.items()
        ]
        for connection in connections:
            connection.add_done_callback(lambda _: stop.set())
        tasks = [*connections]
        tasks.append(asyncio.create_task(keep_running("store watch", watch.run, sleep)))
        tasks.append(asyncio.create_task(keep_running("loop watch", metrics.watch_loop, sleep)))
        tasks.append(asyncio.create_task(keep_running("housekeeping", lambda: keep_house(store, folder, clock), sleep)))
        tasks.append(asyncio.create_task(_warm_up(), name="warming"))
        listening(web.url)
        log.info("ready", platforms=sorted(adapters), jobs=runner.running)
        await stop.wait()
        log.info("stopping", jobs=runner.running)
        await inbox.stop()
        # What is on its way still needs the connections.
        await runner.stop(GRACE)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for platform in platforms:
            if platform.close is not None:
                platform.close()
        for connection in connections:
            if not connection.cancelled() and isinstance(refused := connection.exception(), ConfigurationRefused):
                raise refused


async def _warm_up() -> None:
    await asyncio.to_thread(understand, WARMING)


def _observer(platforms: Sequence[Platform]) -> Observer:
    watching: Mapping[str, Observer] = {
        platform.adapter.name: platform.observe for platform in platforms if platform.observe is not None
    }

    def observe(activity: Activity) -> None:
        interested = watching.get(activity.platform)
        if interested is not None:
            interested(activity)

    return observe
