"""The API key, kept so that it cannot slip into a text by accident."""

from __future__ import annotations

import re
from urllib.parse import quote_plus

from typing_extensions import override

SHORTEST, LONGEST = 8, 512
_USABLE = re.compile(rf"[!-~]{{{SHORTEST},{LONGEST}}}")


class ApiKey:
    """The key. Only `reveal()` gives it; its repr, and what `scrub` returns, do not have it.

    Raises ValueError (without the key in it) for what cannot be a header's value.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        if not _USABLE.fullmatch(value):
            raise ValueError(f"an API key has {SHORTEST} to {LONGEST} printable ASCII characters and no spaces")
        self._value = value

    def reveal(self) -> str:
        return self._value

    def scrub(self, text: str) -> str:
        """`text` without the key, whether written plainly or as in a form."""
        return text.replace(self._value, "[key]").replace(quote_plus(self._value), "[key]")

    @override
    def __repr__(self) -> str:
        return "ApiKey([key])"
