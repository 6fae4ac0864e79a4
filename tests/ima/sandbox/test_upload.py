"""The upload, sentence by sentence: the token's form, the presigned PUT, the public URL."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from ima.sandbox.options import SandboxOptions
from ima.sandbox.uploads import signature
from tests.ima.sandbox.caller import KEY, Caller, HandClock, jpeg
from tests.ima.sandbox.conftest import Start

Form = Mapping[str, str]
JPEG = {"Content-Type": "image/jpeg"}
TOKEN = "/api/rest/oss/getuploadtoken"


def put(name: str, value: str) -> Callable[[Form], Form]:
    return lambda form: {**form, name: value}


def drop(name: str) -> Callable[[Form], Form]:
    return lambda form: {key: value for key, value in form.items() if key != name}


def signed(timestamp: str, nonce: str) -> Callable[[Form], Form]:
    """Return a change of what is signed, with the signature that belongs to it."""
    return lambda form: {**form, "timestamp": timestamp, "nonce": nonce, "sign": signature(timestamp, nonce)}


NONCE = "0123456789abcdef01234"
WRONG: dict[str, Callable[[Form], Form]] = {
    "appUid is the cmimToken": put("appUid", "ima_other"),
    "cmimToken is the appUid": put("cmimToken", "ima_other"),
    "appId is webAgent": put("appId", "web"),
    "appKey is the public one": put("appKey", "0"),
    "fService is privite, so spelled": put("fService", "private"),
    "fType is picture": put("fType", "video"),
    "fSuffix is that of a picture": put("fSuffix", "exe"),
    "fSuffix has no dot": put("fSuffix", ".jpg"),
    "fContentType is that of the suffix": put("fContentType", "image/png"),
    "the sign is upper-case": lambda form: {**form, "sign": form["sign"].lower()},
    "the sign is that of the nonce": put("nonce", "f" * 21),
    "the sign is that of the timestamp": lambda form: {**form, "timestamp": str(int(form["timestamp"]) - 1)},
    "the nonce has 21 digits": lambda form: signed(form["timestamp"], "0" * 20)(form),
    "the nonce is hex": lambda form: signed(form["timestamp"], "g" * 21)(form),
    "the timestamp is in seconds": lambda form: signed(form["timestamp"] + "000", NONCE)(form),
    "the timestamp is whole": lambda form: signed(form["timestamp"] + ".5", NONCE)(form),
    "the timestamp is not old": lambda form: signed(str(int(form["timestamp"]) - 400), NONCE)(form),
    "the timestamp is not of tomorrow": lambda form: signed(str(int(form["timestamp"]) + 400), NONCE)(form),
    "nothing unknown": put("userId", "u1"),
    **{f"{name} is there": drop(name) for name in ("appUid", "appKey", "nonce", "sign", "fType", "fContentType")},
}


@pytest.mark.parametrize("promise", list(WRONG))
async def test_a_token_is_refused_unless(caller: Caller, promise: str) -> None:
    answer = await caller.token(WRONG[promise](caller.form()))
    assert (answer.status_code, answer.json()["code"]) == (400, 400)
    assert answer.json()["data"] is None


async def test_a_wrong_key_is_401(caller: Caller) -> None:
    form = {**caller.form(), "appUid": "ima_other", "cmimToken": "ima_other"}
    assert (await caller.token(form)).status_code == 401


async def test_a_right_form_gets_both_urls(caller: Caller) -> None:
    answer = await caller.token()
    assert answer.json()["code"] in (0, 200)
    assert sorted(answer.json()["data"]) == ["fdl", "ful"]
    assert KEY not in answer.text


async def test_a_nonce_is_good_once(caller: Caller) -> None:
    assert (await caller.token()).status_code == 200
    assert (await caller.token()).status_code == 400
    assert await caller.violations() == ["nonce_repeated"]


async def test_the_token_is_asked_for_as_a_form(caller: Caller) -> None:
    answer = await caller.http.post(caller.sandbox.im + TOKEN, json=caller.form())
    assert answer.status_code == 400


async def test_a_field_twice_is_refused(caller: Caller) -> None:
    fields = [*caller.form().items(), ("fType", "picture")]
    body = "&".join(f"{name}={value}" for name, value in fields)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await caller.http.post(caller.sandbox.im + TOKEN, content=body, headers=headers)
    assert answer.status_code == 400


async def test_get_is_405_and_the_key_in_its_url_is_noted(caller: Caller) -> None:
    """POST first, GET only where POST is not served: the key must not stand in a URL without need."""
    bare = await caller.http.get(caller.sandbox.im + TOKEN)
    assert (bare.status_code, bare.headers["allow"]) == (405, "POST")
    full = await caller.http.get(caller.sandbox.im + TOKEN, params=caller.form())
    assert full.status_code == 400
    assert await caller.violations() == ["key_in_url"]


async def test_where_post_is_not_served_get_is(options: SandboxOptions, start: Start) -> None:
    caller = await start(replace(options, post_upload_token=False))
    assert (await caller.token()).status_code == 405
    answer = await caller.http.get(caller.sandbox.im + TOKEN, params=caller.form())
    assert sorted(answer.json()["data"]) == ["fdl", "ful"]
    assert await caller.violations() == []


async def test_what_was_put_is_served_to_everybody(caller: Caller) -> None:
    body = jpeg()
    answer = await caller.http.get(await caller.uploaded(body))
    assert (answer.content, answer.headers["content-type"]) == (body, "image/jpeg")
    assert await caller.violations() == []


async def test_nothing_is_served_before_it_was_put(caller: Caller) -> None:
    _, public = await caller.slot()
    assert (await caller.http.get(public)).status_code == 404


@pytest.mark.parametrize("content_type", ["image/png", "application/octet-stream", "image/jpeg; x=1", None])
async def test_a_put_has_the_signed_content_type(caller: Caller, content_type: str | None) -> None:
    url, _ = await caller.slot()
    headers = {} if content_type is None else {"Content-Type": content_type}
    assert (await caller.http.put(url, content=jpeg(), headers=headers)).status_code == 403
    assert await caller.violations() == ["put_not_as_signed"]


async def test_a_put_is_signed(caller: Caller) -> None:
    url, _ = await caller.slot()
    for wrong in (url.partition("?")[0], url + "0", url.replace("Expires=", "Expires=9")):
        assert (await caller.http.put(wrong, content=jpeg(), headers=JPEG)).status_code == 403


async def test_a_put_works_once(caller: Caller) -> None:
    url, _ = await caller.slot()
    answers = [await caller.http.put(url, content=jpeg(), headers=JPEG) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 403]


async def test_a_put_expires(options: SandboxOptions, start: Start, clock: HandClock) -> None:
    caller = await start(replace(options, clock=clock))
    url, _ = await caller.slot()
    clock.move(602)
    assert (await caller.http.put(url, content=jpeg(), headers=JPEG)).status_code == 403


async def test_a_timestamp_grows_stale(options: SandboxOptions, start: Start, clock: HandClock) -> None:
    caller = await start(replace(options, clock=clock))
    clock.move(310)
    assert (await caller.token(caller.form(timestamp=int(time.time())))).status_code == 400


@pytest.mark.parametrize("value", ["Bearer something", "OSS a:b"])
async def test_a_put_with_authorization_is_refused(caller: Caller, value: str) -> None:
    """A presigned URL is its own authorization; a second one is an error."""
    url, _ = await caller.slot()
    answer = await caller.http.put(url, content=jpeg(), headers={**JPEG, "Authorization": value})
    assert (answer.status_code, await caller.violations()) == (400, ["put_with_authorization"])


@pytest.mark.parametrize("header", ["Authorization", "x-api-key", "Cookie"])
async def test_the_key_is_never_sent_to_the_storage(caller: Caller, header: str) -> None:
    url, public = await caller.slot()
    for answer in (
        await caller.http.put(url, content=jpeg(), headers={**JPEG, header: f"Bearer {KEY}"}),
        await caller.http.get(public, headers={header: f"Bearer {KEY}"}),
    ):
        assert answer.status_code == 400
    assert await caller.violations() == ["key_elsewhere"] * 2


async def test_an_empty_put_is_refused(caller: Caller) -> None:
    url, _ = await caller.slot()
    assert (await caller.http.put(url, content=b"", headers=JPEG)).status_code == 400


async def test_a_put_of_more_than_30_mb_is_refused(caller: Caller) -> None:
    url, _ = await caller.slot()
    answer = await caller.http.put(url, content=bytes(30 * 1024 * 1024 + 1), headers=JPEG)
    assert answer.status_code == 413
