"""The words that are Feishu's own: handed in by language and key, never written here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias
from urllib.parse import urlsplit

from protocol.decision import Language

Words: TypeAlias = Mapping[str, Mapping[str, str]]

_HAN = re.compile(r"[\u3400-\u9fff]")


def language_of(text: str) -> str:
    """The language of a text of ours, where only the text is at hand."""
    return "zh" if _HAN.search(text) else "en"


def language_at(domain: str) -> Language:
    """What people read there whose own words do not tell: Lark is the world's, Feishu is China's."""
    host = urlsplit(domain).hostname or ""
    return "en" if host == "larksuite.com" or host.endswith(".larksuite.com") else "zh"


def wording(words: Words, lang: str) -> Mapping[str, str]:
    """The words of a language; English where there are none of it."""
    return words.get(lang, words["en"])
