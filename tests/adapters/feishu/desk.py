"""The adapter's sending at the strict local Feishu, on a clock that a test moves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from adapters.feishu.calls import Calls
from adapters.feishu.pace import Pace
from adapters.feishu.sending import Sending
from adapters.feishu.uploads import Uploads
from protocol.messages import Address, Button, Outgoing, Picture, Priority
from tests.adapters.feishu.payloads import WORDS
from tests.platforms.feishu.history import GROUP_HISTORY
from tests.platforms.feishu_server import (
    SCOPES,
    Chat,
    FeishuOptions,
    FeishuServer,
    Message,
    Person,
    Shown,
    feishu_server,
)
from tests.platforms.raw_feishu import Time, picture

HISTORY = "GET /im/v1/messages"
LINK = "https://cdn.example.com/a/b.png"


class Desk:
    """`mei` has asked something, in private unless `chat` says another place."""

    def __init__(self, server: FeishuServer, time: Time, folder: Path) -> None:
        self.server = server
        self.time = time
        self.folder = folder
        self.mei = server.person("mei")
        self.tom = server.person("tom")
        self.direct = server.direct(self.mei)
        self.group = server.group("painters", self.mei, self.tom)
        self.calls: list[Calls] = []
        self.sendings: list[Sending] = []
        self.sending = self.restarted()

    def restarted(self, *, cards: bool = True, holds: float = 10.0) -> Sending:
        """As after a start of the service: nothing of before is known but what is on the disk."""
        calls = Calls(
            app_id=self.server.app_id,
            secret=self.server.app_secret,
            domain=self.server.domain,
            monotonic=self.time,
        )
        self.calls.append(calls)
        self.sending = Sending(
            calls,
            cards=cards,
            words=WORDS,
            pace=Pace(4, 1.25, monotonic=self.time, sleep=self.sleep),
            uploads=Uploads(self.folder / "uploads", self.time, app_id=self.server.app_id, holds=holds),
            monotonic=self.time,
            sleep=self.sleep,
        )
        self.sendings.append(self.sending)
        return self.sending

    async def sleep(self, seconds: float) -> None:
        """Time goes by."""
        self.time.now += seconds

    def address(self, said: Message, *, person: Person | None = None) -> Address:
        """Where the answers to a message go."""
        chat = said.chat
        return Address(
            "feishu",
            chat.id,
            (person or self.mei).open_id,
            said.id,
            thread=said.thread,
            private=chat.kind == "p2p",
        )

    def start(self, said: Message, **more: Any) -> Outgoing:
        """A step with words alone."""
        text = "🎨 开始生成图片…\n• 模型：Nano Banana2\n• 消耗积分：6 pts"
        return replace(Outgoing(self.address(said), "start0123456789abcdef01", text, Priority.START), **more)

    def result(self, said: Message, **more: Any) -> Outgoing:
        """A picture with its caption and its buttons."""
        file = self.folder / "result.png"
        file.write_bytes(picture(64, 48))
        return replace(
            Outgoing(
                self.address(said),
                "result0123456789abcdef0",
                f"✅ 图片生成成功！\n• 模型：Nano Banana2\n🔗 原始链接：{LINK}",
                Priority.RESULT,
                ping=True,
                picture=Picture(LINK, "猫", path=str(file), width=64, height=48),
                buttons=(Button("再来一张", "again:j1:6"), Button("4K", "larger:j1:13")),
            ),
            **more,
        )

    def by_bot(self, chat: Chat) -> list[Shown]:
        """What the bot showed there."""
        return list(self.server.messages(chat))

    def lookups(self) -> int:
        """How often the history was read."""
        return self.server.calls(HISTORY)


@asynccontextmanager
async def desk(folder: Path, *, readable: bool = True, **options: Any) -> AsyncIterator[Desk]:
    """A desk; in the end nothing may have been violated. `readable`: the history of groups may be read."""
    time = Time()
    scopes = SCOPES | {GROUP_HISTORY} if readable else SCOPES
    async with feishu_server(FeishuOptions(clock=time, stopwatch=time, scopes=scopes, **options)) as server:
        built = Desk(server, time, folder)
        try:
            yield built
            assert server.violations == []
        finally:
            for sending in built.sendings:
                await sending.close()
            for calls in built.calls:
                await calls.aclose()
