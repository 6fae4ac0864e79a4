"""The way of an input picture to its public URL."""

from __future__ import annotations

import hashlib
from urllib.parse import parse_qsl

import httpx
import pytest

from ima import (
    BrokenAnswer,
    ImaError,
    InsufficientPoints,
    Unauthorized,
    Unreachable,
    UploadFailed,
)
from ima.jsonvalue import Json
from ima.picturetype import content_type_of
from ima.secret import ApiKey
from ima.upload import Place, new_nonce, parse_place, signature, token_form
from tests.ima.fakes import KEY, FakeApi, FakeTime, client, error, ok, seeded

PLACE: dict[str, Json] = {"ful": "https://store.example/put?sig=1", "fdl": "https://cdn.example/x.png"}
STORED = httpx.Response(200)


def test_the_signature_is_upper_case_hex_sha1_of_the_four_joined_by_bars() -> None:
    text = b"webAgent|32jdskjdk320eew|1770000000|0123456789abcdef01234"
    expected = hashlib.sha1(text, usedforsecurity=False).hexdigest().upper()
    assert signature("webAgent", "32jdskjdk320eew", 1_770_000_000, "0123456789abcdef01234") == expected
    assert signature("a", "b", 1, "c") == "43AA2BE66170F9BA6774FC72CB9CF2F570ADA5BB"


def test_a_nonce_has_21_hex_digits_and_is_another_each_time() -> None:
    chance = seeded(1)
    nonces = {new_nonce(chance) for _ in range(200)}
    assert len(nonces) == 200
    assert all(len(nonce) == 21 and set(nonce) <= set("0123456789abcdef") for nonce in nonces)


def test_the_form_has_every_field_of_the_page() -> None:
    form = token_form(ApiKey(KEY), "image/jpeg", timestamp=17, nonce="f" * 21)
    assert dict(parse_qsl(form.decode(), strict_parsing=True)) == {
        "appUid": KEY,
        "appId": "webAgent",
        "appKey": "32jdskjdk320eew",
        "cmimToken": KEY,
        "sign": signature("webAgent", "32jdskjdk320eew", 17, "f" * 21),
        "timestamp": "17",
        "nonce": "f" * 21,
        "fService": "privite",
        "fType": "picture",
        "fSuffix": "jpg",
        "fContentType": "image/jpeg",
    }


@pytest.mark.parametrize("content_type", ["text/html", "", "image/svg+xml", "IMAGE/PNG"])
async def test_what_is_no_picture_is_not_sent(content_type: str) -> None:
    api = FakeApi()
    async with client(api) as ima:
        with pytest.raises(ValueError, match="cannot upload"):
            await ima.upload(b"x", content_type)
    assert api.requests == []


@pytest.mark.parametrize(
    "place",
    [
        {},
        {"ful": "https://a.example/x"},
        PLACE | {"ful": "http://store.example/put"},
        PLACE | {"fdl": "http://cdn.example/x"},
        PLACE | {"ful": "file:///etc/passwd"},
        PLACE | {"ful": "http://127.0.0.1/put"},
        PLACE | {"fdl": 3},
        None,
    ],
)
def test_a_place_is_two_https_urls(place: Json) -> None:
    with pytest.raises(BrokenAnswer):
        parse_place(place, allow_loopback=False)


def test_a_place_on_this_machine_is_for_tests_on_this_machine() -> None:
    urls = Place("http://127.0.0.1:9/put", "http://localhost:9/x.png")
    assert parse_place({"ful": urls.put_url, "fdl": urls.public_url}, allow_loopback=True) == urls


Failure = httpx.Response | Exception


@pytest.mark.parametrize("failure", [httpx.Response(503), httpx.ReadTimeout("x"), httpx.ConnectError("x")])
@pytest.mark.parametrize("where", ["getuploadtoken", "put"])
async def test_a_passing_failure_is_repeated_from_the_start(where: str, failure: Failure) -> None:
    answers: dict[str, list[Failure]] = {"getuploadtoken": [ok(PLACE)], "put": [STORED]}
    answers[where] = [failure, *answers[where]]
    api, time = FakeApi(**answers), FakeTime()
    async with client(api, time) as ima:
        assert await ima.upload(b"bytes", "image/png") == PLACE["fdl"]
    assert len(time.slept) == 1
    assert api.sent_to("put")[-1].content == b"bytes"


@pytest.mark.parametrize(
    ("answers", "owner", "tokens"),
    [
        ({"getuploadtoken": [error(401, status=401)]}, Unauthorized, 1),
        ({"getuploadtoken": [error(4008)]}, InsufficientPoints, 1),
        ({"getuploadtoken": [httpx.ConnectError("x")]}, Unreachable, 4),
        ({"getuploadtoken": [httpx.Response(500)]}, UploadFailed, 4),
        ({"getuploadtoken": [ok({})]}, UploadFailed, 4),
        ({"getuploadtoken": [ok(PLACE)], "put": [httpx.Response(403)]}, UploadFailed, 1),
        ({"getuploadtoken": [ok(PLACE)], "put": [httpx.Response(302)]}, UploadFailed, 1),
        ({"getuploadtoken": [ok(PLACE)], "put": [httpx.Response(500)]}, UploadFailed, 4),
        ({"getuploadtoken": [ok(PLACE)], "put": [httpx.ReadError("x")]}, UploadFailed, 4),
    ],
)
async def test_each_lasting_failure_has_one_owner(
    answers: dict[str, list[Failure]], owner: type[ImaError], tokens: int
) -> None:
    api = FakeApi(**answers)
    async with client(api) as ima:
        with pytest.raises(ImaError) as caught:
            await ima.upload(b"bytes", "image/png")
    assert type(caught.value) is owner
    assert caught.value.charged == "no"
    assert len(api.sent_to("getuploadtoken")) == tokens


async def test_no_text_of_an_upload_failure_has_the_presigned_url() -> None:
    api = FakeApi(getuploadtoken=[ok(PLACE)], put=[httpx.ReadError("x")])
    async with client(api) as ima:
        with pytest.raises(UploadFailed) as caught:
            await ima.upload(b"bytes", "image/png")
    assert "sig=1" not in f"{caught.value!r} {caught.value.__cause__!r}"


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (b"GIF89a....", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"BM....", "image/bmp"),
    ],
)
def test_a_picture_is_known_by_how_it_begins(data: bytes, content_type: str) -> None:
    assert content_type_of(data) == content_type


@pytest.mark.parametrize("data", [b"", b"<svg>", b"RIFF\x00\x00\x00\x00WAVE", b"\x89PNG"])
def test_other_bytes_are_no_picture(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a picture"):
        content_type_of(data)


async def test_the_offered_storage_is_told_without_its_signature_and_nothing_is_stored() -> None:
    api = FakeApi(getuploadtoken=[ok(PLACE)])
    async with client(api) as ima:
        assert await ima.offered_storage() == "https://store.example"
    assert api.sent_to("put") == []
