"""`imabot parse`: what a message means, as JSON, a line each."""

from __future__ import annotations

import argparse
import json
import sys

from protocol.intent import explain, understand


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options."""
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("text", nargs="?", metavar="TEXT", help="the message")
    source.add_argument("--stdin", action="store_true", help='read lines of {"text": …, "images": 0}')
    source.add_argument("--eval", metavar="FILE", help="measure against labelled messages")
    parser.add_argument("--images", type=int, default=0, metavar="N", help="how many pictures come with TEXT")
    parser.add_argument("--explain", action="store_true", help="also show which words meant what")


def main(arguments: argparse.Namespace) -> int:
    """Print the decision; 0, or 2 for input that is none."""
    if arguments.eval is not None:
        return _evaluate(arguments.eval)
    if not arguments.stdin:
        _show(arguments.text, arguments.images, explained=arguments.explain)
        return 0
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            text, images = row["text"], row.get("images", 0)
            if not isinstance(text, str) or not isinstance(images, int):
                raise TypeError
        except (ValueError, KeyError, TypeError, AttributeError):
            sys.stderr.write(f'line {number} is not {{"text": …, "images": 0}}\n')
            return 2
        _show(text, images, explained=arguments.explain)
    return 0


def _show(text: str, images: int, *, explained: bool) -> None:
    if explained:
        explanation = explain(text, images)
        meanings = [
            {"words": text[span.start : span.end], "meaning": span.meaning, "value": span.value}
            for span in explanation.spans
        ]
        sys.stdout.write(json.dumps({**explanation.decision.to_json(), "spans": meanings}, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(json.dumps(understand(text, images).to_json(), ensure_ascii=False) + "\n")


def _evaluate(file: str) -> int:
    from pathlib import Path

    from protocol.intent.evaluation import evaluate, read_rows

    try:
        rows = read_rows(Path(file).read_text(encoding="utf-8").splitlines())
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{file} cannot be read: {error}\n")
        return 2
    sys.stdout.write(f"{evaluate(rows)}\n")
    return 0
