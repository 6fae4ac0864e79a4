"""Sending: one message under its key, by the way that is open, and an honest word where none is."""

from __future__ import annotations

import re
from collections.abc import Callable

import structlog

from adapters.discord import outgoing as bodies
from adapters.discord import refusals
from adapters.discord.answers import Answers
from adapters.discord.payload import JsonObject, string, table, tables
from adapters.discord.places import Places
from adapters.discord.rest import Rejected, Rest, RestError, Unreachable
from adapters.discord.words import Words, language_of
from adapters.port import SendFailed, SendRefused
from protocol.messages import MessageRef, Outgoing

log = structlog.get_logger("discord")

PLATFORM = "discord"
HISTORY = 100
"""Messages that are looked through for one of ours that may have arrived."""

TELL_EVERY = 3600.0
"""Seconds after which a person is told again that the bot may not write in a channel."""

_MARKUP = re.compile(r"\\")


class Sending:
    """Creates and edits messages. `monotonic` measures seconds."""

    def __init__(
        self, rest: Rest, places: Places, answers: Answers, *, bot: str, words: Words, monotonic: Callable[[], float]
    ) -> None:
        self._rest = rest
        self._places = places
        self._answers = answers
        self._bot = bot
        self._words = words
        self._monotonic = monotonic
        self._direct: dict[str, str] = {}
        self._told: dict[tuple[str, str], float] = {}

    async def send(self, outgoing: Outgoing) -> MessageRef:
        """Send once under its key. Raises `SendFailed` or `SendRefused`."""
        try:
            return await self._send(outgoing)
        except Unreachable as error:
            raise SendFailed(str(error), error.retry_after) from error
        except Rejected as error:
            raise refusals.send_error(error) from error
        except OSError as error:
            raise SendFailed(f"the picture cannot be read: {error.strerror or error}") from error

    async def _send(self, outgoing: Outgoing) -> MessageRef:
        if outgoing.edits is not None:
            return await self._edit(outgoing, outgoing.edits)
        if bodies.quotes(outgoing) and not outgoing.retried:
            answered = await self._answers.answer(outgoing)
            if answered is not None:
                return answered
        channel = await self._channel(outgoing)
        if outgoing.retried:
            found = await self._already(outgoing, channel)
            if found is not None:
                return found
        try:
            return await self._create(outgoing, channel)
        except Rejected as error:
            if error.code not in refusals.NO_PERMISSION or outgoing.in_private:
                raise
            return await self._around(outgoing, error)

    async def _create(self, outgoing: Outgoing, channel: str) -> MessageRef:
        body = bodies.message(outgoing)
        if body.upload is not None and self._size(body.upload.path) > self._places.file_limit(channel):
            body = self._linked(outgoing)
        try:
            return await self._post(body, channel)
        except Rejected as error:
            if body.upload is None or not refusals.too_large(error):
                raise
            log.warning("the picture is too large for this place", place=self._places.name(channel))
            return await self._post(self._linked(outgoing), channel)

    async def _post(self, body: bodies.Body, channel: str) -> MessageRef:
        made = await self._rest.table(
            "POST", "/channels/{channel_id}/messages", json=body.json, upload=body.upload, channel_id=channel
        )
        return MessageRef(PLATFORM, channel, string(made, "id"))

    def _linked(self, outgoing: Outgoing) -> bodies.Body:
        return bodies.message(outgoing, as_link=self._words[language_of(outgoing.text)]["discord.too_large_here"])

    @staticmethod
    def _size(path: str) -> int:
        from pathlib import Path

        return Path(path).stat().st_size

    async def _edit(self, outgoing: Outgoing, earlier: MessageRef) -> MessageRef:
        await self._rest.call(
            "PATCH",
            "/channels/{channel_id}/messages/{message_id}",
            json=bodies.edit(outgoing),
            channel_id=earlier.conversation,
            message_id=earlier.message,
        )
        return earlier

    async def _channel(self, outgoing: Outgoing) -> str:
        return await self._direct_channel(outgoing.address.user) if outgoing.in_private else _place(outgoing)

    async def _direct_channel(self, user: str) -> str:
        if user not in self._direct:
            opened = await self._rest.table("POST", "/users/@me/channels", json={"recipient_id": user})
            self._direct[user] = string(opened, "id")
        return self._direct[user]

    async def _already(self, outgoing: Outgoing, channel: str) -> MessageRef | None:
        """Our own message with this key or these words, since the asker's; None where it cannot be told."""
        sent = bodies.message(outgoing).json
        query = {"limit": str(HISTORY)}
        if not outgoing.in_private and outgoing.address.message.isdigit():
            query["after"] = outgoing.address.message
        try:
            history = await self._rest.call("GET", "/channels/{channel_id}/messages", query=query, channel_id=channel)
        except Rejected:
            return None
        for message in history if isinstance(history, list) else []:
            if string(table(message, "author"), "id") != self._bot:
                continue
            if str(message.get("nonce", "")) == outgoing.key or _words(message) == _words(sent):
                return MessageRef(PLATFORM, channel, string(message, "id"))
        return None

    async def _around(self, outgoing: Outgoing, error: Rejected) -> MessageRef:
        """The bot may not write here. An interaction that is still open is a way; else the asker is told."""
        place = _place(outgoing)
        missing = self._places.missing(place)
        log.warning(
            "the bot may not write here: give it the permissions",
            place=self._places.name(place),
            missing=", ".join(missing) or "not known",
            code=error.code,
        )
        followed = await self._answers.follow_up(outgoing)
        if followed is not None:
            return followed
        if outgoing.reply:
            await self._tell_asker(outgoing)
        raise SendRefused(f"the bot may not write here: {', '.join(missing) or error}") from error

    async def _tell_asker(self, outgoing: Outgoing) -> None:
        """That the bot heard them and may not answer there: in private, else by a sign at their message."""
        address, now = outgoing.address, self._monotonic()
        if self._told.get((address.user, _place(outgoing)), float("-inf")) > now - TELL_EVERY:
            return
        self._told[address.user, _place(outgoing)] = now
        words = self._words[language_of(outgoing.text)]["discord.cannot_write_there"]
        body = {
            "content": words.format(channel=f"<#{_place(outgoing)}>"),
            "allowed_mentions": {"parse": []},
            "nonce": outgoing.key,
            "enforce_nonce": True,
        }
        try:
            channel = await self._direct_channel(address.user)
            await self._rest.call("POST", "/channels/{channel_id}/messages", json=body, channel_id=channel)
        except RestError:
            try:
                await self._rest.call(
                    "PUT",
                    "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me",
                    channel_id=_place(outgoing),
                    message_id=address.message,
                    emoji="🤐",
                )
            except RestError as error:
                log.info("nor can the asker be told", why=str(error))


def _place(outgoing: Outgoing) -> str:
    return outgoing.address.thread or outgoing.address.conversation


def _words(message: JsonObject) -> str:
    """The words of a message, wherever they stand in it."""
    texts = [string(message, "content")]
    texts += [string(each, "content") for each in tables(message, "components") if each.get("type") == bodies.TEXT]
    return "\n".join(text for text in texts if text)
