"""Commands of ours as processes of their own, and what they cost: shared by the measurements."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

IMABOT = (sys.executable, "-c", "import sys; from bot.cli import main; sys.exit(main())")
KEY = "ima_bench_key_0000000000"
# What `getrusage` counts in: kilobytes, but bytes on macOS.
MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024
OURS = ("IMA_", "DISCORD_", "FEISHU_", "DATA", "HTTP_", "LOG_")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process cost from start to end: CPU seconds, and the most memory in bytes."""

    cpu: float
    memory: int


def environment(**more: str) -> dict[str, str]:
    """Our environment without settings of the bot, and `more`."""
    kept = {name: text for name, text in os.environ.items() if not name.upper().startswith(OURS)}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "", **more}


def start(command: tuple[str, ...], folder: Path, env: Mapping[str, str]) -> subprocess.Popen[str]:
    """Start a command in `folder`, whose stderr goes to a file there."""
    with (folder / "stderr.txt").open("a") as stderr:
        return subprocess.Popen(
            command,
            cwd=folder,
            env={**env, "PYTHONPATH": str(Path(__file__).parent.parent)},
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )


def first_line(process: subprocess.Popen[str]) -> str:
    """The first line on stdout. Raises `RuntimeError` where the process ends without one."""
    line = process.stdout.readline() if process.stdout is not None else ""
    if not line:
        raise RuntimeError(f"{process.args!r} ended without a word")
    return line.strip()


def ended(process: subprocess.Popen[str]) -> Cost:
    """Wait for the end. The memory is that of the largest process, where it waited for others of its own."""
    if process.stdout is not None:
        process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.stdout is not None:
        process.stdout.close()
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * MAXRSS_UNIT)


def stopped(process: subprocess.Popen[str]) -> Cost:
    """Ask for the end, and wait for it."""
    process.send_signal(signal.SIGTERM)
    return ended(process)


@contextmanager
def sandbox(folder: Path, *options: str) -> Iterator[Mapping[str, str]]:
    """The stand-in for IMA, for as long as the block lasts: its addresses by name."""
    process = start((sys.executable, "-m", "ima.sandbox", "--api-key", KEY, *options), folder, environment())
    try:
        addresses: dict[str, str] = json.loads(first_line(process))
        yield addresses
    finally:
        stopped(process)


def service_environment(addresses: Mapping[str, str], data_dir: Path, **more: str) -> dict[str, str]:
    """The settings of a service that works with the stand-in, on a free port."""
    return environment(
        IMA_API_KEY=KEY,
        IMA_BASE_URL=addresses["api"],
        IMA_IM_BASE_URL=addresses["im"],
        DATA_DIR=str(data_dir),
        HTTP_PORT="0",
        LOG_LEVEL="error",
        **more,
    )
