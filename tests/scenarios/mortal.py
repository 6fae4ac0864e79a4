"""The service in a process of its own, on fast time, killed at a chosen moment: nothing of it lives on but its files.

`python -m tests.scenarios.mortal SPEED EPOCH MOMENT`, with the settings in the environment. A moment is the number of
a change to the database and `before` or `after` it, such as `7:before`; `never` lets it live.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import ParamSpec, TypeVar

from bot.commands.serving import playground
from bot.service import serve
from bot.settings import read_settings
from bot.store import Store
from locales import Locales
from tests.scenarios.timelapse import FastClock

P = ParamSpec("P")
R = TypeVar("R")


class Death:
    """Counts what is saved, and ends the process at its moment as if the power had gone."""

    def __init__(self, moment: str) -> None:
        number, _, self._side = moment.partition(":")
        self._number = int(number) if self._side else 0
        self._count = 0

    def around(self, save: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
        async def saved(*args: P.args, **kwargs: P.kwargs) -> R:
            self._count += 1
            mine = self._count
            self._strike(mine, "before")
            result = await save(*args, **kwargs)
            self._strike(mine, "after")
            return result

        return saved

    def _strike(self, number: int, side: str) -> None:
        if (number, side) == (self._number, self._side):
            os.kill(os.getpid(), signal.SIGKILL)


async def main(speed: float, epoch: float, moment: str) -> None:
    death = Death(moment)
    for name in ("record", "answer", "save_job"):
        setattr(Store, name, death.around(getattr(Store, name)))
    clock, locales = FastClock(speed, epoch), Locales.load()
    settings = read_settings(os.environ, None, needs_key=True)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await serve(
        settings,
        [playground(settings.data_dir / "playground", locales, clock)],
        locales=locales,
        clock=clock,
        sleep=clock.sleep,
        stop=stop,
        listening=lambda url: print(url, flush=True),  # noqa: T201 - read by the test
    )


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]), float(sys.argv[2]), sys.argv[3]))
