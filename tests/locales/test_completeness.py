"""Each catalogue has exactly the texts that are used, translated, with the same placeholders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources import files
from string import Formatter
from typing import TypeVar, get_args

import polib  # type: ignore[import-untyped]
import pytest
from typing_extensions import override

from locales import Catalogue, Locales
from protocol.failures import WITHOUT_ALTERNATIVES, FailureReason
from protocol.notices import Failed, Notice
from tests.locales.examples import EVERY_ALTERNATIVE, every_message, every_notice, every_trait

# Words that are handed to adapters by their prefix; the tests of whoever shows them see to their use.
HANDED_OUT = ("page.", "discord.", "feishu.")

LANGUAGES = Locales.load().languages
Value = TypeVar("Value")


class Recorder(Mapping[str, Value]):
    """A mapping that remembers which keys were read."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self.values_by_key = values
        self.read: set[str] = set()

    @override
    def __getitem__(self, key: str) -> Value:
        self.read.add(key)
        return self.values_by_key[key]

    @override
    def __contains__(self, key: object) -> bool:
        return key in self.values_by_key

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self.values_by_key)

    @override
    def __len__(self) -> int:
        return len(self.values_by_key)


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _shape(catalogue: Catalogue) -> dict[str, set[str]]:
    """The placeholders of every key."""
    plain = {key: _placeholders(text) for key, text in catalogue.texts.items()}
    plural = {key: set().union(*map(_placeholders, forms)) for key, forms in catalogue.plurals.items()}
    return {**plain, **plural}


def test_the_languages_are_those_that_a_message_can_be_in(locales: Locales) -> None:
    """Whatever language the parser tells, there is a catalogue."""
    assert {"zh", "en"} <= set(locales.languages)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_key_is_used_and_every_used_key_is_there(locales: Locales, lang: str) -> None:
    """No text is dead, and none is taken from the fallback."""
    catalogue = locales.catalogues[lang]
    texts, plurals = Recorder(catalogue.texts), Recorder(catalogue.plurals)
    recording = Locales({"en": replace(catalogue, texts=texts, plurals=plurals, fallback=None)})
    for _ in every_message(recording, lang):
        pass
    has = {key for key in (*catalogue.texts, *catalogue.plurals) if not key.startswith(HANDED_OUT)}
    assert texts.read | plurals.read == has


def test_all_catalogues_have_the_same_keys_and_placeholders(locales: Locales) -> None:
    """A value that one language shows, every language shows."""
    shapes = {lang: _shape(catalogue) for lang, catalogue in locales.catalogues.items()}
    for lang, shape in shapes.items():
        assert shape == shapes["en"], lang


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_untranslated_fuzzy_doubled_or_without_a_word_to_translators(lang: str) -> None:
    """A catalogue in a translator's tool shows nothing that waits to be done, and says where each line stands."""
    file = polib.pofile(files("locales").joinpath(f"{lang}.po").read_text(encoding="utf-8"), check_for_duplicates=True)
    assert file.untranslated_entries() + file.fuzzy_entries() + file.obsolete_entries() == []
    # The short labels of a page are told by their key and by the part of the file that they stand in.
    messages = [entry for entry in file if not entry.msgid.startswith(HANDED_OUT)]
    assert [entry.msgid for entry in messages if not entry.comment] == []
    forms = [entry.msgstr or "".join(entry.msgstr_plural.values()) for entry in file]
    braced = [entry.msgid for entry, text in zip(file, forms, strict=True) if _placeholders(text)]
    assert [entry.msgid for entry in file if "python-brace-format" in entry.flags] == braced


@pytest.mark.parametrize("lang", LANGUAGES)
def test_placeholders_are_plain_names(locales: Locales, lang: str) -> None:
    """A catalogue cannot reach into a value, and needs no programmer to be written."""
    for names in _shape(locales.catalogues[lang]).values():
        assert all(name.isidentifier() for name in names)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_examples_hold_every_notice_reason_and_trait(lang: str) -> None:
    """What the other tests say of all messages, they say of all."""
    notices = list(every_notice(lang))
    assert {type(notice) for notice in notices} == set(get_args(Notice))
    failures = [notice for notice in notices if isinstance(notice, Failed)]
    assert {failure.reason for failure in failures} == set(FailureReason)
    offered = {failure.reason for failure in failures if failure.alternatives}
    assert offered == set(FailureReason) - WITHOUT_ALTERNATIVES
    shown = {each.trait for failure in failures for each in failure.alternatives}
    assert shown == {each.trait for each in EVERY_ALTERNATIVE} == every_trait()
