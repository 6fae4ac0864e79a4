"""Messages as people see them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tests.platforms.feishu.basics import Json
from tests.platforms.feishu.cards import card_people, texts, walk
from tests.platforms.feishu.people import label, value_of
from tests.platforms.feishu.world import Message


@dataclass(frozen=True, slots=True)
class Button:
    """A button of a card; `value` is what it calls back with, `url` what it opens."""

    label: str
    value: Json | None
    url: str | None
    style: str
    disabled: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A message at this moment. `text` is all its words in reading order, without those on buttons."""

    id: str
    chat: str
    author: str
    at: float
    kind: str
    text: str
    pictures: tuple[bytes, ...]
    card: Json | None
    buttons: tuple[Button, ...]
    replied_to: str | None
    thread: str | None
    mentions: tuple[str, ...]
    """Who is told of it, by open id."""
    named: tuple[str, ...]
    """Whose name and face a card shows without telling them."""
    updates: int
    earlier: tuple[str, ...]
    """The contents before the updates, as they travelled."""
    reactions: tuple[str, ...]
    recalled: bool
    uuid: str | None


def _without_buttons(part: object) -> object:
    if isinstance(part, dict):
        return {key: _without_buttons(value) for key, value in part.items() if part.get("tag") != "button"}
    if isinstance(part, list):
        return [_without_buttons(one) for one in part]
    return part


def _words(kind: str, body: Json) -> str:
    if kind == "text":
        return str(body["text"])
    if kind == "post":
        documents = [body] if "content" in body else list(body.values())
        lines = [str(documents[0].get("title") or "")]
        for paragraph in documents[0]["content"]:
            pieces = [
                f"@{one.get('user_name') or one['user_id']}" if one["tag"] == "at" else one.get("text", "")
                for one in paragraph
            ]
            lines.append("".join(pieces))
        return "\n".join(line for line in lines if line)
    if kind == "interactive":
        header, rest = body.get("header"), body.get("body")
        return "\n".join(text for text, _ in texts(_without_buttons([header, rest])))
    return ""


def show(message: Message) -> Shown:
    """Take a look at a message."""
    body: Json = json.loads(message.content)
    card = body if message.kind == "interactive" else None
    buttons = tuple(
        Button(
            label=label(one),
            value=value_of(one),
            url=next((each.get("default_url") for each in one.get("behaviors") or [] if "default_url" in each), None),
            style=str(one.get("type") or "default"),
            disabled=bool(one.get("disabled")),
        )
        for one in walk(card)
        if one["tag"] == "button"
    )
    return Shown(
        id=message.id,
        chat=message.chat.id,
        author=message.author.open_id,
        at=message.at,
        kind=message.kind,
        text=_words(message.kind, body),
        pictures=tuple(one.data for one in message.pictures),
        card=card,
        buttons=buttons,
        replied_to=message.parent.id if message.parent is not None else None,
        thread=message.thread,
        mentions=tuple(one.open_id for one in message.mentions),
        named=() if card is None else tuple(card_people(card)),
        updates=len(message.updates),
        earlier=tuple(message.earlier),
        reactions=tuple(message.reactions.values()),
        recalled=message.recalled,
        uuid=message.uuid,
    )
