"""What is promised about a picture changed by words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from ima.sandbox.painter import paint, transform

from .measure import brightness, colourfulness, correlation, difference, warmth

SOURCE = paint("a corgi in the meadow at noon", 192, 144)
OTHER = paint("a castle at sunset", 120, 160)


def edited(prompt: str) -> Image.Image:
    return transform([SOURCE], prompt, 192, 144)


KEPT = [
    "油画",
    "turn this photo into an oil painting",
    "水彩",
    "watercolor",
    "pencil sketch",
    "素描",
    "水墨",
    "像素风",
    "吉卜力风格",
    "anime",
    "赛博朋克",
    "复古",
    "black and white",
    "更暗",
    "brighter",
    "warmer",
    "冷色",
    "下雪",
    "let it rain",
    "夜晚",
    "sunset",
    "autumn",
    "blue",
    "something else entirely",
    "",
]


@pytest.mark.parametrize("prompt", KEPT)
def test_an_edit_is_seen_and_keeps_the_composition(prompt: str) -> None:
    result = edited(prompt)
    assert difference(result, SOURCE) > 4
    assert correlation(result, SOURCE) > 0.38


def test_an_unrelated_picture_would_not_pass_for_an_edit() -> None:
    """The bound above means something."""
    assert correlation(OTHER, SOURCE) < 0.3


@pytest.mark.parametrize("prompt", ["加一顶帽子", "add a cat", "给它戴上皇冠", "add two balloons"])
def test_things_are_added_to_the_picture(prompt: str) -> None:
    result = edited(prompt)
    assert difference(result, SOURCE) > 1.5
    assert correlation(result, SOURCE) > 0.6


def test_a_mirrored_picture_is_the_mirrored_picture() -> None:
    assert difference(edited("镜像"), ImageOps.mirror(SOURCE)) < 2
    assert difference(edited("flip"), SOURCE) > 4


def test_another_background_keeps_the_middle() -> None:
    result = edited("把背景换成海边")
    middle, corner = (72, 54, 120, 90), (0, 0, 40, 30)
    assert difference(result.crop(middle), SOURCE.crop(middle)) < 8
    assert difference(result.crop(corner), SOURCE.crop(corner)) > 8


def test_a_blurred_background_leaves_the_middle_sharp() -> None:
    result = edited("背景虚化")
    assert result != SOURCE
    assert difference(result.crop((80, 60, 112, 84)), SOURCE.crop((80, 60, 112, 84))) < 2


def test_adjustments_go_the_way_they_say() -> None:
    assert brightness(edited("暗一点")) < brightness(SOURCE) * 0.8
    assert brightness(edited("变亮")) > brightness(SOURCE) * 1.08
    assert warmth(edited("warmer")) > warmth(SOURCE) + 15
    assert warmth(edited("冷色")) < warmth(SOURCE) - 15
    assert colourfulness(edited("黑白")) == 0
    assert brightness(edited("变成夜晚")) < brightness(SOURCE) * 0.7


@pytest.mark.parametrize("size", [(64, 64), (64, 192), (192, 64), (77, 131), (1, 1)])
@pytest.mark.parametrize("count", [1, 2, 5])
def test_the_result_has_exactly_the_asked_size(size: tuple[int, int], count: int) -> None:
    assert transform([SOURCE, OTHER, SOURCE, OTHER, SOURCE][:count], "oil", *size).size == size


def test_several_pictures_all_appear() -> None:
    """Leaving one out, or taking another one, changes the composition."""
    both = transform([SOURCE, OTHER], "合成", 192, 144)
    assert difference(both, transform([SOURCE, SOURCE], "合成", 192, 144)) > 4
    assert difference(both, transform([OTHER, OTHER], "合成", 192, 144)) > 4


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "CMYK", "I;16"])
def test_every_kind_of_picture_is_taken(mode: str) -> None:
    source = Image.new("I;16", (40, 30), 900) if mode == "I;16" else SOURCE.convert(mode)
    assert transform([source], "sunset", 64, 48).mode == "RGB"


def test_the_input_is_not_changed() -> None:
    before = SOURCE.tobytes()
    edited("night, add a cat and a hat")
    assert SOURCE.tobytes() == before


def test_the_same_arguments_give_the_same_picture() -> None:
    assert edited("watercolor, snow").tobytes() == edited("watercolor, snow").tobytes()


def test_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="no picture"):
        transform([], "oil painting", 64, 64)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=30), st.integers(1, 72), st.integers(1, 72), st.integers(1, 90), st.integers(1, 90))
def test_any_text_and_any_shape_can_be_used(prompt: str, width: int, height: int, across: int, down: int) -> None:
    source = SOURCE.resize((across, down))
    assert transform([source], prompt, width, height).size == (width, height)
