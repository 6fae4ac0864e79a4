"""Several people, their private chats, and the group."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from protocol.messages import Address, Priority

from .conftest import Shoot
from .house import House

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TOM = Address("playground", "private-tom", "tom", "m-1", private=True)


async def test_each_person_has_a_chat_of_their_own(page: Page, house: House) -> None:
    """What one is told, another does not see; a dot tells that it waits."""
    await house.bot.say(TOM, "你好 Tom", Priority.REPLY)
    tom = page.get_by_role("radio", name="Tom")
    await expect(tom).to_have_accessible_name("Tom 1 条未读")
    await expect(page.locator(".message")).to_have_count(0)
    await tom.click()
    await expect(page.locator(".message .text")).to_contain_text("你好 Tom")
    await expect(tom).to_have_accessible_name("Tom")
    await page.locator("#input").fill("画一张狗")
    await page.locator("#input").press("Enter")
    assert (await house.bot.hears()).address.user == "tom"


async def test_unread_messages_are_counted_and_read(page: Page, house: House) -> None:
    """The badge of a chat goes when it is opened, and stays gone."""
    group = Address("playground", "group", "tom", "m-1")
    for number in range(3):
        await house.bot.say(group, f"第 {number} 句", Priority.REPLY)
    chat = page.locator(".conversation", has_text="画友群")
    await expect(chat.locator(".badge")).to_have_text("3")
    await expect(page).to_have_title("(3) 画画 · 聊天画图")
    await chat.click()
    await expect(chat.locator(".badge")).to_have_count(0)
    await expect(page).to_have_title("画画 · 聊天画图")
    await page.reload()
    await expect(page.locator(".message")).to_have_count(3)
    await expect(page.locator(".conversation .badge")).to_have_count(0)


async def test_in_the_group_the_bot_is_mentioned(page: Page, house: House, shoot: Shoot) -> None:
    """The page says so, and offers it; others' messages carry their names."""
    await page.locator(".conversation", has_text="画友群").click()
    await page.locator("#input").fill("大家好")
    await expect(page.locator("#hint")).to_be_visible()
    await page.locator("#input").press("Enter")
    await expect(page.locator(".mine")).to_have_count(1)
    await expect(page.locator("#typing")).to_be_hidden()
    await page.get_by_role("radio", name="Tom").click()
    await expect(page.locator(".message .name")).to_have_text("小美")
    await page.get_by_role("button", name="提到画画").click()
    await page.keyboard.type("画一张雪山")
    await expect(page.locator("#input")).to_have_value("@画画 画一张雪山")
    await expect(page.locator("#hint")).to_be_hidden()
    await page.keyboard.press("Enter")
    incoming = await house.bot.hears()
    assert (incoming.text, incoming.address.user, incoming.address.private) == ("画一张雪山", "tom", False)
    assert house.bot.heard.empty()
    await expect(page.locator(".mine .mention")).to_have_text("@画画")
    await house.bot.acknowledge(incoming.address)
    await house.bot.succeed(incoming.address)
    await expect(page.locator(".bubble.pinged .for")).to_have_text("@Tom")
    await shoot(page, "group")
    await page.get_by_role("radio", name="小美").click()
    await expect(page.locator(".answer .for")).to_have_text("@Tom")
    await expect(page.locator(".bubble.pinged")).to_have_count(0)


async def test_in_the_group_a_reply_to_the_bot_needs_no_mention(page: Page, house: House) -> None:
    """It is meant for the bot."""
    await page.locator(".conversation", has_text="画友群").click()
    await house.bot.say(Address("playground", "group", "mei", "m-1"), "画什么？", Priority.REPLY)
    await page.locator(".message").hover()
    await page.locator(".message").get_by_role("button", name="回复").click()
    await page.keyboard.type("一只猫")
    await expect(page.locator("#hint")).to_be_hidden()
    await page.keyboard.press("Enter")
    assert (await house.bot.hears()).text == "一只猫"


async def test_a_draft_waits_where_it_was_written(page: Page) -> None:
    """Each person in each chat has their own."""
    await page.locator("#input").fill("小美的草稿")
    await page.get_by_role("radio", name="Tom").click()
    await expect(page.locator("#input")).to_have_value("")
    await page.get_by_role("radio", name="小美").click()
    await expect(page.locator("#input")).to_have_value("小美的草稿")


async def test_the_page_opens_as_it_was_left(page: Page) -> None:
    """The same person, the same chat."""
    await page.get_by_role("radio", name="阿杰").click()
    await page.locator(".conversation", has_text="画友群").click()
    await page.reload()
    await expect(page.get_by_role("radio", name="阿杰")).to_be_checked()
    await expect(page.get_by_role("heading", level=1)).to_have_text("画友群")
