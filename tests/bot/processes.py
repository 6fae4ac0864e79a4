"""`imabot` as people start it: a process of its own, with its own environment, folder, and signals."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
OURS = ("IMA_", "DISCORD_", "FEISHU_", "DATA", "HTTP_", "HTTPS_", "LOG_", "ADMINS", "NO_PROXY", "ALL_PROXY")
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process left behind."""

    code: int | None
    output: str
    messages: str

    @property
    def lines(self) -> list[str]:
        return self.messages.splitlines()


def environment(**more: str) -> dict[str, str]:
    """Nothing of the bot's but what is given."""
    kept = {name: text for name, text in os.environ.items() if not name.upper().startswith(OURS)}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


async def start(folder: Path, words: Sequence[str], environ: Mapping[str, str], stdin: int = DEVNULL) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", *words),
        cwd=folder,
        env=environment(**environ),
        stdin=stdin,
        stdout=PIPE,
        stderr=PIPE,
        start_new_session=True,
    )


async def call(folder: Path, *words: str, **environ: str) -> Ended:
    """Run a command to its end."""
    return await finished(await start(folder, words, environ))


async def finished(process: Process) -> Ended:
    """Wait for the end, at most a minute."""
    async with asyncio.timeout(PATIENCE):
        output, messages = await process.communicate()
    return Ended(process.returncode, output.decode(), messages.decode())


async def told_to_end(process: Process, how: signal.Signals = signal.SIGTERM) -> tuple[Ended, float]:
    """Send a signal; what was left behind, and the seconds that it took."""
    began = asyncio.get_running_loop().time()
    process.send_signal(how)
    ended = await finished(process)
    return ended, asyncio.get_running_loop().time() - began


async def listening(process: Process) -> str:
    """The URL of a service that has started; where it did not, what it said."""
    if process.stdout is None or process.stderr is None:
        raise RuntimeError("the process has no pipes")
    async with asyncio.timeout(PATIENCE):
        line = (await process.stdout.readline()).decode()
        if not line.startswith("listening on http://"):
            raise AssertionError(f"{line!r} {(await process.stderr.read()).decode()}")
    return line.removeprefix("listening on ").strip()


@asynccontextmanager
async def serving(folder: Path, *words: str, **environ: str) -> AsyncIterator[tuple[Process, str]]:
    """A service and its URL. What still runs at the end is killed."""
    process = await start(folder, words, environ)
    try:
        yield process, await listening(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


def json_lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(each.name for each in folder.iterdir())


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Look again and again, at most a minute."""
    async with asyncio.timeout(PATIENCE):
        while not await condition():  # noqa: ASYNC110 - it happens in another process
            await asyncio.sleep(0.05)
