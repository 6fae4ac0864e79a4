"""What the conversation rules need to know about a message besides the decision proper."""

from __future__ import annotations

import pytest

from protocol.intent import understand


@pytest.mark.parametrize(
    "text",
    [
        "好",
        "好的",
        "要",
        "可以",
        "行",
        "嗯",
        "yes",
        "ok",
        "Sure!",
        "yes please",
        "好呀～",
        "行吧",
        "要的👍",
        "go ahead",
    ],
)
def test_a_yes_alone_affirms(text: str) -> None:
    decision = understand(text)
    assert (decision.intent, decision.affirms) == ("chat", True)


@pytest.mark.parametrize(
    "text", ["不好", "好看", "no", "要一只猫", "可以画猫吗", "行李箱", "yesterday", "ok hand sign, neon"]
)
def test_a_yes_inside_something_else_does_not_affirm(text: str) -> None:
    assert not understand(text).affirms


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第二个", 2),
        ("2", 2),
        ("the second one", 2),
        ("第一个吧", 1),
        ("选2", 2),
        ("option 2", 2),
        ("1", 1),
        ("我要第二个", 2),
        ("就第一个", 1),
        ("first one please", 1),
    ],
)
def test_a_number_alone_picks_an_alternative(text: str, number: int) -> None:
    decision = understand(text)
    assert (decision.intent, decision.picks) == ("chat", number)


@pytest.mark.parametrize("text", ["第二个太阳升起", "2只猫", "画2", "16:9", "the second sun rising over dunes"])
def test_a_number_inside_something_else_picks_nothing(text: str) -> None:
    assert understand(text).picks is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("画三张猫", 3),
        ("画两张不同的海报", 2),
        ("draw 4 pictures of a cat", 4),
        ("画三只猫", 1),
        ("画一张猫", 1),
        ("two foxes", 1),
    ],
)
def test_pictures_are_counted_and_subjects_are_not(text: str, count: int) -> None:
    assert understand(text).count == count


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("再来一张但是白天的", "白天的"),
        ("再来一张，这次要下雪", "要下雪"),
        ("another one but at night", "at night"),
        ("再来一张", None),
        ("again", None),
    ],
)
def test_a_repeated_request_carries_the_words_that_change_it(text: str, change: str | None) -> None:
    decision = understand(text)
    assert (decision.intent, decision.change) == ("retry", change)


@pytest.mark.parametrize(
    "text",
    [
        "把它变成油画",
        "这张再亮一点",
        "刚才那张换成夜晚",
        "make it darker",
        "turn this photo into anime",
        "再亮一点",
        "给他戴个帽子",
    ],
)
def test_an_edit_points_at_a_picture(text: str) -> None:
    decision = understand(text)
    assert (decision.intent, decision.points_at_picture, decision.explicit) == ("need_image", True, True)


@pytest.mark.parametrize(
    "text", ["画一只猫，把它放在月球上", "a fox in a library", "looks like this: a red barn", "画一张地图"]
)
def test_a_description_points_at_none(text: str) -> None:
    decision = understand(text)
    assert (decision.intent, decision.points_at_picture) == ("generate", False)


@pytest.mark.parametrize(
    "text",
    [
        "画一只猫",
        "能帮我画一只猫吗？",
        "draw a cat",
        "/imagine a cat",
        "给我来一张海报，猫咪",
        "把背景换成海边",
        "can you make me a poster of a cat?",
    ],
)
def test_a_request_in_so_many_words_is_explicit(text: str) -> None:
    assert understand(text).explicit


@pytest.mark.parametrize(
    "text",
    [
        "草莓蛋糕",
        "a cat on a roof",
        "今天好累",
        "你好",
        "这张图真好看",
        "谢谢",
        "我昨天画了一天的图",
        "i drew a cat yesterday",
        "怎么画猫",
        "取消",
    ],
)
def test_a_description_or_talk_is_not_explicit(text: str) -> None:
    assert not understand(text).explicit


def test_picture_links_are_handed_over_and_leave_the_prompt() -> None:
    decision = understand("把 https://a.example/x.PNG?w=1 和 <https://b.example/y.webp> 合成一张")
    assert decision.image_urls == ("https://a.example/x.PNG?w=1", "https://b.example/y.webp")
    assert decision.task_type == "image_to_image"
    assert decision.prompt == "把 和 合成一张"


def test_a_model_and_nothing_else_is_marked() -> None:
    assert understand("nb pro").names_only_model
    assert understand("用香蕉Pro").names_only_model
    assert not understand("用香蕉Pro画一只猫").names_only_model


@pytest.mark.parametrize("text", ["推荐一个", "推荐一个吧", "推荐一个模型", "recommend one"])
def test_a_recommendation_is_marked(text: str) -> None:
    decision = understand(text)
    assert (decision.intent, decision.preference, decision.recommend) == ("clear_preference", "clear", True)


def test_the_longest_prompt_is_four_thousand_characters() -> None:
    assert understand("画" + "猫" * 3999).intent == "generate"
    assert understand("画" + "猫" * 4000).intent == "too_long"
    assert understand("画" + "猫" * 3995 + "，16:9，4K，用香蕉Pro").intent == "generate"
