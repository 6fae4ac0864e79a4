"""A room for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from .helpers import Room, Words, room_in
from .page_words import page_words


@pytest.fixture(scope="session")
def words() -> Words:
    """Every word of the page."""
    return page_words()


@pytest_asyncio.fixture
async def room(tmp_path: Path, words: Words) -> AsyncIterator[Room]:
    """A running playground."""
    async with room_in(tmp_path, words) as opened:
        yield opened
