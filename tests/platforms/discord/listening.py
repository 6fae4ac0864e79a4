"""The sockets: REST and CDN on one port, the gateway on another, each of which can be refused."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable

from aiohttp import web

from tests.platforms.discord.link import reset

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_BODY = 256 * 1024 * 1024


class Door:
    """One listening port, which stays the same when it is shut and opened again."""

    def __init__(self, routes: list[tuple[str, str, Handler]]) -> None:
        self.port = 0
        self._app = web.Application(client_max_size=_BODY)
        for method, path, handler in routes:
            self._app.router.add_route(method, path, handler)
        self._runner = web.AppRunner(self._app, access_log=None, handle_signals=False, shutdown_timeout=0.1)
        self._site: web.SockSite | None = None
        self._kept: socket.socket | None = None

    async def open(self) -> None:
        """Listen; on the same port as before."""
        if self._site is not None:
            return
        if self._runner.server is None:
            await self._runner.setup()
        sock = self._kept or self._bound()
        self._kept = None
        self._site = web.SockSite(self._runner, sock)
        await self._site.start()

    def _bound(self) -> socket.socket:
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(("127.0.0.1", self.port))
        self.port = sock.getsockname()[1]
        return sock

    async def shut(self) -> None:
        """Refuse new connections and reset those that are there."""
        if self._site is not None:
            await self._site.stop()
            self._site = None
            # Bound and not listening, it refuses; not bound, somebody else's connection may take the port meanwhile.
            self._kept = self._bound()
        self.reset()

    def reset(self) -> None:
        """Reset every connection."""
        server = self._runner.server
        for connection in [] if server is None else server.connections:
            reset(connection.transport)

    async def close(self) -> None:
        """End for good."""
        self.reset()
        await asyncio.sleep(0)
        await self._runner.cleanup()
        if self._kept is not None:
            self._kept.close()
