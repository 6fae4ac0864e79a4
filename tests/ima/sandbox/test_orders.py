"""The check of a create never breaks and never lets a changed order through."""

import random
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from ima.sandbox.catalogue import ASPECT_RATIOS, Catalogue
from ima.sandbox.options import NANO_BANANA_2
from ima.sandbox.orders import Order, check_order
from ima.sandbox.refusals import RefusalError
from ima.sandbox.strict_json import Json, JsonObject
from tests.ima.sandbox.caller import at, changed, without

CATALOGUE = Catalogue(random.Random(5))  # noqa: S311 - repeatable on purpose
NEWEST = CATALOGUE.versions(NANO_BANANA_2, "text_to_image")[-1]
RULE = NEWEST.rules[1]
RIGHT: JsonObject = {
    "task_type": "text_to_image",
    "enable_multi_model": False,
    "src_img_url": [],
    "parameters": [
        {
            "attribute_id": RULE.attribute_id,
            "model_id": NANO_BANANA_2,
            "model_name": NEWEST.name,
            "model_version": NEWEST.version,
            "app": "ima",
            "platform": "web",
            "category": "text_to_image",
            "credit": RULE.points,
            "parameters": {
                "prompt": "a cat",
                "n": 1,
                "input_images": [],
                "size": "1K",
                "aspect_ratio": "1:1",
                "cast": {"points": RULE.points, "attribute_id": RULE.attribute_id},
            },
        }
    ],
}


def paths(value: Json, *above: str | int) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of everything in a value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in inside:
        yield (*above, step)
        yield from paths(each, *above, step)


PATHS = st.sampled_from(list(paths(RIGHT)))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.sampled_from(["", "1K", "ima", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["prompt", "points", "x"]), inner),
    max_leaves=5,
)


def accepted(body: JsonObject) -> Order | None:
    try:
        return check_order(body, CATALOGUE)
    except RefusalError:
        return None


def test_the_right_order_is_accepted() -> None:
    assert accepted(RIGHT) == Order("text_to_image", NANO_BANANA_2, "a cat", "1K", "1:1", 6, [])


@settings(deadline=None)
@given(PATHS, VALUES)
def test_whatever_is_changed_is_refused_but_for_another_prompt(path: tuple[str | int, ...], new: Json) -> None:
    order = accepted(changed(RIGHT, path, new))
    same = repr(new) == repr(at(RIGHT, *path))
    other_prompt = path[-1] == "prompt" and isinstance(new, str) and new != ""
    other_ratio = path[-1] == "aspect_ratio" and new in ASPECT_RATIOS
    assert (order is not None) is (same or other_prompt or other_ratio)


@settings(deadline=None)
@given(PATHS.filter(lambda path: isinstance(path[-1], str)))
def test_whatever_is_left_out_is_refused(path: tuple[str | int, ...]) -> None:
    assert accepted(without(RIGHT, path)) is None


@settings(deadline=None)
@given(PATHS, st.text(max_size=5), VALUES)
def test_whatever_is_added_is_refused(path: tuple[str | int, ...], name: str, new: Json) -> None:
    place = path[:-1]
    found = at(RIGHT, *place)
    if isinstance(found, dict) and name not in found:
        assert accepted(changed(RIGHT, (*place, name), new)) is None


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*RIGHT, "prompt"]), VALUES))
def test_no_body_breaks_the_check(body: JsonObject) -> None:
    assert accepted(body) is None
