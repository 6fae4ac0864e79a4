"""Lives of the service in Discord: a process each, killed at a moment of what it saves, and the next one after it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.platforms.discord.rates import Rate
from tests.platforms.discord_server import Channel, DiscordOptions, Interaction
from tests.scenarios.discord_house import PATIENCE, DiscordHouse, discord_house

SPEED = 60.0
KILLED = -signal.SIGKILL
ROOT = Path(__file__).parents[2]
LOST = ("creating:after", "polling:before")
"""The window of the create: that it is on its way is saved, its answer is not."""


@dataclass(frozen=True)
class Life:
    """One process of the service."""

    process: int
    lines: asyncio.StreamReader

    async def ended(self) -> int:
        """Wait for its end; gives its exit status, negative for the signal that killed it."""
        async with asyncio.timeout(PATIENCE):
            return int(await self.lines.readline())

    async def killed(self) -> None:
        """Kill it, now."""
        os.kill(self.process, signal.SIGKILL)
        assert await self.ended() == KILLED

    async def stopped(self) -> None:
        """Let it come to its own end."""
        os.kill(self.process, signal.SIGTERM)
        assert await self.ended() == 0


@contextmanager
def cradle_of_lives() -> Iterator[str]:
    """Where processes of the service are started; gives the socket's path."""
    with tempfile.TemporaryDirectory(prefix="imabot") as folder:
        path = f"{folder}/cradle"
        command = (sys.executable, "-m", "tests.scenarios.mortal_discord", path)
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "listening\n"
            yield path
            process.terminate()


def house(
    folder: Path, progress: Literal["push", "edit"] = "push"
) -> contextlib.AbstractAsyncContextManager[DiscordHouse]:
    """Discord and the stand-in for IMA, and nobody who serves yet.

    Discord has forgotten every key when the next life begins: a restart may take longer than it remembers them.
    """
    options = DiscordOptions(identify_spacing=0.0, nonce_seconds=0.0)
    return discord_house(folder, speed=SPEED, options=options, running=False, PROGRESS_STYLE=progress)


@asynccontextmanager
async def life(
    home: DiscordHouse, cradle: str, moment: str = "never", *, api_url: str | None = None
) -> AsyncIterator[Life]:
    """The service in a process of its own, until it dies or the block ends. `api_url`: another way to Discord."""
    environ = {
        "IMA_API_KEY": home.sandbox.api_key,
        "IMA_BASE_URL": home.sandbox.api,
        "IMA_IM_BASE_URL": home.sandbox.im,
        "DATA_DIR": str(home.settings.data_dir),
        "HTTP_PORT": "0",
        "DISCORD_TOKEN": home.discord.token,
        "DISCORD_API_URL": api_url or home.discord.api_url,
        "PROGRESS_STYLE": home.settings.progress_style,
    }
    reader, writer = await asyncio.open_unix_connection(cradle)
    order = {"moment": moment, "speed": SPEED, "epoch": home.clock.epoch, "environ": environ}
    writer.write(f"{json.dumps(order)}\n".encode())
    process = int(await reader.readline())
    try:
        await home.discord.connected()
        await home.discord.wait_for(lambda: home.discord.commands.written)
        yield Life(process, reader)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        await reader.read()
        writer.close()
        await writer.wait_closed()


async def between_lives(home: DiscordHouse) -> None:
    """Between real lives more time goes by: nobody waits for what the first one used up of the rates."""
    await home.discord.wait_for(lambda: not home.discord.gateway.live)
    home.discord.rates.set("GET /gateway/bot", "", Rate(2, 5.0), 2, 0.0)
    for channel in list(home.discord.world.channels.values()):
        home.discord.trouble.rate_limit(channel, 50, 20.0, limit=50)


@asynccontextmanager
async def dying(home: DiscordHouse, cradle: str, moment: str) -> AsyncIterator[None]:
    """A life that is killed at the moment, which what is done in the block leads to."""
    async with life(home, cradle, moment) as first:
        yield
        assert await first.ended() == KILLED, "the moment never came"
    await between_lives(home)


async def killed(home: DiscordHouse, cradle: str, moment: str, ask: Callable[[], object]) -> None:
    """Ask, and be killed at the moment."""
    # Progress comes before the picture, and on a busy machine only if that waits for it.
    waiting = home.brush.held() if moment.startswith("progress") else contextlib.nullcontext()
    with waiting:
        async with dying(home, cradle, moment):
            ask()


async def seen_to_the_end(home: DiscordHouse, cradle: str, channel: Channel | None = None, *, jobs: int = 1) -> str:
    """Come back, wait for the end, and a moment more: whatever would still be said twice is said within it."""
    async with life(home, cradle) as second:
        await home.ended(channel, jobs=jobs)
        await asyncio.sleep(30 / SPEED)
        await second.stopped()
    return home.steps(channel)


def excuse(home: DiscordHouse, *interactions: Interaction) -> None:
    """The 3 s of these went by while nobody lived."""
    for each in interactions:
        if each.answered_after is None:
            home.discord.interactions.remove(each)
