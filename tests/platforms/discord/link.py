"""One gateway connection: what is written to it, compressed or not, and how it breaks."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import zlib

from aiohttp import web

from tests.platforms.discord.basics import Json


def reset(transport: asyncio.BaseTransport | None) -> None:
    """End a TCP connection the hard way: the peer sees a reset."""
    if transport is None or not isinstance(transport, asyncio.WriteTransport) or transport.is_closing():
        return
    sock = transport.get_extra_info("socket")
    if sock is not None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


class Link:
    """Writes to one socket, in order, without making anybody wait."""

    def __init__(self, request: web.Request, ws: web.WebSocketResponse) -> None:
        self.ws = ws
        self.zombie = False
        self.beat_at = 0.0
        self.received: list[float] = []
        self._transport = request.transport
        self._packer = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None
        self._queue: asyncio.Queue[Json | int] = asyncio.Queue()
        self._writer = asyncio.create_task(self._write())

    def send(self, payload: Json) -> None:
        """Queue a payload."""
        if not self.zombie:
            self._queue.put_nowait(payload)

    def close(self, code: int) -> None:
        """Close with a code, after what is queued."""
        if not self.zombie:
            self._queue.put_nowait(code)

    def drop(self) -> None:
        """Reset the connection."""
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
            if self.zombie:
                continue
            try:
                if isinstance(item, int):
                    await self.ws.close(code=item)
                    return
                text = json.dumps(item, ensure_ascii=False)
                if self._packer is None:
                    await self.ws.send_str(text)
                else:
                    packed = self._packer.compress(text.encode()) + self._packer.flush(zlib.Z_SYNC_FLUSH)
                    await self.ws.send_bytes(packed)
            except (ConnectionError, RuntimeError):
                return
