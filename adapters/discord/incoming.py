"""From a message of Discord to an `Incoming`, or to nothing: it is not for us. Pure."""

from __future__ import annotations

import re

from adapters.discord.payload import JsonObject, sent_at, string, table, tables
from adapters.discord.pictures import PLATFORM, pictures_of
from protocol.intent import understand
from protocol.messages import Address, ImageRef, Incoming, LinkedImage

SAID, REPLIED = 0, 19
"""The kinds of messages that a person writes; all others are Discord's own announcements."""

_MENTION = re.compile(r"<@!?(\d+)>")
_EMOJI = re.compile(r"<a?:(\w+):\d+>")
_SPOILER = re.compile(r"\|\|(.+?)\|\|", re.DOTALL)
_SPOILER_MARK = "||"
_CHANNEL = re.compile(r"<(?:#|@&)\d+>|</[^:>]+:\d+>")


def heard(message: JsonObject, *, bot: str, listening: bool, role: str = "") -> Incoming | None:
    """What the bot hears of a message.

    `bot` is its user id, `role` the one that Discord made for it, which bears its name and is mentioned in its place;
    `listening`: this is a channel where it need not be mentioned. Without the Message Content
    intent a message comes empty unless it mentions the bot (the intents page), and a quoted one of somebody else
    always does: `unseen` then says that there may be a picture that we are not shown.
    """
    author, quoted = table(message, "author"), table(message, "referenced_message")
    channel, private = string(message, "channel_id"), not string(message, "guild_id")
    if message.get("type") not in (SAID, REPLIED) or author.get("bot") or string(message, "webhook_id"):
        return None
    identity, user = string(message, "id"), string(author, "id")
    if not (identity and user and channel):
        return None
    mentioned = any(string(each, "id") == bot for each in tables(message, "mentions"))
    answering = string(table(quoted, "author"), "id") == bot
    called = _names_role(message, role) and not _is_blank(message)
    addressed = private or mentioned or answering or called
    if not (addressed or listening) or unread(message, bot=bot, role=role) is not None:
        return None
    text = plain_words(string(message, "content"), bot=bot, names=names_in(message))
    images = _with_veiled_links(message, pictures_of(message, channel)) + pictures_of(quoted, channel)
    if not addressed and not text and not images:
        return None
    return Incoming(
        address=Address(PLATFORM, channel, user, identity, private=private),
        text=text,
        sent_at=sent_at(identity),
        images=images,
        addressed=addressed,
        unseen=bool(quoted) and not answering and _is_blank(quoted),
    )


def unread(message: JsonObject, *, bot: str, role: str = "") -> Address | None:
    """Where somebody spoke to the bot so that Discord tells us that they did, but not what they wrote.

    They replied to it with the ping off, or mentioned its role instead of itself.
    """
    quoted, author = table(message, "referenced_message"), table(message, "author")
    if message.get("type") not in (SAID, REPLIED) or author.get("bot") or string(message, "webhook_id"):
        return None
    if not _is_blank(message) or any(string(each, "id") == bot for each in tables(message, "mentions")):
        return None
    replied = message.get("type") == REPLIED and string(table(quoted, "author"), "id") == bot
    identity, user, channel = string(message, "id"), string(author, "id"), string(message, "channel_id")
    if not (replied or _names_role(message, role)):
        return None
    if not (identity and user and channel and string(message, "guild_id")):
        return None
    return Address(PLATFORM, channel, user, identity)


def names_in(message: JsonObject) -> dict[str, str]:
    """The names of those who are mentioned, by id."""
    return {
        string(each, "id"): string(each, "global_name") or string(each, "username")
        for each in tables(message, "mentions")
    }


def plain_words(content: str, *, bot: str, names: dict[str, str]) -> str:
    """The words without Discord's markup: the bot's mention goes, others become names, an emoji its name.

    What is hidden as a spoiler is said all the same; its marks would else be part of a link that stands in them.
    """

    def named(mention: re.Match[str]) -> str:
        return " " if mention[1] == bot else names.get(mention[1], "")

    text = _CHANNEL.sub(" ", _EMOJI.sub(r" \1 ", _MENTION.sub(named, content))).replace(_SPOILER_MARK, " ")
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()


def _names_role(message: JsonObject, role: str) -> bool:
    """Whether the role is mentioned, also by somebody who may not ping it, as far as the words are shown."""
    if not role:
        return False
    listed = message.get("mention_roles")
    return (isinstance(listed, list) and role in listed) or f"<@&{role}>" in string(message, "content")


def _with_veiled_links(message: JsonObject, images: tuple[ImageRef, ...]) -> tuple[ImageRef, ...]:
    """The same, and the pictures whose links were hidden as a spoiler, which Discord may show as an embed too."""
    parts = _SPOILER.findall(string(message, "content"))
    veiled = {url: LinkedImage(url, veiled=True) for part in parts for url in understand(part).image_urls}
    shown = tuple(veiled.pop(each.url, each) if isinstance(each, LinkedImage) else each for each in images)
    return shown + tuple(veiled.values())


def _is_blank(message: JsonObject) -> bool:
    """A message with nothing in it is one that is not shown to us: nobody can write one."""
    return not (
        string(message, "content")
        or tables(message, "attachments")
        or tables(message, "embeds")
        or tables(message, "components")
        or message.get("sticker_items")
        or tables(message, "message_snapshots")
    )
