"""What is said back of a request, in the user's own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.subject_names import LONGEST_NAME, Name, name_edit, name_subject

NAMES = [
    # polite words, draw verbs and the counter of pictures go
    ("画一张猫", Name("猫", "scene")),
    ("畫一隻貓", Name("一隻貓", "thing")),
    ("请帮我画一只戴墨镜的猫吧，谢谢", Name("一只戴墨镜的猫", "thing")),
    ("你好，能帮我画一只猫吗？", Name("一只猫", "thing")),
    ("用铅笔画一只猫", Name("一只猫", "thing")),
    ("画只猫", Name("一只猫", "thing")),
    ("来一只柯基", Name("一只柯基", "thing")),
    ("三张猫", Name("猫", "scene")),
    ("draw a cat wearing sunglasses", Name("a cat wearing sunglasses", "thing")),
    ("Can you draw me a picture of a cat please?", Name("a cat", "thing")),
    ("Hi, I want a birthday card", Name("birthday card", "picture")),
    ("A majestic castle on a hill. Birds fly", Name("a majestic castle on a hill", "thing")),
    ("two cats", Name("two cats", "thing")),
    ("Paris at night, 8k, highly detailed", Name("Paris at night", "scene")),
    ("iPhone poster", Name("iPhone poster", "picture")),
    ("Mr. Bean on a bicycle", None),
    # a noun that begins like a verb or a counter is left whole
    ("画家在画室", Name("画家在画室", "scene")),
    ("设计师在工作", Name("设计师在工作", "scene")),
    ("能量饮料海报", Name("能量饮料海报", "picture")),
    ("画张飞", Name("张飞", "scene")),
    ("来自火星的猫", Name("来自火星的猫", "scene")),
    # kinds of picture lose their article
    ("风景照", Name("风景照", "picture")),
    ("画一张风景照", Name("风景照", "picture")),
    ("设计一个咖啡店的logo", Name("咖啡店的logo", "picture")),
    ("a landscape photo", Name("landscape photo", "picture")),
    ("three posters", Name("three posters", "thing")),
    # labels and styles are passed over
    ("主题：春天的花园", Name("春天的花园", "scene")),
    ("水墨风格，一只鹤", Name("一只鹤", "thing")),
    ("watercolor style, a crane", Name("a crane", "thing")),
    # said back, mine is yours; anything harder is not said back
    ("画我的狗", Name("你的狗", "thing")),
    ("draw my dog", Name("your dog", "thing")),
    ("画我和你", None),
    ("draw what I told you", None),
    ("a cute dragon eating ramen 🍜🐉", Name("a cute dragon eating ramen", "thing")),
    ("a cat please 😊", Name("a cat", "thing")),
    ("a 🎨", None),
    ("画一只猫❤️", Name("一只猫", "thing")),
    # not fit to be said back
    ("", None),
    ("画", None),
    ("draw", None),
    ("it", None),
    ("画得可爱一点", None),
    ("海报上不要出现文字", None),
    ("凌晨3:45的便利店", None),
    ("@everyone a cat", None),
    ("**cat**", None),
    ("a [cat](x)", None),
    ("a cat like https://example.org/a", None),
    ("a\u202ecat", None),
    ("a cat " * 20, None),
]

EDITS = [
    ("把背景换成海边", "把背景换成海边"),
    ("请帮我把背景换成海边，谢谢", "把背景换成海边"),
    ("变成油画风格", "把图变成油画风格"),
    ("去掉水印吧", "去掉水印"),
    ("把我的头发变成红色", "把你的头发变成红色"),
    ("再亮一点", None),
    ("参考这张图画一只猫", None),
    ("make it darker", "make it darker"),
    ("Please turn this photo into an oil painting!", "turn this photo into an oil painting"),
    ("Could you make me look older?", "make you look older"),
    ("make my hair red", "make your hair red"),
    ("same pose but a robot", None),
    ("turn", None),
    ("put a hat on him https://example.org/a.jpg", None),
    ("make it like <@123>", None),
]


@pytest.mark.parametrize(("prompt", "name"), NAMES)
def test_what_will_be_drawn(prompt: str, name: Name | None) -> None:
    """Short and in the user's words, or nothing."""
    assert name_subject(prompt) == name


@pytest.mark.parametrize(("prompt", "edit"), EDITS)
def test_what_will_be_changed(prompt: str, edit: str | None) -> None:
    """The user's own request, to follow "I'll …" or 帮你…."""
    assert name_edit(prompt) == edit


@given(st.one_of(st.text(st.characters(codec=None), max_size=200), st.text("画一张猫的 a cat\n\u2028@*<", max_size=80)))
def test_a_name_is_one_bounded_line_of_letters_and_digits(prompt: str) -> None:
    """Whatever comes in: no line ends, no marks of a platform, no invisible characters."""
    found = name_subject(prompt)
    for name in (found.text if found else None, name_edit(prompt)):
        if name is not None:
            assert 0 < len(name) <= LONGEST_NAME
            assert name == name.strip()
            assert all(each.isalnum() or each in " -'’·、&" for each in name)
