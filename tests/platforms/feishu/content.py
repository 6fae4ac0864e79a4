"""What the bot's messages may contain: text, post, picture, card; and whom they mention."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.platforms.feishu.basics import KIBIBYTE, Json, Refusal, Violations, invalid
from tests.platforms.feishu.cards import (
    CARD_LIMIT,
    InvalidCard,
    at_all,
    card_mentions,
    card_people,
    check_card,
    picture_keys,
)
from tests.platforms.feishu.world import Picture, World

TEXT_LIMIT = 150 * KIBIBYTE
POST_LIMIT = 30 * KIBIBYTE
_AT = re.compile(r"<at\s+user_id\s*=\s*[\"']?([^\"'>\s]*)[\"']?\s*>")
_POST_FIELDS: dict[str, frozenset[str]] = {
    "text": frozenset({"text", "un_escape", "style"}),
    "a": frozenset({"text", "href", "style"}),
    "at": frozenset({"user_id", "user_name", "style"}),
    "img": frozenset({"image_key"}),
    "emotion": frozenset({"emoji_type"}),
    "hr": frozenset(),
    "code_block": frozenset({"language", "text"}),
    "md": frozenset({"text"}),
}


@dataclass(slots=True)
class Content:
    """A message's content, understood: whom it mentions by open id, and which pictures it shows."""

    kind: str
    raw: str
    mentioned: list[str] = field(default_factory=list)
    everybody: bool = False
    named: list[str] = field(default_factory=list)
    """Whose name and face it shows without telling them."""
    pictures: list[Picture] = field(default_factory=list)


class Contents:
    """Checks what the bot wants to send."""

    def __init__(self, world: World, violations: Violations) -> None:
        self._world = world
        self._violations = violations

    def check(self, kind: object, raw: object) -> Content:
        """Return the content understood; refuses what the platform does, and notes what no bot of ours sends."""
        if not isinstance(raw, str):
            raise invalid("content is not a string in json format")
        try:
            body = json.loads(raw)
        except ValueError:
            raise invalid("content is not a string in json format") from None
        if not isinstance(body, dict):
            raise invalid("content is not a string in json format")
        checks: dict[object, Callable[[Content, Json], None]] = {
            "text": self._text,
            "post": self._post,
            "image": self._image,
            "interactive": self._card,
        }
        if kind not in checks:
            self._violations.add("unexpected_type", str(kind))
            raise invalid("invalid msg_type")
        content = Content(str(kind), raw)
        checks[kind](content, body)
        return content

    def _size(self, content: Content, limit: int, name: str) -> None:
        # What counts is the request's body, in which the content stands as a string, escaped.
        size = len(json.dumps(content.raw, ensure_ascii=False).encode())
        if size > limit:
            self._violations.add(name, f"{size} bytes")
            raise Refusal(230025, "The length of the message content reaches its limit.")

    def _text(self, content: Content, body: Json) -> None:
        self._size(content, TEXT_LIMIT, "text_too_large")
        text = body.get("text")
        if set(body) != {"text"} or not isinstance(text, str) or not text.strip():
            self._violations.add("empty_text", content.raw[:100])
            raise invalid("text content is empty or has unknown fields")
        self._mention(content, _AT.findall(text))

    def _mention(self, content: Content, found: list[str]) -> None:
        content.everybody = content.everybody or "all" in found
        content.mentioned += [one for one in found if one != "all"]

    def _image(self, content: Content, body: Json) -> None:
        if set(body) != {"image_key"}:
            raise invalid("invalid image content")
        content.pictures.append(self._own(body["image_key"]))

    def _own(self, key: object) -> Picture:
        picture = self._world.pictures.get(key) if isinstance(key, str) else None
        if picture is None or not picture.by_bot:
            self._violations.add("foreign_picture", str(key))
            raise invalid("image_key is invalid")
        return picture

    def _post(self, content: Content, body: Json) -> None:
        self._size(content, POST_LIMIT, "post_too_large")
        if not body or not set(body) <= {"zh_cn", "en_us", "ja_jp"}:
            raise invalid("post content has no language")
        for document in body.values():
            for element in _elements(document):
                self._element(content, element)

    def _element(self, content: Content, element: Json) -> None:
        tag = element.get("tag")
        if tag not in _POST_FIELDS or set(element) - {"tag"} - _POST_FIELDS[tag]:
            self._violations.add("invalid_post", json.dumps(element, ensure_ascii=False)[:200])
            raise invalid(f"post element {tag} is invalid")
        if tag == "at":
            self._mention(content, [str(element.get("user_id"))])
        elif tag == "md":
            self._mention(content, _AT.findall(str(element.get("text"))))
        elif tag == "img":
            content.pictures.append(self._own(element.get("image_key")))

    def _card(self, content: Content, body: Json) -> None:
        self._size(content, CARD_LIMIT, "card_too_large")
        try:
            check_card(body)
            content.pictures += [self._card_picture(key) for key in picture_keys(body)]
        except InvalidCard as error:
            self._violations.add("invalid_card", str(error))
            raise Refusal(
                230099, f"Failed to create card content, ext=ErrCode: 200621; ErrMsg: parse card json err: {error}"
            ) from error
        content.everybody = at_all(body)
        content.mentioned += card_mentions(body)
        content.named += card_people(body)
        for one in content.named:
            if one not in self._world.people:
                self._violations.add("names_nobody", one)

    def _card_picture(self, key: str) -> Picture:
        picture = self._world.pictures.get(key)
        if picture is None or not picture.by_bot:
            self._violations.add("foreign_picture", key)
            raise Refusal(230099, f"Failed to create card content, ext=ErrCode: 11310; ErrMsg: invalid image key {key}")
        return picture


def _elements(document: object) -> Iterator[Json]:
    if not isinstance(document, dict) or set(document) - {"title", "content"}:
        raise invalid("post content is invalid")
    paragraphs = document.get("content")
    if not isinstance(paragraphs, list) or not all(isinstance(one, list) for one in paragraphs):
        raise invalid("post content is invalid")
    for paragraph in paragraphs:
        for element in paragraph:
            if not isinstance(element, dict):
                raise invalid("post content is invalid")
            yield element
