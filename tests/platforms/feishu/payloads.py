"""Messages and people as they travel: in events, and in answers."""

from __future__ import annotations

import json

from tests.platforms.feishu.basics import Json
from tests.platforms.feishu.world import Message, Person, World

_OLD_CLIENT = "请升级至最新版本客户端，以查看内容"


def millis(seconds: float) -> str:
    """Write a time as the platform does."""
    return str(int(seconds * 1000))


def ids_of(person: Person) -> Json:
    """A person's ids; the user id needs a scope of its own."""
    return {"union_id": person.union_id, "user_id": None, "open_id": person.open_id}


class Payloads:
    """Makes the JSON of events and answers."""

    def __init__(self, world: World) -> None:
        self._world = world

    def received(self, message: Message) -> Json:
        """The event of a message that somebody wrote."""
        inner: Json = {
            "message_id": message.id,
            "create_time": millis(message.at),
            "update_time": millis(message.at),
            "chat_id": message.chat.id,
            "chat_type": message.chat.kind,
            "message_type": message.kind,
            "content": message.content,
        }
        inner |= self._places(message)
        mentions = [
            {
                "key": f"@_user_{number}",
                "id": ids_of(one),
                "name": one.name,
                "mentioned_type": "bot" if one.is_bot else "user",
                "tenant_key": self._world.tenant,
            }
            for number, one in enumerate(message.mentions, start=1)
        ]
        if mentions:
            inner["mentions"] = mentions
        sender = {
            "sender_id": ids_of(message.author),
            "sender_type": "user",
            "tenant_key": self._world.tenant,
        }
        return {"sender": sender, "message": inner}

    def _places(self, message: Message) -> Json:
        found: Json = {}
        if message.parent is not None and message.root is not None:
            found |= {"root_id": message.root.id, "parent_id": message.parent.id}
        if message.thread is not None:
            found["thread_id"] = message.thread
        return found

    def message(self, message: Message) -> Json:
        """A message as the interfaces answer it."""
        by_bot = message.author is self._world.bot
        found: Json = {
            "message_id": message.id,
            "msg_type": message.kind,
            "create_time": millis(message.at),
            "update_time": millis(message.updates[-1] if message.updates else message.at),
            "deleted": message.recalled,
            "updated": bool(message.updates),
            "chat_id": message.chat.id,
            "sender": {
                "id": self._world.app_id if by_bot else message.author.open_id,
                "id_type": "app_id" if by_bot else "open_id",
                "sender_type": "app" if by_bot else "user",
                "tenant_key": self._world.tenant,
            },
            "body": {"content": self._body(message)},
        }
        mentions = [
            {
                "key": f"@_user_{number}",
                "id": one.open_id,
                "id_type": "open_id",
                "name": one.name,
                "tenant_key": self._world.tenant,
            }
            for number, one in enumerate(message.mentions, start=1)
        ]
        if mentions:
            found["mentions"] = mentions
        return found | self._places(message)

    def _body(self, message: Message) -> str:
        if message.recalled:
            return "This message was recalled"
        if message.kind == "interactive":
            # A card of schema 2.0 is not given back: only what an old client would show of it.
            card = json.loads(message.content)
            title = ((card.get("header") or {}).get("title") or {}).get("content")
            return json.dumps(
                {"title": title, "elements": [[{"tag": "text", "text": _OLD_CLIENT}]]}, ensure_ascii=False
            )
        return message.content
