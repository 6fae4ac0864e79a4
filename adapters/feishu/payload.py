"""Reading what Feishu sends: whatever is missing or of another kind reads as empty, and never raises."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TypeAlias

JsonObject: TypeAlias = Mapping[str, object]


def string(of: JsonObject, key: str) -> str:
    """A text, or an empty one."""
    value = of.get(key)
    return value if isinstance(value, str) else ""


def whole(of: JsonObject, key: str) -> int:
    """A whole number, also where it is written as a text; or 0."""
    value = of.get(key)
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def table(of: JsonObject, key: str) -> JsonObject:
    """An object, or an empty one."""
    value = of.get(key)
    return value if isinstance(value, dict) else {}


def tables(of: JsonObject, key: str) -> tuple[JsonObject, ...]:
    """The objects of a list."""
    return objects(of.get(key))


def objects(value: object) -> tuple[JsonObject, ...]:
    """The objects in a list."""
    return tuple(each for each in value if isinstance(each, dict)) if isinstance(value, list) else ()


def parsed(text: str | bytes) -> JsonObject:
    """The object that a text is as JSON; an empty one where it is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def moment(of: JsonObject, key: str) -> float:
    """A time in seconds since 1970; Feishu writes milliseconds in events, microseconds in callbacks."""
    number = whole(of, key)
    return number / (1_000_000 if number >= 10**15 else 1_000)
