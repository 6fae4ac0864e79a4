"""What a picture is of, as an emoji."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from protocol.subject_words import (
    ANIMATE,
    IRREGULAR_PLURALS,
    NO_SUBJECT_EN,
    NO_SUBJECT_ZH,
    SCENE,
    STYLE,
    THING,
)
from protocol.traditional import FOLDED

ANY_SUBJECT = "🎨"

# Lower comes first: whoever is in a picture, then things, then where it is, then only the kind of picture.
_STYLE_RANK = 3


_RUN = re.compile(r"(?P<han>[\u3400-\u9fff]+)|(?P<word>[a-z0-9]+(?:'[a-z]+)?)", re.IGNORECASE | re.ASCII)
_SENTENCE_END = re.compile(r"[。！？；!?;\n]|\.(?=\s|$)")
_CLAUSE_END = re.compile(r"[,、]")
_OWNER = re.compile(r"[树旁边上下里中前后外内间底畔丛]*的(?<![它他她我你们]的)")
_COUNTED = re.compile(r"[一二两三四五六七八九十几\d][^\W\d_]$")
_NEGATED_ZH = re.compile(r"(?:没有|不要|别画|去掉|除了|无)$")
_NEGATED_EN = re.compile(r"\b(?:no|without|not|remove)(?:\s+\w+)?\s+$", re.IGNORECASE)
_CHANGE = re.compile(r"(?:变成|改成|换成|变为|改为|转成|做成|画成|\b(?:in)?to\b|\bwith\b)", re.IGNORECASE)
_CHANGE_START = re.compile(
    r"(?:请|麻烦|帮我|给我|\s)*[把将变改换]|\s*(?:please\s+)?(?:turn|change|make|convert|transform|replace)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a picture is mainly of. `word` is None, and the emoji 🎨, where nothing is known."""

    emoji: str
    word: str | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    emoji: str
    rank: int


@dataclass(frozen=True, slots=True)
class _Index:
    """Words by their text; a word that only hides others (马上) has no entry of its own."""

    han: dict[str, _Word | None]
    han_longest: dict[str, int]
    english: dict[str, _Word | None]
    english_longest: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Found:
    word: _Word
    text: str
    start: int
    end: int


def find_subject(prompt: str) -> Subject:
    """The main subject: who is in it, else what, else where; the first that is mentioned, in the first sentence.

    In a change ("turn the cat into a dog") it is what comes of it. Any text is fine, and nothing is raised.
    """
    text = prompt.translate(FOLDED)
    if _CHANGE_START.match(text) and (changes := list(_CHANGE.finditer(text))):
        after = text[changes[-1].end() :]
        if best := _best(after):
            return best
    return _best(text) or Subject(ANY_SUBJECT)


def _best(text: str) -> Subject | None:
    found = list(_find_all(text))
    if not found:
        return None
    sentences = [match.start() for match in _SENTENCE_END.finditer(text)]
    clauses = [match.start() for match in _CLAUSE_END.finditer(text)]

    starts = {each.start for each in found}

    def order(each: _Found) -> tuple[bool, int, int, int, bool, int]:
        sentence = bisect(sentences, each.start)
        # Somebody in a later clause of the sentence still is what the picture is of; a thing there is not.
        clause = 0 if each.word.rank == 0 else 1 + bisect(clauses, each.start)
        only_style = each.word.rank == _STYLE_RANK
        return (
            only_style,
            sentence,
            clause,
            each.word.rank,
            _describes(each, text) or _in_compound(each, starts, text),
            each.start,
        )

    best = min(found, key=order)
    return Subject(best.word.emoji, best.text)


def _describes(found: _Found, text: str) -> bool:
    """Whether it only describes what follows: 骑着马的宇航员 is an astronaut."""
    counted = _COUNTED.search(text, max(0, found.start - 2), found.start)
    return counted is None and _OWNER.match(text, found.end) is not None


def _in_compound(found: _Found, starts: set[int], text: str) -> bool:
    """Whether the next word is its head: 草莓蛋糕 is a cake, "a robot dog" a dog; but 熊猫宝宝 is a panda."""
    if found.text.isascii():
        return text[found.end : found.end + 1] in {" ", "-"} and found.end + 1 in starts
    return found.word.rank > 0 and found.end in starts


def _find_all(text: str) -> Iterator[_Found]:
    index = _index()
    words: list[re.Match[str]] = []
    for match in _RUN.finditer(text):
        if match["han"]:
            yield from _find_han(match["han"], match.start(), text, index)
        else:
            words.append(match)
    yield from _find_english(words, text, index)


def _find_han(run: str, offset: int, text: str, index: _Index) -> Iterator[_Found]:
    at = 0
    while at < len(run):
        step = 1
        for length in range(min(index.han_longest.get(run[at], 0), len(run) - at), 0, -1):
            part = run[at : at + length]
            if part in index.han:
                word, start = index.han[part], offset + at
                if word and not _NEGATED_ZH.search(text, max(0, start - 2), start):
                    yield _Found(word, part, start, start + length)
                step = length
                break
        at += step


def _find_english(words: list[re.Match[str]], text: str, index: _Index) -> Iterator[_Found]:
    lowered = [match[0].lower().removesuffix("'s") for match in words]
    at = 0
    while at < len(words):
        step = 1
        for length in range(min(index.english_longest.get(lowered[at], 0), len(words) - at), 0, -1):
            part = " ".join(lowered[at : at + length])
            if part in index.english and _joined(words[at : at + length], text):
                word, start = index.english[part], words[at].start()
                if word and not _NEGATED_EN.search(text, max(0, start - 20), start):
                    yield _Found(word, part, start, words[at + length - 1].end())
                step = length
                break
        at += step


def _joined(words: list[re.Match[str]], text: str) -> bool:
    """Whether the words stand side by side, with nothing but a space or a hyphen between."""
    return all(text[first.end() : second.start()] in {" ", "-"} for first, second in pairwise(words))


@cache
def _index() -> _Index:
    """The words, made searchable; built at the first use."""
    han: dict[str, _Word | None] = dict.fromkeys(NO_SUBJECT_ZH.split())
    english: dict[str, _Word | None] = dict.fromkeys(NO_SUBJECT_EN.replace("'s", "").split(", "))
    for rank, rows in enumerate((ANIMATE, THING, SCENE, STYLE)):
        for emoji, chinese, singulars in rows:
            word = _Word(emoji, rank)
            for each in chinese.split():
                han.setdefault(each, word)
            for each in singulars.split(", "):
                english.setdefault(each, word)
                english.setdefault(plural(each), word)
    return _Index(han, _longest(han, ""), english, _longest(english, " "))


def _longest(words: dict[str, _Word | None], separator: str) -> dict[str, int]:
    """By its first part, the length in parts of the longest word."""
    longest: dict[str, int] = {}
    for word in words:
        parts = word.split(separator) if separator else list(word)
        longest[parts[0]] = max(longest.get(parts[0], 0), len(parts))
    return longest


def plural(word: str) -> str:
    """The plural of an English noun, or of the last word of a name."""
    *before, last = word.split(" ")
    if last in IRREGULAR_PLURALS:
        last = IRREGULAR_PLURALS[last]
    elif re.search(r"(?:s|x|z|ch|sh)$", last):
        last += "es"
    elif re.search(r"[^aeiou]y$", last):
        last = last[:-1] + "ies"
    else:
        last += "s"
    return " ".join([*before, last])
