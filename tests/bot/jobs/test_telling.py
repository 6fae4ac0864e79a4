"""A step as a message: its key, its importance, its buttons, its picture."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.telling import message_key, outgoing
from locales import Locales
from protocol.events import Send
from protocol.failures import Alternative, FailureReason
from protocol.job import Produced, State, StoredPicture
from protocol.messages import Button, MessageRef, Picture, Priority
from protocol.notices import Acknowledged, Failed, Progress, Started, Succeeded
from tests.protocol.builders import FLASH, JOB, PRO, REF

LOCALES = Locales.load()
PROGRESS = Progress(50, 20, 40, overdue=False)


def test_the_acknowledgement_is_the_one_reply_and_pings_nobody() -> None:
    message = outgoing(
        JOB, Send("acknowledgement", Acknowledged("一只猫", False)), LOCALES, folder="", edit_progress=False
    )
    assert (message.reply, message.ping, message.priority) == (True, False, Priority.ACKNOWLEDGEMENT)


def test_the_asker_is_pinged_by_the_end_alone() -> None:
    for notice, ping in ((Started("m", (20, 40), 6), False), (PROGRESS, False), (Failed(FailureReason.GENERIC), True)):
        message = outgoing(JOB, Send("x", notice), LOCALES, folder="", edit_progress=False)
        assert (message.reply, message.ping) == (False, ping)


def test_a_failure_has_a_button_for_each_alternative() -> None:
    offer = (Alternative(PRO, "1K", 10, "high_quality"), Alternative(FLASH, "512px", 4, "other_size"))
    message = outgoing(
        JOB, Send("failure", Failed(FailureReason.TASK_FAILED, offer)), LOCALES, folder="", edit_progress=False
    )
    assert message.buttons == (
        Button("Nano Banana Pro · 1K · 10 积分", "alternative:job-1:1"),
        Button("Nano Banana2 · 512px · 4 积分", "alternative:job-1:2"),
    )


def test_the_result_carries_the_picture_and_its_description() -> None:
    done = replace(
        JOB,
        state=State.DELIVERING,
        picture=Produced("https://example.com/p.png"),
        stored=StoredPicture("a.png", "image/png", 3, 4),
    )
    told = Succeeded("Nano Banana2", (20, 40), 25, 6, "https://example.com/p.png")
    message = outgoing(done, Send("result", told), LOCALES, folder="media", edit_progress=False)
    assert message.picture == Picture(
        url="https://example.com/p.png",
        alt=LOCALES.picture_description("一只猫", "zh"),
        path="media/a.png",
        media_type="image/png",
        width=3,
        height=4,
    )


def test_in_the_style_of_edits_later_progress_replaces_the_first() -> None:
    told = replace(JOB, sent={"acknowledgement": REF, "progress-0": MessageRef("playground", "group", "p0")})
    for style, expected in ((True, MessageRef("playground", "group", "p0")), (False, None)):
        message = outgoing(told, Send("progress-1", PROGRESS), LOCALES, folder="", edit_progress=style)
        assert message.edits == expected
        assert message.percent == 50


def test_the_same_step_has_the_same_key_and_every_other_another() -> None:
    steps = ["acknowledgement", "start", "progress-0", "progress-1", "result", "failure"]
    keys = [
        outgoing(job, Send(step, PROGRESS), LOCALES, folder="", edit_progress=False).key
        for job in (JOB, replace(JOB, id="job-2"), replace(JOB, in_private=True))
        for step in steps
    ]
    assert len(set(keys)) == len(keys)
    assert outgoing(JOB, Send("start", PROGRESS, retried=True), LOCALES, folder="", edit_progress=False).key == keys[1]


@given(st.lists(st.text(), min_size=1))
def test_a_key_fits_every_platform(parts: list[str]) -> None:
    assert len(message_key(*parts)) <= 25
    assert message_key(*parts).isalnum()
