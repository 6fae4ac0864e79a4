"""From words to a picture, and every way in which that can go wrong on the road."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import httpx
import pytest

from ima import (
    AnswerLost,
    CreditMismatch,
    GeneratedPicture,
    GenerationFailed,
    ImaClient,
    ImaError,
    InsufficientPoints,
    NoSuchModel,
    Picture,
    PriceAboveLimit,
    Progress,
    RateLimited,
    Rejected,
    TimedOut,
    Unauthorized,
    Unreachable,
)
from ima.jsonvalue import Json
from tests.ima.fakes import (
    BANANA2,
    DONE,
    PICTURE_URL,
    PRO,
    WAITING,
    FakeApi,
    FakeTime,
    Handler,
    body_of,
    catalogue,
    client,
    error,
    group,
    leaf,
    media,
    ok,
    rule,
)

Answers = list[httpx.Response | Exception | Handler]
PNG = b"\x89PNG\r\n\x1a\n rest of the picture"


def priced(points: int, attribute_id: int = 1) -> httpx.Response:
    return ok([group(leaf(BANANA2, "Nano Banana2", [rule(attribute_id, points, size="1K")]))])


async def run(api: FakeApi, time: FakeTime | None = None, **options: Any) -> GeneratedPicture:
    async with client(api, time) as ima:
        return await ima.generate("a cat", **options)


def sent_rules(api: FakeApi) -> list[tuple[Json, Json]]:
    """Of each create, the attribute id and the credit."""
    outer = [body_of(request) for request in api.sent_to("create")]
    parameters = [body["parameters"][0] for body in outer]  # type: ignore[call-overload,index]
    return [(entry["attribute_id"], entry["credit"]) for entry in parameters]  # type: ignore[call-overload,index]


async def test_a_picture_comes_back_with_how_it_was_made() -> None:
    assert await run(FakeApi(), size="8K", aspect_ratio="16:9") == GeneratedPicture(
        task_id="task-1",
        url=PICTURE_URL,
        cover_url="https://cdn.example/cover.png",
        width=1024,
        height=768,
        format="png",
        model_id=BANANA2,
        model_name="Nano Banana2",
        size="4K",
        size_changed_from="8K",
        points=13,
    )


async def test_the_stages_are_told_in_order() -> None:
    told: list[Progress] = []
    place: Json = {"ful": "https://store.example/put", "fdl": "https://cdn.example/in.png"}
    api = FakeApi(detail=[ok(WAITING), ok(WAITING), ok(DONE)], getuploadtoken=[ok(place)], put=[httpx.Response(200)])
    await run(api, images=[PNG], on_progress=told.append)
    assert [progress.stage for progress in told] == ["selected", "uploaded", "created", "waiting", "waiting"]
    assert [progress.task_id for progress in told] == [None, None, "task-1", "task-1", "task-1"]
    elapsed = [progress.elapsed_seconds for progress in told]
    assert elapsed == sorted(elapsed)
    assert 4 < elapsed[3] <= 5


async def test_pictures_given_as_bytes_are_uploaded_and_links_passed_on_in_their_order() -> None:
    place: Json = {"ful": "https://store.example/put", "fdl": "https://cdn.example/in.png"}
    api = FakeApi(getuploadtoken=[ok(place)], put=[httpx.Response(200)])
    await run(api, images=["https://a.example/1.png", PNG], model_id=PRO)
    (create,) = api.sent_to("create")
    urls = ["https://a.example/1.png", "https://cdn.example/in.png"]
    body = body_of(create)
    assert isinstance(body, dict)
    assert (body["task_type"], body["src_img_url"]) == ("image_to_image", urls)
    assert body["parameters"][0]["parameters"]["input_images"] == urls
    (put,) = api.sent_to("put")
    assert (put.content, put.headers["Content-Type"]) == (PNG, "image/png")
    assert api.sent_to("list")[0].url.params["category"] == "image_to_image"


@pytest.mark.parametrize("refusal", [error(6006), error(6009), error(6010), error(1, "Invalid product attribute")])
async def test_an_outdated_list_is_read_again_once(refusal: httpx.Response) -> None:
    api = FakeApi(list=[ok(catalogue(1000)), ok(catalogue(2000))], create=[refusal, ok({"id": "task-1"})])
    picture = await run(api)
    assert picture.task_id == "task-1"
    assert sent_rules(api) == [(1001, 6), (2001, 6)]


async def test_a_list_that_proves_wrong_twice_is_not_read_a_third_time() -> None:
    api = FakeApi(create=[error(6006)])
    with pytest.raises(CreditMismatch):
        await run(api)
    assert (len(api.sent_to("list")), len(api.sent_to("create"))) == (2, 2)


async def test_a_price_that_rose_meanwhile_is_not_paid() -> None:
    api = FakeApi(list=[priced(6), priced(7)], create=[error(6006)])
    with pytest.raises(PriceAboveLimit) as caught:
        await run(api)
    assert (caught.value.points, caught.value.limit, caught.value.charged) == (7, 6, "no")
    assert sent_rules(api) == [(1, 6)]


async def test_a_price_that_rose_within_what_is_allowed_is_paid() -> None:
    api = FakeApi(list=[priced(6), priced(7, 2)], create=[error(6006), ok({"id": "task-1"})])
    assert (await run(api, max_points=7)).points == 7
    assert sent_rules(api) == [(1, 6), (2, 7)]


async def test_a_price_that_fell_is_fine() -> None:
    api = FakeApi(list=[priced(6), priced(5, 2)], create=[error(6006), ok({"id": "task-1"})])
    assert (await run(api)).points == 5


async def test_nothing_is_sent_above_the_limit() -> None:
    api = FakeApi()
    with pytest.raises(PriceAboveLimit):
        await run(api, max_points=5)
    assert api.sent_to("create") == []


@pytest.mark.parametrize("failure", [httpx.ConnectError("x"), httpx.ConnectTimeout("x"), httpx.Response(429)])
async def test_a_create_that_was_surely_not_accepted_is_sent_again(failure: httpx.Response | Exception) -> None:
    api, time = FakeApi(create=[failure, failure, ok({"id": "task-1"})]), FakeTime()
    assert (await run(api, time)).task_id == "task-1"
    assert len(api.sent_to("create")) == 3


async def test_a_rate_limit_is_waited_out_as_long_as_it_says() -> None:
    limited = httpx.Response(429, headers={"Retry-After": "17"})
    api, time = FakeApi(create=[limited, ok({"id": "task-1"})]), FakeTime()
    await run(api, time)
    assert 17 <= time.slept[0] <= 18


@pytest.mark.parametrize(
    ("failure", "owner"), [(httpx.ConnectError("x"), Unreachable), (httpx.Response(429), RateLimited)]
)
async def test_it_is_sent_again_a_few_times_only(failure: httpx.Response | Exception, owner: type[ImaError]) -> None:
    api = FakeApi(create=[failure])
    with pytest.raises(owner):
        await run(api)
    assert len(api.sent_to("create")) == 4


@pytest.mark.parametrize(
    "failure", [httpx.ReadTimeout("x"), httpx.ReadError("x"), httpx.Response(502), ok({}), ok(None)]
)
async def test_a_lost_answer_is_never_followed_by_a_second_create(failure: httpx.Response | Exception) -> None:
    api = FakeApi(create=[failure, ok({"id": "task-2"})])
    with pytest.raises(AnswerLost):
        await run(api)
    assert len(api.sent_to("create")) == 1


@pytest.mark.parametrize(("refusal", "owner"), [(error(4008), InsufficientPoints), (error(401), Unauthorized)])
async def test_a_refusal_ends_it(refusal: httpx.Response, owner: type[ImaError]) -> None:
    api = FakeApi(create=[refusal])
    with pytest.raises(owner):
        await run(api)
    assert len(api.sent_to("create")) == 1


async def test_a_model_that_is_not_listed_is_said_before_anything_is_uploaded() -> None:
    api = FakeApi()
    with pytest.raises(NoSuchModel):
        await run(api, model_id="seedream", images=[PNG])
    assert len(api.requests) == 1


async def test_bytes_that_are_no_picture_are_not_sent() -> None:
    api = FakeApi()
    with pytest.raises(ValueError, match="not a picture"):
        await run(api, images=[b"<svg>"])
    assert api.sent_to("create") == []


async def test_an_expected_range_that_is_none_is_said_before_anything_is_spent() -> None:
    api = FakeApi()
    with pytest.raises(ValueError, match="range"):
        await run(api, expected_seconds=(40, 20))
    assert api.requests == []


@pytest.mark.parametrize(
    ("failed", "kind"),
    [
        (media(2, "failed"), "resource"),
        (media(1, "failed"), "status"),
        (media(3, "success"), "deleted"),
        (media(2, "failed", error_msg="content policy"), "prompt"),
    ],
)
async def test_a_failed_task_says_how_and_that_it_was_accepted(failed: Json, kind: str) -> None:
    with pytest.raises(GenerationFailed) as caught:
        await run(FakeApi(detail=[ok(WAITING), ok({"medias": [failed]})]))
    assert (caught.value.kind, caught.value.task_id, caught.value.charged) == (kind, "task-1", "yes")


BAD_POLLS: Answers = [
    httpx.ConnectError("x"),
    httpx.ReadTimeout("x"),
    httpx.Response(502),
    httpx.Response(200, content=b"<html>"),
    ok("garbage"),
    ok({"medias": [media(9, "odd")]}),
    httpx.Response(429, headers={"Retry-After": "6"}),
    *[httpx.Response(429)] * 8,
    error(9, "busy"),
    error(401, status=401),
]


async def test_no_bad_poll_fails_a_paid_task() -> None:
    api = FakeApi(detail=[*BAD_POLLS, ok(DONE)])
    assert (await run(api)).url == PICTURE_URL
    assert len(api.sent_to("detail")) == len(BAD_POLLS) + 1


async def test_bad_polls_in_a_row_come_ever_less_often_and_the_rhythm_returns() -> None:
    api = FakeApi(detail=[*[httpx.Response(502)] * 5, ok(WAITING), ok(DONE)])
    time = FakeTime()
    await run(api, time, expected_seconds=(20, 40))
    backoff = time.slept[1:6]
    assert backoff[0] >= 2.0
    assert max(backoff) > 8.0
    assert all(delay <= 30.0 for delay in backoff)
    assert time.slept[6] <= 5.0


@pytest.mark.parametrize(("answer", "owner"), [(error(9, "no such task"), Rejected), (error(401), Unauthorized)])
async def test_a_refusal_of_every_poll_is_believed_in_the_end(answer: httpx.Response, owner: type[ImaError]) -> None:
    api = FakeApi(detail=[answer])
    with pytest.raises(owner):
        await run(api)
    assert len(api.sent_to("detail")) == 5


@pytest.mark.parametrize("answer", [ok(WAITING), httpx.Response(502)])
async def test_a_task_has_600_s_and_not_more(answer: httpx.Response) -> None:
    time = FakeTime()
    began = time.now
    with pytest.raises(TimedOut) as caught:
        await run(FakeApi(detail=[answer]), time)
    assert (caught.value.task_id, caught.value.charged) == ("task-1", "yes")
    assert 600 <= time.now - began <= 631


async def test_polls_are_2_to_5_s_apart_and_the_first_is_within_5() -> None:
    time = FakeTime()
    with pytest.raises(TimedOut):
        await run(FakeApi(detail=[ok(WAITING)]), time, expected_seconds=(60, 120))
    assert all(2.0 <= delay <= 5.0 for delay in time.slept)


async def test_a_slow_answer_does_not_stretch_the_steps() -> None:
    time = FakeTime()
    sent: list[float] = []

    def slow(request: httpx.Request) -> httpx.Response:
        sent.append(time.now)
        time.now += 1.5
        return ok(WAITING if len(sent) < 30 else DONE)

    await run(FakeApi(detail=[slow]), time, expected_seconds=(20, 40))
    steps = [round(later - earlier, 6) for earlier, later in pairwise(sent)]
    assert all(2.0 <= step <= 5.0 for step in steps)


async def wait(ima: ImaClient, elapsed: float) -> Picture:
    return await ima.wait("task-1", expected_seconds=(20, 40), elapsed_seconds=elapsed)


async def test_a_wait_that_was_begun_elsewhere_goes_on_with_its_time() -> None:
    time = FakeTime()
    began = time.now
    async with client(FakeApi(detail=[ok(WAITING)]), time) as ima:
        with pytest.raises(TimedOut):
            await wait(ima, 550.0)
    assert 50 <= time.now - began <= 55


async def test_a_wait_past_its_limit_still_looks_once() -> None:
    time = FakeTime()
    api = FakeApi(detail=[ok(DONE)])
    async with client(api, time) as ima:
        assert (await wait(ima, 700.0)).url == PICTURE_URL
    assert (len(api.requests), time.slept) == (1, [0.0])

    api = FakeApi(detail=[ok(WAITING)])
    async with client(api, time) as ima:
        with pytest.raises(TimedOut):
            await wait(ima, 700.0)
    assert len(api.requests) == 1
