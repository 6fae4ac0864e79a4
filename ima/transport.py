"""One exchange with a host: pooled, timed, bounded, and honest about whether anything left.

What the installed HTTP library does was read in its source, since a create must never be on the wire
twice: over HTTP/1.1 its pool sends a request again only where a connection was taken by another before
the first byte; a kept connection that the server closed raises. Creates do not even meet that: they
travel on connections of their own that are never reused, so that a server that closes an idle
connection at the wrong moment cannot make an answer look lost. With HTTP/2 the pool does repeat, after
a GOAWAY: one reason why it is off.
"""

from __future__ import annotations

import asyncio
import ssl
import zlib
from collections.abc import Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType

import httpx
from typing_extensions import override

from ima.answers import Answer
from ima.errors import BrokenAnswer, ConnectionLost, Unreachable
from ima.secret import ApiKey

CONNECT_SECONDS = 10.0
WRITE_SECONDS = 30.0
READ_SECONDS = 30.0
POOL_SECONDS = 10.0
MOST_CONNECTIONS = 100
# Longer than the time between two polls, so that they share a connection.
KEPT_SECONDS = 15.0

# These are raised before the first byte of a request only.
_NOTHING_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


class _QuietURL(httpx.URL):
    """A URL that goes over the wire whole and into a text without its query.

    The HTTP library logs each request's URL; a presigned one, and the upload token's GET, have secrets
    in their query.
    """

    @override
    def __str__(self) -> str:
        return str(self.copy_with(query=None))

    @override
    def __repr__(self) -> str:
        return f"URL({str(self)!r})"


class _Departure:
    """Whether the first byte of the request may have left; a proxy's CONNECT is not the request."""

    def __init__(self) -> None:
        self.left = False

    async def __call__(self, event: str, info: Mapping[str, object]) -> None:
        if event.endswith("send_request_headers.started"):
            method = getattr(info.get("request"), "method", b"")
            self.left = self.left or method != b"CONNECT"


class Wire:
    """The two pools. `transport` replaces the network, for tests. An async context manager."""

    def __init__(self, key: ApiKey, transport: httpx.AsyncBaseTransport | None) -> None:
        self._key = key
        self._transport = transport
        self._shared: httpx.AsyncClient | None = None
        self._single_use: httpx.AsyncClient | None = None

    async def __aenter__(self) -> Wire:
        # Always on; made once for both pools, and it honours SSL_CERT_FILE.
        verification = httpx.create_ssl_context() if self._transport is None else True
        self._shared = self._client(verification, kept=50)
        self._single_use = self._client(verification, kept=0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        clients = [client for client in (self._shared, self._single_use) if client is not None]
        self._shared = self._single_use = None
        for client in clients:
            await client.aclose()

    async def exchange(
        self,
        method: str,
        url: httpx.URL,
        *,
        headers: Mapping[str, str],
        content: bytes | None = None,
        limit: int,
        seconds: float,
        alone: bool = False,
    ) -> Answer:
        """One attempt. `limit` bounds the answer in bytes, `seconds` everything together.

        `alone` takes a connection that nothing else has used or will use.
        Raises Unreachable (nothing left), ConnectionLost or BrokenAnswer (something may have).
        """
        client = self._single_use if alone else self._shared
        if client is None:
            raise RuntimeError("use ImaClient as an async context manager: `async with ImaClient(…) as ima`")
        departure = _Departure()
        request = client.build_request(method, url, headers=headers, content=content, extensions={"trace": departure})
        request.url = _QuietURL(request.url)
        seen: httpx.Response | None = None
        try:
            async with asyncio.timeout(seconds):
                seen = await client.send(request, stream=True)
                try:
                    body = await _read(seen, limit)
                finally:
                    await seen.aclose()
        except (httpx.HTTPError, OSError, BrokenAnswer) as error:
            if seen is not None and 400 <= seen.status_code < 500:
                return Answer(seen.status_code, seen.headers.get("Retry-After"), b"")
            if isinstance(error, BrokenAnswer):
                raise
            # A transport handed in does not report departures: then the kind of error alone decides.
            silent = self._transport is None and not departure.left
            # A server's own bytes may be in the cause's text, and the key in them.
            cause = error if self._key.scrub(str(error)) == str(error) else None
            if silent or isinstance(error, _NOTHING_SENT):
                raise Unreachable(f"{url.host} could not be reached ({type(error).__name__})") from cause
            raise ConnectionLost(f"no answer from {url.host} ({type(error).__name__})") from cause
        return Answer(seen.status_code, seen.headers.get("Retry-After"), body)

    def _client(self, verification: ssl.SSLContext | bool, *, kept: int) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            transport=self._transport,
            verify=verification,
            http2=False,
            follow_redirects=False,  # the key goes to its two hosts only
            timeout=httpx.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS, write=WRITE_SECONDS, pool=POOL_SECONDS),
            limits=httpx.Limits(
                max_connections=MOST_CONNECTIONS, max_keepalive_connections=kept, keepalive_expiry=KEPT_SECONDS
            ),
            headers={"Accept": "application/json", "Accept-Encoding": "gzip"},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            trust_env=True,
            # This machine is never behind a proxy, and a proxy would read what goes there in the clear.
            mounts=dict.fromkeys(("all://localhost", "all://127.0.0.1", "all://[::1]")),
        )


async def _read(response: httpx.Response, limit: int) -> bytes:
    """The body, cut off as soon as it is too long, packed or unpacked."""
    packed = bytearray()
    if not isinstance(response.stream, httpx.AsyncByteStream):
        raise TypeError("the transport must answer with an async stream")
    async for chunk in response.stream:
        packed += chunk
        if len(packed) > limit:
            raise BrokenAnswer(f"the answer is longer than {limit} bytes")
    encoding = response.headers.get("Content-Encoding", "identity").strip().casefold()
    if encoding in ("identity", ""):
        return bytes(packed)
    if encoding not in ("gzip", "x-gzip"):
        raise BrokenAnswer("the answer has an encoding that was not asked for")
    try:
        unpacker = zlib.decompressobj(wbits=31)
        body = unpacker.decompress(bytes(packed), limit + 1)
    except zlib.error as error:
        raise BrokenAnswer("the answer cannot be unpacked") from error
    if len(body) > limit:
        raise BrokenAnswer(f"the answer is longer than {limit} bytes")
    if not unpacker.eof:
        raise BrokenAnswer("the answer ends before its end")
    return body
