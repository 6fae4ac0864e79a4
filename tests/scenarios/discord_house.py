"""The whole program in Discord: the strict local Discord, the service with the real SDK, the stand-in for IMA."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

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
from tests.scenarios.brush import QuickBrush
from tests.scenarios.house import LOCALES, settings_for
from tests.scenarios.timelapse import FastClock

PATIENCE = 30.0
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
    url: str = ""
    forgiven: set[str] = field(default_factory=set)

    def shown(self, channel: Channel | None = None, since: int = 0) -> list[Shown]:
        """The bot's messages in a channel, after a message; one that only shows that an answer is coming is none."""
        return [each for each in self.discord.messages(channel or self.channel) if each.id > since and not each.loading]

    def steps(self, channel: Channel | None = None, since: int = 0) -> str:
        """What the bot showed, as step codes; r for a reply that starts no job."""
        return "".join(code(each) for each in self.shown(channel, since))

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

    async def provoke(self, failure: str, times: int | None = None, seconds: float | None = None) -> None:
        """Make the next matching calls of IMA fail."""
        body: dict[str, Any] = {"name": failure}
        if times is not None:
            body["times"] = times
        if seconds is not None:
            body["seconds"] = seconds
        async with httpx.AsyncClient(trust_env=False) as client:
            (await client.post(f"{self.sandbox.control}/failures", json=body)).raise_for_status()

    async def state(self) -> dict[str, Any]:
        """What the stand-in for IMA has seen."""
        async with httpx.AsyncClient(trust_env=False) as client:
            found: dict[str, Any] = (await client.get(f"{self.sandbox.control}/state")).json()
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
    """The step of the six that it is, as one character; r for a reply that starts no job."""
    text = re.sub(r"^<@\d+>\n", "", words(message))
    if text.startswith(("🎨 开始生成图片", "🎨 Starting your picture")):
        return "1"
    if text in (LOCALES.text("cancelled", "zh"), LOCALES.text("cancelled", "en")):
        return "c"
    if ACKNOWLEDGEMENTS.fullmatch(text):
        return "0"
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
    async with httpx.AsyncClient(trust_env=False) as client:
        return {name: part.get("trouble") for name, part in (await client.get(f"{url}/readyz")).json()["parts"].items()}


@asynccontextmanager
async def discord_house(
    folder: Path,
    *,
    speed: float = 20.0,
    options: DiscordOptions | None = None,
    listening: bool = False,
    forgive: tuple[str, ...] = (),
    forgive_ima: tuple[str, ...] = (),
    running: bool = True,
    **more: str,
) -> AsyncIterator[DiscordHouse]:
    """Discord, stand-in and service for as long as the block lasts; then nothing may have been violated.

    Discord's rates are in real time, which is many seconds of the stand-in's: where many wait for them, a price list
    grows old there that would not for real; and the sender's patience is counted in Discord's time.
    """
    clock = FastClock(speed)
    sandbox_options = SandboxOptions(pace=REAL_PACE, clock=clock, painter=QuickBrush())
    async with AsyncExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(sender, "PATIENCE", sender.PATIENCE * speed)
        patch.setattr(sender, "PROGRESS_PATIENCE", sender.PROGRESS_PATIENCE * speed)
        sandbox = await stack.enter_async_context(running_sandbox(sandbox_options))
        discord = await stack.enter_async_context(discord_server(options))
        guild = discord.places.guild()
        channel = discord.places.channel(guild)
        mei = discord.places.user("mei", guild, locale="zh-CN")
        tom = discord.places.user("tom", guild)
        if listening:
            more = {**more, "DISCORD_CHANNELS": str(channel.id)}
        settings = settings_for(sandbox, folder, DISCORD_TOKEN=discord.token, DISCORD_API_URL=discord.api_url, **more)
        built = DiscordHouse(discord, sandbox, settings, clock, guild, channel, mei, tom)
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
    # On fast time a moment of this machine is many seconds: that a poll comes late can only be seen at speed 1.
    ignored = {*forgive_ima, *({"polled_too_late"} if speed > 1 else ())}
    violations = [each for each in state["violations"] if each["name"] not in ignored]
    assert violations == [], violations
