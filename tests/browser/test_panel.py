"""The side panel: what happens underneath, and failures to provoke."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from .conftest import OpenPage, Shoot
from .house import House

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_what_happens_underneath_is_shown_live(page: Page, house: House, shoot: Shoot) -> None:
    """The newest first; of this chat only, or of all."""
    house.bot.observe("private-mei", "decision", "generate: 猫", model="Nano Banana2", size="1K")
    await page.get_by_role("button", name="看看幕后").click()
    items = page.locator(".activity li")
    await expect(items).to_have_count(1)
    house.bot.observe("private-mei", "job", "creating → generating", points="6")
    house.bot.observe("private-tom", "job", "somebody else's")
    await expect(items).to_have_count(2)
    await expect(items.first).to_contain_text("creating → generating")
    await expect(items.last.locator("dd")).to_have_text(["Nano Banana2", "1K"])
    await page.get_by_role("checkbox", name="只看这个会话").uncheck()
    await expect(items).to_have_count(3)
    await shoot(page, "panel")


async def test_a_failure_is_armed_and_taken_back(page: Page, house: House) -> None:
    """One at a time; pressing it again takes it back; the end of a request uses it up."""
    await page.get_by_role("button", name="看看幕后").click()
    timeout, points = (page.locator(".failures").get_by_role("button", name=name) for name in ("超时", "积分不足"))
    await timeout.click()
    await expect(timeout).to_have_attribute("aria-pressed", "true")
    assert house.failures.armed == ["timeout"]
    await points.click()
    await expect(points).to_have_attribute("aria-pressed", "true")
    await expect(timeout).to_have_attribute("aria-pressed", "false")
    assert house.failures.armed == ["no_points"]
    await points.click()
    await expect(points).to_have_attribute("aria-pressed", "false")
    assert house.failures.armed == []
    await timeout.click()
    await page.get_by_role("button", name="全部取消").click()
    await expect(timeout).to_have_attribute("aria-pressed", "false")
    assert house.failures.armed == []
    await timeout.click()
    await expect(timeout).to_have_attribute("aria-pressed", "true")
    await page.locator("#input").fill("画一张猫")
    await page.locator("#input").press("Enter")
    await house.bot.fail((await house.bot.hears()).address)
    await expect(timeout).to_have_attribute("aria-pressed", "false")


async def test_switches_that_cannot_be_reached_are_said(page: Page) -> None:
    """With a way to try again."""
    await page.route("**/failures", lambda route: route.abort())
    await page.get_by_role("button", name="看看幕后").click()
    await expect(page.get_by_text("现在连不上故障开关。")).to_be_visible()
    await page.unroute("**/failures")
    await page.locator("#panel").get_by_role("button", name="重试").click()
    await expect(page.get_by_role("button", name="超时")).to_be_visible()


async def test_the_panel_stays_open_and_closes_by_key(page: Page) -> None:
    """Over a reload; Escape closes it and gives the focus back."""
    opener = page.get_by_role("button", name="看看幕后")
    await opener.click()
    await expect(page.get_by_role("button", name="超时")).to_be_visible()
    await page.reload()
    await expect(page.locator("#panel")).to_be_visible()
    await page.locator("#panel").focus()
    await page.keyboard.press("Escape")
    await expect(page.locator("#panel")).to_be_hidden()
    await expect(opener).to_be_focused()
    await expect(opener).to_have_attribute("aria-expanded", "false")


async def test_the_drawer_of_a_phone_keeps_the_focus(open_page: OpenPage) -> None:
    """It covers the chat, so that one does not tab behind it."""
    page = await open_page(viewport={"width": 360, "height": 740})
    await page.get_by_role("button", name="看看幕后").click()
    await expect(page.get_by_role("button", name="超时")).to_be_visible()
    for _ in range(12):
        await page.keyboard.press("Tab")
        assert await page.evaluate("!!document.activeElement.closest('#panel')")
