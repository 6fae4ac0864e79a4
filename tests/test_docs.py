"""What is written for people is true: links lead somewhere, tables are whole, examples mean what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from bot.settings.values import NAMES, PROXY_NAMES
from protocol.intent import understand
from protocol.job import State
from protocol.machine import TRANSITIONS
from tests.machine_map import diagram, edges, edges_in

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")
_FILE = re.compile(r"(?:(?:protocol|ima|locales|adapters|bot|tests|bench|docs)/[\w./-]*\w/?|[\w-]+\.(?:md|toml|txt))")
_EXAMPLES = re.compile(r"<!-- examples: (\w+)( with a picture)? -->\n\|.*\n\|.*\n((?:\|.*\n)+)")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def prose(path: Path) -> str:
    """A page without what stands in its code blocks."""
    return _FENCED.sub("", path.read_text(encoding="utf-8"))


def anchors(path: Path) -> set[str]:
    """The headings of a page, as links name them."""
    return {
        re.sub(r"[^\w\- ]", "", heading.lower(), flags=re.UNICODE).strip().replace(" ", "-")
        for heading in _HEADING.findall(prose(path))
    }


def table(path: Path, heading: str) -> Iterator[str]:
    """The first cells of the table under a heading, without its two first lines."""
    after = prose(path).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    for line in [line for line in after.splitlines() if line.startswith("|")][2:]:
        yield line.split("|")[1].strip()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    """Nobody who follows the docs ends in nothing."""
    for link in _LINK.findall(prose(page)):
        if link.startswith(("https://", "http://")):
            continue
        target, _, heading = link.partition("#")
        file = (page.parent / target).resolve() if target else page
        assert file.is_relative_to(ROOT), link
        assert file.exists(), link
        assert not heading or heading in anchors(file), link


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_file_that_is_named_exists(page: Path) -> None:
    """A file that is moved is moved in the docs as well."""
    for code in _CODE.findall(prose(page)):
        for name in _FILE.findall(code) if _FILE.fullmatch(code) else []:
            beside = page.parent / name
            assert (ROOT / name).exists() or beside.exists(), code


def test_every_page_can_be_reached_from_the_readme() -> None:
    """A page that no link leads to is not read."""
    reached, waiting = set[Path](), [README]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        links = [link.partition("#")[0] for link in _LINK.findall(prose(page)) if "://" not in link]
        waiting += [(page.parent / link).resolve() for link in links if link]
    assert reached == set(PAGES)


def test_every_picture_is_small_and_shown_with_words() -> None:
    """The first screen loads quickly, and is told to those who do not see it."""
    shown = {
        (page.parent / target).resolve(): words
        for page in PAGES
        for words, target in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", prose(page))
    }
    assert all(shown.values())
    for picture in (ROOT / "docs" / "images").iterdir():
        assert picture.stat().st_size < 400_000, picture
        assert picture in shown


def test_the_readme_has_every_setting_and_no_other() -> None:
    """In the table, once each."""
    rows = list(table(README, "Settings"))
    assert sorted(rows) == sorted(f"`{name}`" for name in NAMES)


def test_the_example_file_names_every_setting_and_no_other() -> None:
    """A copy of it never warns, and nothing has to be looked up. Two proxy variables are enough to show the others."""
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    named_there = set(re.findall(r"^#?([A-Z][A-Z0-9_]+)=", text, re.MULTILINE))
    assert named_there - set(NAMES) == set()
    assert set(NAMES) - PROXY_NAMES - named_there == set()
    assert named_there & PROXY_NAMES


def test_the_pages_name_no_setting_that_is_none() -> None:
    """A misspelt name in the docs is one that people copy."""
    for page in PAGES:
        for code in _CODE.findall(prose(page)):
            name = code.partition("=")[0]
            if re.fullmatch(r"(?:IMA|DISCORD|FEISHU|HTTP|LOG|DATA|MAX|PROGRESS)_[A-Z_]+", name):
                assert name in NAMES, (page, code)


def test_the_readme_has_every_command_and_each_is_there() -> None:
    """In the table, in the order of the help."""
    assert list(table(README, "Commands")) == [f"`imabot {name}`" for name in COMMANDS]
    for name in COMMANDS:
        assert import_module(f"bot.commands.{name}").main


def test_the_diagram_of_a_job_is_what_the_machine_does() -> None:
    """Every arrow can happen, and whatever can happen has its arrow."""
    found = edges()
    drawn = edges_in((ROOT / "docs" / "map.md").read_text(encoding="utf-8"))
    assert drawn == found
    assert diagram(found) in (ROOT / "docs" / "map.md").read_text(encoding="utf-8")


def test_the_arrows_are_those_of_the_table() -> None:
    """What is found by trying agrees with what is written down in the code: every state, and no other event."""
    found = edges()
    assert {state for before, _, after in found for state in (before, after)} == set(State)
    for before, event, _ in found:
        assert event in {kind.__name__ for kind in TRANSITIONS[before]}
    assert {before for before, _, _ in found} == {state for state, row in TRANSITIONS.items() if row}


def test_every_state_is_told_on_the_map() -> None:
    """In words, below the diagram."""
    told = " ".join(table(ROOT / "docs" / "map.md", "The job's states"))
    assert set(_CODE.findall(told)) == {state.value for state in State}


def test_the_words_of_the_glossary_are_where_it_says() -> None:
    """Each word with a capital is a type of that name in that file."""
    rows = re.findall(
        r"^\| \*([A-Z]\w+)\* \|.*\| `([\w/]+\.py)` \|$", prose(ROOT / "docs" / "glossary.md"), re.MULTILINE
    )
    assert len(rows) > 20
    for word, file in rows:
        code = (ROOT / file).read_text(encoding="utf-8")
        assert re.search(rf"^(?:class )?{word}\b[:(]", code, re.MULTILINE), word


def test_what_people_are_told_to_say_means_what_it_should() -> None:
    """Each example is understood as its section promises, in both languages."""
    text = (ROOT / "docs" / "for-people.md").read_text(encoding="utf-8")
    sections = _EXAMPLES.findall(text)
    assert len(sections) == text.count("<!-- examples: ") > 8
    for intent, with_picture, rows in sections:
        for row in rows.splitlines():
            for sentence in [cell.strip() for cell in row.split("|")[1:3]]:
                decision = understand(sentence, 1 if with_picture else 0)
                assert decision.intent == intent, sentence
                assert decision.task_type == (
                    None if intent != "generate" else "image_to_image" if with_picture else "text_to_image"
                ), sentence


def test_the_lines_that_admins_are_told_about_are_said_by_the_code() -> None:
    """Who searches for a line finds it; what stands for a value is left out."""
    said = "".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "bot").rglob("*.py")))
    lines = [
        line
        for cell in table(ROOT / "docs" / "for-admins.md", "When something is wrong")
        for line in _CODE.findall(cell)
    ]
    assert len(lines) > 15
    for line in lines:
        parts = [part.strip() for part in line.split("…") if part.strip()]
        assert parts, line
        assert [part for part in parts if part not in said] == []


def test_the_decisions_are_numbered_and_all_are_listed() -> None:
    """Each has its context, what was decided, and what follows."""
    folder = ROOT / "docs" / "decisions"
    pages = sorted(page for page in folder.glob("0*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert re.match(rf"# {int(page.name[:4])}\. \w", text), page
        assert [each for each in _HEADING.findall(text) if each in ("Context", "Decision", "Consequences")] == [
            "Context",
            "Decision",
            "Consequences",
        ], page
