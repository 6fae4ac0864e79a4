"""What was found where: each character of a message is claimed by one meaning at most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from protocol.intent.normalising import CLAIMED, OPAQUE, fold
from protocol.intent.patterns import Pattern
from protocol.intent.typos import corrected
from protocol.intent.wording import without_ornaments, without_politeness

Meaning: TypeAlias = Literal[
    "mention",
    "command",
    "image_link",
    "link",
    "quote",
    "code",
    "flag",
    "size",
    "ratio",
    "model",
    "preference",
    "negated",
]

_KEPT: frozenset[Meaning] = frozenset({"link", "quote", "code"})


_ATTRIBUTION = Pattern(r"[ \u3000]*的(?!士|确|话)[ \u3000]*(?=[\u4e00-\u9fffa-z\d])")
_WEIGHT = Pattern(r":\d(?:\.\d{1,3})?")
"""How much a phrase in brackets is to count, as people bring it along from other tools: `(best quality:1.4)`."""
_BRACKETS = {"(": ")", "[": "]", "【": "】", "{": "}"}


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of the text as typed, and what they were taken to mean.

    `value` is what they set (a model id, a size, an address); `replacement` is what stands for them in the
    prompt. Spans of the meanings link, quote and code are content: they stay in the prompt.
    """

    start: int
    end: int
    meaning: Meaning
    value: str = ""
    replacement: str = ""

    @property
    def consumed(self) -> bool:
        """Whether these characters leave the prompt."""
        return self.meaning not in _KEPT

    def with_brackets(self, seen: str) -> Span:
        """The span with the brackets that enclose nothing else (`a fox (16:9)`)."""
        closing = _BRACKETS.get(seen[self.start - 1 : self.start])
        weight = _WEIGHT.match(seen, self.end)
        end = weight.end() if weight else self.end
        if closing is None or seen[end : end + 1] != closing:
            return self
        return replace(self, start=self.start - 1, end=end + 1)

    def with_attribution(self, seen: str) -> Span:
        """The span with the 的 that ties it to what follows (一张 16:9 的雪山)."""
        tied = _ATTRIBUTION.match(seen, self.end)
        return replace(self, end=tied.end()) if tied else self


class Reading:
    """A message while it is being read: its text, and what has been claimed so far.

    `seen` is the folded text in which claimed characters are blanked, so that no finder reads them twice.
    """

    __slots__ = ("folded", "seen", "spans", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = corrected(fold(text))
        self.seen = without_ornaments(self.folded)
        self.spans: list[Span] = []

    def set_politeness_aside(self) -> None:
        """Blanks the politeness at both ends, which stays in the prompt but decides nothing."""
        self.seen = without_politeness(self.seen)

    def claim(self, found: Iterable[Span]) -> list[Span]:
        """Takes the spans, which must be in order and apart, and blanks their characters."""
        spans = [part for span in found for part in self._unclaimed(span)]
        if not spans:
            return spans
        parts: list[str] = []
        position = 0
        for span in spans:
            parts.append(self.seen[position : span.start])
            parts.append((CLAIMED if span.consumed else OPAQUE) * (span.end - span.start))
            position = span.end
        parts.append(self.seen[position:])
        self.seen = "".join(parts)
        self.spans.extend(spans)
        return spans

    def _unclaimed(self, span: Span) -> list[Span]:
        """The span without what was claimed before: "use 16:9 NB Pro" names a model round a ratio."""
        words = self.seen[span.start : span.end]
        if CLAIMED not in words and OPAQUE not in words:
            return [span]
        parts: list[Span] = []
        position = span.start
        for piece in words.replace(OPAQUE, CLAIMED).split(CLAIMED):
            if piece.strip():
                parts.append(replace(span, start=position, end=position + len(piece)))
            position += len(piece) + 1
        return parts
