"""Sending: one message under its key, by the way that is open, and an honest word where none is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import structlog

from adapters.discord import outgoing as bodies
from adapters.discord import refusals
from adapters.discord.answers import Answers
from adapters.discord.payload import JsonObject, string, table, tables
from adapters.discord.places import DEFAULT_LIMIT, Places
from adapters.discord.rest import Rejected, Rest, RestError, Unreachable
from adapters.discord.rules import PictureRules
from adapters.discord.seldom import Seldom
from adapters.discord.words import Words, language_of
from adapters.port import SendError, SendFailed, SendRefused
from protocol.messages import Address, MessageRef, Outgoing, Picture, Priority

log = structlog.get_logger("discord")

PLATFORM = "discord"
HISTORY = 100
"""Messages that are looked through for one of ours that may have arrived."""

LONGEST_KEY = 25
"""Characters that a nonce may have."""

TELL_EVERY = 3600.0
"""Seconds after which a person is told again what holds for a channel."""

LEAST_SMALLER = 64 * 1024
"""Bytes below which a picture is not made smaller any more: its link is of more use."""

Shrink = Callable[[str, int], Awaitable[bodies.Smaller | None]]
"""The picture in a file, in at most so many bytes; None where that cannot be made. Raises OSError."""

Post = Callable[[bodies.Body], Awaitable[MessageRef]]
"""Sends a body by the way that is open. Raises `RestError`, or OSError where the file cannot be read."""


class Sending:
    """Creates and edits messages. `monotonic` measures seconds."""

    def __init__(
        self,
        rest: Rest,
        places: Places,
        answers: Answers,
        *,
        bot: str,
        words: Words,
        rules: PictureRules,
        shrink: Shrink,
        monotonic: Callable[[], float],
    ) -> None:
        self._rest = rest
        self._places = places
        self._answers = answers
        self._bot = bot
        self._words = words
        self._rules = rules
        self._shrink = shrink
        self._direct: dict[str, str] = {}
        self._told = Seldom(TELL_EVERY, monotonic)

    async def send(self, outgoing: Outgoing) -> MessageRef:
        """Send once under its key. Raises `SendFailed` or `SendRefused`."""
        try:
            return await self._send(outgoing)
        except Unreachable as error:
            raise SendFailed(str(error), error.retry_after) from error
        except Rejected as error:
            raise refusals.send_error(error) from error

    def largest_picture(self, address: Address) -> int:
        """Bytes that a picture may have where the answer goes, as far as it is known now."""
        place = _place(address)
        if self._places.missing(place):
            # Only the interaction's own way is left, and that has a limit of its own.
            return self._answers.file_limit(address.message) or DEFAULT_LIMIT
        return self._places.file_limit(place)

    async def remark(self, address: Address, lang: str, key: str) -> None:
        """Reply with words of the adapter's own, which concern nobody behind it."""
        nonce = f"own{address.message}"[:LONGEST_KEY]
        try:
            await self.send(Outgoing(address, nonce, self._words[lang][key], Priority.REPLY, reply=True))
        except SendError as error:
            log.info("a person could not be told", why=str(error))

    async def _send(self, outgoing: Outgoing) -> MessageRef:
        if outgoing.edits is not None:
            return await self._edit(outgoing, outgoing.edits)
        if bodies.quotes(outgoing) and not outgoing.retried:
            answered = await self._answers.answer(outgoing)
            if answered is not None:
                return answered
        if outgoing.discreet and not (outgoing.address.private or outgoing.in_private):
            return await self._aside(outgoing)
        channel = await self._channel(outgoing)
        if outgoing.retried:
            found = _ours(outgoing, channel, await self._history(outgoing, channel), self._bot)
            if found is not None:
                return found
        if self._answers.doubtful(outgoing):
            return await self._look(outgoing, channel)
        try:
            return await self._create(self._naming(outgoing), channel)
        except Rejected as error:
            if error.code not in refusals.NO_PERMISSION or outgoing.in_private:
                raise
            return await self._around(outgoing, error)

    async def _aside(self, outgoing: Outgoing) -> MessageRef:
        """An answer for one person's eyes whose own way is closed: in private; else a word to them, without it."""
        try:
            return await self._send(replace(outgoing, in_private=True))
        except Rejected as error:
            if isinstance(refusals.send_error(error), SendFailed):
                raise
            log.info("an answer for one person alone cannot be given in private", why=str(error))
        sorry = self._words[language_of(outgoing.text)]["discord.try_again"]
        return await self._send(replace(outgoing, text=sorry, buttons=(), discreet=False))

    def _naming(self, outgoing: Outgoing) -> Outgoing:
        """The same; what cannot quote, since it replies to a command or a press, names the asker instead."""
        quotes = bodies.quotes(outgoing) and not self._answers.knows(outgoing.address.message)
        return outgoing if quotes == outgoing.reply else replace(outgoing, reply=quotes)

    async def _create(self, outgoing: Outgoing, channel: str) -> MessageRef:
        async def post(body: bodies.Body) -> MessageRef:
            made = await self._rest.table(
                "POST", "/channels/{channel_id}/messages", json=body.json, upload=body.upload, channel_id=channel
            )
            ref = MessageRef(PLATFORM, channel, string(made, "id"))
            if bodies.quotes(outgoing) and not outgoing.address.private and not table(made, "message_reference"):
                await self._name_asker(outgoing, ref)
            return ref

        return await self._fitted(outgoing, self._places.file_limit(channel), post)

    async def _name_asker(self, outgoing: Outgoing, sent: MessageRef) -> None:
        """There was nothing to quote: a message that was deleted, or a command from before a restart."""
        try:
            await self._edit(replace(outgoing, reply=False), sent)
        except RestError as error:
            log.info("a message does not say whom it is for", why=str(error))

    async def _fitted(self, outgoing: Outgoing, limit: int, post: Post) -> MessageRef:
        """Send it with its picture; with its link alone where the stored file cannot be read."""
        picture = outgoing.picture
        veiled = self._rules.veiled(age_restricted=self._places.age_restricted(_place(outgoing.address)))
        veiled = veiled or (picture is not None and picture.veiled)
        if picture is None or picture.path is None:
            return await post(bodies.message(outgoing, veiled=veiled))
        try:
            return await self._with_file(outgoing, picture, picture.path, limit, post, veiled=veiled)
        except OSError as error:
            # A file that is gone does not come back, and the link is known: waiting would lose a paid picture.
            log.error("a stored picture cannot be read and is sent as its link", why=error.strerror or str(error))
            return await post(bodies.message_without_file(outgoing, picture, veiled=veiled))

    async def _with_file(
        self, outgoing: Outgoing, picture: Picture, path: str, limit: int, post: Post, *, veiled: bool
    ) -> MessageRef:
        """Send it with its picture as it is; else with a smaller one, once more smaller, or with its link.

        The picture was fitted to the place when it came. The place may have changed since (a guild that lost its
        boosts, a private conversation instead), and Discord may know better than its own events. Raises OSError.
        """
        size = (await asyncio.to_thread(Path(path).stat)).st_size
        if size <= limit:
            try:
                return await post(bodies.message(outgoing, veiled=veiled))
            except Rejected as error:
                if not refusals.too_large(error):
                    raise
            limit = min(size // 2, DEFAULT_LIMIT)
        log.warning("the picture is too large for this place", place=self._places.name(_place(outgoing.address)))
        smaller = await self._shrink(path, limit) if limit >= LEAST_SMALLER else None
        words = self._words[language_of(outgoing.text)]
        if smaller is not None:
            try:
                note = words["discord.smaller_here"]
                return await post(bodies.message_with_smaller(outgoing, smaller, note, veiled=veiled))
            except Rejected as error:
                if not refusals.too_large(error):
                    raise
        return await post(bodies.message_with_link(outgoing, words["discord.too_large_here"], veiled=veiled))

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
        return await self._direct_channel(outgoing.address.user) if outgoing.in_private else _place(outgoing.address)

    async def _direct_channel(self, user: str) -> str:
        if user not in self._direct:
            opened = await self._rest.table("POST", "/users/@me/channels", json={"recipient_id": user})
            self._direct[user] = string(opened, "id")
        return self._direct[user]

    async def _history(self, outgoing: Outgoing, channel: str) -> tuple[JsonObject, ...]:
        """The messages since the asker's; none where they may not be read."""
        query = {"limit": str(HISTORY)}
        if not outgoing.in_private and outgoing.address.message.isdigit():
            query["after"] = outgoing.address.message
        try:
            history = await self._rest.call("GET", "/channels/{channel_id}/messages", query=query, channel_id=channel)
        except Rejected:
            return ()
        return tables({"history": history}, "history")

    async def _look(self, outgoing: Outgoing, channel: str) -> MessageRef:
        """What went by a way that knows no keys, and may have arrived: found, or sent again, but never shown twice."""
        history = await self._history(outgoing, channel)
        found = _ours(outgoing, channel, history, self._bot)
        if found is None and not self._places.readable(channel):
            # It cannot be told, and another way is left to whoever sends.
            raise SendRefused("it may have arrived, and the channel cannot be read")
        self._answers.found(outgoing, found)
        return found if found is not None else await self._send(outgoing)

    async def _around(self, outgoing: Outgoing, error: Rejected) -> MessageRef:
        """The bot may not write here. An interaction that is still open is a way; else the asker is told."""
        place = _place(outgoing.address)
        missing = self._places.missing(place)
        log.warning(
            "the bot may not write here: give it the permissions",
            place=self._places.name(place),
            missing=", ".join(missing) or "not known",
            code=error.code,
        )
        try:
            followed = await self._follow(outgoing)
        except Rejected as refused:
            log.info("nor can it follow the interaction", why=str(refused))
        else:
            if followed is not None:
                return followed
        if outgoing.reply or outgoing.priority is Priority.START:
            # Nothing more will come: neither an answer nor, where it has just been closed, the picture.
            await self._tell_asker(outgoing)
        raise SendRefused(f"the bot may not write here: {', '.join(missing) or error}") from error

    async def _follow(self, outgoing: Outgoing) -> MessageRef | None:
        limit = self._answers.file_limit(outgoing.address.message)
        if limit is None:
            return None

        async def post(body: bodies.Body) -> MessageRef:
            followed = await self._answers.follow_up(outgoing, body)
            if followed is None:
                raise Unreachable("the interaction has just ended")
            return followed

        return await self._fitted(outgoing, limit, post)

    async def _tell_asker(self, outgoing: Outgoing) -> None:
        """That the bot heard them and may not answer there: in private, else by a sign at their message."""
        address = outgoing.address
        place = _place(address)
        if not self._told.now(address.user, place):
            return
        words = self._words[language_of(outgoing.text)]["discord.cannot_write_there"]
        body = {
            "content": words.format(channel=f"<#{place}>"),
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
                    channel_id=place,
                    message_id=address.message,
                    emoji="🤐",
                )
            except RestError as error:
                log.info("nor can the asker be told", why=str(error))


def _place(address: Address) -> str:
    return address.thread or address.conversation


def _ours(outgoing: Outgoing, channel: str, history: tuple[JsonObject, ...], bot: str) -> MessageRef | None:
    """Our own message with this key, these buttons or these words, among these; a note may have come to its words.

    The same words may be another request's: they decide only where the message says nothing better, and a reply that
    lost what it quotes has to name its asker.
    """
    body = bodies.message(outgoing).json
    lines, values = set(words_of(body).splitlines()), _values(body)
    for message in history:
        if string(table(message, "author"), "id") != bot:
            continue
        asked = string(table(message, "interaction_metadata"), "id")
        answers = string(table(message, "message_reference"), "message_id")
        # What follows an interaction may be shown as a reply to an earlier message of ours.
        to = asked or (answers if bodies.quotes(outgoing) else "")
        if to not in ("", outgoing.address.message):
            continue
        key, found = str(message.get("nonce") or ""), _values(message)
        if key:
            ours = key == outgoing.key
        elif values or found:
            # The values hold the job.
            ours = values == found
        else:
            theirs = set(words_of(message).splitlines())
            ours = lines <= theirs and (bool(to) or not bodies.quotes(outgoing) or bodies.mention(outgoing) in theirs)
        if ours:
            return MessageRef(PLATFORM, channel, string(message, "id"))
    return None


def _values(message: JsonObject) -> list[str]:
    """What the buttons of a message say when they are pressed."""
    rows = (tables(row, "components") for row in tables(message, "components"))
    return [string(button, "custom_id") for row in rows for button in row]


def words_of(message: JsonObject) -> str:
    """The words of a message, wherever they stand in it."""
    texts = [string(message, "content")]
    texts += [string(each, "content") for each in tables(message, "components") if each.get("type") == bodies.TEXT]
    return "\n".join(text for text in texts if text)
