"""Events of both transports: what is for us is recorded, then the platform is answered. Nothing is worked here."""

from __future__ import annotations

import structlog

from adapters.feishu.incoming import heard
from adapters.feishu.payload import JsonObject, moment, string, table
from adapters.feishu.presses import pressed, toast
from adapters.feishu.words import Words
from adapters.port import Inbox, NotRecorded
from protocol.decision import Language

log = structlog.get_logger("feishu")

MESSAGE, PRESS = "im.message.receive_v1", "card.action.trigger"
NOTHING: dict[str, object] = {}


class NotOurs(Exception):
    """The event is of another app."""


class Events:
    """Takes events of this app. `bot` is the bot's own open id, `locale` for people who use no words."""

    def __init__(self, inbox: Inbox, *, app_id: str, bot: str, words: Words, locale: Language) -> None:
        self._inbox = inbox
        self._app_id = app_id
        self._bot = bot
        self._words = words
        self._locale: Language = locale

    async def take(self, payload: JsonObject) -> dict[str, object]:
        """Record an event; what the platform is answered.

        Raises `NotRecorded` where it should be delivered again, and `NotOurs`. Kinds that do not concern us are
        answered too: unanswered ones are delivered again and again.
        """
        header, event = table(payload, "header"), table(payload, "event")
        if string(header, "app_id") != self._app_id:
            raise NotOurs(f"an event of another app: {string(header, 'app_id') or 'none named'}")
        identity = string(header, "event_id")
        match string(header, "event_type"):
            case "im.message.receive_v1":
                incoming = heard(event, event_id=identity, bot=self._bot, locale=self._locale)
                if incoming is not None:
                    await self._inbox(incoming)
                return NOTHING
            case "card.action.trigger":
                return await self._press(event, identity, moment(header, "create_time"))
            case _:
                return NOTHING

    async def _press(self, event: JsonObject, identity: str, at: float) -> dict[str, object]:
        """A press is never delivered again: where it cannot be recorded, the person hears of it."""
        incoming = pressed(event, event_id=identity, at=at, locale=self._locale)
        if incoming is None:
            log.warning("a press of an unknown card is left out")
            return NOTHING
        try:
            await self._inbox(incoming)
        except NotRecorded as error:
            log.warning("a press could not be recorded", why=str(error))
            return toast(self._words, "feishu.try_again", "error")
        return toast(self._words, "feishu.heard", "success")

    def too_late(self, payload: JsonObject) -> dict[str, object] | None:
        """What a press is answered whose recording takes too long; None for what is delivered again.

        The recording goes on, and may start something paid: nobody is asked to press again.
        """
        return toast(self._words, "feishu.slow", "info") if is_press(payload) else None


def is_press(payload: JsonObject) -> bool:
    """Somebody waits for the answer, and it comes only once."""
    return string(table(payload, "header"), "event_type") == PRESS
