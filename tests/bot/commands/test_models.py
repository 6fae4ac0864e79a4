"""What `imabot models` promises: the live models with their points, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.commands import models
from bot.commands.listing import Listed, as_table
from tests.bot.commands.shop import Outcome, Shop, shop


@pytest.fixture
async def open_shop(tmp_path: Path) -> AsyncIterator[Shop]:
    async with shop(tmp_path) as opened:
        yield opened


async def call(opened: Shop, *words: str) -> Outcome:
    return await opened.call(models.add_arguments, models.run, *words)


async def test_both_kinds_of_task_are_listed_with_points_a_size(open_shop: Shop) -> None:
    done = await call(open_shop)
    assert (done.code, done.messages) == (0, "")
    assert done.output.splitlines()[0].split() == ["TASK", "MODEL", "MODEL", "ID", "POINTS", "A", "SIZE"]
    assert done.output.count("gemini-3-pro-image") == 2
    assert "text_to_image   Nano Banana2     gemini-3.1-flash-image  512px: 4  1K: 6  2K: 10  4K: 13" in done.output


async def test_programs_get_json(open_shop: Shop) -> None:
    found = json.loads((await call(open_shop, "--json")).output)
    assert {
        "task_type": "text_to_image",
        "model_id": "gemini-3-pro-image",
        "model_name": "Nano Banana Pro",
        "sizes": [{"size": "1K", "credit": 10}, {"size": "2K", "credit": 10}, {"size": "4K", "credit": 18}],
    } in found


async def test_a_failure_is_1_and_one_line(open_shop: Shop) -> None:
    open_shop.environ = {"IMA_API_KEY": "ima_test_wrong_1"}
    done = await call(open_shop)
    assert (done.code, done.output) == (1, "")
    assert done.messages == ("imabot: API key is invalid or unauthorized: https://www.imaclaw.ai/imaclaw/apikey")


async def test_without_a_key_it_is_2(open_shop: Shop) -> None:
    open_shop.environ = {"IMA_API_KEY": ""}
    done = await call(open_shop)
    assert done.code == 2
    assert done.messages.startswith("imabot: IMA_API_KEY is missing")


async def test_a_key_that_is_none_or_is_called_otherwise_is_2_and_said(open_shop: Shop) -> None:
    open_shop.environ = {"IMA_API_KEY": "short"}
    done = await call(open_shop)
    assert (done.code, done.messages) == (2, "imabot: IMA_API_KEY must have 8 to 512 characters; copy it again.")
    open_shop.environ = {"IMA_API_KEY": "", "IMA_APIKEY": "ima_test_other_key_1"}
    done = await call(open_shop)
    assert done.code == 2
    assert "IMA_APIKEY is not a setting and is ignored; did you mean IMA_API_KEY?" in done.messages.splitlines()[0]


def test_columns_line_up_and_a_model_without_sizes_has_one_price() -> None:
    table = as_table([Listed("text_to_image", "a", "A", (("1K", 6), ("2K", 10))), Listed("x", "bcd", "B", (("", 3),))])
    assert table.splitlines() == [
        "TASK           MODEL  MODEL ID  POINTS A SIZE",
        "text_to_image  A      a         1K: 6  2K: 10",
        "x              B      bcd       3",
    ]
