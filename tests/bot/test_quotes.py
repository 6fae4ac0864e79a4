"""What a message quotes: ours is known, others' are looked at, and what cannot be seen is said to be gone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.port import AttachmentError
from bot.quotes import Quotes
from bot.store import Store, open_store
from protocol.failures import FailureReason
from protocol.job import Produced, State
from protocol.messages import Address, AttachedImage, ImageRef, Incoming, LinkedImage, MessageRef, Quote
from protocol.reaction import Ignore, Reaction, StartJob
from protocol.situation import Pending
from tests.protocol.builders import ADDRESS, JOB, NOW, REQUEST

PHOTO = AttachedImage("playground", "photo")
SAID = Incoming(ADDRESS, "把这张图变成水彩", NOW, quotes=Quote("m0"))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await open_store(f"sqlite+aiosqlite:///{tmp_path / 'imabot.db'}")
    yield opened
    await opened.close()


def quotes(store: Store, looks: Looks, now: float = NOW) -> Quotes:
    return Quotes(store, {"playground": looks}, lambda: now)


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
    found = await quotes(store, looks).complete(SAID)
    assert found == replace(SAID, quotes=None, images=(PHOTO,))


STEPS = ("acknowledgement", "start", "progress-0", "result")


async def job_with(store: Store, picture: Produced | None, *, failed: bool = False, message: str = "m1") -> None:
    """A job whose steps are the messages m0, m1, …"""
    refs = {step: MessageRef("playground", "room", f"m{number}") for number, step in enumerate(STEPS)}
    job = replace(JOB, state=State.SUCCEEDED, picture=picture, sent=refs)
    if failed:
        request = replace(REQUEST, images=(PHOTO,))
        job = replace(job, request=request, state=State.FAILED, failure=FailureReason.TASK_FAILED)
    asked = Incoming(replace(ADDRESS, message=message), "x", NOW)
    await store.record(asked, NOW)
    await store.answer(asked, Reaction(StartJob(job.request), "zh"), NOW, job=job, text=None)
    await store.save_job(job)


@pytest.mark.parametrize("number", range(len(STEPS)))
async def test_any_message_of_a_job_means_its_picture_and_nobody_is_asked(store: Store, number: int) -> None:
    looks = Looks(PHOTO)
    await job_with(store, Produced("https://example.com/p.png", "c", 3, 4))
    found = await quotes(store, looks).complete(replace(SAID, quotes=Quote(f"m{number}")))
    assert found == replace(SAID, quotes=None, images=(LinkedImage("https://example.com/p.png", "3:4"),))
    assert looks.asked == []


async def test_a_job_without_a_picture_means_no_other_and_nobody_is_asked(store: Store) -> None:
    looks = Looks(PHOTO)
    await job_with(store, None)
    found = await quotes(store, looks).complete(SAID)
    assert found == replace(SAID, quotes=None, pictureless=True)
    assert looks.asked == []


async def test_a_failed_edit_means_what_was_to_be_edited(store: Store) -> None:
    await job_with(store, None, failed=True)
    found = await quotes(store, Looks()).complete(SAID)
    assert found == replace(SAID, quotes=None, images=(PHOTO,))


async def test_in_a_topic_a_nearer_picture_is_meant_before_the_one_that_it_began_with(store: Store) -> None:
    """One that was sent alone a moment ago, or the last one that was drawn there."""
    looks = Looks(PHOTO)
    said = replace(SAID, quotes=Quote("root", certain=False))
    asked = Incoming(ADDRESS, "", NOW)
    await store.record(asked, NOW)
    waiting = Reaction(Ignore(), "zh", pending=Pending(NOW, "zh", images=(PHOTO,)), forget_pending=True)
    await store.answer(asked, waiting, NOW, job=None, text=None)
    assert (await quotes(store, looks).complete(said)).images == ()
    assert (await quotes(store, looks, NOW + 601).complete(said)).images == (PHOTO,)
    await job_with(store, Produced("https://example.com/p.png", "c", 3, 4), message="m9")
    assert (await quotes(store, looks, NOW + 601).complete(said)).images == ()
    elsewhere = replace(said, address=replace(ADDRESS, thread="another topic"))
    assert (await quotes(store, looks, NOW + 601).complete(elsewhere)).images == (PHOTO,)


async def test_what_cannot_be_seen_is_gone(store: Store) -> None:
    found = await quotes(store, Looks(gone=True)).complete(SAID)
    assert (found.gone, found.images, found.quotes) == (True, (), None)


@pytest.mark.parametrize(("text", "asked"), [("画一只猫", []), ("把这张图变成水彩", ["m0"])])
async def test_what_a_thread_began_with_is_looked_at_only_where_words_ask_for_it(
    store: Store, text: str, asked: list[str]
) -> None:
    looks = Looks(PHOTO)
    said = replace(SAID, text=text, quotes=Quote("m0", certain=False))
    await quotes(store, looks).complete(said)
    assert looks.asked == asked


async def test_a_platform_that_brings_its_quotes_along_is_left_alone(store: Store) -> None:
    assert await Quotes(store, {}, lambda: NOW).complete(SAID) == SAID
