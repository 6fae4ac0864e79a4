"""Words for the admin."""

from __future__ import annotations

import sys


def say(line: str) -> None:
    """One line on stderr: stdout is for results."""
    sys.stderr.write(line.rstrip("\n") + "\n")
    sys.stderr.flush()
