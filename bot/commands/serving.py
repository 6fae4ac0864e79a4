"""What `run` and `demo` share: settings to a running service, signals to a clean end, trouble to a line."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

from filelock import FileLock, Timeout

from adapters.playground import Playground
from bot.clock import Clock
from bot.logs import configure_logs
from bot.service import Platform, serve
from bot.settings import Settings
from bot.store import StoreError
from bot.web import PortTaken
from locales import Locales


def say(line: str) -> None:
    """One line for the admin, on stderr: stdout is for results."""
    sys.stderr.write(line.rstrip("\n") + "\n")
    sys.stderr.flush()


def playground(
    folder: Path, locales: Locales, clock: Callable[[], float], *, provoke_url: str | None = None
) -> Platform:
    """The chat page as a platform."""
    page = Playground(
        folder,
        words={language: locales.words("page.", language) for language in locales.languages},
        provoke_url=provoke_url,
        clock=clock,
        new_id=lambda: uuid.uuid4().hex,
    )
    return Platform(page, routes=page.routes(), observe=page.observe, close=page.close)


def run_service(
    settings: Settings,
    make_platforms: Callable[[Locales, Callable[[], float]], Sequence[Platform]],
    *,
    listening: Callable[[str], None],
) -> int:
    """Serve until SIGTERM or Ctrl-C. 0 after a clean end, 1 where it could not start: one clear line says why."""
    for warning in settings.warnings:
        say(f"warning: {warning}")
    configure_logs(settings.log, secrets=settings.secrets)
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        lock = FileLock(settings.data_dir / "imabot.lock", blocking=False)
        with lock:
            return asyncio.run(_serve(settings, make_platforms, listening))
    except Timeout:
        say(f"another imabot is running with the data folder {settings.data_dir}; stop it, or set DATA_DIR")
    except OSError as error:
        say(f"the data folder {settings.data_dir} cannot be used: {error.strerror or error}; set DATA_DIR")
    return 1


async def _serve(
    settings: Settings,
    make_platforms: Callable[[Locales, Callable[[], float]], Sequence[Platform]],
    listening: Callable[[str], None],
) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        # Not every system lets a loop handle signals; there Ctrl-C ends the loop itself.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(name, stop.set)
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
        say(f"{error}; the data folder is {settings.data_dir}")
        return 1
    except PortTaken as error:
        say(f"{error}; set HTTP_PORT to another, or to 0 for a free one")
        return 1
    return 0
