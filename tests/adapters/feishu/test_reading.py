"""Calls and reading: what stops whom when a rate is used up, and how long an absence is waited out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.feishu import sdk
from adapters.feishu.calls import Call, Calls
from adapters.feishu.errors import Unreachable
from adapters.feishu.pace import Pace
from adapters.feishu.sending import READ_SECONDS, Sending
from adapters.feishu.uploads import Uploads
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
