"""The catalogues, loaded once."""

from __future__ import annotations

import pytest

from locales import Locales


@pytest.fixture(scope="session")
def locales() -> Locales:
    """All languages, as the program loads them."""
    return Locales.load()
