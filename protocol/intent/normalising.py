"""Folding a message for matching: case, full-width forms and Traditional characters.

Every character becomes exactly one character, so a position in the folded text is the same position in the
text as typed: that is the whole offset map, and why what is not consumed can stay as it was.
"""

from __future__ import annotations

from protocol.intent.patterns import Pattern
from protocol.traditional import HALF_WIDTH, SIMPLIFIED

CLAIMED = "\v"
"""Stands where a span was consumed. It counts as white space in patterns, and never occurs in folded text."""
OPAQUE = "\x1a"
"""Stands where words are content whatever they say: quotes, code, addresses. Never occurs in folded text."""

_HAN = Pattern("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff"
_SPECIAL = {"İ": "i", "\u2019": "'", "\u2236": ":", "﹕": ":", "\r": " ", "\u2028": "\n", "\u2029": "\n", "\x85": "\n"}


_TABLE: dict[int, str] = {
    **HALF_WIDTH,
    **{ord(char): " " for char in _SPACES},
    **{code: " " for code in range(0x20) if code != ord("\n")},
    **{ord(char): plain for char, plain in _SPECIAL.items()},
    **SIMPLIFIED,
}


def fold(text: str) -> str:
    """The text in the form that patterns are written for, of the same length."""
    return text.translate(_TABLE).lower()


def has_han(text: str) -> bool:
    """Whether a Chinese character is in the text: what decides the language (the intent page: lang)."""
    return _HAN.search(text) is not None
