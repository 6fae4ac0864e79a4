"""The service in Feishu in processes of their own, on fast time, each killed at a chosen moment.

A process that has everything imported is forked for every start. `python -m tests.scenarios.mortal_feishu SOCKET`
listens there, as the cradle of Discord's does; the moments are the same.
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
from typing import Any

import pytest

import adapters.feishu  # noqa: F401 - the heaviest import, made once
from bot import sender
from bot.platforms import feishu_platform
from bot.service import serve
from bot.settings import read_settings
from bot.store import Store
from locales import Locales
from tests.scenarios.mortal_discord import Death
from tests.scenarios.timelapse import FastClock


async def live(order: dict[str, Any], locales: Locales) -> None:
    """One life of the service."""
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
        stop = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
        await serve(
            settings,
            [feishu_platform(settings.feishu, locales, settings.data_dir / "feishu")],
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
