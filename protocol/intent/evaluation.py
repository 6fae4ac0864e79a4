"""How often the parser is right: labelled sentences in, a report out (`imabot parse --eval FILE`)."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields

from protocol.decision import Decision
from protocol.intent import understand

_OF_DECISION = frozenset(each.name for each in fields(Decision))
FIELDS = ("intent", "lang", "task_type", "model", "size", "aspect_ratio", "preference", "notices", "prompt")


class LabelError(ValueError):
    """A line of the file is no labelled sentence; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence and what it should be understood as: any fields of the decision, by their names.

    `prompt_has` and `prompt_lacks` are compared after NFKC and case folding."""

    text: str
    images: int
    expect: Mapping[str, object]
    prompt_has: tuple[str, ...] = ()
    prompt_lacks: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Miss:
    """A sentence that was not fully right: field by field what was expected and what came."""

    row: Labelled
    decision: Decision
    wrong: Mapping[str, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class Report:
    """The figures over all sentences."""

    total: int
    misses: tuple[Miss, ...]
    wrong_fields: Mapping[str, int]
    languages: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """For each expected language: how many right, of how many."""
    confusion: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """How often an expected intent was taken for another."""

    @property
    def right(self) -> int:
        """How many sentences were right in every field."""
        return self.total - len(self.misses)

    @property
    def accuracy(self) -> float:
        """The share of sentences that were right in every field; 1.0 for none at all."""
        return self.right / self.total if self.total else 1.0

    def text(self) -> str:
        """The report as an engineer reads it."""
        lines = [f"fully right: {self.right} of {self.total} ({self.accuracy:.1%})", "", "by field:"]
        lines += [
            f"  {name:<13} {1 - self.wrong_fields.get(name, 0) / max(1, self.total):.1%}"
            + (f"  ({self.wrong_fields[name]} wrong)" if self.wrong_fields.get(name) else "")
            for name in (*FIELDS, *sorted(self.wrong_fields.keys() - set(FIELDS)))
        ]
        lines += ["", "by language:"]
        lines += [
            f"  {lang:<13} {right / count:.1%}  ({right} of {count})"
            for lang, (right, count) in sorted(self.languages.items())
        ]
        if self.confusion:
            lines += ["", "intents taken for another (expected -> understood):"]
            lines += [
                f"  {expected} -> {understood}: {count}"
                for (expected, understood), count in sorted(self.confusion.items(), key=lambda item: -item[1])
            ]
        if self.misses:
            lines += ["", "misses:"]
        for miss in self.misses:
            lines.append(f"  {miss.row.text!r}" + (f" +{miss.row.images} pictures" if miss.row.images else ""))
            lines += [
                f"      {name}: expected {want!r}, understood {got!r}" for name, (want, got) in miss.wrong.items()
            ]
        return "\n".join(lines)


def read_rows(lines: Iterable[str]) -> list[Labelled]:
    """The labelled sentences of a JSON Lines file. Raises LabelError for a line that is none."""
    rows: list[Labelled] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
            expect = dict(raw["expect"])
            row = Labelled(
                text=str(raw["text"]),
                images=int(raw.get("images", 0)),
                prompt_has=tuple(map(str, expect.pop("prompt_has", ()))),
                prompt_lacks=tuple(map(str, expect.pop("prompt_lacks", ()))),
                expect=expect,
                why=str(raw.get("why", "")),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise LabelError(f"line {number} is no labelled sentence: {error}") from error
        if unknown := sorted(expect.keys() - _OF_DECISION):
            raise LabelError(f"line {number} labels what no decision has: {', '.join(unknown)}")
        rows.append(row)
    return rows


def evaluate(rows: Sequence[Labelled]) -> Report:
    """Reads every sentence and compares each labelled field."""
    misses: list[Miss] = []
    fields: Counter[str] = Counter()
    confusion: Counter[tuple[str, str]] = Counter()
    counts: Counter[str] = Counter()
    rights: Counter[str] = Counter()
    for row in rows:
        decision = understand(row.text, row.images)
        wrong = compare(row, decision)
        lang = str(row.expect.get("lang", decision.lang))
        counts[lang] += 1
        rights[lang] += not wrong
        if wrong:
            misses.append(Miss(row, decision, wrong))
            fields.update(wrong.keys())
        if "intent" in wrong:
            confusion[str(row.expect["intent"]), decision.intent] += 1
    languages = {lang: (rights[lang], count) for lang, count in counts.items()}
    return Report(len(rows), tuple(misses), dict(fields), languages, dict(confusion))


def compare(row: Labelled, decision: Decision) -> dict[str, tuple[object, object]]:
    """The fields in which a decision is not what was expected, with both values."""
    wrong: dict[str, tuple[object, object]] = {}
    for name, want in row.expect.items():
        value: object = getattr(decision, name)
        got = list(value) if isinstance(value, tuple) else value
        if got != want:
            wrong[name] = (want, got)
    prompt = _plain(decision.prompt or "")
    missing = [words for words in row.prompt_has if _plain(words) not in prompt]
    left = [words for words in row.prompt_lacks if _plain(words) in prompt]
    if missing or left:
        wrong["prompt"] = (f"with {missing}, without {left}", decision.prompt)
    return wrong


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
