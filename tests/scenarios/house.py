"""The whole program on fast time: the strict stand-in for IMA, the service, a person at the chat page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bot.commands.serving import playground
from bot.service import serve
from bot.settings import Settings, read_settings
from ima.sandbox.options import REAL_PACE, Painter, SandboxOptions
from ima.sandbox.server import RunningSandbox, running_sandbox
from locales import Locales
from tests.scenarios.brush import QuickBrush
from tests.scenarios.chat import Chat, chatting
from tests.scenarios.timelapse import FastClock

LOCALES = Locales.load()


@dataclass
class House:
    """Everything that a scenario needs."""

    chat: Chat
    sandbox: RunningSandbox
    clock: FastClock
    settings: Settings

    async def provoke(self, failure: str, times: int | None = None, seconds: float | None = None) -> None:
        """Make the next matching calls fail."""
        body: dict[str, Any] = {"name": failure}
        if times is not None:
            body["times"] = times
        if seconds is not None:
            body["seconds"] = seconds
        answer = await self.chat.client.post(f"{self.sandbox.control}/failures", json=body)
        answer.raise_for_status()

    async def state(self) -> dict[str, Any]:
        """What the stand-in has seen."""
        answer = await self.chat.client.get(f"{self.sandbox.control}/state")
        found: dict[str, Any] = answer.json()
        return found


def settings_for(sandbox: RunningSandbox, folder: Path, **more: str) -> Settings:
    """Settings as the environment would give them."""
    environ = {
        "IMA_API_KEY": sandbox.api_key,
        "IMA_BASE_URL": sandbox.api,
        "IMA_IM_BASE_URL": sandbox.im,
        "DATA_DIR": str(folder),
        "HTTP_PORT": "0",
        **more,
    }
    return read_settings(environ, None, needs_key=True)


@asynccontextmanager
async def service(settings: Settings, clock: FastClock, provoke_url: str | None = None) -> AsyncIterator[str]:
    """The service in this process; gives its URL."""
    stop = asyncio.Event()
    url: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    running = asyncio.create_task(
        serve(
            settings,
            [playground(settings.data_dir / "playground", LOCALES, clock, provoke_url=provoke_url)],
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
    try:
        yield await url
    finally:
        stop.set()
        await running


@asynccontextmanager
async def house(
    folder: Path, *, speed: float = 60.0, balance: int = 1000, painter: Painter | None = None, **more: str
) -> AsyncIterator[House]:
    """Stand-in, service and chat for as long as the block lasts; then nothing may have been violated."""
    clock = FastClock(speed)
    options = SandboxOptions(pace=REAL_PACE, clock=clock, balance=balance, painter=painter or QuickBrush())
    async with running_sandbox(options) as sandbox:
        settings = settings_for(sandbox, folder, **more)
        async with service(settings, clock, sandbox.control) as url, chatting(url) as chat:
            await chat.ready()
            built = House(chat, sandbox, clock, settings)
            yield built
            state = await built.state()
    # On fast time a moment of this machine is minutes: that a poll or a create comes late can only be seen at speed 1.
    ignored = {"polled_too_late", "stale_list"} if speed > 1 else set()
    violations = [violation for violation in state["violations"] if violation["name"] not in ignored]
    assert violations == [], violations


async def get_json(url: str) -> Any:
    """A small HTTP GET."""
    async with httpx.AsyncClient(trust_env=False) as client:
        return (await client.get(url)).json()
