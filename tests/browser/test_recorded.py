"""What Discord recorded of our messages, shown in the playground's page: the same words, picture and buttons."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from protocol.messages import Address, Button, Picture, Priority
from tests.platforms.discord_server import Shown
from tests.scenarios.discord_house import code, discord_house, words

from .conftest import OpenPage, Shoot
from .house import Bot, House
from .test_conversation import say

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PRIORITIES = {
    "0": Priority.ACKNOWLEDGEMENT,
    "1": Priority.START,
    "2": Priority.PROGRESS,
    "3": Priority.RESULT,
    "4": Priority.RESULT,
}


async def replay(bot: Bot, address: Address, recorded: Shown) -> None:
    """Say in the playground what was said in Discord."""
    picture = None
    for number, each in enumerate(recorded.attachments):
        path = bot.folder / f"recorded-{recorded.id}-{number}.png"
        path.write_bytes(each.data)
        picture = Picture("https://img.example.com/a.png", each.alt or "", str(path), "image/png", 1024, 1024)
    buttons = tuple(Button(each.label, each.custom_id or "") for each in recorded.buttons)
    step = PRIORITIES[code(recorded)]
    reply = recorded.replied_to is not None
    await bot.say(address, plain(recorded), step, reply=reply, picture=picture, buttons=buttons)


def plain(recorded: Shown) -> str:
    """Its words without the mention of the asker, which the playground does not need."""
    return re.sub(r"<(https?://[^>]+)>", r"\1", re.sub(r"^<@\d+>\n", "", words(recorded)))


@pytest.mark.parametrize(
    ("locale", "text", "failure"),
    [
        ("zh-CN", "画一只戴墨镜的橘猫", None),
        ("en-US", "draw a heron", "status_failed"),
    ],
)
async def test_the_six_steps_of_discord(
    open_page: OpenPage, house: House, tmp_path: Path, shoot: Shoot, locale: str, text: str, failure: str | None
) -> None:
    """Each message once, in order, in the words that people read there."""
    async with discord_house(tmp_path / "discord", painted=True) as home:
        if failure is not None:
            await home.provoke(failure, times=1)
        home.discord.say(home.mei if locale == "zh-CN" else home.tom, home.channel, text)
        recorded = await home.ended()
    page = await open_page(locale=locale)
    await say(page, text)
    address = (await house.bot.hears()).address
    for each in recorded:
        await replay(house.bot, address, each)
    await seen(page, text, recorded)
    await shoot(page, f"recorded-{locale}-{'failure' if failure else 'picture'}")


async def seen(page: Page, text: str, recorded: list[Shown]) -> None:
    """The page shows exactly that. The latest progress stands for those before it."""
    last = recorded[-1]
    await expect(page.locator("#log .message.mine .text")).to_contain_text(text)
    for line in plain(last).splitlines():
        await expect(page.locator("#log .message").last.locator(".text")).to_contain_text(line.strip())
    for step in ("0", "1"):
        found = next(each for each in recorded if code(each) == step)
        await expect(page.locator("#log .message .text", has_text=plain(found).splitlines()[0])).to_be_visible()
    labels = page.locator("#log .message").last.get_by_role("button", name=re.compile(r"·|\d"))
    await expect(labels).to_have_text([each.label for each in last.buttons])
    if last.attachments:
        await expect(page.locator("#log .message .shot.ready")).to_have_count(1)
        await expect(page.get_by_role("img", name=last.attachments[0].alt or "", exact=True)).to_be_visible()
