"""One language's texts, read from a gettext catalogue (`zh.po`, `en.po`, …)."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polib  # type: ignore[import-untyped]

_PLURAL_RULE = re.compile(r"nplurals\s*=\s*\d+\s*;\s*plural\s*=\s*([^;]+)")


class CatalogueError(Exception):
    """A catalogue cannot be read. It says which one and why."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The texts of one language by key. What it lacks is taken from `fallback`."""

    language: str
    texts: Mapping[str, str]
    plurals: Mapping[str, tuple[str, ...]]
    plural_form: Callable[[int], int]
    fallback: Catalogue | None = field(default=None, repr=False)

    def text(self, key: str, **values: str | int) -> str:
        """The text of a key with its placeholders filled; a plural text is chosen by `count`.

        Raises KeyError for a key that no catalogue has, or a placeholder that was not given.
        """
        if key in self.texts:
            return self.texts[key].format(**values)
        if key in self.plurals:
            return self.plurals[key][self.plural_form(int(values["count"]))].format(**values)
        if self.fallback is None:
            raise KeyError(key)
        return self.fallback.text(key, **values)

    def words(self, prefix: str) -> dict[str, str]:
        """Every text (plural ones apart) whose key begins with the prefix, by its whole key, unfilled."""
        words = self.fallback.words(prefix) if self.fallback else {}
        words.update((key, text) for key, text in self.texts.items() if key.startswith(prefix))
        return words


def read_catalogue(language: str, source: str, fallback: Catalogue | None = None) -> Catalogue:
    """A catalogue from the text of its PO file. Untranslated, fuzzy and obsolete entries count as missing.

    Raises CatalogueError.
    """
    try:
        file = polib.pofile(source)
    except OSError as error:  # polib's error for a line that it cannot parse
        raise CatalogueError(f"the catalogue {language}.po cannot be read: {error}") from error
    texts: dict[str, str] = {}
    plurals: dict[str, tuple[str, ...]] = {}
    for entry in file.translated_entries():
        if entry.msgid_plural:
            plurals[str(entry.msgid)] = tuple(str(form) for _, form in sorted(entry.msgstr_plural.items()))
        else:
            texts[str(entry.msgid)] = str(entry.msgstr)
    rule = _PLURAL_RULE.search(str(file.metadata.get("Plural-Forms", "")))
    if rule is None:
        raise CatalogueError(f"the catalogue {language}.po does not say its Plural-Forms")
    try:
        plural_form = gettext.c2py(rule[1].strip())
    except ValueError as error:
        raise CatalogueError(f"the catalogue {language}.po has a Plural-Forms rule that cannot be read") from error
    return Catalogue(language, texts, plurals, plural_form, fallback)
