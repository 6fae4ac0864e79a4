"""A job's step as a message: words, buttons, the picture, and the key under which it is sent once."""

from __future__ import annotations

import hashlib

from locales import Locales
from protocol.buttons import TakeAlternative, UseResult
from protocol.events import Send
from protocol.job import Job
from protocol.messages import Button, MessageRef, Outgoing, Picture, Priority
from protocol.notices import Acknowledged, Failed, JobNotice, Preparing, Progress, Started, Succeeded
from protocol.results import result_buttons

KEY_LENGTH = 24
"""Discord allows 25 characters for a nonce, Feishu 50 for a uuid."""


def message_key(*parts: str) -> str:
    """A short hash of what makes the message the one it is: the same parts, the same message."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:KEY_LENGTH]


def outgoing(job: Job, effect: Send, locales: Locales, *, folder: str, edit_progress: bool) -> Outgoing:
    """The message of a step."""
    request, notice = job.request, effect.notice
    buttons: tuple[Button, ...] = ()
    if isinstance(notice, Failed):
        buttons = tuple(
            Button(locales.alternative_label(alternative, request.lang), TakeAlternative(job.id, number).encode())
            for number, alternative in enumerate(notice.alternatives, 1)
        )
    if isinstance(notice, Succeeded):
        buttons = tuple(
            Button(locales.result_label(each, request.lang), UseResult(job.id, each.action, each.points or 0).encode())
            for each in result_buttons(job)
        )
    place = "private" if job.in_private else "here"
    return Outgoing(
        address=request.address,
        key=message_key(job.id, effect.step, place),
        text=locales.render(notice, request.lang),
        priority=_priority(notice),
        reply=isinstance(notice, Acknowledged),
        ping=isinstance(notice, Succeeded | Failed),
        picture=_picture(job, folder, locales.picture_description(request.prompt, request.lang))
        if isinstance(notice, Succeeded)
        else None,
        buttons=buttons,
        edits=_first_progress(job) if edit_progress and isinstance(notice, Progress) else None,
        retried=effect.retried,
        in_private=job.in_private,
        percent=notice.percent if isinstance(notice, Progress) else None,
    )


def _priority(notice: JobNotice) -> Priority:
    if isinstance(notice, Acknowledged):
        return Priority.ACKNOWLEDGEMENT
    if isinstance(notice, Progress | Preparing):
        return Priority.PROGRESS
    return Priority.START if isinstance(notice, Started) else Priority.RESULT


def _first_progress(job: Job) -> MessageRef | None:
    return next((ref for step, ref in job.sent.items() if step.startswith("progress-")), None)


def _picture(job: Job, folder: str, alt: str) -> Picture | None:
    if job.picture is None:
        return None
    stored, veiled = job.stored, any(image.veiled for image in job.request.images)
    if stored is None:
        return Picture(url=job.picture.url, alt=alt, veiled=veiled)
    return Picture(
        url=job.picture.url,
        alt=alt,
        path=f"{folder}/{stored.file}",
        media_type=stored.media_type,
        width=stored.width,
        height=stored.height,
        veiled=veiled,
    )
