"""How long our commands take to start, and the memory that they need: `python -m bench.startup`.

A command that serves counts up to its `listening` line. Memory is the peak of the largest process; the floor of
what can be seen is this program's own, about that of `imabot parse`.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.processes import IMABOT, Cost, ended, environment, first_line, sandbox, service_environment, start, stopped

HEAVIEST = 12


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds until it was ready, and what the process cost altogether."""

    seconds: float
    cost: Cost


def short(folder: Path, *words: str) -> Start:
    """A command that does one thing and ends."""
    began = time.perf_counter()
    process = start((*IMABOT, *words), folder, environment())
    cost = ended(process)
    return Start(time.perf_counter() - began, cost)


def serving(folder: Path, env: Mapping[str, str], *words: str) -> Start:
    """A command that serves, until it listens."""
    began = time.perf_counter()
    process = start((*IMABOT, *words), folder, env)
    try:
        first_line(process)
        seconds = time.perf_counter() - began
    finally:
        cost = stopped(process)
    return Start(seconds, cost)


def imports(folder: Path, env: Mapping[str, str], *words: str) -> Counter[str]:
    """The milliseconds that each package's modules took to import, by the package's name."""
    timed = (sys.executable, "-X", "importtime", *IMABOT[1:], *words)
    place = folder / "imports"
    place.mkdir(exist_ok=True)
    process = start(timed, place, env)
    if "run" in words:
        first_line(process)
        stopped(process)
    else:
        ended(process)
    found: Counter[str] = Counter()
    for line in (place / "stderr.txt").read_text().splitlines():
        own, _, name = line.removeprefix("import time:").partition("|")
        if line.startswith("import time:") and own.strip().isdigit():
            found[name.partition("|")[2].strip().partition(".")[0]] += int(own)
    (place / "stderr.txt").unlink()
    return Counter({name: round(microseconds / 1000) for name, microseconds in found.items()})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0] if __doc__ else "")
    parser.add_argument("--times", type=int, default=5, help="starts of each command (default 5)")
    times = parser.parse_args().times
    print(f"{'command':34} {'seconds':>8} {'slowest':>8} {'CPU s':>7} {'peak MB':>8}")
    with tempfile.TemporaryDirectory() as name, sandbox(Path(name)) as addresses:
        folder = Path(name)
        settled = service_environment(addresses, folder / "settled")
        numbers = iter(range(1000))

        def fresh() -> Mapping[str, str]:
            return service_environment(addresses, folder / f"fresh-{next(numbers)}")

        measured: dict[str, Callable[[], Start]] = {
            "imabot --help": lambda: short(folder, "--help"),
            "imabot parse": lambda: short(folder, "parse", "画一张猫"),
            "imabot models --help": lambda: short(folder, "models", "--help"),
            "imabot run --playground, first": lambda: serving(folder, fresh(), "run", "--playground"),
            "imabot run --playground, again": lambda: serving(folder, settled, "run", "--playground"),
            "imabot demo": lambda: serving(folder, environment(HTTP_PORT="0"), "demo", "--no-browser"),
        }
        for label, measure in measured.items():
            measure()  # the first start fills the caches
            starts = [measure() for _ in range(times)]
            seconds = [each.seconds for each in starts]
            cpu = statistics.median(each.cost.cpu for each in starts)
            memory = statistics.median(each.cost.memory for each in starts) / 1e6
            print(f"{label:34} {statistics.median(seconds):8.2f} {max(seconds):8.2f} {cpu:7.2f} {memory:8.1f}")
        for words in (("parse", "画一张猫"), ("run", "--playground")):
            found = imports(folder, settled, *words)
            print(f"\nimports of imabot {words[0]}: {found.total()} ms; the heaviest:")
            print("  " + ", ".join(f"{package} {took}" for package, took in found.most_common(HEAVIEST) if took))
    return 0


if __name__ == "__main__":
    sys.exit(main())
