"""What is promised of OpenClaw's file: its own format, unknown things kept, whole or untouched, nothing lost."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import tempfile
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import openclaw
from bot.openclaw import Preferences, PreferencesError, Used, logs_folder

NOW = 1_772_000_000.0
BANANA = Used("gemini-3.1-flash-image", "Nano Banana2", 6)
PRO = Used("gemini-3-pro-image", "Nano Banana Pro", 10)


def file_in(home: Path) -> Path:
    return home / ".openclaw" / "memory" / "ima_prefs.json"


def write(home: Path, text: str) -> Path:
    file = file_in(home)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def preferences(home: Path, said: list[str] | None = None) -> Preferences:
    return Preferences(home, lambda: NOW, (said if said is not None else []).append)


def test_the_file_has_the_place_and_the_format_of_the_script(tmp_path: Path) -> None:
    preferences(tmp_path).save("u1", "text_to_image", BANANA)
    assert json.loads(file_in(tmp_path).read_text()) == {
        "user_u1": {
            "text_to_image": {
                "model_id": "gemini-3.1-flash-image",
                "model_name": "Nano Banana2",
                "credit": 6,
                "last_used": "2026-02-25T06:13:20+00:00",
            }
        }
    }
    assert file_in(tmp_path).stat().st_mode & 0o077 == 0
    assert logs_folder(tmp_path) == tmp_path / ".openclaw" / "logs" / "ima_skills"


def test_what_was_saved_is_found_by_user_and_kind_of_task(tmp_path: Path) -> None:
    kept = preferences(tmp_path)
    kept.save("u1", "text_to_image", BANANA)
    kept.save("u1", "image_to_image", PRO)
    assert kept.model_of("u1", "text_to_image") == BANANA.model_id
    assert kept.model_of("u1", "image_to_image") == PRO.model_id
    assert kept.model_of("u2", "text_to_image") is None


def test_where_there_is_no_file_nobody_has_a_preference_and_none_is_made(tmp_path: Path) -> None:
    assert preferences(tmp_path).model_of("u1", "text_to_image") is None
    assert list(tmp_path.iterdir()) == []


def test_whatever_else_stands_in_the_file_stays(tmp_path: Path) -> None:
    others = {
        "user_u1": {"text_to_image": {"model_id": "x", "note": "猫"}, "text_to_video": {"model_id": "wan"}},
        "user_u2": {"text_to_image": {"model_id": "y"}},
        "version": 3,
        "list": [1, None, {"a": 1.5}],
    }
    file = write(tmp_path, json.dumps(others))
    preferences(tmp_path).save("u1", "text_to_image", BANANA)
    after = json.loads(file.read_text())
    assert after["user_u1"]["text_to_image"].pop("last_used")
    assert after == {
        **others,
        "user_u1": {
            "text_to_image": {"model_id": BANANA.model_id, "model_name": "Nano Banana2", "credit": 6, "note": "猫"},
            "text_to_video": {"model_id": "wan"},
        },
    }


@pytest.mark.parametrize("text", ['{"user_u1": {"text_', "not json", "[1, 2]", "null", '"x"', "[" * 100_000])
def test_a_file_that_cannot_be_read_is_kept_aside_and_said(tmp_path: Path, text: str) -> None:
    said: list[str] = []
    file = write(tmp_path, text)
    kept = preferences(tmp_path, said)
    kept.save("u1", "text_to_image", PRO)
    assert kept.model_of("u1", "text_to_image") == PRO.model_id
    (aside,) = file.parent.glob("ima_prefs.json.broken-*")
    assert aside.read_text() == text
    assert len(said) == 1
    assert aside.name in said[0]


def test_reading_a_broken_file_is_an_error_of_ours_and_leaves_it_alone(tmp_path: Path) -> None:
    file = write(tmp_path, "not json")
    with pytest.raises(PreferencesError, match="is not valid JSON"):
        preferences(tmp_path).model_of("u1", "text_to_image")
    assert file.read_text() == "not json"


@settings(deadline=None, max_examples=40)
@given(st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.dictionaries(st.text(), inner)))
def test_whatever_stands_where_a_preference_should_it_is_none_or_a_model(content: object) -> None:
    """Another program's idea of the file is no reason to fail, nor to lose it."""
    for user in (content, {"text_to_image": content}, {"text_to_image": {"model_id": content}}):
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), json.dumps({"user_u1": user}))
            found = preferences(Path(folder)).model_of("u1", "text_to_image")
            assert found is None or isinstance(found, str)
            preferences(Path(folder)).save("u1", "text_to_image", PRO)
            assert preferences(Path(folder)).model_of("u1", "text_to_image") == PRO.model_id


def test_an_empty_file_is_a_new_one(tmp_path: Path) -> None:
    file = write(tmp_path, "")
    assert preferences(tmp_path).model_of("u1", "text_to_image") is None
    preferences(tmp_path).save("u1", "text_to_image", PRO)
    assert [each.name for each in file.parent.glob("*.broken*")] == []


@pytest.mark.parametrize("failing", ["fsync", "mkdir"])
def test_a_write_that_fails_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    preferences(tmp_path).save("u1", "text_to_image", BANANA)
    before = file_in(tmp_path).read_text()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, failing, full) if failing == "fsync" else patched.setattr(Path, failing, full)
        with pytest.raises(PreferencesError, match="No space left on device"):
            preferences(tmp_path).save("u1", "text_to_image", PRO)
    assert file_in(tmp_path).read_text() == before
    assert list(file_in(tmp_path).parent.glob("*.part")) == []


def test_a_lock_that_another_program_holds_is_waited_for_and_then_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openclaw, "LOCK_SECONDS", 0.05)
    file = write(tmp_path, "{}")
    with FileLock(f"{file}.lock"), pytest.raises(PreferencesError, match="in use by another program"):
        preferences(tmp_path).save("u1", "text_to_image", PRO)


def save_many(home: Path, user: str) -> None:
    for _ in range(10):
        preferences(home).save(user, "text_to_image", PRO)


def test_programs_that_write_at_the_same_time_lose_nothing_of_each_other(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=save_many, args=(tmp_path, f"u{number}")) for number in range(3)]
    for each in writers:
        each.start()
    for each in writers:
        each.join(60)
    assert [each.exitcode for each in writers] == [0, 0, 0]
    assert set(json.loads(file_in(tmp_path).read_text())) == {"user_u0", "user_u1", "user_u2"}


def test_a_file_that_is_a_link_stays_one(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.json"
    real.write_text("{}")
    file_in(tmp_path).parent.mkdir(parents=True)
    file_in(tmp_path).symlink_to(real)
    preferences(tmp_path).save("u1", "text_to_image", PRO)
    assert file_in(tmp_path).is_symlink()
    assert "user_u1" in json.loads(real.read_text())
