"""Routes about channels and what is in them."""

from __future__ import annotations

import hashlib
import json
from urllib.parse import unquote

from tests.platforms.discord.access import Access
from tests.platforms.discord.basics import Ids, Json, Options, Refusal, Violations, invalid, timestamp
from tests.platforms.discord.files import check_sizes
from tests.platforms.discord.message_rules import check_body
from tests.platforms.discord.payloads import Payloads
from tests.platforms.discord.posting import Posting
from tests.platforms.discord.rates import Rate
from tests.platforms.discord.rest import NOTHING, Answer, Call, Route
from tests.platforms.discord.switchboard import Switchboard
from tests.platforms.discord.world import PUBLIC_THREAD, Channel, Message, World


def is_empty(form: Json, files: int) -> bool:
    """Whether there is nothing in it that people could see."""
    return not (str(form.get("content") or "").strip() or form.get("embeds") or form.get("components") or files)


class MessageRoutes:
    """Answers them."""

    def __init__(
        self,
        world: World,
        access: Access,
        posting: Posting,
        payloads: Payloads,
        board: Switchboard,
        ids: Ids,
        options: Options,
        violations: Violations,
    ) -> None:
        self.typing: list[tuple[int, float]] = []
        self._world = world
        self._access = access
        self._posting = posting
        self._payloads = payloads
        self._board = board
        self._ids = ids
        self._options = options
        self._violations = violations
        self._nonces: dict[str, tuple[float, Message, str]] = {}

    def routes(self) -> list[Route]:
        """The table."""
        channel = "/channels/{channel_id}"
        message = channel + "/messages/{message_id}"
        return [
            Route("GET", channel, self._channel, Rate(10, 10)),
            Route("POST", channel + "/messages", self._create, Rate(5, 5)),
            Route("GET", channel + "/messages", self._history, Rate(5, 5)),
            Route("GET", message, self._get, Rate(5, 5)),
            Route("PATCH", message, self._edit, Rate(5, 5)),
            Route("DELETE", message, self._delete, Rate(5, 1)),
            Route("POST", channel + "/typing", self._type, Rate(5, 5)),
            Route("PUT", message + "/reactions/{emoji}/@me", self._react, Rate(1, 0.25)),
            Route("DELETE", message + "/reactions/{emoji}/@me", self._unreact, Rate(1, 0.25)),
            Route("POST", message + "/threads", self._thread_from_message, Rate(50, 300)),
            Route("POST", channel + "/threads", self._thread, Rate(50, 300)),
        ]

    def _channel(self, call: Call) -> Answer:
        return Answer(self._payloads.channel(self._access.channel(call["channel_id"])))

    def _message(self, message: Message) -> Json:
        return self._payloads.message(message, content="message_content" in self._options.enabled_intents)

    def _create(self, call: Call) -> Answer:
        channel = self._access.channel(call["channel_id"])
        form = call.form
        check_body(form, "create", self._violations)
        if form.get("nonce") is None or form.get("enforce_nonce") is not True:
            self._violations.add("no_enforced_nonce", f"in {channel.name}")
        self._access.need_to_send(channel)
        if call.files:
            self._access.need(channel, "attach_files")
        if form.get("embeds"):
            self._access.need(channel, "embed_links")
        check_sizes(call.body, channel.size_limit)
        if is_empty(form, len(call.files)):
            raise Refusal(400, 50006, "Cannot send an empty message")
        reply_to = self._referred(channel, form.get("message_reference"))
        same = self._same(channel, call)
        if same is None:
            same = self._posting.from_bot(channel, form, call.files, reply_to=reply_to)
            self._keep(channel, call, same)
        return Answer(self._payloads.posted(same, self._message(same)))

    def _referred(self, channel: Channel, reference: Json | None) -> Message | None:
        if reference is None:
            return None
        if reference.get("type") or int(reference.get("channel_id") or channel.id) != channel.id:
            raise invalid("message_reference", "REPLIES_CANNOT_REPLY_TO_OTHER_CHANNEL", "Not in this channel")
        message = channel.messages.get(int(reference["message_id"]))
        if message is None or message.deleted or message.only_for is not None:
            if reference.get("fail_if_not_exists", True):
                raise invalid("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
            return None
        if not self._access.allows(channel, "read_message_history"):
            raise Refusal(403, 160002, "Cannot reply without permission to read message history")
        return message

    def _same(self, channel: Channel, call: Call) -> Message | None:
        nonce = call.form.get("nonce")
        if nonce is None or not call.form.get("enforce_nonce"):
            return None
        found = self._nonces.get(str(nonce))
        if found is None or self._options.stopwatch() - found[0] > self._options.nonce_seconds:
            return None
        if found[2] != _fingerprint(channel, call):
            self._violations.add("nonce_for_another_message", f"{nonce} in {channel.name}")
        return found[1]

    def _keep(self, channel: Channel, call: Call, message: Message) -> None:
        if message.nonce is not None:
            self._nonces[message.nonce] = (self._options.stopwatch(), message, _fingerprint(channel, call))

    def _history(self, call: Call) -> Answer:
        channel = self._access.channel(call["channel_id"])
        if not self._access.allows(channel, "read_message_history"):
            return Answer([])
        limit = int(call.query.get("limit", 50))
        if not 1 <= limit <= 100:
            raise invalid("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.")
        found = [one for one in channel.messages.values() if not one.deleted and one.only_for is None]
        if "after" in call.query:
            found = [one for one in found if one.id > int(call.query["after"])][:limit]
        if "before" in call.query:
            found = [one for one in found if one.id < int(call.query["before"])]
        if "around" in call.query:
            centre = int(call.query["around"])
            found = sorted(sorted(found, key=lambda one: abs(one.id - centre))[:limit], key=lambda one: one.id)
        return Answer([self._message(one) for one in reversed(found[-limit:])])

    def _get(self, call: Call) -> Answer:
        channel = self._access.channel(call["channel_id"])
        self._access.need(channel, "read_message_history")
        return Answer(self._message(self._access.message(channel, call["message_id"])))

    def _edit(self, call: Call) -> Answer:
        channel = self._access.channel(call["channel_id"])
        message = self._access.message(channel, call["message_id"])
        if message.author is not self._world.bot:
            raise Refusal(403, 50005, "Cannot edit a message authored by another user")
        check_body(call.form, "edit", self._violations)
        if call.files:
            self._access.need(channel, "attach_files")
        check_sizes(call.body, channel.size_limit)
        return Answer(self._message(self._posting.edit(message, call.form, call.files)))

    def _delete(self, call: Call) -> Answer:
        channel = self._access.channel(call["channel_id"])
        message = self._access.message(channel, call["message_id"])
        if message.author is not self._world.bot:
            self._access.need(channel, "manage_messages")
        self._posting.delete(message)
        return NOTHING

    def _type(self, call: Call) -> Answer:
        channel = self._access.channel(call["channel_id"])
        self._access.need_to_send(channel)
        self.typing.append((channel.id, self._options.stopwatch()))
        self._board.changed()
        return NOTHING

    def _react(self, call: Call) -> Answer:
        channel = self._access.channel(call["channel_id"])
        self._access.need(channel, "read_message_history")
        message = self._access.message(channel, call["message_id"])
        emoji = unquote(call["emoji"])
        if emoji.isascii():
            raise Refusal(400, 10014, "Unknown Emoji")
        if message.author.blocks_bot:
            raise Refusal(403, 90001, "Reaction was blocked")
        if emoji not in message.reactions:
            self._access.need(channel, "add_reactions")
            if len(message.reactions) >= 20:
                raise Refusal(403, 30010, "Maximum number of reactions reached (20)")
        message.reactions.setdefault(emoji, set()).add(self._world.bot.id)
        self._board.changed()
        return NOTHING

    def _unreact(self, call: Call) -> Answer:
        channel = self._access.channel(call["channel_id"])
        message = self._access.message(channel, call["message_id"])
        users = message.reactions.get(unquote(call["emoji"]), set())
        users.discard(self._world.bot.id)
        if not users:
            message.reactions.pop(unquote(call["emoji"]), None)
        self._board.changed()
        return NOTHING

    def _thread_from_message(self, call: Call) -> Answer:
        channel = self._access.channel(call["channel_id"])
        message = self._access.message(channel, call["message_id"])
        if message.thread is not None:
            raise Refusal(400, 160004, "A thread has already been created for this message")
        message.thread = self._open_thread(channel, call.form, message.id)
        return Answer(self._payloads.channel(message.thread), 201)

    def _thread(self, call: Call) -> Answer:
        channel = self._access.channel(call["channel_id"])
        return Answer(self._payloads.channel(self._open_thread(channel, call.form, self._ids.next())), 201)

    def _open_thread(self, parent: Channel, form: Json, key: int) -> Channel:
        if parent.guild is None or parent.kind == PUBLIC_THREAD:
            raise Refusal(400, 50024, "Cannot execute action on this channel type")
        self._access.need(parent, "create_public_threads")
        if not 1 <= len(form.get("name") or "") <= 100:
            raise invalid("name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
        thread = Channel(key, PUBLIC_THREAD, form["name"], parent.guild, parent, owner=self._world.bot)
        thread.created = timestamp(self._options.clock())
        parent.guild.channels[key] = self._world.channels[key] = thread
        self._board.dispatch(
            "THREAD_CREATE", lambda _: self._payloads.channel(thread) | {"newly_created": True}, parent.guild
        )
        return thread


def _fingerprint(channel: Channel, call: Call) -> str:
    text = json.dumps([channel.id, call.form], sort_keys=True)
    digest = hashlib.sha256(text.encode())
    for number in sorted(call.files):
        digest.update(call.files[number].data)
    return digest.hexdigest()
