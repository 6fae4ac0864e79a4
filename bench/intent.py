"""How long understanding takes: `python -m bench.intent` prints medians in milliseconds."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from protocol.intent import understand
from protocol.intent.evaluation import read_rows

_CORPUS = Path(__file__).parents[1] / "tests" / "corpus"
_LONGEST = 10_000
_TYPICAL_MS, _LONGEST_MS, _IMPORT_MS = 0.5, 5.0, 30.0
_LONG = {
    "Chinese prose": "一只猫坐在墙上，看着远处的灯塔，",
    "English prose": "a cat sitting on a wall, looking at a lighthouse, ",
    "model names": "nb2 ",
    "ratios": "16:9 ",
    "sizes": "4K ",
    "open quotes": "“",
    "links": "http://a.example/b.png ",
    "white space": " ",
    "dashes": "-",
}


def milliseconds(text: str, images: int = 0, repeats: int = 7) -> float:
    """The median CPU time of understanding a text."""
    times = []
    for _ in range(repeats):
        start = time.process_time_ns()
        understand(text, images)
        times.append((time.process_time_ns() - start) / 1e6)
    return statistics.median(times)


def import_milliseconds() -> float:
    """The CPU time of importing the parser in a fresh process, beyond what it shares with everything else."""
    code = (
        "import dataclasses, re, time; t = time.process_time_ns(); import protocol.intent; "
        "print((time.process_time_ns() - t) / 1e6)"
    )
    with tempfile.TemporaryDirectory() as compiled:
        surroundings = {**os.environ, "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
        command = [sys.executable, "-c", code]
        runs = [subprocess.run(command, env=surroundings, capture_output=True, check=True, text=True) for _ in range(6)]
    return statistics.median(float(run.stdout) for run in runs[1:])


def main() -> None:
    """Prints the figures and says which exceed their bounds."""
    rows = [
        row
        for name in ("labelled", "own")
        for row in read_rows((_CORPUS / f"{name}.jsonl").read_text("utf-8").splitlines())
    ]
    for row in rows:
        understand(row.text, row.images)
    typical = [milliseconds(row.text, row.images) for row in rows]
    print(f"typical message, median of {len(rows)}: {statistics.median(typical):.3f} ms (at most {_TYPICAL_MS})")
    print(f"typical message, 99th of 100: {statistics.quantiles(typical, n=100)[98]:.3f} ms")
    for name, piece in _LONG.items():
        took = milliseconds((piece * _LONGEST)[:_LONGEST])
        print(f"{_LONGEST} characters of {name}: {took:.2f} ms (at most {_LONGEST_MS})")
    print(f"import: {import_milliseconds():.1f} ms (at most {_IMPORT_MS})")


if __name__ == "__main__":
    main()
