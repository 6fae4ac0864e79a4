"""What `imabot jobs` promises: the jobs, newest first, and what was paid for and did not arrive."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot import cli
from bot.store import Store, open_store
from protocol.failures import FailureReason
from protocol.job import Job, Produced, State
from protocol.messages import Incoming
from protocol.reaction import Reaction, StartJob
from tests.protocol.builders import ADDRESS, JOB, NOW, QUOTE, REF, REQUEST

MADE = replace(
    JOB,
    id="made0000-1",
    state=State.SUCCEEDED,
    accepted_at=NOW + 2,
    quote=QUOTE,
    task_id="task-1",
    created_at=NOW + 3,
    picture=Produced("https://example.com/made.png", "", 3, 4),
    sent={"result": REF},
)
LOST = replace(
    MADE,
    id="lost0000-1",
    state=State.UNDELIVERED,
    accepted_at=NOW,
    sent={},
    picture=Produced("https://example.com/lost.png", "", 3, 4),
)
FAILED = replace(JOB, id="fail0000-1", state=State.FAILED, accepted_at=NOW + 1, failure=FailureReason.NETWORK)


async def keep(store: Store, job: Job) -> None:
    incoming = Incoming(address=replace(ADDRESS, message=job.id), text="画一张猫", sent_at=NOW)
    await store.record(incoming, NOW)
    await store.answer(incoming, Reaction(StartJob(REQUEST), "zh"), NOW, job=job, text=None)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Job], None]:
    """A data folder, and how a job gets into it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)

    async def fill(job: Job) -> None:
        store = await open_store(f"sqlite+aiosqlite:///{tmp_path}/imabot.sqlite3")
        await keep(store, job)
        await store.close()

    return lambda job: asyncio.run(fill(job))


def jobs(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    assert cli.main(["jobs", *words]) == 0
    return capsys.readouterr().out.splitlines()


def test_jobs_are_lines_newest_first(kept: Callable[[Job], None], capsys: pytest.CaptureFixture[str]) -> None:
    for job in (LOST, FAILED, MADE):
        kept(job)
    lines = [line.split("  ", 2)[1:] for line in jobs(capsys)]
    assert [identity for identity, _ in lines] == ["made0000", "fail0000", "lost0000"]
    assert lines[0][1].startswith("succeeded  Nano Banana2  6 pts")
    assert lines[1][1].startswith("failed (network)  Nano Banana2  0 pts")
    assert lines[2][1].endswith("https://example.com/lost.png")
    assert len(jobs(capsys, "--most", "2")) == 2


def test_what_did_not_arrive_is_found_however_long_ago_it_was(
    kept: Callable[[Job], None], capsys: pytest.CaptureFixture[str]
) -> None:
    for job in (LOST, FAILED, MADE):
        kept(job)
    (found,) = [json.loads(line) for line in jobs(capsys, "--undelivered", "--most", "1", "--json")]
    assert found == {
        "id": "lost0000-1",
        "state": "undelivered",
        "accepted_at": NOW,
        "platform": ADDRESS.platform,
        "model_id": REQUEST.model_id,
        "points": QUOTE.points,
        "task_id": "task-1",
        "failure": None,
        "url": "https://example.com/lost.png",
        "delivered": False,
    }


@pytest.mark.usefixtures("kept")
def test_where_there_is_no_database_there_are_no_jobs_and_none_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["jobs"]) == 0
    assert capsys.readouterr() == ("", "no jobs\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("kept")
def test_a_damaged_database_is_1_and_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "imabot.sqlite3").write_bytes(b"rubbish" * 1000)
    assert cli.main(["jobs"]) == 1
    assert capsys.readouterr().err.startswith("the database file is damaged or is something else; the database is ")


@pytest.mark.usefixtures("kept")
def test_a_mistake_in_another_setting_hides_no_jobs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HTTP_PORT", "eighty")
    assert cli.main(["jobs"]) == 0
    monkeypatch.setenv("DATABASE_URL", "nowhere")
    assert cli.main(["jobs"]) == 2
    assert "DATABASE_URL must start with" in capsys.readouterr().err
