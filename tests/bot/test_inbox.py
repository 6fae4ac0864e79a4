"""What the way in promises: recorded first, answered once, in order for each person, and taken up after a restart."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.port import Activity, NotRecorded, SendRefused
from bot.inbox import STALE_AFTER, InboxService
from bot.metrics import Metrics
from bot.sender import Sender
from bot.store import Store, StoreError, open_store
from locales import Locales
from protocol.commands import Ask
from protocol.decision import TaskType
from protocol.job import RUNNING, Job, State
from protocol.messages import Incoming
from protocol.notices import Chat, Help, NothingToCancel, SomethingWentWrong, TooManyJobs
from protocol.quote import PriceList
from tests.bot.fakes import FakePlatform
from tests.protocol.builders import ADDRESS, NOW, PRICES

LOCALES = Locales.load()


class Paid:
    """Prices, or none."""

    def __init__(self) -> None:
        self.known: PriceList | None = PRICES

    async def prices(self, task_type: TaskType) -> PriceList | None:
        return self.known


class Jobs:
    """Remembers what was started, and does nothing about it."""

    def __init__(self) -> None:
        self.started: list[Job] = []

    def start(self, job: Job) -> None:
        self.started.append(job)

    async def cancel(self, job_id: str) -> bool:
        return False


class Room:
    """An inbox with a real store and a platform that remembers."""

    def __init__(self, store: Store, asides: frozenset[str]) -> None:
        self.store = store
        self.platform = FakePlatform()
        self.jobs = Jobs()
        self.paid = Paid()
        self.seen: list[Activity] = []
        self.now = NOW
        numbers = iter(range(1, 1000))
        self.sender = Sender(
            {"playground": self.platform}, clock=lambda: self.now, sleep=asyncio.sleep, metrics=Metrics()
        )
        self.inbox = InboxService(
            store=store,
            runner=self.jobs,
            sender=self.sender,
            paid=self.paid,
            locales=LOCALES,
            clock=lambda: self.now,
            sleep=asyncio.sleep,
            most_jobs=2,
            admins=frozenset(),
            observe=self.seen.append,
            asides=asides,
            new_id=lambda: f"job-{next(numbers)}",
        )

    async def hear(self, text: str, message: str, user: str = "mei") -> None:
        address = replace(ADDRESS, user=user, message=message)
        await self.inbox.receive(Incoming(address=address, text=text, sent_at=self.now))

    async def quiet(self) -> None:
        """Until everything that was heard is answered."""
        while self.inbox.busy:
            await asyncio.wait(self.inbox.busy)

    @property
    def said(self) -> list[str]:
        return [outgoing.text for outgoing in self.platform.sent]


@asynccontextmanager
async def room(folder: Path, *, asides: bool = False) -> AsyncIterator[Room]:
    store = await open_store(f"sqlite+aiosqlite:///{folder / 'imabot.db'}")
    built = Room(store, frozenset({"playground"}) if asides else frozenset())
    try:
        yield built
    finally:
        await built.inbox.stop()
        await built.sender.close()
        await store.close()


async def test_a_wish_becomes_one_job_however_often_it_is_delivered(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        for _ in range(3):
            await here.hear("画一张猫", "m1")
        await here.quiet()
        assert [job.request.prompt for job in here.jobs.started] == ["画一张猫"]
        assert await here.store.unended_jobs() == here.jobs.started
        assert here.said == []


async def test_what_starts_no_job_is_one_reply_to_the_message(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        await here.hear("help", "m1")
        await here.quiet()
        [reply] = here.platform.sent
        assert (reply.text, reply.reply, reply.address.message) == (LOCALES.render(Help(), "en"), True, "m1")
        assert not reply.ping
        assert await here.store.unsent_replies(0) == []


async def test_what_concerns_the_asker_alone_is_said_discreetly(tmp_path: Path) -> None:
    """The answer to a press that leads to nothing, and to a question by command; not to words that others read."""
    async with room(tmp_path, asides=True) as here:
        said = Incoming(address=replace(ADDRESS, message="m1"), text="help", sent_at=NOW)
        asked = replace(said, address=replace(ADDRESS, message="m2"), text="", command=Ask("help"))
        pressed = replace(said, address=replace(ADDRESS, message="m3"), text="", press="alternative:gone:1")
        for incoming in (said, asked, pressed):
            await here.inbox.receive(incoming)
        await here.quiet()
        discreet = {outgoing.address.message: outgoing.discreet for outgoing in here.platform.sent}
        assert discreet == {"m1": False, "m2": True, "m3": True}


async def test_the_limit_holds_for_messages_that_come_at_once(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        await asyncio.gather(*(here.hear(f"画{thing}", thing) for thing in ("一只猫", "一只狗", "一只兔子")))
        await here.hear("draw a fox", "fox", user="tom")
        await here.quiet()
        assert len(here.jobs.started) == 3
        assert here.said == [LOCALES.render(TooManyJobs(2), "zh")]


async def test_what_was_recorded_and_not_answered_is_answered_after_a_restart(tmp_path: Path) -> None:
    async with room(tmp_path) as before:
        address = replace(ADDRESS, message="m1")
        await before.store.record(Incoming(address=address, text="画一张猫", sent_at=NOW), NOW)
    async with room(tmp_path) as after:
        await after.inbox.resume()
        await after.quiet()
        assert len(after.jobs.started) == 1
        await after.inbox.resume()
        await after.quiet()
        assert len(after.jobs.started) == 1


async def test_a_cancellation_whose_request_is_cancelled_already_is_not_answered_again_after_a_restart(
    tmp_path: Path,
) -> None:
    """The job was told and saved before the words that cancelled it were marked as answered."""
    async with room(tmp_path) as before:
        await before.hear("画一张猫", "m1")
        await before.quiet()
        [job] = before.jobs.started
        await before.store.save_job(replace(job, state=State.CANCELLED))
        await before.store.record(Incoming(replace(ADDRESS, message="m2"), "取消", NOW), NOW)
    async with room(tmp_path) as after:
        await after.inbox.resume()
        await after.quiet()
        assert after.said == []
        await after.hear("取消", "m3")
        await after.quiet()
        assert after.said == [LOCALES.render(NothingToCancel(), "zh")]


async def test_after_an_hour_nobody_waits_for_an_answer_and_nothing_is_spent(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        await here.store.record(Incoming(address=ADDRESS, text="画一张猫", sent_at=NOW), NOW)
        here.now = NOW + STALE_AFTER + 1
        await here.inbox.resume()
        await here.quiet()
        assert (here.jobs.started, here.said) == ([], [])
        assert await here.store.unanswered() == []


async def test_a_reply_that_may_have_arrived_is_sent_again_under_its_own_key(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        stuck, reached = asyncio.Event(), asyncio.Event()

        async def never(_: object) -> None:
            reached.set()
            await stuck.wait()

        here.platform.before = never
        await here.hear("帮助", "m1")
        await reached.wait()
        first = here.platform.attempts[0]
        await here.inbox.stop()
    async with room(tmp_path) as after:
        await after.inbox.resume()
        await after.quiet()
        [again] = after.platform.sent
        assert again == replace(first, retried=True)


async def test_a_reply_for_one_person_alone_is_not_said_to_all_after_a_restart(tmp_path: Path) -> None:
    """It may have been seen, and the way to say it aside is gone with the process."""
    async with room(tmp_path, asides=True) as here:
        stuck, reached = asyncio.Event(), asyncio.Event()

        async def never(_: object) -> None:
            reached.set()
            await stuck.wait()

        here.platform.before = never
        pressed = Incoming(address=replace(ADDRESS, message="m1"), text="", sent_at=NOW, press="offer:gone:1")
        await here.inbox.receive(pressed)
        await reached.wait()
        assert here.platform.attempts[0].discreet
        await here.inbox.stop()
    async with room(tmp_path, asides=True) as after:
        await after.inbox.resume()
        await after.quiet()
        assert after.platform.sent == []
        assert await after.store.unsent_replies(0) == []


async def test_where_no_aside_can_be_said_the_reply_to_a_press_is_not_lost_by_a_restart(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        stuck, reached = asyncio.Event(), asyncio.Event()

        async def never(_: object) -> None:
            reached.set()
            await stuck.wait()

        here.platform.before = never
        pressed = Incoming(address=replace(ADDRESS, message="m1"), text="", sent_at=NOW, press="offer:gone:1")
        await here.inbox.receive(pressed)
        await reached.wait()
        assert not here.platform.attempts[0].discreet
        await here.inbox.stop()
    async with room(tmp_path) as after:
        await after.inbox.resume()
        await after.quiet()
        assert [outgoing.retried for outgoing in after.platform.sent] == [True]


async def test_a_place_that_refuses_a_reply_is_left_alone(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        here.platform.failing = lambda _: SendRefused("gone")
        await here.hear("帮助", "m1")
        await here.quiet()
        assert len(here.platform.attempts) == 1
        assert await here.store.unsent_replies(0) == []


async def test_an_error_of_our_own_is_told_kindly_and_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    async with room(tmp_path) as here:
        monkeypatch.setattr("bot.inbox.react", broken)
        await here.hear("画一张猫", "m1")
        await here.quiet()
        address = replace(ADDRESS, message="m2")
        await here.inbox.receive(Incoming(address, "", NOW, locale="zh", command=Ask("help")))
        await here.quiet()
        assert here.said == [LOCALES.render(SomethingWentWrong(), "zh")] * 2
        assert here.jobs.started == []
        assert await here.store.unanswered() == []


async def test_a_message_that_cannot_be_recorded_is_refused_so_that_it_comes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with room(tmp_path) as here:

        async def full(*_: object) -> bool:
            raise StoreError("the disk is full")

        monkeypatch.setattr(here.store, "record", full)
        with pytest.raises(NotRecorded):
            await here.hear("画一张猫", "m1")
        monkeypatch.undo()
        await here.hear("画一张猫", "m1")
        await here.quiet()
        assert len(here.jobs.started) == 1


async def test_once_stopping_words_wait_for_the_next_start_and_a_press_is_told_to_try_again(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        await here.inbox.stop()
        await here.hear("画一张猫", "m1")
        await here.quiet()
        assert (here.jobs.started, here.said) == ([], [])
        assert [row.incoming.text for row in await here.store.unanswered()] == ["画一张猫"]
        address = replace(ADDRESS, message="m2")
        for late in (Incoming(address, "", NOW, press="again:j:6"), Incoming(address, "", NOW, command=Ask("help"))):
            with pytest.raises(NotRecorded):
                await here.inbox.receive(late)


async def test_unknown_prices_are_told_as_such(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        await here.hear("有哪些模型", "m1")
        await here.quiet()
        here.paid.known = None
        await here.hear("有哪些模型", "m2")
        await here.quiet()
        assert "13" in here.said[0]
        assert "13" not in here.said[1]


async def test_the_panel_sees_the_decision_and_no_user_word_reaches_the_log(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        await here.hear("画一张猫", "m1")
        await here.quiet()
        [activity] = here.seen
        assert (activity.kind, activity.title, activity.fields["intent"]) == ("decision", "StartJob", "generate")


async def test_a_persons_messages_are_answered_in_order(tmp_path: Path) -> None:
    async with room(tmp_path) as here:
        await asyncio.gather(here.hear("你好", "m1"), here.hear("help", "m2"), here.hear("取消", "m3"))
        await here.quiet()
        assert [outgoing.address.message for outgoing in here.platform.sent] == ["m1", "m2", "m3"]
        assert here.said == [
            LOCALES.render(Chat(), "zh"),
            LOCALES.render(Help(), "en"),
            LOCALES.render(NothingToCancel(), "zh"),
        ]


def test_states_that_wait_take_no_place() -> None:
    """A late picture, or one that waits to be delivered, does not count against the limit."""
    assert State.LATE not in RUNNING
    assert State.DELIVERING not in RUNNING


async def test_stopping_ends_every_turn_of_a_person_not_only_the_last(tmp_path: Path) -> None:
    """What goes on after the stop would find the database closed."""
    async with room(tmp_path) as here:
        reached = asyncio.Event()

        async def for_ever(_: object) -> None:
            reached.set()
            await asyncio.Event().wait()

        here.platform.before = for_ever
        await here.hear("help", "m1")
        await here.hear("你好", "m2")
        await reached.wait()
        await here.inbox.stop()
        assert [task for task in asyncio.all_tasks() if task.get_name().startswith("inbox")] == []
