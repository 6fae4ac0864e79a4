"""From an event to an `Incoming`, or to nothing: it is not for us. Pure."""

from __future__ import annotations

from adapters.feishu.content import content_of, mentioned
from adapters.feishu.payload import JsonObject, moment, string, table
from adapters.feishu.pictures import PLATFORM
from protocol.decision import Language
from protocol.messages import Address, Incoming, Quote

PRIVATE = "p2p"

WAITS = frozenset({"file", "audio", "media"})
"""Whoever sends one of these in private, though nothing of it can be used, waits for a word; `media` is a video."""


def heard(event: JsonObject, *, event_id: str, bot: str, locale: Language) -> Incoming | None:
    """What the bot hears of `im.message.receive_v1`. `bot` is its open id, `locale` for those who use no words.

    In a group it hears what mentions it: not everybody, not somebody else. In private it hears whatever
    says or shows something, and files and recordings as if nothing were said; not stickers. What is quoted is not in
    the event: `quotes` names it. In a topic every message names the topic's first one, whether or not it is meant.
    """
    sender, message = table(event, "sender"), table(event, "message")
    identity, chat = string(message, "message_id"), string(message, "chat_id")
    user = string(table(sender, "sender_id"), "open_id")
    if string(sender, "sender_type") != "user" or not (identity and chat and user):
        return None
    private = string(message, "chat_type") == PRIVATE
    people = list(mentioned(message))
    if not private and not any(who == bot for _, who, _ in people):
        return None
    names = {key: "" if who == bot else name for key, who, name in people}
    kind = string(message, "message_type")
    said = content_of(kind, string(message, "content"), identity, names)
    if private and not said.text and not said.images and kind not in WAITS:
        return None
    thread = string(message, "thread_id") or None
    parent = string(message, "parent_id")
    return Incoming(
        address=Address(PLATFORM, chat, user, identity, thread=thread, private=private),
        text=said.text,
        sent_at=moment(message, "create_time"),
        images=said.images,
        locale=locale,
        event=event_id or None,
        quotes=Quote(parent, certain=thread is None) if parent else None,
    )
