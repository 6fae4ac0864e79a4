"""Feishu and Lark behind the port of all platforms."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import structlog
from starlette.routing import Route

from adapters.feishu import codes
from adapters.feishu.calls import Call, Calls
from adapters.feishu.connection import ConnectionLost, ConnectionRefused, LongConnection
from adapters.feishu.errors import ApiError, Rejected
from adapters.feishu.events import Events
from adapters.feishu.pace import real_pace
from adapters.feishu.payload import string, table
from adapters.feishu.pictures import PLATFORM
from adapters.feishu.sending import Sending
from adapters.feishu.uploads import Uploads
from adapters.feishu.webhook import Keys, Webhook
from adapters.feishu.words import Words, language_at
from adapters.port import AttachmentError, ConfigurationRefused, Inbox
from protocol.messages import Address, AttachedImage, ImageRef, MessageRef, Outgoing

log = structlog.get_logger("feishu")

LARGEST_PICTURE = 10 * 1024 * 1024
"""Bytes of an image (the page of uploading images)."""

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 20.0
STEADY = 30.0
"""Seconds that a connection must have held for the next attempt to be made soon again."""

LOOK_EVERY = 30.0
"""Seconds between two looks at the token, so that credentials that no longer hold are known before somebody asks."""

A_CHAT = (4, 1.25)
"""Messages to one chat in so many seconds: 5 in one (the page of sending messages), as they may arrive, not as they
leave."""

BOT_INFO = "/open-apis/bot/v3/info"

NOT_ACCEPTED = (
    "Feishu does not accept the app's credentials: copy App ID and App Secret anew from the Developer Console "
    "(Credentials & Basic Info), and set FEISHU_APP_ID and FEISHU_APP_SECRET; for Lark set FEISHU_DOMAIN too"
)
NO_BOT = (
    "the Feishu app has no bot: add it in the Developer Console (Add Features, Bot), and publish a version of the app"
)


class FeishuAdapter:
    """The bot in Feishu or Lark, at `domain`.

    `webhook` are its keys where events come that way; None for the long connection. Without `cards` pictures are
    sent as posts and words as text. `words` are the texts under `feishu.` by language. `folder` is for what has to be
    kept. `clock` is the wall clock.
    """

    def __init__(
        self,
        *,
        app_id: str,
        secret: str,
        domain: str,
        webhook: Keys | None,
        cards: bool,
        words: Words,
        folder: Path,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._app_id = app_id
        self._secret = secret
        self._domain = domain.rstrip("/")
        self._words = words
        self._trouble: str | None = "not connected to Feishu yet"
        self._accepted = False
        self._calls = Calls(app_id=app_id, secret=secret, domain=self._domain, monotonic=time.monotonic)
        self._sending = Sending(
            self._calls,
            cards=cards,
            words=words,
            pace=real_pace(*A_CHAT),
            uploads=Uploads(folder / "uploads", app_id=app_id),
        )
        self._webhook = Webhook(webhook, clock=clock) if webhook is not None else None

    @property
    def name(self) -> str:
        """The platform's name, as in `Address.platform`."""
        return PLATFORM

    @property
    def calls_made(self) -> int:
        """How many calls of the platform were made."""
        return self._calls.count

    def largest_picture(self, address: Address) -> int:
        """Bytes that a picture may have everywhere in Feishu."""
        return LARGEST_PICTURE

    def trouble(self) -> str | None:
        """None while events can come and answers can go."""
        refused = self._calls.refused
        if self._trouble is not None or refused is None:
            return self._trouble
        return _hopeless(refused) or f"Feishu lets the app do nothing: {codes.told(refused)}"

    def routes(self) -> list[Route]:
        """The webhook, where events come that way."""
        return self._webhook.routes() if self._webhook is not None else []

    async def run(self, inbox: Inbox) -> None:
        """Take events until cancelled. Raises `ConfigurationRefused`, but not once Feishu took the credentials.

        What is changed in the console later ends nothing: it may be changed back, and other platforms go on.
        """
        watching = asyncio.create_task(self._watch_credentials(), name="feishu credentials")
        try:
            await self._live(inbox)
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            self._trouble = "not connected to Feishu"
            if self._webhook is not None:
                self._webhook.take = None

    async def close(self) -> None:
        """Close the connections: nothing is sent any more."""
        await self._sending.close()
        await self._calls.aclose()

    async def prepare(self, outgoing: Outgoing) -> None:
        """Upload its picture, so that the chat's other messages do not wait behind it."""
        await self._sending.prepare(outgoing)

    async def send(self, outgoing: Outgoing) -> MessageRef:
        """Send once under `outgoing.key`; raises `SendFailed` or `SendRefused`."""
        return await self._sending.send(outgoing)

    async def fetch(self, image: AttachedImage, limit: int) -> bytes:
        """The bytes of an attached picture, at most `limit`; raises `AttachmentError`."""
        if image.platform != PLATFORM:
            raise AttachmentError("the picture is of another platform")
        return await self._sending.fetch(image.reference, limit)

    async def look(self, address: Address, message: str) -> tuple[ImageRef, ...]:
        """The pictures in a message of a conversation; raises `AttachmentError`."""
        return await self._sending.look(address, message)

    async def _live(self, inbox: Inbox) -> None:
        bot = await self._who_am_i()
        locale = language_at(self._domain)
        events = Events(inbox, app_id=self._app_id, bot=bot, words=self._words, locale=locale)
        if self._webhook is None:
            await self._stay_connected(events)
        self._webhook.too_late = events.too_late
        self._webhook.take = events.take
        self._trouble = None
        log.info("ready for the webhook")
        await asyncio.Event().wait()

    async def _watch_credentials(self) -> NoReturn:
        """Renew the token when it is due, also where nobody writes; while it is refused, ask again.

        Where events come by webhook, nothing else would tell that the secret was reset.
        """
        told = ""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            if not self._accepted:
                continue
            try:
                if self._calls.refused is not None:
                    await self._calls.check_credentials()
                else:
                    await self._calls.tokens.get()
            except ApiError as error:
                log.debug("there is no new token", why=str(error))
            why = (self.trouble() or "") if self._webhook is not None else ""
            if why and why != told:
                log.error("Feishu no longer lets the bot answer, trying on", why=why)
            elif told and not why:
                log.info("Feishu lets the bot answer again")
            told = why

    async def _who_am_i(self) -> str:
        """The bot's own open id; tried until it is told. Raises `ConfigurationRefused`."""
        pause = FIRST_PAUSE
        while True:
            try:
                bot = table(await self._calls.answer(Call("GET", BOT_INFO)), "bot")
                if string(bot, "open_id"):
                    self._accepted = True
                    return string(bot, "open_id")
                why = NO_BOT
                if not self._accepted:
                    raise ConfigurationRefused(why)
            except Rejected as error:
                why = _hopeless(error) or codes.told(error)
                if _hopeless(error) is not None and not self._accepted:
                    raise ConfigurationRefused(why) from error
            except ApiError as error:
                why = str(error)
            self._trouble = f"Feishu cannot be reached: {why}"
            log.warning("Feishu cannot be reached", why=why, again_in=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _stay_connected(self, events: Events) -> NoReturn:
        """One connection after the other, for ever: the platform takes back to itself what was not answered."""
        pause, told = FIRST_PAUSE, ""
        while True:
            began = time.monotonic()
            connection = LongConnection(
                app_id=self._app_id,
                secret=self._secret,
                domain=self._domain,
                take=events.take,
                too_late=events.too_late,
            )
            try:
                await connection.hold(self._connected)
            except ConnectionLost as error:
                lost: ConnectionLost = error
            self._trouble = f"the long connection to Feishu is being restored: {lost}"
            hopeless = await self._credentials_trouble(lost)
            if time.monotonic() - began > STEADY:
                pause = FIRST_PAUSE
            wait = pause * random.uniform(0.5, 1.0)  # noqa: S311 - so that many bots do not come back all at once
            if hopeless is None:
                log.warning("the long connection is lost", why=str(lost), again_in=round(wait, 1))
            else:
                self._trouble = hopeless
                if hopeless != told:
                    log.error("Feishu no longer lets the bot in, trying on", why=hopeless)
            told = hopeless or ""
            await asyncio.sleep(wait)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _connected(self) -> None:
        self._trouble = None
        # The platform has just taken them.
        self._calls.refused = None
        log.info("connected")

    async def _credentials_trouble(self, lost: ConnectionLost) -> str | None:
        """What an admin has to mend, where the connection was refused because of the credentials.

        The token at hand stays: it is good until its end, and what is being drawn can still be sent.
        """
        if not (isinstance(lost, ConnectionRefused) and lost.code in codes.NO_CONNECTION):
            return None
        try:
            await self._calls.check_credentials()
        except Rejected as error:
            return _hopeless(error)
        except ApiError:
            return None
        return None


def _hopeless(error: Rejected) -> str | None:
    """What an admin has to mend; None where a new attempt may help."""
    if error.code in codes.CREDENTIALS:
        return f"{NOT_ACCEPTED} ({error.code})"
    return NO_BOT if error.code == 230006 else None


__all__ = ["FeishuAdapter", "Keys"]
