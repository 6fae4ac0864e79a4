"""The company: who is in it, what they do with their clients, and what they see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.platforms.feishu.basics import Ids, Json
from tests.platforms.feishu.courier import Courier
from tests.platforms.feishu.deliveries import Delivery, Press
from tests.platforms.feishu.people import Hands, Piece
from tests.platforms.feishu.views import Shown, show
from tests.platforms.feishu.world import Chat, ChatKind, Message, Person, World


class Company:
    """What a test does as people: found groups, write, press, look."""

    def __init__(self, world: World, hands: Hands, courier: Courier, ids: Ids) -> None:
        self.world = world
        self.courier = courier
        self._hands = hands
        self._ids = ids

    @property
    def bot(self) -> Person:
        """The bot, as people see it."""
        return self.world.bot

    def person(self, name: str, *groups: Chat) -> Person:
        """Somebody new, in these groups."""
        person = Person(self._ids.next("ou"), self._ids.next("on"), name)
        self.world.people[person.open_id] = person
        for group in groups:
            group.members.append(person)
        return person

    def group(self, name: str, *people: Person, topics: bool = False, bot_in: bool = True) -> Chat:
        """A group, or one in which every message opens a topic."""
        kind: ChatKind = "topic_group" if topics else "group"
        chat = Chat(self._ids.next("oc"), kind, name, members=list(people), bot_in=bot_in)
        self.world.chats[chat.id] = chat
        return chat

    def direct(self, person: Person) -> Chat:
        """The conversation of a person with the bot."""
        chat = self.world.direct(person)
        if chat is None:
            chat = Chat(self._ids.next("oc"), "p2p", person.name, person, [person])
            self.world.chats[chat.id] = chat
        return chat

    def _parent(self, reply_to: Message | Shown | None) -> Message | None:
        return None if reply_to is None else self.world.messages[reply_to.id]

    def say(
        self,
        person: Person,
        chat: Chat,
        text: str,
        *,
        reply_to: Message | Shown | None = None,
        in_thread: bool = False,
        mention_bot: bool | None = None,
    ) -> Message:
        """Write words, in a group mentioning the bot unless told otherwise. @name and @所有人 are mentions.

        With `reply_to` it quotes that message; with `in_thread` besides, it opens a topic under it. An answer to
        what stands in a topic stays there.
        """
        if mention_bot is None:
            mention_bot = chat.kind != "p2p"
        if mention_bot:
            text = f"@{self.bot.name} {text}"
        return self._hands.text(person, chat, text, self._parent(reply_to), in_thread=in_thread)

    def dm(self, person: Person, text: str, *, reply_to: Message | Shown | None = None) -> Message:
        """Write to the bot alone."""
        return self.say(person, self.direct(person), text, reply_to=reply_to)

    def send_picture(
        self,
        person: Person,
        chat: Chat,
        data: bytes,
        *,
        reply_to: Message | Shown | None = None,
        in_thread: bool = False,
    ) -> Message:
        """Send a picture alone: in a group the bot does not hear of it, unless it may hear everything."""
        return self._hands.picture(person, chat, data, self._parent(reply_to), in_thread=in_thread)

    def post(
        self,
        person: Person,
        chat: Chat,
        paragraphs: Sequence[Sequence[Piece]],
        *,
        title: str = "",
        reply_to: Message | Shown | None = None,
        in_thread: bool = False,
        mention_bot: bool | None = None,
    ) -> Message:
        """Write a post: paragraphs of words and pictures; in a group it begins with a mention of the bot."""
        if mention_bot is None:
            mention_bot = chat.kind != "p2p"
        if mention_bot:
            first = [f"@{self.bot.name} "]
            paragraphs = [[*first, *paragraphs[0]], *paragraphs[1:]] if paragraphs else [first]
        return self._hands.post(person, chat, paragraphs, title, self._parent(reply_to), in_thread=in_thread)

    def send_other(
        self, person: Person, chat: Chat, kind: str, content: Json, *, reply_to: Message | Shown | None = None
    ) -> Message:
        """Send something of another type: "sticker", "file", "audio", "share_user", "interactive"…"""
        return self._hands.other(person, chat, kind, content, self._parent(reply_to))

    def press(
        self,
        person: Person,
        message: Message | Shown,
        button: str | int | Json,
        *,
        form: Mapping[str, str] | None = None,
    ) -> Press:
        """Press a button: by its label, its number from 1, or its value; one that sends a form off, filled in so."""
        return self._hands.press(person, self.world.messages[message.id], button, form)

    def press_raw(self, person: Person, message: Message | Shown, value: object) -> Press:
        """Call back with any value, as a forged or outdated card would."""
        return self._hands.press_raw(person, self.world.messages[message.id], value)

    def send_event(self, kind: str, event: Json) -> Delivery:
        """Send an event of any type, as it is."""
        return self.courier.deliver(kind, event)

    def messages(self, chat: Chat, *, by_bot: bool = True) -> tuple[Shown, ...]:
        """Return what stands in a chat, in order: the bot's messages, or everybody's."""
        return tuple(
            show(one) for one in chat.messages.values() if not one.recalled and (one.author is self.bot or not by_bot)
        )

    def shown(self, message: Message | Shown) -> Shown:
        """Look at one message again."""
        return show(self.world.messages[message.id])
