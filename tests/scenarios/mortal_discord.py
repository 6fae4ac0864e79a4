"""The service in Discord in processes of their own, on fast time, each killed at a chosen moment.

A process that has everything imported is forked for every start, so that a start costs milliseconds; what is forked
has neither threads nor a loop nor an open file of the service. `python -m tests.scenarios.mortal_discord SOCKET`
listens there: a line of JSON is a start, whose process id and exit status are answered, a line each.

A moment is `before` or `after` the first saving of something: `record`, `answer` and `reply_sent` are the inbox's; a
job's are named by its state (`quoting:before`: the acknowledgement was sent, and that was not saved), and `progress`.
With `never` it lives.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, ParamSpec, TypeVar

import pytest

import adapters.discord.adapter  # noqa: F401 - the heaviest import, made once
from adapters.discord import connection
from bot import sender
from bot.platforms import discord_platform
from bot.service import serve
from bot.settings import read_settings
from bot.store import Store
from locales import Locales
from protocol.job import Job
from tests.scenarios.timelapse import FastClock

P = ParamSpec("P")
R = TypeVar("R")


class Death:
    """Watches what is saved, and ends the process at its moment as if the power had gone."""

    def __init__(self, moment: str) -> None:
        self._moment = moment
        self._seen: set[str] = set()

    def around(self, name: str, save: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
        async def saved(*args: P.args, **kwargs: P.kwargs) -> R:
            new = {name, *(_saved_in(each) for each in args if isinstance(each, Job))} - self._seen
            self._seen |= new
            self._strike(new, "before")
            result = await save(*args, **kwargs)
            self._strike(new, "after")
            return result

        return saved

    def _strike(self, new: Iterable[str], side: str) -> None:
        if self._moment in {f"{each}:{side}" for each in new}:
            os.kill(os.getpid(), signal.SIGKILL)


def _saved_in(job: Job) -> str:
    return "progress" if (job.sending or "").startswith("progress") else job.state.value


async def live(order: dict[str, Any], locales: Locales) -> None:
    """One life of the service."""
    death = Death(order["moment"])
    speed = float(order["speed"])
    with pytest.MonkeyPatch.context() as patch:
        for name in ("record", "answer", "reply_sent", "save_job"):
            patch.setattr(Store, name, death.around(name, getattr(Store, name)))
        # Discord's rates, and its pace of new sessions, are in real time.
        patch.setattr(sender, "PATIENCE", sender.PATIENCE * speed)
        patch.setattr(sender, "PROGRESS_PATIENCE", sender.PROGRESS_PATIENCE * speed)
        patch.setattr(connection, "IDENTIFY_EVERY", 0.5)
        clock = FastClock(speed, float(order["epoch"]))
        settings = read_settings(order["environ"], None, needs_key=True)
        assert settings.discord is not None
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        stop = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
        await serve(
            settings,
            [discord_platform(settings.discord, locales, settings.data_dir / "discord")],
            locales=locales,
            clock=clock,
            sleep=clock.sleep,
            stop=stop,
            listening=lambda url: None,
        )


def start(order: dict[str, Any], locales: Locales) -> int:
    """Fork; gives the process id."""
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        # What two lives draw at random must differ, and nobody reads their log.
        random.seed()
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        asyncio.run(live(order, locales))
        status = 0
    finally:
        os._exit(status)


def main(path: str) -> None:
    locales = Locales.load()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(path)
        door.listen()
        print("listening", flush=True)  # noqa: T201 - read by the test
        while True:
            talk, _ = door.accept()
            with contextlib.suppress(ConnectionError), talk, talk.makefile("rw") as lines:
                order = json.loads(lines.readline())
                process = start(order, locales)
                lines.write(f"{process}\n")
                lines.flush()
                _, status = os.waitpid(process, 0)
                lines.write(f"{os.waitstatus_to_exitcode(status)}\n")
                lines.flush()


if __name__ == "__main__":
    main(sys.argv[1])
