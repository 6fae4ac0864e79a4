"""The playground behind the port of all platforms."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

from starlette.routing import BaseRoute

from adapters.port import Activity, AttachmentError, Inbox, NotRecorded, SendFailed, SendRefused
from protocol.messages import Address, AttachedImage, Incoming, MessageRef, Outgoing, Picture

from .live import Live
from .people import CONVERSATIONS, PLATFORM, PRIVATE
from .pictures import LARGEST_PICTURE, NotAPicture, Pictures
from .posts import BadPost, Mention, Post, Press, heard_post, heard_press, label_of
from .records import JsonObject, Message, ShownPicture, for_page, from_outgoing
from .store import Store, StoreError, UnknownMessage
from .web import NotAccepted, Site

KEPT = 7 * 24 * 3600.0
TIDY_EVERY = 3600.0


class Playground:
    """A chat platform of its own, in a browser page on this machine.

    `words` holds every word of the page by language and key; `provoke_url` is where the page asks for failures,
    in another process; `clock` gives seconds since the epoch; `new_id` gives ids of letters, digits, - and _ that
    never repeat, not even over restarts. Raises `StoreError` or `OSError` where the folder cannot be used.
    """

    def __init__(
        self,
        folder: Path,
        *,
        words: Mapping[str, Mapping[str, str]],
        provoke_url: str | None = None,
        clock: Callable[[], float],
        new_id: Callable[[], str],
        heartbeat: float = 15.0,
    ) -> None:
        self._clock = clock
        self._new_id = new_id
        self._pictures = Pictures(folder / "pictures", new_id)
        self._store = Store(folder / "playground.sqlite3")
        self._pictures.prepare()
        self._store.prepare()
        self._mention = Mention(names["page.bot_name"] for names in words.values())
        self._live = Live(self._store.changes, self.show, new_id(), heartbeat)
        self._site = Site(self, self._store, self._pictures, self._live, words, provoke_url)
        self._inbox: Inbox | None = None

    @property
    def name(self) -> str:
        """The platform's name, as in `Address.platform`."""
        return PLATFORM

    def largest_picture(self, address: Address) -> int:
        """Bytes that a picture may have here, wherever it goes."""
        return LARGEST_PICTURE

    def trouble(self) -> str | None:
        """None when messages are taken."""
        return None if self._inbox is not None else "the playground takes no messages yet"

    def routes(self) -> list[BaseRoute]:
        """The page, for the service's one app."""
        return self._site.routes()

    def observe(self, activity: Activity) -> None:
        """Show in the side panel what happened underneath."""
        self._live.observe(activity)

    def close(self) -> None:
        """End all live streams at once and take no new ones, so that they do not hold up a shutdown."""
        self._live.close()

    async def run(self, inbox: Inbox) -> None:
        """Take messages until cancelled."""
        await self._tidy()
        self._inbox = inbox
        try:
            while True:
                await asyncio.sleep(TIDY_EVERY)
                await self._tidy()
        finally:
            self._inbox = None

    async def _tidy(self) -> None:
        """What is older than a week goes, with its pictures."""
        await self._store.forget(self._clock() - KEPT)
        # What is shown is asked after what is old: a message that was taken in between keeps its picture.
        old = await asyncio.to_thread(self._pictures.old, self._clock())
        for unused in set(old) - await self._store.pictures():
            self._pictures.discard(unused)

    async def prepare(self, outgoing: Outgoing) -> None:
        """Nothing: a picture is on this machine already."""

    async def send(self, outgoing: Outgoing) -> MessageRef:
        """Show a message, or replace the words of an earlier one; nothing at all under a key that was used."""
        conversation = PRIVATE + outgoing.address.user if outgoing.in_private else outgoing.address.conversation
        if outgoing.address.platform != PLATFORM or conversation not in CONVERSATIONS:
            raise SendRefused(f"there is no conversation {conversation}")
        try:
            if outgoing.edits is not None:
                identity = outgoing.edits.message
                await self._store.edit(outgoing.key, conversation, identity, outgoing.text, outgoing.percent)
            else:
                identity = await self._add(outgoing, conversation)
        except UnknownMessage as error:
            raise SendRefused("the message to be edited is not there") from error
        except NotAPicture as error:
            raise SendRefused("what was to be shown is not a picture") from error
        except (StoreError, OSError) as error:
            raise SendFailed("the playground's folder cannot be written") from error
        self._live.changed()
        return MessageRef(PLATFORM, conversation, identity)

    async def fetch(self, image: AttachedImage, limit: int) -> bytes:
        """The bytes of a picture that was uploaded or shown here; raises `AttachmentError`."""
        if image.platform != PLATFORM:
            raise AttachmentError("the picture is of another platform")
        return await asyncio.to_thread(self._pictures.read, image.reference, limit)

    async def take_post(self, post: Post) -> Message:
        """A person says something: recorded by the inbox first, then shown."""
        for picture in post.pictures:
            if not self._pictures.exists(picture.name):
                raise BadPost("that picture was not uploaded")
        quoted = (await self._store.named([post.reply_to])).get(post.reply_to)
        if post.reply_to and (quoted is None or quoted.conversation != post.conversation):
            raise BadPost("the quoted message is not there")
        now = self._clock()
        heard = heard_post(post, quoted, self._mention, now)
        message = Message(
            id=post.id,
            conversation=post.conversation,
            sender=post.user,
            at=now,
            text=post.text,
            reply_to=post.reply_to,
            pictures=post.pictures,
            heard=heard is not None,
        )
        return await self._take(message, heard)

    async def take_press(self, press: Press) -> Message:
        """A person presses a button: the same way as a message, shown with the button's words."""
        pressed = await self._store.get(press.message)
        now = self._clock()
        message = Message(
            id=press.id,
            conversation=press.conversation,
            sender=press.user,
            at=now,
            text=label_of(press, pressed),
            kind="press",
            request=press.message,
            heard=True,
        )
        return await self._take(message, heard_press(press, now))

    async def show(self, messages: list[Message]) -> list[JsonObject]:
        """Messages as the page gets them, with what they quote."""
        quoted = await self._store.named(message.reply_to for message in messages)
        return [for_page(message, quoted.get(message.reply_to)) for message in messages]

    async def _take(self, message: Message, heard: Incoming | None) -> Message:
        inbox = self._inbox
        if inbox is None:
            raise NotAccepted("not running")
        # The place is taken first: the bot's answer, which may be quicker than we, then comes after it.
        known = await self._store.reserve(message)
        if known is not None:
            return known
        if heard is not None:
            try:
                await inbox(heard)
            except NotRecorded as error:
                raise NotAccepted("the bot could not record it") from error
        accepted = await self._store.accept(message.id)
        self._live.changed()
        return accepted

    async def _add(self, outgoing: Outgoing, conversation: str) -> str:
        shown = None
        if outgoing.picture is not None:
            # Known already: spares the copy of a picture that may be gone by now. `add` decides in any case.
            known = await self._store.sent(outgoing.key)
            if known is not None:
                return known
            shown = await asyncio.to_thread(self._keep, outgoing.picture)
        message = from_outgoing(outgoing, conversation, self._new_id(), self._clock(), shown)
        identity = await self._store.add(outgoing.key, message)
        if identity != message.id and shown is not None and shown.name:
            self._pictures.discard(shown.name)
        return identity

    def _keep(self, picture: Picture) -> ShownPicture:
        name = self._pictures.adopt(Path(picture.path)) if picture.path is not None else ""
        return ShownPicture(name, picture.url, picture.alt, picture.width, picture.height)
