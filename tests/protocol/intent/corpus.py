"""The labelled sentences that the parser's tests read."""

from __future__ import annotations

from pathlib import Path

from protocol.intent.evaluation import Labelled, read_rows

_FOLDER = Path(__file__).parents[2] / "corpus"


def rows(name: str) -> list[Labelled]:
    """The sentences of one corpus file."""
    return read_rows((_FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines())


def intents() -> list[tuple[str, int, str]]:
    """Short sayings: the intent, the number of pictures that come with it, the text."""
    lines = (_FOLDER / "intents.tsv").read_text("utf-8").splitlines()
    return [(want, int(images), text) for want, images, text in (line.split("\t") for line in lines)]
