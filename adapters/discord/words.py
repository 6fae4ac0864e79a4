"""The words that are Discord's own: handed in by language and key, never written here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from protocol.decision import Language

Words: TypeAlias = Mapping[str, Mapping[str, str]]

_HAN = re.compile(r"[\u3400-\u9fff]")


def language_of(text: str) -> str:
    """The language of a text of ours, where only the text is at hand."""
    return "zh" if _HAN.search(text) else "en"


def language_of_client(locale: str) -> Language:
    """The language in which somebody uses Discord, as far as there is one of ours."""
    return "zh" if locale.startswith("zh") else "en"
