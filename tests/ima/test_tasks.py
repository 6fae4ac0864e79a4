"""The status table, row by row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ima import BrokenAnswer, Pending, Picture, Ready, Selection, TaskFailed, TaskStatus
from ima.jsonvalue import Json
from ima.secret import ApiKey
from ima.tasks import create_body, parse_created, parse_detail
from tests.ima.fakes import KEY, PICTURE_URL, media

PICTURE = Picture("task-1", PICTURE_URL, "https://cdn.example/cover.png", 1024, 768, "png")


def read(*medias: Json) -> TaskStatus:
    return parse_detail({"medias": list(medias)}, "task-1", ApiKey(KEY))


@pytest.mark.parametrize(
    ("resource_status", "status", "meaning"),
    [
        (None, "pending", Pending()),
        (None, "processing", Pending()),
        ("", "pending", Pending()),
        ("", "", Pending()),
        (0, "pending", Pending()),
        (0, "processing", Pending()),
        (0, None, Pending()),
        (1, "success", Ready(PICTURE)),
        (1, "completed", Ready(PICTURE)),
        ("1", "success", Ready(PICTURE)),
        (1, "failed", TaskFailed("status", "")),
        (2, "failed", TaskFailed("resource", "")),
        (2, "success", TaskFailed("resource", "")),
        (2, None, TaskFailed("resource", "")),
        (3, "success", TaskFailed("deleted", "")),
        (3, "pending", TaskFailed("deleted", "")),
    ],
)
def test_each_row_of_the_table(resource_status: Json, status: Json, meaning: TaskStatus) -> None:
    assert read(media(resource_status, status)) == meaning


@pytest.mark.parametrize(
    ("resource_status", "status"),
    [(1, "processing"), (1, None), (4, "success"), (-1, "failed"), (1.5, "success"), ([], "success"), ("done", "")],
)
def test_a_row_that_the_table_does_not_have_is_a_broken_answer(resource_status: Json, status: Json) -> None:
    with pytest.raises(BrokenAnswer):
        read(media(resource_status, status))


@pytest.mark.parametrize("url", [None, ""])
def test_finished_without_a_url_goes_on(url: Json) -> None:
    assert read(media(1, "success", url)) == Pending()


@pytest.mark.parametrize("url", [3, "picture.png", "ftp://cdn.example/x", "javascript:alert(1)"])
def test_a_url_that_is_none_is_a_broken_answer(url: Json) -> None:
    with pytest.raises(BrokenAnswer):
        read(media(1, "success", url))


def test_the_watermarked_picture_is_not_the_result() -> None:
    assert read(media(1, "success", "", watermark_url="https://cdn.example/marked.png")) == Pending()


def test_several_pictures_are_ready_when_each_is_and_the_first_counts() -> None:
    second = media(1, "success", "https://cdn.example/second.png")
    assert read(media(1, "success"), second) == Ready(PICTURE)
    assert read(media(1, "success"), media(0, "processing", "")) == Pending()
    assert read(media(0, "processing", ""), media(2, "failed")) == TaskFailed("resource", "")


@pytest.mark.parametrize("data", [{}, {"medias": None}, {"medias": []}])
def test_a_task_without_pictures_yet_goes_on(data: Json) -> None:
    assert parse_detail(data, "task-1", ApiKey(KEY)) == Pending()


@pytest.mark.parametrize("data", [None, [], "x", {"medias": {}}, {"medias": "x"}, {"medias": [None]}])
def test_a_detail_of_another_shape_is_a_broken_answer(data: Json) -> None:
    with pytest.raises(BrokenAnswer):
        parse_detail(data, "task-1", ApiKey(KEY))


@pytest.mark.parametrize("status", [1, 2])
@pytest.mark.parametrize("place", ["error_msg", "remark"])
def test_a_failure_for_the_prompts_content_is_told_apart(status: int, place: str) -> None:
    words = "output blocked by safety filter"
    assert read(media(status, "failed", **{place: words})) == TaskFailed("prompt", words)


def test_the_servers_words_are_kept_without_the_key_and_short() -> None:
    outcome = read(media(2, "failed", error_msg=f"{KEY} " + "x" * 1000))
    assert isinstance(outcome, TaskFailed)
    assert outcome.message.startswith("[key] xxx")
    assert len(outcome.message) == 300


def test_odd_extras_of_a_picture_do_not_lose_it() -> None:
    odd = media(1, "success", width="wide", height=-3, cover_url=None, format=7)
    assert read(odd) == Ready(Picture("task-1", PICTURE_URL, "", None, None, ""))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(list(media(1, "success"))), anything))
def test_no_media_raises_anything_but_a_broken_answer(changes: dict[str, Json]) -> None:
    try:
        outcome = read(media(1, "success") | changes)
    except BrokenAnswer:
        return
    assert isinstance(outcome, Pending | Ready | TaskFailed)


@pytest.mark.parametrize("data", [None, {}, [], {"id": ""}, {"id": None}, {"id": True}, {"id": ["x"]}])
def test_a_create_without_a_task_id_is_a_broken_answer(data: Json) -> None:
    with pytest.raises(BrokenAnswer):
        parse_created(data)


def test_a_numeric_task_id_is_taken_as_text() -> None:
    assert parse_created({"id": 12345678901234567890}) == "12345678901234567890"


EDIT = Selection("image_to_image", "m", "M", "v", 7, 10, "2K", {"size": "2K"})


def test_input_pictures_are_in_both_places_and_points_too() -> None:
    urls = ["https://a.example/1.png", "https://a.example/2.png"]
    body = create_body(EDIT, "make it an oil painting", urls)
    assert body["src_img_url"] == urls
    assert body["parameters"] == [
        {
            "attribute_id": 7,
            "model_id": "m",
            "model_name": "M",
            "model_version": "v",
            "app": "ima",
            "platform": "web",
            "category": "image_to_image",
            "credit": 10,
            "parameters": {
                "size": "2K",
                "prompt": "make it an oil painting",
                "n": 1,
                "input_images": urls,
                "cast": {"points": 10, "attribute_id": 7},
            },
        }
    ]


def test_a_category_and_its_pictures_must_fit() -> None:
    with pytest.raises(ValueError, match="0 input pictures"):
        create_body(EDIT, "x", [])
    drawing = Selection("text_to_image", "m", "M", "v", 7, 10, "2K", {})
    with pytest.raises(ValueError, match="1 input pictures"):
        create_body(drawing, "x", ["https://a.example/1.png"])


def test_no_parameter_of_a_selection_goes_over_what_the_create_sets() -> None:
    forged = Selection("text_to_image", "m", "M", "v", 7, 10, "2K", {"prompt": "other", "n": 9, "cast": "x"})
    body = create_body(forged, "a cat", [])
    honest = create_body(Selection("text_to_image", "m", "M", "v", 7, 10, "2K", {}), "a cat", [])
    assert body == honest
