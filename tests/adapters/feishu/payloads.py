"""Events and messages as the platform writes them, for tests of pure functions."""

from __future__ import annotations

import json
from typing import Any

from protocol.messages import Address, Button, Outgoing, Picture, Priority

BOT, MEI, TOM = "ou_bot", "ou_mei", "ou_tom"
WORDS = {
    "zh": {
        "feishu.heard": "收到",
        "feishu.try_again": "再点一次",
        "feishu.slow": "有点慢",
        "feishu.edit_hint": "怎么改？",
        "feishu.link_only": "请点链接查看",
    },
    "en": {
        "feishu.heard": "Got it",
        "feishu.try_again": "Press again",
        "feishu.slow": "Slow",
        "feishu.edit_hint": "What shall I do?",
        "feishu.link_only": "Please open the link",
    },
}
ADDRESS = Address("feishu", "oc_1", MEI, "om_1")


def mention(number: int, who: str, name: str) -> dict[str, Any]:
    return {"key": f"@_user_{number}", "id": {"open_id": who}, "name": name}


def received(kind: str = "text", content: object = None, **more: Any) -> dict[str, Any]:
    """`im.message.receive_v1`, in a group, mentioning the bot."""
    sender = more.pop("sender", {"sender_id": {"open_id": MEI}, "sender_type": "user"})
    message = {
        "message_id": "om_1",
        "chat_id": "oc_1",
        "chat_type": "group",
        "create_time": "1700000000123",
        "message_type": kind,
        "content": json.dumps({"text": "@_user_1 画一张猫"} if content is None else content),
        "mentions": [mention(1, BOT, "imabot")],
        **more,
    }
    return {"sender": sender, "message": message}


def press(value: object, **action: Any) -> dict[str, Any]:
    """`card.action.trigger`."""
    return {
        "operator": {"open_id": TOM},
        "action": {"tag": "button", "value": value, **action},
        "context": {"open_message_id": "om_card", "open_chat_id": "oc_1"},
    }


def outgoing(text: str = "⏳ 50%", **more: Any) -> Outgoing:
    fields: dict[str, Any] = {"address": ADDRESS, "key": "k1", "text": text, "priority": Priority.PROGRESS, **more}
    return Outgoing(**fields)


RESULT = outgoing(
    "✅ 画好了\n• 模型：Nano Banana2\n🔗 原图：https://cdn.example.com/a_(1).png?x=1",
    priority=Priority.RESULT,
    ping=True,
    picture=Picture("https://cdn.example.com/a.png", "画：猫", path="/tmp/a.png"),  # noqa: S108 - nothing is read
    buttons=(Button("再来一张", "again:j1:6"), Button("修改", "edit:j1:0"), Button("4K", "larger:j1:13")),
)
