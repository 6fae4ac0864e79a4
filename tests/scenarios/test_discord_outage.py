"""Discord is away for long, whatever way it is away, and the bot is back within a minute of its return.

Twenty minutes take seconds: while Discord is away, the loop leaves out the time in which nothing happens. Everything
else is real, the library's and the adapter's own waits above all.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from aiohttp import web
from pydantic import SecretStr
from typing_extensions import override

from adapters.discord.connection import HEARTBEAT_TIMEOUT
from adapters.port import Adapter
from bot.platforms import discord_platform
from bot.settings import DiscordSettings
from protocol.messages import Incoming
from tests.platforms.discord_server import DiscordOptions, DiscordServer, discord_server
from tests.scenarios.house import LOCALES

LONG = 1200.0
"""Seconds: longer than the longest pause that the library itself would make, 1,024 s."""

BACK_WITHIN = 60.0
QUIET = 0.02
"""Real seconds without anything happening after which the time until the next timer is left out."""

Away = Literal["refused", "503", "silent"]


class _Selector(selectors.DefaultSelector):
    """Leaves out the waiting, while `leaping`."""

    leaping = False
    ahead = 0.0

    @override
    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if not self.leaping or timeout is None or timeout <= QUIET:
            return super().select(timeout)
        events = super().select(QUIET)
        if not events:
            self.ahead += timeout - QUIET
        return events


class LeapingLoop(asyncio.SelectorEventLoop):
    """A loop whose time can leap."""

    def __init__(self) -> None:
        self.leaps = _Selector()
        super().__init__(self.leaps)

    @override
    def time(self) -> float:
        return super().time() + self.leaps.ahead


def run(scenario: Callable[[LeapingLoop], Coroutine[None, None, None]]) -> None:
    """Run a scenario on such a loop."""
    loop = LeapingLoop()
    with asyncio.Runner(loop_factory=lambda: loop, debug=True) as runner:
        runner.run(scenario(loop))


async def _unavailable(_: web.Request) -> web.Response:
    return web.Response(status=503, text="<html>503</html>", content_type="text/html")


@asynccontextmanager
async def away(discord: DiscordServer, how: Away, held: list[asyncio.StreamWriter]) -> AsyncIterator[None]:
    """Nobody answers at Discord's ports; or answers 503; or takes the connection and says nothing, ever.

    Who was taken in goes on waiting, in `held`, when Discord is back: only new attempts find it.
    """
    ports = [urlsplit(discord.api_url).port, urlsplit(discord.gateway.url).port]
    await discord.trouble.refuse(rest=True)
    if how == "503":
        application = web.Application()
        application.router.add_route("*", "/{anything:.*}", _unavailable)
        runner = web.AppRunner(application, access_log=None, handle_signals=False, shutdown_timeout=0.1)
        await runner.setup()
        for port in ports:
            await web.TCPSite(runner, "127.0.0.1", port, reuse_address=True).start()
        yield
        await runner.cleanup()
    elif how == "silent":

        async def hold(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            held.append(writer)

        doors = [await asyncio.start_server(hold, "127.0.0.1", port) for port in ports]
        yield
        for door in doors:
            door.close()
    else:
        yield
    await discord.trouble.accept()


def adapter_of(discord: DiscordServer, folder: Path) -> Adapter:
    """The adapter, not connected yet."""
    settings = DiscordSettings(
        token=SecretStr(discord.token), api_url=discord.api_url, channels=frozenset(), shards=None
    )
    return discord_platform(settings, LOCALES, folder).adapter


async def long_away(loop: LeapingLoop, folder: Path, how: Away, *, before: bool) -> None:
    """Be away for long, before the first connection or after it, and measure how soon the bot is back."""
    heard: asyncio.Queue[Incoming] = asyncio.Queue()
    held: list[asyncio.StreamWriter] = []
    async with discord_server(DiscordOptions(stopwatch=loop.time)) as discord:
        adapter = adapter_of(discord, folder)
        channel = discord.places.channel(discord.places.guild())
        mei = discord.places.user("mei")
        running: asyncio.Task[None] | None = None
        if not before:
            running = asyncio.create_task(adapter.run(heard.put))
            await discord.wait_for(lambda: adapter.trouble() is None)
        async with away(discord, how, held):
            running = running or asyncio.create_task(adapter.run(heard.put))
            loop.leaps.leaping = True
            await asyncio.sleep(LONG)
            assert adapter.trouble() is not None
        returned = loop.time()
        while adapter.trouble() is not None:
            await asyncio.sleep(1.0)
            assert loop.time() < returned + BACK_WITHIN, adapter.trouble()
        loop.leaps.leaping = False
        discord.say(mei, channel, "画一只猫")
        async with asyncio.timeout(10):
            assert (await heard.get()).text == "画一只猫"
        assert len(discord.gateway.identifies) == (1 if before else 2)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        for writer in held:
            writer.close()
        await asyncio.gather(*(writer.wait_closed() for writer in held), return_exceptions=True)
        assert discord.violations == []


@pytest.mark.parametrize("before", [True, False], ids=["from the start", "in the middle"])
@pytest.mark.parametrize("how", ["refused", "503", "silent"])
def test_after_a_long_time_without_discord_the_bot_is_back_within_a_minute(
    tmp_path: Path, how: Away, before: bool
) -> None:
    run(lambda loop: long_away(loop, tmp_path, how, before=before))


async def silence(loop: LeapingLoop, folder: Path) -> None:
    """Say nothing any more on a connection that stays open, and measure how soon the bot goes on on another."""
    heard: asyncio.Queue[Incoming] = asyncio.Queue()
    async with discord_server(DiscordOptions(stopwatch=loop.time)) as discord:
        adapter = adapter_of(discord, folder)
        channel = discord.places.channel(discord.places.guild())
        mei = discord.places.user("mei")
        running = asyncio.create_task(adapter.run(heard.put))
        await discord.wait_for(lambda: adapter.trouble() is None)
        discord.trouble.zombie()
        fell_silent = loop.time()
        discord.say(mei, channel, "画一只猫")
        loop.leaps.leaping = True
        async with asyncio.timeout(HEARTBEAT_TIMEOUT + BACK_WITHIN):
            assert (await heard.get()).text == "画一只猫"
        loop.leaps.leaping = False
        assert loop.time() - fell_silent > HEARTBEAT_TIMEOUT - 1
        await discord.wait_for(lambda: adapter.trouble() is None)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        assert (discord.gateway.resumes, len(discord.gateway.identifies)) == (1, 1)
        assert heard.empty()
        assert discord.violations == []


def test_a_connection_that_is_open_and_silent_is_noticed_and_resumed(tmp_path: Path) -> None:
    """What was said meanwhile is heard, once. The time-out is the real one: a shorter one would take a busy machine,
    which has not come to read the beginning of a session yet, for a silent Discord."""
    run(lambda loop: silence(loop, tmp_path))
