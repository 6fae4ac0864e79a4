"""Bare clients of the local Discord, which can do what a library would not."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import httpx

from tests.platforms.discord_server import Channel, DiscordServer, Interaction

Json = dict[str, Any]

AGENT = "DiscordBot (https://example.org, 1.0)"
QUIET: Json = {"parse": [], "replied_user": False}
MESSAGES = (1 << 0) | (1 << 9) | (1 << 12)
"""The intents guilds, guild_messages and dm_messages."""


class Api:
    """REST with the bot's token."""

    def __init__(self, server: DiscordServer, client: httpx.AsyncClient) -> None:
        self._server = server
        self._client = client
        self._made = 0

    async def call(self, method: str, path: str, body: object = None, **more: Any) -> httpx.Response:
        """Make one request."""
        headers = {"User-Agent": AGENT, "Authorization": f"Bot {self._server.token}", **more.pop("headers", {})}
        headers = {key: value for key, value in headers.items() if value is not None}
        if body is not None:
            more["json"] = body
        return await self._client.request(method, self._server.api_url + path, headers=headers, **more)

    def message(self, content: str = "hello", **more: Any) -> Json:
        """The body of a well-behaved new message."""
        self._made += 1
        return {
            "content": content,
            "nonce": f"n{self._made}",
            "enforce_nonce": True,
            "allowed_mentions": QUIET,
            **more,
        }

    async def send(self, channel: Channel, content: str = "hello", **more: Any) -> httpx.Response:
        """Send a well-behaved message."""
        return await self.call("POST", f"/channels/{channel.id}/messages", self.message(content, **more))

    async def upload(self, channel: Channel, files: Mapping[str, bytes], form: Json | None = None) -> httpx.Response:
        """Send files with a form."""
        parts = {f"files[{index}]": (name, data) for index, (name, data) in enumerate(files.items())}
        body = json.dumps(form or self.message(""))
        return await self.call(
            "POST",
            f"/channels/{channel.id}/messages",
            data={"payload_json": body},
            files=parts,
        )

    async def answer(self, made: Interaction, kind: int, data: Json | None = None) -> httpx.Response:
        """Answer an interaction."""
        body: Json = {"type": kind} | ({} if data is None else {"data": data})
        path = f"/interactions/{made.id}/{made.token}/callback?with_response=1"
        return await self.call("POST", path, body, headers={"Authorization": None})

    async def webhook(self, method: str, made: Interaction, path: str = "", body: Json | None = None) -> httpx.Response:
        """Use an interaction's webhook."""
        whole = f"/webhooks/{self._server.world.application}/{made.token}{path}"
        return await self.call(method, whole, body, headers={"Authorization": None})


@asynccontextmanager
async def api(server: DiscordServer) -> AsyncIterator[Api]:
    """A REST client for as long as the block lasts."""
    async with httpx.AsyncClient(trust_env=False) as client:
        yield Api(server, client)


class Socket:
    """A gateway connection, payload by payload."""

    def __init__(self, server: DiscordServer, ws: aiohttp.ClientWebSocketResponse, *, packed: bool) -> None:
        self._server = server
        self._ws = ws
        self._unpacker = zlib.decompressobj() if packed else None
        self.seq: int | None = None
        self.session = ""

    async def send(self, operation: int, data: object) -> None:
        """Send a payload."""
        await self._ws.send_str(json.dumps({"op": operation, "d": data}))

    async def next(self, wanted: str | int | None = None) -> Json:
        """Return the next payload, or the next with this event's name or this operation."""
        while True:
            message = await asyncio.wait_for(self._ws.receive(), 5)
            if message.type is aiohttp.WSMsgType.CLOSE:
                raise ConnectionError(message.data)
            if message.type in {aiohttp.WSMsgType.ERROR, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSING}:
                raise ConnectionResetError
            text = message.data if self._unpacker is None else self._unpacker.decompress(message.data)
            payload: Json = json.loads(text)
            self.seq = payload["s"] if payload["s"] is not None else self.seq
            if payload["t"] == "READY":
                self.session = payload["d"]["session_id"]
            if wanted is None or wanted in {payload["t"], payload["op"]}:
                return payload

    async def closed(self) -> int:
        """Return the code that the connection is closed with."""
        try:
            while True:
                await self.next()
        except ConnectionResetError:
            return 0
        except ConnectionError as error:
            return int(error.args[0])

    async def identify(self, intents: int = MESSAGES, **more: Any) -> None:
        """Begin a session."""
        properties = {"os": "linux", "browser": "test", "device": "test"}
        await self.send(2, {"token": self._server.token, "intents": intents, "properties": properties, **more})

    async def resume(self, session: str, seq: int | None) -> None:
        """Go on with a session."""
        await self.send(6, {"token": self._server.token, "session_id": session, "seq": seq})

    async def leave(self, code: int = 4000) -> None:
        """Close with a code."""
        await self._ws.close(code=code)


@asynccontextmanager
async def gateway(server: DiscordServer, query: str = "v=10&encoding=json") -> AsyncIterator[Socket]:
    """A gateway connection for as long as the block lasts."""
    async with (
        aiohttp.ClientSession(headers={"User-Agent": AGENT}) as session,
        session.ws_connect(f"{server.gateway.url}/?{query}", autoclose=False) as ws,
    ):
        yield Socket(server, ws, packed="zlib" in query)


@asynccontextmanager
async def identified(server: DiscordServer, intents: int = MESSAGES) -> AsyncIterator[Socket]:
    """A gateway connection with a session."""
    async with gateway(server) as socket:
        await socket.identify(intents)
        await socket.next("READY")
        yield socket
