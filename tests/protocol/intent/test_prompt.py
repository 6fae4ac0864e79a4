"""The prompt is the message without what was consumed, and otherwise as typed."""

from __future__ import annotations

import pytest

from protocol.intent import understand


@pytest.mark.parametrize(
    ("text", "prompt"),
    [
        ("画一只猫，4K，16:9", "画一只猫"),
        ("16:9，画一只猫", "画一只猫"),
        ("画一只猫，16:9，坐着", "画一只猫，坐着"),
        ("a cat, 4K, on a roof", "a cat, on a roof"),
        ("a cat on a roof in 4K", "a cat on a roof"),
        ("用香蕉Pro画一只猫", "画一只猫"),
        ("画只🐱🐱，喜欢🐟！", "画只🐱🐱，喜欢🐟！"),
        ("畫一隻貓，橫圖", "畫一隻貓"),
        ("第一格：猫\n第二格：狗\n\n三格漫画", "第一格：猫\n第二格：狗\n\n三格漫画"),
        ("ＡＢＣ字母海报，2K", "ＡＢＣ字母海报"),
        ("a boat --no people --v 6", "a boat without people"),
        ("<@12345> draw a walrus", "draw a walrus"),
        ("改成16:9", "改成16:9"),
    ],
)
def test_only_what_was_consumed_is_missing(text: str, prompt: str) -> None:
    images = 1 if text.startswith("改") else 0
    assert understand(text, images).prompt == prompt
