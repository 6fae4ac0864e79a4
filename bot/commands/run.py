"""`imabot run`: the service, for the platforms that are configured."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument(
        "--playground", action="store_true", help="serve the chat page too, for trying the bot without a platform"
    )


def main(arguments: argparse.Namespace) -> int:
    """Serve until told to stop; 2 for settings that are missing or wrong."""
    from bot.commands.saying import say
    from bot.settings import SettingsError, apply_proxies, read_settings

    try:
        settings = read_settings(os.environ, Path(".env"), needs_key=True)
    except SettingsError as error:
        for problem in error.problems:
            say(problem)
        return 2
    for warning in settings.warnings:
        say(f"warning: {warning}")
    if settings.discord is not None or settings.feishu is not None:
        say("Discord and Feishu are configured, but this version has only the playground: imabot run --playground")
        return 2
    if not arguments.playground:
        say("no platform is configured; to try the bot in a browser: imabot run --playground, or imabot demo")
        return 2
    apply_proxies(settings, os.environ)

    from bot.commands.serving import playground, run_service

    def listening(url: str) -> None:
        sys.stdout.write(f"listening on {url}\n")
        sys.stdout.flush()

    return run_service(
        settings,
        lambda locales, clock: [playground(settings.data_dir / "playground", locales, clock)],
        listening=listening,
    )
