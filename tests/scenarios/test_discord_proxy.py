"""Where the environment names a proxy, all that goes to Discord goes through it: REST, the gateway, attachments.

Discord's real addresses are used. Only the proxy can be reached, and it leads them, TLS and all, to the local Discord.
"""

from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp.connector
import pytest
from pydantic import SecretStr

from adapters.port import Adapter
from bot.platforms import discord_platform
from bot.settings import DiscordSettings
from protocol.messages import AttachedImage, Incoming, Outgoing, Priority
from tests.platforms.discord_server import DiscordServer, discord_server
from tests.scenarios.house import LOCALES
from tests.scenarios.test_pictures import png

REST, GATEWAY, FILES = "discord.com", "gateway.discord.gg", "cdn.discordapp.com"
PATIENCE = 20.0


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """For Discord's names, signed by itself; the key stands in the same file."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed: the test behind a proxy is left out")
    key, found = tmp_path / "key.pem", tmp_path / "certificate.pem"
    names = ",".join(f"DNS:{name}" for name in (REST, GATEWAY, FILES))
    command = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=local Discord")
    subprocess.run(
        (*command, "-addext", f"subjectAltName={names}", "-keyout", str(key), "-out", str(found)),
        check=True,
        capture_output=True,
    )
    found.write_text(found.read_text() + key.read_text())
    return found


@dataclass
class Proxy:
    """A proxy as companies have them: `CONNECT name:443`, and a tunnel."""

    ports: dict[str, int]
    context: ssl.SSLContext | None = None
    asked: list[str] = field(default_factory=list)
    url: str = ""
    _tunnels: set[asyncio.Task[None]] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        task = asyncio.current_task()
        assert task is not None
        self._tunnels.add(task)
        with suppress(ConnectionError, ssl.SSLError):
            request = (await reader.readuntil(b"\r\n\r\n")).decode()
            self.asked.append(" ".join(request.split()[:2]))
            assert self.context is not None
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await writer.drain()
            await writer.start_tls(self.context)
            host = request.split()[1].removesuffix(":443")
            there, back = await asyncio.open_connection("127.0.0.1", self.ports[host])
            async with asyncio.TaskGroup() as group:
                group.create_task(_carry(reader, back))
                group.create_task(_carry(there, writer))
        writer.close()

    async def end(self) -> None:
        """Cut what is left of the tunnels."""
        for tunnel in self._tunnels:
            tunnel.cancel()
        await asyncio.gather(*self._tunnels, return_exceptions=True)


async def _carry(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await source.read(65_536):
            target.write(data)
            await target.drain()
    target.close()


@asynccontextmanager
async def proxy(discord: DiscordServer, certificate: Path | None) -> AsyncIterator[Proxy]:
    rest, gateway = urlsplit(discord.api_url).port, urlsplit(discord.gateway.url).port
    assert rest is not None
    assert gateway is not None
    found = Proxy({REST: rest, FILES: rest, GATEWAY: gateway})
    if certificate is not None:
        found.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        found.context.load_cert_chain(certificate)
    server = await asyncio.start_server(found.serve, "127.0.0.1", 0)
    found.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield found
    finally:
        server.close()
        await found.end()


@asynccontextmanager
async def connected(
    discord: DiscordServer, api_url: str, folder: Path
) -> AsyncIterator[tuple[Adapter, asyncio.Queue[Incoming]]]:
    """The adapter, while it is connected, and what it hears."""
    heard: asyncio.Queue[Incoming] = asyncio.Queue()
    settings = DiscordSettings(token=SecretStr(discord.token), api_url=api_url, channels=frozenset(), shards=None)
    adapter = discord_platform(settings, LOCALES, folder).adapter
    running = asyncio.create_task(adapter.run(heard.put))
    try:
        await discord.wait_for(lambda: adapter.trouble() is None, PATIENCE)
        yield adapter, heard
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def ask_and_answer(discord: DiscordServer, adapter: Adapter, heard: asyncio.Queue[Incoming]) -> None:
    """Somebody shows a photo; it is fetched, and answered."""
    guild = discord.places.guild()
    channel, mei = discord.places.channel(guild), discord.places.user("mei", guild)
    photo = png("#102030")
    discord.say(mei, channel, "变成油画", [photo])
    async with asyncio.timeout(PATIENCE):
        incoming = await heard.get()
        image = incoming.images[0]
        assert isinstance(image, AttachedImage)
        assert await adapter.fetch(image, 10**7) == photo
        await adapter.send(Outgoing(incoming.address, "k" * 24, "好的！", Priority.REPLY, reply=True))
    assert [each.content for each in discord.messages(channel)] == ["好的！"]


async def test_rest_gateway_and_pictures_go_through_the_proxy(
    tmp_path: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with discord_server() as discord, proxy(discord, certificate) as way:
        discord.gateway.url, discord.cdn.base = f"wss://{GATEWAY}", f"https://{FILES}"
        monkeypatch.setenv("HTTPS_PROXY", way.url)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        trusting = ssl.create_default_context(cafile=str(certificate))
        # Made from the system's certificates when it is imported.
        monkeypatch.setattr(aiohttp.connector, "_SSL_CONTEXT_VERIFIED", trusting)
        async with connected(discord, f"https://{REST}/api/v10", tmp_path / "discord") as (adapter, heard):
            await ask_and_answer(discord, adapter, heard)
        assert set(way.asked) == {f"CONNECT {each}:443" for each in (REST, GATEWAY, FILES)}
        assert discord.violations == []


async def test_what_is_named_in_no_proxy_goes_straight(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with discord_server() as discord, proxy(discord, None) as way:
        for name in ("HTTP_PROXY", "HTTPS_PROXY"):
            monkeypatch.setenv(name, way.url)
        monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")
        async with connected(discord, discord.api_url, tmp_path / "discord") as (adapter, heard):
            await ask_and_answer(discord, adapter, heard)
        assert way.asked == []
        assert discord.violations == []
