"""What the `imabot` command promises before any command of it runs."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from bot import cli
from tests.bot.processes import call, environment


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert [name for name in cli.COMMANDS if f"\n    {name} " not in shown] == []


@pytest.mark.parametrize("name", list(cli.COMMANDS))
def test_every_command_has_its_own_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([name, "--help"])
    assert ended.value.code == 0
    assert f"usage: imabot {name}" in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["draw"], ["parse"], ["jobs", "--most", "0"], ["demo", "--pace", "slow"]])
def test_wrong_usage_is_2_and_says_how_it_is_used(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: imabot")


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("imabot ")


def test_an_interrupted_command_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.commands.parse.main", interrupted)
    assert cli.main(["parse", "猫"]) == 130


async def test_the_command_exists_as_a_process_with_its_exit_codes(tmp_path: Path) -> None:
    fine, wrong = await asyncio.gather(call(tmp_path, "--help"), call(tmp_path, "draw"))
    assert (fine.code, fine.messages) == (0, "")
    assert (wrong.code, wrong.output) == (2, "")
    assert "invalid choice: 'draw'" in wrong.messages


async def test_the_module_that_the_command_lives_in_is_the_command_too(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.cli", "--version"),
        cwd=tmp_path,
        env=environment(),
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert (process.returncode, output.startswith(b"imabot ")) == (0, True)


async def test_a_reader_that_goes_away_is_no_failure(tmp_path: Path) -> None:
    """As `imabot parse --stdin < FILE | head -1` does."""
    given = '{"text": "画一张猫"}\n' * 5000
    (tmp_path / "in").write_text(given)
    process = await asyncio.create_subprocess_shell(
        f"set -o pipefail; '{sys.executable}' -m bot parse --stdin < in | head -1",
        executable="/bin/bash",
        cwd=tmp_path,
        env=environment(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, messages = await process.communicate()
    assert (process.returncode, messages) == (0, b"")
    assert output.count(b"\n") == 1
