"""Step 0: one short warm line, whatever was asked for."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales import Locales
from protocol.decision import AspectRatio, Language
from protocol.notices import Acknowledged
from protocol.subjects import find_subject

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
LOCALES = Locales.load()

WORDS = """画 一张 一只 猫 戴着墨镜 的 在月球上 我的 把 变成 油画 海报 ， 。 @ **
draw a cat my picture of turn into wearing please"""
fragments = st.sampled_from([*WORDS.split(), "\n"])
prompts = st.one_of(
    st.text(max_size=200),
    st.text(st.characters(codec=None), max_size=60),
    st.lists(fragments, max_size=40).map("".join),
    st.lists(fragments, max_size=40).map(" ".join),
)


@given(
    prompts,
    st.booleans(),
    st.none() | st.sampled_from(get_args(AspectRatio)),
    st.sampled_from(Locales.load().languages),
)
def test_it_is_short_one_line_and_ends_in_the_subjects_emoji(
    prompt: str, editing: bool, ratio: AspectRatio | None, lang: Language
) -> None:
    """Under 15 words, at most 20 Han characters, the ratio named; for any text at all."""
    line = LOCALES.render(Acknowledged(prompt, editing, ratio), lang)
    assert len(line.splitlines()) == 1
    assert len(line.split()) < 15
    assert len(HAN.findall(line)) <= 20
    assert len(line) <= 100
    assert line.endswith(f" {find_subject(prompt).emoji}")
    assert ratio is None or ratio in line


@given(st.text("@<>*_`|~#[]()://\\\u202e\u200b", min_size=1), st.sampled_from(Locales.load().languages))
def test_marks_of_a_platform_are_not_said_back(marks: str, lang: Language) -> None:
    """A mention or markup in the request makes it unnamed."""
    assert LOCALES.render(Acknowledged(f"a{marks}b", editing=False), lang) == LOCALES.render(
        Acknowledged("?", editing=False), lang
    )


@pytest.mark.parametrize(
    ("prompt", "editing", "ratio", "lang", "line"),
    [
        ("画一只萌萌的猫咪", False, None, "zh", "好的！来帮你画一只萌萌的猫咪 🐱"),
        ("风景照", False, "16:9", "zh", "收到！马上为你生成一张 16:9 的风景照 🏔️"),
        ("雪山日出", False, None, "zh", "好的！来帮你画一张雪山日出 🌅"),
        ("画我的狗", False, None, "zh", "好的！来帮你画你的狗 🐶"),
        ("iPhone海报", False, None, "zh", "好的！来帮你做一张 iPhone 海报 📱"),
        ("a cat", False, None, "zh", "好的！马上帮你画 🐱"),
        ("把背景换成海边", True, None, "zh", "收到！这就帮你把背景换成海边 🏖️"),
        ("变成油画风格", True, None, "zh", "收到！这就帮你把图变成油画风格 🖼️"),
        ("再亮一点", True, None, "zh", "收到！这就帮你改图 🎨"),
        ("draw a cat wearing sunglasses", False, None, "en", "On it! Drawing a cat wearing sunglasses 🐱"),
        ("a landscape photo", False, "16:9", "en", "On it! One 16:9 landscape photo coming right up 🏔️"),
        ("sunset over the ocean", False, None, "en", "On it! Coming right up: sunset over the ocean 🌇"),
        ("make it darker", True, None, "en", "Got it! I'll make it darker 🎨"),
        ("一只猫", False, None, "en", "On it! Your picture is on its way 🐱"),
    ],
)
def test_what_it_says(prompt: str, editing: bool, ratio: AspectRatio | None, lang: Language, line: str) -> None:
    """It names what will be drawn where that is short, and speaks differently of a change."""
    assert LOCALES.render(Acknowledged(prompt, editing, ratio), lang) == line
