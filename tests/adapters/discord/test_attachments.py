"""Fetching attached pictures: what is asked for, how often, and what is refused unasked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from adapters.discord import attachments as module
from adapters.discord.attachments import Attachments
from adapters.discord.payload import JsonObject
from adapters.discord.pictures import Reference
from adapters.port import AttachmentError, AttachmentTooLarge
from tests.adapters.discord.payloads import CHANNEL, MESSAGE, attachment, message

OLD = "https://cdn.discordapp.com/attachments/5500/77/cat.png?ex=old"
FRESH = "https://cdn.discordapp.com/attachments/5500/77/cat.png?ex=fresh"
LIMIT = 1000


class Discord:
    """Files by address (what comes of one attempt after the other), and the message that they were in."""

    def __init__(self, message: JsonObject | None = None, **files: Any) -> None:
        self.message = message
        self.files: dict[str, list[httpx.Response | Exception]] = {}
        self.asked: list[str] = []
        self.read: list[tuple[str, str]] = []

    def serve(self, url: str, *answers: httpx.Response | Exception) -> Discord:
        self.files[url] = list(answers)
        return self

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        answers = self.files[str(request.url)]
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(found, Exception):
            raise found
        return found

    async def read_message(self, channel: str, identity: str) -> JsonObject:
        self.read.append((channel, identity))
        if self.message is None:
            raise AttachmentError("the message is gone")
        return self.message


Open = Callable[[Discord], Attachments]


@pytest.fixture
async def attachments(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Open]:
    monkeypatch.setattr(module, "PAUSE", 0.0)
    opened: list[Attachments] = []

    def make(discord: Discord) -> Attachments:
        made = Attachments(discord.read_message, local=False, transport=httpx.MockTransport(discord.answer))
        opened.append(made)
        return made

    yield make
    for each in opened:
        await each.close()


def ok(data: bytes = b"picture", **more: Any) -> httpx.Response:
    return httpx.Response(200, content=data, **more)


def reference(url: str = OLD, channel: str = CHANNEL, identity: str = MESSAGE) -> str:
    return Reference(channel, identity, "77", url).encode()


async def test_a_picture_is_fetched_from_the_address_that_came_with_it(attachments: Open) -> None:
    discord = Discord().serve(OLD, ok())
    assert await attachments(discord).fetch(reference(), LIMIT) == b"picture"
    assert (discord.asked, discord.read) == ([OLD], [])


@pytest.mark.parametrize("status", [401, 403, 404, 410])
async def test_an_address_that_has_expired_is_read_anew_from_its_message(status: int, attachments: Open) -> None:
    discord = Discord(message(attachments=[attachment("76"), attachment("77", url=FRESH)]))
    discord.serve(OLD, httpx.Response(status)).serve(FRESH, ok())
    assert await attachments(discord).fetch(reference(), LIMIT) == b"picture"
    assert (discord.asked, discord.read) == ([OLD, FRESH], [(CHANNEL, MESSAGE)])


@pytest.mark.parametrize(
    "shown",
    [
        message(message_snapshots=[{"message": {"attachments": [attachment("77", url=FRESH)]}}]),
        message(components=[{"type": 12, "items": [{"media": {"url": FRESH, "attachment_id": "77"}}]}]),
    ],
    ids=["forwarded", "in our own layout"],
)
async def test_it_is_found_again_wherever_the_message_shows_it(shown: JsonObject, attachments: Open) -> None:
    discord = Discord(shown).serve(OLD, httpx.Response(404)).serve(FRESH, ok())
    assert await attachments(discord).fetch(reference(), LIMIT) == b"picture"


@pytest.mark.parametrize(
    "shown",
    [None, message(), message(attachments=[attachment("76", url=FRESH)]), message(attachments=[{"id": "77"}])],
    ids=["no message", "nothing in it", "only another", "without an address"],
)
async def test_what_is_in_its_message_no_more_is_gone(shown: JsonObject | None, attachments: Open) -> None:
    discord = Discord(shown).serve(OLD, httpx.Response(404))
    with pytest.raises(AttachmentError):
        await attachments(discord).fetch(reference(), LIMIT)
    assert discord.asked == [OLD]


async def test_a_fresh_address_that_has_expired_too_is_the_end(attachments: Open) -> None:
    discord = Discord(message(attachments=[attachment("77", url=FRESH)]))
    discord.serve(OLD, httpx.Response(404)).serve(FRESH, httpx.Response(404))
    with pytest.raises(AttachmentError, match="gone"):
        await attachments(discord).fetch(reference(), LIMIT)


async def test_a_file_that_is_in_no_message_cannot_be_read_anew(attachments: Open) -> None:
    discord = Discord(message(attachments=[attachment("77", url=FRESH)])).serve(OLD, httpx.Response(404))
    with pytest.raises(AttachmentError, match="gone"):
        await attachments(discord).fetch(reference(channel="", identity=""), LIMIT)
    assert discord.read == []


@pytest.mark.parametrize(
    "trouble", [httpx.Response(500), httpx.Response(429), httpx.ReadError("reset"), httpx.ConnectTimeout("slow")]
)
async def test_what_passes_is_tried_again(trouble: httpx.Response | Exception, attachments: Open) -> None:
    discord = Discord().serve(OLD, trouble, trouble, ok())
    assert await attachments(discord).fetch(reference(), LIMIT) == b"picture"
    assert len(discord.asked) == 3


async def test_what_does_not_pass_is_given_up(attachments: Open) -> None:
    discord = Discord().serve(OLD, httpx.Response(503))
    with pytest.raises(AttachmentError, match="cannot be fetched"):
        await attachments(discord).fetch(reference(), LIMIT)
    assert len(discord.asked) == module.ATTEMPTS


async def test_an_answer_that_makes_no_sense_is_not_asked_for_again(attachments: Open) -> None:
    discord = Discord().serve(OLD, httpx.Response(302, headers={"Location": "http://169.254.169.254/"}))
    with pytest.raises(AttachmentError, match="302"):
        await attachments(discord).fetch(reference(), LIMIT)
    assert len(discord.asked) == 1


async def several() -> AsyncIterator[bytes]:
    for _ in range(3):
        yield b"x" * 400


@pytest.mark.parametrize(
    "too_large",
    [lambda: ok(b"x" * (LIMIT + 1)), lambda: httpx.Response(200, content=several())],
    ids=["declared", "undeclared"],
)
async def test_a_picture_over_the_bound_is_refused(too_large: Callable[[], httpx.Response], attachments: Open) -> None:
    with pytest.raises(AttachmentTooLarge):
        await attachments(Discord().serve(OLD, too_large())).fetch(reference(), LIMIT)


async def test_a_picture_of_just_the_bound_is_taken(attachments: Open) -> None:
    assert len(await attachments(Discord().serve(OLD, ok(b"x" * LIMIT))).fetch(reference(), LIMIT)) == LIMIT


@pytest.mark.parametrize(
    "url",
    [
        "http://cdn.discordapp.com/attachments/1/2/cat.png",
        "https://cdn.discordapp.com.example.com/cat.png",
        "https://example.com/cat.png",
        "http://127.0.0.1/cat.png",
        "file:///etc/passwd",
        "https://[",
        "",
    ],
)
async def test_nothing_is_fetched_from_anywhere_else(url: str, attachments: Open) -> None:
    discord = Discord()
    with pytest.raises(AttachmentError):
        await attachments(discord).fetch(reference(url), LIMIT)
    assert discord.asked == []


@pytest.mark.parametrize("broken", ["", "{}", "[1]", "not json"])
async def test_a_reference_that_is_none_of_ours_is_an_honest_error(broken: str, attachments: Open) -> None:
    with pytest.raises(AttachmentError):
        await attachments(Discord()).fetch(broken, LIMIT)
