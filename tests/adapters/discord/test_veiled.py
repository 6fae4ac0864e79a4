"""What somebody hid until it is clicked stays hidden: pictures that are made of it are veiled as well."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from adapters.discord.forms import read, written
from adapters.discord.pictures import IS_SPOILER, pictures_of
from protocol.messages import AttachedImage, LinkedImage
from tests.adapters.discord.payloads import CHANNEL, attachment, message
from tests.adapters.discord.test_outgoing import PICTURE, out
from tests.adapters.discord.test_sending import Desk
from tests.platforms.discord_server import Shown, Upload
from tests.scenarios.discord_house import discord_house
from tests.scenarios.test_pictures import png


def gallery(*, spoiler: bool, **media: Any) -> dict[str, Any]:
    item = {"media": {"url": "https://cdn.discordapp.com/attachments/1/2/picture.png", **media}, "spoiler": spoiler}
    return {"components": [{"type": 12, "items": [item]}]}


@pytest.mark.parametrize(
    ("shown", "veiled"),
    [
        ({"attachments": [attachment()]}, False),
        ({"attachments": [attachment(flags=1 << 2)]}, False),
        ({"attachments": [attachment(flags=IS_SPOILER)]}, True),
        ({"attachments": [attachment(filename="SPOILER_cat.png")]}, True),
        ({"message_snapshots": [{"message": {"attachments": [attachment(flags=IS_SPOILER)]}}]}, True),
        (gallery(spoiler=True, attachment_id="2"), True),
        (gallery(spoiler=False, attachment_id="2"), False),
        (gallery(spoiler=True), True),
    ],
)
def test_a_picture_says_whether_it_was_veiled(shown: dict[str, Any], veiled: bool) -> None:
    [picture] = pictures_of(message(**shown), CHANNEL)
    assert picture.veiled is veiled


def test_a_form_remembers_it_too_and_reads_what_was_kept_before() -> None:
    pictures = (AttachedImage("discord", "a", True), LinkedImage("https://e.example/", veiled=True))
    assert read(written(pictures)) == pictures
    plain = (AttachedImage("discord", "a"), LinkedImage("https://e.example/"))
    assert read(written(plain)) == plain
    assert read('[["attached", "a"], ["linked", "https://e.example/"]]') == plain


@pytest.mark.parametrize("veiled", [True, False])
async def test_what_was_made_of_it_is_sent_veiled(veiled: bool) -> None:
    picture = PICTURE.__class__(PICTURE.url, PICTURE.alt, veiled=veiled)
    desk = Desk()
    await desk.send(out("✅", picture=picture))
    assert desk.rest.calls[0][2]["components"][0]["items"][0]["spoiler"] is veiled


def spoiler(shown: Shown) -> bool:
    [veiled] = [each["items"][0]["spoiler"] for each in shown.components if each["type"] == 12]
    return bool(veiled)


async def test_edits_of_a_veiled_picture_and_edits_of_those_are_veiled_and_others_are_not(tmp_path: Path) -> None:
    """Over the real SDK: attached, changed once more in words, again by its button, and then something new."""
    async with discord_house(tmp_path, speed=60) as home:
        hidden = Upload("SPOILER_photo.png", png())
        asked = home.discord.say(home.mei, home.channel, "变成油画", [hidden])
        first = (await home.ended(since=asked.id))[-1]
        asked = home.discord.say(home.mei, home.channel, "把它变成蓝色")
        second = (await home.ended(since=asked.id))[-1]
        pressed = home.discord.press(home.mei, second, home.button(second, 1))
        third = (await home.ended(since=pressed.id))[-1]
        asked = home.discord.say(home.mei, home.channel, "画一只猫")
        fourth = (await home.ended(since=asked.id))[-1]
        assert [spoiler(each) for each in (first, second, third, fourth)] == [True, True, True, False]
        categories = [task["category"] for task in await home.tasks()]
        assert categories == ["image_to_image", "image_to_image", "image_to_image", "text_to_image"]
