"""The `imabot` command. Nothing heavy is imported before it is known which command is wanted."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Protocol, cast

COMMANDS = {
    "demo": "try everything on this machine with no account",
    "run": "run the bot for the platforms that are configured",
    "doctor": "check settings, key and connections, and say what to do about each",
    "create": "make one picture from the shell",
    "parse": "show what a message means",
    "models": "list the live models with their points",
    "jobs": "list jobs, their states, and what could not be delivered",
    "sandbox": "run the stand-in for IMA alone",
}
INTERRUPTED = 130


class Command(Protocol):
    """What a module in `bot.commands` offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def main(self, arguments: argparse.Namespace) -> int: ...


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 fine, 1 failed, 2 wrong usage or settings."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--version"]:
        sys.stdout.write(f"imabot {_version()}\n")
        return 0
    parser = argparse.ArgumentParser(prog="imabot", description="Ask in plain words, get a picture.")
    parser.add_argument("--version", action="store_true", help="show the version, and end")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    wanted = next((word for word in given if not word.startswith("-")), None)
    try:
        for name, summary in COMMANDS.items():
            subparser = subparsers.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
            if name == wanted:
                command = cast(Command, importlib.import_module(f"bot.commands.{name}"))
                command.add_arguments(subparser)
                subparser.set_defaults(run=command.main)
        parsed = parser.parse_args(given)
        code = int(parsed.run(parsed))
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone (`imabot parse --stdin | head`): nothing more to say, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("imabot")
    except PackageNotFoundError:
        return "(not installed)"


if __name__ == "__main__":
    sys.exit(main())
