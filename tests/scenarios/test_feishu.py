"""Whole conversations in Feishu: the real SDK against a strict local Feishu, with the strict stand-in for IMA."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Literal

import pytest

from tests.platforms.feishu.troubles import Outcome
from tests.platforms.feishu_server import SCOPES
from tests.scenarios.feishu_house import (
    FeishuHouse,
    Transport,
    code,
    feishu_house,
    named,
    pinged,
    quick,
    ready,
    service,
    words,
)
from tests.scenarios.house import LOCALES
from tests.scenarios.test_pictures import opened, png

BOTH = pytest.mark.parametrize("transport", ["ws", "webhook"])


async def draw(home: FeishuHouse, text: str) -> str:
    """Ask in the group and wait for the picture; gives the asker's message."""
    asked = home.feishu.say(home.mei, home.group, text).id
    await home.ended(since=asked)
    assert re.fullmatch("012*3", home.steps(since=asked)), [words(each) for each in home.shown(since=asked)]
    return asked


@BOTH
async def test_a_mention_in_chinese_takes_the_six_steps(tmp_path: Path, transport: Transport) -> None:
    async with feishu_house(tmp_path, transport=transport) as home:
        asked = home.feishu.say(home.mei, home.group, "画一张猫")
        shown = await home.ended()
        assert re.fullmatch("012+3", home.steps())
        assert [each.replied_to for each in shown] == [asked.id, *[None] * (len(shown) - 1)]
        assert "🐱" in words(shown[0])
        assert "6 pts" in words(shown[1])
        assert [pinged(each) for each in shown] == [*[[]] * (len(shown) - 1), [home.mei.open_id]]
        assert [named(each) for each in shown] == [[], *[[home.mei.open_id]] * (len(shown) - 2), []]
        result = shown[-1]
        assert result.kind == "interactive"
        assert opened(result.pictures[0]).size == (1024, 1024)
        assert [each.label for each in result.buttons] == [
            "再来一张 · 6 积分",
            "4K 大图 · 13 积分",
            "换 Nano Banana Pro · 10 积分",
            "修改这张 · 6 积分",
        ]
        assert [task["prompt"] for task in await home.tasks()] == ["画一张猫"]


async def test_a_private_message_in_english_takes_the_six_steps_and_pings_nobody(tmp_path: Path) -> None:
    async with feishu_house(tmp_path) as home:
        home.feishu.dm(home.tom, "draw a cat wearing sunglasses, 16:9")
        direct = home.feishu.direct(home.tom)
        shown = await home.ended(direct)
        assert re.fullmatch("012+3", home.steps(direct))
        assert words(shown[1]).startswith("🎨 Starting your picture…")
        assert not any(each.mentions for each in shown)


@pytest.mark.parametrize("place", ["group", "private"])
async def test_without_cards_the_picture_comes_with_its_words(tmp_path: Path, place: str) -> None:
    async with feishu_house(tmp_path, FEISHU_CARDS="off") as home:
        chat = home.group if place == "group" else home.feishu.direct(home.mei)
        asked = home.feishu.say(home.mei, chat, "画一张猫")
        shown = await home.ended(chat)
        assert re.fullmatch("012+3", home.steps(chat))
        assert {each.kind for each in shown} == {"text", "post"}
        assert len(shown[-1].pictures) == 1
        assert "original" not in words(shown[-1])
        assert "🔗" in words(shown[-1])
        if place == "group":
            # A text that pings nobody says whom it is for by what it replies to.
            assert {each.replied_to for each in shown[:-1]} == {asked.id}
            assert [pinged(each) for each in shown] == [*[[]] * (len(shown) - 1), [home.mei.open_id]]


async def test_progress_can_be_one_card_that_changes(tmp_path: Path) -> None:
    async with feishu_house(tmp_path, PROGRESS_STYLE="edit") as home:
        home.feishu.say(home.mei, home.group, "用 Nano Banana Pro 画一座山")
        shown = await home.ended()
        assert home.steps() == "0123"
        assert shown[2].updates >= 1
        assert named(shown[2]) == [home.mei.open_id]


async def test_a_picture_takes_few_calls_over_few_connections(tmp_path: Path) -> None:
    """A reply, the start, the progress, the upload, the card; no names, no probes."""
    async with feishu_house(tmp_path) as home:
        before = len(home.feishu.requests)
        home.feishu.say(home.mei, home.group, "画一张猫")
        shown = await home.ended()
        made = [each.route for each in home.feishu.requests[before:]]
        pushes = ["POST /im/v1/messages"] * (len(shown) - 2)
        assert made == [
            "POST /im/v1/messages/{message_id}/reply",
            *pushes,
            "POST /im/v1/images",
            "POST /im/v1/messages",
        ]
        assert [each.route for each in home.feishu.requests[:before]] == [
            "POST /auth/v3/tenant_access_token/internal",
            "GET /bot/v3/info",
            "POST /callback/ws/endpoint",
        ]
        assert home.feishu.connections <= 3
        assert not [name for name in sys.modules if name.startswith("lark_oapi.api.")]


# --- ways to ask ---


async def test_a_post_with_words_and_pictures_is_an_edit_of_all_of_them(tmp_path: Path) -> None:
    async with feishu_house(tmp_path) as home:
        pictures = [png("#102030"), png("#f0e0d0")]
        home.feishu.post(home.mei, home.group, [["把这两张图合成一张"], list(pictures)])
        await home.ended()
        task = (await home.tasks())[0]
        assert len(task["input_images"]) == 2
        assert task["prompt"] == "把这两张图合成一张"


async def test_a_picture_alone_and_then_words_about_it(tmp_path: Path) -> None:
    async with feishu_house(tmp_path) as home:
        direct = home.feishu.direct(home.tom)
        home.feishu.send_picture(home.tom, direct, png("#102030"))
        await home.ended(direct)
        home.feishu.dm(home.tom, "turn it into an oil painting")
        await home.until(lambda: "3" in home.steps(direct))
        assert (await home.tasks())[0]["category"] == "image_to_image"


@pytest.mark.parametrize("kind", ["image", "post"])
async def test_a_quoted_picture_of_somebody_else_is_the_one_that_is_meant(tmp_path: Path, kind: str) -> None:
    async with feishu_house(tmp_path) as home:
        if kind == "image":
            quoted = home.feishu.send_picture(home.tom, home.group, png("#102030"))
        else:
            quoted = home.feishu.post(home.tom, home.group, [["my holiday"], [png("#102030")]], mention_bot=False)
        home.feishu.say(home.mei, home.group, "把这张图变成水彩", reply_to=quoted)
        await home.ended()
        tasks = await home.tasks()
        assert [task["category"] for task in tasks] == ["image_to_image"]
        assert tasks[0]["prompt"] == "把这张图变成水彩"


async def test_a_quote_of_the_bots_own_picture_edits_that_one_and_asks_the_platform_nothing(tmp_path: Path) -> None:
    async with feishu_house(tmp_path) as home:
        await draw(home, "画一只狗")
        await draw(home, "画一座山")
        first = next(each for each in home.shown() if code(each) == "3")
        link = re.search(r"https?://\S+", words(first))
        asked = home.feishu.say(home.tom, home.group, "变成水彩", reply_to=first)
        await home.ended(since=asked.id)
        tasks = await home.tasks()
        assert link is not None
        assert tasks[2]["input_images"] == [link[0]]
        assert home.feishu.calls("GET /im/v1/messages/{message_id}") == 0


async def test_a_quoted_message_that_cannot_be_seen_is_not_guessed(tmp_path: Path) -> None:
    async with feishu_house(tmp_path) as home:
        await draw(home, "画一只狗")
        photo = home.feishu.send_picture(home.tom, home.group, png())
        home.feishu.trouble.refuse_next("GET /im/v1/messages/*", 230110, "The message was deleted")
        asked = home.feishu.say(home.mei, home.group, "把这张图变成水彩", reply_to=photo)
        await home.ended(since=asked.id)
        assert [words(each) for each in home.shown(since=asked.id)] == [LOCALES.text("need_image.gone", "zh")]
        assert len(await home.tasks()) == 1


async def test_in_a_topic_everything_stays_there_and_its_picture_is_meant_only_where_words_ask_for_it(
    tmp_path: Path,
) -> None:
    async with feishu_house(tmp_path) as home:
        photo = home.feishu.send_picture(home.tom, home.group, png("#102030"))
        asked = home.feishu.say(home.mei, home.group, "画一只猫", reply_to=photo, in_thread=True)
        shown = await home.ended()
        assert re.fullmatch("012*3", home.steps())
        assert asked.thread is not None
        assert {each.thread for each in shown} == {asked.thread}
        home.feishu.say(home.mei, home.group, "把这张图变成水彩", reply_to=asked)
        await home.ended(jobs=2)
        assert [task["category"] for task in await home.tasks()] == ["text_to_image", "image_to_image"]
        assert {each.thread for each in home.shown()} == {asked.thread}


async def test_who_does_not_speak_to_the_bot_is_not_heard(tmp_path: Path) -> None:
    options = quick(scopes=SCOPES | {"im:message.group_msg"})
    async with feishu_house(tmp_path, options=options) as home:
        for text in ("@所有人 画一张猫", "@tom 画一张猫", "画一张猫"):
            said = home.feishu.say(home.mei, home.group, text, mention_bot=False)
            await home.feishu.settled(said)
        await home.feishu.settled(home.feishu.send_other(home.mei, home.feishu.direct(home.mei), "sticker", {}))
        asked = home.feishu.say(home.mei, home.group, "@tom 和 @所有人 看，画一张猫")
        await home.ended()
        assert {each.replied_to for each in home.shown()} == {asked.id, None}
        assert "@" not in (await home.tasks())[0]["prompt"]
        assert [each for each in home.shown() if pinged(each)] == home.shown()[-1:]


async def test_words_break_no_message_and_ping_nobody(tmp_path: Path) -> None:
    evil = '画 <at user_id="all"></at> **猫** [点我](https://evil.example) <at id=all></at> `'
    async with feishu_house(tmp_path) as home:
        home.feishu.dm(home.mei, evil)
        direct = home.feishu.direct(home.mei)
        shown = await home.ended(direct)
        assert home.steps(direct).endswith("3")
        assert not any(each.mentions for each in shown)
        assert shown[-1].card is not None


# --- buttons ---


@BOTH
async def test_the_buttons_under_a_picture_answer_at_once_and_work_after(tmp_path: Path, transport: Transport) -> None:
    async with feishu_house(tmp_path, transport=transport) as home:
        await draw(home, "画一只鹤")
        result = home.shown()[-1]
        larger = home.feishu.press(home.mei, result, "4K 大图 · 13 积分")
        await home.feishu.settled(larger)
        assert larger.answered_in is not None
        assert larger.answered_in < 3
        assert larger.toast == {
            "type": "success",
            "content": "收到，马上来 ✨",
            "i18n": {"zh_cn": "收到，马上来 ✨", "en_us": "Got it, on my way ✨"},
        }
        await home.ended(jobs=2)
        assert [task["size"] for task in await home.tasks()] == ["1K", "4K"]
        first = home.shown(since=result.id)[0]
        assert first.replied_to == result.id


@pytest.mark.parametrize("way", ["in the card", "after a question"])
async def test_an_edit_is_of_the_picture_that_was_pressed_wherever_its_words_are_written(
    tmp_path: Path, way: str
) -> None:
    async with feishu_house(tmp_path) as home:
        await draw(home, "画一只鹤")
        await draw(home, "画一座山")
        first = next(each for each in home.shown() if code(each) == "3")
        link = re.search(r"https?://\S+", words(first))
        last = home.shown()[-1]
        if way == "in the card":
            home.feishu.press(home.mei, first, "修改这张 · 6 积分", form={"words": "变成水彩"})
        else:
            await home.feishu.settled(home.feishu.press(home.mei, first, "修改这张 · 6 积分", form={"words": ""}))
            await home.ended(since=last.id)
            home.feishu.say(home.mei, home.group, "变成水彩")
        await home.until(lambda: home.steps(since=last.id).endswith("3"))
        task = (await home.tasks())[2]
        assert link is not None
        assert (task["prompt"], task["input_images"]) == ("变成水彩", [link[0]])


async def test_only_the_asker_may_press_what_costs(tmp_path: Path) -> None:
    async with feishu_house(tmp_path) as home:
        await draw(home, "画一只鹤")
        result = home.shown()[-1]
        await home.feishu.settled(home.feishu.press(home.tom, result, "再来一张 · 6 积分"))
        await home.feishu.settled(home.feishu.press(home.tom, result, "修改这张 · 6 积分", form={"words": "变成水彩"}))
        shown = await home.ended(since=result.id, jobs=2)
        assert [words(each) for each in shown] == [LOCALES.text("not_yours", "zh")] * 2
        assert len(await home.tasks()) == 1


@BOTH
async def test_an_offer_is_taken_by_its_asker_once_and_by_nobody_else(tmp_path: Path, transport: Transport) -> None:
    async with feishu_house(tmp_path, transport=transport) as home:
        await home.provoke("status_failed", times=1)
        home.feishu.say(home.mei, home.group, "画一只狗")
        failure = (await home.ended())[-1]
        assert code(failure) == "4"
        assert pinged(failure) == [home.mei.open_id]
        assert [each.label for each in failure.buttons] == [
            "Nano Banana Pro · 1K · 10 积分",
            "Nano Banana2 · 512px · 4 积分",
        ]
        await home.feishu.settled(home.feishu.press(home.tom, failure, 1))
        await home.ended(since=failure.id)
        for _ in range(2):
            await home.feishu.settled(home.feishu.press(home.mei, failure, 2))
        await home.until(lambda: "3" in home.steps(since=failure.id))
        await home.until(lambda: home.steps(since=failure.id).count("r") == 2)
        assert sorted(task["size"] for task in await home.tasks()) == ["1K", "512px"]


async def test_a_press_of_something_that_is_not_ours_does_nothing(tmp_path: Path) -> None:
    async with feishu_house(tmp_path, forgive=("callback_failed",)) as home:
        await draw(home, "画一只鹤")
        result = home.shown()[-1]
        for value in ({"press": "again:unknown:6"}, {"other": 1}, {"press": "nonsense"}):
            await home.feishu.settled(home.feishu.press_raw(home.mei, result, value))
        await home.until(lambda: home.steps(since=result.id) == "rr")
        assert len(await home.tasks()) == 1


# --- troubles ---


@pytest.mark.parametrize(
    ("outcome", "when"),
    [(502, "before"), ("reset", "before"), ("reset", "after"), ("broken_json", "after"), (429, "before")],
)
async def test_a_send_that_fails_is_repeated_and_never_seen_twice(
    tmp_path: Path, outcome: Outcome, when: Literal["before", "after"]
) -> None:
    async with feishu_house(tmp_path) as home:
        seconds = 1.0 if outcome == 429 else 0.0
        home.feishu.trouble.fail_next("POST /im/v1/messages*", outcome, when, seconds=seconds)
        home.feishu.trouble.fail_next("POST /im/v1/messages", outcome, when, seconds=seconds)
        home.feishu.trouble.fail_next("POST /im/v1/images", outcome, when, seconds=seconds)
        home.feishu.say(home.mei, home.group, "画一只狗")
        await home.ended()
        assert re.fullmatch("012*3", home.steps())
        assert len(await home.tasks()) == 1


@pytest.mark.parametrize("refusal", [230020, 99991400])
async def test_a_rate_that_is_used_up_is_waited_out(tmp_path: Path, refusal: int) -> None:
    async with feishu_house(tmp_path) as home:
        home.feishu.trouble.refuse_next("POST /im/v1/messages*", refusal)
        home.feishu.trouble.refuse_next("POST /im/v1/messages", refusal)
        home.feishu.say(home.mei, home.group, "画一只狗")
        await home.ended()
        assert re.fullmatch("012*3", home.steps())


async def test_a_token_that_is_taken_back_is_fetched_once_more_by_one(tmp_path: Path) -> None:
    async with feishu_house(tmp_path) as home:
        home.feishu.say(home.mei, home.group, "画一只狗")
        await home.until(lambda: "1" in home.steps())
        fetched = home.feishu.token_fetches
        home.feishu.trouble.revoke_tokens()
        home.feishu.say(home.tom, home.group, "draw a fox")
        await home.ended(jobs=2)
        assert home.feishu.token_fetches == fetched + 1


async def test_events_that_come_twice_are_answered_once_also_after_a_restart(tmp_path: Path) -> None:
    async with feishu_house(tmp_path, running=False) as home:
        async with service(home.settings, home.clock) as url:
            await ready(url)
            home.feishu.trouble.lose_answers(1)
            asked = home.feishu.say(home.mei, home.group, "画一只狗")
            await home.ended()
            await home.feishu.settled(asked)
            home.feishu.trouble.repeat(home.feishu.delivery(asked))
            pressed = home.feishu.press(home.mei, home.shown()[-1], "再来一张 · 6 积分")
            await home.ended(jobs=2)
        async with service(home.settings, home.clock) as url:
            await ready(url)
            home.feishu.trouble.repeat(home.feishu.delivery(asked))
            assert pressed.delivery is not None
            home.feishu.trouble.repeat(pressed.delivery)
            home.feishu.say(home.tom, home.group, "draw a fox")
            await home.ended(jobs=3)
        assert len(await home.tasks()) == 3


async def test_buttons_work_after_a_restart_and_a_job_goes_on_over_it(tmp_path: Path) -> None:
    async with feishu_house(tmp_path, running=False) as home:
        async with service(home.settings, home.clock) as url:
            await ready(url)
            await draw(home, "画一只鹤")
            result = home.shown()[-1]
            home.feishu.say(home.mei, home.group, "画一座山")
            await home.until(lambda: "2" in home.steps(since=result.id))
        async with service(home.settings, home.clock) as url:
            await ready(url)
            await home.ended(jobs=2)
            await home.feishu.settled(home.feishu.press(home.mei, result, "再来一张 · 6 积分"))
            await home.ended(jobs=3)
        assert re.fullmatch("(012*3){3}", home.steps())
        assert len(await home.tasks()) == 3


@pytest.mark.parametrize(("trouble", "why"), [("remove_bot", "not in this chat"), ("mute", "let the bot speak there")])
async def test_where_the_bot_may_not_write_nothing_is_spent_and_the_log_says_why(
    tmp_path: Path, trouble: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async with feishu_house(tmp_path) as home:
        home.feishu.trouble.slow_next("POST /im/v1/messages/*/reply", 0.2)
        home.feishu.say(home.mei, home.group, "画一只狗")
        getattr(home.feishu.trouble, trouble)(home.group)
        await home.until(lambda: home.feishu.calls("POST /im/v1/messages/{message_id}/reply") >= 1)
        home.feishu.dm(home.tom, "draw a fox")
        await home.ended(home.feishu.direct(home.tom))
        assert home.shown() == []
        assert len(await home.tasks()) == 1
        assert home.feishu.calls("POST /im/v1/messages/{message_id}/reply") <= 2
    assert why in capsys.readouterr().out


async def test_a_group_that_is_lost_while_drawing_brings_the_picture_in_private(tmp_path: Path) -> None:
    async with feishu_house(tmp_path) as home:
        home.feishu.say(home.mei, home.group, "画一只狗")
        await home.until(lambda: "1" in home.steps())
        home.feishu.trouble.remove_bot(home.group)
        direct = home.feishu.direct(home.mei)
        shown = await home.ended(direct)
        assert home.steps(direct) == "3"
        assert len(shown[0].pictures) == 1
        assert not shown[0].mentions


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_request_that_is_recalled_costs_nothing_before_its_first_answer_and_stops_nothing_after(
    tmp_path: Path, moment: str
) -> None:
    async with feishu_house(tmp_path) as home:
        if moment == "before":
            home.feishu.trouble.slow_next("POST /im/v1/messages/*/reply", 0.3)
        asked = home.feishu.say(home.mei, home.group, "画一只狗")
        if moment == "before":
            home.feishu.trouble.recall(asked)
            home.feishu.say(home.tom, home.group, "draw a fox")
        else:
            await home.until(lambda: "1" in home.steps())
            home.feishu.trouble.recall(asked)
        await home.ended()
        assert [task["prompt"] for task in await home.tasks()] == ["draw a fox" if moment == "before" else "画一只狗"]


async def test_a_request_that_is_recalled_does_not_take_its_job_out_of_the_topic(tmp_path: Path) -> None:
    async with feishu_house(tmp_path) as home:
        photo = home.feishu.send_picture(home.tom, home.group, png("#102030"))
        asked = home.feishu.say(home.mei, home.group, "画一只猫", reply_to=photo, in_thread=True)
        await home.until(lambda: "1" in home.steps())
        home.feishu.trouble.recall(asked)
        shown = await home.ended()
        assert re.fullmatch("012*3", home.steps())
        assert {each.thread for each in shown} == {asked.thread}


async def test_a_scope_that_is_missing_is_named_in_the_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = quick(scopes=SCOPES - {"im:resource"})
    async with feishu_house(tmp_path, options=options, forgive=("scope_missing",)) as home:
        home.feishu.dm(home.mei, "画一只狗")
        await home.until(lambda: home.feishu.calls("POST /im/v1/images"))
        await home.until(lambda: "1" in home.steps(home.feishu.direct(home.mei)))
    assert "im:resource" in capsys.readouterr().out
