"""What the shell commands that talk to IMA share: surroundings, settings, and one line for each failure."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from bot.settings import Settings
    from ima import ImaClient, ImaError

OK, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130

# What concerns these commands: a mistake in the service's settings is no reason not to draw a picture.
CONCERNED = (
    *("IMA_API_KEY", "IMA_BASE_URL", "IMA_IM_BASE_URL"),
    *("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"),
)

KEY_LINK = "https://www.imaclaw.ai/imaclaw/apikey"
POINTS_LINK = "https://www.imaclaw.ai/imaclaw/subscription"


class WrongUsage(Exception):
    """The command was called in a way that makes no sense; its words say what to change."""


class Failed(Exception):
    """It did not work; its words are the one line for the person at the shell."""


def _home() -> Path:
    """The home folder; where the system knows none (a container's bare user), the folder we are in."""
    try:
        return Path.home()
    except RuntimeError:
        return Path.cwd()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a command runs. `clock` is wall time, `monotonic` measures; both in seconds."""

    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    env_file: Path = Path(".env")
    home: Path = field(default_factory=_home)
    output: TextIO = field(default_factory=lambda: sys.stdout)
    messages: TextIO = field(default_factory=lambda: sys.stderr)
    clock: Callable[[], float] = time.time
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    def say(self, line: str) -> None:
        """One line for the person, where results do not go."""
        self.messages.write(f"imabot: {line}\n")
        self.messages.flush()

    def result(self, text: str) -> None:
        """The result, on stdout."""
        self.output.write(text + "\n")
        self.output.flush()


def shell_settings(around: Surroundings, api_key: str | None) -> Settings:
    """The settings that concern a shell command. Raises `SettingsError`."""
    from bot.settings import SettingsError, apply_proxies, read_settings

    environ = {**around.environ, "IMA_API_KEY": api_key} if api_key else around.environ
    try:
        settings = read_settings(environ, around.env_file, only=CONCERNED)
    except SettingsError as error:
        if not api_key:
            raise
        # By the name under which it was given.
        problems = (re.sub(r"\AIMA_API_KEY\b", "--api-key", each) for each in error.problems)
        raise SettingsError(tuple(problems), error.warnings) from error
    apply_proxies(settings, os.environ)
    for warning in settings.warnings:
        around.say(f"warning: {warning}")
    return settings


def client(settings: Settings, around: Surroundings) -> ImaClient:
    """The client that the settings describe."""
    from ima import ImaClient
    from protocol.models import MODELS

    key = settings.ima.api_key
    if key is None:
        raise WrongUsage("a key is needed")
    return ImaClient(
        key.get_secret_value(),
        base_url=settings.ima.base_url,
        im_base_url=settings.ima.im_base_url,
        model_ids=frozenset(MODELS),
        clock=around.monotonic,
        wall_clock=around.clock,
        sleep=around.sleep,
    )


def explained(error: ImaError) -> str:
    """A failure of IMA in plain words: the row of the translation table, and what became of the credits."""
    from bot.jobs.reasons import reason_of
    from ima import errors
    from locales import Locales

    match error:
        case errors.GenerationFailed():
            rest = f" (task {error.task_id})"
        case errors.TimedOut():
            rest = f" (task {error.task_id}: it was paid for, and may still come)"
        case errors.PriceAboveLimit():
            rest = f" (it costs {error.points} points now)"
        case errors.Unauthorized():
            rest = f": {KEY_LINK}"
        case errors.InsufficientPoints():
            rest = f": {POINTS_LINK}"
        case _:
            rest = ""
    return Locales.load().text(f"failed.reason.{reason_of(error).value}", "en") + rest
