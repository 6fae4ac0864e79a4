"""Sending: one message under its key, by the way that is open; pictures up, pictures down."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import structlog

from adapters.feishu import codes
from adapters.feishu import outgoing as bodies
from adapters.feishu.calls import Call, Calls, File
from adapters.feishu.content import content_of
from adapters.feishu.errors import AnswerTooLarge, ApiError, Rejected, Unreachable
from adapters.feishu.history import MESSAGES, History
from adapters.feishu.markup import noted
from adapters.feishu.pace import Pace
from adapters.feishu.payload import JsonObject, string, table, tables
from adapters.feishu.pictures import PLATFORM, Reference
from adapters.feishu.uploads import StillUploading, Uploads
from adapters.feishu.words import Words, language_of, wording
from adapters.port import AttachmentError, AttachmentTooLarge, SendFailed
from protocol.messages import Address, ImageRef, MessageRef, Outgoing, Picture

log = structlog.get_logger("feishu")

MESSAGE = "/open-apis/im/v1/messages/:message_id"

READ_PAUSES = (0.5, 1.0, 2.0, 4.0, 6.0, 6.0)
"""Seconds between attempts to read what a person sent, where the platform is away for a moment."""

READ_SECONDS = 20.0
"""No new attempt later than that: the person waits for the first answer."""

FETCHES, LOOKS = 5, 3
"""Pictures that are fetched and messages that are looked at together: those that hang leave connections to sends."""

FILE_NAMES = {"image/png": "picture.png", "image/jpeg": "picture.jpg", "image/webp": "picture.webp"}


MOST_TOPICS = 2000

T = TypeVar("T")


class Sending:
    """Creates, replies and edits; looks at what people send. `pace` is that of one chat.

    `monotonic` measures seconds, `sleep` lets them go by.
    """

    def __init__(
        self,
        calls: Calls,
        *,
        cards: bool,
        words: Words,
        pace: Pace,
        uploads: Uploads,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._calls = calls
        self._cards = cards
        self._words = words
        self._pace = pace
        self._uploads = uploads
        self._topics: OrderedDict[str, str] = OrderedDict()
        self._history = History(calls, cards=cards, monotonic=monotonic, sleep=sleep)
        self._monotonic = monotonic
        self._sleep = sleep
        self._fetches = asyncio.Semaphore(FETCHES)
        self._looks = asyncio.Semaphore(LOOKS)

    async def send(self, outgoing: Outgoing) -> MessageRef:
        """Send once under its key. Raises `SendFailed` or `SendRefused`."""
        try:
            return await self._send(outgoing)
        except Unreachable as error:
            raise SendFailed(str(error), error.retry_after) from error
        except Rejected as error:
            log.warning("a message is refused", why=codes.told(error), chat=outgoing.address.conversation)
            raise codes.send_error(error) from error
        except ApiError as error:
            raise SendFailed(str(error)) from error
        except StillUploading as error:
            # Without a time to wait: the other messages of the chat go on meanwhile.
            raise SendFailed("the picture is still being uploaded") from error
        except OSError as error:
            raise SendFailed(f"the picture cannot be read: {error.strerror or error}") from error

    async def prepare(self, outgoing: Outgoing) -> None:
        """Upload its picture; how that ended is seen when the message is sent."""
        picture = outgoing.picture
        if picture is not None and picture.path is not None:
            await self._uploads.bring(picture.path, self._upload_of(picture))

    async def close(self) -> None:
        """End what is being uploaded."""
        await self._uploads.close()

    async def fetch(self, reference: str, limit: int) -> bytes:
        """The bytes of a picture in a message, at most `limit`. Raises `AttachmentError`."""
        try:
            wanted = Reference.decode(reference)
        except ValueError as error:
            raise AttachmentError(str(error)) from error
        call = Call(
            "GET",
            "/open-apis/im/v1/messages/:message_id/resources/:file_key",
            paths={"message_id": wanted.message, "file_key": wanted.key},
            query={"type": wanted.kind},
        )
        try:
            return await self._read(lambda: self._calls.download(call, limit), self._fetches)
        except AnswerTooLarge as error:
            raise AttachmentTooLarge("the picture is too large") from error
        except ApiError as error:
            raise _unseen("a picture", error) from error

    async def look(self, address: Address, message: str) -> tuple[ImageRef, ...]:
        """The pictures in a message. Raises `AttachmentError` where it cannot be seen."""
        try:
            call = Call("GET", MESSAGE, paths={"message_id": message})
            found = await self._read(lambda: self._calls.data(call), self._looks)
        except ApiError as error:
            raise _unseen("a message", error) from error
        items = tables(found, "items")
        item: JsonObject = items[0] if items else {}
        kind = string(item, "msg_type")
        if not kind or item.get("deleted") is True or string(item, "chat_id") not in ("", address.conversation):
            raise AttachmentError("the message is not there")
        if kind in ("interactive", "merge_forward"):
            # Pictures in cards, and in what was forwarded together, are given to nobody (error 234043).
            raise AttachmentError("the platform does not show what is in it")
        return content_of(kind, string(table(item, "body"), "content"), message, {}).images

    async def _read(self, attempt: Callable[[], Awaitable[T]], places: asyncio.Semaphore) -> T:
        """Read something, again where the platform is away for a moment. Raises `ApiError`."""
        until = self._monotonic() + READ_SECONDS
        for pause in READ_PAUSES:
            try:
                async with places:
                    return await attempt()
            except Unreachable as error:
                wait = max(pause, error.retry_after or 0.0)
                if self._monotonic() + wait > until:
                    raise
                log.info("reading is tried again", why=str(error), again_in=wait)
            await self._sleep(wait)
        async with places:
            return await attempt()

    async def _send(self, outgoing: Outgoing) -> MessageRef:
        if outgoing.edits is None and self._history.doubtful(outgoing):
            arrived = await self._history.find(outgoing)
            if arrived is not None:
                return arrived
        picture = outgoing.picture
        if picture is None or picture.path is None:
            return await self._show(outgoing, None)
        image = await self._image(picture)
        while image is not None:
            try:
                return await self._show(outgoing, image)
            except Rejected as error:
                if not codes.perhaps_the_picture(error):
                    raise
                log.warning("a message with a picture is not taken", why=codes.told(error))
                image = await self._image(picture) if await self._uploads.renew(picture.path, image) else None
        words = wording(self._words, language_of(outgoing.text))
        return await self._show(replace(outgoing, text=noted(outgoing.text, words["feishu.link_only"])), None)

    async def _show(self, outgoing: Outgoing, image: str | None) -> MessageRef:
        """Send it with the picture of this key; as plain words where its card is not taken."""
        hint = wording(self._words, language_of(outgoing.text))["feishu.edit_hint"]
        body = bodies.message(outgoing, image, cards=self._cards, edit_hint=hint)
        if outgoing.edits is not None:
            return await self._edit(outgoing.edits, body)
        self._history.trying(outgoing)
        try:
            return await self._place(outgoing, body)
        except Rejected as error:
            if body.kind != "interactive" or error.code not in codes.BROKEN_CARD | codes.NO_CARDS:
                raise
            log.warning("a card is not taken, sending plain words", why=str(error))
            return await self._place(outgoing, bodies.message(outgoing, image, cards=False))

    async def _place(self, outgoing: Outgoing, body: bodies.Body) -> MessageRef:
        replied = bodies.replies_to(outgoing, cards=self._cards)
        if replied is None:
            return await self._create(outgoing, body)
        for each in self._ways_into_the_topic(outgoing.address.thread, replied):
            try:
                return await self._reply(outgoing, body, each)
            except Rejected as error:
                # What was asked is gone: the first answer goes with it, the others are pushes anyway.
                if outgoing.reply or error.code not in codes.RECALLED | codes.NO_TOPICS:
                    raise
        return await self._create(outgoing, body)

    def _ways_into_the_topic(self, thread: str | None, replied: str) -> tuple[str, ...]:
        """What to reply to, in turn: the request, and where that is gone, our own last message in its topic."""
        ours = self._topics.get(thread, replied) if thread is not None else replied
        return (replied,) if ours == replied else (replied, ours)

    async def _create(self, outgoing: Outgoing, body: bodies.Body) -> MessageRef:
        kind, to = "chat_id", outgoing.address.conversation
        if outgoing.in_private:
            kind, to = "open_id", outgoing.address.user
        sent = {"receive_id": to, "msg_type": body.kind, "content": body.content, "uuid": outgoing.key}
        await self._pace.turn(to)
        made = await self._calls.data(Call("POST", MESSAGES, query={"receive_id_type": kind}, body=sent))
        return _ref(made, outgoing)

    async def _reply(self, outgoing: Outgoing, body: bodies.Body, replied: str) -> MessageRef:
        sent: dict[str, object] = {"msg_type": body.kind, "content": body.content, "uuid": outgoing.key}
        if outgoing.address.thread is not None:
            sent["reply_in_thread"] = True
        await self._pace.turn(outgoing.address.conversation)
        made = await self._calls.data(Call("POST", f"{MESSAGE}/reply", paths={"message_id": replied}, body=sent))
        placed = _ref(made, outgoing)
        if outgoing.address.thread is not None:
            self._topics[outgoing.address.thread] = placed.message
            self._topics.move_to_end(outgoing.address.thread)
            while len(self._topics) > MOST_TOPICS:
                self._topics.popitem(last=False)
        return placed

    async def _edit(self, earlier: MessageRef, body: bodies.Body) -> MessageRef:
        """Cards are patched, other messages are edited: two calls of the platform."""
        paths = {"message_id": earlier.message}
        await self._pace.turn(earlier.message)
        if body.kind == "interactive":
            await self._calls.data(Call("PATCH", MESSAGE, paths=paths, body={"content": body.content}))
        else:
            sent = {"msg_type": body.kind, "content": body.content}
            await self._calls.data(Call("PUT", MESSAGE, paths=paths, body=sent))
        return earlier

    async def _image(self, picture: Picture) -> str | None:
        """The picture's key, uploaded once however often its message is tried. None where it is not taken."""
        try:
            return await self._uploads.key(picture.path or "", self._upload_of(picture))
        except Rejected as error:
            if isinstance(codes.send_error(error), SendFailed) or error.code in codes.NO_SCOPE:
                raise
            log.warning("a picture is not taken, its link is sent", why=codes.told(error))
            return None

    def _upload_of(self, picture: Picture) -> Callable[[], Awaitable[str]]:
        path = picture.path or ""

        async def upload() -> str:
            data = await asyncio.to_thread(Path(path).read_bytes)
            name = FILE_NAMES.get(picture.media_type, "picture.png")
            call = Call(
                "POST",
                "/open-apis/im/v1/images",
                body={"image_type": "message"},
                files={"image": File(name, data, picture.media_type)},
            )
            return string(await self._calls.data(call), "image_key")

        return upload


def _ref(made: JsonObject, outgoing: Outgoing) -> MessageRef:
    message = string(made, "message_id")
    if not message:
        raise Unreachable("the platform did not say which message it made")
    return MessageRef(PLATFORM, string(made, "chat_id") or outgoing.address.conversation, message)


def _unseen(what: str, error: ApiError) -> AttachmentError:
    why = codes.told(error) if isinstance(error, Rejected) else str(error)
    log.warning(f"{what} of a person cannot be seen", why=why)
    return AttachmentError(f"{what} cannot be seen: {why}")
