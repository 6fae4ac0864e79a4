"""What the media folder promises: named by content, whole or not there, deleted after 7 days unless kept."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from bot.media.files import (
    ABANDONED_SECONDS,
    KEPT_SECONDS,
    MediaFolder,
    MediaFolderError,
    MediaMissing,
    MediaNotSaved,
)

DATA = b"a picture, for all this folder knows"
NAME = f"{hashlib.sha256(DATA).hexdigest()}.png"


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


async def test_a_picture_is_saved_under_its_content_and_read_again(tmp_path: Path) -> None:
    folder = MediaFolder(tmp_path / "not" / "there yet", Clock())
    assert await folder.save(DATA, "image/png") == NAME
    assert await folder.read(NAME) == DATA
    assert folder.path(NAME).read_bytes() == DATA
    assert names(folder.path(NAME).parent) == {NAME}, "nothing else is left lying"


async def test_the_same_picture_twice_is_one_file_as_young_as_the_second(tmp_path: Path) -> None:
    clock = Clock()
    folder = MediaFolder(tmp_path, clock)
    await folder.save(DATA, "image/png")
    clock.now += KEPT_SECONDS
    assert await folder.save(DATA, "image/png") == NAME
    clock.now += 1
    assert await folder.remove_old() == 0
    assert names(tmp_path) == {NAME}


async def test_a_file_that_was_cut_off_from_outside_is_written_again(tmp_path: Path) -> None:
    folder = MediaFolder(tmp_path, Clock())
    (tmp_path / NAME).write_bytes(DATA[:5])
    await folder.save(DATA, "image/png")
    assert await folder.read(NAME) == DATA


@pytest.mark.parametrize(
    "name", ["", "../imabot.sqlite3", "/etc/passwd", f"x/{NAME}", NAME.upper(), f"{NAME}\n", "a.png"]
)
async def test_no_other_file_can_be_named(tmp_path: Path, name: str) -> None:
    folder = MediaFolder(tmp_path, Clock())
    with pytest.raises(MediaMissing):
        folder.path(name)
    with pytest.raises(MediaMissing):
        await folder.read(name)


async def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(MediaMissing):
        await MediaFolder(tmp_path, Clock()).read(NAME)


async def test_after_seven_days_a_picture_goes_unless_it_is_kept_and_nothing_else_does(tmp_path: Path) -> None:
    clock = Clock()
    folder = MediaFolder(tmp_path, clock)
    old = await folder.save(b"old", "image/jpeg")
    kept = await folder.save(b"kept", "image/webp")
    (tmp_path / "notes.txt").write_text("somebody's own")
    os.utime(tmp_path / "notes.txt", (0, 0))
    clock.now += KEPT_SECONDS + 1
    young = await folder.save(b"young", "image/gif")
    assert await folder.remove_old({kept}) == 1
    assert names(tmp_path) == {kept, young, "notes.txt"}
    assert old not in names(tmp_path)


async def test_what_a_killed_writer_left_is_swept_away_later(tmp_path: Path) -> None:
    clock = Clock()
    left = tmp_path / f"{NAME}.0011aabb.part"
    left.write_bytes(b"half")
    os.utime(left, (clock.now, clock.now))
    folder = MediaFolder(tmp_path, clock)
    assert await folder.remove_old() == 0, "its writer may still be at it"
    clock.now += ABANDONED_SECONDS + 1
    assert await folder.remove_old() == 1


async def test_a_folder_that_was_never_used_has_nothing_old(tmp_path: Path) -> None:
    assert await MediaFolder(tmp_path / "never", Clock()).remove_old() == 0


@pytest.mark.parametrize("failing", ["fsync", "utime"])
async def test_a_full_disk_is_an_error_of_ours_and_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    folder = MediaFolder(tmp_path, Clock())
    with monkeypatch.context() as patched:
        patched.setattr(os, failing, full)
        with pytest.raises(MediaNotSaved, match="No space left on device"):
            await folder.save(DATA, "image/png")
    for name in names(tmp_path):
        assert await folder.read(name) == DATA
    assert await folder.save(DATA, "image/png") == NAME


async def test_a_folder_that_is_a_file_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "media").write_text("in the way")
    with pytest.raises(MediaNotSaved):
        await MediaFolder(tmp_path / "media", Clock()).save(DATA, "image/png")


async def test_a_folder_that_cannot_be_cleaned_is_an_error_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    folder = MediaFolder(tmp_path, clock)
    await folder.save(DATA, "image/png")
    clock.now += KEPT_SECONDS + 1

    def read_only(self: Path, missing_ok: bool = False) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "unlink", read_only)
    with pytest.raises(MediaFolderError, match="Read-only file system"):
        await folder.remove_old()
