"""What a message may be: lengths, embeds, flags, fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tests.platforms.discord.basics import Json, Refusal, Violations, invalid
from tests.platforms.discord.component_rules import check_components
from tests.platforms.discord.world import COMPONENTS_V2, EPHEMERAL, SUPPRESS_EMBEDS

CONTENT = 2000
_CREATE = {
    "content",
    "nonce",
    "enforce_nonce",
    "tts",
    "embeds",
    "allowed_mentions",
    "message_reference",
    "components",
    "sticker_ids",
    "attachments",
    "flags",
}
_EDIT = {"content", "embeds", "flags", "allowed_mentions", "components", "attachments"}
FIELDS: Mapping[str, set[str]] = {
    "create": _CREATE,
    "edit": _EDIT | {"tts"},
    "webhook": _CREATE - {"nonce", "enforce_nonce", "message_reference"},
}
"""The fields of each kind of body. An edit may say tts, since clients do; it has no effect."""

_FLAGS = {"create": SUPPRESS_EMBEDS | (1 << 12) | COMPONENTS_V2, "edit": SUPPRESS_EMBEDS | COMPONENTS_V2}
_FLAGS["webhook"] = _FLAGS["create"] | EPHEMERAL
_EMBED_LIMITS = {"title": 256, "description": 4096}
_EMBED_FIELDS = {
    "title",
    "type",
    "description",
    "url",
    "timestamp",
    "color",
    "footer",
    "image",
    "thumbnail",
    "video",
    "provider",
    "author",
    "fields",
    "flags",
}


def length(text: str) -> int:
    """Count a text the longer way, a character beyond the basic plane as two."""
    return len(text.encode("utf-16-le")) // 2


def check_body(body: Json, kind: str, violations: Violations) -> None:
    """Refuse a body of the kind create, edit or webhook that Discord would refuse."""
    unknown = sorted(set(body) - FIELDS[kind])
    if unknown:
        violations.add("unknown_field", f"{kind}: {', '.join(unknown)}")
    _check_content(body.get("content"), violations)
    flags = body.get("flags") or 0
    if not isinstance(flags, int) or isinstance(flags, bool):
        raise invalid("flags", "NUMBER_TYPE_COERCE", "Value is not a number.")
    if flags & ~_FLAGS[kind]:
        violations.add("flag_without_effect", f"{kind}: {flags}")
    if not isinstance(body.get("tts") or False, bool):
        raise invalid("tts", "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
    if body.get("tts"):
        violations.add("read_aloud", kind)
    embeds = body.get("embeds")
    _check_embeds([] if embeds is None else embeds)
    components = body.get("components")
    check_components([] if components is None else components, v2=bool(flags & COMPONENTS_V2))
    if flags & COMPONENTS_V2 and (body.get("content") or embeds):
        raise invalid("content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "No content or embeds there.")
    nonce = body.get("nonce")
    if nonce is not None and len(str(nonce)) > 25:
        raise invalid("nonce", "NONCE_TYPE_TOO_LONG", "Must be 25 or fewer in length.")
    if body.get("sticker_ids"):
        raise Refusal(400, 50081, "Invalid sticker sent")


def _check_content(content: object, violations: Violations) -> None:
    if content is None:
        return
    if not isinstance(content, str):
        raise invalid("content", "STRING_TYPE_CONVERT", "Could not interpret as string.")
    if length(content) > CONTENT:
        violations.add("content_too_long", f"{length(content)} characters")
        raise invalid("content", "BASE_TYPE_MAX_LENGTH", f"Must be {CONTENT} or fewer in length.")


def _check_embeds(embeds: object) -> None:
    if not isinstance(embeds, list):
        raise invalid("embeds", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
    if len(embeds) > 10:
        raise invalid("embeds", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
    total = sum(_check_embed(f"embeds.{index}", embed) for index, embed in enumerate(embeds))
    if total > 6000:
        raise invalid("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")


def _check_embed(path: str, embed: Json) -> int:
    if set(embed) - _EMBED_FIELDS or embed.get("type", "rich") != "rich":
        raise invalid(path, "UNKNOWN_FIELD", "An embed of a bot has no such field.")
    sizes = 0
    parts = {key: (embed.get(key), limit) for key, limit in _EMBED_LIMITS.items()}
    parts["footer.text"] = ((embed.get("footer") or {}).get("text"), 2048)
    parts["author.name"] = ((embed.get("author") or {}).get("name"), 256)
    fields = embed.get("fields") or []
    if len(fields) > 25:
        raise invalid(f"{path}.fields", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    for index, one in enumerate(fields):
        for key, limit in (("name", 256), ("value", 1024)):
            if not one.get(key):
                raise invalid(f"{path}.fields.{index}.{key}", "BASE_TYPE_REQUIRED", "This field is required")
            parts[f"fields.{index}.{key}"] = (one[key], limit)
    for name, (text, limit) in parts.items():
        if text is None:
            continue
        if length(str(text)) > limit:
            raise invalid(f"{path}.{name}", "BASE_TYPE_MAX_LENGTH", f"Must be {limit} or fewer in length.")
        sizes += length(str(text))
    for name in ("image", "thumbnail"):
        url = (embed.get(name) or {}).get("url")
        if url is not None and not str(url).startswith(("http://", "https://", "attachment://")):
            raise invalid(f"{path}.{name}.url", "URL_TYPE_INVALID_SCHEME", "Scheme must be http, https or attachment.")
    if not any(embed.get(key) for key in (*_EMBED_LIMITS, "image", "thumbnail", "fields", "footer", "author")):
        raise invalid(path, "BASE_TYPE_REQUIRED", "This field is required")
    if embed.get("timestamp") is not None:
        _check_time(f"{path}.timestamp", embed["timestamp"])
    return sizes


def _check_time(path: str, value: object) -> None:
    try:
        datetime.fromisoformat(str(value))
    except ValueError as error:
        raise invalid(path, "DATE_TIME_TYPE_PARSE", "Could not parse. Should be ISO8601.") from error
