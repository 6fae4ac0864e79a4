"""What every call to the API host must carry, and what the product list is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import httpx
import pytest

from ima.sandbox.options import SandboxOptions
from ima.sandbox.strict_json import Json
from tests.ima.sandbox.caller import FLASH, KEY, PRO, Caller, at, leaves
from tests.ima.sandbox.conftest import Start

LIST = "/open/v1/product/list"
QUERY = {"app": "ima", "platform": "web", "category": "text_to_image"}


def with_header(caller: Caller, name: str, value: str | None) -> Caller:
    headers = {key: old for key, old in caller.headers.items() if key != name}
    return replace(caller, headers=headers if value is None else {**headers, name: value})


@pytest.mark.parametrize(
    "value", [None, "", KEY, f"bearer {KEY}", f"Bearer  {KEY}", f"Bearer {KEY}x", "Bearer ima_other", "Basic eDp5"]
)
async def test_a_call_without_the_bearer_key_is_401(caller: Caller, value: str | None) -> None:
    stranger = with_header(caller, "Authorization", value)
    for answer in (await stranger.ask_list(), await stranger.create({}), await stranger.detail("x")):
        assert (answer.status_code, answer.json()["code"]) == (401, 401)


@pytest.mark.parametrize("value", [None, "", "ima-skills", "IMA_SKILLS", "web"])
async def test_the_source_is_exactly_ima_skills(caller: Caller, value: str | None) -> None:
    stranger = with_header(caller, "x-app-source", value)
    for answer in (await stranger.ask_list(), await stranger.create({}), await stranger.detail("x")):
        assert answer.status_code == 400
    assert await caller.violations() == ["wrong_header"] * 3


@pytest.mark.parametrize("value", ["", "fr", "EN", "zh-CN"])
async def test_a_language_other_than_en_and_zh_is_refused(caller: Caller, value: str) -> None:
    assert (await with_header(caller, "x_app_language", value).ask_list()).status_code == 400


async def test_chinese_is_a_language(caller: Caller) -> None:
    assert (await with_header(caller, "x_app_language", "zh").ask_list()).status_code == 200


async def test_no_language_is_answered_but_noted(caller: Caller) -> None:
    """The skill document recommends the header, the page asks for it."""
    assert (await with_header(caller, "x_app_language", None).ask_list()).status_code == 200
    assert await caller.violations() == ["missing_header"]


@pytest.mark.parametrize("value", ["text/plain", "application/json-patch", "application/x-www-form-urlencoded", ""])
async def test_a_body_is_sent_as_json(caller: Caller, value: str) -> None:
    body = await caller.order()
    stranger = with_header(caller, "Content-Type", value)
    assert [(await stranger.create(body)).status_code, (await stranger.detail("x")).status_code] == [400, 400]


async def test_a_header_sent_twice_is_refused(caller: Caller) -> None:
    headers = [*caller.headers.items(), ("Authorization", f"Bearer {KEY}")]
    assert (await caller.http.get(caller.sandbox.api + LIST, params=QUERY, headers=headers)).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        {},
        {**QUERY, "app": "web"},
        {**QUERY, "platform": "ios"},
        {**QUERY, "category": "text_to_video"},
        {**QUERY, "category": ""},
        {**QUERY, "user_id": "u1"},
        {"app": "ima", "platform": "web"},
        {"app": "ima", "category": "text_to_image"},
        {"platform": "web", "category": "text_to_image"},
        {**QUERY, "category": ["text_to_image", "text_to_image"]},
    ],
    ids=range(10),
)
async def test_the_list_is_asked_with_app_platform_and_category(
    caller: Caller, query: Mapping[str, str | Sequence[str]]
) -> None:
    answer = await caller.http.get(caller.sandbox.api + LIST, params=query, headers=caller.headers)
    assert (answer.status_code, answer.json()["code"]) == (400, 400)


async def test_the_key_in_a_url_is_refused_and_noted(caller: Caller) -> None:
    for url in (f"{caller.sandbox.api}{LIST}?key={KEY}", f"{caller.sandbox.storage}/results/{KEY}.png"):
        assert (await caller.http.get(url, headers={"x-app-source": "ima_skills"})).status_code == 400
    assert await caller.violations() == ["key_in_url", "key_in_url"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("POST", LIST, 405), ("GET", "/open/v1/tasks/create", 405), ("GET", "/open/v1/tasks", 404), ("GET", "/", 404)],
)
async def test_there_are_three_calls_and_no_more(caller: Caller, method: str, path: str, status: int) -> None:
    answer = await caller.http.request(method, caller.sandbox.api + path, headers=caller.headers)
    assert (answer.status_code, await caller.violations()) == (status, ["unknown_call"])


@pytest.mark.parametrize("path", ["/open/v1/tasks/create", "/open/v1/tasks/detail"])
async def test_a_post_has_no_query(caller: Caller, path: str) -> None:
    answer = await caller.http.post(f"{caller.sandbox.api}{path}?a=1", json={}, headers=caller.headers)
    assert answer.status_code == 400


@pytest.mark.parametrize("body", [{}, {"task_id": 7}, {"task_id": None}, {"task_id": "x", "id": "x"}], ids=range(4))
async def test_a_detail_asks_for_a_task_id_alone(caller: Caller, body: dict[str, Json]) -> None:
    url = f"{caller.sandbox.api}/open/v1/tasks/detail"
    assert (await caller.http.post(url, json=body, headers=caller.headers)).status_code == 400


async def test_an_unknown_task_has_a_code_of_its_own(caller: Caller) -> None:
    assert (await caller.detail("nothing")).json()["code"] == 4040
    assert await caller.violations() == ["unknown_task"]


POINTS = {
    (FLASH, "text_to_image"): {"512px": 4, "1K": 6, "2K": 10, "4K": 13},
    (FLASH, "image_to_image"): {"512px": 4, "1K": 6, "2K": 10, "4K": 13},
    (PRO, "text_to_image"): {"1K": 10, "2K": 10, "4K": 18},
    (PRO, "image_to_image"): {"1K": 10, "2K": 10, "4K": 10},
}


@pytest.mark.parametrize(("model_id", "category"), list(POINTS))
async def test_the_newest_version_has_the_reference_points(caller: Caller, model_id: str, category: str) -> None:
    leaf = await caller.newest(model_id, category)
    assert {size: leaf.rule(size)[1] for size in POINTS[model_id, category]} == POINTS[model_id, category]


async def test_only_leaves_carry_rules_and_forms(caller: Caller) -> None:
    def groups(nodes: Json) -> list[Json]:
        assert isinstance(nodes, list)
        inside = [each for node in nodes for each in groups(at(node, "children"))]
        return [node for node in nodes if at(node, "type") == "2"] + inside

    tree = await caller.product_list()
    assert [sorted(group) for group in groups(tree) if isinstance(group, dict)] == [
        ["children", "id", "model_id", "name", "type"]
    ] * 4
    assert all({"credit_rules", "form_config"} <= leaf.node.keys() for leaf in leaves(tree))


async def test_the_tree_holds_models_of_others(caller: Caller) -> None:
    found = {leaf.node["model_id"] for leaf in leaves(await caller.product_list())}
    assert found == {FLASH, PRO, "doubao-seedream-4.5", "gemini-2.5-flash-image"}


def attribute_ids(tree: Json) -> list[Json]:
    rules = [at(leaf.node, "credit_rules") for leaf in leaves(tree)]
    return [at(rule, "attribute_id") for each in rules if isinstance(each, list) for rule in each]


async def test_attribute_ids_are_drawn_anew_at_every_start(options: SandboxOptions, start: Start) -> None:
    first, second = await start(options), await start(options)
    ids = [attribute_ids(await each.product_list()) for each in (first, first, second)]
    assert ids[0] == ids[1] != ids[2]
    assert len(set(map(str, ids[0]))) == len(ids[0])


async def test_a_seed_repeats_the_ids(options: SandboxOptions, start: Start) -> None:
    seeded = replace(options, seed=7)
    first, second = await start(seeded), await start(seeded)
    assert await first.product_list() == await second.product_list()


async def test_a_virtual_field_maps_its_choice_or_stands_by_itself(caller: Caller) -> None:
    """Both cases of the page: a mapping rule that matches, and none that does."""

    def size_field(node: dict[str, Json]) -> Json:
        return at(node, "form_config", 0)

    mapped = size_field((await caller.newest(PRO)).node)
    assert at(mapped, "is_ui_virtual") is True
    assert (at(mapped, "value"), at(mapped, "ui_params", 0, "value")) == ("4K", "standard")
    assert at(mapped, "value_mapping", "mapping_rules", 0) == {
        "source_values": {"quality": "standard"},
        "target_value": "1K",
    }
    unmapped = size_field((await caller.newest(FLASH, "image_to_image")).node)
    assert (at(unmapped, "value"), at(unmapped, "ui_params", 0, "value")) == ("1K", "auto")
    rules = at(unmapped, "value_mapping", "mapping_rules")
    assert isinstance(rules, list)
    assert {"quality": "auto"} not in [at(rule, "source_values") for rule in rules]


async def test_answers_are_in_the_envelope(caller: Caller) -> None:
    answers: list[httpx.Response] = [await caller.ask_list(), await caller.create(await caller.order())]
    assert [sorted(answer.json()) for answer in answers] == [["code", "data", "message"]] * 2
    assert [answer.json()["code"] for answer in answers] == [200, 0]
