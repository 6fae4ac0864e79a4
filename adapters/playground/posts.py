"""What the page posts, checked field by field, and what the bot hears of it. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from protocol.decision import Language
from protocol.messages import Address, Incoming

from .people import BOT, PLATFORM, is_private, takes_part
from .records import Message, ShownPicture

MOST_PICTURES = 9
LONGEST_TEXT = 20_000
LARGEST_SIDE = 100_000

_IDENTITY = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


class BadPost(Exception):
    """What was posted is not what the page posts."""


@dataclass(frozen=True, slots=True)
class Post:
    """A person's message. `id` is the page's own, the same when it tries again."""

    id: str
    conversation: str
    user: str
    text: str
    pictures: tuple[ShownPicture, ...]
    reply_to: str
    locale: Language | None


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed."""

    id: str
    conversation: str
    user: str
    message: str
    value: str
    locale: Language | None


def parse_post(body: bytes) -> Post:
    """Raises `BadPost`."""
    fields = _fields(body)
    text = _text(fields, "text")
    pictures = fields.get("pictures", [])
    if not isinstance(pictures, list) or len(pictures) > MOST_PICTURES:
        raise BadPost(f"pictures: a list of at most {MOST_PICTURES}")
    if len(text) > LONGEST_TEXT:
        raise BadPost(f"text: at most {LONGEST_TEXT} characters")
    if not text.strip() and not pictures:
        raise BadPost("neither text nor pictures")
    conversation, user = _place(fields)
    reply_to = _text(fields, "reply_to")
    if reply_to:
        _identity(reply_to)
    return Post(
        id=_identity(_text(fields, "id")),
        conversation=conversation,
        user=user,
        text=text,
        pictures=tuple(_picture(picture) for picture in pictures),
        reply_to=reply_to,
        locale=_language(_text(fields, "locale")),
    )


def _language(code: str) -> Language | None:
    return code if _LANGUAGE.fullmatch(code) else None


def parse_press(body: bytes) -> Press:
    """Raises `BadPost`."""
    fields = _fields(body)
    conversation, user = _place(fields)
    return Press(
        id=_identity(_text(fields, "id")),
        conversation=conversation,
        user=user,
        message=_identity(_text(fields, "message")),
        value=_text(fields, "value"),
        locale=_language(_text(fields, "locale")),
    )


class Mention:
    """The names that the bot is called by."""

    def __init__(self, names: Iterable[str]) -> None:
        called = "|".join(re.escape(name) for name in sorted(set(names), key=len, reverse=True))
        # A Latin name ends where the word ends; after a Chinese one the sentence goes on without a space.
        self._pattern = re.compile(
            rf"\s*[@＠](?:{called})(?:(?<=[A-Za-z0-9_])(?![A-Za-z0-9_])|(?<![A-Za-z0-9_]))[\s,，:：]*",
            re.IGNORECASE,
        )

    def within(self, text: str) -> bool:
        """Whether the bot is mentioned."""
        return self._pattern.search(text) is not None

    def strip(self, text: str) -> str:
        """The text without it."""
        return self._pattern.sub(" ", text).strip()


def heard_post(post: Post, quoted: Message | None, mention: Mention, at: float) -> Incoming | None:
    """What the bot hears of a message: nothing of what is said in the group to others.

    A reply to a message with pictures brings these pictures along, after those that are attached.
    """
    called = mention.within(post.text) or (quoted is not None and quoted.sender == BOT)
    if not (is_private(post.conversation) or called):
        return None
    shown = post.pictures + (quoted.pictures if quoted is not None else ())
    return Incoming(
        address=_address(post.conversation, post.user, post.id),
        text=mention.strip(post.text),
        sent_at=at,
        images=tuple(picture.image for picture in shown),
        addressed=True,
        locale=post.locale,
    )


def heard_press(press: Press, at: float) -> Incoming:
    """What the bot hears of a button."""
    return Incoming(
        address=_address(press.conversation, press.user, press.id),
        text="",
        sent_at=at,
        locale=press.locale,
        press=press.value,
    )


def label_of(press: Press, pressed: Message) -> str:
    """The words on the button that was pressed. Raises `BadPost` where that message has no such button."""
    for button in pressed.buttons:
        if button.value == press.value and pressed.conversation == press.conversation:
            return button.label
    raise BadPost("that message has no such button")


def _address(conversation: str, user: str, message: str) -> Address:
    return Address(PLATFORM, conversation, user, message, private=is_private(conversation))


def _fields(body: bytes) -> Mapping[str, Json]:
    try:
        fields: Json = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadPost("not JSON") from error
    if not isinstance(fields, dict):
        raise BadPost("not an object")
    return fields


def _text(fields: Mapping[str, Json], name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise BadPost(f"{name}: not a text")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise BadPost(f"{name}: half a character")
    return value


def _identity(value: str) -> str:
    if not _IDENTITY.fullmatch(value):
        raise BadPost("not an id")
    return value


def _place(fields: Mapping[str, Json]) -> Sequence[str]:
    conversation, user = _text(fields, "conversation"), _text(fields, "user")
    if not takes_part(user, conversation):
        raise BadPost("that person is not in that conversation")
    return conversation, user


def _picture(value: Json) -> ShownPicture:
    if not isinstance(value, dict):
        raise BadPost("pictures: not an object")
    return ShownPicture(
        name=_text(value, "name"),
        width=_side(value.get("width")),
        height=_side(value.get("height")),
    )


def _side(value: Json) -> int:
    """A hint for the layout, no more: the page has it from the browser."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= LARGEST_SIDE:
        return value
    return 0
