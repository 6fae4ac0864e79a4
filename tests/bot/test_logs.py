"""What the logs promise: one door for everybody, no secret, nobody's words, files for 7 days, stdout left alone."""

from __future__ import annotations

import datetime
import errno
import json
import logging
import os
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.logs import LogFolderError, LogFormat, Logs, configure_logging
from bot.logs.redaction import HIDDEN, CleanFields, Redaction

SECRET = 'ima_test_0042"zq\\z'
DAY = 24 * 3600.0
NOON = (time.time() // DAY + 0.5) * DAY  # today, since files are dated by the system when they are written
Configure = Callable[..., Logs]


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def configure() -> Iterator[Configure]:
    opened: list[Logs] = []

    def do(**options: object) -> Logs:
        logs = configure_logging(**options)  # type: ignore[arg-type]
        opened.append(logs)
        return logs

    yield do
    for logs in reversed(opened):
        logs.close()


def file_name(now: float) -> str:
    return f"imabot-{datetime.datetime.fromtimestamp(now, datetime.UTC).date().isoformat()}.log"


def json_lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_line_has_time_level_name_and_fields_and_stdout_is_left_to_results(
    configure: Configure, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(log_format="json")
    structlog.get_logger("job").info("started", job="j1", points=6)
    out, err = capsys.readouterr()
    (line,) = json_lines(err)
    assert str(line.pop("timestamp")).endswith("Z")
    assert line == {"event": "started", "job": "j1", "points": 6, "level": "info", "logger": "job"}
    assert out == ""


def test_other_peoples_loggers_go_through_the_same_door(
    configure: Configure, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(log_format="json", secrets=[SECRET])
    logging.getLogger("somebody").warning("sent %s to %s", SECRET, "https://cdn.example/a.png?sign=zqz")
    (line,) = json_lines(capsys.readouterr().err)
    assert line["logger"] == "somebody"
    assert line["event"] == f"sent {HIDDEN} to https://cdn.example/a.png?{HIDDEN}"


def test_a_python_warning_becomes_a_line(configure: Configure, capsys: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings():
        configure(log_format="json")
        warnings.simplefilter("always")
        warnings.warn("careful", stacklevel=1)
    (line,) = json_lines(capsys.readouterr().err)
    assert "careful" in str(line["event"])


@pytest.mark.parametrize("log_format", ["console", "json"])
def test_a_secret_is_hidden_in_every_field_message_and_traceback(
    configure: Configure, capsys: pytest.CaptureFixture[str], log_format: LogFormat, tmp_path: Path
) -> None:
    configure(log_format=log_format, secrets=[SECRET], folder=tmp_path)
    log = structlog.get_logger("job")
    log.info(f"with {SECRET}", key=SECRET, nested={"deep": [SECRET, {"deeper": SECRET.encode()}]})
    log.info("from %s", SECRET)
    try:
        raise ValueError(f"the key {SECRET} is wrong")
    except ValueError:
        log.exception("failed")
        logging.getLogger("somebody").exception("failed too")
    written = capsys.readouterr().err + "".join(each.read_text() for each in tmp_path.iterdir())
    assert "ValueError: the key" in written
    assert written.count(HIDDEN) >= 14
    assert "zq" not in written
    assert "0042" not in written


@settings(deadline=None)
@given(
    st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=6, max_size=40).map(lambda s: f"q{s}q"),
    st.text(max_size=20),
)
def test_whatever_a_known_secret_is_no_form_of_it_stays(secret: str, around: str) -> None:
    redact = Redaction([secret])
    for form in (secret, json.dumps(secret)[1:-1], repr(secret)[1:-1]):
        assert secret not in redact(f"{around} {form} {around}").replace(around, "")


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Authorization: Bearer ima_test_0001", f"Authorization: Bearer {HIDDEN}"),
        ("'bearer abcdef123456'", f"'bearer {HIDDEN}'"),
        ("key=ima_test_0001.", f"key={HIDDEN}."),
        (
            "GET https://b.example/x.png?Expires=1&Signature=ab%2B HTTP",
            f"GET https://b.example/x.png?{HIDDEN} HTTP",
        ),
        ("wss://msg.example/ws?access_key=1&ticket=2", f"wss://msg.example/ws?{HIDDEN}"),
        ("postgresql+asyncpg://bot:word@db/imabot", f"postgresql+asyncpg://{HIDDEN}@db/imabot"),
        ("[SQL: INSERT]\n[parameters: ('画一张猫', 1)]", f"[SQL: INSERT]\n[parameters: {HIDDEN}]"),
        ("token MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE." + "x" * 38, f"token {HIDDEN}"),
        ("tenant t-g1044qeGEDXTB6NDJOGV4JQCYDGHRBARFTGT1234 ok", f"tenant {HIDDEN} ok"),
    ],
)
def test_what_looks_like_a_secret_is_hidden_though_nobody_named_it(text: str, hidden: str) -> None:
    assert Redaction([])(text) == hidden


@pytest.mark.parametrize(
    "text",
    [
        "saved in ~/.openclaw/memory/ima_prefs.json",
        "x-app-source: ima_skills",
        "the bearer arrived, the bot connected",
        "https://cdn.example/picture.png is ready?",
        "listening on http://127.0.0.1:8080",
        "t-shirt, a-z, 12:30:00.123",
        "a-word-with-many-hyphens-in-it",
        "at 2026-02-01T10:00:00.000000Z",
    ],
)
def test_what_is_no_secret_stays_readable(text: str) -> None:
    assert Redaction(["", "a"])(text) == text


@pytest.mark.parametrize(
    "piece", ["t-", "ima_-", "Bearer ", "://a:", "http://a?", "http://a", "[parameters: ", "ab-", "a.b"]
)
def test_a_long_hostile_line_does_not_hold_the_service_up(piece: str) -> None:
    """Each pattern looks at a line in about linear time: these would take half a minute otherwise."""
    began = time.process_time()
    field = piece * (40_000 // len(piece))
    cleaned = CleanFields(Redaction(["ima_test_0001"]))(None, "info", {"body": field * 2})
    assert time.process_time() - began < 5
    assert len(cleaned["body"]) <= 32_768 + len("… (cut)")


def test_nobodys_words_are_logged_only_how_many_they_are() -> None:
    event = {
        "event": "create",
        "prompt": "画一张猫",
        "job": {"prompt": "a cat", "size": "1K", "sends": [{"text": "hello", "n": 1}]},
        "count": 3,
    }
    assert CleanFields(Redaction([]))(None, "info", event) == {
        "event": "create",
        "prompt_length": 4,
        "job": {"prompt_length": 5, "size": "1K", "sends": [{"text_length": 5, "n": 1}]},
        "count": 3,
    }


def test_words_are_gone_from_the_line_too(configure: Configure, capsys: pytest.CaptureFixture[str]) -> None:
    configure(log_format="json")
    structlog.get_logger("job").info("create", prompt="a very private cat", caption=None)
    (line,) = json_lines(capsys.readouterr().err)
    assert line["prompt_length"] == 18
    assert "private" not in str(line)


def test_what_other_libraries_say_about_addresses_and_statements_is_not_heard_even_at_debug(
    configure: Configure, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(level="debug")
    for name in ("httpx", "httpcore.http11", "aiosqlite", "sqlalchemy.engine.Engine", "uvicorn.access"):
        logging.getLogger(name).info("secret things by %s", name)
    logging.getLogger("discord.gateway").debug("a whole message")
    structlog.get_logger("job").debug("ours is heard")
    err = capsys.readouterr().err
    assert "ours is heard" in err
    assert "secret things" not in err
    assert "a whole message" not in err


def test_the_level_is_kept_to(configure: Configure, capsys: pytest.CaptureFixture[str]) -> None:
    configure(level="warning")
    structlog.get_logger("job").info("quiet")
    structlog.get_logger("job").warning("loud")
    err = capsys.readouterr().err
    assert "loud" in err
    assert "quiet" not in err


def test_closing_puts_everything_back() -> None:
    root = logging.getLogger()
    before = (list(root.handlers), root.level, logging.getLogger("httpx").level)
    configure_logging(level="debug").close()
    assert (list(root.handlers), root.level, logging.getLogger("httpx").level) == before


def test_each_day_has_its_file_and_only_its_owner_may_read_it(configure: Configure, tmp_path: Path) -> None:
    clock = Clock()
    configure(log_format="json", folder=tmp_path / "logs", clock=clock, to_stderr=False)
    structlog.get_logger("job").info("first")
    clock.now += DAY
    structlog.get_logger("job").info("second")
    files = sorted((tmp_path / "logs").iterdir())
    assert [file.name for file in files] == [file_name(NOON), file_name(NOON + DAY)]
    assert [json_lines(file.read_text())[0]["event"] for file in files] == ["first", "second"]
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)


def aged(path: Path, seconds: float) -> Path:
    path.write_text("old")
    os.utime(path, (NOON - seconds, NOON - seconds))
    return path


def test_files_older_than_seven_days_go_at_the_start_and_with_each_new_day(
    configure: Configure, tmp_path: Path
) -> None:
    clock = Clock()
    old = aged(tmp_path / "imabot-2026-01-01.log", 8 * DAY)
    young = aged(tmp_path / "imabot-2026-01-02.log", 6.5 * DAY)
    others = aged(tmp_path / "diary.log", 100 * DAY)
    configure(folder=tmp_path, clock=clock, to_stderr=False)
    assert not old.exists()
    assert young.exists()
    clock.now += DAY
    structlog.get_logger("job").info("a new day")
    assert not young.exists()
    assert others.exists(), "it is not ours"


def test_the_old_scripts_files_go_as_well_where_that_is_asked_for(configure: Configure, tmp_path: Path) -> None:
    script = aged(tmp_path / "ima_image_create.log", 8 * DAY)
    configure(folder=tmp_path, clock=Clock(), to_stderr=False, old_files="*.log")
    assert not script.exists()


def test_a_folder_that_cannot_be_used_is_said_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("in the way")
    with pytest.raises(LogFolderError, match=r"log files cannot be written in .*logs"):
        configure_logging(folder=tmp_path / "logs")


def test_a_disk_that_becomes_full_is_said_once_and_nothing_stops(
    configure: Configure, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    configure(folder=tmp_path, clock=clock, to_stderr=False)
    clock.now += DAY

    def full(*_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", full)
        structlog.get_logger("job").info("lost")
        structlog.get_logger("job").info("lost as well")
    structlog.get_logger("job").info("there is room again")
    assert capsys.readouterr().err.count("No space left on device") == 1
    assert "room again" in (tmp_path / file_name(NOON + DAY)).read_text()
