"""Pictures that are uploaded and fetched: real ones, within bounds, by names that lead nowhere else."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.playground import pictures
from adapters.port import AttachmentError, AttachmentTooLarge
from protocol.messages import AttachedImage

from .helpers import GIF, JPEG, PNG, WEBP, Room, Words, outgoing, room_in


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(PNG, "image/png"), (JPEG, "image/jpeg"), (GIF, "image/gif"), (WEBP, "image/webp")],
)
async def test_a_picture_is_known_by_its_first_bytes(room: Room, content: bytes, media_type: str) -> None:
    """The content type that it is served with is ours, not the sender's."""
    response = await room.client.post("/api/pictures", content=content, headers={"Content-Type": "text/html"})
    served = await room.client.get(f"/pictures/{response.json()['name']}")
    assert (served.content, served.headers["content-type"]) == (content, media_type)
    assert served.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in served.headers["content-security-policy"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF8",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!doctype html><script>1</script>",
        b"RIFF....WAVE",
    ],
)
async def test_what_is_not_a_picture_is_not_stored(room: Room, tmp_path: Path, content: bytes) -> None:
    """415, and nothing on the disk."""
    response = await room.client.post("/api/pictures", content=content, headers={"Content-Type": "image/png"})
    assert response.status_code == 415
    assert list((tmp_path / "pictures").iterdir()) == []


async def test_an_upload_is_bounded_while_it_comes(room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a declared length too, nothing more than the bound is taken in."""
    monkeypatch.setattr(pictures, "LARGEST_PICTURE", 1000)
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        yield PNG
        while True:
            taken += 100
            yield bytes(100)

    with pytest.raises(pictures.TooLarge):
        await pictures.Pictures(tmp_path, lambda: "name").receive(endless())
    assert taken <= 1100
    assert not (tmp_path / "name.png").exists()


async def test_a_declared_length_past_the_bound_is_refused_at_once(room: Room) -> None:
    """413 before a byte is read."""
    response = await room.client.post(
        "/api/pictures", content=PNG, headers={"Content-Length": str(20 * 1024 * 1024 + 1)}
    )
    assert response.status_code == 413


async def test_fetch_gives_the_bytes_up_to_the_limit(room: Room) -> None:
    """A picture of exactly the limit passes; one byte more does not."""
    image = AttachedImage("playground", await room.upload())
    assert await room.playground.fetch(image, len(PNG)) == PNG
    with pytest.raises(AttachmentTooLarge):
        await room.playground.fetch(image, len(PNG) - 1)


@pytest.mark.parametrize(
    "reference",
    ["gone.png", "", "../playground.sqlite3", "..%2f..", "/etc/passwd", "a\x00.png", "a.svg", "a.png\n"],
)
async def test_fetch_of_anything_else_is_an_error(room: Room, reference: str) -> None:
    """A reference leads to a picture in the folder or nowhere."""
    with pytest.raises(AttachmentError):
        await room.playground.fetch(AttachedImage("playground", reference), 10**6)


async def test_fetch_of_another_platforms_picture_is_an_error(room: Room) -> None:
    """References mean nothing across platforms."""
    with pytest.raises(AttachmentError):
        await room.playground.fetch(AttachedImage("discord", await room.upload()), 10**6)


@pytest.mark.parametrize(
    "name", ["playground.sqlite3", "..%2Fplayground.sqlite3", "%2e%2e/playground.sqlite3", "x.png"]
)
async def test_the_page_serves_pictures_and_nothing_else(room: Room, name: str) -> None:
    """The store beside the pictures is out of reach."""
    assert (await room.client.get(f"/pictures/{name}")).status_code == 404


async def test_uploads_that_were_never_sent_are_deleted_after_a_day(tmp_path: Path, words: Words) -> None:
    """What a message shows stays, however old; what was sent a moment ago stays too."""
    folder = tmp_path / "pictures"
    async with room_in(tmp_path, words) as room:
        used, unused, young = [await room.upload() for _ in range(3)]
        await room.post(pictures=[{"name": used}])
    long_ago = 1_700_000_000 - 2 * 86400
    for name in (used, unused):
        os.utime(folder / name, (long_ago, long_ago))
    async with room_in(tmp_path, words, life="b") as room:
        await room.playground.send(outgoing())
        async with asyncio.timeout(10):
            while (folder / unused).exists():  # noqa: ASYNC110 - what deletes it tells nobody
                await asyncio.sleep(0.01)
    assert {path.name for path in folder.iterdir()} == {used, young}
