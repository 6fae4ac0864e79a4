"""What comes in and what goes out, in our words: no platform's type is named here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from protocol.commands import Command
from protocol.decision import AspectRatio, Language


@dataclass(frozen=True, slots=True)
class Address:
    """Where to answer.

    `message` is the message that a reply quotes; `thread` the thread or topic that pushes stay in;
    `private` says that only this user reads the conversation, so nobody needs to be named.
    """

    platform: str
    conversation: str
    user: str
    message: str
    thread: str | None = None
    private: bool = False

    @property
    def person(self) -> str:
        """The user, unique over all platforms."""
        return f"{self.platform}:{self.user}"

    @property
    def place(self) -> str:
        """The conversation, unique over all platforms."""
        return f"{self.platform}:{self.conversation}"

    @property
    def topic(self) -> str:
        """The same, and the thread in it, where there is one: what is talked of in one is not what is in another."""
        return self.place if self.thread is None else f"{self.place}#{self.thread}"

    def sees(self, other: Address) -> bool:
        """What was talked of there is remembered here: in the same thread, or before it outside of any."""
        return self.place == other.place and other.thread in (None, self.thread)


@dataclass(frozen=True, slots=True)
class MessageRef:
    """Proof that something was sent."""

    platform: str
    conversation: str
    message: str


@dataclass(frozen=True, slots=True)
class LinkedImage:
    """A picture behind a public link. IMA fetches it by itself; we do not. `shape`: where we know it.

    `veiled`: whoever showed it hid it until it is clicked.
    """

    url: str
    shape: AspectRatio | None = None
    veiled: bool = False


@dataclass(frozen=True, slots=True)
class AttachedImage:
    """A picture that the platform holds. `reference` is the adapter's own word for it, opaque to all others.

    `veiled`: whoever showed it hid it until it is clicked.
    """

    platform: str
    reference: str
    veiled: bool = False


ImageRef: TypeAlias = LinkedImage | AttachedImage


@dataclass(frozen=True, slots=True)
class Quote:
    """A message that is quoted and that the event did not bring along: it is looked at once the event is recorded.

    `certain`: it was quoted on purpose; else it is only what the thread began with, and meant where words ask for it.
    """

    message: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message of a person, one press of a button (`press` is then its value), or one command.

    `addressed`: the bot was mentioned, replied to, or written to in private; where it only listens, just an
    explicit request counts. `locale` is the language of the person's client, for where no words tell another.
    `unseen`: it quotes a message that the platform does not show to us, and that may be a picture.
    `gone`: it quotes one that cannot be looked at (any more). `pictureless`: it quotes a request of which there is no
    picture, not yet or never.
    `event` is the platform's own id of the delivery, where there is one: the same is not taken twice, nor is the
    same message. `quotes` is what is still to be looked at for pictures.
    """

    address: Address
    text: str
    sent_at: float
    images: tuple[ImageRef, ...] = ()
    addressed: bool = True
    locale: Language | None = None
    press: str | None = None
    command: Command | None = None
    unseen: bool = False
    event: str | None = None
    quotes: Quote | None = None
    gone: bool = False
    pictureless: bool = False


class Priority(IntEnum):
    """Which message goes first where a channel's rate is short (conversation page: sending)."""

    ACKNOWLEDGEMENT = 0
    RESULT = 1
    REPLY = 1
    START = 2
    PROGRESS = 3


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to be shown: a local file, already fitted to the platform, or only its link (`path` is None).

    `veiled`: it was made of one that was veiled, and is shown so itself where a platform can.
    """

    url: str
    alt: str
    path: str | None = None
    media_type: str = "image/png"
    width: int = 0
    height: int = 0
    veiled: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """`value` is what comes back as `Incoming.press`; at most 100 characters."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Something to be sent, its words already rendered.

    `key` is the idempotency key (25 characters at most): the same key is never shown twice.
    `reply` quotes `address.message`; otherwise it is a push to the same conversation and thread.
    `ping` allows the asker, and nobody else, to be notified. `edits` replaces an earlier message's words.
    `retried` says that an earlier attempt with this key may have reached the platform.
    `in_private` sends it to the asker alone, because the conversation cannot be reached any more.
    `percent` is how far the work is, for platforms that can show it other than in words.
    `discreet`: it concerns the asker alone; where a platform can show it to nobody else, it does.
    """

    address: Address
    key: str
    text: str
    priority: Priority
    reply: bool = False
    ping: bool = False
    picture: Picture | None = None
    buttons: tuple[Button, ...] = ()
    edits: MessageRef | None = None
    retried: bool = False
    in_private: bool = False
    percent: int | None = None
    discreet: bool = False
