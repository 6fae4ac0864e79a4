"""Work in the background that must not stop because of one surprise: cleaning up, looking after the database."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NoReturn

import structlog

log = structlog.get_logger("background")

PAUSE = 30.0
"""Seconds before it is begun again: what fails at once fails seldom enough for the log to stay readable."""


async def keep_running(
    name: str, work: Callable[[], Awaitable[None]], sleep: Callable[[float], Awaitable[None]]
) -> NoReturn:
    """Run `work`, which is meant to go on for ever, and begin it again whenever it ends, until cancelled.

    Nobody awaits such a task while the service runs: its exception would stay unseen until the end.
    """
    while True:
        try:
            await work()
        except Exception:
            log.exception("background work broke off and is begun again", work=name, pause=PAUSE)
        else:
            log.warning("background work ended and is begun again", work=name, pause=PAUSE)
        await sleep(PAUSE)
