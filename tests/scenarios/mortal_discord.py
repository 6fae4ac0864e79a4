"""The service in Discord in processes of their own, on fast time, each killed at a chosen moment.

A process that has everything imported is forked for every start, so that a start costs milliseconds; what is forked
has neither threads nor a loop nor an open file of the service. `python -m tests.scenarios.mortal_discord SOCKET`
listens there: a line of JSON is a start, whose process id and exit status are answered, a line each.

A moment is `before` or `after` the first saving of something: `record`, `answer` and `reply_sent` are the inbox's; a
job's are named by its state (`quoting:before`: the acknowledgement was sent, and that was not saved), by `progress`
(on its way), `arrived` (progress, too) and `private` (the way of its delivery). `polling:before:2` is the second job's.
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
from protocol.messages import Incoming
from tests.scenarios.timelapse import FastClock

P = ParamSpec("P")
R = TypeVar("R")


class Death:
    """Watches what is saved, and ends the process at its moment as if the power had gone."""

    def __init__(self, moment: str) -> None:
        what, _, side = moment.partition(":")
        side, _, number = side.partition(":")
        self._moment = (what, side, int(number or 1))
        self._seen: dict[str, set[str]] = {}

    def around(self, name: str, save: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
        async def saved(*args: P.args, **kwargs: P.kwargs) -> R:
            new = self._new(_saved_in(name, args))
            self._strike(new, "before")
            result = await save(*args, **kwargs)
            self._strike(new, "after")
            return result

        return saved

    def _new(self, saved: Iterable[tuple[str, str]]) -> set[tuple[str, int]]:
        """The kinds of what was never saved before, each with how many of it have been by now."""
        new = set()
        for kind, identity in saved:
            seen = self._seen.setdefault(kind, set())
            if identity not in seen:
                seen.add(identity)
                new.add((kind, len(seen)))
        return new

    def _strike(self, new: set[tuple[str, int]], side: str) -> None:
        what, when, number = self._moment
        if side == when and (what, number) in new:
            os.kill(os.getpid(), signal.SIGKILL)


def _saved_in(name: str, args: tuple[object, ...]) -> Iterable[tuple[str, str]]:
    """What a call of the store saves, each as its kind and what makes it another than those before it."""
    match args:
        case (_, Incoming() as incoming, *_):
            yield name, incoming.address.message
        case (_, str(), str(message), *_):
            yield name, message
        case (_, Job() as job):
            if (job.sending or "").startswith("progress"):
                yield "progress", f"{job.id} {job.sending}"
            else:
                yield job.state.value, job.id
            yield from (("arrived", f"{job.id} {step}") for step in job.sent if step.startswith("progress"))
            if job.in_private:
                yield "private", job.id


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
