"""A picture is uploaded once, also over a restart, and old names are forgotten."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from adapters.feishu.uploads import KEPT, Uploads


class Office:
    def __init__(self) -> None:
        self.made = 0

    async def __call__(self) -> str:
        self.made += 1
        return f"img_{self.made}"


async def test_a_picture_is_uploaded_once_also_over_a_restart(tmp_path: Path) -> None:
    office = Office()
    for _ in range(2):
        uploads = Uploads(tmp_path / "uploads")
        assert [await uploads.key("a.png", office), await uploads.key("a.png", office)] == ["img_1", "img_1"]
    assert await uploads.key("b.png", office) == "img_2"


async def test_a_name_is_forgotten_after_a_day_and_so_is_its_file(tmp_path: Path) -> None:
    office, now = Office(), time.time()
    assert await Uploads(tmp_path, lambda: now).key("a.png", office) == "img_1"
    later = Uploads(tmp_path, lambda: now + KEPT + 1)
    assert await later.key("b.png", office) == "img_2"
    assert len(os.listdir(tmp_path)) == 1  # noqa: PTH208 - an async function
    assert await later.key("a.png", office) == "img_3"


async def test_where_nothing_can_be_kept_it_is_uploaded_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "uploads").write_text("a file in the way")
    assert await Uploads(tmp_path / "uploads").key("a.png", Office()) == "img_1"


async def test_what_goes_wrong_while_uploading_is_told_and_nothing_is_remembered(tmp_path: Path) -> None:
    async def broken() -> str:
        raise OSError("the picture is gone")

    with pytest.raises(OSError, match="gone"):
        await Uploads(tmp_path).key("a.png", broken)
    assert await Uploads(tmp_path).key("a.png", Office()) == "img_1"
