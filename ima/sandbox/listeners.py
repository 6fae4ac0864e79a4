"""A port that serves one ASGI app, can be closed and opened again, and can break a connection in the middle."""

import asyncio
import contextlib
import socket
import struct

import uvicorn
from starlette.types import ASGIApp
from uvicorn.lifespan.off import LifespanOff
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState


class Listener:
    """One host of the sandbox. The port stays its own: opened again, it is the same."""

    def __init__(self, host: str, port: int) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._host = host
        self._socket: socket.socket | None = _bound(family, host, port)
        self._socket.listen(1024)
        self._family = family
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{self.port}"
        self._state = ServerState()
        self._server: asyncio.Server | None = None
        self._config: uvicorn.Config | None = None

    async def open(self, app: ASGIApp | None = None) -> None:
        """Accept connections; with an app the first time, the same one after.

        Raises:
            OSError: the port cannot be listened on.
        """
        if app is not None:
            self._config = uvicorn.Config(
                app,
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                ws="none",
                timeout_keep_alive=75,
            )
            self._config.load()
        if self._server is not None or self._config is None:
            return
        config = self._config
        bound, self._socket = self._socket, None
        if bound is None:
            bound = _bound(self._family, self._host, self.port)

        def protocol() -> asyncio.Protocol:
            return H11Protocol(config=config, server_state=self._state, app_state=LifespanOff(config).state)

        self._server = await asyncio.get_running_loop().create_server(protocol, sock=bound, backlog=1024)

    async def refuse(self) -> None:
        """Refuse connections until it is opened again, and break those that there are."""
        await self.close()
        # Bound and not listening, it refuses; not bound, somebody else's connection may take the port meanwhile.
        self._socket = _bound(self._family, self._host, self.port)

    async def close(self) -> None:
        """End all of it, the connections that there are too."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        if self._server is None:
            return
        server, self._server = self._server, None
        server.close()
        for connection in list(self._state.connections):
            connection.transport.abort()
        tasks = list(self._state.tasks)
        if tasks:
            # Most notice that their client is gone; the rest is made to.
            await asyncio.wait(tasks, timeout=0.2)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(server.wait_closed(), 1)

    def reset(self, client: tuple[str, int]) -> None:
        """Break the connection that comes from that address, in a way that the client notices at once."""
        for connection in list(self._state.connections):
            if isinstance(connection, H11Protocol) and connection.client == client:
                # Lingering for no time makes the kernel send RST instead of FIN.
                linger = struct.pack("ii", 1, 0)
                connection.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                connection.transport.abort()


def _bound(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    # asyncio turns Nagle's algorithm off only where the protocol is named; with it, each answer waits 40 ms.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.setblocking(False)
    except OSError:
        bound.close()
        raise
    return bound
