"""Messages and people as they travel: in events, and in answers."""

from __future__ import annotations

import json
import re

from tests.platforms.feishu.basics import Json
from tests.platforms.feishu.world import Message, Person, World

_AT = re.compile(r"<at\s+user_id\s*=\s*[\"']?([^\"'>\s]*)[\"']?\s*>.*?</at>")
_URL = re.compile(r"https?://[^\s<>\"'）」，。]+")
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

    def message(self, message: Message, *, cards_as_sent: bool = False) -> Json:
        """A message as the interfaces answer it; a card as old clients show it, unless asked for as it was sent."""
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
            "body": {"content": self._body(message, cards_as_sent=cards_as_sent)},
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

    def _body(self, message: Message, *, cards_as_sent: bool) -> str:
        if message.recalled:
            return "This message was recalled"
        if message.kind == "interactive":
            return _card_given_back(message.content, as_sent=cards_as_sent)
        if message.author is not self._world.bot:
            return message.content
        keys = {one.open_id: f"@_user_{number}" for number, one in enumerate(message.mentions, start=1)}
        if message.kind == "text":
            return _text_given_back(message.content, keys)
        if message.kind == "post":
            return _post_given_back(message.content, keys, message.mentions)
        return message.content


def _card_given_back(content: str, *, as_sent: bool) -> str:
    """What an old client would show of it; beside that, where it is asked for, the card as it was sent, as text."""
    card = json.loads(content)
    title = ((card.get("header") or {}).get("title") or {}).get("content")
    found: Json = {"title": title, "elements": [[{"tag": "text", "text": _OLD_CLIENT}]]}
    if as_sent:
        found["user_dsl"] = content
    return json.dumps(found, ensure_ascii=False)


def _text_given_back(content: str, keys: dict[str, str]) -> str:
    """Mentions come back as keys, links with their text (the page of the contents that are received)."""
    text = _AT.sub(lambda found: keys.get(found[1], found[0]), json.loads(content)["text"])
    return json.dumps({"text": _URL.sub(lambda found: f"[{found[0]}]({found[0]})", text)}, ensure_ascii=False)


def _post_given_back(content: str, keys: dict[str, str], people: list[Person]) -> str:
    """One language's document without its name, a style in each element, mentions as keys."""
    names = {one.open_id: one.name for one in people}
    sent = json.loads(content)
    document = sent if "content" in sent else next(iter(sent.values()))
    lines = []
    for line in document["content"]:
        given: list[Json] = []
        for element in line:
            one = dict(element)
            if one["tag"] in {"text", "a", "at"}:
                one.setdefault("style", [])
            if one["tag"] == "at":
                one |= {"user_id": keys.get(element["user_id"], element["user_id"])}
                one["user_name"] = names.get(element["user_id"], "")
            given.append(one)
        lines.append(given)
    return json.dumps({"title": document.get("title", ""), "content": lines}, ensure_ascii=False)
