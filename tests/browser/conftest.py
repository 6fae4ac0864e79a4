"""One Chromium for all; a house and a page for each test.

With `SCREENSHOTS` set to a folder, the tests leave pictures of the page's states there.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Error, Page, async_playwright

from tests.adapters.playground.page_words import page_words

from .house import House, open_house

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Words: TypeAlias = Mapping[str, Mapping[str, str]]
OpenPage: TypeAlias = Callable[..., Awaitable[Page]]
Shoot: TypeAlias = Callable[[Page, str], Awaitable[None]]


@pytest.fixture(scope="session")
def words() -> Words:
    """Every word of the page."""
    return page_words()


def pytest_runtest_setup() -> None:
    """Without the system's own Chromium these tests are skipped, all in one line; in CI never."""
    if shutil.which("chromium") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is missing, and CI must run the browser tests", pytrace=False)
        pytest.skip("Chromium is not installed: the tests of the page in a browser are left out")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Started once."""
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="session")
async def house(browser: Browser, tmp_path: Path, words: Words) -> AsyncIterator[House]:
    """The page's server, with a bot that does what the test says. (After the browser: no browser, no server.)"""
    async with open_house(tmp_path, words) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser, house: House) -> AsyncIterator[OpenPage]:
    """Opens the page as a person would, with a browser of their own; nothing may go wrong in it."""
    wrong: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # What the network does is told by the page itself, and each test looks at that.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            wrong.append(message.text)

    def threw(error: Error) -> None:
        wrong.append(str(error))

    async with AsyncExitStack() as stack:

        async def open_one(**options: Any) -> Page:
            settings: dict[str, Any] = {"locale": "zh-CN", "viewport": {"width": 1280, "height": 820}, **options}
            context = await browser.new_context(**settings)
            stack.push_async_callback(context.close)
            page = await context.new_page()
            page.set_default_timeout(10_000)
            page.on("console", heard)
            page.on("pageerror", threw)
            await page.goto(house.url)
            await page.locator("#app").wait_for()
            return page

        yield open_one
    assert wrong == []


@pytest_asyncio.fixture(loop_scope="session")
async def page(open_page: OpenPage) -> Page:
    """A desktop browser in Chinese."""
    return await open_page()


@pytest.fixture
def shoot() -> Shoot:
    """Leaves a picture of the page, where one is wanted."""
    folder = os.environ.get("SCREENSHOTS")

    async def take(page: Page, name: str) -> None:
        if folder:
            await asyncio.sleep(0.7)
            path = await asyncio.to_thread(Path(folder).resolve)
            await page.screenshot(path=path / f"{name}.png")

    return take
