"""How events reach the bot in Feishu: what breaks off comes back, what is forged does nothing, and nobody waits."""

from __future__ import annotations

import asyncio
import io
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from pydantic import SecretStr

from adapters.feishu import adapter, connection, sdk, tokens, webhook
from adapters.feishu.presses import toast
from adapters.port import ConfigurationRefused, NotRecorded
from bot.doctor.feishu import FeishuCheck
from bot.settings.model import FeishuSettings
from bot.store import Store
from protocol.messages import Incoming
from tests.platforms.feishu.deliveries import Delivery
from tests.platforms.feishu_server import TOKEN, Forgery
from tests.scenarios.feishu_house import ENCRYPT_KEY, FeishuHouse, Transport, feishu_house, readiness, ready, service
from tests.scenarios.house import LOCALES

A_MINUTE = 3.0
"""Seconds that a minute has here, where the bounds on silence are a twentieth."""


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bounds on silence, a twentieth of what they are."""
    monkeypatch.setattr(sdk, "KEEPALIVE", sdk.KEEPALIVE / 20)
    monkeypatch.setattr(sdk, "KEEPALIVE_TIMEOUT", sdk.KEEPALIVE_TIMEOUT / 20)
    monkeypatch.setattr(sdk, "OPEN_TIMEOUT", sdk.OPEN_TIMEOUT / 20)
    monkeypatch.setattr(sdk, "DISCOVERY_TIMEOUT", tuple(each / 20 for each in sdk.DISCOVERY_TIMEOUT))
    monkeypatch.setattr(adapter, "FIRST_PAUSE", adapter.FIRST_PAUSE / 20)
    monkeypatch.setattr(adapter, "LONGEST_PAUSE", adapter.LONGEST_PAUSE / 20)


async def until_trouble(home: FeishuHouse) -> float:
    """Wait until readiness says that Feishu cannot be reached; gives the moment."""
    async with asyncio.timeout(20):
        while (await readiness(home.url))["feishu"] is None:  # noqa: ASYNC110 - it is asked over HTTP
            await asyncio.sleep(0.01)
    return time.monotonic()


# --- the long connection ---


@pytest.mark.parametrize("trouble", ["drop", "close", "black_hole"])
async def test_a_connection_that_ends_or_falls_silent_is_replaced_and_what_came_meanwhile_is_answered(
    tmp_path: Path, trouble: str
) -> None:
    async with feishu_house(tmp_path, forgive=("event_unanswered",)) as home:
        before, began = set(map(id, home.feishu.courier.live)), time.monotonic()
        getattr(home.feishu.trouble, trouble)()
        home.feishu.say(home.mei, home.group, "画一只狗")
        await home.until(lambda: set(map(id, home.feishu.courier.live)) - before)
        assert time.monotonic() - began < A_MINUTE
        await home.ended()
        await ready(home.url)
        assert home.steps().startswith("01")
        assert len(await home.tasks()) == 1


@pytest.mark.parametrize("trouble", ["refuse", "for hours", "everything", "frozen discovery", "too many", "swallowed"])
async def test_while_the_platform_is_away_readiness_says_so_and_afterwards_the_bot_is_back_within_a_minute(
    tmp_path: Path, trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if trouble == "for hours":
        # The pauses between attempts have become as long as they ever do.
        monkeypatch.setattr(adapter, "FIRST_PAUSE", adapter.LONGEST_PAUSE)
    async with feishu_house(tmp_path, forgive=("event_unanswered",)) as home:
        make = home.feishu.trouble
        match trouble:
            case "refuse":
                await make.refuse()
            case "everything" | "for hours":
                await make.refuse(rest=True)
            case "frozen discovery":
                make.freeze_discovery()
                make.drop()
            case "too many":
                make.too_many_connections(times=3)
                make.drop()
            case _:
                make.black_hole(new_ones=True)
        await until_trouble(home)
        await asyncio.sleep(0.5)
        returned = time.monotonic()
        make.calm()
        await make.accept()
        await ready(home.url)
        assert time.monotonic() - returned < A_MINUTE
        home.feishu.dm(home.tom, "draw a fox")
        await home.ended(home.feishu.direct(home.tom))


async def test_a_platform_that_is_away_at_the_start_is_tried_again(tmp_path: Path) -> None:
    async with feishu_house(tmp_path, running=False) as home:
        await home.feishu.trouble.refuse(rest=True)
        async with service(home.settings, home.clock) as url:
            home.url = url
            await until_trouble(home)
            await home.feishu.trouble.accept()
            returned = time.monotonic()
            await ready(url)
            assert time.monotonic() - returned < A_MINUTE


async def test_credentials_that_are_wrong_end_the_service_with_one_line(tmp_path: Path) -> None:
    async with feishu_house(tmp_path, running=False) as home:
        home.feishu.trouble.change_secret()
        with pytest.raises(ConfigurationRefused, match="App Secret"):
            async with service(home.settings, home.clock):
                await asyncio.sleep(20)


async def test_a_secret_that_is_reset_meanwhile_ends_nothing_and_readiness_and_one_line_say_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Other platforms go on; so does Feishu, once the console has the secret again."""
    async with feishu_house(tmp_path) as home:
        account = home.feishu.trouble._account
        secret = account.app_secret
        fetched = home.feishu.token_fetches
        home.feishu.trouble.change_secret()
        home.feishu.trouble.drop()
        await home.until(lambda: home.feishu.token_fetches >= fetched + 3)
        assert "App Secret" in str((await readiness(home.url))["feishu"])
        account.app_secret = secret
        returned = time.monotonic()
        await ready(home.url)
        assert time.monotonic() - returned < A_MINUTE
        home.feishu.dm(home.tom, "draw a fox")
        await home.ended(home.feishu.direct(home.tom))
    assert capsys.readouterr().out.count("no longer lets the bot in") == 1


async def test_a_connection_that_is_refused_for_another_reason_leaves_the_token_alone(tmp_path: Path) -> None:
    async with feishu_house(tmp_path) as home:
        fetched = home.feishu.token_fetches
        home.feishu.trouble.too_many_connections(times=3)
        home.feishu.trouble.drop()
        await until_trouble(home)
        await ready(home.url)
        home.feishu.dm(home.tom, "draw a fox")
        await home.ended(home.feishu.direct(home.tom))
        assert home.feishu.token_fetches == fetched


async def test_who_presses_while_the_doctor_looks_is_asked_to_press_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A press is delivered once, to any connection there is; a message is left for the running bot."""
    answered: list[object] = []

    class Look:
        """In place of the long connection: brings a press and a message before it stands."""

        def __init__(self, *, take: connection.Take, **_: object) -> None:
            self._take = take

        async def hold(self, connected: Callable[[], None]) -> None:
            answered.append(await self._take({"header": {"event_type": "card.action.trigger"}}))
            with pytest.raises(NotRecorded):
                await self._take({"header": {"event_type": "im.message.receive_v1"}})
            connected()
            await asyncio.Event().wait()

    monkeypatch.setattr(connection, "LongConnection", Look)
    settings = FeishuSettings("cli_a", SecretStr("s"), "http://127.0.0.1:1", "ws", None, None, cards=True)
    found = await FeishuCheck(settings)._long_connection()
    assert "stands" in found.what
    words = {language: LOCALES.words("feishu.", language) for language in LOCALES.languages}
    assert answered == [toast(words, "feishu.try_again", "error")]


async def test_an_event_that_cannot_be_recorded_comes_again_and_a_press_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.store import StoreError

    async with feishu_house(tmp_path, forgive=("event_failed", "event_unanswered")) as home:
        home.feishu.say(home.mei, home.group, "画一只狗")
        result = (await home.ended())[-1]
        record = Store.record
        failing = 2

        async def sometimes(store: Store, incoming: Incoming, at: float) -> bool:
            nonlocal failing
            failing -= 1
            if failing >= 0:
                raise StoreError("the disk is full")
            return await record(store, incoming, at)

        monkeypatch.setattr(Store, "record", sometimes)
        pressed = home.feishu.press(home.mei, result, 1)
        await home.feishu.settled(pressed)
        assert pressed.toast is not None
        assert pressed.toast["type"] == "error"
        assert pressed.toast["content"] == LOCALES.text("feishu.try_again", "zh")
        said = home.feishu.say(home.tom, home.group, "draw a fox")
        await home.ended(jobs=2)
        assert home.feishu.delivery(said).statuses == [500, 200]


@pytest.mark.parametrize("transport", ["ws", "webhook"])
async def test_a_press_that_takes_long_to_be_recorded_asks_nobody_to_press_again_and_is_worked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, transport: Transport
) -> None:
    """The recording goes on: whoever pressed again would pay twice."""
    monkeypatch.setattr(connection, "RECORD_SECONDS", 0.05)
    monkeypatch.setattr(webhook, "RECORD_SECONDS", 0.05)
    async with feishu_house(tmp_path, transport=transport, forgive=("event_failed", "event_unanswered")) as home:
        home.feishu.say(home.mei, home.group, "画一只狗")
        result = (await home.ended())[-1]
        record = Store.record
        answered = asyncio.Event()

        async def slowly(store: Store, incoming: Incoming, at: float) -> bool:
            await answered.wait()
            return await record(store, incoming, at)

        monkeypatch.setattr(Store, "record", slowly)
        pressed = home.feishu.press(home.mei, result, 1)
        await home.feishu.settled(pressed)
        answered.set()
        assert pressed.toast is not None
        assert pressed.toast["type"] == "info"
        assert pressed.toast["content"] == LOCALES.text("feishu.slow", "zh")
        await home.ended(jobs=2)
        assert len(await home.tasks()) == 2


async def test_kinds_that_do_not_concern_us_are_answered(tmp_path: Path) -> None:
    async with feishu_house(tmp_path) as home:
        sent = home.feishu.send_event("im.message.reaction.created_v1", {"message_id": "om_1"})
        await home.feishu.settled(sent)
        assert sent.statuses == [200]


async def test_the_log_tells_no_keys_of_the_connection(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever level it is set to."""
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    names = ("Lark", "feishu.wire", "websockets", "httpx", "httpcore", "urllib3")
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        if logger.name != "feishu.wire":
            logger.setLevel(logging.DEBUG)
    try:
        async with feishu_house(tmp_path) as home:
            home.feishu.trouble.drop()
            home.feishu.dm(home.tom, "draw a fox")
            await home.ended(home.feishu.direct(home.tom))
            secret = home.feishu.app_secret
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)
    written = told.getvalue() + "".join(capfd.readouterr())
    assert written
    for hidden in ("access_key", "ticket=", secret, "draw a fox"):
        assert hidden not in written


# --- the webhook ---


async def test_the_challenge_is_answered_within_a_second(tmp_path: Path) -> None:
    async with feishu_house(tmp_path, transport="webhook") as home:
        assert home.hook is not None
        began = time.monotonic()
        assert await home.hook.challenge()
        assert time.monotonic() - began < 1


async def test_what_is_forged_stale_or_replayed_does_nothing(tmp_path: Path) -> None:
    async with feishu_house(tmp_path, transport="webhook") as home:
        assert home.hook is not None
        home.feishu.say(home.mei, home.group, "画一只狗")
        await home.ended()
        for number in range(len(home.hook.posted)):
            reply = await home.hook.send(home.hook.posted[number])
            assert reply.status == 401
        for forgery in get_args(Forgery):
            reply = await home.feishu.forge(forgery, home.mei, home.group, "画一只狐狸")
            assert reply.status in (401, 403), forgery
        home.feishu.say(home.tom, home.group, "draw a fox")
        await home.ended(jobs=2)
        assert [task["prompt"] for task in await home.tasks()] == ["画一只狗", "draw a fox"]


async def test_presses_that_are_forged_stale_or_replayed_do_nothing_also_after_a_restart(tmp_path: Path) -> None:
    """A press that somebody has written down spends nothing when it is sent again, nor one that they made up."""
    async with feishu_house(tmp_path, transport="webhook", running=False) as home:
        async with service(home.settings, home.clock) as url:
            await ready(url)
            hook = home.feishu.post_to(f"{url}/feishu/webhook", encrypt_key=ENCRYPT_KEY)
            home.feishu.say(home.mei, home.group, "画一只狗")
            pressed = home.feishu.press(home.mei, (await home.ended())[-1], "4K 大图 · 13 积分")
            await home.ended(jobs=2)
            assert pressed.delivery is not None
            good, said = pressed.delivery.envelope, len(home.shown())
            known = list(hook.posted)
            for posted in known:
                assert (await hook.send(posted)).status == 401
            for number, forgery in enumerate(get_args(Forgery)):
                made_up = good | {"header": good["header"] | {"event_id": f"{number:032x}"}}
                reply = await hook.forge(made_up, forgery)
                assert reply.status in (401, 403), forgery
                assert b"toast" not in reply.body
        async with service(home.settings, home.clock) as url:
            await ready(url)
            hook.url = f"{url}/feishu/webhook"
            for posted in known:
                await hook.send(posted)
            # Whatever the last ones did would be seen before this.
            home.feishu.dm(home.tom, "hello")
            await home.ended(home.feishu.direct(home.tom))
            assert len(home.shown()) == said
        assert [task["size"] for task in await home.tasks()] == ["1K", "4K"]


async def test_what_is_of_another_app_does_nothing_on_the_long_connection_either(tmp_path: Path) -> None:
    async with feishu_house(tmp_path) as home:
        home.feishu.say(home.mei, home.group, "画一只狗")
        result = (await home.ended())[-1]
        await home.at_rest()
        genuine = home.feishu.press(home.mei, result, "再来一张 · 6 积分")
        await home.ended(jobs=2)
        assert genuine.delivery is not None
        message = home.feishu.forged_envelope(home.mei, home.group, "@imabot 画一只狐狸")
        for number, envelope in enumerate((message, genuine.delivery.envelope)):
            header = envelope["header"] | {"app_id": "cli_somebody_else", "event_id": f"{number:032x}"}
            foreign = Delivery(header["event_id"], header["event_type"], envelope | {"header": header})
            home.feishu.courier.send(foreign)
            await home.feishu.settled(foreign)
            assert b"toast" not in foreign.attempts[-1].body
        home.feishu.dm(home.tom, "hello")
        await home.ended(home.feishu.direct(home.tom))
        assert len(await home.tasks()) == 2


async def test_with_a_token_alone_the_webhook_believes_nobody_without_it(tmp_path: Path) -> None:
    async with feishu_house(tmp_path, transport="webhook", FEISHU_ENCRYPT_KEY="") as home:
        home.hook = home.feishu.post_to(f"{home.url}/feishu/webhook", encrypt_key=None)
        assert await home.hook.challenge()
        reply = await home.feishu.forge("wrong_token", home.mei, home.group, "画一只狐狸")
        assert reply.status == 401
        home.feishu.dm(home.tom, "draw a fox")
        await home.ended(home.feishu.direct(home.tom))
        assert len(await home.tasks()) == 1


async def test_an_event_that_comes_both_ways_is_answered_once(tmp_path: Path) -> None:
    """Where somebody changes from one to the other, both may bring it."""
    async with feishu_house(tmp_path, running=False) as home:
        async with service(home.settings, home.clock) as url:
            await ready(url)
            said = home.feishu.say(home.mei, home.group, "画一只狗")
            await home.ended()
        assert home.settings.feishu is not None
        feishu = replace(
            home.settings.feishu,
            transport="webhook",
            encrypt_key=SecretStr(ENCRYPT_KEY),
            verification_token=SecretStr(home.feishu.verification_token),
        )
        async with service(replace(home.settings, feishu=feishu), home.clock) as url:
            await ready(url)
            hook = home.feishu.post_to(f"{url}/feishu/webhook", encrypt_key=ENCRYPT_KEY)
            reply = await hook.send(hook.pack(home.feishu.delivery(said).envelope))
            assert reply.status == 200
            home.feishu.dm(home.tom, "draw a fox")
            await home.ended(home.feishu.direct(home.tom))
        assert len(await home.tasks()) == 2


# --- many at once ---


async def test_thirty_people_at_once_do_not_wait_for_the_token_nor_for_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The token is renewed early, by one: while its place does not answer at all, everybody is served."""
    monkeypatch.setattr(tokens, "EARLY", 1e9)
    monkeypatch.setattr(tokens, "SHARE", 0.9999)
    async with feishu_house(tmp_path, speed=4, forgive=("event_unanswered",)) as home:
        people = [home.feishu.person(f"p{number}") for number in range(30)]
        chats = [home.feishu.direct(person) for person in people]
        fetched = home.feishu.token_fetches
        await asyncio.sleep(0.8)
        home.feishu.trouble.fail_next(TOKEN, "never", times=1)
        lags: list[float] = []

        async def watch() -> None:
            while True:
                began = time.perf_counter()
                await asyncio.sleep(0.01)
                lags.append(time.perf_counter() - began - 0.01)

        watching = asyncio.create_task(watch())
        for person in people:
            home.feishu.dm(person, "画一只狗")
        await home.until(lambda: all(home.steps(chat).startswith("0") for chat in chats))
        watching.cancel()
        assert home.feishu.token_fetches == fetched
        home.feishu.trouble.calm()
        # A disk that stands still for seconds is the one thing that an event may be asked for again for.
        assert {each.statuses[-1] for each in home.feishu.deliveries} == {200}
        assert home.feishu.connections <= 25
        assert sorted(lags)[len(lags) * 95 // 100] < 0.25
