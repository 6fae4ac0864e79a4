"""What `imabot parse` promises: decisions as JSON, a line each, quickly."""

from __future__ import annotations

import asyncio
import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot import cli
from bot.commands.parse import _show_all
from protocol.intent import understand
from tests.bot.processes import ROOT, call, environment, json_lines

HEAVY = {
    *("httpx", "sqlalchemy", "pydantic", "PIL", "starlette", "uvicorn", "structlog", "alembic", "discord", "lark_oapi"),
    *("prometheus_client", "asyncio", "ssl", "polib", "dotenv", "ima", "adapters", "locales", "bot.settings"),
}


async def test_it_prints_the_decision_as_one_line_of_json(tmp_path: Path) -> None:
    done = await call(tmp_path, "parse", "画一张猫")
    assert (done.code, done.messages) == (0, "")
    assert json_lines(done.output) == [understand("画一张猫", 0).to_json()]
    assert "画" in done.output


async def test_it_imports_nothing_heavy(tmp_path: Path) -> None:
    asked = "import sys; from bot.cli import main; main(['parse', '画一张猫']); print(*sys.modules, file=sys.stderr)"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", asked),
        cwd=tmp_path,
        env=environment(PYTHONPATH=str(ROOT)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    _, modules = await process.communicate()
    imported = set(modules.decode().split())
    assert "protocol.intent" in imported
    assert imported & HEAVY == set()


def test_how_many_pictures_come_along_matters(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["parse", "变成油画", "--images", "1"]) == 0
    assert json.loads(capsys.readouterr().out)["task_type"] == "image_to_image"
    with pytest.raises(SystemExit) as ended:
        cli.main(["parse", "变成油画", "--images", "-1"])
    assert ended.value.code == 2


def test_explained_it_also_shows_which_words_meant_what(capsys: pytest.CaptureFixture[str]) -> None:
    text = "draw a cat in 4K, 16:9"
    assert cli.main(["parse", "--explain", text]) == 0
    found = json.loads(capsys.readouterr().out)
    spans = found.pop("spans")
    assert found == understand(text, 0).to_json()
    assert {("size", "4K"), ("ratio", "16:9")} <= {(span["meaning"], span["value"]) for span in spans}
    assert all(span["words"] in text for span in spans)
    assert all(set(span) == {"words", "meaning", "value"} for span in spans)


async def test_lines_of_stdin_are_answered_one_by_one_as_they_come(tmp_path: Path) -> None:
    """Another program may write a line and wait for its answer."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "parse", "--stdin"),
        cwd=tmp_path,
        env=environment(PYTHONIOENCODING="latin-1"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    for text, images in (("画一张猫", 0), ("变成油画", 1)):
        process.stdin.write(json.dumps({"text": text, "images": images}, ensure_ascii=False).encode() + b"\n\n")
        async with asyncio.timeout(30):
            assert json.loads(await process.stdout.readline()) == understand(text, images).to_json()
    process.stdin.close()
    assert await process.wait() == 0


@pytest.mark.parametrize(
    "line",
    [
        b"cat",
        b"[]",
        b'"cat"',
        b"{}",
        b'{"text": 7}',
        b'{"text": "cat", "images": "1"}',
        b'{"text": "cat", "images": true}',
        b'{"text": "cat", "images": -1}',
        b'{"text": "\xff"}',
        b"[" * 100_000,
    ],
)
def test_a_line_that_is_no_message_ends_it_with_2_and_its_number(
    line: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _show_all([b'{"text": "cat"}\n', b"\n", line], explained=False) == 2
    shown = capsys.readouterr()
    assert len(shown.out.splitlines()) == 1
    assert shown.err == 'line 3 is not {"text": …, "images": 0}\n'


@given(st.text(st.characters(codec=None)))
@example("\ud83d")
def test_whatever_the_text_is_the_answer_is_one_line_of_json(text: str) -> None:
    """Also halves of surrogate pairs, and line separators of all kinds."""
    out, sys.stdout = sys.stdout, io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")
    try:
        assert _show_all([json.dumps({"text": text}).encode()], explained=True) == 0
        written = sys.stdout.buffer.getvalue()
    finally:
        sys.stdout = out
    assert written.count(b"\n") == 1
    assert json.loads(written)["intent"] == understand(text, 0).intent


def test_a_labelled_file_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "labelled.jsonl"
    rows = [{"text": text, "images": 0, "expect": {"intent": "generate"}} for text in ("画一张猫", "今天天气不错")]
    file.write_text("\n".join(json.dumps(row) for row in rows))
    assert cli.main(["parse", "--eval", str(file)]) == 0
    assert capsys.readouterr().out.startswith("fully right: 1 of 2 (50.0%)\n")


@pytest.mark.parametrize("content", [b"not json", b'{"text": "cat"}', b"\xff\xfe"])
def test_a_file_that_is_not_labelled_is_2_and_one_line(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "labelled.jsonl"
    file.write_bytes(content)
    assert cli.main(["parse", "--eval", str(file)]) == 2
    shown = capsys.readouterr()
    assert (shown.out, shown.err.count("\n")) == ("", 1)
    assert shown.err.startswith(f"{file} cannot be read: ")
    assert cli.main(["parse", "--eval", str(tmp_path / "absent")]) == 2
