"""kill -9 at every change that is saved, just before it and just after it, and a restart.

Before a change is saved, its effect has been done and nobody knows; after it, the next effect has not begun. Whatever
the moment: at most one create, the picture exactly once, or, where the answer to the create was lost with the
process, an honest notice.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from ima.sandbox.options import REAL_PACE, SandboxOptions
from ima.sandbox.server import RunningSandbox, running_sandbox
from tests.scenarios.brush import QuickBrush
from tests.scenarios.chat import Chat, chatting
from tests.scenarios.house import LOCALES
from tests.scenarios.test_pictures import png
from tests.scenarios.timelapse import FastClock

SPEED = 60.0
ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Mortal:
    """Starts the service in a process, again and again on the same folder and port."""

    def __init__(self, sandbox: RunningSandbox, folder: Path, clock: FastClock) -> None:
        self._clock = clock
        self._port = free_port()
        self.base = f"http://127.0.0.1:{self._port}"
        self._environ = {
            "IMA_API_KEY": sandbox.api_key,
            "IMA_BASE_URL": sandbox.api,
            "IMA_IM_BASE_URL": sandbox.im,
            "DATA_DIR": str(folder),
            "HTTP_PORT": str(self._port),
            "LOG_LEVEL": "error",
        }

    async def start(self, moment: str = "never") -> asyncio.subprocess.Process:
        """Start it, and wait until it listens."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.scenarios.mortal"),
            *(str(self._clock.speed), str(self._clock.epoch), moment),
            cwd=ROOT,
            env=self._environ,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert process.stdout is not None
        assert (await process.stdout.readline()).strip().decode() in (self.base, "")
        return process


@asynccontextmanager
async def world(folder: Path) -> AsyncIterator[tuple[Mortal, Chat, RunningSandbox]]:
    clock = FastClock(SPEED)
    async with running_sandbox(SandboxOptions(pace=REAL_PACE, clock=clock, painter=QuickBrush())) as sandbox:
        mortal = Mortal(sandbox, folder, clock)
        async with chatting(mortal.base) as chat:
            yield mortal, chat, sandbox


async def crash_and_come_back(
    folder: Path, moment: str, text: str, *, failure: str = "", pictures: tuple[bytes, ...] = ()
) -> tuple[str, str, int, list[str], bool]:
    """Ask, be killed at the moment, come back; gives the steps, the last text, the creates, the picture links."""
    async with world(folder) as (mortal, chat, sandbox):
        if failure:
            await chat.client.post(f"{sandbox.control}/failures", json={"name": failure})
        process = await mortal.start(moment)
        await chat.ready()
        try:
            asked = await chat.say(text, pictures=pictures, message="asked")
        except httpx.TransportError:
            asked = ""
        ending = asyncio.ensure_future(process.wait())
        done = asyncio.ensure_future(chat.ended("asked", patience=20))
        await asyncio.wait((ending, done), return_when=asyncio.FIRST_COMPLETED)
        died = ending.done()
        if died:
            process = await mortal.start()
            await chat.ready()
            if not asked:
                await chat.say(text, pictures=pictures, message="asked")
        shown = await done
        # Silence afterwards: whatever would still be said twice is said within this time.
        await asyncio.sleep(30 / SPEED)
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()
        await ending
        state = (await chat.client.get(f"{sandbox.control}/state")).json()
        links = [bubble.link for bubble in chat.of("asked") if bubble.link]
        steps = chat.steps("asked")
        return steps, shown[-1].text, state["counts"]["create"], links, died


SURE = 13
"""So many changes every job makes; the number of polls and progress messages, and so of the later ones, is chance."""

MOMENTS = [f"{number}:{side}" for number in range(1, SURE + 1) for side in ("before", "after")]
LOST = ("7:after", "8:before")
"""The window of the create: its state is saved, its answer is not."""


@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_picture_survives_a_kill_at_every_moment(tmp_path: Path, moment: str) -> None:
    steps, text, creates, links, died = await crash_and_come_back(tmp_path, moment, "画一张猫")
    assert died, "the moment never came"
    assert re.fullmatch("012*3" if moment not in LOST else "014", steps), (steps, text)
    if moment in LOST:
        assert creates <= 1
        assert LOCALES.text("failed.reason.answer_lost", "zh") in text
    else:
        assert (creates, len(links)) == (1, 1)


@pytest.mark.parametrize("moment", [f"{number}:{side}" for number in range(6, 9) for side in ("before", "after")])
async def test_an_edit_survives_a_kill_on_its_way_to_the_create(tmp_path: Path, moment: str) -> None:
    steps, text, creates, links, died = await crash_and_come_back(tmp_path, moment, "变成油画", pictures=(png(),))
    assert died, "the moment never came"
    assert re.fullmatch("012*[34]", steps), steps
    assert creates <= 1
    if steps.endswith("3"):
        assert (creates, len(links)) == (1, 1)
    else:
        assert LOCALES.text("failed.reason.answer_lost", "zh") in text


@pytest.mark.parametrize("moment", [f"{number}:{side}" for number in range(9, 13) for side in ("before", "after")])
async def test_a_failure_is_told_once_whatever_the_moment(tmp_path: Path, moment: str) -> None:
    steps, text, creates, links, died = await crash_and_come_back(
        tmp_path, moment, "画一张猫", failure="resource_failed"
    )
    assert died, "the moment never came"
    assert re.fullmatch("012*4", steps), steps
    assert (creates, links) == (1, [])
    assert text.startswith("❌")
