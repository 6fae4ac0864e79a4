"""How our messages look in Discord: whole conversations, recorded by the strict local Discord, drawn in Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.platforms.discord_server import Channel, User
from tests.scenarios.discord_house import DiscordHouse, discord_house

from .conftest import Shoot
from .discord_look import page as drawn

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def look(browser: Browser, home: DiscordHouse, channel: Channel, sees: User) -> Page:
    """The channel in a window of a usual width; nothing may be wider."""
    page = await browser.new_page(viewport={"width": 760, "height": 100}, device_scale_factor=1)
    await page.set_content(drawn(home.discord.world, channel, sees))
    height = await page.evaluate("document.body.offsetHeight")
    await page.set_viewport_size({"width": 760, "height": int(height)})
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return page


@pytest.mark.parametrize(
    ("language", "text"), [("zh", "画一只戴墨镜的橘猫"), ("en", "draw a lighthouse at sunset, 16:9")]
)
async def test_the_six_steps(browser: Browser, tmp_path: Path, shoot: Shoot, language: str, text: str) -> None:
    """Reply, start, progress, the picture above its caption, and its four buttons in one row or two."""
    async with discord_house(tmp_path, painted=True) as home:
        asker = home.mei if language == "zh" else home.tom
        home.discord.say(asker, home.channel, text)
        await home.ended()
        page = await look(browser, home, home.channel, asker)
        await expect(page.locator("article")).to_have_count(len(home.shown()) + 1)
        await expect(page.locator("button")).to_have_count(4)
        picture = await page.locator("img").bounding_box()
        caption = await page.locator("article").last.locator(".words").bounding_box()
        assert picture is not None
        assert caption is not None
        assert picture["y"] < caption["y"]
        await shoot(page, f"discord-six-steps-{language}")
        await page.close()


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_failure_and_its_offer(browser: Browser, tmp_path: Path, shoot: Shoot, language: str) -> None:
    """The reason, and a button for each alternative with its points."""
    async with discord_house(tmp_path, painted=True) as home:
        asker, text = (home.mei, "画一只白鹤") if language == "zh" else (home.tom, "draw a heron")
        await home.provoke("status_failed", times=1)
        home.discord.say(asker, home.channel, text)
        await home.ended()
        page = await look(browser, home, home.channel, asker)
        await expect(page.locator("button")).to_have_count(2)
        await shoot(page, f"discord-failure-{language}")
        await page.close()


async def test_a_direct_message(browser: Browser, tmp_path: Path, shoot: Shoot) -> None:
    """Nobody is mentioned where only two talk."""
    async with discord_house(tmp_path, painted=True) as home:
        home.discord.dm(home.tom, "draw a fox in the snow")
        direct = home.discord.direct(home.tom)
        await home.ended(direct)
        page = await look(browser, home, direct, home.tom)
        await expect(page.locator(".mention")).to_have_count(0)
        await shoot(page, "discord-direct")
        await page.close()


async def test_commands(browser: Browser, tmp_path: Path, shoot: Shoot) -> None:
    """What was asked stands above the answer; the answers to questions are for the asker alone."""
    async with discord_house(tmp_path, painted=True) as home:
        for name in ("help", "models", "preference", "usage"):
            home.discord.slash(home.mei, home.channel, name)
        await home.until(lambda: len(home.shown()) == 4)
        home.discord.slash(home.mei, home.channel, "draw", {"prompt": "雪山日出", "ratio": "16:9"})
        await home.until(lambda: "3" in home.steps())
        page = await look(browser, home, home.channel, home.mei)
        await expect(page.locator(".alone")).to_have_count(4)
        await shoot(page, "discord-commands")
        await page.close()
