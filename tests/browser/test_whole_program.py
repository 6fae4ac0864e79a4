"""The whole program in a browser: the page, the service, the strict stand-in and its painter, and a person.

With `SCREENSHOTS` set to a folder it leaves the pictures of the README there: chat, edit and failure.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Browser, Page, expect

from ima.sandbox.painter import paint, transform
from tests.scenarios.house import house

from .conftest import Shoot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
TIMEOUT = 40_000


class Brush:
    """The stand-in's own painter."""

    def paint(self, prompt: str, width: int, height: int) -> Image.Image:
        return paint(prompt, width, height)

    def transform(self, pictures: Sequence[Image.Image], prompt: str, width: int, height: int) -> Image.Image:
        return transform(pictures, prompt, width, height)


async def say(page: Page, words: str) -> None:
    await page.locator("#input").fill(words)
    await page.locator("#input").press("Enter")


async def test_a_newcomer_gets_a_picture_an_edit_and_a_failure_with_buttons(
    browser: Browser, tmp_path: Path, shoot: Shoot
) -> None:
    """The six steps as a person sees them, one state after the other."""
    wrong: list[str] = []
    async with house(tmp_path, speed=8, painter=Brush()) as home:
        context = await browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 1040})
        page = await context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.set_default_timeout(TIMEOUT)
        await page.goto(home.chat.base)
        log = page.get_by_role("log")
        await say(page, "画一张戴墨镜的猫，16:9")
        await expect(log.get_by_text("戴墨镜的猫").nth(1)).to_be_visible()
        await shoot(page, "acknowledged")
        await expect(log.get_by_text("开始生成图片")).to_be_visible(timeout=TIMEOUT)
        await shoot(page, "started")
        await expect(log.get_by_text("正在生成中").first).to_be_visible(timeout=TIMEOUT)
        await shoot(page, "progress")
        await expect(log.get_by_text("图片生成成功")).to_be_visible(timeout=TIMEOUT)
        picture = page.locator(".shot.ready img").last
        await expect(picture).to_be_visible()
        assert await picture.evaluate("image => image.naturalWidth") == 1376
        await shoot(page, "chat")
        await say(page, "把它变成油画")
        await expect(log.get_by_text("图片生成成功")).to_have_count(2, timeout=TIMEOUT)
        await expect(page.locator(".shot.ready img")).to_have_count(2)
        await shoot(page, "edit")
        await home.provoke("status_failed")
        await say(page, "画一片极光下的雪山，16:9")
        await expect(log.get_by_text("图片生成失败")).to_be_visible(timeout=TIMEOUT)
        alternative = page.get_by_role("button", name="Nano Banana Pro · 1K · 10 积分")
        await expect(alternative).to_be_visible()
        await page.get_by_role("button", name="看看幕后").click()
        await expect(page.get_by_role("complementary").last).to_be_visible()
        await shoot(page, "failure")
        await alternative.click()
        await expect(log.get_by_text("图片生成成功")).to_have_count(3, timeout=TIMEOUT)
        tasks = (await home.state())["tasks"]
        assert [task["category"] for task in tasks] == [
            "text_to_image",
            "image_to_image",
            "text_to_image",
            "text_to_image",
        ]
        assert (tasks[3]["model_id"], tasks[3]["aspect_ratio"]) == ("gemini-3-pro-image", "16:9")
        await context.close()
    assert wrong == []
