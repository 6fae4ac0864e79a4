"""What is promised about reading a prompt."""

import pytest

from ima.sandbox.painter.accessory import Accessory
from ima.sandbox.painter.mood import Hour, Season, Weather
from ima.sandbox.painter.style import Style
from ima.sandbox.painter.subjects import SUBJECTS, Subject
from ima.sandbox.painter.wish import MOST_SUBJECTS, read


def seen(prompt: str) -> dict[str, int]:
    return {each.subject.name: each.count for each in read(prompt).wanted}


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("画一张猫", {"cat": 1}),
        ("畫一隻貓", {"cat": 1}),
        ("A CAT", {"cat": 1}),
        ("a cat on the mat", {"cat": 1}),
        ("cat和dog", {"cat": 1, "dog": 1}),
        ("一只猫和两只狗", {"cat": 1, "dog": 2}),
        ("两只猫在月亮下", {"cat": 2, "moon": 1}),
        ("两只红色的猫和狗", {"cat": 2, "dog": 1}),
        ("three puppies", {"dog": 3}),
        ("two small red foxes", {"fox": 2}),
        ("several butterflies", {"butterfly": 4}),
        ("5只兔子", {"rabbit": 5}),
        ("一群鸟", {"bird": 4}),
        ("snowmen", {"snowman": 3}),
        ("草莓蛋糕", {"cake": 1}),
        ("熊猫", {"panda": 1}),
        ("北极熊", {"polar bear": 1}),
        ("向日葵", {"sunflower": 1}),
        ("热气球", {"hot-air balloon": 1}),
        ("機器人", {"robot": 1}),
        ("皇冠", {"crown": 1}),
    ],
)
def test_subjects_and_their_number_are_found(prompt: str, expected: dict[str, int]) -> None:
    assert seen(prompt) == expected


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("热狗", {"hot dog": 1}),
        ("a hot dog", {"hot dog": 1}),
        ("concatenate the category", {}),
        ("scarf", {}),
        ("carpet", {}),
        ("海豹", {}),
        ("马上开心", {}),
        ("松鼠", {}),
        ("没有狗,只有猫", {"cat": 1}),
        ("a garden without people", {}),
    ],
)
def test_words_inside_other_words_and_denied_words_are_no_subjects(prompt: str, expected: dict[str, int]) -> None:
    assert seen(prompt) == expected


@pytest.mark.parametrize("subject", SUBJECTS, ids=[subject.name for subject in SUBJECTS])
def test_each_word_of_a_subject_leads_to_it_and_no_other(subject: Subject) -> None:
    for word in subject.words.split(","):
        assert list(seen(word)) == [subject.name], word


def test_everything_around_the_subject_is_understood() -> None:
    wish = read("秋天傍晚下着雨的森林里,一只戴帽子的狐狸,水彩")
    assert [each.subject.name for each in wish.wanted] == ["fox"]
    assert wish.scenery is not None
    assert (wish.scenery.name, wish.hour, wish.season, wish.weather, wish.accessories, wish.styles) == (
        "forest",
        Hour.SUNSET,
        Season.AUTUMN,
        Weather.RAIN,
        (Accessory.HAT,),
        (Style.WATERCOLOUR,),
    )


def test_a_colour_belongs_to_the_subject_after_it() -> None:
    wish = read("a red car and a blue bird")
    assert [each.colour for each in wish.wanted] == [(222, 64, 62), (76, 136, 222)]
    assert wish.tint is None


def test_a_colour_without_a_subject_is_the_picture_s() -> None:
    assert read("make it purple").tint == (150, 104, 204)


def test_a_crowd_of_subjects_is_bounded() -> None:
    assert len(read("猫狗兔子熊猫狐狸老虎狮子大象马").wanted) == MOST_SUBJECTS
