"""Every word of the page, by language and key, as the service hands them in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from locales import Locales


def page_words() -> Mapping[str, Mapping[str, str]]:
    """From the catalogues."""
    locales = Locales.load()
    words = {language: locales.words("page.", language) for language in ("zh", "en")}
    if words["en"]:
        return words
    drafted = json.loads((Path(__file__).parent / "page_words.json").read_text())
    return {language: {key: texts[language] for key, texts in drafted.items()} for language in ("zh", "en")}
