"""`imabot demo`: the stand-in for IMA, the chat page and the bot, on this machine, with no account."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypedDict

# What would make it more than a demo: other platforms, a real account, a real database.
NOT_FOR_A_DEMO = ("DISCORD_", "FEISHU_", "IMA_", "DATABASE_URL", "ADMINS")
USUAL_PORT = 8080
END_SECONDS = 5.0


class SandboxAddresses(TypedDict):
    """The line that the stand-in prints when it is ready."""

    api: str
    im: str
    storage: str
    control: str
    api_key: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument(
        "--pace", choices=("real", "fast"), default="real", help="how long pictures take (default: as for real)"
    )
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")


def main(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    with contextlib.ExitStack() as stack:
        # Started first: it gets ready while we do.
        starting = stack.enter_context(_starting_sandbox(arguments.pace))
        from bot.commands.saying import say
        from bot.commands.serving import playground, run_service
        from bot.settings import SettingsError, is_loopback, read_settings

        def listening(url: str) -> None:
            sys.stdout.write(f"listening on {url}\n\n  Open {url} and type: 画一张猫\n\n")
            sys.stdout.flush()
            if not arguments.no_browser and _has_a_screen():
                threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()

        sandbox = _addresses(starting)
        if sandbox is None:
            say("the stand-in for IMA did not start; `imabot sandbox` shows why")
            return 1
        try:
            folder = _folder(os.environ.get("DATA_DIR", ""), stack)
            settings = read_settings(settings_for(sandbox, folder), None, needs_key=True)
        except SettingsError as error:
            # Without the warnings, as when it starts: they are about the stand-in's address.
            for problem in error.problems:
                say(problem)
            return 2
        except OSError as error:
            say(f"there is no place for temporary files: {error.strerror or error}; set DATA_DIR")
            return 1
        if not is_loopback(settings.http.host):
            say("the demo is for this machine only: leave HTTP_HOST empty, or set it to 127.0.0.1")
            return 2
        return run_service(
            replace(settings, warnings=()),
            lambda locales, clock: [
                playground(settings.data_dir / "playground", locales, clock, provoke_url=sandbox["control"])
            ],
            listening=listening,
        )


def _folder(data_dir: str, stack: contextlib.ExitStack) -> str:
    """A place of its own, also within a data folder: a real bot's jobs must not be taken up with the stand-in."""
    if data_dir.strip():
        return str(Path(data_dir.strip()) / "demo")
    return stack.enter_context(tempfile.TemporaryDirectory(prefix="imabot-"))


def settings_for(sandbox: SandboxAddresses, folder: str) -> Mapping[str, str]:
    """The demo brings its own account, and listens to no other platform."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(NOT_FOR_A_DEMO)}
    return {
        "LOG_LEVEL": "warning",
        # Whoever asked for a port gets that one or a word about it; nobody else should have to think of ports.
        "HTTP_PORT": str(USUAL_PORT if _is_free(USUAL_PORT) else 0),
        **{name: value for name, value in kept.items() if value.strip()},
        "IMA_API_KEY": sandbox["api_key"],
        "IMA_BASE_URL": sandbox["api"],
        "IMA_IM_BASE_URL": sandbox["im"],
        "DATA_DIR": folder,
    }


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _has_a_screen() -> bool:
    """A browser may be opened: somebody sits at a terminal that is not a remote one."""
    graphical = sys.platform in {"win32", "darwin"} or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(graphical) and sys.stdout.isatty()


@contextlib.contextmanager
def _starting_sandbox(pace: str) -> Iterator[subprocess.Popen[str]]:
    """The stand-in in a process of its own, as the real one is elsewhere.

    It ends with us, however we end: its stdin is a pipe that closes then. Ctrl-C is for us alone, so that it is
    there until the bot has finished.
    """
    command = [sys.executable, "-m", "ima.sandbox", "--pace", pace, "--until-stdin-ends"]
    with subprocess.Popen(  # noqa: S603 - our own module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def _addresses(process: subprocess.Popen[str]) -> SandboxAddresses | None:
    """What the stand-in says when it is ready; None if it did not start."""
    line = process.stdout.readline() if process.stdout is not None else ""
    addresses: SandboxAddresses | None = json.loads(line) if line.startswith("{") else None
    return addresses
