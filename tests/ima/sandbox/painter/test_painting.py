"""What is promised about a picture painted from words."""

import subprocess
import sys
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ima.sandbox.painter import paint
from ima.sandbox.painter.canvas import Canvas
from ima.sandbox.painter.composition import compose
from ima.sandbox.painter.scenery import BY_NAME, SCENERIES
from ima.sandbox.painter.subjects import FAMILIES, SUBJECTS
from ima.sandbox.painter.wish import Wanted, Wish

from .measure import brightness, colourfulness, difference, share_changed, share_near, small, warmth

NAMES = [subject.name for subject in SUBJECTS]
BACKDROP = BY_NAME["night sky"]
"""Dark, so that pale subjects stand out too, and without the light of the hour."""


@cache
def alone(name: str | None) -> Image.Image:
    """One subject, or none, before the same backdrop, with the chances of one and the same prompt."""
    wanted = tuple(Wanted(subject, 1, None) for subject in SUBJECTS if subject.name == name)
    canvas = Canvas(Image.new("RGB", (144, 144)))
    compose(canvas, Wish(wanted, BACKDROP, None, None, None, (), (), None), "the same dice")
    return small(canvas.image)


def test_the_same_arguments_paint_the_same_picture() -> None:
    assert paint("画一张猫", 96, 64).tobytes() == paint("画一张猫", 96, 64).tobytes()


def test_another_process_paints_the_same_picture() -> None:
    """The chance comes from the prompt's bytes, not from the process's own hash seed."""
    code = "from ima.sandbox.painter import paint; print(hash('x'), sum(paint('oil fox', 64, 64).tobytes()))"
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True) for _ in range(2)]
    first, second = (run.stdout.split() for run in runs)
    assert first[1] == second[1]


def test_different_words_for_the_same_thing_paint_different_pictures() -> None:
    pictures = [
        paint(prompt, 64, 64) for prompt in ("a cat", "画一张猫", "一只可爱的猫", "cat portrait please", "小猫咪")
    ]
    assert all(difference(one, two) > 3 for one, two in combinations(pictures, 2))


@pytest.mark.parametrize("size", [(64, 64), (64, 192), (192, 64), (90, 160), (161, 77), (512, 384), (1, 1), (300, 100)])
@pytest.mark.parametrize("prompt", ["two dogs in the city at night", "水墨 山水", "!"])
def test_the_picture_has_exactly_the_asked_size(prompt: str, size: tuple[int, int]) -> None:
    picture = paint(prompt, *size)
    assert (picture.size, picture.mode) == (size, "RGB")


def test_the_largest_size_is_painted_exactly() -> None:
    assert paint("cat", 5600, 1867).size == (5600, 1867)


def test_size_does_not_change_the_picture() -> None:
    assert difference(paint("a fox in the forest", 96, 96), paint("a fox in the forest", 480, 480)) < 4


def test_there_are_many_subjects() -> None:
    assert len(SUBJECTS) >= 100
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_subject_covers_a_good_part_of_its_background(name: str) -> None:
    assert share_changed(alone(name), alone(None)) > 0.05
    assert difference(alone(name), alone(None)) > 4


def test_every_subject_looks_different_from_every_other() -> None:
    pictures = {name: alone(name) for name in NAMES}
    alike = [
        (one, two, round(difference(pictures[one], pictures[two]), 1))
        for one, two in combinations(NAMES, 2)
        if difference(pictures[one], pictures[two]) < 2.5
    ]
    assert alike == []


def test_every_scenery_looks_different_from_every_other() -> None:
    pictures = [paint(scenery.words.split(",")[0], 96, 96) for scenery in SCENERIES]
    assert all(difference(one, two) > 8 for one, two in combinations(pictures, 2))


@pytest.mark.parametrize(
    ("family", "name", "colour"),
    [
        ("pets", "corgi", (225, 145, 75)),
        ("wild animals", "elephant", (145, 155, 175)),
        ("birds and insects", "chick", (252, 218, 96)),
        ("water animals", "crab", (225, 85, 65)),
        ("fantastic", "ghost", (245, 245, 252)),
        ("plants", "sunflower", (245, 190, 60)),
        ("buildings", "lighthouse", (250, 248, 245)),
        ("vehicles", "rocket", (225, 230, 240)),
        ("food", "banana", (245, 205, 70)),
        ("people", "santa", (205, 55, 60)),
        ("sky", "star", (250, 205, 85)),
        ("things", "heart", (235, 85, 110)),
    ],
)
def test_each_family_shows_its_colours(family: str, name: str, colour: tuple[int, int, int]) -> None:
    assert name in {subject.name for subject in FAMILIES[family]}
    assert share_near(alone(name), colour) > share_near(alone(None), colour) + 0.02


@pytest.mark.parametrize(
    ("word", "colour"), [("红色的", (210, 70, 70)), ("蓝色的", (80, 135, 215)), ("green ", (95, 165, 95))]
)
@pytest.mark.parametrize("thing", ["car", "气球"])
def test_a_colour_word_colours_its_subject(word: str, colour: tuple[int, int, int], thing: str) -> None:
    assert share_near(paint(f"{word}{thing} studio", 96, 96), colour, 55) > 0.04


def test_more_of_them_fill_more_of_the_picture() -> None:
    empty, one, five = (paint(f"{what}海边", 96, 64) for what in ("", "一只企鹅", "五只企鹅"))
    assert difference(one, empty) > 4
    assert difference(one, five) > 4


def test_the_hour_is_seen() -> None:
    day, night, sunset = (paint(f"mountain {hour}", 96, 96) for hour in ("at noon", "at night", "at sunset"))
    assert brightness(night) < 0.6 * brightness(day)
    assert warmth(sunset) > warmth(night) + 40


def test_autumn_is_warmer_than_winter() -> None:
    assert warmth(paint("forest in autumn at noon", 96, 96)) > warmth(paint("forest in winter at noon", 96, 96)) + 15


@pytest.mark.parametrize(
    "style", ["油画", "水彩", "pencil sketch", "水墨", "pixel art", "cartoon", "neon", "vintage", "黑白"]
)
def test_every_style_is_seen(style: str) -> None:
    styled = paint(f"cat {style}", 128, 128)
    plain_chance = paint("cat", 128, 128)
    assert difference(styled, plain_chance) > 5


@pytest.mark.parametrize("style", ["黑白", "素描"])
def test_styles_without_colour_have_none(style: str) -> None:
    assert colourfulness(paint(f"flower field {style}", 96, 96)) < 30 < colourfulness(paint("flower field", 96, 96))


def test_pixel_art_consists_of_few_colours() -> None:
    colours = paint("castle pixel art", 96, 96).resize((32, 32), Image.Resampling.NEAREST).getcolors(4096)
    assert colours is not None
    assert len(colours) <= 64


@pytest.mark.parametrize(
    "prompt", ["", "zxcvb", "1234567890", "量子纠缠", "🎨🚀", "\ud800", "a" * 10_000, "猫" * 10_000, "\x00"]
)
def test_words_that_mean_nothing_still_give_a_lively_picture(prompt: str) -> None:
    picture = paint(prompt, 64, 64)
    extrema = picture.convert("L").getextrema()
    assert isinstance(extrema[0], (int, float))
    assert isinstance(extrema[1], (int, float))
    assert extrema[1] - extrema[0] > 40


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40), st.integers(1, 72), st.integers(1, 72))
def test_any_text_can_be_painted(prompt: str, width: int, height: int) -> None:
    assert paint(prompt, width, height).size == (width, height)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([*NAMES, "三只", "夜晚", "雨", "海边", "red", "帽子", "no", "水墨"]), max_size=8))
def test_any_mixture_of_known_words_can_be_painted(words: list[str]) -> None:
    assert paint(" ".join(words), 48, 64).size == (48, 64)


def test_the_package_loads_nothing_heavy() -> None:
    """It starts with the sandbox: Pillow and the standard library are all it may bring."""
    code = (
        "import sys, ima.sandbox; before = set(sys.modules); import ima.sandbox.painter; "
        "new = {name.split('.')[0] for name in set(sys.modules) - before}; "
        "print(sorted(new - set(sys.stdlib_module_names) - {'PIL', 'ima'}))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert run.stdout.strip() == "[]"
