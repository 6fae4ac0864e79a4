"""The way out: proxies, and whether a host can be reached at all."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from bot.doctor.finding import Finding, failed, proven, unknown
from bot.settings import is_loopback_url

ANSWER_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class HostCheck:
    """A host takes a connection, and its certificate is valid; nothing is sent. `setting` says where it is."""

    url: str
    setting: str

    async def __call__(self) -> AsyncIterator[Finding]:
        parts = urlsplit(self.url)
        secure = parts.scheme == "https"
        if proxy_for(self.url):
            yield unknown("network", f"whether {parts.netloc} answers, before something is sent: it is behind a proxy")
            return
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                _, writer = await asyncio.open_connection(
                    parts.hostname,
                    parts.port or (443 if secure else 80),
                    ssl=httpx.create_ssl_context() if secure else None,
                )
        except OSError as error:
            what, advice = why_not(error)
            yield failed(
                "network", f"{parts.netloc} cannot be reached: {what}", f"{advice} {self.setting} says where it is."
            )
        else:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()
            safety = "its certificate is valid" if secure else "http, on this machine"
            yield proven("network", f"{parts.netloc} can be reached ({safety})")


def why_not(error: OSError) -> tuple[str, str]:
    """Why a host cannot be reached, and what to do about it."""
    match error:
        case ssl.SSLCertVerificationError():
            return (
                "its certificate is not trusted",
                "Where a proxy opens TLS, name its certificate in SSL_CERT_FILE; checking is never turned off.",
            )
        case ssl.SSLError():
            return "it does not answer over TLS", "Check the address, and whether a proxy is in the way."
        case socket.gaierror():
            return "its name is not known", "Check the internet connection and the name server."
        case TimeoutError():
            return "it does not answer in time", "Check the internet connection, a firewall, or set HTTPS_PROXY."
        case _:
            return "the connection is refused", "Check the internet connection, a firewall, or set HTTPS_PROXY."


@dataclass(frozen=True, slots=True)
class ProxyCheck:
    """Which proxy the way to each address leads through, as the environment says."""

    urls: tuple[str, ...]

    async def __call__(self) -> AsyncIterator[Finding]:
        for url in dict.fromkeys(self.urls):
            proxy = proxy_for(url)
            host = urlsplit(url).netloc
            yield proven("proxy", f"{host} is reached through {proxy}" if proxy else f"{host} is reached directly")


def proxy_for(url: str) -> str:
    """The proxy for an address, without its name and password; "" for none."""
    parts = urlsplit(url)
    if is_loopback_url(url) or proxy_bypass(parts.hostname or ""):
        return ""
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all") or ""
    scheme, separator, rest = proxy.rpartition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}".rstrip("/")
