"""What `run` and `demo` share: settings to a running service, signals to a clean end, trouble to a line."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from filelock import FileLock, Timeout

from adapters.playground import Playground
from adapters.playground.store import StoreError as PlaygroundStoreError
from adapters.port import ConfigurationRefused
from bot.clock import Clock
from bot.commands.saying import say
from bot.logs import LogFolderError, configure_logs
from bot.service import Platform, serve
from bot.settings import Settings
from bot.store import StoreError, file_of
from bot.web import PortTaken
from locales import Locales

LONGEST_END = 9.0
"""Seconds after which a process that was told to end does, whatever a thread of it still waits for."""

MakePlatforms = Callable[[Locales, Callable[[], float]], Sequence[Platform]]


class PlatformsUnusable(Exception):
    """A platform cannot be set up; its words say why."""


def playground(
    folder: Path, locales: Locales, clock: Callable[[], float], *, provoke_url: str | None = None
) -> Platform:
    """The chat page as a platform. Raises `PlatformsUnusable`."""
    try:
        page = Playground(
            folder,
            words={language: locales.words("page.", language) for language in locales.languages},
            provoke_url=provoke_url,
            clock=clock,
            new_id=lambda: uuid.uuid4().hex,
        )
    except (PlaygroundStoreError, OSError) as error:
        raise PlatformsUnusable(f"the chat page cannot keep its messages: {error}") from error
    return Platform(page, routes=page.routes(), observe=page.observe, close=page.close)


def run_service(settings: Settings, make_platforms: MakePlatforms, *, listening: Callable[[str], None]) -> int:
    """Serve until SIGTERM or Ctrl-C. 0 after a clean end, 1 where it could not start: one clear line says why."""
    try:
        configure_logs(settings.log, secrets=settings.secrets)
    except LogFolderError as error:
        say(f"{error}; set LOG_DIR to another folder, or leave it empty")
        return 1
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(_for_us_alone(settings))
        except _NotForUsAlone as error:
            say(str(error))
            return 1
        return asyncio.run(_serve(settings, make_platforms, listening))


class _NotForUsAlone(Exception):
    """The data folder or the database cannot be had, or another service has it; its words say what to do."""


@contextlib.contextmanager
def _for_us_alone(settings: Settings) -> Iterator[None]:
    """The data folder and a database file, until it ends. Raises `_NotForUsAlone`.

    Both: two services with one database would each take up, and pay for, every job in it.
    """
    folder, database = settings.data_dir, settings.database_url_shown
    with contextlib.ExitStack() as held:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            held.enter_context(FileLock(folder / "imabot.lock", blocking=False))
        except Timeout:
            raise _NotForUsAlone(
                f"another imabot is running with the data folder {folder}; stop it, or set DATA_DIR"
            ) from None
        except OSError as error:
            raise _NotForUsAlone(
                f"the data folder {folder} cannot be used: {error.strerror or error}; set DATA_DIR"
            ) from error
        file = file_of(settings.database_url.get_secret_value())
        # What cannot be there at all is the store's to explain. The file itself, whatever a link calls it.
        if file is not None and file.name != ":memory:" and file.parent.is_dir():
            real = file.resolve()
            try:
                held.enter_context(FileLock(real.with_name(f"{real.name}.lock"), blocking=False))
            except Timeout:
                raise _NotForUsAlone(
                    f"another imabot is running with the database {database}; stop it, or set DATABASE_URL to another"
                ) from None
            except OSError as error:
                raise _NotForUsAlone(
                    f"the folder of the database cannot be written to: {error.strerror or error};"
                    f" the database is {database}"
                ) from error
        yield


async def _serve(settings: Settings, make_platforms: MakePlatforms, listening: Callable[[str], None]) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def end() -> None:
        if not stop.is_set():
            stop.set()
            _end_for_sure(LONGEST_END)

    for name in (signal.SIGTERM, signal.SIGINT):
        # Not every system lets a loop handle signals; there Ctrl-C ends the loop itself.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(name, end)
    locales, clock = Locales.load(), Clock()
    try:
        await serve(
            settings,
            make_platforms(locales, clock),
            locales=locales,
            clock=clock,
            sleep=asyncio.sleep,
            stop=stop,
            listening=listening,
        )
    except StoreError as error:
        say(f"{error}; the database is {settings.database_url_shown}")
    except ConfigurationRefused as error:
        say(str(error))
    except PlatformsUnusable as error:
        say(f"{error}; the data folder is {settings.data_dir}")
    except PortTaken as error:
        say(f"{error}; set HTTP_PORT to another, or to 0 for a free one")
    else:
        return 0
    return 1


def _end_for_sure(seconds: float) -> None:
    """End the process after that time. All that matters is saved before it is done, so that nothing is lost.

    A thread cannot be stopped: one that asks a name server that does not answer would hold up the end for long.
    """

    def end() -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
