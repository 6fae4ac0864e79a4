"""What a message quotes: ours is known, others' are looked at, and what cannot be seen is said to be gone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.port import AttachmentError
from bot.quotes import Quotes
from bot.store import Store, open_store
from protocol.job import Produced, State
from protocol.messages import Address, AttachedImage, ImageRef, Incoming, LinkedImage, MessageRef, Quote
from protocol.reaction import Reaction, StartJob
from tests.protocol.builders import ADDRESS, JOB, NOW, REQUEST

PHOTO = AttachedImage("playground", "photo")
SAID = Incoming(ADDRESS, "把这张图变成水彩", NOW, quotes=Quote("m0"))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await open_store(f"sqlite+aiosqlite:///{tmp_path / 'imabot.db'}")
    yield opened
    await opened.close()


class Looks:
    """How the platform looks at a message, and how often it was asked to."""

    def __init__(self, *seen: ImageRef, gone: bool = False) -> None:
        self.seen, self.gone, self.asked = seen, gone, list[str]()

    async def __call__(self, address: Address, message: str) -> tuple[ImageRef, ...]:
        self.asked.append(message)
        if self.gone:
            raise AttachmentError("recalled")
        return self.seen


async def test_the_picture_of_somebody_else_is_looked_at(store: Store) -> None:
    looks = Looks(PHOTO)
    found = await Quotes(store, {"playground": looks}).complete(SAID)
    assert found == replace(SAID, quotes=None, images=(PHOTO,))


STEPS = ("acknowledgement", "start", "progress-0", "result")


async def job_with(store: Store, picture: Produced | None) -> None:
    """A job whose steps are the messages m0, m1, …"""
    refs = {step: MessageRef("playground", "room", f"m{number}") for number, step in enumerate(STEPS)}
    job = replace(JOB, state=State.SUCCEEDED, picture=picture, sent=refs)
    await store.record(Incoming(job.request.address, "x", NOW), NOW)
    started = Reaction(StartJob(REQUEST), "zh")
    await store.answer(Incoming(job.request.address, "x", NOW), started, NOW, job=job, text=None)
    await store.save_job(job)


@pytest.mark.parametrize("number", range(len(STEPS)))
async def test_any_message_of_a_job_means_its_picture_and_nobody_is_asked(store: Store, number: int) -> None:
    looks = Looks(PHOTO)
    await job_with(store, Produced("https://example.com/p.png", "c", 3, 4))
    found = await Quotes(store, {"playground": looks}).complete(replace(SAID, quotes=Quote(f"m{number}")))
    assert found == replace(SAID, quotes=None, images=(LinkedImage("https://example.com/p.png", "3:4"),))
    assert looks.asked == []


async def test_a_job_without_a_picture_means_no_other_and_nobody_is_asked(store: Store) -> None:
    looks = Looks(PHOTO)
    await job_with(store, None)
    found = await Quotes(store, {"playground": looks}).complete(SAID)
    assert found == replace(SAID, quotes=None, gone=True)
    assert looks.asked == []


async def test_what_cannot_be_seen_is_gone(store: Store) -> None:
    found = await Quotes(store, {"playground": Looks(gone=True)}).complete(SAID)
    assert (found.gone, found.images, found.quotes) == (True, (), None)


@pytest.mark.parametrize(("text", "asked"), [("画一只猫", []), ("把这张图变成水彩", ["m0"])])
async def test_what_a_thread_began_with_is_looked_at_only_where_words_ask_for_it(
    store: Store, text: str, asked: list[str]
) -> None:
    looks = Looks(PHOTO)
    said = replace(SAID, text=text, quotes=Quote("m0", certain=False))
    await Quotes(store, {"playground": looks}).complete(said)
    assert looks.asked == asked


async def test_a_platform_that_brings_its_quotes_along_is_left_alone(store: Store) -> None:
    assert await Quotes(store, {}).complete(SAID) == SAID
