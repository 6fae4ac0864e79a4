"""When the way to the server fails: nothing that one wrote is lost, nothing is said twice."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Route, expect

from protocol.messages import Address, Outgoing, Priority

from .conftest import Words
from .house import House, open_house

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

MEI = Address("playground", "private-mei", "mei", "m-1", private=True)


async def test_a_message_that_was_not_taken_can_be_tried_again(page: Page, house: House) -> None:
    """It stays, marked, with two ways on."""
    house.bot.deaf = True
    await page.locator("#input").fill("画一张猫")
    await page.locator("#input").press("Enter")
    await expect(page.get_by_role("alert").filter(has_text="没有发出去")).to_be_visible()
    assert house.bot.heard.empty()
    house.bot.deaf = False
    await page.get_by_role("button", name="重试").click()
    assert (await house.bot.hears()).text == "画一张猫"
    await expect(page.locator(".failed")).to_have_count(0)
    await expect(page.locator(".mine")).to_have_count(1)


async def test_a_message_that_was_not_taken_goes_back_into_the_box(page: Page, house: House) -> None:
    """To be changed, even after the page was loaded anew."""
    house.bot.deaf = True
    await page.locator("#input").fill("画一张猫")
    await page.locator("#input").press("Enter")
    await expect(page.locator(".failed")).to_have_count(1)
    await page.reload()
    await page.get_by_role("button", name="放回输入框").click()
    await expect(page.locator("#input")).to_have_value("画一张猫")
    await expect(page.locator(".failed")).to_have_count(0)


async def test_a_lost_answer_to_a_post_is_no_second_message(page: Page, house: House) -> None:
    """The message had been taken; trying again finds that out."""

    async def lose(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await page.route("**/api/messages", lose, times=1)
    await page.locator("#input").fill("画一张猫")
    await page.locator("#input").press("Enter")
    await house.bot.hears()
    await expect(page.locator(".mine:not(.failed):not(.sending)")).to_have_count(1)
    await expect(page.locator(".failed")).to_have_count(0)
    assert house.bot.heard.empty()


async def test_a_message_that_was_taken_as_the_page_was_left_is_not_kept_back(page: Page, house: House) -> None:
    """Loaded anew, the page finds it sent."""
    never = asyncio.Event()

    async def hold(route: Route) -> None:
        await route.fetch()
        await never.wait()

    # The live stream is held back too: only the conversation itself can tell.
    await page.route("**/api/events*", lambda route: route.abort())
    await page.reload()
    await page.route("**/api/messages", hold)
    await page.locator("#input").fill("画一张猫")
    await page.locator("#input").press("Enter")
    await house.bot.hears()
    await expect(page.locator(".sending")).to_have_count(1)
    await page.reload()
    await expect(page.locator(".mine")).to_have_count(1)
    await expect(page.locator(".failed, .sending")).to_have_count(0)
    never.set()
    await page.unroute_all(behavior="ignoreErrors")


async def test_a_lost_connection_is_said_and_made_good(browser: Browser, tmp_path: Path, words: Words) -> None:
    """The server goes and comes back: what was missed arrives once, what was not sent goes out."""
    context = await browser.new_context(locale="zh-CN")
    page = await context.new_page()
    async with open_house(tmp_path, words) as first:
        await page.goto(first.url)
        await page.locator("#app").wait_for()
        await first.bot.say(MEI, "断开之前", Priority.REPLY)
        await expect(page.locator(".message")).to_have_count(1)
    await expect(page.locator("#status")).to_have_text("连接断开了，正在重新连接…")
    await page.locator("#input").fill("画一张猫")
    await page.locator("#input").press("Enter")
    await expect(page.locator(".failed")).to_have_count(1)
    async with open_house(tmp_path, words, first.port) as second:
        await second.playground.send(Outgoing(MEI, "while away", "断开之后", Priority.REPLY))
        await expect(page.locator("#status")).to_have_text("已重新连接")
        await expect(page.locator(".message:not(.failed)")).to_have_count(2)
        await page.get_by_role("button", name="重试").click()
        assert (await second.bot.hears()).text == "画一张猫"
        await expect(page.locator(".message")).to_have_count(3)
        for place, text in enumerate(("断开之前", "断开之后", "画一张猫")):
            await expect(page.locator(".message .text").nth(place)).to_contain_text(text)
        await expect(page.locator("#status")).to_be_empty()
        await context.close()
