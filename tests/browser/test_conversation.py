"""A conversation on the page: what one says, what the bot answers, how it is shown."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from protocol.messages import Outgoing, Priority

from .conftest import OpenPage, Shoot
from .house import House

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def say(page: Page, text: str) -> None:
    """Type and press Enter."""
    await page.locator("#input").fill(text)
    await page.locator("#input").press("Enter")


async def test_the_six_steps_arrive_live(page: Page, house: House, shoot: Shoot) -> None:
    """From 「画一张猫」 to a picture, each step as it comes."""
    await shoot(page, "empty")
    await page.get_by_role("button", name="画一张猫").click()
    await expect(page.locator("#input")).to_have_value("画一张猫")
    await page.locator("#input").press("Enter")
    incoming = await house.bot.hears()
    assert (incoming.text, incoming.locale, incoming.address.private) == ("画一张猫", "zh", True)
    await expect(page.locator(".mine .text")).to_contain_text("画一张猫")
    await expect(page.locator("#typing")).to_be_visible()

    await house.bot.acknowledge(incoming.address)
    reply = page.locator(".message.acknowledgement")
    await expect(reply.locator(".quoted i")).to_have_text("画一张猫")
    await expect(page.locator("#typing")).to_be_hidden()
    await shoot(page, "acknowledged")

    await house.bot.start(incoming.address)
    await expect(page.locator(".message.start.live .meter")).to_be_visible()
    await expect(page.locator("#subtitle")).to_have_text("正在画…")
    await shoot(page, "started")

    await house.bot.progress(incoming.address, 50)
    await house.bot.progress(incoming.address, 87)
    await expect(page.locator(".message.live")).to_have_count(1)
    await expect(page.locator(".message.live .text")).to_contain_text("87%")
    await shoot(page, "progress")

    await house.bot.succeed(incoming.address)
    result = page.locator(".message", has=page.get_by_role("img", name="山上的太阳"))
    await expect(result.locator(".shot.ready")).to_be_visible()
    await expect(result.locator(".text")).to_contain_text("图片生成成功")
    await expect(result.get_by_role("link")).to_have_attribute("href", "https://img.example.com/a/cat.png")
    await expect(page.locator(".message.live")).to_have_count(0)
    await expect(page.locator("#subtitle")).to_have_text("在线")
    assert await page.locator("#log .message").count() == 6
    await shoot(page, "picture")


async def test_progress_may_be_an_edit(page: Page, house: House) -> None:
    """One bubble whose words change in place."""
    await say(page, "画一张猫")
    address = (await house.bot.hears()).address
    first = await house.bot.progress(address, 50)
    await expect(page.locator(".progress .text")).to_contain_text("50%")
    await house.bot.say(address, "⏳ 正在生成中… 75%", Priority.PROGRESS, edits=first)
    await expect(page.locator(".progress .text")).to_contain_text("75%")
    await expect(page.locator(".progress")).to_have_count(1)


async def test_progress_that_tells_its_share_is_drawn(page: Page, house: House) -> None:
    """From the number, never from the words; an edit moves the same bar."""
    await say(page, "画一张猫")
    address = (await house.bot.hears()).address
    first = await house.playground.send(Outgoing(address, "half", "⏳ …", Priority.PROGRESS, percent=50))
    bar = page.get_by_role("progressbar")
    await expect(bar).to_have_attribute("aria-valuenow", "50")
    await house.playground.send(Outgoing(address, "more", "⏳ …", Priority.PROGRESS, edits=first, percent=87))
    await expect(bar).to_have_attribute("aria-valuenow", "87")


async def test_two_requests_at_once_are_told_apart(page: Page, house: House) -> None:
    """The end of one leaves the other at work."""
    await say(page, "画一张猫")
    cat = (await house.bot.hears()).address
    await say(page, "画一张狗")
    dog = (await house.bot.hears()).address
    for address in (cat, dog):
        await house.bot.start(address)
    await expect(page.locator(".message.live")).to_have_count(2)
    await house.bot.succeed(cat)
    await expect(page.locator(".message.live")).to_have_count(1)
    await house.bot.fail(dog)
    await expect(page.locator(".message.live")).to_have_count(0)


async def test_an_alternative_is_chosen_once(page: Page, house: House, shoot: Shoot) -> None:
    """The buttons of a failure are off after a press, and the bot answers the choice."""
    await say(page, "画一张猫")
    await house.bot.fail((await house.bot.hears()).address)
    offer = page.locator(".buttons")
    pro = offer.get_by_role("button", name="Nano Banana Pro · 10 pts")
    small = offer.get_by_role("button", name="Nano Banana2 512px · 4 pts")
    await shoot(page, "failure")
    await pro.click()
    incoming = await house.bot.hears()
    assert incoming.press == "offer-1"
    await expect(pro).to_be_disabled()
    await expect(small).to_be_disabled()
    await expect(page.locator(".message.press")).to_contain_text("Nano Banana Pro · 10 pts")
    await house.bot.acknowledge(incoming.address, "好的，换一个模型再试 ✨")
    await expect(page.locator(".message.acknowledgement .quoted i")).to_have_text("Nano Banana Pro · 10 pts")
    await page.reload()
    await expect(pro).to_be_disabled()
    await shoot(page, "chosen")


async def test_the_buttons_of_a_picture_live_on(page: Page, house: House) -> None:
    """They wait for the bot's answer, and can be pressed again."""
    await say(page, "画一张猫")
    await house.bot.succeed((await house.bot.hears()).address)
    again = page.locator(".buttons").get_by_role("button", name="再来一张")
    await again.click()
    first = await house.bot.hears()
    await expect(again).to_be_disabled()
    await house.bot.acknowledge(first.address)
    await expect(again).to_be_enabled()
    await again.click()
    second = await house.bot.hears()
    assert (second.press, second.address.message != first.address.message) == ("again", True)


async def test_a_press_that_gets_nowhere_can_be_repeated(page: Page, house: House) -> None:
    """The button comes back, with a word about it."""
    await say(page, "画一张猫")
    await house.bot.fail((await house.bot.hears()).address)
    house.bot.deaf = True
    button = page.get_by_role("button", name="Nano Banana Pro · 10 pts")
    await button.click()
    await expect(page.get_by_role("alert")).to_have_text("没有收到，请再按一次")
    house.bot.deaf = False
    await button.click()
    assert (await house.bot.hears()).press == "offer-1"


async def test_text_stays_text(page: Page, house: House) -> None:
    """Markup is shown, web links are links, other schemes are not, and nothing runs."""
    text = '<img src=x onerror="alert(1)"> javascript:alert(1) https://a.example/x?q=1。（http://b.example/y）'
    await say(page, text)
    incoming = await house.bot.hears()
    assert incoming.text == text
    await house.bot.say(incoming.address, text, Priority.REPLY)
    for bubble in (page.locator(".mine .text"), page.locator(".answer .text")):
        await expect(bubble).to_contain_text('<img src=x onerror="alert(1)">')
        links = await bubble.locator("a").evaluate_all("all => all.map(a => [a.href, a.rel, a.target])")
        assert links == [
            ["https://a.example/x?q=1", "noopener noreferrer", "_blank"],
            ["http://b.example/y", "noopener noreferrer", "_blank"],
        ]
    assert await page.locator("#log img").count() == 0


async def test_one_who_reads_above_is_not_torn_away(page: Page, house: House) -> None:
    """New messages are counted at a button that leads to them."""
    await say(page, "你好")
    address = (await house.bot.hears()).address
    for number in range(30):
        await house.bot.say(address, f"第 {number} 行\n再一行", Priority.REPLY)
    await expect(page.locator(".message")).to_have_count(31)
    await page.locator("#scroller").evaluate("scroller => scroller.scrollTo(0, 200)")
    await expect(page.locator("#newest")).to_be_visible()
    await house.bot.say(address, "新消息", Priority.REPLY)
    await expect(page.locator("#newest b")).to_have_text("1")
    assert await page.locator("#scroller").evaluate("scroller => scroller.scrollTop") == 200
    await page.locator("#newest").click()
    await expect(page.get_by_text("新消息").last).to_be_in_viewport()
    await expect(page.locator("#newest")).to_be_hidden()


async def test_earlier_messages_are_a_press_away(page: Page, house: House) -> None:
    """What one was looking at stays in sight."""
    await say(page, "你好")
    address = (await house.bot.hears()).address
    for number in range(80):
        await house.bot.say(address, f"第 {number} 行", Priority.REPLY)
    await expect(page.get_by_text("第 79 行").last).to_be_visible()
    await page.reload()
    await expect(page.locator(".message")).to_have_count(60)
    await page.get_by_role("button", name="更早的消息").click()
    await expect(page.locator(".message")).to_have_count(81)
    await expect(page.get_by_role("button", name="更早的消息")).to_be_hidden()
    await expect(page.locator(".message", has_text="第 20 行").first).to_be_in_viewport()


async def test_a_page_opened_later_shows_the_same(page: Page, house: House, open_page: OpenPage) -> None:
    """Two windows are one conversation."""
    await say(page, "画一张猫")
    address = (await house.bot.hears()).address
    await house.bot.succeed(address)
    other = await open_page()
    await expect(other.locator(".message")).to_have_count(2)
    await house.bot.say(address, "还要别的吗？", Priority.REPLY)
    for window in (page, other):
        await expect(window.locator(".message").last).to_contain_text("还要别的吗？")
