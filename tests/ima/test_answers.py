"""Each answer has one owner: its data, or the class of its failure."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ima import (
    BadRequest,
    BrokenAnswer,
    CreditMismatch,
    ImaError,
    InsufficientPoints,
    InvalidAttribute,
    PromptRefused,
    RateLimited,
    Refused,
    Rejected,
    RuleMismatch,
    ServerTrouble,
    Unauthorized,
)
from ima.answers import Answer, data_of, says_unsafe, seconds_to_wait
from ima.jsonvalue import Json
from ima.secret import ApiKey
from tests.ima.fakes import KEY

NOW = 1_770_000_000.0


def read(status: int, value: Json | bytes, retry_after: str | None = None) -> Json:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return data_of(Answer(status, retry_after, body), ApiKey(KEY), now=NOW)


@pytest.mark.parametrize("code", [0, 200])
def test_the_two_good_codes_give_the_data(code: int) -> None:
    assert read(200, {"code": code, "message": "", "data": {"id": "t"}}) == {"id": "t"}


@pytest.mark.parametrize(
    ("status", "code", "message", "owner"),
    [
        (200, 4008, "Insufficient points", InsufficientPoints),
        (400, 4008, "Insufficient points", InsufficientPoints),
        (200, 4008, "Invalid product attribute", InsufficientPoints),
        (200, 6006, "credit differs", CreditMismatch),
        (200, 6009, "no rule", RuleMismatch),
        (200, 6010, "Attribute ID does not match", RuleMismatch),
        (400, 6010, "Attribute ID does not match", RuleMismatch),
        (200, 1001, "Invalid product attribute", InvalidAttribute),
        (400, 400, "invalid PRODUCT attribute: 0", InvalidAttribute),
        (200, 1001, "Insufficient points", InvalidAttribute),
        (401, 401, "Unauthorized", Unauthorized),
        (200, 401, "Unauthorized", Unauthorized),
        (429, 429, "slow down", RateLimited),
        (200, 429, "slow down", RateLimited),
        (400, 400, "Bad request", BadRequest),
        (200, 400, "Bad request", BadRequest),
        (200, 7001, "The prompt was blocked by our safety filter", PromptRefused),
        (400, 7001, "提示词包含敏感内容", PromptRefused),
        (200, 9999, "something else", Rejected),
        (403, 0, "forbidden", Rejected),
    ],
)
def test_each_refusal_has_one_class(status: int, code: int, message: str, owner: type[Refused]) -> None:
    with pytest.raises(ImaError) as caught:
        read(status, {"code": code, "message": message, "data": None})
    assert type(caught.value) is owner
    assert isinstance(caught.value, Refused)
    assert (caught.value.http_status, caught.value.code) == (status, code)
    assert caught.value.charged == "no"


@pytest.mark.parametrize("body", [b"", b"<html>no</html>", b'{"code": "x"}', b"[]"])
@pytest.mark.parametrize(
    ("status", "owner"), [(400, BadRequest), (401, Unauthorized), (404, Rejected), (429, RateLimited)]
)
def test_a_refusal_is_one_whatever_its_body(status: int, owner: type[Refused], body: bytes) -> None:
    with pytest.raises(Refused) as caught:
        read(status, body)
    assert type(caught.value) is owner


@pytest.mark.parametrize("status", [500, 502, 503, 504, 599])
def test_a_server_error_is_trouble_even_with_a_good_envelope(status: int) -> None:
    with pytest.raises(ServerTrouble):
        read(status, {"code": 0, "data": {"id": "t"}})


def test_a_server_error_in_the_envelope_is_trouble_too() -> None:
    with pytest.raises(ServerTrouble):
        read(200, {"code": 500, "message": "internal", "data": None})


@pytest.mark.parametrize(
    "value", [b"", b"{", [], "ok", {"data": {}}, {"code": "0", "data": 1}, {"code": True}, {"code": None}]
)
def test_an_answer_without_the_envelope_is_broken(value: Json | bytes) -> None:
    with pytest.raises(BrokenAnswer):
        read(200, value)


@pytest.mark.parametrize("status", [301, 302, 307, 308, 304, 101])
def test_a_redirect_is_a_broken_answer(status: int) -> None:
    with pytest.raises(BrokenAnswer):
        read(status, {"code": 0, "data": {}})


@pytest.mark.parametrize("status", [200, 400])
def test_a_server_that_repeats_the_key_does_not_get_it_into_a_text(status: int) -> None:
    with pytest.raises(Refused) as caught:
        read(status, {"code": 1, "message": f"no such key: {KEY}", "data": None})
    assert KEY not in str(caught.value)
    assert "[key]" in str(caught.value)


def test_a_long_message_is_cut() -> None:
    with pytest.raises(Rejected) as caught:
        read(200, {"code": 1, "message": "x" * 10_000, "data": None})
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("7", 7.0),
        (" 0 ", 0.0),
        ("1.5", 1.5),
        ("-3", None),
        ("soon", None),
        ("", None),
        ("٣", None),
        ("99999999999999", None),
        ("Mon, 02 Feb 2026 02:40:10 GMT", 10.0),
        ("Mon, 02 Feb 2026 02:39:00 GMT", 0.0),
        ("Mon, 99 Feb 2026 02:40:10 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, seconds: float | None) -> None:
    assert seconds_to_wait(header, now=NOW) == seconds


@given(st.text(max_size=40))
def test_no_retry_after_is_a_crash_or_a_negative_wait(header: str) -> None:
    seconds = seconds_to_wait(header, now=NOW)
    assert seconds is None or seconds >= 0


def test_a_rate_limit_carries_its_wait() -> None:
    with pytest.raises(RateLimited) as caught:
        read(429, b"", "12")
    assert caught.value.retry_after == 12.0


@pytest.mark.parametrize(
    ("message", "unsafe"),
    [
        ("Prompt was rejected", True),
        ("content policy violation", True),
        ("NSFW", True),
        ("内容违规，请修改", True),
        ("Parameter not supported", False),
        ("task failed", False),
        ("", False),
        ("the account is blocked", False),
        ("size is case-sensitive", False),
    ],
)
def test_words_about_the_content_are_recognised_and_others_are_not(message: str, unsafe: bool) -> None:
    assert says_unsafe(message) is unsafe


@given(st.integers(200, 599), st.binary(max_size=60))
def test_no_answer_raises_anything_but_ours(status: int, body: bytes) -> None:
    with contextlib.suppress(ServerTrouble) if status < 400 or status >= 500 else pytest.raises(Refused):
        read(status, body)
