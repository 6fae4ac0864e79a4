"""Finding known words in a text of any language."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")

_IRREGULAR = {"y": "ies", "s": "ses", "x": "xes", "sh": "shes", "ch": "ches", "fe": "ves", "man": "men"}


@dataclass(frozen=True, slots=True)
class Found(Generic[Meaning]):
    start: int
    end: int
    meaning: Meaning
    plural: bool


def normal(text: str) -> str:
    """Full-width letters, capitals and the like made equal."""
    return unicodedata.normalize("NFKC", text).casefold()


def _words(listed: str) -> list[str]:
    """The words of an entry; a hyphen is as good as a space."""
    return [normal(word.strip()).replace("-", " ") for word in listed.split(",")]


class Lexicon(Generic[Meaning]):
    """Words to meanings. English words match whole, with their plurals; Chinese ones wherever they occur; of words
    that begin at the same place the longest counts, so that 热狗 (hot dog) holds no dog (狗)."""

    def __init__(self, entries: Iterable[tuple[str, Meaning]]) -> None:
        """Each entry's words are separated by commas."""
        self._forms: dict[str, tuple[Meaning, bool]] = {}
        for words, meaning in entries:
            for word in _words(words):
                for plural in _plurals(word):
                    self._forms.setdefault(plural, (meaning, True))
        for words, meaning in entries:
            for word in _words(words):
                self._forms[word] = (meaning, False)
        forms = sorted(self._forms, key=len, reverse=True)
        latin = "|".join(re.escape(form).replace(r"\ ", r"[\s-]+") for form in forms if form.isascii())
        other = "|".join(re.escape(form) for form in forms if not form.isascii())
        self._pattern = re.compile(rf"(?<![a-z])(?:{latin or '(?!)'})(?![a-z])|(?:{other or '(?!)'})")

    def find(self, text: str) -> list[Found[Meaning]]:
        """``text`` is expected in its `normal` form; the answer is in reading order."""
        found: list[Found[Meaning]] = []
        for match in self._pattern.finditer(text):
            form = re.sub(r"[\s-]+", " ", match.group())
            meaning, plural = self._forms[form]
            found.append(Found(match.start(), match.end(), meaning, plural))
        return found


def _plurals(word: str) -> list[str]:
    if not word.isascii():
        return []
    for ending, plural in _IRREGULAR.items():
        if word.endswith(ending) and not word.endswith(("ay", "ey", "oy")):
            return [word.removesuffix(ending) + plural]
    return [word + "s", word + "es"] if word.endswith("o") else [word + "s"]
