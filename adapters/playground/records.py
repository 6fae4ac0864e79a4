"""What the platform remembers of a message, and how it is written as JSON for the store and the page."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

from protocol.messages import AttachedImage, Button, ImageRef, LinkedImage, Outgoing, Priority

from .people import BOT, PLATFORM

Kind: TypeAlias = Literal["text", "press", "acknowledgement", "start", "progress", "answer"]
JsonObject: TypeAlias = dict[str, Any]

_KINDS: dict[Priority, Kind] = {
    Priority.ACKNOWLEDGEMENT: "acknowledgement",
    Priority.RESULT: "answer",
    Priority.START: "start",
    Priority.PROGRESS: "progress",
}


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture of a message: a stored file by its `name`, or only a link (`name` is empty)."""

    name: str
    url: str = ""
    alt: str = ""
    width: int = 0
    height: int = 0

    @property
    def image(self) -> ImageRef:
        """The picture as an input of a later message."""
        return AttachedImage(PLATFORM, self.name) if self.name else LinkedImage(self.url)


@dataclass(frozen=True, slots=True)
class Message:
    """One bubble.

    `request` is the message that a bot's message belongs to, `to` the person it is for. `heard`: it was handed
    to the bot. `percent` is how far the work is, where that is told. `position` orders the bubbles; `change`
    grows with every new or edited one, and is what the live stream resumes from.
    """

    id: str
    conversation: str
    sender: str
    at: float
    text: str
    kind: Kind = "text"
    to: str = ""
    request: str = ""
    reply_to: str = ""
    pictures: tuple[ShownPicture, ...] = ()
    buttons: tuple[Button, ...] = ()
    ping: bool = False
    heard: bool = False
    percent: int | None = None
    position: int = 0
    change: int = 0


def from_outgoing(
    outgoing: Outgoing, conversation: str, identity: str, at: float, picture: ShownPicture | None
) -> Message:
    """The bot's message as it is shown in that conversation."""
    address = outgoing.address
    return Message(
        id=identity,
        conversation=conversation,
        sender=BOT,
        at=at,
        text=outgoing.text,
        kind=_KINDS[outgoing.priority],
        to=address.user,
        request=address.message,
        reply_to=address.message if outgoing.reply else "",
        pictures=(picture,) if picture else (),
        buttons=outgoing.buttons,
        ping=outgoing.ping,
        percent=outgoing.percent,
    )


def encode(message: Message) -> str:
    """The message as the store keeps it; position and change are columns of their own."""
    body = asdict(message)
    del body["position"], body["change"]
    return json.dumps(body, ensure_ascii=False)


def decode(body: str, position: int, change: int) -> Message:
    """The inverse of `encode`."""
    fields = json.loads(body)
    fields["pictures"] = tuple(ShownPicture(**picture) for picture in fields["pictures"])
    fields["buttons"] = tuple(Button(**button) for button in fields["buttons"])
    return Message(**fields, position=position, change=change)


def for_page(message: Message, quoted: Message | None) -> JsonObject:
    """The message as the page gets it, with enough of the quoted one to show it."""
    shown: JsonObject = asdict(message)
    shown["pictures"] = [_picture(picture) for picture in message.pictures]
    shown["quote"] = None
    if quoted is not None:
        shown["quote"] = {
            "id": quoted.id,
            "sender": quoted.sender,
            "text": quoted.text[:200],
            "picture": _picture(quoted.pictures[0]) if quoted.pictures else None,
        }
    return shown


def _picture(picture: ShownPicture) -> JsonObject:
    return {
        "src": f"/pictures/{picture.name}" if picture.name else "",
        "link": picture.url,
        "alt": picture.alt,
        "width": picture.width,
        "height": picture.height,
    }
