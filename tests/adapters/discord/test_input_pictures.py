"""Pictures that people send, good and bad: over the real SDK, to the image service or to an honest word."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from bot.jobs import pictures
from tests.platforms.discord_server import Upload
from tests.scenarios.discord_house import code, discord_house, words
from tests.scenarios.house import LOCALES
from tests.scenarios.test_pictures import png


def written(file_format: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (320, 240), "#336699").save(data, file_format)
    return data.getvalue()


@pytest.mark.parametrize("private", [True, False])
async def test_an_address_that_ended_before_it_was_used_is_read_anew(private: bool, tmp_path: Path) -> None:
    async with discord_house(tmp_path, speed=60, forgive=("expired_attachment_url",)) as home:
        if private:
            home.discord.dm(home.tom, "turn this into an oil painting", [png()])
        else:
            home.discord.say(home.tom, home.channel, "turn this into an oil painting", [png()])
        home.discord.cdn.end_all()
        place = home.discord.direct(home.tom) if private else home.channel
        await home.ended(place)
        assert re.fullmatch("012*3", home.steps(place))
        assert (await home.tasks())[0]["category"] == "image_to_image"
        assert len(home.discord.cdn.fetches) == 2


async def test_a_picture_that_was_deleted_meanwhile_is_told_and_nothing_is_spent(tmp_path: Path) -> None:
    async with discord_house(tmp_path, speed=60, forgive=("expired_attachment_url",)) as home:
        asked = home.discord.say(home.tom, home.channel, "turn this into an oil painting", [png()])
        home.discord.cdn.end_all()
        home.discord.trouble.delete_message(asked)
        result = (await home.ended())[-1]
        assert code(result) == "4"
        assert (await home.state())["counts"]["create"] == 0


async def test_every_usual_kind_of_picture_is_taken_and_other_files_beside_it_are_left(tmp_path: Path) -> None:
    async with discord_house(tmp_path, speed=60) as home:
        files = [
            Upload("voice-message.ogg", b"OggS"),
            Upload("a.webp", written("WEBP")),
            Upload("notes.txt", b"hello"),
            Upload("b.gif", written("GIF")),
            Upload("film.mp4", b"ftyp"),
            Upload("c.jpg", written("JPEG")),
        ]
        home.discord.say(home.mei, home.channel, "把这三张图合成一张", files)
        await home.ended()
        assert len((await home.tasks())[0]["input_images"]) == 3
        assert len(home.discord.cdn.fetches) == 3


async def test_a_file_that_only_claims_to_be_a_picture_is_told_and_nothing_is_spent(tmp_path: Path) -> None:
    async with discord_house(tmp_path, speed=60) as home:
        home.discord.say(home.tom, home.channel, "turn this into an oil painting", [Upload("cat.png", b"no picture")])
        result = (await home.ended())[-1]
        assert LOCALES.text("failed.reason.input_unreadable", "en") in words(result)
        assert (await home.state())["counts"]["create"] == 0


async def test_a_picture_that_is_too_large_is_told_and_nothing_is_spent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "LARGEST_INPUT", 500)
    async with discord_house(tmp_path, speed=60) as home:
        home.discord.say(home.tom, home.channel, "turn this into an oil painting", [png()])
        result = (await home.ended())[-1]
        assert LOCALES.text("failed.reason.input_too_large", "en") in words(result)
        assert (await home.state())["counts"]["create"] == 0
