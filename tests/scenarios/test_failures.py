"""Each row of the translation table, provoked at the stand-in, told in plain words; and what is offered then."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.scenarios.house import LOCALES, House, house
from tests.scenarios.test_pictures import png

ROWS = [
    ("unauthorized", "unauthorized", False),
    ("insufficient_points", "insufficient_points", False),
    ("invalid_attribute", "configuration", True),
    ("credit_mismatch", "points_mismatch", True),
    ("no_rule", "parameters_mismatch", True),
    ("attribute_mismatch", "parameters_mismatch", True),
    ("bad_request", "bad_parameters", True),
    ("resource_failed", "picture_failed", True),
    ("deleted", "picture_failed", True),
    ("status_failed", "task_failed", True),
    ("rate_limited", "rate_limited", True),
    ("rate_limited_no_hint", "rate_limited", True),
    ("unsafe_prompt", "prompt_refused", True),
    ("unsafe_result", "prompt_refused", True),
    ("unknown_code", "generic", True),
    ("unsupported_ratio", "unsupported_ratio", True),
    ("create_answer_lost", "answer_lost", True),
    ("create_answer_5xx_after_charge", "answer_lost", True),
    ("create_answer_garbage", "answer_lost", True),
]


async def failing(home: House, failure: str, text: str = "画一只猫", **more: float) -> str:
    await home.provoke(failure, **more)  # type: ignore[arg-type]
    asked = await home.chat.say(text)
    await home.chat.ended(asked)
    assert re.fullmatch("01?2*4", home.chat.steps(asked)), home.chat.steps(asked)
    return asked


@pytest.mark.parametrize(("failure", "row", "offers"), ROWS)
async def test_each_failure_is_told_by_its_row_with_two_alternatives_or_none(
    tmp_path: Path, failure: str, row: str, offers: bool
) -> None:
    async with house(tmp_path, speed=100) as home:
        asked = await failing(home, failure)
        told = home.chat.of(asked)[-1]
        assert LOCALES.text(f"failed.reason.{row}", "zh") in told.text
        assert len(told.buttons) == (2 if offers else 0)
        if offers:
            assert [label for label, _ in told.buttons] == [
                "Nano Banana Pro · 1K · 10 积分",
                "Nano Banana2 · 512px · 4 积分",
            ]


async def test_running_out_of_time_is_told_and_a_late_picture_is_delivered_once(tmp_path: Path) -> None:
    async with house(tmp_path, speed=300) as home:
        await home.provoke("finishes_late", seconds=680)
        asked = await home.chat.say("画一只猫")
        await home.chat.until(lambda: home.chat.steps(asked).endswith("43"))
        steps = home.chat.steps(asked)
        assert re.fullmatch("012+43", steps)
        assert (await home.state())["counts"]["create"] == 1


async def test_an_offer_works_once_by_its_button(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        told = home.chat.of(await failing(home, "status_failed"))[-1]
        pressed = await home.chat.press(told, 1)
        await home.chat.ended(pressed)
        assert home.chat.steps(pressed)[-1] == "3"
        again = await home.chat.press(told, 2)
        await home.chat.until(lambda: home.chat.steps(again) == "r")
        tasks = (await home.state())["tasks"]
        assert [task["model_id"] for task in tasks] == ["gemini-3.1-flash-image", "gemini-3-pro-image"]


async def test_a_yes_takes_the_first_alternative_and_retry_the_same_again(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await failing(home, "status_failed")
        yes = await home.chat.say("好")
        await home.chat.ended(yes)
        assert home.chat.steps(yes)[-1] == "3"
        await failing(home, "status_failed", text="画一只狗")
        again = await home.chat.say("重试")
        await home.chat.ended(again)
        tasks = (await home.state())["tasks"]
        assert [(task["prompt"], task["model_id"][-5:]) for task in tasks] == [
            ("画一只猫", "image"),
            ("画一只猫", "image"),
            ("画一只狗", "image"),
            ("画一只狗", "image"),
        ]
        assert tasks[1]["model_id"] == "gemini-3-pro-image"
        assert tasks[3]["model_id"] == "gemini-3.1-flash-image"


async def test_an_offer_is_over_after_ten_minutes(tmp_path: Path) -> None:
    async with house(tmp_path, speed=600) as home:
        told = home.chat.of(await failing(home, "unknown_code"))[-1]
        await home.clock.sleep(700)
        pressed = await home.chat.press(told, 1)
        await home.chat.until(lambda: home.chat.steps(pressed) == "r")
        assert (await home.state())["counts"]["create"] == 1


async def test_only_the_asker_may_press(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.provoke("status_failed")
        asked = await home.chat.say("@画画 画一只猫", conversation="group")
        told = (await home.chat.ended(asked))[-1]
        pressed = await home.chat.press(told, 1, user="tom")
        await home.chat.until(lambda: home.chat.steps(pressed) == "r")
        assert (await home.state())["counts"]["create"] == 1


async def test_a_lost_answer_is_one_create_and_an_honest_notice(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await failing(home, "create_answer_lost")
        state = await home.state()
        assert state["counts"]["create"] == 1
        assert state["balance"] == 1000 - 6


async def test_a_catalogue_that_changes_at_the_last_moment_is_read_again(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.provoke("ids_change")
        asked = await home.chat.say("画一只猫")
        await home.chat.ended(asked)
        assert home.chat.steps(asked)[-1] == "3"
        state = await home.state()
        # Twice for this picture, and once for what changing it costs.
        assert (len(state["tasks"]), state["counts"]["list"]) == (1, 3)


async def test_what_becomes_dearer_is_not_paid_and_its_new_price_is_offered(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        told = home.chat.of(await failing(home, "price_rises"))[-1]
        assert LOCALES.text("failed.reason.price_changed", "zh") in told.text
        state = await home.state()
        assert (state["balance"], state["tasks"]) == (1000, [])
        pressed = await home.chat.press(told, 1)
        await home.chat.ended(pressed)
        assert home.chat.steps(pressed)[-1] == "3"


async def test_what_becomes_cheaper_is_fine(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.provoke("price_falls")
        asked = await home.chat.say("画一只猫")
        await home.chat.ended(asked)
        assert home.chat.steps(asked)[-1] == "3"
        assert (await home.state())["balance"] > 1000 - 6


async def test_rate_limits_at_the_order_are_waited_out(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.provoke("rate_limited", times=2, seconds=2)
        asked = await home.chat.say("画一只猫")
        await home.chat.ended(asked)
        assert home.chat.steps(asked)[-1] == "3"
        assert len((await home.state())["tasks"]) == 1


@pytest.mark.parametrize("failure", ["polls_garbage", "empty_url_first"])
async def test_bad_polls_fail_nothing(tmp_path: Path, failure: str) -> None:
    async with house(tmp_path) as home:
        await home.provoke(failure)
        asked = await home.chat.say("画一只猫")
        await home.chat.ended(asked)
        assert home.chat.steps(asked)[-1] == "3"


@pytest.mark.parametrize("failure", ["picture_missing", "picture_not_a_picture"])
async def test_a_picture_that_is_missing_for_good_is_told(tmp_path: Path, failure: str) -> None:
    async with house(tmp_path) as home:
        told = home.chat.of(await failing(home, failure, times=99))[-1]
        assert LOCALES.text("failed.reason.result_unavailable", "zh") in told.text


async def test_a_picture_that_is_too_large_is_sent_as_its_link(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.provoke("picture_too_large", times=99)
        asked = await home.chat.say("画一只猫")
        told = (await home.chat.ended(asked))[-1]
        assert told.code == "3"
        assert told.picture == ""
        assert told.link in told.text


async def test_an_input_that_is_no_picture_inside_is_told_before_anything_is_paid(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        broken = png()[:60] + b"\0" * 200
        asked = await home.chat.say("变成油画", pictures=(broken,))
        told = (await home.chat.ended(asked))[-1]
        assert LOCALES.text("failed.reason.input_unreadable", "zh") in told.text
        assert told.buttons == ()
        assert (await home.state())["counts"]["create"] == 0


async def test_a_long_way_to_the_order_is_told_in_one_line(tmp_path: Path) -> None:
    async with house(tmp_path, speed=25) as home:
        await home.provoke("slow_upload", seconds=25)
        asked = await home.chat.say("变成油画", pictures=(png(),))
        shown = await home.chat.ended(asked)
        assert LOCALES.text("preparing", "zh") in [bubble.text for bubble in shown]
        assert re.fullmatch("012+3", home.chat.steps(asked))


@pytest.mark.parametrize("failure", ["list_down", "list_garbage", "connection_refused"])
async def test_a_service_that_is_down_is_told_and_costs_nothing(tmp_path: Path, failure: str) -> None:
    async with house(tmp_path) as home:
        seconds = 600.0 if failure == "connection_refused" else None
        await home.provoke(failure, seconds=seconds)
        asked = await home.chat.say("画一只猫")
        told = (await home.chat.ended(asked))[-1]
        assert home.chat.steps(asked) == "04"
        assert LOCALES.text("failed.reason.network", "zh") in told.text
        await home.chat.client.delete(f"{home.sandbox.control}/failures")
        assert (await home.state())["balance"] == 1000


async def test_the_upload_that_fails_is_told(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.provoke("upload_put_fails", times=9)
        asked = await home.chat.say("变成油画", pictures=(png(),))
        told = (await home.chat.ended(asked))[-1]
        assert LOCALES.text("failed.reason.network", "zh") in told.text
        assert (await home.state())["counts"]["create"] == 0
