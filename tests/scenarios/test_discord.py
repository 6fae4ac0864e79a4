"""Whole conversations in Discord: the real SDK against a strict local Discord, with the strict stand-in for IMA."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Literal

import pytest

from adapters.port import ConfigurationRefused
from bot.store import Store
from protocol.messages import Incoming
from tests.platforms.discord.views import show
from tests.platforms.discord_server import DiscordOptions, Interaction, Shown, Upload
from tests.scenarios.discord_house import PATIENCE, DiscordHouse, code, discord_house, readiness, service, words
from tests.scenarios.house import LOCALES
from tests.scenarios.test_pictures import opened, png

GALLERY, TEXT = 12, 10
LOADING = 1 << 7


async def draw(home: DiscordHouse, text: str) -> int:
    """Ask in the channel and wait for the picture; gives the asker's message."""
    asked = home.discord.say(home.mei, home.channel, text).id
    await home.ended(since=asked)
    assert re.fullmatch("012*3", home.steps(since=asked)), [words(each) for each in home.shown(since=asked)]
    return asked


async def test_a_mention_in_chinese_takes_the_six_steps(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        with home.brush.held():
            asked = home.discord.say(home.mei, home.channel, "画一张猫")
            await home.until(lambda: "2" in home.steps())
        shown = await home.ended()
        assert re.fullmatch("012+3", home.steps())
        assert [each.replied_to for each in shown] == [asked.id, *[None] * (len(shown) - 1)]
        assert "🐱" in words(shown[0])
        assert "6 pts" in words(shown[1])
        assert [sorted(each.pings) for each in shown] == [*[[]] * (len(shown) - 1), [home.mei.id]]
        assert all(words(each).startswith(f"<@{home.mei.id}>") for each in shown[1:])
        result = shown[-1]
        assert [each["type"] for each in result.components][:2] == [GALLERY, TEXT]
        assert opened(result.attachments[0].data).size == (1024, 1024)
        assert "猫" in (result.attachments[0].alt or "")
        assert not result.unfurls
        assert home.discord.typing(home.channel) > 0
        assert [task["prompt"] for task in await home.tasks()] == ["画一张猫"]


async def test_a_direct_message_in_english_takes_the_six_steps_and_pings_nobody(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        direct = home.discord.direct(home.tom)
        with home.brush.held():
            home.discord.dm(home.tom, "draw a cat wearing sunglasses, 16:9")
            await home.until(lambda: "2" in home.steps(direct))
        shown = await home.ended(direct)
        assert re.fullmatch("012+3", home.steps(direct))
        assert words(shown[1]).startswith("🎨 Starting your picture…")
        assert not any("<@" in words(each) for each in shown)
        assert not any(each.pings for each in shown)


async def test_a_command_is_answered_as_a_response_and_the_rest_is_pushed(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        asked = home.discord.slash(
            home.mei, home.channel, "draw", {"prompt": "雪山日出", "model": "gemini-3-pro-image", "size": "2K"}
        )
        shown = await home.ended()
        assert re.fullmatch("012*3", home.steps())
        assert asked.original is not None
        assert shown[0].id == asked.original.id
        assert "Nano Banana Pro" in words(shown[1])
        task = (await home.tasks())[0]
        assert (task["prompt"], task["size"]) == ("雪山日出", "2K")


async def test_a_photo_attached_is_edited(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        home.discord.say(home.tom, home.channel, "turn this photo into an oil painting", [png("#102030")])
        shown = await home.ended()
        assert (await home.tasks())[0]["category"] == "image_to_image"
        assert opened(shown[-1].attachments[0].data).convert("RGB").getpixel((9, 9)) != (0x10, 0x20, 0x30)


async def test_the_buttons_under_a_picture_draw_again_larger_with_the_other_model_or_open_a_form(
    tmp_path: Path,
) -> None:
    async with discord_house(tmp_path) as home:
        await draw(home, "画一只鹤")
        result = home.shown()[-1]
        assert [each.label for each in result.buttons] == [
            "再来一张 · 6 积分",
            "修改这张 · 6 积分",
            "4K 大图 · 13 积分",
            "换 Nano Banana Pro · 10 积分",
        ]
        larger = home.discord.press(home.mei, result, "4K 大图 · 13 积分")
        await home.ended(since=larger.id)
        assert larger.answered_after is not None
        others = home.discord.press(home.tom, result, "修改这张 · 6 积分")
        assert words(await told(home, others)) == LOCALES.text("not_yours", "zh")
        assert others.modal is None
        edit = home.discord.press(home.mei, result, "修改这张 · 6 积分")
        await home.until(lambda: edit.modal)
        sent = home.discord.submit_modal(edit, {"words": "turn it into an oil painting"})
        await home.ended(since=sent.id)
        assert [(task["size"], task["category"]) for task in await home.tasks()] == [
            ("1K", "text_to_image"),
            ("4K", "text_to_image"),
            ("1K", "image_to_image"),
        ]


async def told(home: DiscordHouse, asked: Interaction) -> Shown:
    """What an interaction was answered, at once or after a deferral."""

    def answer() -> Shown | None:
        seen = [asked.original] if asked.original is not asked.source else []
        found = [show(each) for each in (*seen, *asked.followups) if each is not None]
        return next((each for each in found if not each.loading), None)

    await home.until(answer)
    found = answer()
    assert found is not None
    return found


async def test_only_the_asker_may_press_what_costs(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        await draw(home, "画一只鹤")
        pressed = home.discord.press(home.tom, home.shown()[-1], "再来一张 · 6 积分")
        answer = await told(home, pressed)
        assert answer.only_for == home.tom.id
        assert words(answer) == LOCALES.text("not_yours", "zh")
        assert len(await home.tasks()) == 1


# --- ways to ask ---


async def test_a_reply_to_the_bots_picture_edits_it(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        await draw(home, "画一只狗")
        await draw(home, "画一座山")
        first = next(each for each in home.shown() if code(each) == "3")
        asked = home.discord.say(home.mei, home.channel, "变成水彩", reply_to=first, mention_bot=False)
        await home.ended(since=asked.id)
        tasks = await home.tasks()
        assert tasks[2]["category"] == "image_to_image"
        assert (await home.state())["counts"]["upload_put"] == 1


async def test_a_picture_that_discord_hides_is_not_guessed_and_the_menu_is_named(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        await draw(home, "画一只狗")
        photo = home.discord.say(home.tom, home.channel, "my holiday", [png()], mention_bot=False)
        asked = home.discord.say(home.mei, home.channel, "把这张图变成水彩", reply_to=photo)
        await home.ended(since=asked.id)
        assert "修改图片" in words(home.shown()[-1])
        menu = home.discord.context_menu(home.mei, photo, "Edit picture")
        await home.until(lambda: menu.modal)
        assert menu.modal is not None
        assert menu.modal["title"] == "修改这张图"
        sent = home.discord.submit_modal(menu, {"words": "变成水彩"})
        await home.ended(since=sent.id)
        assert [task["category"] for task in await home.tasks()] == ["text_to_image", "image_to_image"]


async def test_several_pictures_are_all_taken(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        home.discord.say(home.mei, home.channel, "把这两张图合成一张", [png("#102030"), png("#f0e0d0")])
        await home.ended()
        assert len((await home.tasks())[0]["input_images"]) == 2


async def test_a_command_takes_pictures_too(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        home.discord.slash(
            home.tom, home.channel, "draw", {"prompt": "as an oil painting", "picture": Upload("a.png", png())}
        )
        await home.ended()
        assert (await home.tasks())[0]["category"] == "image_to_image"


async def test_a_picture_behind_a_public_link_is_passed_on(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        await draw(home, "画一只狗")
        link = re.search(r"https?://\S+", words(home.shown()[-1]))
        assert link is not None
        asked = home.discord.say(home.mei, home.channel, f"把这张图变成水彩 {link[0]}")
        await home.ended(since=asked.id)
        assert (await home.tasks())[1]["input_images"] == [link[0]]


async def test_in_a_thread_everything_stays_in_the_thread(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        thread = home.discord.places.thread(home.channel, "cats", home.mei)
        home.discord.say(home.mei, thread, "画一只猫")
        await home.ended(thread)
        assert re.fullmatch("012*3", home.steps(thread))
        assert home.shown() == []


async def test_who_does_not_speak_to_the_bot_is_not_heard(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        home.discord.say(home.mei, home.channel, "画一只猫", mention_bot=False)
        asked = home.discord.say(home.tom, home.channel, "hello")
        await home.ended()
        assert home.steps() == "r"
        assert home.shown()[0].replied_to == asked.id


async def test_where_it_listens_a_plain_request_is_enough_and_chatter_is_left_alone(tmp_path: Path) -> None:
    options = DiscordOptions(
        enabled_intents=frozenset({"message_content"}), needed_intents=frozenset({"message_content"})
    )
    async with discord_house(tmp_path, options=options, listening=True) as home:
        other = home.discord.places.channel(home.guild, "elsewhere")
        home.discord.say(home.mei, other, "画一只猫", mention_bot=False)
        home.discord.say(home.mei, home.channel, "今天天气真好", mention_bot=False)
        home.discord.say(home.mei, home.channel, "画一只狗", mention_bot=False)
        await home.ended()
        assert re.fullmatch("012*3", home.steps())
        assert home.shown(other) == []
        assert [task["prompt"] for task in await home.tasks()] == ["画一只狗"]


async def test_the_commands_are_known_in_both_languages_and_told_only_when_they_change(tmp_path: Path) -> None:
    async with discord_house(tmp_path, running=False) as home:
        for _ in range(2):
            async with service(home.settings, home.clock):
                await home.discord.connected()
                await home.discord.wait_for(
                    lambda: any(seen.path.endswith("/commands") for seen in home.discord.requests)
                )
                await home.discord.wait_for(lambda: home.discord.commands.written)
        assert home.discord.commands.written == 1
        draw_command = home.discord.commands.find("draw")
        assert draw_command["name_localizations"] == {"zh-CN": "画图", "zh-TW": "画图"}
        assert {each["name"] for each in home.discord.commands.all()} == {
            *("draw", "models", "preference", "usage", "help", "Edit picture"),
        }


async def test_what_can_be_chosen_names_its_points_as_they_are_now(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        typed = home.discord.type_option(home.mei, home.channel, "draw", "model", "")
        await home.until(lambda: typed.choices)
        assert typed.choices == [
            {"name": "Nano Banana2 · 4–13 积分", "value": "gemini-3.1-flash-image"},
            {"name": "Nano Banana Pro · 10–18 积分", "value": "gemini-3-pro-image"},
        ]
        size = home.discord.type_option(home.tom, home.channel, "draw", "size", "4")
        await home.until(lambda: size.choices)
        assert size.choices == [{"name": "4K · 13–18 pts", "value": "4K"}]


async def test_questions_by_command_are_answered_to_the_asker_alone(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        for name in ("models", "preference", "usage", "help"):
            asked = home.discord.slash(home.mei, home.channel, name)
            assert (await told(home, asked)).only_for == home.mei.id
        saved = home.discord.slash(home.tom, home.channel, "preference", {"model": "gemini-3-pro-image"})
        await told(home, saved)
        home.discord.say(home.tom, home.channel, "draw an owl")
        await home.until(lambda: "1" in home.steps())
        assert "Nano Banana Pro" in words(next(each for each in home.shown() if code(each) == "1"))


# --- trouble: exactly one picture in the end ---


@pytest.mark.parametrize(
    ("outcome", "when"),
    [(500, "before"), (503, "before"), (503, "after"), (429, "before"), ("reset", "before"), ("reset", "after")],
)
async def test_a_send_that_fails_is_repeated_and_never_seen_twice(
    tmp_path: Path, outcome: int | Literal["reset"], when: Literal["before", "after"]
) -> None:
    async with discord_house(tmp_path) as home:
        # The SDK itself repeats what ends with 500, after 1, 3, 5… s: once shows it.
        times = 1 if outcome == 500 else 3
        home.discord.trouble.fail_next("POST /channels/*/messages", outcome, when, times=times, retry_after=0.3)
        home.discord.say(home.mei, home.channel, "画一只猫")
        await home.ended()
        assert re.fullmatch("012*3", home.steps())
        assert len({each.nonce for each in home.shown()}) == len(home.shown())
        assert (await home.state())["counts"]["create"] == 1


@pytest.mark.parametrize(("outcome", "when"), [("reset", "after"), (503, "after"), (429, "before")])
async def test_a_picture_whose_upload_fails_is_seen_once(
    tmp_path: Path, outcome: int | Literal["reset"], when: Literal["before", "after"]
) -> None:
    """The trouble begins when it is announced, and lasts over progress that is dropped and the first uploads."""
    async with discord_house(tmp_path) as home:
        with home.brush.held():
            home.discord.say(home.mei, home.channel, "画一只猫")
            await home.until(lambda: "1" in home.steps())
            home.discord.trouble.fail_next("POST /channels/*/messages", outcome, when, times=5, retry_after=0.2)
        await home.ended()
        assert re.fullmatch("012*3", home.steps())
        assert len({each.nonce for each in home.shown()}) == len(home.shown())
        assert (await home.state())["counts"]["create"] == 1


@pytest.mark.parametrize("trouble", ["drop", "reconnect", "invalidate", "resumable"])
async def test_the_connection_comes_back_and_nothing_is_answered_twice(tmp_path: Path, trouble: str) -> None:
    async with discord_house(tmp_path) as home:
        home.discord.say(home.mei, home.channel, "画一只猫")
        await home.until(lambda: "1" in home.steps())
        match trouble:
            case "drop":
                home.discord.trouble.drop()
            case "reconnect":
                home.discord.trouble.reconnect()
            case "invalidate":
                home.discord.trouble.invalidate()
            case _:
                home.discord.trouble.invalidate(resumable=True)
        home.discord.say(home.tom, home.channel, "draw a dog") if trouble != "invalidate" else None
        await home.discord.connected()
        if trouble == "invalidate":
            home.discord.say(home.tom, home.channel, "draw a dog")
        await home.ended(jobs=2)
        assert sorted(home.steps().replace("2", "")) == sorted("013013")


async def test_a_first_connection_that_is_refused_is_tried_again(tmp_path: Path) -> None:
    async with discord_house(tmp_path, running=False) as home:
        await home.discord.trouble.refuse(1.0)
        async with service(home.settings, home.clock) as url:
            parts = await readiness(url)
            assert parts["discord"] is not None
            await home.discord.connected()
            home.discord.say(home.mei, home.channel, "画一只猫")
            await home.ended()
            assert (await readiness(url))["discord"] is None


async def test_all_of_discord_is_away_for_a_while(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        with home.brush.held():
            home.discord.say(home.mei, home.channel, "画一只猫")
            await home.until(lambda: "1" in home.steps())
            await home.discord.trouble.refuse(2.0, rest=True)
        await home.ended()
        assert re.fullmatch("012*3", home.steps())
        await home.discord.connected(60)


async def test_an_event_that_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        sessions = home.discord.gateway.live
        for event in ("MESSAGE_CREATE", "INTERACTION_CREATE", "GUILD_CREATE", "CHANNEL_UPDATE", "THREAD_CREATE"):
            home.discord.trouble.send_event(event, {"unknown": [1]})
        home.discord.say(home.mei, home.channel, "画一只猫")
        await home.ended()
        assert re.fullmatch("012*3", home.steps())
        assert home.discord.gateway.live == sessions


async def test_a_replayed_event_is_answered_once(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        home.discord.say(home.mei, home.channel, "画一只猫")
        home.discord.trouble.replay_last_event()
        await home.ended()
        home.discord.trouble.replay_last_event()
        home.discord.say(home.tom, home.channel, "hello")
        await home.ended(jobs=2)
        assert re.fullmatch("012*3r", home.steps())
        assert (await home.state())["counts"]["create"] == 1


async def test_where_the_bot_may_not_write_the_asker_is_told_in_private_and_nothing_is_spent(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        home.discord.places.deny(home.channel, "send_messages")
        home.discord.say(home.mei, home.channel, "画一只猫")
        direct = home.discord.direct(home.mei)
        await home.until(lambda: home.shown(direct))
        assert f"<#{home.channel.id}>" in words(home.shown(direct)[0])
        assert home.shown() == []
        assert (await home.state())["counts"]["create"] == 0


async def test_where_neither_the_channel_nor_the_person_can_be_written_to_a_sign_is_left(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        home.discord.places.deny(home.channel, "send_messages")
        home.discord.trouble.fail_next("POST /users/@me/channels", 403)
        asked = home.discord.say(home.mei, home.channel, "画一只猫")
        await home.until(lambda: home.discord.message(asked.id).reactions)


async def test_a_permission_that_is_lost_while_drawing_brings_the_picture_in_private(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        with home.brush.held():
            home.discord.say(home.mei, home.channel, "画一只猫")
            await home.until(lambda: "2" in home.steps())
            home.discord.places.deny(home.channel, "send_messages")
        direct = home.discord.direct(home.mei)
        await home.ended(direct)
        assert code(home.shown(direct)[-1]) == "3"
        assert (await home.state())["counts"]["create"] == 1


async def test_a_command_in_a_channel_that_is_closed_to_the_bot_is_followed_up_by_its_own_way(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        home.discord.places.deny(home.channel, "send_messages")
        asked = home.discord.slash(home.mei, home.channel, "draw", {"prompt": "一只猫"})
        await home.ended()
        assert re.fullmatch("012*3", home.steps())
        assert len(asked.followups) == len(home.shown()) - 1


@pytest.mark.parametrize("gone", ["message", "channel"])
async def test_what_is_deleted_meanwhile_stops_no_picture(tmp_path: Path, gone: str) -> None:
    async with discord_house(tmp_path) as home:
        with home.brush.held():
            asked = home.discord.say(home.mei, home.channel, "画一只猫")
            await home.until(lambda: "1" in home.steps())
            if gone == "message":
                home.discord.trouble.delete_message(asked)
            else:
                home.discord.places.delete_channel(home.channel)
        if gone == "message":
            await home.ended()
        else:
            direct = home.discord.direct(home.mei)
            await home.ended(direct)
            assert code(home.shown(direct)[-1]) == "3"


async def serve_until_refused(home: DiscordHouse) -> None:
    async with service(home.settings, home.clock):
        await asyncio.sleep(PATIENCE)


async def test_a_token_that_is_not_accepted_ends_the_service_with_one_line(tmp_path: Path) -> None:
    async with discord_house(tmp_path, running=False) as home:
        home.discord.account.revoke()
        with pytest.raises(ConfigurationRefused, match="DISCORD_TOKEN"):
            await serve_until_refused(home)


async def test_a_token_that_is_taken_back_ends_the_service_too(tmp_path: Path) -> None:
    async with discord_house(tmp_path, running=False) as home:
        serving = asyncio.create_task(serve_until_refused(home))
        await home.discord.connected()
        home.discord.trouble.revoke_token()
        with pytest.raises(ConfigurationRefused, match="DISCORD_TOKEN"):
            await serving


async def test_an_intent_that_is_not_switched_on_is_named(tmp_path: Path) -> None:
    options = DiscordOptions(needed_intents=frozenset({"message_content"}))
    house = discord_house(tmp_path, options=options, listening=True, running=False, forgive=("gateway_closed",))
    async with house as home:
        with pytest.raises(ConfigurationRefused, match="Message Content"):
            await serve_until_refused(home)


# --- offers, restarts, limits ---


async def test_an_offer_is_taken_by_its_asker_once_and_by_nobody_else(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        await home.provoke("status_failed", times=1)
        home.discord.say(home.tom, home.channel, "draw a heron")
        failed = (await home.ended())[-1]
        assert code(failed) == "4"
        assert len(failed.buttons) == 2
        stranger = home.discord.press(home.mei, failed, failed.buttons[0].custom_id or "")
        assert (await told(home, stranger)).only_for == home.mei.id
        taken = home.discord.press(home.tom, failed, failed.buttons[0].custom_id or "")
        await home.ended(since=taken.id)
        again = home.discord.press(home.tom, failed, failed.buttons[0].custom_id or "")
        answer = await told(home, again)
        assert (words(answer), answer.only_for) == (LOCALES.text("offer_closed", "en"), home.tom.id)
        assert [task["model_id"] for task in await home.tasks()] == ["gemini-3.1-flash-image", "gemini-3-pro-image"]


async def test_buttons_work_after_a_restart_and_a_job_goes_on_over_it(tmp_path: Path) -> None:
    async with discord_house(tmp_path, running=False) as home:
        with home.brush.held():
            async with service(home.settings, home.clock):
                await home.discord.connected()
                home.discord.say(home.mei, home.channel, "画一只鹤")
                await home.until(lambda: "2" in home.steps())
        async with service(home.settings, home.clock):
            await home.discord.connected()
            await home.ended()
            assert re.fullmatch("012*3", home.steps())
            result = home.shown()[-1]
            pressed = home.discord.press(home.mei, result, "再来一张 · 6 积分")
            await home.ended(since=pressed.id)
        assert (await home.state())["counts"]["create"] == 2


async def test_an_answer_that_takes_long_is_announced_within_the_three_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = Store.record

    async def slowly(store: Store, incoming: Incoming, at: float) -> bool:
        await asyncio.sleep(2.5)
        return await record(store, incoming, at)

    async with discord_house(tmp_path) as home:
        monkeypatch.setattr(Store, "record", slowly)
        asked = home.discord.slash(home.mei, home.channel, "models")
        await home.until(lambda: asked.original and asked.original.flags & LOADING)
        await home.until(lambda: asked.original and not asked.original.flags & LOADING)
        assert asked.original is not None
        assert asked.original.only_for is home.mei


async def test_two_shards_are_kept_by_one_process(tmp_path: Path) -> None:
    options = DiscordOptions(recommended_shards=2, identify_spacing=0.2)
    async with discord_house(tmp_path, options=options) as home:
        await home.until(lambda: len(home.discord.gateway.live) == 2)
        home.discord.say(home.mei, home.channel, "画一只猫")
        home.discord.dm(home.tom, "draw a dog")
        await home.ended()
        await home.ended(home.discord.direct(home.tom))
