"""`imabot demo`: the stand-in for IMA, the chat page and the bot, on this machine, with no account."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import webbrowser
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypedDict

OTHERS = ("DISCORD_", "FEISHU_", "IMA_")


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
    from bot.commands.serving import playground, run_service, say
    from bot.settings import SettingsError, read_settings

    def listening(url: str) -> None:
        sys.stdout.write(f"listening on {url}\n\n  Open {url} and type: 画一张猫\n\n")
        sys.stdout.flush()
        if not arguments.no_browser and sys.stdout.isatty():
            webbrowser.open(url)

    with contextlib.ExitStack() as stack:
        sandbox = stack.enter_context(_sandbox(arguments.pace))
        if sandbox is None:
            say("the stand-in for IMA did not start; `imabot sandbox` shows why")
            return 1
        folder = os.environ.get("DATA_DIR") or stack.enter_context(tempfile.TemporaryDirectory(prefix="imabot-"))
        try:
            settings = read_settings(_environment(sandbox, folder), None, needs_key=True)
            settings = replace(settings, warnings=())
        except SettingsError as error:
            for problem in error.problems:
                say(problem)
            return 2
        return run_service(
            settings,
            lambda locales, clock: [
                playground(settings.data_dir / "playground", locales, clock, provoke_url=sandbox["control"])
            ],
            listening=listening,
        )


def _environment(sandbox: SandboxAddresses, folder: str) -> Mapping[str, str]:
    """The demo brings its own account, and listens to no other platform."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(OTHERS)}
    return {
        "LOG_LEVEL": "warning",
        **kept,
        "IMA_API_KEY": sandbox["api_key"],
        "IMA_BASE_URL": sandbox["api"],
        "IMA_IM_BASE_URL": sandbox["im"],
        "DATA_DIR": folder,
    }


@contextlib.contextmanager
def _sandbox(pace: str) -> Iterator[SandboxAddresses | None]:
    """The stand-in in a process of its own, as the real one is elsewhere; None if it did not start."""
    command = [sys.executable, "-m", "ima.sandbox", "--pace", pace]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own module
        try:
            line = process.stdout.readline() if process.stdout is not None else ""
            addresses: SandboxAddresses | None = json.loads(line) if line.startswith("{") else None
            yield addresses
        finally:
            process.terminate()
