"""`imabot parse`: what a message means, as JSON, a line each."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from typing import TypeAlias

from protocol.intent import explain, understand

Message: TypeAlias = tuple[str, int]
"""A text, and how many pictures come with it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options."""
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("text", nargs="?", metavar="TEXT", help="the message")
    source.add_argument("--stdin", action="store_true", help='read lines of {"text": …, "images": 0}')
    source.add_argument("--eval", metavar="FILE", help="measure against labelled messages")
    parser.add_argument("--images", type=_count, default=0, metavar="N", help="how many pictures come with TEXT")
    parser.add_argument("--explain", action="store_true", help="also show which words meant what")


def main(arguments: argparse.Namespace) -> int:
    """Print the decision; 0, or 2 for input that is none."""
    if arguments.eval is not None:
        return _evaluate(arguments.eval)
    if not arguments.stdin:
        _show((arguments.text, arguments.images), explained=arguments.explain)
        return 0
    # Bytes: JSON is UTF-8 whatever the terminal speaks.
    return _show_all(sys.stdin.buffer, explained=arguments.explain)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of pictures")
    return int(text)


def _show_all(lines: Iterable[bytes], *, explained: bool) -> int:
    """Each line is answered as it comes: another program may wait for it."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            message = _message(line)
        except (ValueError, RecursionError):
            sys.stdout.flush()
            sys.stderr.write(f'line {number} is not {{"text": …, "images": 0}}\n')
            return 2
        _show(message, explained=explained)
    return 0


def _message(line: bytes) -> Message:
    """Raises ValueError."""
    row = json.loads(line)
    text, images = (row.get("text"), row.get("images", 0)) if isinstance(row, dict) else (None, None)
    if not isinstance(text, str) or not isinstance(images, int) or isinstance(images, bool) or images < 0:
        raise ValueError("not a message")
    return text, images


def _show(message: Message, *, explained: bool) -> None:
    text, images = message
    if explained:
        explanation = explain(text, images)
        meanings = [
            {"words": text[span.start : span.end], "meaning": span.meaning, "value": span.value}
            for span in explanation.spans
        ]
        _write({**explanation.decision.to_json(), "spans": meanings})
    else:
        _write(dict(understand(text, images).to_json()))


def _write(found: dict[str, object]) -> None:
    line = json.dumps(found, ensure_ascii=False)
    try:
        line.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        # Half of a surrogate pair, or a terminal that does not know the characters.
        line = json.dumps(found)
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _evaluate(file: str) -> int:
    from pathlib import Path

    from protocol.intent.evaluation import evaluate, read_rows

    try:
        rows = read_rows(Path(file).read_text(encoding="utf-8").splitlines())
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{file} cannot be read: {error}\n")
        return 2
    sys.stdout.write(f"{evaluate(rows).text()}\n")
    return 0
