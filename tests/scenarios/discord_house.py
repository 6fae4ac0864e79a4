"""The whole program in Discord: the strict local Discord, the service with the real SDK, the stand-in for IMA."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from adapters.discord import connection
from bot import sender
from bot.platforms import discord_platform
from bot.service import serve
from bot.settings import Settings
from ima.sandbox.options import REAL_PACE, SandboxOptions
from ima.sandbox.server import RunningSandbox, running_sandbox
from tests.platforms.discord_server import (
    Channel,
    DiscordOptions,
    DiscordServer,
    Guild,
    Message,
    Shown,
    User,
    discord_server,
)
from tests.scenarios.brush import HeldBrush
from tests.scenarios.house import LOCALES, settings_for
from tests.scenarios.timelapse import FastClock

PATIENCE = 30.0
WINDOWS = 0.1
"""What part of their real time the windows of Discord's rates last, where a scenario is not about them.

The SDK keeps the caller of a window's last message until the window is over, at the service's end too.
"""
TEXT = 10


@dataclass
class DiscordHouse:
    """Everything that a scenario needs. `mei` writes Chinese, `tom` English; both are in the guild."""

    discord: DiscordServer
    sandbox: RunningSandbox
    settings: Settings
    clock: FastClock
    guild: Guild
    channel: Channel
    mei: User
    tom: User
    brush: HeldBrush
    url: str = ""

    def shown(self, channel: Channel | None = None, since: int = 0) -> list[Shown]:
        """The bot's messages in a channel, after a message; one that only shows that an answer is coming is none."""
        return [each for each in self.discord.messages(channel or self.channel) if each.id > since and not each.loading]

    def steps(self, channel: Channel | None = None, since: int = 0) -> str:
        """What the bot showed, as step codes; r for a reply that starts no job.

        Without the line that it is still being prepared: on fast time a busy machine takes long enough for it.
        """
        return "".join(code(each) for each in self.shown(channel, since)).replace("p", "")

    async def until(self, condition: Callable[[], object], patience: float = PATIENCE) -> None:
        """Wait for something to be seen in Discord."""
        try:
            await self.discord.wait_for(condition, patience)
        except TimeoutError:
            seen = [
                (channel.name, code(each), words(each)[:80])
                for channel in self.discord.world.channels.values()
                for each in self.discord.messages(channel)
            ]
            raise AssertionError(f"never shown; seen: {seen}; {self.discord.violations}") from None

    async def ended(
        self, channel: Channel | None = None, since: int = 0, jobs: int = 1, patience: float = PATIENCE
    ) -> list[Shown]:
        """Wait for the end of so many requests; gives what was shown."""
        await self.until(lambda: sum(each in "34cr" for each in self.steps(channel, since)) >= jobs, patience)
        return self.shown(channel, since)

    async def over(self, jobs: int = 1) -> None:
        """Wait until the service knows of the end of so many jobs: what it would say twice has been said then."""
        async with aiohttp.ClientSession() as session, asyncio.timeout(PATIENCE):
            while True:
                async with session.get(f"{self.url}/metrics") as answer:
                    lines = (await answer.text()).splitlines()
                ended = (line.rpartition(" ")[2] for line in lines if line.startswith("imabot_jobs_total{"))
                if sum(map(float, ended)) >= jobs:
                    return
                await asyncio.sleep(0.05)

    async def provoke(self, failure: str, times: int | None = None, seconds: float | None = None) -> None:
        """Make the next matching calls of IMA fail."""
        body: dict[str, Any] = {"name": failure}
        if times is not None:
            body["times"] = times
        if seconds is not None:
            body["seconds"] = seconds
        url = f"{self.sandbox.control}/failures"
        async with aiohttp.ClientSession(raise_for_status=True) as session, session.post(url, json=body):
            pass

    async def state(self) -> dict[str, Any]:
        """What the stand-in for IMA has seen."""
        async with aiohttp.ClientSession() as session, session.get(f"{self.sandbox.control}/state") as answer:
            found: dict[str, Any] = await answer.json()
            return found

    async def tasks(self) -> list[dict[str, Any]]:
        """The pictures that were paid for."""
        found: list[dict[str, Any]] = (await self.state())["tasks"]
        return found

    def button(self, message: Shown | Message, number: int) -> str:
        """The custom id of a button, from 1."""
        shown = next(each for each in self.everything() if each.id == message.id)
        return shown.buttons[number - 1].custom_id or ""

    def everything(self) -> list[Shown]:
        """Every message of the bot."""
        return [each for channel in self.discord.world.channels.values() for each in self.discord.messages(channel)]


def words(message: Shown) -> str:
    """The words of a message, wherever they stand, without what keeps them from being taken for markup."""
    texts = [message.content, *(each["content"] for each in message.components if each.get("type") == TEXT)]
    return re.sub(r"\\(.)", r"\1", "\n".join(text for text in texts if text))


ACKNOWLEDGEMENTS = re.compile(
    "|".join(
        re.sub(r"\\{\w+\\}", ".+", re.escape(text))
        for language in LOCALES.languages
        for text in LOCALES.words("acknowledged.", language).values()
    )
)


def code(message: Shown) -> str:
    """The step of the six that it is, as one character; p for the word that it is being prepared, r for a reply."""
    text = re.sub(r"^<@\d+>\n", "", words(message))
    if text.startswith(("🎨 开始生成图片", "🎨 Starting your picture")):
        return "1"
    if text in (LOCALES.text("cancelled", "zh"), LOCALES.text("cancelled", "en")):
        return "c"
    if ACKNOWLEDGEMENTS.fullmatch(text):
        return "0"
    if text in (LOCALES.text("preparing", "zh"), LOCALES.text("preparing", "en")):
        return "p"
    return {"✅": "3", "❌": "4", "⏳": "2"}.get(text[:1], "r")


@asynccontextmanager
async def service(settings: Settings, clock: FastClock) -> AsyncIterator[str]:
    """The service in this process, in Discord; gives its URL."""
    assert settings.discord is not None
    stop = asyncio.Event()
    url: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    running = asyncio.create_task(
        serve(
            settings,
            [discord_platform(settings.discord, LOCALES, settings.data_dir / "discord")],
            locales=LOCALES,
            clock=clock,
            sleep=clock.sleep,
            stop=stop,
            listening=url.set_result,
        )
    )
    done, _ = await asyncio.wait((running, url), return_when=asyncio.FIRST_COMPLETED)
    if running in done:
        await running
    me = asyncio.current_task()
    assert me is not None
    ending = False
    # A service that ends by itself ends the test's block, which then hears why.
    running.add_done_callback(lambda _: None if ending else me.cancel())
    try:
        yield await url
    except asyncio.CancelledError:
        me.uncancel()
        await running
        raise
    finally:
        ending = True
        stop.set()
        await running


async def readiness(url: str) -> dict[str, Any]:
    """Each part of the service and its trouble."""
    async with aiohttp.ClientSession() as session, session.get(f"{url}/readyz") as answer:
        return {name: part.get("trouble") for name, part in (await answer.json())["parts"].items()}


@asynccontextmanager
async def discord_house(
    folder: Path,
    *,
    speed: float = 40.0,
    options: DiscordOptions | None = None,
    windows: float = WINDOWS,
    listening: bool = False,
    forgive: tuple[str, ...] = (),
    running: bool = True,
    painted: bool = False,
    **more: str,
) -> AsyncIterator[DiscordHouse]:
    """Discord, stand-in and service for as long as the block lasts; then nothing may have been violated.

    `windows` is what part of their real time Discord's windows last, for messages and for new sessions; the service's
    waits for them, and its patience where they make it wait, are scaled alike. Where that is longer than 1 / `speed`,
    Discord is slower than the stand-in's time goes: where many wait, a price list grows old that would not for real.
    `painted`: by the stand-in's own painter, for pictures that are looked at.
    """
    clock, brush = FastClock(speed), HeldBrush()
    sandbox_options = SandboxOptions(pace=REAL_PACE, clock=clock, painter=None if painted else brush)
    async with AsyncExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(sender, "PATIENCE", sender.PATIENCE * speed * windows)
        patch.setattr(sender, "PROGRESS_PATIENCE", sender.PROGRESS_PATIENCE * speed * windows)
        patch.setattr(connection, "IDENTIFY_EVERY", connection.IDENTIFY_EVERY * windows)
        sandbox = await stack.enter_async_context(running_sandbox(sandbox_options))
        discord = await stack.enter_async_context(
            discord_server(replace(options or DiscordOptions(), window_scale=windows))
        )
        guild = discord.places.guild()
        channel = discord.places.channel(guild)
        mei = discord.places.user("mei", guild, locale="zh-CN")
        tom = discord.places.user("tom", guild)
        if listening:
            more = {**more, "DISCORD_CHANNELS": str(channel.id)}
        settings = settings_for(sandbox, folder, DISCORD_TOKEN=discord.token, DISCORD_API_URL=discord.api_url, **more)
        built = DiscordHouse(discord, sandbox, settings, clock, guild, channel, mei, tom, brush)
        if running:
            async with service(settings, clock) as url:
                built.url = url
                await discord.connected()
                await discord.wait_for(lambda: discord.commands.written)
                yield built
                state = await built.state()
        else:
            yield built
            state = await built.state()
        discord.forgive(*forgive)
        assert discord.violations == [], discord.violations
    # On fast time a moment of this machine is many seconds: what comes late then says nothing about the service.
    ignored = {*({"polled_too_late"} if speed > 1 else ()), *({"stale_list"} if speed > 4 else ())}
    violations = [each for each in state["violations"] if each["name"] not in ignored]
    assert violations == [], violations
