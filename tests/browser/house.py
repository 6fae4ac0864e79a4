"""The page with a bot behind it that says what the test tells it to, over real sockets."""

from __future__ import annotations

import asyncio
import io
import itertools
import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.playground import Playground
from adapters.port import Activity, NotRecorded
from protocol.messages import Address, Button, Incoming, MessageRef, Outgoing, Picture, Priority
from tests.adapters.playground.server import serving


def picture_bytes(colour: str = "#ff8a5c", size: tuple[int, int] = (640, 640), kind: str = "PNG") -> bytes:
    """A picture that one can tell from others: a sun over hills."""
    image = Image.new("RGB", size, colour)
    draw = ImageDraw.Draw(image)
    width, height = size
    draw.ellipse((width * 0.55, height * 0.15, width * 0.8, height * 0.15 + width * 0.25), fill="#fff3c4")
    draw.polygon([(0, height), (width * 0.35, height * 0.45), (width * 0.8, height)], fill="#5b54e8")
    draw.polygon([(width * 0.3, height), (width * 0.75, height * 0.6), (width * 1.2, height)], fill="#3b3590")
    content = io.BytesIO()
    image.save(content, kind)
    return content.getvalue()


@dataclass
class Bot:
    """Hears what the page sends, and answers word by word. `deaf`: recording fails, as with a full disk."""

    playground: Playground
    folder: Path
    deaf: bool = False
    heard: asyncio.Queue[Incoming] = field(default_factory=asyncio.Queue)
    keys: itertools.count[int] = field(default_factory=itertools.count)

    async def inbox(self, incoming: Incoming) -> None:
        """The bot's inbox."""
        if self.deaf:
            raise NotRecorded("disk full")
        self.heard.put_nowait(incoming)

    async def hears(self) -> Incoming:
        """The next message; fails where none comes."""
        async with asyncio.timeout(10):
            return await self.heard.get()

    async def say(
        self,
        address: Address,
        text: str,
        priority: Priority,
        *,
        reply: bool = False,
        picture: Picture | None = None,
        buttons: tuple[Button, ...] = (),
        edits: MessageRef | None = None,
        ping: bool = False,
    ) -> MessageRef:
        """Send under a new key."""
        return await self.playground.send(
            Outgoing(
                address,
                f"key-{next(self.keys)}",
                text,
                priority,
                reply=reply,
                picture=picture,
                buttons=buttons,
                edits=edits,
                ping=ping,
            )
        )

    async def acknowledge(self, address: Address, text: str = "好的！来帮你画一只萌萌的猫咪 🐱") -> MessageRef:
        """Step 0."""
        return await self.say(address, text, Priority.ACKNOWLEDGEMENT, reply=True)

    async def start(self, address: Address) -> MessageRef:
        """Step 1."""
        words = "🎨 开始生成图片，请稍候…\n• 模型：Nano Banana2\n• 预计耗时：20 ~ 40 秒\n• 消耗积分：6 pts"
        return await self.say(address, words, Priority.START)

    async def progress(self, address: Address, percent: int) -> MessageRef:
        """Step 2."""
        waited = percent * 40 // 100
        words = f"⏳ 正在生成中… {percent}%\n已等待 {waited}s，预计最长 40s"
        return await self.say(address, words, Priority.PROGRESS)

    async def succeed(
        self, address: Address, colour: str = "#ff8a5c", size: tuple[int, int] = (640, 640)
    ) -> MessageRef:
        """Step 3; the bot deletes its own file afterwards."""
        path = self.folder / f"result-{next(self.keys)}.png"
        path.write_bytes(picture_bytes(colour, size))
        words = (
            "✅ 图片生成成功！\n• 模型：Nano Banana2\n• 耗时：预计 20~40s，实际 31s\n• 消耗积分：6 pts\n"
            "🔗 原始链接：https://img.example.com/a/cat.png"
        )
        picture = Picture("https://img.example.com/a/cat.png", "山上的太阳", str(path), "image/png", size[0], size[1])
        buttons = (Button("🔁 再来一张", "again"), Button("🖼️ 更大尺寸", "larger"), Button("✨ 换个模型", "model"))
        ref = await self.say(address, words, Priority.RESULT, picture=picture, buttons=buttons, ping=True)
        path.unlink()
        return ref

    async def fail(self, address: Address) -> MessageRef:
        """Step 4."""
        words = (
            "❌ 图片生成失败\n• 原因：生成时间过长已超时，建议用更快的模型\n• 建议改用：\n"
            "  - Nano Banana Pro（高质量，10 pts）\n  - Nano Banana2 512px（更快更省，4 pts）\n"
            "需要我帮你用其他模型重试吗？"
        )
        buttons = (
            Button("Nano Banana Pro · 10 pts", "offer-1"),
            Button("Nano Banana2 512px · 4 pts", "offer-2"),
        )
        return await self.say(address, words, Priority.RESULT, buttons=buttons, ping=True)

    def observe(self, conversation: str, kind: str, title: str, **fields: str) -> None:
        """Something happens underneath."""
        self.playground.observe(Activity(time.time(), "playground", conversation, kind, title, fields))


class Failures:
    """The switches of another process: what the page may provoke."""

    def __init__(self) -> None:
        self.armed: list[str] = []

    def app(self) -> Starlette:
        """Its HTTP side."""
        cors = Middleware(
            CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "POST", "DELETE"], allow_headers=["*"]
        )
        route = Route("/failures", self._failures, methods=["GET", "POST", "DELETE"])
        return Starlette(routes=[route], middleware=[cors])

    async def _failures(self, request: Request) -> Response:
        if request.method == "POST":
            body = json.loads(await request.body())
            self.armed += [body["name"]] * body["times"]
            return JSONResponse({})
        if request.method == "DELETE":
            self.armed.clear()
            return JSONResponse({})
        return JSONResponse(
            [
                {"name": "timeout", "title_en": "Takes too long", "title_zh": "超时"},
                {"name": "no_points", "title_en": "Out of credits", "title_zh": "积分不足"},
                {"name": "failed", "title_en": "Generation fails", "title_zh": "生成失败"},
                {"name": "lost", "title_en": "Answer lost", "title_zh": "丢失回复"},
            ]
        )


@dataclass
class House:
    """The page at `url`, and what is behind it."""

    url: str
    bot: Bot
    failures: Failures
    playground: Playground
    port: int


@asynccontextmanager
async def open_house(folder: Path, words: Mapping[str, Mapping[str, str]], port: int = 0) -> AsyncIterator[House]:
    """Everything up for as long as the block lasts; opened again on the same folder, it goes on where it was."""
    failures = Failures()
    async with serving(failures.app()) as provoke_port:
        ids = itertools.count(time.time_ns())
        playground = Playground(
            folder,
            words=words,
            provoke_url=f"http://127.0.0.1:{provoke_port}",
            clock=time.time,
            new_id=lambda: f"id-{next(ids)}",
        )
        bot = Bot(playground, folder)
        running = asyncio.create_task(playground.run(bot.inbox))
        try:
            async with serving(Starlette(routes=playground.routes()), port) as taken:
                try:
                    yield House(f"http://127.0.0.1:{taken}/", bot, failures, playground, taken)
                finally:
                    playground.close()
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
