"""The HTTP side: health, readiness, metrics, and the routes that platforms bring."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp
from typing_extensions import override

from bot.metrics import Metrics

FINISH_SECONDS = 0.5
"""What answers under way may still take at the end; then their connections are closed."""

CLOSE_SECONDS = 1.0
"""What a handler may take to notice that its connection is closed; then it is cancelled."""


class PortTaken(Exception):
    """The address cannot be listened on. Its words name host and port."""


def build_app(
    *, parts: Callable[[], Mapping[str, str | None]], metrics: Metrics, routes: Sequence[BaseRoute] = ()
) -> Starlette:
    """The app. `parts` gives each part's name with None where it is ready, else one plain line."""

    def healthz(_: Request) -> Response:
        return PlainTextResponse("ok\n")

    def readyz(_: Request) -> Response:
        found = parts()
        ready = all(trouble is None for trouble in found.values())
        shown = {
            name: {"ready": True} if trouble is None else {"ready": False, "trouble": trouble}
            for name, trouble in found.items()
        }
        return JSONResponse({"ready": ready, "parts": shown}, status_code=200 if ready else 503)

    def show_metrics(_: Request) -> Response:
        return Response(metrics.page(), media_type=metrics.content_type)

    return Starlette(
        routes=[
            Route("/healthz", _on_loop(healthz)),
            Route("/readyz", _on_loop(readyz)),
            Route("/metrics", _on_loop(show_metrics)),
            *routes,
        ]
    )


def _on_loop(handler: Callable[[Request], Response]) -> Callable[[Request], object]:
    """Starlette would take a plain function to a thread; these look at what belongs to the loop."""

    async def handle(request: Request) -> Response:
        return handler(request)

    return handle


class WebServer:
    """Serves an app while its block lasts: `async with WebServer(app, host, port) as web: … web.url`.

    Entering raises `PortTaken`. Leaving takes two seconds at most, also with event streams open.
    """

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        self._host = host
        self._wanted = port
        self._server = _Server(
            uvicorn.Config(
                app,
                http="h11",
                ws="none",
                lifespan="off",
                interface="asgi3",
                log_config=None,
                access_log=False,
                server_header=False,
            )
        )
        self._port: int | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        """The real port, also where 0 was asked for."""
        if self._port is None:
            raise RuntimeError("the server is not running")
        return self._port

    @property
    def url(self) -> str:
        """`http://HOST:PORT`, as a browser takes it."""
        return url_of(self._host, self.port)

    async def __aenter__(self) -> Self:
        listener = await listen(self._host, self._wanted)
        self._port = int(listener.getsockname()[1])
        self._task = asyncio.create_task(self._server.serve(sockets=[listener]), name="http")
        ready = asyncio.create_task(self._server.ready.wait())
        await asyncio.wait({ready, self._task}, return_when=asyncio.FIRST_COMPLETED)
        if not ready.done():
            ready.cancel()
            await self._task
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        if self._task is not None:
            await self._task


class _Server(uvicorn.Server):
    """Uvicorn without its signal handlers, and with an end that streams without end do not hold up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    @contextlib.contextmanager
    @override
    def capture_signals(self) -> Iterator[None]:
        yield

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if self.server_state.tasks:
            await asyncio.wait(set(self.server_state.tasks), timeout=FINISH_SECONDS)
        # A closed connection is what a stream's handler waits for: it ends by itself, without a traceback.
        for connection in list(self.server_state.connections):
            connection.transport.close()
        if self.server_state.tasks:
            await asyncio.wait(set(self.server_state.tasks), timeout=CLOSE_SECONDS)
        for task in set(self.server_state.tasks):
            task.cancel()


async def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises `PortTaken`."""
    shown = f"{_in_url(host)}:{port}"
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except OSError as error:
        raise PortTaken(f"{host} is not an address of this machine") from error
    family, kind, protocol, _, address = found[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
        listener.setblocking(False)
    except OSError as error:
        listener.close()
        match error.errno:
            case errno.EADDRINUSE:
                raise PortTaken(f"{shown} is taken by another program") from error
            case errno.EACCES:
                raise PortTaken(f"{shown} may not be used by this user") from error
            case errno.EADDRNOTAVAIL:
                raise PortTaken(f"{host} is not an address of this machine") from error
            case _:
                raise PortTaken(f"{shown} cannot be listened on: {error.strerror}") from error
    return listener


def url_of(host: str, port: int) -> str:
    """`http://HOST:PORT`, as a browser takes it."""
    return f"http://{_in_url(host)}:{port}"


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
