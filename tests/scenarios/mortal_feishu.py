"""The service in Feishu in processes of their own, on fast time, each killed at a chosen moment.

A process that has everything imported is forked for every start. `python -m tests.scenarios.mortal_feishu SOCKET`
listens there: a line of JSON is a start, whose process id, address and exit status are answered, a line each.

A moment is `before` or `after` the saving of something, the first or, with a number behind, that one: `record`,
`answer` and `reply_sent` are the inbox's; a job's are named by its state (`quoting:before`: the acknowledgement was
sent, and that was not saved), and `progress`, and count once for each job. With `never` it lives.
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
import tempfile
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import Any, ParamSpec, TypeVar

import pytest

import adapters.feishu  # noqa: F401 - the heaviest import, made once
from bot import sender
from bot.platforms import feishu_platform
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
        self._what, _, rest = moment.partition(":")
        self._side, _, number = rest.partition(":")
        self._number = int(number or 1)
        self._saved: Counter[str] = Counter()
        self._known: set[tuple[str, str]] = set()

    def around(self, name: str, save: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
        async def saved(*args: P.args, **kwargs: P.kwargs) -> R:
            states = {(_saved_in(each), each.id) for each in args if isinstance(each, Job)} - self._known
            self._known |= states
            names = {name, *(state for state, _ in states)}
            self._saved.update(names)
            due = self._what in names and self._saved[self._what] == self._number
            self._strike("before", due)
            result = await save(*args, **kwargs)
            self._strike("after", due)
            return result

        return saved

    def _strike(self, side: str, due: bool) -> None:
        if due and side == self._side:
            os.kill(os.getpid(), signal.SIGKILL)


def _saved_in(job: Job) -> str:
    return "progress" if (job.sending or "").startswith("progress") else job.state.value


async def live(order: dict[str, Any], locales: Locales, stop: asyncio.Event, listening: Callable[[str], None]) -> None:
    """One life of the service, until `stop` is set or it dies."""
    death = Death(order["moment"])
    speed = float(order["speed"])
    with pytest.MonkeyPatch.context() as patch:
        for name in ("record", "answer", "reply_sent", "save_job"):
            patch.setattr(Store, name, death.around(name, getattr(Store, name)))
        # Feishu's rates are in real time.
        patch.setattr(sender, "PATIENCE", sender.PATIENCE * speed)
        patch.setattr(sender, "PROGRESS_PATIENCE", sender.PROGRESS_PATIENCE * speed)
        clock = FastClock(speed, float(order["epoch"]))
        settings = read_settings(order["environ"], None, needs_key=True)
        assert settings.feishu is not None
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
        await serve(
            settings,
            [feishu_platform(settings.feishu, locales, settings.data_dir / "feishu")],
            locales=locales,
            clock=clock,
            sleep=clock.sleep,
            stop=stop,
            listening=listening,
        )


def start(order: dict[str, Any], locales: Locales) -> tuple[int, str]:
    """Fork; gives the process id and where it listens, nowhere if it ended before."""
    ear, mouth = os.pipe()
    process = os.fork()
    if process:
        os.close(mouth)
        with os.fdopen(ear) as lines:
            return process, lines.readline().strip()
    status = 1
    try:
        os.close(ear)
        random.seed()
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        asyncio.run(live(order, locales, asyncio.Event(), partial(_say, mouth)))
        status = 0
    finally:
        os._exit(status)


def _say(mouth: int, url: str) -> None:
    os.write(mouth, f"{url}\n".encode())
    os.close(mouth)


async def rehearse(locales: Locales) -> None:
    """A life with no Feishu to be reached: what is imported and compiled at its beginning is there for all others."""
    nowhere = "http://127.0.0.1:1"
    environ = {
        "IMA_API_KEY": "ima_test_rehearsal",
        "IMA_BASE_URL": nowhere,
        "IMA_IM_BASE_URL": nowhere,
        "HTTP_PORT": "0",
        "FEISHU_APP_ID": "cli_rehearsal",
        "FEISHU_APP_SECRET": "test",
        "FEISHU_DOMAIN": nowhere,
    }
    stop = asyncio.Event()
    with tempfile.TemporaryDirectory(prefix="imabot") as folder:
        order = {"moment": "never", "speed": 1, "epoch": 0, "environ": environ | {"DATA_DIR": folder}}
        await live(order, locales, stop, lambda url: stop.set())


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """What is written goes nowhere."""
    kept, nowhere = os.dup(sys.stdout.fileno()), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, sys.stdout.fileno())
        os.close(kept)
        os.close(nowhere)


def main(path: str) -> None:
    locales = Locales.load()
    with silence():
        asyncio.run(rehearse(locales))
    assert threading.active_count() == 1, "threads are not forked"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(path)
        door.listen()
        print("listening", flush=True)  # noqa: T201 - read by the test
        while True:
            talk, _ = door.accept()
            with contextlib.suppress(ConnectionError), talk, talk.makefile("rw") as lines:
                order = json.loads(lines.readline())
                process, url = start(order, locales)
                lines.write(f"{process}\n{url}\n")
                lines.flush()
                _, status = os.waitpid(process, 0)
                lines.write(f"{os.waitstatus_to_exitcode(status)}\n")
                lines.flush()


if __name__ == "__main__":
    main(sys.argv[1])
