"""What `imabot sandbox` promises: the stand-in alone, with the options it has by itself."""

from __future__ import annotations

import json
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from bot import cli
from tests.bot.processes import finished, start


@pytest.mark.parametrize("words", [["--host", "0.0.0.0"], ["--balance", "-1"], ["--port", "70000"]])  # noqa: S104
def test_what_it_cannot_be_is_2_and_one_line(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sandbox", *words]) == 2
    assert capsys.readouterr().err.count("\n") == 1


async def test_it_prints_its_addresses_and_ends_with_the_program_that_holds_its_stdin(tmp_path: Path) -> None:
    words = ("sandbox", "--api-key", "ima_test_1", "--until-stdin-ends")
    process = await start(tmp_path, words, {}, stdin=PIPE)
    assert process.stdout is not None
    assert process.stdin is not None
    addresses = json.loads(await process.stdout.readline())
    assert addresses["api_key"] == "ima_test_1"
    assert set(addresses) == {"api", "im", "storage", "control", "api_key"}
    process.stdin.close()
    ended = await finished(process)
    assert (ended.code, ended.output, ended.messages) == (0, "", "")
