"""Which emoji stands for a request: what the picture is of, in both languages, and the traps."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.subject_words import ANIMATE, NO_SUBJECT_EN, NO_SUBJECT_ZH, SCENE, STYLE, THING
from protocol.subjects import ANY_SUBJECT, Subject, find_subject, plural
from protocol.traditional import FOLDED

ROWS = (*ANIMATE, *THING, *SCENE, *STYLE)
CHINESE = [word for _, words, _ in ROWS for word in words.split()]
ENGLISH = [word for _, _, words in ROWS for word in words.split(", ")]

SUBJECTS = [
    # the document's
    ("画一只萌萌的猫咪", "🐱"),
    ("一张 16:9 的风景照", "🏔️"),
    # both scripts, plurals, case, full width
    ("畫一隻貓", "🐱"),
    ("一隻戴圍巾的獅子", "🦁"),
    ("騎著機車", "🏍️"),
    ("騎著馬的太空人", "🧑‍🚀"),
    ("白色T恤", "👕"),
    ("Two KITTENS", "🐱"),
    ("ｃａｔ", "🐱"),
    ("wolves at night", "🐺"),
    ("strawberries", "🍓"),
    ("geese and foxes", "🦢"),
    ("mice", "🐭"),
    ("hot-dog stand", "🌭"),
    ("my dog's bowl", "🐶"),
    # a word within a word is none
    ("热狗", "🌭"),
    ("a hot dog with mustard", "🌭"),
    ("海豹", "🦭"),
    ("马克杯", "☕"),
    ("马上开花的树", "🌳"),
    ("马路", "🛣️"),
    ("斑马", "🦓"),
    ("河马", "🦛"),
    ("海马", "🌊"),
    ("大熊猫", "🐼"),
    ("猫头鹰", "🦉"),
    ("太阳花", "🌻"),
    ("太阳镜", "🕶️"),
    ("蜗牛", "🐌"),
    ("牛油果", "🥑"),
    ("牛仔", "🤠"),
    ("龙虾", "🦞"),
    ("恐龙", "🦖"),
    ("龙卷风", "🌪️"),
    ("鸡尾酒", "🍸"),
    ("鼠标", "🖱️"),
    ("火鸡", "🦃"),
    ("雪人", "⛄"),
    ("机器人", "🤖"),
    ("美人鱼", "🧜‍♀️"),
    ("海报", "🖼️"),
    ("蜘蛛侠", "🦸"),
    ("长颈鹿", "🦒"),
    ("羊驼", "🦙"),
    ("西瓜", "🍉"),
    ("人工智能", "🎨"),
    ("云南", "🎨"),
    ("巴马", "🎨"),
    ("cathedral", "⛪"),
    ("caterpillar", "🐛"),
    ("catfish", "🐟"),
    ("category theory", "🎨"),
    ("a vacation", "🎨"),
    ("dogma", "🎨"),
    ("sea lion", "🦭"),
    ("polar bear", "🐻‍❄️"),
    ("teddy bear", "🧸"),
    ("red panda", "🦊"),
    ("guinea pig", "🐹"),
    ("seahorse", "🌊"),
    ("dragonfly", "🦗"),
    ("dragon fruit", "🍈"),
    ("pineapple", "🍍"),
    ("watermelon", "🍉"),
    ("sunflower", "🌻"),
    ("starfish", "⭐"),
    ("Christmas tree", "🎄"),
    ("fish eye lens", "🎨"),
    ("bird's eye view of a city", "🏙️"),
    # the main subject: somebody, else something, else somewhere; the first, in the first sentence
    ("一只猫坐在月球上", "🐱"),
    ("月球上的一只猫", "🐱"),
    ("雨后的街道，一只猫坐在窗台上", "🐱"),
    ("a cat on the moon", "🐱"),
    ("on the moon sits a cat", "🐱"),
    ("一匹马上坐着骑士", "🐴"),
    ("一个人坐在月球上", "🧑"),
    ("夕阳下的自行车", "🚲"),
    ("雪山日出，前景有一棵树", "🌅"),
    ("A majestic castle on a hill. Birds fly in the distance", "🏰"),
    ("油画，一座灯塔", "🗼"),
    ("watercolor of a lighthouse", "🗼"),
    # what only describes
    ("骑着马的宇航员", "🧑‍🚀"),
    ("海边的城堡", "🏰"),
    ("海边的日落", "🌇"),
    ("女孩和她的猫", "👧"),
    ("一只猫的玩具和狗", "🐱"),
    ("草莓蛋糕", "🍰"),
    ("熊猫宝宝", "🐼"),
    ("a baby panda", "🐼"),
    ("a robot dog", "🐶"),
    # what is not wanted
    ("不要狗，画一只狐狸", "🦊"),
    ("海边没有人", "🏖️"),
    ("a street without people", "🛣️"),
    ("a city with no cars", "🏙️"),
    # a change: what comes of it
    ("turn the cat into a dog", "🐶"),
    ("把背景换成海边", "🏖️"),
    ("把这只猫变成机器人", "🤖"),
    ("turn this photo into an oil painting", "🖼️"),
    # nothing known
    ("", "🎨"),
    ("量子纠缠", "🎨"),
    ("something nice", "🎨"),
]


@pytest.mark.parametrize(("prompt", "emoji"), SUBJECTS)
def test_the_emoji_is_of_what_the_picture_is_of(prompt: str, emoji: str) -> None:
    """Longest word first, English at word boundaries, the main subject of several."""
    assert find_subject(prompt).emoji == emoji


@pytest.mark.parametrize(("emoji", "chinese", "english"), ROWS)
def test_every_word_is_found_by_itself_and_in_a_request(emoji: str, chinese: str, english: str) -> None:
    """In Chinese, in English and its plural, whatever the case."""
    for word in chinese.split():
        assert find_subject(f"画一张{word}") == Subject(emoji, word)
    for word in english.split(", "):
        assert find_subject(f"Draw {word.upper()}!").emoji == emoji, word
        assert find_subject(f"draw some {plural(word)}, please").emoji == emoji, word


def test_there_are_at_least_150_subjects_in_each_language() -> None:
    """The conversation page's number; each row has both languages."""
    assert len(ROWS) >= 150
    assert all(chinese and english for _, chinese, english in ROWS)


def test_no_word_stands_twice() -> None:
    """Else one of two emoji would never be shown."""
    counted = Counter([*CHINESE, *ENGLISH, *NO_SUBJECT_ZH.split(), *NO_SUBJECT_EN.split(", ")])
    assert [word for word, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("word", NO_SUBJECT_ZH.split())
def test_a_chinese_word_that_is_no_subject_hides_one(word: str) -> None:
    """Each is a trap that there is, and hides the subject in it."""
    assert find_subject(f"：{word}：") == Subject(ANY_SUBJECT)
    assert any(subject in word for subject in CHINESE)


@pytest.mark.parametrize("word", NO_SUBJECT_EN.split(", "))
def test_an_english_word_that_is_no_subject_hides_one(word: str) -> None:
    """The same in English."""
    assert find_subject(word) == Subject(ANY_SUBJECT)
    assert any(find_subject(part).word for part in word.replace("'s", "").split())


def test_every_emoji_is_one_that_devices_of_today_can_show() -> None:
    """Nothing newer than Unicode 14 (2021): an empty box is worse than a near miss."""
    for emoji, _, _ in ROWS:
        assert all(unicodedata.category(each) in {"So", "Cf", "Mn", "Me", "Sk"} for each in emoji), emoji
        assert len(emoji) <= 5


def test_traditional_characters_fold_one_for_one() -> None:
    """Places in a folded text are places in the text; no folded character folds further."""
    assert all(len(folded) == 1 for folded in FOLDED.values())
    assert not {ord(folded) for folded in FOLDED.values()} & set(FOLDED)


@given(st.text(st.characters(codec=None), max_size=400))
def test_no_text_breaks_it(prompt: str) -> None:
    """Any Unicode, lone surrogates included: an emoji comes back."""
    assert find_subject(prompt).emoji


@given(
    st.lists(
        st.sampled_from([*CHINESE, *ENGLISH, "的", "，", ". ", " ", "a ", "一只", "不要", "把", " into "]),
        max_size=30,
    )
)
def test_any_mixture_of_words_gives_an_emoji_of_ours(parts: list[str]) -> None:
    """And the word that it is for stands in the request."""
    prompt = "".join(parts)
    subject = find_subject(prompt)
    assert subject.emoji in {emoji for emoji, _, _ in ROWS} | {ANY_SUBJECT}
    assert subject.word is None or subject.word in prompt.replace("-", " ")


def test_the_longest_prompt_is_read_to_its_end() -> None:
    """4,000 characters, the only subject last."""
    assert find_subject("量子纠缠，" * 799 + "一只猫") == Subject("🐱", "猫")
