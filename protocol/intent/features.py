"""What a message that orders nothing looks like, as a set of features that `weights` knows from examples.

Words and pairs of words, Chinese characters and pairs of them, how it begins and ends, how long it is, and the signs
that people named (`talk_signs`, `picture_signs`). What decides nothing leaves no feature: politeness, emoji, closing
marks, white space, and settings that were claimed.
"""

from __future__ import annotations

from protocol.intent import questions
from protocol.intent.normalising import CLAIMED, OPAQUE
from protocol.intent.patterns import Pattern
from protocol.intent.picture_signs import FRAMED, PICTURE, WRITTEN
from protocol.intent.talk_signs import EVERYDAY, FINITE, TALK

_READ = 300
_SIGNS_READ = 300
_ENDS = " \n,.!。~、…;:-"
_CLAIMED = Pattern(rf"[\s,]*{CLAIMED}[\s{CLAIMED},]*")
_SPACES = Pattern(r"[ \t]+")
_TOKEN = Pattern(rf"[a-z0-9']+|[\u4e00-\u9fff]+|{OPAQUE}+|[^\sa-z0-9'\u4e00-\u9fff{OPAQUE}]+|\n")
_DIGITS = Pattern(r"\d+")
_NAMED = {OPAQUE: '"', "\n": "¶"}
_LONG_WORD = 5
_LENGTH_STEP, _MOST_STEPS, _MOST_COMMAS, _MOST_WEIGHT = 6, 8, 4, 7


def features(head: str, bare: str, *, pictured: bool = False) -> set[str]:
    """The features of a message, by its collapsed beginning, its bare words and whether a picture comes with it."""
    found = _words(head) | _signs(head, bare)
    if CLAIMED in head:
        found.add("*setting")
    if pictured:
        found.add("*pictured")
    return found


def _words(head: str) -> set[str]:
    text = _plain(head)
    tokens = _TOKEN.compiled.findall(text)
    found = {
        "*any",
        f"*length {min(_MOST_STEPS, len(text) // _LENGTH_STEP)}",
        f"*commas {min(_MOST_COMMAS, text.count(','))}",
    }
    before = "^"
    for index, token in enumerate(tokens):
        first, last = index == 0, index == len(tokens) - 1
        if "\u4e00" <= token[0] <= "\u9fff":
            found.update(token)
            found.update(token[place : place + 2] for place in range(len(token) - 1))
            if not before[0].isalnum():
                found.update((f"|{token[0]}", f"|{token[:2]}"))
            if first:
                found.update((f"^{token[0]}", f"^{token[:2]}"))
            if last:
                found.update((f"{token[-1]}$", f"{token[-2:]}$"))
            before = "#"
        elif token[0].isalnum() or token[0] == "'":
            word = _DIGITS.compiled.sub("0", token)
            found.update((word, f"{before} {word}"))
            if len(word) >= _LONG_WORD:
                found.add(f"-{word[-3:]}")
            if first:
                found.add(f"^{word}")
            if last:
                found.add(f"{word}$")
            before = word
        else:
            before = _NAMED.get(token[0], token[0])
            found.add(f"*mark {before}")
    return found


def _plain(head: str) -> str:
    """The words without what decides nothing."""
    text = _CLAIMED.compiled.sub(lambda found: ", " if "," in found[0] else " ", head[:_READ])
    return _SPACES.compiled.sub(" ", text).strip(_ENDS)


def _signs(head: str, bare: str) -> set[str]:
    read = head[:_SIGNS_READ]
    drawn = WRITTEN.blank(read)
    talk, picture = _weight(TALK, drawn), _weight(PICTURE, drawn)
    found = {f"*talk {weight}" for weight in range(1, min(talk, _MOST_WEIGHT) + 1)}
    found.update(f"*picture {weight}" for weight in range(1, min(picture, _MOST_WEIGHT) + 1))
    if drawn != read:
        found.add("*written")
    if FRAMED.search(read.strip(_ENDS + CLAIMED)):
        found.add("*framed")
    if FINITE.search(drawn):
        found.add("*finite everyday" if EVERYDAY.search(drawn) else "*finite")
    if questions.is_question(bare, picture):
        found.add("*question")
    return found


def _weight(signs: tuple[tuple[Pattern, int], ...], text: str) -> int:
    return sum(weight for pattern, weight in signs if pattern.search(text))
