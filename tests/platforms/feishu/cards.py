"""The rules of a card in schema 2.0, as far as a bot of this kind builds one; anything else is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.platforms.feishu.basics import KIBIBYTE, Json
from tests.platforms.feishu.card_fields import (
    COLORS,
    CONTAINERS,
    FIELDS,
    NEEDED,
    Kind,
)

CARD_LIMIT = 30 * KIBIBYTE
ELEMENT_LIMIT = 200
_AT = re.compile(r"<at\s+(?:id|ids|user_id)\s*=\s*[\"']?([^\"'>]*?)[\"']?\s*/?>")
_PERSON = re.compile(r"<person\s+id\s*=\s*[\"']?([^\"'>]*?)[\"']?\s*(?:\s[^>]*)?/?>")
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)[^)]*\)")
_ELEMENT_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,19}")


class InvalidCard(Exception):
    """The card is not what the schema says; the words name the place."""


def _fail(path: str, words: str) -> InvalidCard:
    return InvalidCard(f"{path}: {words}")


def check_card(card: Json) -> None:
    """Check a whole card; raises `InvalidCard`."""
    if card.get("schema") != "2.0":
        raise _fail("schema", 'must be "2.0"')
    _known("card", "card", card)
    config = card.get("config")
    if config is not None:
        _known("config", "config", config)
        if config.get("update_multi") is False:
            raise _fail("config.update_multi", "schema 2.0 knows shared cards only")
        if config.get("streaming_mode"):
            raise _fail("config.streaming_mode", "such a card needs the card interfaces")
    header = card.get("header")
    if header is not None:
        _known("header", "header", header)
        if header.get("template") is not None and header["template"] not in COLORS:
            raise _fail("header.template", f"unknown colour {header['template']!r}")
        if len(header.get("text_tag_list") or []) > 3:
            raise _fail("header.text_tag_list", "at most 3")
    body = card.get("body")
    if not isinstance(body, dict):
        raise _fail("body", "is missing")
    _known("body", "body", body)
    elements = list(walk(card))
    if len(elements) > ELEMENT_LIMIT:
        raise _fail("body", f"{len(elements)} elements, at most {ELEMENT_LIMIT}")
    _unique(elements, "element_id")
    _unique(elements, "name")
    _forms(body)


def _forms(body: Json) -> None:
    """Check that forms stand at the root, can be sent off, and that what they ask for has names."""
    forms = [one for one in body["elements"] if one["tag"] == "form"]
    inside = [one for form in forms for one in walk(form) if one is not form]
    for one in walk(body):
        if one["tag"] == "form" and not any(one is form for form in forms):
            raise _fail("form", "belongs at the root of the card")
        within = any(one is each for each in inside)
        if one["tag"] == "input" and not within:
            raise _fail("input", "belongs into a form")
        if one["tag"] == "button" and (one.get("form_action_type") is not None) and not within:
            raise _fail("button.form_action_type", "belongs into a form")
        if one["tag"] in {"input", "button"} and within and not one.get("name"):
            raise _fail(f"{one['tag']}.name", "needed in a form")
        if one["tag"] == "input" and not 1 <= one.get("max_length", 1) <= 1000:
            raise _fail("input.max_length", "1 to 1000")
    for form in forms:
        if not any(one.get("form_action_type") == "submit" for one in walk(form)):
            raise _fail("form", "has no button that sends it off")


def _unique(elements: list[Json], name: str) -> None:
    found = [one[name] for one in elements if one.get(name) is not None]
    for one in found:
        if name == "element_id" and (not isinstance(one, str) or not _ELEMENT_ID.fullmatch(one)):
            raise _fail(name, f"{one!r} is no id: a letter, then letters, digits, _; at most 20")
    if len(set(found)) != len(found):
        raise _fail(name, "the same twice")


def _known(path: str, what: str, found: object) -> None:
    """Check the fields of an object: no unknown ones, all that are needed, each of its kind."""
    if not isinstance(found, dict):
        raise _fail(path, "must be an object")
    allowed = FIELDS[what]
    for name in found:
        if name not in allowed:
            raise _fail(f"{path}.{name}", f"unknown property of {what}")
    for name in NEEDED.get(what, ()):
        if found.get(name) is None:
            raise _fail(f"{path}.{name}", f"needed in {what}")
    for name, value in found.items():
        _value(f"{path}.{name}", allowed[name], value)


def _value(path: str, kind: Kind, value: object) -> None:
    match kind:
        case type() | tuple():
            if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool and bool not in _all(kind)):
                raise _fail(path, f"{value!r} is of the wrong type")
        case frozenset():
            if value not in kind:
                raise _fail(path, f"{value!r} is none of {sorted(kind)}")
        case "element":
            _element(path, value)
        case "elements":
            if not isinstance(value, list):
                raise _fail(path, "must be a list")
            for number, one in enumerate(value):
                _element(f"{path}[{number}]", one)
        case "text":
            _text(path, value)
        case "behaviors":
            _behaviors(path, value)
        case "columns":
            _columns(path, value)
        case str():
            if kind.endswith("[]"):
                if not isinstance(value, list):
                    raise _fail(path, "must be a list")
                for number, one in enumerate(value):
                    _known(f"{path}[{number}]", kind[:-2], one)
            else:
                _known(path, kind, value)


def _columns(path: str, value: object) -> None:
    if not isinstance(value, list):
        raise _fail(path, "must be a list")
    for number, one in enumerate(value):
        if not isinstance(one, dict) or one.get("tag") != "column":
            raise _fail(f"{path}[{number}]", "only columns belong here")
        _known(f"{path}[{number}]", "column", one)


def _all(kind: type | tuple[type, ...]) -> tuple[type, ...]:
    return kind if isinstance(kind, tuple) else (kind,)


def _element(path: str, value: object) -> None:
    if not isinstance(value, dict):
        raise _fail(path, "must be an object")
    tag = value.get("tag")
    if tag in {"action", "note"}:
        raise _fail(path, f"cards of schema V2 no longer support this capability; unsupported tag {tag}")
    if not isinstance(tag, str) or tag not in CONTAINERS:
        raise _fail(path, f"unsupported tag {tag!r}")
    _known(path, tag, value)
    if tag == "button" and not value.get("text") and not value.get("icon"):
        raise _fail(path, "a button needs a text or an icon")


def _text(path: str, value: object) -> None:
    if not isinstance(value, dict) or value.get("tag") not in {"plain_text", "lark_md"}:
        raise _fail(path, "must be plain_text or lark_md")
    _known(path, "text", value)


def _behaviors(path: str, value: object) -> None:
    if not isinstance(value, list):
        raise _fail(path, "must be a list")
    for number, one in enumerate(value):
        here = f"{path}[{number}]"
        kind = one.get("type") if isinstance(one, dict) else None
        if kind not in {"callback", "open_url"}:
            raise _fail(here, f"unknown behavior {kind!r}")
        _known(here, f"behavior {kind}", one)
        if kind == "callback" and not isinstance(one.get("value"), dict):
            raise _fail(f"{here}.value", "a string is answered 500 by the SDK: must be an object")


def walk(part: object) -> Iterator[Json]:
    """Yield every element of a card, at any depth."""
    if isinstance(part, dict):
        if isinstance(part.get("tag"), str) and part["tag"] in CONTAINERS | {"column"}:
            yield part
        for key, value in part.items():
            if key not in {"value", "behaviors"}:
                yield from walk(value)
    elif isinstance(part, list):
        for one in part:
            yield from walk(one)


def texts(part: object) -> Iterator[tuple[str, bool]]:
    """Yield every text in the order that people read, and whether it is markdown."""
    if isinstance(part, dict):
        tag = part.get("tag")
        if tag in {"plain_text", "lark_md", "markdown"} and isinstance(part.get("content"), str):
            yield part["content"], tag != "plain_text"
            return
        for key, value in part.items():
            if key not in {"value", "behaviors", "alt", "config", "confirm"}:
                yield from texts(value)
    elif isinstance(part, list):
        for one in part:
            yield from texts(one)


def picture_keys(card: Json) -> list[str]:
    """The keys of all pictures in a card."""
    found: list[str] = []
    for element in walk(card):
        if element.get("tag") == "img":
            found.append(str(element.get("img_key")))
        for one in element.get("img_list") or []:
            found.append(str(one.get("img_key")))
        if element.get("tag") == "markdown":
            for target in _PICTURE.findall(str(element.get("content"))):
                if target.startswith("http"):
                    raise _fail("markdown", f"a picture is an image key, not {target}")
                found.append(target)
    return found


def _ids(card: Json, pattern: re.Pattern[str]) -> list[str]:
    found: list[str] = []
    for text, markdown in texts(card):
        if markdown:
            for group in pattern.findall(text):
                found += [one.strip() for one in group.split(",")]
    return found


def at_all(card: Json) -> bool:
    """Whether a card mentions everybody."""
    return "all" in _ids(card, _AT)


def card_mentions(card: Json) -> list[str]:
    """The open ids that a card mentions: they are told of it."""
    return [one for one in _ids(card, _AT) if one != "all"]


def card_people(card: Json) -> list[str]:
    """The open ids whose name and face a card shows: nobody is told of that."""
    return _ids(card, _PERSON)
