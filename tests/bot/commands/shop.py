"""A sandbox over real sockets, and a shell to call commands in, with time that does not have to be waited for."""

from __future__ import annotations

import argparse
import asyncio
import io
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias
from unittest.mock import ANY

import httpx

from bot.commands.shell import Surroundings
from ima.sandbox.options import SandboxOptions, fast_pace
from ima.sandbox.server import RunningSandbox, running_sandbox
from tests.ima.sandbox.caller import PlainPainter

KEY = "ima_test_shell_0001"
RESULT_KEYS = {"task_id", "url", "cover_url", "model_id", "model_name", "credit"}
Run: TypeAlias = Callable[[argparse.Namespace, Surroundings], int]
AddArguments: TypeAlias = Callable[[argparse.ArgumentParser], None]
__all__ = ["ANY", "KEY", "RESULT_KEYS", "Outcome", "Shop", "shop"]


class Time:
    """Seconds that pass when somebody sleeps: a hundred for each real one, in which the picture is painted."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(seconds / 100)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command left behind: its exit code, stdout, and stderr."""

    code: int
    output: str
    messages: str

    @property
    def result(self) -> Mapping[str, object]:
        """The last thing on stdout."""
        found: dict[str, object] = json.loads(self.output.splitlines()[-1])
        return found


@dataclass(slots=True)
class Shop:
    """A sandbox, its control, and a home folder."""

    sandbox: RunningSandbox
    http: httpx.AsyncClient
    home: Path
    environ: dict[str, str] = field(default_factory=dict)

    async def call(self, add_arguments: AddArguments, run: Run, *words: str) -> Outcome:
        """Call a command as the shell would, in a thread: it has an event loop of its own."""
        parser = argparse.ArgumentParser()
        add_arguments(parser)
        arguments = parser.parse_args(words)
        output, messages, time = io.StringIO(), io.StringIO(), Time()
        environ = {
            "IMA_API_KEY": KEY,
            "IMA_BASE_URL": self.sandbox.api,
            "IMA_IM_BASE_URL": self.sandbox.im,
            **self.environ,
        }
        around = Surroundings(
            environ=environ,
            env_file=self.home / ".env",
            home=self.home,
            output=output,
            messages=messages,
            monotonic=time.monotonic,
            sleep=time.sleep,
        )
        code = await asyncio.to_thread(run, arguments, around)
        said = [line for line in messages.getvalue().splitlines() if "is sent to that host" not in line]
        return Outcome(code, output.getvalue(), "\n".join(said))

    async def provoke(self, failure: str, **options: float) -> None:
        answer = await self.http.post(f"{self.sandbox.control}/failures", json={"name": failure, **options})
        assert answer.status_code == 200, answer.text

    async def state(self) -> dict[str, object]:
        answer = await self.http.get(f"{self.sandbox.control}/state")
        found: dict[str, object] = answer.json()
        return found


@asynccontextmanager
async def shop(home: Path, **options: object) -> AsyncIterator[Shop]:
    """Open one for a test; at the end the command must not have misbehaved towards the API in any way."""
    chosen = SandboxOptions(
        **{
            "api_key": KEY,
            "pace": fast_pace(0, 0),
            "painter": PlainPainter(),
            "fetch_public_pictures": False,
            **options,
        }  # type: ignore[arg-type]
    )
    async with running_sandbox(chosen) as sandbox, httpx.AsyncClient(trust_env=False) as http:
        opened = Shop(sandbox, http, home)
        yield opened
        assert (await opened.state())["violations"] == []
