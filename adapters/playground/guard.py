"""What keeps other sites out of a page on loopback: Host, Origin, and headers that bind the browser."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_READING = frozenset({"GET", "HEAD"})


def is_loopback(host: str) -> bool:
    """Whether a Host header names this machine.

    A name that an attacker's DNS points to 127.0.0.1 does not (DNS rebinding).
    """
    try:
        parts = urlsplit(f"//{host}")
        valid = parts.netloc == host and parts.username is None and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    return valid and parts.hostname in _LOOPBACK


def policy(connect: str | None) -> str:
    """The Content-Security-Policy: our own files only, no inline script or style, no markup made from strings."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' blob: data:",
            f"connect-src 'self' {connect}" if connect else "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def origin_of(url: str) -> str:
    """Scheme and authority of a URL."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


class Guard:
    """Middleware around each route of the page."""

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self._app = app
        self._headers = {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse with 403 or 421, or pass on."""

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = _refusal(scope)
        await (refusal or self._app)(scope, receive, send_guarded)


def _refusal(scope: Scope) -> PlainTextResponse | None:
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    if not is_loopback(host):
        return PlainTextResponse("this page answers on loopback only", status_code=421)
    if scope["method"] not in _READING and headers.get("origin") != f"{scope['scheme']}://{host}":
        return PlainTextResponse("only the page itself may post", status_code=403)
    return None
