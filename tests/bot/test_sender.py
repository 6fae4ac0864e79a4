"""What the sender promises: patient, in order of importance, and never late with what is of no more use."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from adapters.port import SendError, SendFailed, SendRefused
from bot.metrics import Metrics
from bot.sender import PATIENCE, PROGRESS_PATIENCE, Sender
from protocol.messages import Outgoing, Picture, Priority
from tests.bot.fakes import FakePlatform, HandClock
from tests.protocol.builders import ADDRESS

RESULT = Outgoing(address=ADDRESS, key="k", text="picture", priority=Priority.RESULT)
PROGRESS = replace(RESULT, text="50%", priority=Priority.PROGRESS)


class Setting:
    def __init__(self) -> None:
        self.clock = HandClock()
        self.platform = FakePlatform()
        self.sender = Sender({"playground": self.platform}, clock=self.clock, sleep=self.clock.sleep, metrics=Metrics())


async def test_a_send_that_fails_is_repeated_under_the_same_key_until_it_works() -> None:
    setting = Setting()
    troubles = [SendFailed("reset"), SendFailed("busy", retry_after=20.0)]
    setting.platform.failing = lambda _: troubles.pop(0) if troubles else None
    await setting.clock.run(setting.sender.send(RESULT))
    assert [attempt.key for attempt in setting.platform.attempts] == ["k", "k", "k"]
    assert setting.platform.sent == [RESULT]
    assert setting.clock.now - 1_000_000.0 == 21.0


async def test_a_message_with_a_picture_is_prepared_before_its_turn_and_others_need_not_be() -> None:
    setting = Setting()
    shown = replace(RESULT, picture=Picture("https://example.com/a.png", "a cat"))
    await setting.clock.run(setting.sender.send(shown))
    await setting.clock.run(setting.sender.send(PROGRESS))
    assert setting.platform.prepared == [shown]
    assert setting.platform.sent == [shown, PROGRESS]


async def test_a_refused_send_is_not_repeated() -> None:
    setting = Setting()
    setting.platform.failing = lambda _: SendRefused("gone")
    with pytest.raises(SendRefused):
        await setting.clock.run(setting.sender.send(RESULT))
    assert len(setting.platform.attempts) == 1


async def test_patience_has_an_end() -> None:
    setting = Setting()
    setting.platform.failing = lambda _: SendFailed("down")
    with pytest.raises(SendFailed):
        await setting.clock.run(setting.sender.send(RESULT))
    assert PATIENCE / 2 < setting.clock.now - 1_000_000.0 <= PATIENCE


async def test_in_a_slow_place_the_important_goes_first_and_late_progress_is_dropped() -> None:
    setting = Setting()

    async def slowly(_: Outgoing) -> None:
        await setting.clock.sleep(6)

    setting.platform.before = slowly
    order = [Priority.RESULT, Priority.PROGRESS, Priority.START, Priority.RESULT, Priority.ACKNOWLEDGEMENT]
    sends = [
        setting.sender.send(replace(RESULT, key=str(number), priority=priority))
        for number, priority in enumerate(order)
    ]
    results = await setting.clock.run(asyncio.gather(*sends, return_exceptions=True))
    assert [outgoing.key for outgoing in setting.platform.sent] == ["4", "0", "3", "2"]
    assert isinstance(results, list)
    assert [index for index, result in enumerate(results) if isinstance(result, SendError)] == [1]


async def test_progress_whose_turn_does_not_come_is_given_up_in_time_and_not_sent_later() -> None:
    """The picture that it announces waits for it to be over."""
    setting = Setting()
    let = asyncio.Event()

    async def until_let(_: Outgoing) -> None:
        await let.wait()

    setting.platform.before = until_let
    first = asyncio.ensure_future(setting.sender.send(RESULT))
    with pytest.raises(SendFailed, match="too late"):
        await setting.clock.run(setting.sender.send(PROGRESS))
    assert setting.clock.now - 1_000_000.0 == PROGRESS_PATIENCE
    let.set()
    await first
    await setting.sender.send(replace(RESULT, key="next"))
    assert [outgoing.key for outgoing in setting.platform.sent] == ["k", "next"]


async def test_a_picture_that_takes_long_goes_on_beside_the_others_of_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.sender.HOLDS", 0.01)
    setting = Setting()
    let = asyncio.Event()
    troubles: list[SendError] = [SendFailed("reset at the end")]

    async def slow_picture(outgoing: Outgoing) -> None:
        if outgoing.key == "picture":
            await let.wait()

    setting.platform.before = slow_picture
    setting.platform.failing = lambda outgoing: troubles.pop() if troubles and outgoing.key == "picture" else None
    shown = replace(RESULT, key="picture", picture=Picture("https://example.com/a.png", "a cat"))
    picture = asyncio.ensure_future(setting.sender.send(shown))
    await asyncio.sleep(0)
    await setting.sender.send(replace(RESULT, key="another"))
    let.set()
    # It fails at last, and is tried again as all are.
    await setting.clock.run(picture)
    assert [outgoing.key for outgoing in setting.platform.sent] == ["another", "picture"]
    assert [outgoing.key for outgoing in setting.platform.attempts] == ["picture", "another", "picture"]


async def test_a_platform_that_breaks_off_by_itself_is_tried_no_further_and_stops_nobody() -> None:
    setting = Setting()

    async def broken_off(outgoing: Outgoing) -> None:
        if outgoing.key == "k":
            raise asyncio.CancelledError

    setting.platform.before = broken_off
    first = asyncio.ensure_future(setting.sender.send(RESULT))
    second = asyncio.ensure_future(setting.sender.send(replace(RESULT, key="next")))
    with pytest.raises(SendFailed, match="broke off"):
        await first
    await second
    assert [outgoing.key for outgoing in setting.platform.sent] == ["next"]


async def test_progress_that_failed_once_is_given_up_in_time_too() -> None:
    setting = Setting()
    let = asyncio.Event()
    troubles: list[SendError] = [SendFailed("reset")]

    async def until_let(outgoing: Outgoing) -> None:
        if outgoing.key != "progress":
            await let.wait()

    setting.platform.before = until_let
    setting.platform.failing = lambda outgoing: troubles.pop() if troubles and outgoing.key == "progress" else None
    progress = asyncio.ensure_future(setting.sender.send(replace(PROGRESS, key="progress")))
    while not setting.platform.attempts:  # noqa: ASYNC110 - the fake tells nobody
        await asyncio.sleep(0)
    busy = asyncio.ensure_future(setting.sender.send(RESULT))
    with pytest.raises(SendFailed, match="too late"):
        await setting.clock.run(progress)
    assert setting.clock.now - 1_000_000.0 == PROGRESS_PATIENCE
    let.set()
    await busy
    assert [outgoing.key for outgoing in setting.platform.sent] == ["k"]


async def test_places_do_not_wait_for_each_other() -> None:
    setting = Setting()
    stuck = asyncio.Event()

    async def wait_for_one_place(outgoing: Outgoing) -> None:
        if outgoing.address.conversation == "stuck":
            await stuck.wait()

    setting.platform.before = wait_for_one_place
    waiting = asyncio.ensure_future(
        setting.sender.send(replace(RESULT, address=replace(ADDRESS, conversation="stuck")))
    )
    await setting.sender.send(RESULT)
    assert setting.platform.sent == [RESULT]
    stuck.set()
    await waiting


async def test_a_platform_that_is_not_configured_any_more_is_a_failed_send() -> None:
    setting = Setting()
    with pytest.raises(SendFailed):
        await setting.sender.send(replace(RESULT, address=replace(ADDRESS, platform="gone")))


async def test_closing_leaves_nobody_waiting() -> None:
    setting = Setting()

    async def for_ever(_: Outgoing) -> None:
        await asyncio.Event().wait()

    setting.platform.before = for_ever
    waiting = [asyncio.ensure_future(setting.sender.send(RESULT)) for _ in range(3)]
    await asyncio.sleep(0)
    await setting.sender.close()
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert all(isinstance(result, asyncio.CancelledError) for result in results)


async def test_a_message_that_cannot_be_sent_holds_up_nobody_else_in_its_place() -> None:
    """Only where the place itself asks for a pause does all of it wait."""
    setting = Setting()
    setting.platform.failing = lambda outgoing: SendFailed("its upload hangs") if outgoing.key == "stuck" else None
    stuck = asyncio.ensure_future(setting.sender.send(replace(RESULT, key="stuck")))
    for _ in range(10):
        await asyncio.sleep(0)
    await asyncio.gather(*(setting.sender.send(replace(PROGRESS, key=key)) for key in ("a", "b")))
    assert [outgoing.key for outgoing in setting.platform.sent] == ["a", "b"]
    assert setting.clock.now == 1_000_000.0
    setting.platform.failing = lambda _: None
    await setting.clock.run(stuck)
    assert [outgoing.key for outgoing in setting.platform.sent] == ["a", "b", "stuck"]


async def test_closing_leaves_nobody_waiting_who_rests_between_two_attempts() -> None:
    setting = Setting()
    setting.platform.failing = lambda _: SendFailed("down")
    waiting = asyncio.ensure_future(setting.sender.send(RESULT))
    while not setting.platform.attempts:  # noqa: ASYNC110 - the fake tells nobody
        await asyncio.sleep(0)
    await setting.sender.close()
    results = await asyncio.gather(waiting, return_exceptions=True)
    assert isinstance(results[0], asyncio.CancelledError)


async def test_a_platform_that_fails_in_its_own_code_holds_up_nobody() -> None:
    """An error that no port knows is a failed send like any other, and the lane goes on."""
    setting = Setting()

    async def bug(outgoing: Outgoing) -> None:
        if outgoing.key == "first":
            raise RuntimeError("a bug")

    setting.platform.before = bug
    first, second = (setting.sender.send(replace(RESULT, key=key)) for key in ("first", "second"))
    results = await asyncio.gather(first, second, return_exceptions=True)
    assert isinstance(results[0], SendFailed)
    assert [outgoing.key for outgoing in setting.platform.sent] == ["second"]
