"""Everything that can be made to go wrong does, and is over when it was said to be."""

import asyncio
import time
from dataclasses import replace

import httpx
import pytest

from ima.sandbox.failures import KNOWN, Failure
from ima.sandbox.options import REAL_PACE, SandboxOptions
from tests.ima.sandbox.caller import Caller, HandClock, opened
from tests.ima.sandbox.conftest import Start


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("unauthorized", 401, 401),
        ("insufficient_points", 200, 4008),
        ("invalid_attribute", 200, 4001),
        ("credit_mismatch", 200, 6006),
        ("no_rule", 200, 6009),
        ("attribute_mismatch", 200, 6010),
        ("bad_request", 400, 400),
        ("unsupported_ratio", 400, 400),
        ("rate_limited", 429, 429),
        ("rate_limited_no_hint", 429, 429),
        ("unsafe_prompt", 200, 4030),
        ("unknown_code", 200, 7777),
    ],
)
async def test_a_create_is_refused_as_often_as_armed_and_never_charged(
    caller: Caller, name: str, status: int, code: int
) -> None:
    body = await caller.order()
    await caller.arm(name, times=2)
    for _ in range(2):
        answer = await caller.create(body)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await caller.balance() == 1000
    await caller.created(body)


@pytest.mark.parametrize(("name", "hint"), [("rate_limited", "3"), ("rate_limited_no_hint", None)])
async def test_a_rate_limit_says_when_to_come_back_or_not(caller: Caller, name: str, hint: str | None) -> None:
    body = await caller.order()
    await caller.arm(name, times=1, seconds=2.5)
    await caller.arm(name.replace("limited", "limited_list"), times=1, seconds=2.5)
    for answer in (await caller.create(body), await caller.ask_list()):
        assert (answer.status_code, answer.headers.get("retry-after")) == (429, hint)


async def test_a_malformed_create_is_refused_whatever_is_armed(caller: Caller) -> None:
    """A failure on request never hides a client's own fault."""
    await caller.arm("insufficient_points", times=1)
    assert (await caller.create({})).status_code == 400
    assert (await caller.create(await caller.order())).json()["code"] == 4008


@pytest.mark.parametrize(
    ("name", "resource_status", "status", "word"),
    [
        ("resource_failed", 2, "failed", "failed"),
        ("unsafe_result", 2, "failed", "safety"),
        ("deleted", 3, "deleted", "deleted"),
        ("status_failed", 1, "failed", "failed"),
    ],
)
async def test_a_task_ends_badly_and_was_charged(
    caller: Caller, name: str, resource_status: int, status: str, word: str
) -> None:
    await caller.arm(name)
    media = await caller.finished(await caller.created(await caller.order()))
    assert (media["resource_status"], media["status"], media["url"]) == (resource_status, status, "")
    assert word in str(media["error_msg"])
    assert await caller.balance() == 994


async def test_a_task_never_finishes(options: SandboxOptions, start: Start, clock: HandClock) -> None:
    caller = await start(replace(options, pace=REAL_PACE, clock=clock))
    await caller.arm("never_finishes")
    task = await caller.created(await caller.order())
    clock.move(100_000)
    assert (await caller.media(task))["status"] == "processing"


async def test_a_task_finishes_late(options: SandboxOptions, start: Start, clock: HandClock) -> None:
    caller = await start(replace(options, pace=REAL_PACE, clock=clock))
    await caller.arm("finishes_late")
    task = await caller.created(await caller.order())
    clock.move(655)
    assert (await caller.media(task))["url"] == ""
    clock.move(10)
    assert (await caller.finished(task))["url"]


async def test_a_url_is_empty_at_first(caller: Caller) -> None:
    await caller.arm("empty_url_first")
    task = await caller.created(await caller.order())
    seen: list[tuple[object, bool]] = []
    while (1, True) not in seen:
        media = await caller.media(task)
        seen.append((media["resource_status"], bool(media["url"])))
    assert seen.count((1, False)) == 2


@pytest.mark.parametrize("name", ["create_answer_lost", "create_answer_5xx_after_charge", "create_answer_garbage"])
async def test_the_answer_to_a_create_is_lost_and_it_was_charged(caller: Caller, name: str) -> None:
    body = await caller.order()
    await caller.arm(name)
    match name:
        case "create_answer_lost":
            with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
                await caller.create(body)
        case "create_answer_5xx_after_charge":
            assert (await caller.create(body)).status_code == 502
        case _:
            answer = await caller.create(body)
            assert answer.status_code == 200
            with pytest.raises(ValueError, match="Unterminated"):
                answer.json()
    state = await caller.state()
    assert (state["balance"], len(state["tasks"] if isinstance(state["tasks"], list) else [])) == (994, 1)


async def test_a_create_is_never_answered_and_was_charged(
    options: SandboxOptions, start: Start, clock: HandClock
) -> None:
    caller = await start(replace(options, clock=clock))
    body = await caller.order()
    await caller.arm("create_times_out_after_charge")
    async with httpx.AsyncClient(trust_env=False, timeout=httpx.Timeout(10, read=0.5)) as impatient:
        waiting = asyncio.create_task(replace(caller, http=impatient).create(body))
        await clock.asleep()
        with pytest.raises(httpx.ReadTimeout):
            await waiting
    assert await caller.balance() == 994


async def test_a_silence_ends_with_a_reset(options: SandboxOptions, start: Start, clock: HandClock) -> None:
    caller = await start(replace(options, clock=clock))
    body = await caller.order()
    await caller.arm("create_times_out_after_charge", seconds=30)
    waiting = asyncio.create_task(caller.create(body))
    await clock.asleep()
    assert await caller.balance() == 994
    clock.move(31)
    with pytest.raises(httpx.TransportError):
        await waiting


async def test_a_create_sent_again_after_a_lost_answer_is_noted(caller: Caller) -> None:
    body = await caller.order()
    await caller.arm("create_answer_5xx_after_charge")
    await caller.create(body)
    await caller.create(body)
    assert await caller.violations() == ["create_repeated"]


async def test_the_list_is_down(caller: Caller) -> None:
    await caller.arm("list_down", times=1)
    assert (await caller.ask_list()).status_code == 503
    await caller.arm("list_garbage", times=1)
    assert (await caller.ask_list()).headers["content-type"].startswith("text/html")
    assert (await caller.ask_list()).status_code == 200


async def test_a_redirect_must_not_take_the_key_along(caller: Caller) -> None:
    """The key goes to its two hosts only, redirects included."""
    await caller.arm("list_redirected")
    answer = await caller.ask_list()
    assert (answer.status_code, answer.headers["location"]) == (307, f"{caller.sandbox.storage}/elsewhere")
    await caller.http.get(answer.headers["location"], headers=caller.headers)
    await caller.arm("upload_token_redirected")
    answer = await caller.token()
    await caller.http.post(answer.headers["location"], data=caller.form())
    assert await caller.violations() == ["key_elsewhere", "key_elsewhere"]


async def test_polls_get_every_kind_of_garbage(caller: Caller) -> None:
    task = await caller.created(await caller.order())
    await caller.arm("polls_garbage", times=7)
    seen = set()
    for _ in range(7):
        try:
            answer = await caller.detail(task)
        except httpx.TransportError:
            seen.add("reset")
            continue
        kind = answer.headers["content-type"].partition(";")[0]
        seen.add(f"{answer.status_code} {kind} {answer.text[:11] if kind.endswith('json') else ''}".strip())
    assert seen == {
        "reset",
        '200 application/json {"code": 0,',
        '429 application/json {"code": 42',
        "500 text/html",
        "200 text/html",
        '200 application/json {"code": 50',
    }
    assert (await caller.finished(task))["url"]


async def arrived(caller: Caller, url: str, most: int) -> int:
    """Return how many bytes come, giving up beyond `most`."""
    total = 0
    async with caller.http.stream("GET", url) as answer:
        async for chunk in answer.aiter_raw():
            total += len(chunk)
            if total > most:
                break
    return total


async def picture_url(caller: Caller) -> str:
    return str((await caller.finished(await caller.created(await caller.order())))["url"])


async def test_the_picture_is_missing_however_often_one_asks(caller: Caller) -> None:
    await caller.arm("picture_missing")
    url = await picture_url(caller)
    assert [(await caller.http.get(url)).status_code for _ in range(2)] == [404, 404]
    assert (await caller.http.get(await picture_url(caller))).status_code == 200


async def test_the_picture_is_a_web_page_under_a_pictures_type(caller: Caller) -> None:
    await caller.arm("picture_not_a_picture")
    answer = await caller.http.get(await picture_url(caller))
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"<html>")


async def test_the_picture_is_cut_off(caller: Caller) -> None:
    await caller.arm("picture_truncated")
    answer = await caller.http.get(await picture_url(caller))
    with pytest.raises(OSError, match="truncated"):
        opened(answer.content).load()


async def test_the_picture_is_too_large_and_says_so(caller: Caller) -> None:
    await caller.arm("picture_too_large")
    async with caller.http.stream("GET", await picture_url(caller)) as answer:
        assert int(answer.headers["content-length"]) == 150 * 1024 * 1024


async def test_the_picture_never_ends_and_does_not_say_so(caller: Caller) -> None:
    await caller.arm("picture_endless")
    assert await arrived(caller, await picture_url(caller), 10 * 1024 * 1024) > 10 * 1024 * 1024


async def test_the_picture_is_slow(options: SandboxOptions, start: Start, clock: HandClock) -> None:
    caller = await start(replace(options, clock=clock))
    await caller.arm("picture_slow")
    url = await picture_url(caller)
    waiting = asyncio.create_task(caller.http.get(url))
    for _ in range(20):
        await clock.asleep()
        assert not waiting.done()
        clock.move(1.01)
    assert opened((await waiting).content).size == (1024, 1024)


async def test_the_upload_is_refused_fails_and_works(caller: Caller) -> None:
    await caller.arm("upload_token_refused", times=1)
    assert (await caller.token()).json()["code"] == 5001
    url, public = await caller.slot("1" * 21)
    await caller.arm("upload_put_fails", times=1)
    for status in (503, 200):
        answer = await caller.http.put(url, content=b"x", headers={"Content-Type": "image/jpeg"})
        assert answer.status_code == status
    assert (await caller.http.get(public)).content == b"x"


async def test_the_upload_is_slow(options: SandboxOptions, start: Start, clock: HandClock) -> None:
    caller = await start(replace(options, clock=clock))
    await caller.arm("slow_upload")
    waiting = asyncio.create_task(caller.uploaded())
    await clock.asleep()
    assert not waiting.done()
    clock.move(26)
    assert (await caller.http.get(await waiting)).status_code == 200


@pytest.mark.parametrize(
    ("name", "code", "points"), [("price_rises", 6006, 9), ("price_falls", 6006, 4), ("ids_change", 6010, 6)]
)
async def test_the_catalogue_changes_between_list_and_create(caller: Caller, name: str, code: int, points: int) -> None:
    body = await caller.order()
    await caller.arm(name)
    assert (await caller.create(body)).json()["code"] == code
    assert await caller.balance() == 1000
    await caller.created(await caller.order())
    assert await caller.balance() == 1000 - points
    assert await caller.violations() == []


async def test_nobody_answers_for_a_while(options: SandboxOptions, start: Start, clock: HandClock) -> None:
    caller = await start(replace(options, clock=clock))
    await caller.ask_list()
    await caller.arm("connection_refused", seconds=5)
    for _ in range(2):
        with pytest.raises(httpx.ConnectError):
            await caller.ask_list()
    clock.move(6)
    assert (await until_answered(caller)).status_code == 200


@pytest.mark.parametrize("end", ["/failures", "/reset"])
async def test_an_outage_is_ended_at_once(caller: Caller, end: str) -> None:
    await caller.arm("connection_refused", seconds=80_000)
    await caller.http.request("DELETE" if end == "/failures" else "POST", caller.sandbox.control + end)
    assert (await caller.ask_list()).status_code == 200


async def until_answered(caller: Caller) -> httpx.Response:
    deadline = time.monotonic() + 5
    while True:
        try:
            return await caller.ask_list()
        except httpx.ConnectError:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.01)


async def test_the_menu_names_every_failure_in_both_languages(caller: Caller) -> None:
    menu = (await caller.http.get(f"{caller.sandbox.control}/failures")).json()
    assert [entry["name"] for entry in menu] == [failure.value for failure in Failure]
    assert all(entry.keys() == {"name", "title_en", "title_zh"} for entry in menu)
    assert all(entry["title_en"].isascii() and not entry["title_zh"].isascii() for entry in menu)
    assert len({entry["title_zh"] for entry in menu}) == len({entry["title_en"] for entry in menu}) == len(KNOWN)


async def test_disarming_takes_everything_back(caller: Caller) -> None:
    for failure in Failure:
        await caller.arm(failure.value)
    await caller.http.delete(f"{caller.sandbox.control}/failures")
    assert (await caller.state())["armed"] == []
    assert (await caller.finished(await caller.created(await caller.order())))["url"]


@pytest.mark.parametrize(
    "body",
    [
        {"name": "nonsense"},
        {"name": 7},
        {},
        {"name": "deleted", "times": 0},
        {"name": "deleted", "times": 1.5},
        {"name": "deleted", "times": True},
        {"name": "deleted", "seconds": -1},
        {"name": "deleted", "seconds": "1"},
        {"name": "deleted", "often": 1},
    ],
    ids=range(9),
)
async def test_a_failure_that_does_not_exist_is_not_armed(caller: Caller, body: dict[str, object]) -> None:
    answer = await caller.http.post(f"{caller.sandbox.control}/failures", json=body)
    assert (answer.status_code, sorted(answer.json())) == (400, ["error"])
    assert (await caller.state())["armed"] == []
