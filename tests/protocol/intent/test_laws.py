"""Laws that hold for any message, whatever it says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from protocol.decision import AspectRatio, Decision
from protocol.intent import explain, understand
from protocol.intent.evaluation import Labelled
from protocol.intent.normalising import fold
from tests.protocol.intent.corpus import rows

_SENTENCES = [row for name in ("labelled", "own") for row in rows(name) if row.text.strip()]
_OPENINGS = {
    "zh": ["请", "麻烦你", "你好，", "嗨，", "  ", "\n", "🎨 "],
    "en": ["please ", "hi, ", "hey! ", "pls ", "  ", "\n", "🎨 "],
}
_CLOSINGS = {
    "zh": ["，谢谢", "，谢谢啦～", "！！", "。", "~", "  ", "\n", "🙏", "😊😊", "麻烦了", "，拜托"],
    "en": [" please", ", thanks", " thank you", "!", "...", "!!", "  ", "\n", " 🙏", " 😊"],
}
_SUBJECTS = [("一只橘猫", "an orange cat"), ("雪山下的木屋", "a cabin below a snowy mountain"), ("会飞的鲸鱼",
"a flying whale"),
             ("一束郁金香", "a bouquet of tulips"), ("老火车站", "an old train station"), ("戴帽子的狐狸",
             "a fox with a hat")]  # fmt: skip
_TWINS = [
    ("画{}", "draw {}"), ("{}，4K", "{}, 4K"), ("{}，竖图", "{}, vertical"), ("帮我画{}，16:9",
    "please draw {}, 16:9"), ("{}，21:9比例", "{}, ratio 21:9"),
    ("用香蕉Pro画{}，这次", "draw {} with nano banana pro"), ("以后都用香蕉2，画{}",
    "always use nano banana 2, draw {}"),
    ("用最好的模型画{}", "use the best model, draw {}"), ("画{}，最便宜的", "draw {}, cheapest"),
    ("不要用香蕉Pro，画{}",
    "don't use nano banana pro, draw {}"),
    ("把它变成{}", "turn it into {}"), ("能画{}吗？", "can you draw {}?"), ("{}，8K", "{}, 8K"), ("把背景换成{}",
    "change the background to {}"),
]  # fmt: skip
_FIXED_TWINS = [
    ("重试", "retry"), ("取消", "cancel"), ("帮助", "help"), ("余额", "balance"), ("画好了吗", "is it done"),
    ("有哪些模型",
    "what models are there"),
    ("多少钱", "how much"), ("用香蕉Pro", "use nano banana pro"), ("用默认的", "use the default"), ("试试别的模型",
    "try another model"), ("你好", "hello"),
    ("谢谢", "thanks"), ("我的默认模型是什么", "what's my default model"), ("画点什么", "draw something"),
    ("再亮一点",
    "a bit brighter"), ("推荐一个", "recommend one"),
    ("以后都用最便宜的", "always use the cheapest"), ("最便宜的", "cheapest"), ("好", "ok"),
]  # fmt: skip
_ALPHABET = st.one_of(
    st.characters(),
    st.sampled_from("画一张猫用香蕉不要换把再来图比横竖方，。：！？"),
    st.sampled_from(list("\n\v\x00 \u200b\ufeff“”「」《》\"'`@<>/-—:：×xkK0123456789.…🙏👍🏽\u200d")),
    st.sampled_from(["nano banana pro", "nb2", "16:9", "4K", "--ar ", "--no ", "https://a.b/c.png", "use ",
    "draw ", "以后都用", "最好的", "把这张图", "make it "]),
)  # fmt: skip
_TEXT = st.lists(_ALPHABET, max_size=60).map("".join)


def _meaning(decision: Decision) -> Decision:
    return replace(decision, prompt=None, change=None, affirms=False)


@pytest.mark.parametrize("row", _SENTENCES, ids=lambda row: row.text[:24])
def test_politeness_emoji_marks_and_white_space_never_change_a_decision(row: Labelled) -> None:
    plain = _meaning(understand(row.text, row.images))
    openings = _OPENINGS[plain.lang] if not row.text.startswith(("/", "@", "<@")) else ["  ", "\n"]
    for text in [
        *(opening + row.text for opening in openings),
        *(row.text + closing for closing in _CLOSINGS[plain.lang]),
    ]:
        assert _meaning(understand(text, row.images)) == plain, text


@given(_TEXT, st.integers(0, 3))
@settings(max_examples=400, deadline=None)
def test_any_text_is_understood_without_an_error(text: str, images: int) -> None:
    decision = understand(text, images)
    assert (decision.prompt is not None) == (decision.intent in ("generate", "need_image"))
    assert (decision.task_type is not None) == (decision.intent == "generate")
    assert decision.preference != "save" or decision.model is not None
    assert decision.count >= 1


@given(_TEXT)
@example("use 16:9nano banana pro")
@example("`https://a.b/c.png0<`")
@settings(max_examples=400, deadline=None)
def test_each_character_is_claimed_once_at_most(text: str) -> None:
    position = 0
    for span in explain(text).spans:
        assert position <= span.start < span.end <= len(text)
        position = span.end


@given(_TEXT)
@settings(max_examples=400, deadline=None)
def test_what_was_not_consumed_stays_as_typed(text: str) -> None:
    found = explain(text)
    prompt = found.decision.prompt
    assume(prompt is not None)
    assert prompt is not None
    if all(not span.consumed for span in found.spans):
        assert prompt == text.strip(" \t\r\n\v\u3000\u00a0")
        return
    remaining = iter(text)
    typed = prompt.replace("without", "", text.lower().count("--no") + text.lower().count("--neg"))
    assert all(char in remaining for char in typed if not char.isspace() and char not in ",;:")


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_folding_keeps_every_position(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("subject", [word for pair in _SUBJECTS for word in pair])
@pytest.mark.parametrize("ratio", ["16:9", "9:16", "4:3", "3:4", "1:1"])
def test_a_ratio_that_is_added_sets_the_ratio_and_nothing_else(subject: str, ratio: AspectRatio) -> None:
    clean = understand(subject)
    assert understand(f"{subject}, {ratio}") == replace(clean, aspect_ratio=ratio)
    assert understand(f"{ratio}，{subject}") == replace(clean, aspect_ratio=ratio)


@pytest.mark.parametrize(
    "row", [row for row in _SENTENCES if row.expect["intent"] == "generate"], ids=lambda row: row.text[:24]
)
def test_16_9_added_to_a_request_changes_nothing_else(row: Labelled) -> None:
    clean = understand(row.text, row.images)
    wide = understand(row.text + ", 16:9", row.images)
    assert replace(wide, prompt=None) == replace(clean, aspect_ratio="16:9", prompt=None)


@pytest.mark.parametrize("subject", _SUBJECTS)
@pytest.mark.parametrize("twin", _TWINS, ids=lambda twin: twin[1])
def test_chinese_and_english_twins_agree(twin: tuple[str, str], subject: tuple[str, str]) -> None:
    chinese, english = understand(twin[0].format(subject[0])), understand(twin[1].format(subject[1]))
    if "这次" in twin[0]:
        chinese = replace(chinese, preference=None)
    same = replace(chinese, lang="en", prompt=None)
    assert same == replace(english, prompt=None)


@pytest.mark.parametrize("twin", _FIXED_TWINS, ids=lambda twin: twin[1])
def test_commands_in_both_languages_agree(twin: tuple[str, str]) -> None:
    chinese, english = understand(twin[0]), understand(twin[1])
    assert replace(chinese, lang="en", prompt=None) == replace(english, prompt=None)


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("畫一隻貓", "画一只猫"),
        ("以後都用香蕉Pro", "以后都用香蕉Pro"),
        ("把這張圖變成油畫", "把这张图变成油画"),
        ("橫圖，草原", "横图，草原"),
        ("還要多久", "还要多久"),
    ],
)
def test_traditional_characters_mean_what_simplified_ones_mean(traditional: str, simplified: str) -> None:
    assert replace(understand(traditional), prompt=None) == replace(understand(simplified), prompt=None)


@given(
    st.sampled_from(["画一只猫，4K，16:9", "nano banana pro, a fox, 2K", "use nb2 to draw a cat", "a boat --ar 3:4"])
)
def test_full_width_forms_mean_what_plain_ones_mean(text: str) -> None:
    wide = "".join(
        chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else "\u3000" if char == " " else char for char in text
    )
    assert replace(understand(wide), prompt=None) == replace(understand(text), prompt=None)
