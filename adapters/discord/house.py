"""All that works while one client is logged in: what comes goes to the inbox, what goes out goes through here."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import structlog

from adapters.discord import commands
from adapters.discord.answers import Answers
from adapters.discord.connection import Connection
from adapters.discord.forms import Forms
from adapters.discord.incoming import heard, unread
from adapters.discord.interactions import (
    PICTURE,
    Form,
    Interaction,
    Plan,
    Suggest,
    Take,
    Tell,
    form,
    header,
    plan,
    wording,
)
from adapters.discord.payload import JsonObject, string, table
from adapters.discord.places import Places
from adapters.discord.rest import Rest, RestError
from adapters.discord.rules import PictureRules
from adapters.discord.seldom import Seldom
from adapters.discord.sending import TELL_EVERY, Sending, Shrink, words_of
from adapters.discord.turns import Turns, Work
from adapters.discord.typing import Typing
from adapters.discord.words import Words, language_of, language_of_client
from adapters.port import Inbox, NotRecorded
from protocol.commands import Ask, Prefer
from protocol.messages import Address, Incoming, MessageRef, Outgoing
from protocol.quote import PriceList

log = structlog.get_logger("discord")

RECORD_ATTEMPTS = 5
RECORD_PAUSE = 1.0
SUGGEST_SECONDS = 1.5
REGISTER_PAUSE = 60.0


class House:
    """The pieces of one logged-in client, put together."""

    def __init__(
        self,
        client: Connection,
        inbox: Inbox,
        *,
        channels: frozenset[str],
        words: Words,
        rules: PictureRules,
        shrink: Shrink,
        folder: Path,
        prices: Callable[[], Awaitable[PriceList | None]],
    ) -> None:
        self._inbox = inbox
        self._channels = channels
        self._words = words
        self._rules = rules
        self._prices = prices
        self._bot = str(client.user.id) if client.user is not None else ""
        self._application = str(client.application_id or "")
        self._rest = Rest(client.http)
        self._places = Places(client)
        self._answers = Answers(self._rest, time.monotonic)
        self._typing = Typing(self._rest)
        self._sending = Sending(
            self._rest,
            self._places,
            self._answers,
            bot=self._bot,
            words=words,
            rules=rules,
            shrink=shrink,
            monotonic=time.monotonic,
        )
        self._explained = Seldom(TELL_EVERY, time.monotonic)
        self._forms = Forms(folder / "forms")
        self._tasks: set[asyncio.Task[None]] = set()
        self._turns = Turns(self._spawn)

    def start(self) -> None:
        """See that the commands are registered."""
        self._spawn(self._register(), "discord commands")

    async def close(self) -> None:
        """End what is under way."""
        await self._typing.close()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def message_came(self, payload: JsonObject) -> None:
        """A message, as the gateway gives it. Each person's are recorded in order; nobody waits for another's."""
        try:
            self._take_message(payload)
        except Exception:
            log.exception("a message cannot be read and is left out")

    def interaction_came(self, payload: JsonObject) -> None:
        """An interaction, as the gateway gives it. There are 3 s: none waits for another."""
        self._spawn(self._interaction(payload), "discord interaction")

    async def send(self, outgoing: Outgoing) -> MessageRef:
        """Send once under its key; raises `SendFailed` or `SendRefused`."""
        ref = await self._sending.send(outgoing)
        self._typing.sent(outgoing)
        return ref

    def largest_picture(self, address: Address) -> int:
        """Bytes that a picture may have where the answer goes."""
        return self._sending.largest_picture(address)

    async def message(self, channel: str, message: str) -> JsonObject:
        """A message as it is now. Raises `RestError`."""
        path = "/channels/{channel_id}/messages/{message_id}"
        return await self._rest.table("GET", path, channel_id=channel, message_id=message)

    def _take_message(self, payload: JsonObject) -> None:
        channel = string(payload, "channel_id")
        listening = bool(self._channels) and not self._channels.isdisjoint({channel, self._places.parent(channel)})
        role = self._places.own_role(channel)
        incoming = heard(payload, bot=self._bot, role=role, listening=listening)
        if incoming is None:
            silent = unread(payload, bot=self._bot, role=role)
            if silent is not None and self._explained.now(silent.user, channel):
                quoted = words_of(table(payload, "referenced_message"))
                lang = language_of(quoted) if quoted else language_of_client(self._places.locale(channel))
                self._remark(silent, lang, "discord.ping_is_off")
            return
        if self._rules.closed(age_restricted=self._places.age_restricted(channel)):
            if incoming.addressed:
                self._remark(incoming.address, language_of(incoming.text), "discord.not_in_this_channel")
            return
        if incoming.addressed:
            # However long it takes to record it.
            self._typing.heard(channel, incoming.address.message)
        self._turns.take(incoming.address.user, partial(self._record, incoming), "discord message")

    async def _record(self, incoming: Incoming) -> None:
        """Hand it on. Discord does not deliver it again: it is for us to try again, and to say so in the end."""
        for attempt in range(1, RECORD_ATTEMPTS + 1):
            try:
                await self._inbox(incoming)
            except NotRecorded as error:
                log.warning("a message could not be recorded", why=str(error), attempt=attempt)
            else:
                return
            if attempt < RECORD_ATTEMPTS:
                await asyncio.sleep(RECORD_PAUSE * attempt)
        log.error("a message is lost, since it could not be recorded", place=self._places.name(_place(incoming)))
        if incoming.addressed:
            # Whoever only talks in a channel that is listened in expects no answer.
            self._remark(incoming.address, language_of(incoming.text), "discord.try_again")

    def _remark(self, address: Address, lang: str, key: str) -> None:
        """Nobody waits until it is sent: there may be no way for a while."""
        self._spawn(self._sending.remark(address, lang, key), "discord remark")

    async def _interaction(self, payload: JsonObject) -> None:
        interaction = header(payload)
        if not self._answers.first(interaction.id):
            log.info("an interaction came again and is left out")
            return
        form_name = string(table(payload, "data"), "custom_id")
        about = await self._forms.find(form_name) if form_name.startswith(PICTURE) else ()
        meant = self._allowed(plan(payload, {form_name: about}), string(payload, "channel_id"))
        words = wording(self._words, interaction.lang)
        match meant:
            case Take():
                await self._take(interaction, meant, words["discord.try_again"])
            case Form(name, pictures):
                # There are 3 s to open it, and a disk may take longer.
                await asyncio.gather(
                    self._answers.show_form(interaction, form(name, words)),
                    *([self._forms.keep(name, pictures)] if pictures else []),
                )
            case Tell(key):
                await self._answers.tell(interaction, words[key])
            case Suggest(option, typed, model_id):
                found = commands.suggestions(option, typed, model_id, await self._live_prices(), words)
                await self._answers.suggest(interaction, found)
            case None:
                log.warning("an interaction of an unknown kind is left out", type=payload.get("type"))

    async def _take(self, interaction: Interaction, meant: Take, sorry: str) -> None:
        """The answer may come quicker than we return: it is expected first."""
        if not self._answers.open(interaction, meant.incoming.address.conversation, discreet=meant.discreet):
            return
        self._spawn(self._answers.defer_if_late(interaction.id), "discord deferral")
        try:
            await self._inbox(meant.incoming)
        except NotRecorded as error:
            log.warning("a command could not be recorded", why=str(error))
            await self._answers.give_up(interaction.id, sorry)

    def _allowed(self, meant: Plan | None, channel: str) -> Plan | None:
        """The same, unless it is about a picture where none are drawn."""
        if not self._rules.closed(age_restricted=self._places.age_restricted(channel)):
            return meant
        drawing = isinstance(meant, Form) or (isinstance(meant, Take) and _draws(meant.incoming))
        return Tell("discord.not_in_this_channel") if drawing else meant

    async def _live_prices(self) -> PriceList | None:
        try:
            async with asyncio.timeout(SUGGEST_SECONDS):
                return await self._prices()
        except TimeoutError:
            return None

    async def _register(self) -> None:
        """See that Discord knows our commands; only what changed is told, and only once it did."""
        ours = commands.all_commands(self._words)
        path = "/applications/{application_id}/commands"
        while True:
            try:
                theirs = await self._rest.call(
                    "GET", path, query={"with_localizations": "true"}, application_id=self._application
                )
                if not commands.registered(ours, theirs):
                    await self._rest.call("PUT", path, json=list(ours), application_id=self._application)
                    log.info("commands are registered", count=len(ours))
            except RestError as error:
                log.warning("commands cannot be registered yet", why=str(error))
                await asyncio.sleep(REGISTER_PAUSE)
            else:
                return

    def _spawn(self, work: Work, name: str) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("something of Discord's could not be handled", exc_info=task.exception())


def _place(incoming: Incoming) -> str:
    return incoming.address.thread or incoming.address.conversation


def _draws(incoming: Incoming) -> bool:
    """Whether it may lead to a picture: all but the questions and choices of commands."""
    return not isinstance(incoming.command, Ask | Prefer)
