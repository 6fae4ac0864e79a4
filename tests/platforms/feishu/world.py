"""Who and what there is: people, chats, pictures, messages."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Literal

from tests.platforms.feishu.basics import Json

ChatKind = Literal["p2p", "group", "topic_group"]


@dataclass(slots=True, eq=False)
class Person:
    """Somebody of the company, or a bot."""

    open_id: str
    union_id: str
    name: str
    is_bot: bool = False
    reachable: bool = True
    """Whether the bot may write to this person: the app's availability covers them."""


@dataclass(slots=True, eq=False)
class Picture:
    """An uploaded picture, by a person's client or by the bot."""

    key: str
    data: bytes
    content_type: str
    by_bot: bool
    width: int = 0
    height: int = 0


@dataclass(slots=True, eq=False)
class Chat:
    """A group, or the conversation of one person with the bot."""

    id: str
    kind: ChatKind
    name: str
    person: Person | None = None
    members: list[Person] = field(default_factory=list)
    bot_in: bool = True
    dissolved: bool = False
    muted: bool = False
    """Whether the bot may not write there."""
    messages: dict[str, Message] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Message:
    """A message and how it came to be as it is. `content` is the JSON text that travels."""

    id: str
    chat: Chat
    author: Person
    at: float
    kind: str
    content: str
    parent: Message | None = None
    root: Message | None = None
    thread: str | None = None
    mentions: list[Person] = field(default_factory=list)
    mentions_all: bool = False
    pictures: list[Picture] = field(default_factory=list)
    uuid: str | None = None
    updates: list[float] = field(default_factory=list)
    earlier: list[str] = field(default_factory=list)
    reactions: dict[str, str] = field(default_factory=dict)
    """Emoji by reaction id."""
    recalled: bool = False
    pressed_by: set[str] = field(default_factory=set)


@dataclass(slots=True)
class World:
    """Everything, by id."""

    app_id: str
    tenant: str
    bot: Person
    people: dict[str, Person] = field(default_factory=dict)
    chats: dict[str, Chat] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)

    def direct(self, person: Person) -> Chat | None:
        """Return the conversation of a person with the bot, once there is one."""
        return next((one for one in self.chats.values() if one.person is person), None)


def card_of(message: Message) -> Json | None:
    """Return the card that a message is."""
    found: Json | None = json.loads(message.content) if message.kind == "interactive" else None
    return found
