"""Calls and reading: what stops whom when a rate is used up, and how long an absence is waited out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from adapters.feishu import sdk
from adapters.feishu.calls import LIMITS, LONGEST_RESET, Call, Calls
from adapters.feishu.errors import Unreachable
from adapters.feishu.pace import Pace
from adapters.feishu.pictures import Reference
from adapters.feishu.sending import FETCHES, LOOKS, READ_SECONDS, Sending
from adapters.feishu.uploads import AT_ONCE, Uploads
from adapters.port import AttachmentError
from tests.adapters.feishu.payloads import ADDRESS, WORDS

QUOTED = {"msg_type": "image", "chat_id": ADDRESS.conversation, "body": {"content": '{"image_key": "img_1"}'}}


class Platform:
    """Answers calls in turn; its last answer again and again. Time goes by while somebody sleeps."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: tuple[int, object, dict[str, str]]) -> None:
        self.answers = list(answers)
        self.asked = 0
        self.now = 0.0
        monkeypatch.setattr(sdk, "execute", self._execute)

    async def _execute(self, _: object, *, uri: str, **more: object) -> sdk.Raw:
        if "tenant_access_token" in uri:
            return _raw(200, {"code": 0, "tenant_access_token": "t-1", "expire": 7200}, {})
        self.asked += 1
        return _raw(*(self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]))

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds

    def calls(self) -> Calls:
        return Calls(app_id="cli_a", secret="s", domain="http://127.0.0.1:1", monotonic=self.monotonic)

    def sending(self, calls: Calls, folder: Path) -> Sending:
        pace = Pace(4, 1.25, monotonic=self.monotonic, sleep=self.sleep)
        return Sending(
            calls,
            cards=True,
            words=WORDS,
            pace=pace,
            uploads=Uploads(folder, app_id="cli_a"),
            monotonic=self.monotonic,
            sleep=self.sleep,
        )


def _raw(status: int, body: object, headers: dict[str, str]) -> sdk.Raw:
    kind = "application/json" if body is not None else "text/html"
    return sdk.Raw(status, {"content-type": kind, **headers}, json.dumps(body).encode())


AWAY = (502, None, dict[str, str]())
THERE = (200, {"code": 0, "data": {"items": [QUOTED]}}, dict[str, str]())
GONE = (400, {"code": 230110, "msg": "deleted"}, dict[str, str]())


async def test_a_quoted_message_is_looked_at_again_while_the_platform_is_away(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    platform = Platform(monkeypatch, AWAY, AWAY, THERE)
    calls = platform.calls()
    assert len(await platform.sending(calls, tmp_path).look(ADDRESS, "om_2")) == 1
    assert (platform.asked, platform.now) == (3, 1.5)
    await calls.aclose()


@pytest.mark.parametrize(
    ("answer", "slept"),
    [
        (AWAY, lambda seconds: READ_SECONDS - 1 < seconds <= READ_SECONDS),
        (GONE, lambda seconds: seconds == 0),
        ((429, {"code": 99991400}, {"x-ogw-ratelimit-reset": "600"}), lambda seconds: seconds == 0),
    ],
)
async def test_what_stays_away_or_is_gone_or_says_much_later_ends_in_time(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    answer: tuple[int, object, dict[str, str]],
    slept: Callable[[float], bool],
) -> None:
    platform = Platform(monkeypatch, answer)
    calls = platform.calls()
    with pytest.raises(AttachmentError):
        await platform.sending(calls, tmp_path).look(ADDRESS, "om_2")
    assert slept(platform.now)
    await calls.aclose()


@pytest.mark.parametrize(
    ("status", "code", "asked"),
    [(429, 99991400, 1), (400, 99991400, 1), (429, 0, 1), (400, 230020, 2), (400, 11232, 2)],
)
async def test_only_the_rate_of_an_interface_closes_it_for_all(
    monkeypatch: pytest.MonkeyPatch, status: int, code: int, asked: int
) -> None:
    """What one chat used up says when that chat may go on, and stops no other."""
    platform = Platform(monkeypatch, (status, {"code": code}, {"x-ogw-ratelimit-reset": "7"}))
    calls = platform.calls()
    for _ in range(2):
        with pytest.raises(Unreachable) as refused:
            await calls.data(Call("POST", "/open-apis/im/v1/messages"))
        assert refused.value.retry_after == 7.0
    assert platform.asked == asked
    await calls.aclose()


@pytest.mark.parametrize("header", ["x-ogw-ratelimit-reset", "retry-after"])
async def test_however_far_off_the_platform_says_it_is_asked_again_after_a_minute(
    monkeypatch: pytest.MonkeyPatch, header: str
) -> None:
    platform = Platform(monkeypatch, (429, {"code": 99991400}, {header: "86400"}), THERE)
    calls = platform.calls()
    with pytest.raises(Unreachable) as refused:
        await calls.data(Call("POST", "/open-apis/im/v1/messages"))
    assert refused.value.retry_after == LONGEST_RESET == 60
    await platform.sleep(LONGEST_RESET)
    assert await calls.data(Call("POST", "/open-apis/im/v1/messages"))
    await calls.aclose()


@pytest.mark.parametrize("seconds", ["soon", "", "-1", "\u00b2", "."])
async def test_a_rate_that_names_no_seconds_closes_nothing(monkeypatch: pytest.MonkeyPatch, seconds: str) -> None:
    platform = Platform(monkeypatch, (429, {"code": 99991400}, {"x-ogw-ratelimit-reset": seconds}), THERE)
    calls = platform.calls()
    with pytest.raises(Unreachable) as refused:
        await calls.data(Call("POST", "/open-apis/im/v1/messages"))
    assert refused.value.retry_after is None
    assert await calls.data(Call("POST", "/open-apis/im/v1/messages"))
    await calls.aclose()


async def test_however_many_pictures_hang_connections_are_left_to_what_is_sent(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    platform = Platform(monkeypatch, THERE)
    calls = platform.calls()
    sending = platform.sending(calls, tmp_path)
    as_many, hanging, answer = asyncio.Event(), asyncio.Event(), sdk.execute
    under_way: list[str] = []

    async def hang(client: httpx.AsyncClient, *, uri: str, **more: Any) -> sdk.Raw:
        if "tenant_access_token" not in uri:
            under_way.append(uri)
            if len(under_way) == FETCHES + LOOKS:
                as_many.set()
            await hanging.wait()
        return await answer(client, uri=uri, **more)

    monkeypatch.setattr(sdk, "execute", hang)
    wanted = Reference("om_2", "img_1", "image").encode()
    readers = [asyncio.create_task(sending.fetch(wanted, 1000)) for _ in range(30)]
    lookers = [asyncio.create_task(sending.look(ADDRESS, "om_2")) for _ in range(30)]
    await as_many.wait()
    for _ in range(100):
        await asyncio.sleep(0)
    # Neither stops the other, and with uploads together they leave a few to what is sent.
    assert len([uri for uri in under_way if uri.endswith("/resources/:file_key")]) == FETCHES
    assert len(under_way) == FETCHES + LOOKS
    most = LIMITS.max_connections
    assert most is not None
    assert len(under_way) + AT_ONCE <= most - 5
    hanging.set()
    assert all(len(seen) == 1 for seen in await asyncio.gather(*lookers))
    assert len(await asyncio.gather(*readers, return_exceptions=True)) == 30
    await calls.aclose()
