"""The page's files: small, whole, and with no word of their own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from adapters import playground
from adapters.playground import Playground, StoreError
from adapters.playground.web import preferred

from .helpers import Room, Words, playground_in

STATIC = Path(playground.__file__).parent / "static"
FILES = sorted(path for path in STATIC.iterdir() if path.suffix in {".html", ".css", ".js", ".svg"})
SOURCES = {path.name: path.read_text() for path in FILES}


def test_every_word_of_the_page_is_handed_in(words: Words) -> None:
    """Each key that the page asks for is in each language, and none is there for nothing."""
    asked = {key for source in SOURCES.values() for key in re.findall(r"[\"'`{](page\.[a-z_0-9]+)[\"'`}]", source)}
    asked |= {f"page.example_{number}" for number in range(1, 5)}
    asked |= {f"page.person_{person}" for person in ("mei", "tom", "jie", "lena")}
    for language, texts in words.items():
        assert set(texts) == asked, language


def test_the_files_hold_no_chinese_words() -> None:
    """What a person reads comes from the catalogues (punctuation that ends a link apart)."""
    for name, source in SOURCES.items():
        assert re.findall(r"[\u4e00-\u9fff]+", source) == [], name


def test_no_markup_is_made_from_strings() -> None:
    """Text stays text: nothing here can turn it into elements or code."""
    for name, source in SOURCES.items():
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", source), (
            name
        )
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=", SOURCES["index.html"])


def test_the_page_is_small() -> None:
    """Under 100 kB altogether, uncompressed."""
    assert sum(path.stat().st_size for path in FILES) < 100_000


async def test_every_file_that_the_page_names_is_there(room: Room) -> None:
    """Each with its own type."""
    named = {name for source in SOURCES.values() for name in re.findall(r"/static/([\w.]+)", source)}
    named |= {name for source in SOURCES.values() for name in re.findall(r"from \"\./([\w.]+)\"", source)}
    assert named <= set(SOURCES)
    types = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
    for name in named:
        response = await room.client.get(f"/static/{name}")
        assert response.headers["content-type"].split(";")[0] == types[Path(name).suffix]


async def test_a_file_that_has_not_changed_is_not_sent_again(room: Room) -> None:
    """By its tag."""
    first = await room.client.get("/static/main.js")
    again = await room.client.get("/static/main.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", ["adapter.py", "..%2Fadapter.py", "no-such.js"])
async def test_nothing_but_the_pages_files_is_served(room: Room, name: str) -> None:
    """The list is fixed at start."""
    assert (await room.client.get(f"/static/{name}")).status_code == 404


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("en-GB", "en"), ("fr,en;q=0.5", "en"), ("", "zh"), ("fr", "zh")],
)
def test_the_page_opens_in_the_readers_language(accepted: str, language: str) -> None:
    """Or in the first that there is."""
    assert preferred(accepted, {"zh": {}, "en": {}}) == language


async def test_the_title_is_in_the_readers_language(room: Room, words: Words) -> None:
    """Before any script has run."""
    page = (await room.client.get("/", headers={"Accept-Language": "en"})).text
    assert f"<title>{words['en']['page.title']}</title>" in page
    assert '<html lang="en">' in page
    assert "{{" not in page


@pytest.mark.parametrize("content", [b"this is not a database, whatever it is called" * 50])
def test_a_broken_store_is_said_in_one_line(tmp_path: Path, words: Words, content: bytes) -> None:
    """With the file that is broken."""
    (tmp_path / "playground.sqlite3").write_bytes(content)
    with pytest.raises(StoreError, match=r"playground\.sqlite3 cannot be used: ") as caught:
        playground_in(tmp_path, words)
    assert "\n" not in str(caught.value)


def test_a_name_is_all_that_a_caller_needs() -> None:
    """The package's door."""
    assert playground.__all__ == ["Playground", "StoreError"]
    assert Playground.__doc__
