"""Answers to interactions: within 3 s, then by a token that lives 15 minutes; after that the channel is left."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from adapters.discord import outgoing as bodies
from adapters.discord import refusals
from adapters.discord.interactions import Interaction
from adapters.discord.payload import JsonObject, string, table, whole
from adapters.discord.rest import NotTaken, Rejected, Rest, RestError, Unreachable
from adapters.discord.seldom import Seldom
from protocol.messages import MessageRef, Outgoing

log = structlog.get_logger("discord")

PLATFORM = "discord"
DEFER_AFTER = 1.5
"""Seconds after which the person sees that the bot is at it; Discord wants to hear something within 3."""

LATEST_ANSWER = 2.7
TOKEN_LIFE = 14.5 * 60.0
"""Seconds for which an interaction can be answered; Discord says 15 minutes."""

KNOWN_FOR = 24 * 3600.0
"""Seconds for which it is remembered that something was an interaction; answers may come late, or never."""

MESSAGE, DEFERRED, HEARD, CHOICES, FORM = 4, 5, 6, 8, 9

_CALLBACK = "/interactions/{webhook_id}/{webhook_token}/callback"
_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
# The SDK counts rates by these two names: an interaction has a rate of its own, as a webhook has.
_OF_CHANNELS = frozenset({"nonce", "enforce_nonce", "message_reference"})
"""What a message in a channel may say of itself, and one that follows an interaction may not."""


@dataclass(slots=True)
class _Open:
    """An interaction and how far its answer is. `unsure`: its answer or deferral was tried and may have arrived.

    `followed` are further messages by their keys; None where one was tried and may have arrived.
    """

    interaction: Interaction
    channel: str
    discreet: bool
    at: float
    deferred: bool = False
    unsure: bool = False
    answer: MessageRef | None = None
    followed: dict[str, MessageRef | None] = field(default_factory=dict)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Answers:
    """The interactions that can still be answered. `monotonic` measures seconds."""

    def __init__(self, rest: Rest, monotonic: Callable[[], float]) -> None:
        self._rest = rest
        self._monotonic = monotonic
        self._open: dict[str, _Open] = {}
        self._came = Seldom(KNOWN_FOR, monotonic)

    def first(self, identity: str) -> bool:
        """Whether this interaction came for the first time: what comes again is answered already, or will be."""
        return self._came.now(identity, "")

    def knows(self, identity: str) -> bool:
        """Whether this is an interaction: no message that could be quoted. From before a restart none is known."""
        return self._came.told(identity, "")

    def open(self, interaction: Interaction, channel: str, *, discreet: bool) -> bool:
        """An interaction whose answer will be sent; older ones that can no longer be answered are forgotten.

        False where it is open already: how far its answer is stays known.
        """
        now = self._monotonic()
        for identity in [key for key, each in self._open.items() if each.at < now - TOKEN_LIFE]:
            del self._open[identity]
        if interaction.id in self._open:
            return False
        self._open[interaction.id] = _Open(interaction, channel, discreet, now)
        return True

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
                # Under a button nothing shows whether it arrived; where it did not, the channel is left.
                waiting.deferred = waiting.interaction.button
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
                    self._open.pop(waiting.interaction.id, None)
                except NotTaken:
                    raise
                except Unreachable:
                    waiting.unsure = True
                    raise
            return waiting.answer

    def doubtful(self, outgoing: Outgoing) -> bool:
        """Whether it was sent by a way that knows no keys, and may have arrived: it is to be looked for first."""
        waiting = self._open.get(outgoing.address.message)
        return waiting is not None and outgoing.key in waiting.followed and waiting.followed[outgoing.key] is None

    def found(self, outgoing: Outgoing, ref: MessageRef | None) -> None:
        """What looking for a doubtful one gave; without a message, it may be sent again."""
        waiting = self._open.get(outgoing.address.message)
        if waiting is not None and ref is None:
            waiting.followed.pop(outgoing.key, None)
        elif waiting is not None:
            waiting.followed[outgoing.key] = ref

    def file_limit(self, interaction: str) -> int | None:
        """Bytes that a file may have in a further message; None where that way is not open."""
        waiting = self._living(interaction)
        return waiting.interaction.file_limit if waiting is not None and waiting.answer is not None else None

    async def follow_up(self, outgoing: Outgoing, body: bodies.Body) -> MessageRef | None:
        """Send a further message by the interaction's own way, which needs no permission in the channel.

        That way knows no keys: after `Unreachable`, other than `NotTaken`, the message is `doubtful`.
        Raises `Rejected` as well.
        """
        waiting = self._living(outgoing.address.message)
        if waiting is None or waiting.answer is None:
            return None
        async with waiting.turn:
            sent = waiting.followed.get(outgoing.key)
            if sent is not None:
                return sent
            form = {name: value for name, value in body.json.items() if name not in _OF_CHANNELS}
            return await self._once(waiting, outgoing.key, form, body.upload)

    async def _once(
        self, waiting: _Open, key: str, form: dict[str, object], upload: bodies.Upload | None = None
    ) -> MessageRef:
        waiting.followed[key] = None
        try:
            made = await self._webhook(waiting, "POST", "", json=form, upload=upload, once=True)
        except (Rejected, NotTaken, OSError):
            del waiting.followed[key]
            raise
        ref = waiting.followed[key] = _ref(waiting, made)
        return ref

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
                waiting.deferred = bool(whole(made, "flags") & bodies.LOADING)
                if not waiting.deferred:
                    return _ref(waiting, made)
        if waiting.deferred and waiting.interaction.button:
            if outgoing.key in waiting.followed:
                # Only the one who pressed sees a discreet answer: there is nowhere to look for it, and it told no more
                # than that nothing happened.
                return MessageRef(PLATFORM, waiting.channel, waiting.interaction.id) if outgoing.discreet else None
            return await self._once(waiting, outgoing.key, body)
        if waiting.deferred:
            body["flags"] = bodies.NO_EMBEDS
            return _ref(waiting, await self._webhook(waiting, "PATCH", "/messages/@original", json=body))
        if self._monotonic() > waiting.at + LATEST_ANSWER:
            return None
        return MessageRef(
            PLATFORM, waiting.channel, await self._callback(waiting.interaction, MESSAGE, body, once=True)
        )

    async def _at_once(self, interaction: Interaction, kind: int, data: dict[str, object]) -> None:
        try:
            await self._callback(interaction, kind, data)
        except RestError as error:
            log.warning("an interaction could not be answered", why=str(error))

    async def _callback(
        self, interaction: Interaction, kind: int, data: dict[str, object], *, once: bool = False
    ) -> str:
        """The first answer; gives the id of the message that it made, or the interaction's own."""
        said = await self._rest.table(
            "POST",
            _CALLBACK,
            json={"type": kind, "data": data},
            query={"with_response": "true"},
            once=once,
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
        once: bool = False,
    ) -> JsonObject:
        return await self._rest.table(
            method,
            _WEBHOOK + path,
            json=json,
            upload=upload,
            once=once,
            webhook_id=waiting.interaction.application,
            webhook_token=waiting.interaction.token,
        )


def _ref(waiting: _Open, made: JsonObject) -> MessageRef:
    return MessageRef(PLATFORM, waiting.channel, string(made, "id"))
