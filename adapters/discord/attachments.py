"""Fetching attached pictures: by the address that came with them, by a fresh one where that has expired."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Awaitable, Callable

import httpx

from adapters.discord.payload import JsonObject
from adapters.discord.pictures import Reference, found_again
from adapters.port import AttachmentError, AttachmentTooLarge

HOSTS = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
"""Where Discord keeps files; nothing else is fetched, whatever a payload says."""

ATTEMPTS = 3
PAUSE = 1.0
DEADLINE = 60.0
EXPIRED = frozenset({401, 403, 404, 410})

ReadMessage = Callable[[str, str], Awaitable[JsonObject]]
"""A message by channel and id, as it is now. Raises `AttachmentError`."""


class _Expired(Exception):
    """The address does not hold any more."""


class Attachments:
    """Downloads within bounds. `local`: files may lie on this machine too, over http. `transport` is httpx's own."""

    def __init__(
        self, read_message: ReadMessage, *, local: bool, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._read_message = read_message
        self._local = local
        self._transport = transport
        self._client: httpx.AsyncClient | None = None
        self._making = asyncio.Lock()

    async def fetch(self, reference: str, limit: int) -> bytes:
        """The bytes, at most `limit`. Raises `AttachmentError`."""
        try:
            wanted = Reference.decode(reference)
        except ValueError as error:
            raise AttachmentError(str(error)) from error
        try:
            async with asyncio.timeout(DEADLINE):
                try:
                    return await self._download(wanted.url, limit)
                except _Expired:
                    return await self._download(await self._fresh(wanted), limit)
        except _Expired as error:
            raise AttachmentError("the picture is gone") from error
        except TimeoutError as error:
            raise AttachmentError("the picture took too long") from error

    async def close(self) -> None:
        """Close what is open."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def _fresh(self, wanted: Reference) -> str:
        if not (wanted.channel and wanted.message):
            raise _Expired
        url = found_again(await self._read_message(wanted.channel, wanted.message), wanted.attachment)
        if url is None:
            raise _Expired
        return url

    async def _download(self, url: str, limit: int) -> bytes:
        self._check(url)
        client = await self._http()
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await _read(client, url, limit)
            except (httpx.TransportError, httpx.DecodingError, _Passing) as error:
                if attempt == ATTEMPTS:
                    raise AttachmentError("the picture cannot be fetched") from error
                await asyncio.sleep(PAUSE * attempt)
        raise AttachmentError("the picture cannot be fetched")

    def _check(self, url: str) -> None:
        try:
            parsed = httpx.URL(url)
        except httpx.InvalidURL as error:
            raise AttachmentError("the picture has no address") from error
        known = parsed.scheme == "https" and parsed.host in HOSTS
        if not known and not (self._local and is_loopback(parsed.host)):
            raise AttachmentError("the picture is not where Discord keeps pictures")

    async def _http(self) -> httpx.AsyncClient:
        async with self._making:
            if self._client is None:
                # Reading the system's certificates takes a tenth of a second: not in the loop.
                self._client = await asyncio.to_thread(
                    httpx.AsyncClient, timeout=httpx.Timeout(20.0, connect=8.0), transport=self._transport
                )
            return self._client


class _Passing(Exception):
    """It may work at the next attempt."""


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


async def _read(client: httpx.AsyncClient, url: str, limit: int) -> bytes:
    async with client.stream("GET", url) as response:
        if response.status_code in EXPIRED:
            raise _Expired
        if response.status_code == 429 or response.status_code >= 500:
            raise _Passing
        if response.status_code != 200:
            raise AttachmentError(f"the picture's place answered {response.status_code}")
        declared = response.headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > limit:
            raise AttachmentTooLarge("the picture is too large")
        received = bytearray()
        async for part in response.aiter_bytes():
            received += part
            if len(received) > limit:
                raise AttachmentTooLarge("the picture is too large")
        return bytes(received)
