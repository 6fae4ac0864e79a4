"""Bare clients of the local Feishu, which can do what a library would not."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import httpx
from PIL import Image

from tests.platforms.feishu.frames import CONTROL, DATA, Frame, pack, unpack
from tests.platforms.feishu_server import Chat, FeishuServer, Message, Shown

Json = dict[str, Any]
_NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Nothing here speaks TLS, and to load the world's certificates takes a tenth of a second a client."""


class Time:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


def names(server: FeishuServer) -> list[str]:
    """The names of what was noted."""
    return [violation.name for violation in server.violations]


def picture(width: int = 8, height: int = 8, kind: str = "PNG") -> bytes:
    """A real picture."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 120, 40)).save(out, kind)
    return out.getvalue()


def card(*elements: Json, **more: Any) -> Json:
    """A card in schema 2.0."""
    return {"schema": "2.0", "config": {"update_multi": True}, "body": {"elements": list(elements)}, **more}


def words(content: str) -> Json:
    """A card's markdown."""
    return {"tag": "markdown", "content": content}


def button(label: str, value: object) -> Json:
    """A card's button that calls back."""
    text = {"tag": "plain_text", "content": label}
    return {"tag": "button", "text": text, "behaviors": [{"type": "callback", "value": value}]}


class Api:
    """REST with the app's token, fetched when it is first needed."""

    def __init__(self, server: FeishuServer, client: httpx.AsyncClient) -> None:
        self._server = server
        self._client = client
        self._made = 0
        self.token = ""

    async def login(self, **changes: Any) -> httpx.Response:
        """Fetch a token."""
        body = {"app_id": self._server.app_id, "app_secret": self._server.app_secret, **changes}
        url = f"{self._server.domain}/open-apis/auth/v3/tenant_access_token/internal"
        response = await self._client.post(url, json=body)
        if response.status_code == 200:
            self.token = response.json().get("tenant_access_token", self.token)
        return response

    async def call(self, method: str, path: str, body: object = None, **more: Any) -> httpx.Response:
        """Make one request."""
        if not self.token:
            await self.login()
        headers = {"Authorization": f"Bearer {self.token}", **more.pop("headers", {})}
        headers = {key: value for key, value in headers.items() if value is not None}
        if body is not None:
            more["json"] = body
        return await self._client.request(method, f"{self._server.domain}/open-apis{path}", headers=headers, **more)

    def form(self, kind: str, content: Json, **more: Any) -> Json:
        """The body of a well-behaved message."""
        self._made += 1
        return {"msg_type": kind, "content": json.dumps(content), "uuid": f"u{self._made}", **more}

    async def send(self, chat: Chat, kind: str = "text", content: Json | None = None, **more: Any) -> httpx.Response:
        """Send a well-behaved message into a chat."""
        body = self.form(kind, content or {"text": "hello"}, receive_id=chat.id, **more)
        return await self.call("POST", "/im/v1/messages", body, params={"receive_id_type": "chat_id"})

    async def reply(
        self, message: Message | Shown, kind: str = "text", content: Json | None = None, **more: Any
    ) -> httpx.Response:
        """Answer a message."""
        body = self.form(kind, content or {"text": "hello"}, **more)
        return await self.call("POST", f"/im/v1/messages/{message.id}/reply", body)

    async def upload(self, data: bytes, **form: str) -> httpx.Response:
        """Upload a picture."""
        files = {"image": ("picture.png", data)}
        return await self.call("POST", "/im/v1/images", data={"image_type": "message", **form}, files=files)

    async def key(self, data: bytes | None = None) -> str:
        """Upload a picture and return its key."""
        return str((await self.upload(data or picture())).json()["data"]["image_key"])


@asynccontextmanager
async def api(server: FeishuServer) -> AsyncIterator[Api]:
    """A REST client for as long as the block lasts."""
    async with httpx.AsyncClient(trust_env=False, verify=_NO_CERTIFICATES) as client:
        yield Api(server, client)


class Socket:
    """A long connection, frame by frame."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse, service: int) -> None:
        self._ws = ws
        self._service = service

    async def next(self) -> Frame:
        """Return the next frame."""
        message = await asyncio.wait_for(self._ws.receive(), 5)
        if message.type is not aiohttp.WSMsgType.BINARY:
            raise ConnectionError(message.type)
        return unpack(message.data)

    async def event(self) -> tuple[Frame, Json]:
        """Return the next event, put together from its parts, and its last frame."""
        parts: dict[int, bytes] = {}
        while True:
            frame = await self.next()
            if frame.method != DATA:
                continue
            parts[int(frame.headers["seq"])] = frame.payload
            if len(parts) == int(frame.headers["sum"]):
                return frame, json.loads(b"".join(parts[seq] for seq in sorted(parts)))

    async def send(self, frame: Frame) -> None:
        """Send a frame."""
        await self._ws.send_bytes(pack(frame))

    async def send_bytes(self, data: bytes) -> None:
        """Send what may be no frame."""
        await self._ws.send_bytes(data)

    async def answer(self, frame: Frame, code: int = 200, data: Json | None = None) -> None:
        """Answer an event."""
        body: Json = {"code": code}
        if data is not None:
            body["data"] = base64.b64encode(json.dumps(data).encode()).decode()
        headers = {**frame.headers, "biz_rt": "1"}
        await self.send(Frame(DATA, headers, json.dumps(body).encode(), frame.service, frame.seq))

    async def take(self, code: int = 200, data: Json | None = None) -> Json:
        """Take the next event and answer it at once."""
        frame, envelope = await self.event()
        await self.answer(frame, code, data)
        return envelope

    async def ping(self) -> Frame:
        """Ping and return the pong."""
        await self.send(Frame(CONTROL, {"type": "ping"}, b"", self._service))
        return await self.next()

    async def keep_alive(self) -> None:
        """Send the protocol's own ping, and wait for its pong."""
        await self._ws.ping()
        message = await asyncio.wait_for(self._ws.receive(), 5)
        assert message.type is aiohttp.WSMsgType.PONG


async def discover(server: FeishuServer, **changes: Any) -> httpx.Response:
    """Ask where to connect."""
    body = {"AppID": server.app_id, "AppSecret": server.app_secret, **changes}
    async with httpx.AsyncClient(trust_env=False, verify=_NO_CERTIFICATES) as client:
        return await client.post(f"{server.domain}/callback/ws/endpoint", json=body)


@asynccontextmanager
async def connection(server: FeishuServer, url: str | None = None) -> AsyncIterator[Socket]:
    """A long connection for as long as the block lasts."""
    found = url or str((await discover(server)).json()["data"]["URL"])
    async with aiohttp.ClientSession() as session, session.ws_connect(found, autoping=False) as ws:
        yield Socket(ws, int(httpx.URL(found).params["service_id"]))
