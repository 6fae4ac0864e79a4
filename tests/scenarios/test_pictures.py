"""From words to a picture, through real HTTP on both sides."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.scenarios.house import House, house


def png(colour: str = "#3366cc", size: tuple[int, int] = (320, 240)) -> bytes:
    data = BytesIO()
    Image.new("RGB", size, colour).save(data, "PNG")
    return data.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


async def draw(home: House, text: str) -> str:
    """Ask for a picture and wait until it is there; gives the message's id."""
    asked = await home.chat.say(text)
    await home.chat.ended(asked)
    assert re.fullmatch("012*3", home.chat.steps(asked)), [bubble.text for bubble in home.chat.of(asked)]
    return asked


async def test_a_cat_in_chinese_takes_the_six_steps(tmp_path: Path) -> None:
    async with house(tmp_path, speed=25) as home:
        asked = await home.chat.say("画一张猫")
        shown = await home.chat.ended(asked)
        assert re.fullmatch("012{1,2}3", home.chat.steps(asked))
        assert shown[0].reply_to == asked
        assert all(bubble.reply_to == "" for bubble in shown[1:])
        assert "🐱" in shown[0].text
        assert "Nano Banana2" in shown[1].text
        assert "6 pts" in shown[1].text
        assert shown[2].percent in range(50, 61)
        result = shown[-1]
        assert opened(await home.chat.picture(result)).size == (1024, 1024)
        assert result.link in result.text
        state = await home.state()
        assert state["balance"] == 1000 - 6
        # One list for the picture, one for what changing it costs.
        assert (state["counts"]["list"], state["counts"]["create"]) == (2, 1)
        assert state["tasks"][0]["prompt"] == "画一张猫"


async def test_english_words_get_english_answers(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        asked = await draw(home, "draw a lighthouse at dusk, 16:9, with nano banana pro")
        shown = home.chat.of(asked)
        assert shown[1].text.startswith("🎨 Starting your picture…")
        assert "Nano Banana Pro" in shown[1].text
        picture = opened(await home.chat.picture(shown[-1]))
        assert picture.width / picture.height == 1376 / 768


async def test_a_photo_that_is_sent_along_is_uploaded_and_edited(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        asked = await home.chat.say("turn this photo into an oil painting", pictures=(png("#102030"),))
        shown = await home.chat.ended(asked)
        state = await home.state()
        assert (state["counts"]["upload_token"], state["counts"]["upload_put"]) == (1, 1)
        assert state["tasks"][0]["category"] == "image_to_image"
        assert opened(await home.chat.picture(shown[-1])).convert("RGB").getpixel((9, 9)) != (0x10, 0x20, 0x30)


async def test_a_picture_behind_a_public_link_is_passed_on_and_not_fetched_by_us(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        first = await draw(home, "画一只狗")
        link = home.chat.of(first)[-1].link
        downloads = (await home.state())["counts"]["download"]
        asked = await home.chat.say(f"把这张图变成水彩 {link}")
        await home.chat.ended(asked)
        state = await home.state()
        assert state["tasks"][1]["input_images"] == [link]
        assert state["counts"]["upload_put"] == 0
        assert state["counts"]["download"] == downloads + 1


async def test_the_last_result_is_what_it_means(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        first = await draw(home, "画一只狗")
        asked = await draw(home, "把它变成油画")
        state = await home.state()
        assert state["tasks"][1]["input_images"] == [home.chat.of(first)[-1].link]
        assert asked != first


async def test_an_earlier_result_is_edited_when_it_is_quoted(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        first = await draw(home, "画一只狗")
        await draw(home, "画一座山")
        asked = await home.chat.say("变成水彩", reply_to=home.chat.of(first)[-1].id)
        await home.chat.ended(asked)
        state = await home.state()
        assert state["tasks"][2]["category"] == "image_to_image"
        assert state["counts"]["upload_put"] == 1


async def test_an_edit_keeps_the_shape_of_its_picture_where_none_was_asked_for(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await draw(home, "画一片海，16:9")
        await draw(home, "把它变成油画")
        photo = await home.chat.say("变成水彩", pictures=(png(size=(300, 400)),))
        await home.chat.ended(photo)
        asked = await home.chat.say("变成水彩，1:1", pictures=(png(size=(300, 400)),))
        await home.chat.ended(asked)
        ratios = [task["aspect_ratio"] for task in (await home.state())["tasks"]]
        assert ratios == ["16:9", "16:9", "3:4", "1:1"]


async def test_a_picture_alone_and_then_words_about_it_are_one_request(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        alone = await home.chat.say("", pictures=(png(),))
        await home.chat.until(lambda: home.chat.steps(alone) == "r")
        asked = await draw(home, "变成油画风格")
        assert home.chat.steps(asked)
        assert (await home.state())["tasks"][0]["category"] == "image_to_image"


async def test_8k_is_drawn_at_4k_and_said(tmp_path: Path) -> None:
    async with house(tmp_path, speed=20) as home:
        asked = await draw(home, "画一片星空，8K")
        shown = home.chat.of(asked)
        assert "8K" in shown[1].text
        assert "4K" in shown[1].text
        assert "13 pts" in shown[1].text
        assert opened(await home.chat.picture(shown[-1])).size == (4096, 4096)


async def test_512_on_pro_is_drawn_at_1k_and_said(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        asked = await draw(home, "画一只鹤，512px，香蕉Pro")
        text = home.chat.of(asked)[1].text
        assert "512px" in text
        assert "1K" in text
        assert (await home.state())["tasks"][0]["size"] == "1K"


async def test_a_preference_is_saved_used_and_cleared(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        saved = await home.chat.say("以后都用香蕉Pro")
        await home.chat.until(lambda: home.chat.steps(saved) == "r")
        assert "Nano Banana Pro" in home.chat.of(saved)[0].text
        used = await draw(home, "画一只猫头鹰")
        assert "Nano Banana Pro（你的常用模型）" in home.chat.of(used)[1].text
        cleared = await home.chat.say("用默认的")
        await home.chat.until(lambda: home.chat.steps(cleared) == "r")
        plain = await draw(home, "画一只猫头鹰")
        assert "常用" not in home.chat.of(plain)[1].text
        assert [task["model_id"] for task in (await home.state())["tasks"]] == [
            "gemini-3-pro-image",
            "gemini-3.1-flash-image",
        ]


async def test_a_second_job_runs_beside_the_first_and_a_third_gets_a_friendly_line(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        first = await home.chat.say("画一只猫")
        second = await home.chat.say("画一只狗")
        third = await home.chat.say("画一只兔子")
        other = await home.chat.say("draw a fox", user="tom")
        for asked in (first, second, third, other):
            await home.chat.ended(asked)
        assert home.chat.steps(third) == "r"
        assert [home.chat.steps(asked)[-1] for asked in (first, second, other)] == ["3", "3", "3"]
        assert (await home.state())["counts"]["create"] == 3


async def test_in_the_group_the_bot_hears_only_who_speaks_to_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        unheard = await home.chat.say("画一只猫", conversation="group")
        asked = await home.chat.say("@画画 画一只狗", conversation="group")
        await home.chat.ended(asked)
        assert home.chat.of(unheard) == []
        assert (await home.state())["tasks"][0]["prompt"] == "画一只狗"


async def test_small_talk_and_questions_cost_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        for text in (
            "你好",
            "有哪些模型",
            "帮助",
            "余额",
            "画好了吗",
            "取消",
            "重试",
            "画点什么",
            "画一张7:3比例的山",
        ):
            asked = await home.chat.say(text)
            await home.chat.until(lambda asked=asked: home.chat.steps(asked) == "r")  # type: ignore[misc]
        assert (await home.state())["counts"]["create"] == 0


async def test_the_models_are_told_with_their_live_points(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        asked = await home.chat.say("what models do you have?")
        await home.chat.until(lambda: home.chat.steps(asked) == "r")
        text = home.chat.of(asked)[0].text
        for points in ("4", "6", "10", "13", "18"):
            assert points in text


async def test_a_cancellation_before_payment_costs_nothing(tmp_path: Path) -> None:
    async with house(tmp_path, speed=20) as home:
        await home.provoke("slow_upload", seconds=60)
        asked = await home.chat.say("变成油画", pictures=(png(),))
        await home.chat.until(lambda: "1" in home.chat.steps(asked))
        await home.chat.say("算了")
        shown = await home.chat.ended(asked)
        assert home.chat.steps(asked) in ("01c", "012c")
        assert shown[-1].text
        assert (await home.state())["counts"]["create"] == 0


async def test_a_cancellation_after_payment_is_told_honestly_and_the_picture_still_comes(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        asked = await home.chat.say("画一只猫")
        await home.chat.until(lambda: "2" in home.chat.steps(asked))
        late = await home.chat.say("取消")
        await home.chat.until(lambda: home.chat.steps(late) == "r")
        await home.chat.ended(asked)
        assert home.chat.steps(asked)[-1] == "3"


async def test_the_same_message_delivered_twice_is_answered_once(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        asked = await home.chat.say("画一只猫", message="same")
        await home.chat.say("画一只猫", message="same")
        await home.chat.ended(asked)
        assert (await home.state())["counts"]["create"] == 1
        assert home.chat.steps(asked).count("0") == 1


async def test_at_the_pace_of_the_real_service_every_poll_comes_in_time(tmp_path: Path) -> None:
    """The one scenario on real time: twenty to forty seconds, as for a person."""
    async with house(tmp_path, speed=1) as home:
        asked = await home.chat.say("画一张猫")
        await home.chat.ended(asked, patience=70)
        assert re.fullmatch("012{1,2}3", home.chat.steps(asked))


async def test_the_buttons_under_a_picture_draw_again_larger_or_edit_it(tmp_path: Path) -> None:
    async with house(tmp_path, speed=40) as home:
        asked = await draw(home, "画一只鹤")
        result = home.chat.of(asked)[-1]
        labels = [label for label, _ in result.buttons]
        assert labels == ["再来一张 · 6 积分", "修改这张 · 6 积分", "4K 大图 · 13 积分", "换 Nano Banana Pro · 10 积分"]
        larger = await home.chat.press(result, 3)
        await home.chat.ended(larger)
        edit = await home.chat.press(result, 2)
        await home.chat.until(lambda: home.chat.steps(edit) == "r")
        await draw(home, "变成油画")
        tasks = (await home.state())["tasks"]
        assert [(task["size"], task["category"]) for task in tasks] == [
            ("1K", "text_to_image"),
            ("4K", "text_to_image"),
            ("1K", "image_to_image"),
        ]
        assert tasks[2]["input_images"] == [result.link]
