"""How messages come to stand in a chat: the bot's and people's."""

from __future__ import annotations

from collections.abc import Iterable

from tests.platforms.feishu.basics import (
    MESSAGE_EVENT,
    Ids,
    Json,
    Options,
    Refusal,
    Violations,
    invalid,
    unfit,
)
from tests.platforms.feishu.content import Content, Contents
from tests.platforms.feishu.courier import Courier
from tests.platforms.feishu.deliveries import Delivery
from tests.platforms.feishu.payloads import Payloads
from tests.platforms.feishu.rates import Rates
from tests.platforms.feishu.world import Chat, Message, Person, World

UUID_LIMIT = 50


class Posting:
    """Adds messages, and tells the bot of those that it may hear."""

    def __init__(
        self,
        world: World,
        contents: Contents,
        payloads: Payloads,
        courier: Courier,
        rates: Rates,
        options: Options,
        ids: Ids,
        violations: Violations,
    ) -> None:
        self.deliveries: dict[str, Delivery] = {}
        """By message id."""
        self._world = world
        self._contents = contents
        self._payloads = payloads
        self._courier = courier
        self._rates = rates
        self._options = options
        self._ids = ids
        self._violations = violations
        self._sent: dict[tuple[str, str], tuple[float, Message, tuple[object, ...]]] = {}

    def by_bot(self, chat: Chat, form: Json, parent: Message | None = None) -> Message:
        """Send the bot's message; the same uuid within the hour gives the message that it gave before."""
        uuid = form.get("uuid")
        if uuid is not None and (not isinstance(uuid, str) or len(uuid) > UUID_LIMIT):
            raise unfit("uuid", "the max len is 50")
        same = (form.get("msg_type"), form.get("content"), parent and parent.id, bool(form.get("reply_in_thread")))
        if uuid:
            found = self._sent.get((chat.id, uuid))
            if found is not None and self._options.stopwatch() - found[0] < self._options.uuid_seconds:
                if found[2] != same:
                    self._violations.add("uuid_of_another_message", uuid)
                return found[1]
        else:
            self._violations.add("no_uuid", f"{form.get('msg_type')} in {chat.name}")
        content = self._contents.check(form.get("msg_type"), form.get("content"))
        self._check_place(chat)
        self._check_mentions(chat, parent, content)
        self._rates.send(chat.id, "message")
        message = self._new(chat, self._world.bot, content.kind, content.raw, parent)
        message.uuid = uuid or None
        message.pictures = content.pictures
        message.mentions = [self._world.people[one] for one in content.mentioned if one in self._world.people]
        message.mentions_all = content.everybody
        if parent is not None and form.get("reply_in_thread"):
            self._into_thread(message, parent)
        if uuid:
            self._sent[chat.id, uuid] = self._options.stopwatch(), message, same
        self._courier.changed()
        return message

    def _check_place(self, chat: Chat) -> None:
        if chat.dissolved:
            raise Refusal(232009, "Your request specifies a chat which has already been dissolved.")
        if not chat.bot_in:
            raise Refusal(230002, "The bot can not be outside the group.")
        if chat.muted:
            raise Refusal(230018, "These operations are NOT allowed at current group settings.")
        if chat.person is not None and not chat.person.reachable:
            raise Refusal(230013, "Bot has NO availability to this user.")

    def _check_mentions(self, chat: Chat, parent: Message | None, content: Content) -> None:
        if content.everybody:
            self._violations.add("mentions_all", content.raw[:200])
        askers = self.askers(chat, parent)
        for one in content.mentioned:
            if one not in self._world.people:
                self._violations.add("mentions_nobody", one)
                raise invalid(f"invalid open_id {one}")
            if one not in askers:
                self._violations.add("mentions_stranger", f"{self._world.people[one].name} in {chat.name}")

    def askers(self, chat: Chat, parent: Message | None) -> set[str]:
        """Whom a message may mention.

        Under a message: its author, who pressed it, and who spoke to the bot in its topic. Elsewhere, or where nobody
        stands above: who spoke to the bot in this chat or pressed there.
        """
        found: set[str] = set()
        if parent is not None:
            if parent.thread is not None:
                found |= self._speakers(one for one in chat.messages.values() if one.thread == parent.thread)
            step: Message | None = parent
            while step is not None:
                found |= step.pressed_by
                if step.author is not self._world.bot:
                    return found | {step.author.open_id}
                step = step.parent
        return found.union(self._speakers(chat.messages.values()), *(one.pressed_by for one in chat.messages.values()))

    def _speakers(self, messages: Iterable[Message]) -> set[str]:
        return {one.author.open_id for one in messages if one.id in self.deliveries}

    def _new(self, chat: Chat, author: Person, kind: str, content: str, parent: Message | None) -> Message:
        message = Message(self._ids.next("om"), chat, author, self._options.clock(), kind, content)
        if parent is not None:
            message.parent, message.root = parent, parent.root or parent
            if parent.thread is not None:
                message.thread = parent.thread
                # Within a topic every answer is one to its first message.
                message.root = message.parent = self._first(parent.thread)
        elif chat.kind == "topic_group":
            message.thread = self._ids.next("omt")
            if author is self._world.bot:
                self._violations.add("opened_a_topic", chat.name)
        chat.messages[message.id] = message
        self._world.messages[message.id] = message
        return message

    def _first(self, thread: str) -> Message:
        return next(one for one in self._world.messages.values() if one.thread == thread)

    def _into_thread(self, message: Message, parent: Message) -> None:
        if message.thread is None:
            root = parent.root or parent
            root.thread = message.thread = root.thread or self._ids.next("omt")
            message.root = message.parent = root

    def by_person(
        self,
        chat: Chat,
        author: Person,
        kind: str,
        content: str,
        *,
        parent: Message | None = None,
        in_thread: bool = False,
        mentions: list[Person],
        mentions_all: bool = False,
    ) -> Message:
        """Write as a person, and deliver it to the bot if it may hear it."""
        message = self._new(chat, author, kind, content, parent)
        message.mentions, message.mentions_all = mentions, mentions_all
        if parent is not None and in_thread:
            self._into_thread(message, parent)
        if self._heard(message):
            self.deliveries[message.id] = self._courier.deliver(MESSAGE_EVENT, self._payloads.received(message))
        self._courier.changed()
        return message

    def _heard(self, message: Message) -> bool:
        chat, granted = message.chat, self._options.scopes
        if not chat.bot_in or chat.dissolved or MESSAGE_EVENT not in self._options.subscribed:
            return False
        if chat.kind == "p2p":
            return bool(granted & {"im:message.p2p_msg", "im:message.p2p_msg:readonly"})
        if "im:message.group_msg" in granted:
            return True
        at_messages = granted & {"im:message.group_at_msg", "im:message.group_at_msg:readonly"}
        return bool(at_messages) and (self._world.bot in message.mentions or message.mentions_all)
