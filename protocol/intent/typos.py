"""Slips of the finger: two neighbouring letters of an English word that decides something, typed the other way round.

Only for matching: what the person typed stays in the prompt. A corrected word has the same letters, so that no
character moves.
"""

from __future__ import annotations

import re

_WORDS = (
    "draw drawing paint painting generate create sketch illustrate design render imagine make please "
    "picture image photo poster wallpaper avatar sticker banner portrait landscape vertical horizontal "
    "square resolution ratio quality cheapest budget premium highest model models default always using "
    "change remove replace background turn into transform convert darker brighter lighter bigger smaller "
    "credits points price usage balance retry again another cancel stop help what which much long done "
    "ready thanks hello with style watercolor cartoon anime"
)
_ALSO_WORDS = frozenset(
    ("form", "who", "cerate", "diver", "nay", "sue", "whit", "sued", "tow", "spot", "pints", "agian", "suing")
)
"""Words of their own, or too near to one."""


def _slips() -> dict[str, str]:
    words = _WORDS.split()
    slips: dict[str, str] = {}
    for word in words:
        for place in range(len(word) - 1):
            slip = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
            if slip not in words and slip not in _ALSO_WORDS:
                slips[slip] = word
    return slips


_SLIPS = _slips()
_WORD = re.compile(r"[a-z]{4,12}", re.ASCII)
_READ = 1000


def corrected(folded: str) -> str:
    """The folded text with the slips of its beginning put right, of the same length."""
    head = _WORD.sub(lambda word: _SLIPS.get(word[0], word[0]), folded[:_READ])
    return head + folded[_READ:]
