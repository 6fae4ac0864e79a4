"""Answers that no client should have to expect, and every client gets some day."""

import asyncio

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ima.sandbox.http_parts import envelope
from ima.sandbox.listeners import Listener
from ima.sandbox.options import Clock

_MEGABYTE = 1024 * 1024


def html_page(status: int) -> Response:
    """Return a web page, as gateways answer."""
    return HTMLResponse("<html><head><title>Welcome</title></head><body>nginx</body></html>", status)


def server_error(status: int) -> Response:
    """Return a 5xx that is no envelope."""
    return HTMLResponse(f"<html><body><h1>{status} Bad Gateway</h1></body></html>", status)


def broken_json() -> Response:
    """Return half an envelope under HTTP 200."""
    return Response('{"code": 0, "message": "succ', media_type="application/json")


def garbage_poll(turn: int, listener: Listener, request: Request) -> ASGIApp:
    """Return one of seven bad answers to a poll, by turns."""
    match turn % 7:
        case 0:
            return Broken(listener, request)
        case 1:
            return broken_json()
        case 2:
            return envelope(None, code=429, message="Rate limit exceeded", status=429)
        case 3:
            return server_error(500)
        case 4:
            return envelope({"medias": "none"}, message="success")
        case 5:
            return html_page(200)
        case _:
            return envelope(None, code=5000, message="internal error")


class Broken:
    """No answer at all: the connection is reset."""

    def __init__(self, listener: Listener, request: Request) -> None:
        self._listener = listener
        self._client = request.client

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._client is not None:
            self._listener.reset((self._client.host, self._client.port))
        await disconnected(receive)


class Silence:
    """No answer for some seconds, then a reset; a client that gives up earlier ends it."""

    def __init__(self, clock: Clock, seconds: float, listener: Listener, request: Request) -> None:
        self._then = Broken(listener, request)
        self._clock = clock
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await sleep_unless_gone(self._clock, self._seconds, receive)
        await self._then(scope, receive, send)


async def disconnected(receive: Receive) -> None:
    """Return when the client is gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def sleep_unless_gone(clock: Clock, seconds: float, receive: Receive) -> None:
    """Let time go by, but no longer than the client waits."""
    waits = [asyncio.ensure_future(clock.sleep(seconds)), asyncio.ensure_future(disconnected(receive))]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in waits:
            each.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
