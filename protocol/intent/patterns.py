"""Regular expressions that are compiled when first used, so that importing the parser stays cheap.

All of them are matched against folded text, with ASCII rules: between `draw` and `一` there is a word boundary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

_FEW = 16
_TAIL = 80


class Pattern:
    """A regular expression, compiled on first use. Parts are joined; white space in them has its meaning."""

    __slots__ = ("_compiled", "source")

    def __init__(self, *parts: str) -> None:
        self.source = "".join(parts)
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        """The compiled expression."""
        if self._compiled is None:
            self._compiled = re.compile(self.source, re.ASCII)
        return self._compiled

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where it matches."""
        return self.compiled.search(text)

    def match(self, text: str, position: int = 0) -> re.Match[str] | None:
        """A match that starts at the position."""
        return self.compiled.match(text, position)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """A match of the whole text."""
        return self.compiled.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches, from the left, that do not overlap."""
        return self.compiled.finditer(text)

    def few(self, text: str) -> list[re.Match[str]]:
        """The first sixteen matches and, where there are more, those of the last eighty characters.

        No person names more sizes or models than that; it bounds the time for a text that repeats one.
        """
        found = list(islice(self.compiled.finditer(text), _FEW))
        if len(found) == _FEW:
            found += self.compiled.finditer(text, max(found[-1].end(), len(text) - _TAIL))
        return found

    def remove(self, text: str) -> str:
        """The text without its matches."""
        return self.compiled.sub("", text)

    def blank(self, text: str) -> str:
        """The text with a space for each match."""
        return self.compiled.sub(" ", text)


def one_of(*words: str) -> str:
    """A group that matches any of the words (each may be a pattern), the longest first."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


def word(*words: str) -> str:
    """Like `one_of`, as whole Latin words."""
    return r"\b" + one_of(*words) + r"\b"
