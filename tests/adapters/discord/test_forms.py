"""The pictures that forms are about outlive a restart, and not much more than a day."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.forms import KEPT_SECONDS, TIDY_EVERY, Forms, read, written
from protocol.messages import AttachedImage, ImageRef, LinkedImage

NAME = "picture:123"
PICTURES = (AttachedImage("discord", "one"), LinkedImage("https://example.com/two.png"))


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


async def test_another_process_finds_what_one_kept(tmp_path: Path) -> None:
    await Forms(tmp_path / "forms").keep(NAME, PICTURES)
    assert await Forms(tmp_path / "forms").find(NAME) == PICTURES


async def test_what_was_never_kept_or_is_no_name_of_ours_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text('[["linked", "https://example.com"]]')
    forms = Forms(tmp_path / "forms")
    for name in ("picture:9", "picture:../secret", "edit:job:0", ""):
        assert await forms.find(name) == ()


async def test_a_damaged_file_is_as_none(tmp_path: Path) -> None:
    for text in ("", "{", '[["other", "x"]]', "\x00"):
        (tmp_path / "123.json").write_text(text)
        assert await Forms(tmp_path).find(NAME) == ()


async def test_a_disk_that_cannot_be_written_to_costs_only_the_restart(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    forms = Forms(tmp_path / "file" / "forms")
    await forms.keep(NAME, PICTURES)
    assert await forms.find(NAME) == PICTURES


async def test_what_is_older_than_a_day_is_swept_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forms = Forms(tmp_path)
    await forms.keep("picture:1", PICTURES)
    await forms.keep("picture:2", PICTURES)
    now = time.time()
    old = now - KEPT_SECONDS - 1
    os.utime(tmp_path / "1.json", (old, old))
    await forms.keep("picture:3", PICTURES)
    assert names(tmp_path) == {"1.json", "2.json", "3.json"}
    monkeypatch.setattr(time, "time", lambda: now + TIDY_EVERY)
    await forms.keep("picture:3", PICTURES)
    assert names(tmp_path) == {"2.json", "3.json"}


PICTURE = st.builds(AttachedImage, st.just("discord"), st.text()) | st.builds(LinkedImage, st.text())


@given(st.lists(PICTURE).map(tuple))
def test_what_is_written_is_read(pictures: tuple[ImageRef, ...]) -> None:
    assert read(written(pictures)) == pictures
