"""Bounded downloads of pictures from addresses that strangers give us.

Safe against a name that resolves to a public address when it is checked and to an inner one when it is used
(DNS rebinding): the name is resolved once, every address is checked, and the connection goes to the checked
address itself; the name is kept for TLS (server name and certificate check) and for the Host header. A proxy
resolves names by itself: then what this machine can resolve is checked, and the proxy's own rules hold.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import urllib.request
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

import httpx

from bot.media.addresses import IPAddress, is_loopback, is_public

Resolve: TypeAlias = Callable[[str, int], Awaitable[tuple[IPAddress, ...]]]
ProxyFor: TypeAlias = Callable[[str, str], str | None]
MakeTransport: TypeAlias = Callable[[str | None], httpx.AsyncBaseTransport]

MOST_REDIRECTS = 5
MOST_ADDRESSES = 4
LONGEST_URL = 8_192
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MISSING = frozenset({404, 410})
WORTH_REPEATING = frozenset({408, 425, 429})


class FetchError(Exception):
    """Something could not be fetched. Its words name the host at most: an address may carry a signature."""


class NotAllowed(FetchError):
    """The address, or one that it redirects to, is none that may be fetched. Not to be repeated."""


class TooLarge(FetchError):
    """More bytes than the bound."""


class Gone(FetchError):
    """It is not there (any more): 404, 410, redirects that lead nowhere. Not to be repeated."""


class Refused(FetchError):
    """It is there, but not for us (any other 4xx answer). Not to be repeated."""


class Unavailable(FetchError):
    """The network, the server or the deadline. May be repeated."""


async def system_resolve(host: str, port: int) -> tuple[IPAddress, ...]:
    """The addresses of a name, as this machine's resolver tells; raises `Unavailable` where there is none."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise Unavailable(f"{host} cannot be found") from error
    except UnicodeError as error:
        raise NotAllowed("that is not a host's name") from error
    return tuple(dict.fromkeys(ipaddress.ip_address(each[4][0]) for each in found))


def environment_proxy(scheme: str, host: str) -> str | None:
    """The proxy that HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY give for a host."""
    proxies = urllib.request.getproxies()
    chosen = proxies.get(scheme) or proxies.get("all")
    if not chosen or urllib.request.proxy_bypass(host):
        return None
    return chosen if "://" in chosen else f"http://{chosen}"


def make_transport(proxy: str | None) -> httpx.AsyncBaseTransport:
    """The real network. No connection is kept: the next name may share an address, not a certificate."""
    context = httpx.create_ssl_context()
    return httpx.AsyncHTTPTransport(
        verify=context, proxy=proxy, trust_env=False, limits=httpx.Limits(max_keepalive_connections=0)
    )


@dataclass(frozen=True, slots=True)
class _Target:
    """Where one request goes: the addresses that were checked, or a proxy."""

    url: httpx.URL
    addresses: tuple[IPAddress, ...]
    proxy: str | None


class Fetcher:
    """Downloads bytes, from https and public addresses only.

    `allow_loopback_http`: this machine may be fetched from as well, also over http (where the service is itself
    set up against this machine). `deadline` is for a whole download with its redirects, in seconds.
    """

    def __init__(
        self,
        *,
        allow_loopback_http: bool = False,
        deadline: float = 60.0,
        resolve: Resolve = system_resolve,
        proxy_for: ProxyFor = environment_proxy,
        make_transport: MakeTransport = make_transport,
    ) -> None:
        self._allow_loopback_http = allow_loopback_http
        self._deadline = deadline
        self._resolve = resolve
        self._proxy_for = proxy_for
        self._make_transport = make_transport
        self._transports: dict[str | None, httpx.AsyncBaseTransport] = {}
        self._making = asyncio.Lock()

    async def fetch(self, url: str, *, limit: int, deadline: float | None = None) -> bytes:
        """The bytes behind an address, at most `limit`; raises `FetchError`."""
        try:
            async with asyncio.timeout(self._deadline if deadline is None else deadline):
                return await self._follow(_parsed(url), limit)
        except TimeoutError as error:
            raise Unavailable("it took too long") from error

    def may_be_public(self, url: str) -> bool:
        """Whether a link may be one for all the world, as far as its words tell; nothing is asked."""
        try:
            target = _parsed(url)
        except NotAllowed:
            return False
        try:
            address = ipaddress.ip_address(target.host)
        except ValueError:
            named = "." in target.host.strip(".") and not target.host.endswith((".local", ".localhost", ".internal"))
            return target.scheme == "https" and named and not target.userinfo
        if self._allow_loopback_http and is_loopback(address):
            return True
        return target.scheme == "https" and is_public(address)

    async def aclose(self) -> None:
        """Close what is open."""
        transports = list(self._transports.values())
        self._transports.clear()
        for transport in transports:
            await transport.aclose()

    async def _follow(self, url: httpx.URL, limit: int) -> bytes:
        for _ in range(MOST_REDIRECTS + 1):
            response = await self._open(await self._check(url))
            try:
                if response.status_code not in REDIRECTS:
                    _judge(response, url.host)
                    return await _read(response, limit, url.host)
                location = response.headers.get("location")
            finally:
                await response.aclose()
            if not location:
                raise Gone(f"{url.host} redirects to nowhere")
            url = _joined(url, location)
        raise Gone(f"{url.host} redirects without end")

    async def _check(self, url: httpx.URL) -> _Target:
        host, port = url.host, url.port or (443 if url.scheme == "https" else 80)
        if url.scheme not in {"https", "http"} or not host:
            raise NotAllowed("only https addresses are fetched")
        if url.userinfo:
            raise NotAllowed("addresses with a login in them are not fetched")
        proxy = self._proxy_for(url.scheme, host)
        try:
            addresses = await self._addresses(host, port)
        except Unavailable:
            if proxy is None or url.scheme != "https":
                raise
            return _Target(url, (), proxy)
        if self._allow_loopback_http and all(is_loopback(each) for each in addresses):
            return _Target(url, addresses, None)
        if url.scheme != "https":
            raise NotAllowed("only https addresses are fetched")
        if not all(is_public(each) for each in addresses):
            raise NotAllowed(f"{host} is not on the public internet")
        return _Target(url, addresses, proxy)

    async def _addresses(self, host: str, port: int) -> tuple[IPAddress, ...]:
        try:
            return (ipaddress.ip_address(host),)
        except ValueError:
            found = await self._resolve(host, port)
        if not found:
            raise Unavailable(f"{host} cannot be found")
        return found

    async def _open(self, target: _Target) -> httpx.Response:
        transport = await self._transport(target.proxy)
        if target.proxy is not None:
            return await _send(transport, target.url, None)
        failure: Unavailable | None = None
        for address in target.addresses[:MOST_ADDRESSES]:
            try:
                return await _send(transport, target.url, address)
            except _NotConnected as error:
                failure = error
        raise Unavailable(f"{target.url.host} cannot be reached") from failure

    async def _transport(self, proxy: str | None) -> httpx.AsyncBaseTransport:
        async with self._making:
            if proxy not in self._transports:
                # Reading the system's certificates takes a tenth of a second: not in the loop.
                self._transports[proxy] = await asyncio.to_thread(self._make_transport, proxy)
        return self._transports[proxy]


class _NotConnected(Unavailable):
    """No connection to this one address: another may do."""


async def _send(transport: httpx.AsyncBaseTransport, url: httpx.URL, address: IPAddress | None) -> httpx.Response:
    """One GET; with an address, the connection goes there whatever the name says by now."""
    extensions: dict[str, object] = {"timeout": httpx.Timeout(20.0, connect=8.0).as_dict()}
    headers = {"Host": url.netloc.decode("ascii"), "Accept": "image/*", "Accept-Encoding": "identity"}
    wire = url
    if address is not None:
        wire = url.copy_with(host=str(address))
        extensions["sni_hostname"] = url.raw_host.decode("ascii")
    try:
        return await transport.handle_async_request(httpx.Request("GET", wire, headers=headers, extensions=extensions))
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise _NotConnected(f"{url.host} cannot be reached") from error
    except (httpx.TransportError, ssl.SSLError) as error:
        raise Unavailable(f"{url.host} broke off") from error


def _judge(response: httpx.Response, host: str) -> None:
    status = response.status_code
    if status >= 500 or status in WORTH_REPEATING:
        raise Unavailable(f"{host} answered {status}")
    if status in MISSING or not 200 <= status < 500:
        raise Gone(f"{host} answered {status}")
    if status >= 300:
        raise Refused(f"{host} answered {status}")
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise Gone(f"{host} sent it packed, which was not asked for")


async def _read(response: httpx.Response, limit: int, host: str) -> bytes:
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        raise TooLarge(f"{host} sends {declared} bytes, more than {limit}")
    received = bytearray()
    try:
        async for part in response.aiter_raw():
            if len(received) + len(part) > limit:
                raise TooLarge(f"{host} sends more than {limit} bytes")
            received += part
    except httpx.TransportError as error:
        raise Unavailable(f"{host} broke off") from error
    return bytes(received)


def _parsed(url: str) -> httpx.URL:
    if len(url) > LONGEST_URL:
        raise NotAllowed("the address is too long")
    try:
        return httpx.URL(url)
    except httpx.InvalidURL as error:
        raise NotAllowed("that is not an address") from error


def _joined(url: httpx.URL, location: str) -> httpx.URL:
    if len(location) > LONGEST_URL:
        raise NotAllowed("the address is too long")
    try:
        return url.join(location)
    except httpx.InvalidURL as error:
        raise NotAllowed(f"{url.host} redirects to something that is not an address") from error
