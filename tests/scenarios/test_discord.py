"""Whole conversations in Discord: the real SDK against a strict local Discord, with the strict stand-in for IMA."""

from __future__ import annotations

import re
from pathlib import Path

from tests.scenarios.discord_house import DiscordHouse, code, discord_house, words
from tests.scenarios.test_pictures import opened, png

GALLERY, TEXT = 12, 10


async def draw(home: DiscordHouse, text: str) -> int:
    """Ask in the channel and wait for the picture; gives the asker's message."""
    asked = home.discord.say(home.mei, home.channel, text).id
    await home.ended(since=asked)
    assert re.fullmatch("012*3", home.steps(since=asked)), [words(each) for each in home.shown(since=asked)]
    return asked


async def test_a_mention_in_chinese_takes_the_six_steps(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        asked = home.discord.say(home.mei, home.channel, "画一张猫")
        shown = await home.ended()
        assert re.fullmatch("012{1,2}3", home.steps())
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
        home.discord.dm(home.tom, "draw a cat wearing sunglasses, 16:9")
        direct = home.discord.direct(home.tom)
        shown = await home.ended(direct)
        assert re.fullmatch("012{1,2}3", home.steps(direct))
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
    async with discord_house(tmp_path, speed=40) as home:
        await draw(home, "画一只鹤")
        result = home.shown()[-1]
        assert [each.label for each in result.buttons] == [
            "再来一张 · 6 积分",
            "修改这张",
            "4K 大图 · 13 积分",
            "换 Nano Banana Pro · 10 积分",
        ]
        larger = home.discord.press(home.mei, result, "4K 大图 · 13 积分")
        await home.ended(since=larger.id)
        assert larger.answered_after is not None
        edit = home.discord.press(home.tom, result, "修改这张")
        await home.until(lambda: edit.modal)
        sent = home.discord.submit_modal(edit, {"words": "turn it into an oil painting"})
        await home.ended(since=sent.id)
        assert [(task["size"], task["category"]) for task in await home.tasks()] == [
            ("1K", "text_to_image"),
            ("4K", "text_to_image"),
            ("1K", "image_to_image"),
        ]


async def test_only_the_asker_may_press_what_costs(tmp_path: Path) -> None:
    async with discord_house(tmp_path, speed=40) as home:
        await draw(home, "画一只鹤")
        pressed = home.discord.press(home.tom, home.shown()[-1], "再来一张 · 6 积分")
        await home.until(lambda: pressed.original)
        told = home.shown()[-1]
        assert told.only_for == home.tom.id
        assert code(told) == "r"
        assert len(await home.tasks()) == 1
