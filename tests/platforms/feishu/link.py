"""One long connection: what is written to it, and how it breaks."""

from __future__ import annotations

import asyncio

from aiohttp import web

from tests.platforms.discord.link import reset
from tests.platforms.feishu.frames import Frame, pack


class Link:
    """Writes to one socket, in order, without making anybody wait."""

    def __init__(self, request: web.Request, ws: web.WebSocketResponse, device: str, service: int) -> None:
        self.ws = ws
        self.device = device
        self.service = service
        self.zombie = False
        """The connection stays open, and nothing is read from it or written to it any more."""
        self.silent = False
        """The socket lives, with its own pings; frames are read, and none is written any more."""
        self.lost = False
        self.pinged_at = 0.0
        self.pings = 0
        self._transport = request.transport
        self._queue: asyncio.Queue[Frame | None] = asyncio.Queue()
        self._writer = asyncio.create_task(self._write())

    def send(self, frame: Frame) -> None:
        """Queue a frame."""
        self._queue.put_nowait(frame)

    def close(self) -> None:
        """Close politely, after what is queued."""
        self._queue.put_nowait(None)

    def drop(self) -> None:
        """Reset the connection."""
        self.lost = True
        reset(self._transport)

    async def gone(self) -> None:
        """Wait until the connection is lost for good, without another word to it."""
        while True:
            if self._transport is None or self._transport.is_closing():
                return
            await asyncio.sleep(0.02)

    async def stop(self) -> None:
        """Stop writing."""
        self._writer.cancel()
        await asyncio.gather(self._writer, return_exceptions=True)

    async def _write(self) -> None:
        while True:
            item = await self._queue.get()
            if self.zombie or (self.silent and item is not None):
                continue
            try:
                if item is None:
                    await self.ws.close()
                    return
                await self.ws.send_bytes(pack(item))
            except (ConnectionError, RuntimeError):
                return
