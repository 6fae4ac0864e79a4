"""JSON that nobody vouches for: bounded, typed, and never a crash."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NoReturn, TypeAlias

from ima.errors import BrokenAnswer

Scalar: TypeAlias = str | int | float | bool
Json: TypeAlias = "Scalar | Sequence[Json] | Mapping[str, Json] | None"


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def parse_json(body: bytes) -> Json:
    """The value of a JSON text. Raises BrokenAnswer for anything else, however deep or odd."""
    try:
        value: Json = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BrokenAnswer("the answer is not JSON") from error
    return value


def as_object(value: Json, what: str) -> Mapping[str, Json]:
    if not isinstance(value, Mapping):
        raise BrokenAnswer(f"{what} is not an object")
    return value


def as_list(value: Json, what: str) -> Sequence[Json]:
    """A list; null and absent count as empty."""
    if value is None:
        return ()
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise BrokenAnswer(f"{what} is not a list")
    return value


def as_text(value: Json, what: str) -> str:
    """A text with something in it; a whole number counts as its digits."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value:
        raise BrokenAnswer(f"{what} is not a text")
    return value


def as_count(value: Json, what: str, *, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise BrokenAnswer(f"{what} is not a whole number of at least {least}")
    return value


def as_scalar(value: Json) -> Scalar | None:
    """A plain value, or None for null, lists and objects."""
    return value if isinstance(value, str | int | float | bool) else None
