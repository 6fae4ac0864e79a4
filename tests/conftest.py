"""What holds for every test."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from itertools import count

import pytest
import structlog
from hypothesis import settings

# A slow machine is no wrong answer: hypothesis measures nothing here, and CI repeats what it found.
settings.register_profile("ours", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "ours")

# Logs of our own go nowhere unless a test looks at them: an exception drawn with all its values takes seconds.
structlog.configure(processors=[structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)])

COLLECT_EVERY = 50
_tests = count(1)


@pytest.fixture(autouse=True)
def short_collections() -> Iterator[None]:
    """To look through all that thousands of tests keep takes half a second, which is ten on fast time.

    So what was there before a test is left out while it runs, and is looked through between tests, now and then.
    """
    gc.freeze()
    yield
    gc.unfreeze()
    if next(_tests) % COLLECT_EVERY == 0:
        gc.collect()
