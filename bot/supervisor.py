"""Keeps a platform's connection alive: whatever ends it, it is begun again, ever more slowly up to a bound.

Only what is configured wrongly ends it: no new attempt would help.
"""

from __future__ import annotations

import asyncio

import structlog

from adapters.port import Adapter, ConfigurationRefused, Inbox

log = structlog.get_logger("platform")

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0


async def supervise(adapter: Adapter, inbox: Inbox) -> None:
    """Run an adapter until cancelled. Raises `ConfigurationRefused`."""
    pause = FIRST_PAUSE
    while True:
        started = asyncio.get_running_loop().time()
        try:
            await adapter.run(inbox)
        except ConfigurationRefused:
            raise
        except Exception:
            log.exception("the platform's connection broke off", platform=adapter.name)
        if asyncio.get_running_loop().time() - started > LONGEST_PAUSE:
            pause = FIRST_PAUSE
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
