"""Whole conversations in Feishu: the real SDK against a strict local Feishu, with the strict stand-in for IMA."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.scenarios.feishu_house import FeishuHouse, Transport, feishu_house, named, pinged, words
from tests.scenarios.test_pictures import opened

BOTH = pytest.mark.parametrize("transport", ["ws", "webhook"])


async def draw(home: FeishuHouse, text: str) -> str:
    """Ask in the group and wait for the picture; gives the asker's message."""
    asked = home.feishu.say(home.mei, home.group, text).id
    await home.ended(since=asked)
    assert re.fullmatch("012*3", home.steps(since=asked)), [words(each) for each in home.shown(since=asked)]
    return asked


@BOTH
async def test_a_mention_in_chinese_takes_the_six_steps(tmp_path: Path, transport: Transport) -> None:
    async with feishu_house(tmp_path, transport=transport) as home:
        asked = home.feishu.say(home.mei, home.group, "画一张猫")
        shown = await home.ended()
        assert re.fullmatch("012{1,2}3", home.steps())
        assert [each.replied_to for each in shown] == [asked.id, *[None] * (len(shown) - 1)]
        assert "🐱" in words(shown[0])
        assert "6 pts" in words(shown[1])
        assert [pinged(each) for each in shown] == [*[[]] * (len(shown) - 1), [home.mei.open_id]]
        assert [named(each) for each in shown] == [[], *[[home.mei.open_id]] * (len(shown) - 2), []]
        result = shown[-1]
        assert result.kind == "interactive"
        assert opened(result.pictures[0]).size == (1024, 1024)
        assert [each.label for each in result.buttons] == [
            "再来一张 · 6 积分",
            "修改这张",
            "4K 大图 · 13 积分",
            "换 Nano Banana Pro · 10 积分",
        ]
        assert [task["prompt"] for task in await home.tasks()] == ["画一张猫"]
