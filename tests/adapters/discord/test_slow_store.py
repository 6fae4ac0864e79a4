"""A store that is slow or locked keeps nobody waiting for a sign: what is pressed or asked is answered within 3 s."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from adapters.discord import answers, house
from adapters.discord.connection import Connection
from adapters.discord.forms import Forms
from adapters.discord.house import House
from adapters.discord.rules import PictureRules
from adapters.discord.sdk import discord
from adapters.port import NotRecorded
from protocol.buttons import TakeAlternative, UseResult
from protocol.messages import Incoming
from protocol.quote import PriceList
from tests.adapters.discord.payloads import BOT, MEI, MESSAGE, WORDS, attachment, interaction, message
from tests.adapters.discord.test_outgoing import ADDRESS, out
from tests.adapters.discord.test_typing import Time

COMMAND, PRESS, SUGGESTION, FORM = 2, 3, 4, 5
SHOWN_TO_ALL, ASIDE = {"flags": 0}, {"flags": 64}
WORDS_OF_AN_EDIT = [{"type": 18, "component": {"type": 4, "custom_id": "words", "value": "make it blue"}}]


def press(value: str) -> dict[str, Any]:
    return interaction(PRESS, {"custom_id": value}, message=message(attachments=[attachment()]))


FORM_SENT_OFF = interaction(
    FORM,
    {"custom_id": UseResult("1", "edit", 0).encode(), "components": WORDS_OF_AN_EDIT},
    message=message(attachments=[attachment()]),
)

CASES = [
    *(
        pytest.param(interaction(COMMAND, {"name": name, "options": options}), {"type": 5, "data": data}, id=f"/{name}")
        for name, options, data in [
            ("draw", [{"name": "prompt", "value": "a cat"}], SHOWN_TO_ALL),
            ("models", [], ASIDE),
            ("preference", [], ASIDE),
            ("usage", [], ASIDE),
            ("help", [], ASIDE),
        ]
    ),
    pytest.param(press(UseResult("1", "again", 6).encode()), {"type": 6, "data": {}}, id="a result's button"),
    pytest.param(press(TakeAlternative("1", 1).encode()), {"type": 6, "data": {}}, id="an offer's button"),
    pytest.param(FORM_SENT_OFF, {"type": 5, "data": SHOWN_TO_ALL}, id="a form"),
]


class Slow:
    """A house whose store takes `seconds` for each event, and what Discord was told when."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.time = Time()
        self.seconds = 60.0
        self.broken = False
        self.recorded: list[Incoming] = []
        self.told: list[tuple[float, str, str, Any]] = []
        monkeypatch.setattr(answers, "asyncio", _Pauses(self.time))
        monkeypatch.setattr(house, "asyncio", _Pauses(self.time))
        client = SimpleNamespace(
            http=self, user=SimpleNamespace(id=BOT), application_id=BOT, get_channel=lambda _: None
        )
        self.house = House(
            cast(Connection, client),
            self.receive,
            channels=frozenset(),
            words=WORDS,
            rules=PictureRules(),
            shrink=None,  # type: ignore[arg-type]
            folder=folder,
            prices=None,  # type: ignore[arg-type]
        )

    async def receive(self, incoming: Incoming) -> None:
        await self.time.sleep(self.seconds)
        if self.broken:
            raise NotRecorded("locked")
        self.recorded.append(incoming)

    async def request(self, route: discord.http.Route, **more: Any) -> dict[str, Any]:
        self.told.append((self.time.now, route.method, route.path, more.get("json")))
        return {"id": "1"}


class _Pauses:
    """`asyncio` on the test's own time."""

    def __init__(self, time: Time) -> None:
        self.sleep = time.sleep

    def __getattr__(self, name: str) -> object:
        return getattr(asyncio, name)


@pytest.fixture
async def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Slow]:
    made = Slow(tmp_path, monkeypatch)
    yield made
    await made.house.close()


@pytest.mark.parametrize(("payload", "sign"), CASES)
async def test_who_asks_sees_in_time_that_the_bot_is_at_it(
    payload: dict[str, Any], sign: dict[str, Any], slow: Slow
) -> None:
    slow.house.interaction_came(payload)
    await slow.time.go_to(59)
    [(at, _, path, said)] = slow.told
    assert path.endswith("/callback")
    assert at < 3 - 1
    assert said == sign
    assert slow.recorded == []
    await slow.time.go_to(61)
    assert [each.address.message for each in slow.recorded] == [MESSAGE]


@pytest.mark.parametrize(("payload", "sign"), CASES)
async def test_who_asked_is_told_where_it_could_not_be_recorded_after_all(
    payload: dict[str, Any], sign: dict[str, Any], slow: Slow
) -> None:
    slow.broken = True
    slow.house.interaction_came(payload)
    await slow.time.go_to(61)
    (_, _, _, first), (_, _, path, last) = slow.told
    assert first == sign
    assert path.startswith("/webhooks/")
    assert last["content"] == WORDS["zh"]["discord.try_again"]


async def test_the_answer_takes_the_place_of_the_sign(slow: Slow) -> None:
    slow.house.interaction_came(interaction(COMMAND, {"name": "help", "options": []}))
    await slow.time.go_to(61)
    await slow.house.send(out("Help!", reply=True, discreet=True, address=ADDRESS))
    _, (_, method, path, said) = slow.told
    assert (method, path.rpartition("/")[2], said["content"]) == ("PATCH", "@original", "Help!")


async def test_an_answer_that_is_quick_needs_no_sign(slow: Slow) -> None:
    slow.seconds = 0.2
    slow.house.interaction_came(interaction(COMMAND, {"name": "help", "options": []}))
    await slow.time.go_to(1)
    await slow.house.send(out("Help!", reply=True, discreet=True, address=ADDRESS))
    await slow.time.go_to(10)
    [(_, _, path, said)] = slow.told
    assert (path.rpartition("/")[2], said["type"]) == ("callback", 4)


async def test_slow_events_do_not_wait_for_each_other(slow: Slow) -> None:
    for number in range(30):
        slow.house.interaction_came(
            interaction(COMMAND, {"name": "help", "options": []}) | {"id": str(int(MESSAGE) + number)}
        )
    await slow.time.go_to(59)
    assert len(slow.told) == 30
    assert max(at for at, *_ in slow.told) < 2


async def test_a_form_opens_at_once_also_where_the_disk_is_slow(slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it is about is kept meanwhile, and known at once."""
    written = threading.Event()
    monkeypatch.setattr(Forms, "_write", lambda *_: written.wait(30))
    target = {"messages": {"9": message(id="9", attachments=[attachment()])}}
    try:
        slow.house.interaction_came(interaction(COMMAND, {"type": 3, "target_id": "9", "resolved": target}))
        await slow.time.go_to(0.1)
        [(at, _, _, said)] = slow.told
        assert (at, said["type"], said["data"]["custom_id"]) == (0, 9, "picture:9")
        assert len(await slow.house._forms.find("picture:9")) == 1
    finally:
        written.set()


async def test_an_option_is_completed_in_time_where_prices_are_slow(
    slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then without points."""

    async def prices() -> PriceList | None:
        await asyncio.Event().wait()
        return None

    assert house.SUGGEST_SECONDS < 3 - 1
    monkeypatch.setattr(house, "SUGGEST_SECONDS", 0.0)
    slow.house._prices = prices
    typed = {"name": "draw", "options": [{"name": "model", "value": "", "focused": True}]}
    slow.house.interaction_came(interaction(SUGGESTION, typed))
    async with asyncio.timeout(10):
        while not slow.told:  # noqa: ASYNC110
            await asyncio.sleep(0)
    [(_, _, _, said)] = slow.told
    assert [each["name"] for each in said["data"]["choices"]] == ["Nano Banana2", "Nano Banana Pro"]


async def test_a_form_for_an_edit_opens_at_once(slow: Slow) -> None:
    """It asks nothing of the store."""
    slow.house.interaction_came(press(UseResult("1", "edit", 0).encode()))
    await slow.time.go_to(0.1)
    [(at, _, _, said)] = slow.told
    assert (at, said["type"]) == (0, 9)


def asked(number: int, person: str) -> dict[str, Any]:
    """A request in a channel of its own."""
    said = message(f"<@{BOT}> draw a cat", author=person, mentions=(BOT,))
    return said | {"id": str(int(MESSAGE) + number), "channel_id": str(7000 + number)}


async def test_whoever_mentions_the_bot_sees_it_type_at_once_however_slow_it_is_for_others(slow: Slow) -> None:
    for number in range(40):
        slow.house.message_came(asked(number, MEI if number % 2 else str(8000 + number)))
    await slow.time.go_to(0)
    assert [(at, path) for at, _, path, _ in slow.told] == [(0, "/channels/{channel_id}/typing")] * 40


async def test_persons_do_not_wait_for_each_other_to_be_recorded_or_to_hear_that_it_failed(slow: Slow) -> None:
    slow.seconds, slow.broken = 5.0, True
    for number in range(40):
        slow.house.message_came(asked(number, str(8000 + number)))
    await slow.time.go_to(36)
    tried_again = WORDS["en"]["discord.try_again"]
    told = [
        (at, said["message_reference"]["message_id"])
        for at, _, _, said in slow.told
        if said and said["content"] == tried_again
    ]
    assert told == [(35.0, str(int(MESSAGE) + number)) for number in range(40)]


async def test_what_one_person_writes_is_recorded_in_order_also_after_what_could_not_be(slow: Slow) -> None:
    slow.seconds, slow.broken = 1.0, True
    for number in range(4):
        slow.house.message_came(asked(number, MEI))
    await slow.time.go_to(15.5)
    slow.broken = False
    await slow.time.go_to(16.5)
    assert [int(each.address.message) - int(MESSAGE) for each in slow.recorded] == [1]
    await slow.time.go_to(60)
    assert [int(each.address.message) - int(MESSAGE) for each in slow.recorded] == [1, 2, 3]


async def test_a_message_that_cannot_be_read_is_left_out_and_the_next_is_heard(
    slow: Slow, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    slow.seconds = 0.0
    with monkeypatch.context() as broken:
        broken.setattr(house, "heard", lambda *_, **__: 1 / 0)
        slow.house.message_came(asked(0, MEI))
    slow.house.message_came(asked(1, MEI))
    await slow.time.go_to(1)
    assert [int(each.address.message) - int(MESSAGE) for each in slow.recorded] == [1]
    assert "a message cannot be read and is left out" in "".join(capsys.readouterr())
