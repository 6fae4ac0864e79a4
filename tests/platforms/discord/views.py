"""Messages as people see them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.platforms.discord.basics import Json
from tests.platforms.discord.component_rules import BUTTON, walk
from tests.platforms.discord.world import LOADING, SUPPRESS_EMBEDS, Attachment, Message

_LINK = re.compile(r"https?://[^\s<>]+[^\s<>.,:;\"')\]]")
_QUIET_LINK = re.compile(r"<https?://[^\s<>]+>")
_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message."""

    label: str
    custom_id: str | None
    url: str | None
    style: int
    disabled: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A message at this moment. `unfurls` are the links that people would see grow into previews."""

    id: int
    channel: int
    author: int
    at: float
    content: str
    attachments: tuple[Attachment, ...]
    embeds: tuple[Json, ...]
    components: tuple[Json, ...]
    buttons: tuple[Button, ...]
    replied_to: int | None
    pings: frozenset[int]
    only_for: int | None
    loading: bool
    edited: bool
    earlier: tuple[str, ...]
    unfurls: tuple[str, ...]
    reactions: dict[str, int]
    nonce: str | None
    kind: int
    flags: int


def unfurling(text: str) -> tuple[str, ...]:
    """Return the links in a text that Discord would preview: bare ones, outside code."""
    plain = _QUIET_LINK.sub(" ", _CODE.sub(" ", text))
    return tuple(_LINK.findall(plain))


def show(message: Message) -> Shown:
    """Take a look at a message."""
    buttons = tuple(
        Button(
            label=component.get("label") or (component.get("emoji") or {}).get("name") or "",
            custom_id=component.get("custom_id"),
            url=component.get("url"),
            style=component["style"],
            disabled=bool(component.get("disabled")),
        )
        for component in walk(message.components)
        if component.get("type") == BUTTON
    )
    return Shown(
        id=message.id,
        channel=message.channel.id,
        author=message.author.id,
        at=message.at,
        content=message.content,
        attachments=tuple(message.attachments),
        embeds=tuple(message.embeds),
        components=tuple(message.components),
        buttons=buttons,
        replied_to=message.replied_to.id if message.replied_to is not None else None,
        pings=message.pinged,
        only_for=message.only_for.id if message.only_for is not None else None,
        loading=bool(message.flags & LOADING),
        edited=message.edited is not None,
        earlier=tuple(message.earlier),
        unfurls=() if message.flags & SUPPRESS_EMBEDS else unfurling(message.content),
        reactions={emoji: len(users) for emoji, users in message.reactions.items()},
        nonce=message.nonce,
        kind=message.kind,
        flags=message.flags,
    )
