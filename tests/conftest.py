"""What holds for every test."""

from __future__ import annotations

import os

import structlog
from hypothesis import settings

# A slow machine is no wrong answer: hypothesis measures nothing here, and CI repeats what it found.
settings.register_profile("ours", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "ours")

# Logs of our own go nowhere unless a test looks at them: an exception drawn with all its values takes seconds.
structlog.configure(processors=[structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)])
