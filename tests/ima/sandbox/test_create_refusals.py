"""One refusal for each sentence of the API page about create. Nothing refused is charged."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from ima.sandbox.strict_json import Json, JsonObject
from tests.ima.sandbox.caller import FLASH, PRO, Caller, at, changed, leaves, without

ITEM = ("parameters", 0)
INNER = (*ITEM, "parameters")
CAST = (*INNER, "cast")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A way to spoil an order, and the answer that it must get."""

    promise: str
    spoil: Callable[[JsonObject], JsonObject]
    code: int = 400
    status: int = 400


def put(*path: str | int, new: Json) -> Callable[[JsonObject], JsonObject]:
    return lambda body: changed(body, path, new)


def drop(*path: str | int) -> Callable[[JsonObject], JsonObject]:
    return lambda body: without(body, path)


def dearer(body: JsonObject) -> JsonObject:
    return changed(changed(body, (*ITEM, "credit"), 7), (*CAST, "points"), 7)


def attribute(new: Json) -> Callable[[JsonObject], JsonObject]:
    return lambda body: changed(changed(body, (*ITEM, "attribute_id"), new), (*CAST, "attribute_id"), new)


def pictures(outer: Json, inner: Json) -> Callable[[JsonObject], JsonObject]:
    return lambda body: changed(changed(body, ("src_img_url",), outer), (*INNER, "input_images"), inner)


WRONG = [
    Wrong("task_type is one of the two", put("task_type", new="text_to_video")),
    Wrong("task_type is there", drop("task_type")),
    Wrong("task_type is a text", put("task_type", new=1)),
    Wrong("enable_multi_model is there", drop("enable_multi_model")),
    Wrong("enable_multi_model is false", put("enable_multi_model", new=True)),
    Wrong("enable_multi_model is a boolean", put("enable_multi_model", new=0)),
    Wrong("src_img_url is there", drop("src_img_url")),
    Wrong("src_img_url is a list", put("src_img_url", new="")),
    Wrong("src_img_url holds texts", pictures([1], [1])),
    Wrong("parameters is there", drop("parameters")),
    Wrong("parameters is a list", put("parameters", new={})),
    Wrong("parameters has an entry", put("parameters", new=[])),
    Wrong("parameters has one entry", lambda body: changed(body, ("parameters",), [at(body, *ITEM)] * 2)),
    Wrong("parameters holds objects", put("parameters", new=["x"])),
    Wrong("nothing unknown in the body", put("user_id", new="u1")),
    Wrong("nothing unknown in the item", put(*ITEM, "user", new="u1")),
    Wrong("nothing unknown inside", put(*INNER, "quality", new="high")),
    Wrong("the marker is no parameter", put(*INNER, "default", new="enabled")),
    Wrong("nothing unknown in cast", put(*CAST, "more", new=1)),
    Wrong("prompt is not in the body", put("prompt", new="a cat")),
    Wrong("prompt is not in the item", put(*ITEM, "prompt", new="a cat")),
    Wrong("prompt is inside", drop(*INNER, "prompt")),
    Wrong("prompt is a text", put(*INNER, "prompt", new=["a cat"])),
    Wrong("prompt says something", put(*INNER, "prompt", new=" \n")),
    Wrong("n is there", drop(*INNER, "n")),
    Wrong("n is 1", put(*INNER, "n", new=2)),
    Wrong("n is a number", put(*INNER, "n", new="1")),
    Wrong("n is no boolean", put(*INNER, "n", new=True)),
    Wrong("aspect_ratio is there", drop(*INNER, "aspect_ratio")),
    Wrong("aspect_ratio is one of the five", put(*INNER, "aspect_ratio", new="21:9")),
    Wrong("aspect_ratio is spelled so", put(*INNER, "aspect_ratio", new="16：9")),
    Wrong("the inner parameters are an object", put(*INNER, new="a cat")),
    Wrong("app is there", drop(*ITEM, "app")),
    Wrong("app is ima", put(*ITEM, "app", new="openclaw")),
    Wrong("platform is web", put(*ITEM, "platform", new="ios")),
    Wrong("category is that of the task", put(*ITEM, "category", new="image_to_image")),
    Wrong("model_id is one of the two", put(*ITEM, "model_id", new="doubao-seedream-4.5")),
    Wrong("model_id is there", drop(*ITEM, "model_id")),
    Wrong("model_name is that of the version", put(*ITEM, "model_name", new="Nano Banana Pro")),
    Wrong("model_name is spelled so", put(*ITEM, "model_name", new="Nano Banana 2")),
    Wrong("model_version is listed", put(*ITEM, "model_version", new=FLASH)),
    Wrong("credit is there", drop(*ITEM, "credit")),
    Wrong("credit is a whole number", put(*ITEM, "credit", new=6.0)),
    Wrong("cast is there", drop(*CAST)),
    Wrong("cast is an object", put(*CAST, new=[])),
    Wrong("cast mirrors the points", put(*CAST, "points", new=5)),
    Wrong("cast mirrors the attribute", put(*CAST, "attribute_id", new=1)),
    Wrong("cast names the points", drop(*CAST, "points")),
    Wrong("text_to_image takes no pictures", pictures(["https://example.com/a.jpg"], ["https://example.com/a.jpg"])),
    Wrong("input_images is there", drop(*INNER, "input_images")),
    Wrong("input_images mirrors src_img_url", pictures([], ["https://example.com/a.jpg"])),
    Wrong("src_img_url mirrors input_images", pictures(["https://example.com/a.jpg"], [])),
    Wrong("attribute_id is a number", attribute("4401")),
    Wrong("attribute_id is there", drop(*ITEM, "attribute_id"), 4001, 200),
    Wrong("attribute_id is not 0", attribute(0), 4001, 200),
    Wrong("attribute_id is not null", attribute(None), 4001, 200),
    Wrong("attribute_id is drawn anew, never the reference one", attribute(4401 + 10**7), 6010, 200),
    Wrong("the size has a rule", put(*INNER, "size", new="8K"), 6009, 200),
    Wrong("the size is spelled as the rule does", put(*INNER, "size", new="1k"), 6009, 200),
    Wrong("the size is there", drop(*INNER, "size"), 6009, 200),
    Wrong("the size is that of the attribute", put(*INNER, "size", new="2K"), 6010, 200),
    Wrong("credit is the rule's points", dearer, 6006, 200),
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.promise)
async def test_a_create_is_refused_unless(caller: Caller, wrong: Wrong) -> None:
    answer = await caller.create(wrong.spoil(await caller.order()))
    assert (answer.status_code, answer.json()["code"]) == (wrong.status, wrong.code)
    assert answer.json()["data"] is None
    state = await caller.state()
    assert (state["balance"], state["tasks"]) == (1000, [])


async def test_a_right_create_is_accepted(caller: Caller) -> None:
    """The order that all of these spoil is right itself, and breaks no rule."""
    assert (await caller.create(await caller.order())).json()["code"] in (0, 200)
    assert await caller.violations() == []


async def test_attribute_zero_has_the_documents_message(caller: Caller) -> None:
    answer = await caller.create(attribute(0)(await caller.order()))
    assert answer.json()["message"] == "Invalid product attribute"


@pytest.mark.parametrize(("model_id", "category"), [(PRO, "text_to_image"), (FLASH, "image_to_image")])
async def test_an_attribute_of_another_model_or_category_is_6010(caller: Caller, model_id: str, category: str) -> None:
    stranger, _ = (await caller.newest(model_id, category)).rule("1K")
    answer = await caller.create(attribute(stranger)(await caller.order()))
    assert answer.json()["code"] == 6010


async def test_an_older_version_is_listed_first_and_its_rules_are_dead(caller: Caller) -> None:
    """Several leaves may match a model id: the last is the newest (the API page: product list)."""
    versions = [leaf for leaf in leaves(await caller.product_list()) if leaf.node["model_id"] == FLASH]
    assert len(versions) == 2
    old_id, old_points = versions[0].rule("1K")
    body = attribute(old_id)(await caller.order())
    assert (await caller.create(body)).json()["code"] == 6010
    body = changed(changed(body, (*ITEM, "credit"), old_points), (*CAST, "points"), old_points)
    body = changed(body, (*ITEM, "model_version"), versions[0].node["id"])
    assert (await caller.create(body)).json()["code"] == 6010


async def test_512px_on_pro_has_no_rule(caller: Caller) -> None:
    body = changed(await caller.order(model_id=PRO), (*INNER, "size"), "512px")
    assert (await caller.create(body)).json()["code"] == 6009


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/a.jpg",
        "https://127.0.0.1/a.jpg",
        "https://localhost/a.jpg",
        "https://10.1.2.3/a.jpg",
        "https://user:word@example.com/a.jpg",
        "https://example.com:8443/a.jpg",
        "https://[::1/a.jpg",
        "data:image/png;base64,AAAA",
        "file:///etc/passwd",
        "",
    ],
)
async def test_an_input_picture_is_at_a_public_https_url(caller: Caller, url: str) -> None:
    answer = await caller.create(await caller.order(inputs=[url]))
    assert (answer.status_code, answer.json()["code"]) == (400, 400)
    assert await caller.violations() == ["bad_request"]


async def test_an_input_picture_that_was_never_uploaded_is_refused(caller: Caller) -> None:
    answer = await caller.create(await caller.order(inputs=[f"{caller.sandbox.storage}/uploads/x.jpg"]))
    assert answer.status_code == 400


async def test_an_input_picture_that_cannot_be_fetched_is_refused_without_blame(caller: Caller) -> None:
    answer = await caller.create(await caller.order(inputs=["https://example.com/gone.jpg"]))
    assert answer.status_code == 400
    assert await caller.violations() == []


async def test_image_to_image_needs_a_picture(caller: Caller) -> None:
    body = await caller.order(inputs=["https://example.com/a.jpg"])
    assert (await caller.create(pictures([], [])(body))).status_code == 400


async def test_too_little_balance_is_4008_and_charges_nothing(caller: Caller) -> None:
    await caller.http.post(f"{caller.sandbox.control}/settings", json={"balance": 5})
    answer = await caller.create(await caller.order())
    assert (answer.status_code, answer.json()["code"]) == (200, 4008)
    assert await caller.balance() == 5


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '{"task_type": "text_to_image"',
        '{"a": 1, "a": 2}',
        '{"a": NaN}',
        '{"a": -Infinity}',
        '{"a": "\\ud83d"}',
        "{'a': 1}",
        "[" * 100_000,
    ],
    ids=range(10),
)
async def test_a_body_that_is_not_one_strict_json_object_is_refused(caller: Caller, text: str) -> None:
    answer = await caller.http.post(
        f"{caller.sandbox.api}/open/v1/tasks/create",
        content=text.encode(),
        headers={**caller.headers, "Content-Type": "application/json"},
    )
    assert (answer.status_code, answer.json()["code"]) == (400, 400)


async def test_a_body_without_end_is_refused(caller: Caller) -> None:
    body = changed(await caller.order(), (*INNER, "prompt"), "a" * 300_000)
    assert len(json.dumps(body)) > 256 * 1024
    assert (await caller.create(body)).status_code == 413
