"""Answers to interactions: within 3 s, then by a token that lives 15 minutes; after that the channel is left."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from adapters.discord import outgoing as bodies
from adapters.discord import refusals
from adapters.discord.interactions import Interaction
from adapters.discord.payload import string, table
from adapters.discord.rest import Rejected, Rest, RestError, Unreachable
from protocol.messages import MessageRef, Outgoing

log = structlog.get_logger("discord")

PLATFORM = "discord"
DEFER_AFTER = 1.5
"""Seconds after which the person sees that the bot is at it; Discord wants to hear something within 3."""

LATEST_ANSWER = 2.7
TOKEN_LIFE = 14.5 * 60.0
"""Seconds for which an interaction can be answered; Discord says 15 minutes."""

MESSAGE, DEFERRED, HEARD, CHOICES, FORM = 4, 5, 6, 8, 9

_CALLBACK = "/interactions/{webhook_id}/{webhook_token}/callback"
_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
# The SDK counts rates by these two names: an interaction has a rate of its own, as a webhook has.


@dataclass(slots=True)
class _Open:
    """An interaction and how far its answer is. `unsure`: an answer was tried and may have arrived."""

    interaction: Interaction
    channel: str
    discreet: bool
    at: float
    deferred: bool = False
    unsure: bool = False
    answer: MessageRef | None = None
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Answers:
    """The interactions that can still be answered. `monotonic` measures seconds."""

    def __init__(self, rest: Rest, monotonic: Callable[[], float]) -> None:
        self._rest = rest
        self._monotonic = monotonic
        self._open: dict[str, _Open] = {}

    def open(self, interaction: Interaction, channel: str, *, discreet: bool) -> None:
        """An interaction whose answer will be sent; older ones that can no longer be answered are forgotten."""
        now = self._monotonic()
        for identity in [key for key, each in self._open.items() if each.at < now - TOKEN_LIFE]:
            del self._open[identity]
        self._open[interaction.id] = _Open(interaction, channel, discreet, now)

    async def defer_if_late(self, identity: str) -> None:
        """After a moment without an answer, show that one is coming."""
        await asyncio.sleep(DEFER_AFTER)
        waiting = self._open.get(identity)
        if waiting is None:
            return
        async with waiting.turn:
            if waiting.answer is not None or waiting.unsure or waiting.deferred:
                return
            flags = bodies.DISCREET if waiting.discreet else 0
            try:
                if waiting.interaction.button:
                    # Whether only the one who pressed should read the answer is not known before the answer is.
                    await self._callback(waiting.interaction, HEARD, {})
                else:
                    await self._callback(waiting.interaction, DEFERRED, {"flags": flags})
            except RestError as error:
                log.warning("an interaction could not be deferred", why=str(error))
                waiting.unsure = True
            else:
                waiting.deferred = True

    async def answer(self, outgoing: Outgoing) -> MessageRef | None:
        """Answer the interaction that this replies to; None where there is none, or it is too late for it."""
        waiting = self._living(outgoing.address.message)
        if waiting is None:
            return None
        async with waiting.turn:
            if waiting.answer is None:
                try:
                    waiting.answer = await self._answer(waiting, outgoing)
                except Rejected as error:
                    if error.code not in refusals.ANSWER_LOST:
                        raise
                    log.info("an interaction can no longer be answered", why=str(error))
                    del self._open[waiting.interaction.id]
                except Unreachable:
                    waiting.unsure = True
                    raise
            return waiting.answer

    async def follow_up(self, outgoing: Outgoing) -> MessageRef | None:
        """Send a further message by the interaction's own way, which needs no permission in the channel."""
        waiting = self._living(outgoing.address.message)
        if waiting is None or waiting.answer is None:
            return None
        body = bodies.message(outgoing)
        for name in ("nonce", "enforce_nonce", "message_reference"):
            body.json.pop(name, None)
        try:
            made = await self._webhook(waiting, "POST", "", json=body.json, upload=body.upload)
        except Rejected as error:
            log.info("nor can it follow the interaction", why=str(error))
            return None
        return MessageRef(PLATFORM, waiting.channel, made)

    async def tell(self, interaction: Interaction, text: str) -> None:
        """Tell the person alone, at once."""
        data = {"content": text, "allowed_mentions": {"parse": []}, "flags": bodies.DISCREET | bodies.NO_EMBEDS}
        await self._at_once(interaction, MESSAGE, data)

    async def show_form(self, interaction: Interaction, form: dict[str, object]) -> None:
        """Open a form."""
        await self._at_once(interaction, FORM, form)

    async def suggest(self, interaction: Interaction, choices: list[dict[str, object]]) -> None:
        """Offer values for an option."""
        await self._at_once(interaction, CHOICES, {"choices": choices})

    async def give_up(self, identity: str, text: str) -> None:
        """It could not be recorded: say so instead of an answer."""
        waiting = self._open.pop(identity, None)
        if waiting is None:
            return
        async with waiting.turn:
            if not waiting.deferred:
                await self.tell(waiting.interaction, text)
                return
            try:
                if waiting.interaction.button:
                    body = {"content": text, "allowed_mentions": {"parse": []}, "flags": bodies.DISCREET}
                    await self._webhook(waiting, "POST", "", json=body)
                else:
                    body = {"content": text, "allowed_mentions": {"parse": []}}
                    await self._webhook(waiting, "PATCH", "/messages/@original", json=body)
            except RestError as error:
                log.warning("a person could not be told", why=str(error))

    def _living(self, identity: str) -> _Open | None:
        waiting = self._open.get(identity)
        return waiting if waiting is not None and self._monotonic() < waiting.at + TOKEN_LIFE else None

    async def _answer(self, waiting: _Open, outgoing: Outgoing) -> MessageRef | None:
        body = bodies.response(outgoing, names_asker=waiting.interaction.press)
        if waiting.unsure and not waiting.deferred:
            try:
                made = await self._webhook(waiting, "GET", "/messages/@original")
            except Rejected:
                waiting.unsure = False
            else:
                return MessageRef(PLATFORM, waiting.channel, made)
        if waiting.deferred and waiting.interaction.button:
            return MessageRef(PLATFORM, waiting.channel, await self._webhook(waiting, "POST", "", json=body))
        if waiting.deferred:
            body["flags"] = bodies.NO_EMBEDS
            made = await self._webhook(waiting, "PATCH", "/messages/@original", json=body)
            return MessageRef(PLATFORM, waiting.channel, made)
        if self._monotonic() > waiting.at + LATEST_ANSWER:
            return None
        return MessageRef(PLATFORM, waiting.channel, await self._callback(waiting.interaction, MESSAGE, body))

    async def _at_once(self, interaction: Interaction, kind: int, data: dict[str, object]) -> None:
        try:
            await self._callback(interaction, kind, data)
        except RestError as error:
            log.warning("an interaction could not be answered", why=str(error))

    async def _callback(self, interaction: Interaction, kind: int, data: dict[str, object]) -> str:
        """The first answer; gives the id of the message that it made, or the interaction's own."""
        said = await self._rest.table(
            "POST",
            _CALLBACK,
            json={"type": kind, "data": data},
            query={"with_response": "true"},
            webhook_id=interaction.id,
            webhook_token=interaction.token,
        )
        return string(table(table(said, "resource"), "message"), "id") or interaction.id

    async def _webhook(
        self,
        waiting: _Open,
        method: str,
        path: str,
        *,
        json: dict[str, object] | None = None,
        upload: bodies.Upload | None = None,
    ) -> str:
        made = await self._rest.table(
            method,
            _WEBHOOK + path,
            json=json,
            upload=upload,
            webhook_id=waiting.interaction.application,
            webhook_token=waiting.interaction.token,
        )
        return string(made, "id")
