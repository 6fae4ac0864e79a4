"""What is deleted when it is old: pictures after 7 days, taken messages after 8."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from bot.media.files import MediaFolder, MediaFolderError
from bot.store import Store, StoreError

log = structlog.get_logger("housekeeping")

EVERY = 3600.0
MESSAGES_KEPT = 8 * 24 * 3600.0
"""Longer than any platform delivers a message again."""


async def keep_house(store: Store, folder: MediaFolder, clock: Callable[[], float]) -> None:
    """Once an hour, for ever. A picture of a job that has not ended is kept."""
    while True:
        try:
            unended = await store.unended_jobs()
            keep = {job.stored.file for job in unended if job.stored is not None}
            removed = await folder.remove_old(keep)
            await store.forget_messages(clock() - MESSAGES_KEPT)
        except (StoreError, MediaFolderError) as error:
            log.warning("old files could not be cleared away", why=str(error))
        else:
            log.debug("cleared away", pictures=removed)
        await asyncio.sleep(EVERY)
