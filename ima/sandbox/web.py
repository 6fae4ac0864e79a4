"""Pictures that an order may name by URL: uploads and results of the own storage, and the public web.

The web has two parts: pictures that a test placed under an https URL, and, where allowed, the real one.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from ima.sandbox.refusals import RefusalError, bad_request
from ima.sandbox.uploads import Bucket

MOST_BYTES: Final = 30 * 1024 * 1024
_SECONDS: Final = 15.0


@dataclass(slots=True)
class Web:
    """Where input pictures come from.

    `storage` is the base URL of the own storage host, `result` looks a finished picture up by its name.
    """

    bucket: Bucket
    storage: str
    fetch: bool
    result: Callable[[str], Awaitable[bytes | None]]
    _placed: dict[str, bytes] = field(default_factory=dict)

    def place(self, url: str, body: bytes) -> None:
        """Let a public https URL have a picture.

        Raises:
            RefusalError: the URL is not a public https one.
        """
        _check_public(url)
        self._placed[url] = body

    def reset(self) -> None:
        """Forget the placed pictures."""
        self._placed.clear()

    async def pictures(self, urls: Sequence[str]) -> Sequence[bytes]:
        """Return the bytes behind every URL.

        Raises:
            RefusalError: one is neither of the own storage nor a public https URL, or nothing can be had from it.
        """
        return [await self._picture(url) for url in urls]

    async def _picture(self, url: str) -> bytes:
        if url.startswith(f"{self.storage}/uploads/"):
            upload = self.bucket.get(url.removeprefix(f"{self.storage}/uploads/"))
            if upload is None:
                raise bad_request("an input picture was never uploaded")
            return upload.body
        if url.startswith(f"{self.storage}/results/"):
            result = await self.result(url.removeprefix(f"{self.storage}/results/"))
            if result is None:
                raise _unreachable()
            return result
        _check_public(url)
        if (placed := self._placed.get(url)) is not None:
            return placed
        if not self.fetch:
            raise _unreachable()
        return await self._fetch(url)

    async def _fetch(self, url: str) -> bytes:
        # Loaded with the first fetch: most runs never need it, and start-up is to be quick.
        import httpx

        host = urlsplit(url).hostname or ""
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, 443, type=socket.SOCK_STREAM)
            if not all(ipaddress.ip_address(each[4][0]).is_global for each in found):
                raise bad_request("an input picture is not at a public address")
            body = bytearray()
            async with (
                httpx.AsyncClient(timeout=_SECONDS, follow_redirects=False) as client,
                client.stream("GET", url) as answer,
            ):
                answer.raise_for_status()
                async for chunk in answer.aiter_bytes():
                    body += chunk
                    if len(body) > MOST_BYTES:
                        raise _unreachable()
            return bytes(body)
        except (OSError, httpx.HTTPError) as error:
            raise _unreachable() from error


def _unreachable() -> RefusalError:
    return bad_request("an input picture cannot be fetched", violation="")


def _check_public(url: str) -> None:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise bad_request("an input picture has no valid URL") from error
    if parts.scheme != "https" or not host or parts.username is not None or port not in (None, 443):
        raise bad_request("an input picture is not at a public https URL")
    try:
        public = ipaddress.ip_address(host).is_global
    except ValueError:
        public = "." in host.strip(".") and not host.endswith((".local", ".localhost", ".internal"))
    if not public:
        raise bad_request("an input picture is not at a public https URL")
