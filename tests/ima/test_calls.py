"""Create and detail: one attempt each, and the class of the error says what is known."""

from __future__ import annotations

import httpx
import pytest

from ima import (
    AnswerLost,
    BrokenAnswer,
    ConnectionLost,
    CreditMismatch,
    ImaError,
    InsufficientPoints,
    InvalidAttribute,
    Pending,
    PromptRefused,
    RateLimited,
    Ready,
    Rejected,
    RuleMismatch,
    Selection,
    ServerTrouble,
    Unauthorized,
    Unreachable,
)
from tests.ima.fakes import BANANA2, DONE, WAITING, FakeApi, FakeTime, client, error, ok

SELECTION = Selection("text_to_image", BANANA2, "Nano Banana2", "v1", 4401, 6, "1K", {"size": "1K"})
Answer = httpx.Response | Exception


@pytest.mark.parametrize(
    ("answer", "owner", "charged"),
    [
        (httpx.ConnectError("x"), Unreachable, "no"),
        (httpx.ConnectTimeout("x"), Unreachable, "no"),
        (httpx.PoolTimeout("x"), Unreachable, "no"),
        (httpx.ProxyError("x"), Unreachable, "no"),
        (httpx.ReadTimeout("x"), AnswerLost, "unknown"),
        (httpx.WriteTimeout("x"), AnswerLost, "unknown"),
        (httpx.ReadError("x"), AnswerLost, "unknown"),
        (httpx.WriteError("x"), AnswerLost, "unknown"),
        (httpx.CloseError("x"), AnswerLost, "unknown"),
        (httpx.RemoteProtocolError("x"), AnswerLost, "unknown"),
        (httpx.LocalProtocolError("x"), AnswerLost, "unknown"),
        (OSError("x"), AnswerLost, "unknown"),
        (httpx.Response(500), AnswerLost, "unknown"),
        (httpx.Response(503, headers={"Retry-After": "1"}), AnswerLost, "unknown"),
        (error(500, "internal"), AnswerLost, "unknown"),
        (ok(None), AnswerLost, "unknown"),
        (error(401, status=401), Unauthorized, "no"),
        (error(4008), InsufficientPoints, "no"),
        (error(6006), CreditMismatch, "no"),
        (error(6009), RuleMismatch, "no"),
        (error(6010), RuleMismatch, "no"),
        (error(1, "Invalid product attribute"), InvalidAttribute, "no"),
        (error(1, "unsafe prompt"), PromptRefused, "no"),
        (error(1, "no"), Rejected, "no"),
        (httpx.Response(429, headers={"Retry-After": "3"}), RateLimited, "no"),
        (httpx.Response(404), Rejected, "no"),
    ],
)
async def test_a_create_is_sent_once_and_says_whether_it_was_charged(
    answer: Answer, owner: type[ImaError], charged: str
) -> None:
    api, time = FakeApi(create=[answer]), FakeTime()
    async with client(api, time) as ima:
        with pytest.raises(ImaError) as caught:
            await ima.create(SELECTION, "a cat")
    assert type(caught.value) is owner
    assert caught.value.charged == charged
    assert len(api.requests) == 1
    assert time.slept == []


async def test_a_create_that_cannot_be_built_is_not_sent() -> None:
    api = FakeApi()
    async with client(api) as ima:
        with pytest.raises(ValueError, match="input pictures"):
            await ima.create(SELECTION, "a cat", ["https://a.example/x.png"])
    assert api.requests == []


@pytest.mark.parametrize(
    ("answer", "owner"),
    [
        (httpx.ConnectError("x"), Unreachable),
        (httpx.ReadTimeout("x"), ConnectionLost),
        (httpx.ReadError("x"), ConnectionLost),
        (httpx.Response(500), ServerTrouble),
        (ok("garbage"), BrokenAnswer),
        (httpx.Response(200, content=b"<html>"), BrokenAnswer),
        (httpx.Response(429), RateLimited),
        (error(9, "no such task"), Rejected),
    ],
)
async def test_a_detail_is_asked_once_and_its_failure_says_whether_to_ask_again(
    answer: Answer, owner: type[ImaError]
) -> None:
    api, time = FakeApi(detail=[answer]), FakeTime()
    async with client(api, time) as ima:
        with pytest.raises(ImaError) as caught:
            await ima.detail("task-1")
    assert type(caught.value) is owner
    assert (len(api.requests), time.slept) == (1, [])


async def test_a_detail_is_the_tasks_state() -> None:
    api = FakeApi(detail=[ok(WAITING), ok(DONE)])
    async with client(api) as ima:
        assert await ima.detail("task-1") == Pending()
        assert isinstance(await ima.detail("task-1"), Ready)
    assert [request.content for request in api.requests] == [b'{"task_id": "task-1"}'] * 2
