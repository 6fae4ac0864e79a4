"""`imabot run`: the service, for the platforms that are configured."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.service import Platform
    from locales import Locales


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument(
        "--playground", action="store_true", help="serve the chat page too, for trying the bot without a platform"
    )


def main(arguments: argparse.Namespace) -> int:
    """Serve until told to stop; 2 for settings that are missing or wrong."""
    from bot.commands.saying import say
    from bot.settings import SettingsError, apply_proxies, is_loopback, read_settings

    try:
        settings = read_settings(os.environ, Path(".env"), needs_key=True)
    except SettingsError as error:
        for line in error.lines:
            say(line)
        return 2
    for warning in settings.warnings:
        say(f"warning: {warning}")
    if settings.discord is None and settings.feishu is None and not arguments.playground:
        say("no platform is configured; to try the bot in a browser: imabot run --playground, or imabot demo")
        return 2
    if arguments.playground and not is_loopback(settings.http.host):
        # The page has no password, and whoever is on the network can claim to be on this machine.
        say("the chat page is for this machine only: set HTTP_HOST to 127.0.0.1, or start without --playground")
        return 2
    apply_proxies(settings, os.environ)

    from bot.commands.serving import playground, run_service
    from bot.platforms import discord_platform, feishu_platform

    def listening(url: str) -> None:
        sys.stdout.write(f"listening on {url}\n")
        sys.stdout.flush()

    def platforms(locales: Locales, clock: Callable[[], float]) -> list[Platform]:
        found: list[Platform] = []
        if settings.discord is not None:
            found.append(discord_platform(settings.discord, locales, settings.data_dir / "discord"))
        if settings.feishu is not None:
            found.append(feishu_platform(settings.feishu, locales, settings.data_dir / "feishu"))
        if arguments.playground:
            found.append(playground(settings.data_dir / "playground", locales, clock))
        return found

    return run_service(settings, platforms, listening=listening)
