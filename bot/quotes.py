"""What a message quotes, where the platform does not bring it along: looked at after the message is recorded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

import structlog

from adapters.port import AttachmentError
from bot.store import Store
from bot.store.store import picture_of
from protocol.intent import understand
from protocol.messages import Address, ImageRef, Incoming

log = structlog.get_logger("inbox")

Look: TypeAlias = Callable[[Address, str], Awaitable[tuple[ImageRef, ...]]]
"""The pictures in a message of a conversation. Raises `AttachmentError` where it cannot be seen."""


class Quotes:
    """`looks`: how each platform that needs it looks at a message."""

    def __init__(self, store: Store, looks: Mapping[str, Look], clock: Callable[[], float]) -> None:
        self._store = store
        self._looks = looks
        self._clock = clock

    async def complete(self, incoming: Incoming) -> Incoming:
        """The message with the pictures that it quotes. Raises `StoreError`."""
        quote, look = incoming.quotes, self._looks.get(incoming.address.platform)
        if quote is None or look is None:
            return incoming
        found = replace(incoming, quotes=None)
        if not quote.certain and not await self._means_the_beginning(incoming):
            return found
        # Our own messages are known here: no need to ask, and the platform may not give their pictures back.
        job = await self._store.job_of(incoming.address.platform, quote.message)
        if job is not None:
            ours = picture_of(job)
            pictures: tuple[ImageRef, ...] = (
                (ours,) if ours is not None else job.request.images if job.failure is not None else ()
            )
            # Where there is none yet, or never was, another picture is not what they mean.
            return replace(found, images=(*incoming.images, *pictures), pictureless=not pictures)
        try:
            seen = await look(incoming.address, quote.message)
        except AttachmentError as error:
            log.info("a quoted message cannot be seen", place=incoming.address.place, why=str(error))
            return replace(found, gone=True)
        return replace(found, images=(*incoming.images, *seen))

    async def _means_the_beginning(self, incoming: Incoming) -> bool:
        """What a topic began with is meant where words ask for a picture and no other is nearer."""
        if understand(incoming.text, len(incoming.images)).intent != "need_image":
            return False
        remembered = await self._store.remembered(incoming.address)
        pending, last = remembered.pending, remembered.last_job
        if pending is not None and pending.images and pending.open(self._clock()):
            return False
        return last is None or last.request.address.thread != incoming.address.thread or picture_of(last) is None
