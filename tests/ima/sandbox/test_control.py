"""The control host: what it tells, what it changes, and whom it hears."""

import pytest

from ima.sandbox.strict_json import Json
from tests.ima.sandbox.caller import FLASH, KEY, PRO, Caller, at


async def post(caller: Caller, path: str, **body: Json) -> int:
    return (await caller.http.post(caller.sandbox.control + path, json=body)).status_code


async def test_the_state_tells_everything_but_the_key(caller: Caller) -> None:
    url = await caller.uploaded()
    task = await caller.created(await caller.order("make it blue", inputs=[url], size="2K", aspect_ratio="3:4"))
    await caller.finished(task)
    await caller.arm("deleted", times=3)
    state = await caller.state()
    assert isinstance(details := at(state, "tasks", 0, "details"), int)
    assert details >= 1
    assert state == {
        "balance": 990,
        "pace": "fast",
        "counts": {
            "list": 1,
            "create": 1,
            "detail": details,
            "upload_token": 1,
            "upload_put": 1,
            "download": 0,
        },
        "tasks": [
            {
                "task_id": task,
                "category": "image_to_image",
                "prompt": "make it blue",
                "model_id": FLASH,
                "size": "2K",
                "aspect_ratio": "3:4",
                "charged": 10,
                "input_images": [url],
                "details": details,
                "status": "completed",
            }
        ],
        "armed": [{"name": "deleted", "times": 3, "seconds": 0.0}],
        "violations": [],
    }
    assert KEY not in str(state)


async def test_reset_puts_everything_back(caller: Caller) -> None:
    old = await caller.newest()
    task = await caller.created(await caller.order())
    url = await caller.uploaded()
    await caller.detail("nothing")
    await caller.arm("deleted")
    await post(caller, "/settings", pace="real", balance=1, post_upload_token=False)
    await post(caller, "/reset")
    state = await caller.state()
    assert (state["balance"], state["pace"], state["tasks"], state["armed"], state["violations"]) == (
        1000,
        "fast",
        [],
        [],
        [],
    )
    assert all(at(state, "counts", name) == 0 for name in ("list", "create", "detail", "upload_token", "download"))
    assert (await caller.newest()).rule("1K") != old.rule("1K")
    assert (await caller.http.get(url)).status_code == 404
    assert (await caller.detail(task)).json()["code"] == 4040
    assert (await caller.token()).status_code == 200


async def test_settings_change_what_comes_next(caller: Caller) -> None:
    assert await post(caller, "/settings", fast_seconds=[30, 30], balance=6, post_upload_token=False) == 204
    task = await caller.created(await caller.order())
    assert (await caller.media(task))["url"] == ""
    assert await caller.balance() == 0
    assert (await caller.token()).status_code == 405
    assert await post(caller, "/settings", pace="real") == 204
    assert (await caller.state())["pace"] == "real"


@pytest.mark.parametrize(
    "body",
    [
        {"pace": "slow"},
        {"balance": "1"},
        {"fast_seconds": [1]},
        {"fast_seconds": [2, 1]},
        {"colour": 1},
        {"repeat_window": "x"},
    ],
    ids=range(6),
)
async def test_a_setting_that_makes_no_sense_is_refused(caller: Caller, body: dict[str, Json]) -> None:
    assert await post(caller, "/settings", **body) == 400


async def test_prices_and_ids_can_be_changed(caller: Caller) -> None:
    before = await caller.newest()
    await post(caller, "/catalogue", change_points=1)
    price: Json = {"model_id": FLASH, "category": "text_to_image", "size": "4K", "points": 99}
    await post(caller, "/catalogue", set_points=price)
    after = await caller.newest()
    assert after.rule("1K") == (before.rule("1K")[0], 7)
    assert after.rule("4K") == (before.rule("4K")[0], 99)
    await post(caller, "/catalogue", redraw_ids=True)
    assert (await caller.newest()).rule("1K")[0] != after.rule("1K")[0]
    nowhere: Json = {"model_id": PRO, "category": "text_to_image", "size": "512px", "points": 1}
    assert await post(caller, "/catalogue", set_points=nowhere) == 400


async def test_a_single_rule_under_the_marker_goes_for_every_size(caller: Caller) -> None:
    body = await caller.order(model_id=PRO, size="2K")
    price: Json = {"model_id": PRO, "category": "text_to_image", "points": 10}
    await post(caller, "/catalogue", collapse=price)
    rules = at((await caller.newest(PRO)).node, "credit_rules")
    assert isinstance(rules, list)
    assert [at(rule, "attributes") for rule in rules] == [{"default": "enabled"}]
    attribute_id = at(rules[0], "attribute_id")
    item = at(body, "parameters", 0)
    assert isinstance(item, dict)
    item["attribute_id"] = attribute_id
    cast = at(item, "parameters", "cast")
    assert isinstance(cast, dict)
    cast["attribute_id"] = attribute_id
    await caller.created(body)
    assert await caller.violations() == []


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8080", "http://localhost:3000", "http://localhost"])
async def test_a_page_of_this_machine_may_read_and_write(caller: Caller, origin: str) -> None:
    url = f"{caller.sandbox.control}/failures"
    asked = await caller.http.options(
        url,
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    answer = await caller.http.post(url, json={"name": "deleted"}, headers={"Origin": origin})
    assert [each.headers["access-control-allow-origin"] for each in (asked, answer)] == [origin, origin]
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://example.com"},
        {"Origin": "http://127.0.0.1.example.com"},
        {"Origin": "null"},
        {"Host": "example.com"},
    ],
    ids=range(4),
)
async def test_a_page_from_elsewhere_may_not(caller: Caller, headers: dict[str, str]) -> None:
    answer = await caller.http.post(f"{caller.sandbox.control}/reset", headers=headers)
    assert (answer.status_code, "access-control-allow-origin" in answer.headers) == (403, False)


async def test_the_key_has_no_business_here(caller: Caller) -> None:
    answer = await caller.http.get(f"{caller.sandbox.control}/state", headers=caller.headers)
    assert (answer.status_code, await caller.violations()) == (400, ["key_elsewhere"])


async def test_a_picture_is_placed_on_the_public_web_only(caller: Caller) -> None:
    url = f"{caller.sandbox.control}/pictures"
    assert (await caller.http.put(url, params={"url": "http://example.com/a.jpg"}, content=b"x")).status_code == 400
    assert (await caller.http.put(url, content=b"x")).status_code == 400
