"""What a message says and shows, by its kind: text, post, image, file. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from adapters.feishu.payload import JsonObject, objects, parsed, string, table, tables
from adapters.feishu.pictures import PLATFORM, Reference
from protocol.messages import AttachedImage

EVERYBODY = "@_all"
SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".heic", ".heif", ".avif", ".bmp", ".tif", ".tiff")

_KEY = re.compile(r"@_(?:user_\d+|all)")


@dataclass(frozen=True, slots=True)
class Content:
    """The words, mentions resolved, and the pictures in order."""

    text: str = ""
    images: tuple[AttachedImage, ...] = ()


def content_of(kind: str, content: str, message: str, names: Mapping[str, str]) -> Content:
    """What a message of this kind says. `names`: what stands for each mention's key; "" for the bot's own."""
    said = parsed(content)
    match kind:
        case "text":
            return Content(_plain(string(said, "text"), names))
        case "post":
            return _post(said, message, names)
        case "image":
            return Content(images=_pictures([string(said, "image_key")], "image", message))
        case "file" if string(said, "file_name").lower().endswith(SUFFIXES):
            return Content(images=_pictures([string(said, "file_key")], "file", message))
        case _:
            return Content()


def _post(said: JsonObject, message: str, names: Mapping[str, str]) -> Content:
    body = _in_a_language(said)
    lines = body.get("content")
    paragraphs = [objects(each) for each in lines] if isinstance(lines, list) else []
    texts = [string(body, "title"), *("".join(_words(each, names) for each in line) for line in paragraphs)]
    keys = [string(each, "image_key") for line in paragraphs for each in line if string(each, "tag") == "img"]
    text = _plain("\n".join(text for text in texts if text.strip()), names)
    return Content(text, _pictures(keys, "image", message))


def _in_a_language(said: JsonObject) -> JsonObject:
    """A post may come in several languages (the page of message contents): the first that is there."""
    if "content" in said:
        return said
    return next((table(said, key) for key in said if "content" in table(said, key)), {})


def _words(element: JsonObject, names: Mapping[str, str]) -> str:
    match string(element, "tag"):
        case "text" | "md" | "code_block":
            return string(element, "text")
        case "a":
            address, text = string(element, "href"), string(element, "text")
            return text if address in text or not address else f"{text} {address} "
        case "at":
            key = string(element, "user_id")
            return f" {key} " if _KEY.fullmatch(key) else f" {names.get(key, string(element, 'user_name'))} "
        case _:
            return " "


def _plain(text: str, names: Mapping[str, str]) -> str:
    """Without keys of mentions: the bot's own and everybody's go, others become names."""
    named = _KEY.sub(lambda key: f" {names.get(key[0], '')} ", text)
    return "\n".join(" ".join(line.split()) for line in named.splitlines()).strip()


def _pictures(keys: list[str], kind: str, message: str) -> tuple[AttachedImage, ...]:
    return tuple(AttachedImage(PLATFORM, Reference(message, key, kind).encode()) for key in dict.fromkeys(keys) if key)


def mentioned(message: JsonObject) -> Iterator[tuple[str, str, str]]:
    """Those who are mentioned, as key, open id and name; in an event the id is an object, in the API a text."""
    for each in tables(message, "mentions"):
        identity = string(table(each, "id"), "open_id") or string(each, "id")
        yield string(each, "key"), identity, string(each, "name")
