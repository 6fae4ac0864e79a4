"""`imabot doctor`: looks at everything the service needs, and says what to do about what fails."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from bot.commands.shell import FAILED, OK, WRONG_USAGE, Surroundings, client

if TYPE_CHECKING:
    from bot.doctor import Finding
    from bot.logs.redaction import Redaction
    from bot.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There are none: what to look at is in the settings."""


def main(arguments: argparse.Namespace) -> int:
    """Print a line for each finding; 0 if nothing failed, 1 otherwise, 2 where wrong settings kept it from looking."""
    return run(arguments, Surroundings())


def run(arguments: argparse.Namespace, around: Surroundings) -> int:
    """As `main`, in given surroundings."""
    import asyncio

    from bot.doctor import read_or_explain
    from bot.logs.redaction import Redaction
    from bot.settings import apply_proxies

    settings, findings = read_or_explain(around.environ, around.env_file)
    examination = _Examination(around, Redaction(settings.secrets if settings is not None else ()))
    for finding in findings:
        examination.tell(finding)
    if settings is not None:
        apply_proxies(settings, os.environ)
        asyncio.run(_examine(settings, around, examination))
    if examination.failures:
        around.say(f"{examination.failures} failed: each line that ends so says what to do")
        return FAILED if settings is not None else WRONG_USAGE
    return OK


class _Examination:
    """Tells findings as they come, and counts those that failed. No line holds a secret."""

    def __init__(self, around: Surroundings, redact: Redaction) -> None:
        self._around = around
        self._redact = redact
        self.failures = 0

    def tell(self, finding: Finding) -> None:
        from bot.doctor import Verdict

        self.failures += finding.verdict is Verdict.FAILED
        self._around.result(self._redact(finding.line))


async def _examine(settings: Settings, around: Surroundings, examination: _Examination) -> None:
    from contextlib import AsyncExitStack

    from bot.doctor import checks_for

    async with AsyncExitStack() as stack:
        ima = None
        if settings.ima.api_key is not None:
            ima = await stack.enter_async_context(client(settings, around))
        for check in checks_for(settings, ima):
            async for finding in check():
                examination.tell(finding)
