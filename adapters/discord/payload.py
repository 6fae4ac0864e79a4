"""Reading what Discord sends: whatever is missing or of another kind reads as empty, and never raises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

JsonObject: TypeAlias = Mapping[str, object]

DISCORD_EPOCH = 1_420_070_400.0


def string(of: JsonObject, key: str) -> str:
    """A text, or an empty one."""
    value = of.get(key)
    return value if isinstance(value, str) else ""


def whole(of: JsonObject, key: str) -> int:
    """A whole number, or 0."""
    value = of.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def table(of: JsonObject, key: str) -> JsonObject:
    """An object, or an empty one."""
    value = of.get(key)
    return value if isinstance(value, dict) else {}


def tables(of: JsonObject, key: str) -> tuple[JsonObject, ...]:
    """The objects of a list."""
    value = of.get(key)
    return tuple(each for each in value if isinstance(each, dict)) if isinstance(value, list) else ()


def sent_at(snowflake: str) -> float:
    """When something with this id came to be, in seconds since 1970 (Discord's reference: snowflakes)."""
    return (int(snowflake) >> 22) / 1000 + DISCORD_EPOCH if snowflake.isascii() and snowflake.isdigit() else 0.0
