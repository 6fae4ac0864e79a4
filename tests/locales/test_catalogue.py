"""Reading catalogues: a language is one file, and what is missing is said in English."""

from __future__ import annotations

from pathlib import Path

import pytest

from locales import CatalogueError, Locales
from protocol.notices import Chat, UnsupportedRatio, UsageShown

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: {}\\n"\n\n'
ENGLISH = HEADER.format("nplurals=2; plural=(n != 1);") + (
    'msgid "chat"\nmsgstr "Hello"\n\n'
    'msgid "unsupported_ratio"\nmsgstr "No"\n\n'
    'msgid "page.send"\nmsgstr "Send"\n\n'
    'msgid "page.stop"\nmsgstr "Stop {name}"\n\n'
    'msgid "n"\nmsgid_plural "n"\nmsgstr[0] "{count} one"\nmsgstr[1] "{count} many"\n'
)
POLISH = HEADER.format("nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);") + (
    'msgid "chat"\nmsgstr "Cześć"\n\n'
    'msgid "page.send"\nmsgstr "Wyślij"\n\n'
    '#, fuzzy\nmsgid "unsupported_ratio"\nmsgstr "Tak"\n\n'
    'msgid "n"\nmsgid_plural "n"\nmsgstr[0] "{count} a"\nmsgstr[1] "{count} b"\nmsgstr[2] "{count} c"\n'
)


@pytest.fixture
def two(tmp_path: Path) -> Locales:
    """English, and a third language of which little is translated."""
    (tmp_path / "en.po").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "pl.po").write_text(POLISH, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no catalogue", encoding="utf-8")
    return Locales.load(tmp_path)


def test_a_language_is_a_file(two: Locales) -> None:
    """Its code is the file's name; nothing else changes."""
    assert two.languages == ("en", "pl")
    assert two.render(Chat(), "pl") == "Cześć"


def test_what_is_missing_or_fuzzy_is_said_in_english(two: Locales) -> None:
    """A half-finished catalogue never breaks a message."""
    assert two.render(UnsupportedRatio(), "pl") == "No"


def test_a_language_without_a_catalogue_is_answered_in_english(two: Locales) -> None:
    """Nobody is left without an answer."""
    assert two.render(Chat(), "zh") == "Hello"


def test_plural_forms_follow_the_catalogues_own_rule(two: Locales) -> None:
    """Three forms are as good as two."""
    assert [two.text("n", "pl", count=count) for count in (1, 2, 5, 22)] == ["1 a", "2 b", "5 c", "22 b"]
    assert [two.text("n", "en", count=count) for count in (0, 1, 2)] == ["0 many", "1 one", "2 many"]


def test_words_under_a_prefix_come_with_their_whole_keys_unfilled(two: Locales) -> None:
    """What a page is handed at once."""
    assert two.words("page.", "pl") == {"page.send": "Wyślij", "page.stop": "Stop {name}"}


def test_values_are_not_read_as_templates(two: Locales) -> None:
    """Braces in a user's words stay braces."""
    assert two.text("page.stop", "en", name="{count} {0}") == "Stop {count} {0}"


def test_an_unknown_key_or_a_missing_value_is_an_error_of_the_caller(two: Locales) -> None:
    """It is never shown as a text."""
    with pytest.raises(KeyError, match=r"nowhere"):
        two.text("nowhere", "pl")
    with pytest.raises(KeyError, match=r"name"):
        two.text("page.stop", "en")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (HEADER.format("nplurals=1; plural=0;") + 'msgid "chat"\nmsgstr "Say "hello""\n', "en.po cannot be read"),
        ('msgid "chat"\nmsgstr "Hello"\n', "does not say its Plural-Forms"),
        (HEADER.format("nplurals=2; plural=(n !!);"), "en.po has a Plural-Forms rule that cannot be read"),
    ],
)
def test_a_broken_catalogue_is_named(tmp_path: Path, source: str, says: str) -> None:
    """At the start, and not when a user waits."""
    (tmp_path / "en.po").write_text(source, encoding="utf-8")
    with pytest.raises(CatalogueError, match=says):
        Locales.load(tmp_path)


def test_english_must_be_there(tmp_path: Path) -> None:
    """It is what all others fall back to."""
    with pytest.raises(CatalogueError, match=r"en\.po is missing"):
        Locales.load(tmp_path)


def test_the_packages_own_catalogues_are_found_wherever_it_is_started() -> None:
    """They are read as package data."""
    assert Locales.load().render(UsageShown(2, 10), "zh").startswith("📊")
