"""JSON read without mercy: what two parsers could understand differently is refused."""

import json
from typing import NoReturn, TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = "dict[str, Json]"


class NotStrictJsonError(ValueError):
    """The text is no JSON object, or one that leaves room for doubt."""


def parse_object(body: bytes) -> JsonObject:
    """Return the JSON object in `body`.

    Raises:
        NotStrictJsonError: not UTF-8, not JSON, no object at the root, a key twice, NaN or Infinity, half a
            surrogate pair, or nested too deeply.
    """
    try:
        value: Json = json.loads(body.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (UnicodeError, RecursionError) as error:
        raise NotStrictJsonError("the body is not valid UTF-8 text or too deep") from error
    except NotStrictJsonError:
        raise
    except ValueError as error:
        raise NotStrictJsonError("the body is not JSON") from error
    if not isinstance(value, dict):
        raise NotStrictJsonError("the body is not a JSON object")
    return value


def _unique(pairs: list[tuple[str, Json]]) -> JsonObject:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotStrictJsonError("a key occurs twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise NotStrictJsonError(f"{name} is not JSON")
