"""Every word of the page, by language and key, as the service hands them in."""

from __future__ import annotations

from collections.abc import Mapping

from locales import Locales


def page_words() -> Mapping[str, Mapping[str, str]]:
    """From the catalogues."""
    locales = Locales.load()
    return {language: locales.words("page.", language) for language in ("zh", "en")}
