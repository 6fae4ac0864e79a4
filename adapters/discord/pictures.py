"""The pictures in a message, and the word by which one is found again when its signed address has expired."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from adapters.discord.payload import JsonObject, string, table, tables, whole
from protocol.messages import AttachedImage, ImageRef, LinkedImage

PLATFORM = "discord"
MEDIA_GALLERY = 12
CONTAINER = 17
IS_SPOILER = 1 << 3
"""The flag of an attachment that is veiled until it is clicked; older clients say so in its name."""

SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".heic", ".avif")


@dataclass(frozen=True, slots=True)
class Reference:
    """An attachment: where it is, and the signed address that it had, which ends after a day.

    `channel` and `message` are empty for a file that is in no message (an option of a command).
    """

    channel: str
    message: str
    attachment: str
    url: str

    def encode(self) -> str:
        """As `AttachedImage.reference`."""
        return json.dumps([self.channel, self.message, self.attachment, self.url])

    @classmethod
    def decode(cls, reference: str) -> Reference:
        """Raises ValueError for a reference that is none of ours."""
        try:
            channel, message, attachment, url = json.loads(reference)
        except (TypeError, ValueError) as error:
            raise ValueError("not a reference to an attachment") from error
        return cls(str(channel), str(message), str(attachment), str(url))


def pictures_of(message: JsonObject, channel: str) -> tuple[ImageRef, ...]:
    """The pictures that a message shows, in order: attached, forwarded, in our own layout, in embeds."""
    found: dict[str, ImageRef] = {}
    for each in _all(message, channel):
        found.setdefault(each.reference if isinstance(each, AttachedImage) else each.url, each)
    return tuple(found.values())


def attached(attachment: JsonObject, channel: str, message: str) -> AttachedImage | None:
    """An attachment as a picture; None where it is another kind of file."""
    kind, name = string(attachment, "content_type"), string(attachment, "filename")
    named = name.lower().endswith(SUFFIXES)
    veiled = name.startswith("SPOILER_") or bool(whole(attachment, "flags") & IS_SPOILER)
    url = string(attachment, "url")
    if not url or not (kind.startswith("image/") or (not kind and named)):
        return None
    return AttachedImage(PLATFORM, Reference(channel, message, string(attachment, "id"), url).encode(), veiled)


def found_again(message: JsonObject, attachment: str) -> str | None:
    """The address that an attachment has in a message as it was just read; None where it is gone."""
    forwarded = (table(each, "message") for each in tables(message, "message_snapshots"))
    for shown in (message, *forwarded):
        for each in tables(shown, "attachments"):
            if string(each, "id") == attachment:
                return string(each, "url") or None
    for media, _ in _shown(tables(message, "components")):
        if string(media, "attachment_id") == attachment:
            return string(media, "url") or None
    return None


def _all(message: JsonObject, channel: str) -> Iterator[ImageRef]:
    identity = string(message, "id")
    for each in tables(message, "attachments"):
        picture = attached(each, channel, identity)
        if picture is not None:
            yield picture
    for snapshot in tables(message, "message_snapshots"):
        for each in tables(table(snapshot, "message"), "attachments"):
            # Where it came from is closed to us: it is read again in the message that forwards it.
            picture = attached(each, channel, identity)
            if picture is not None:
                yield picture
    if not tables(message, "attachments"):
        yield from _laid_out(message, channel, identity)
    for embed in tables(message, "embeds"):
        shown = string(embed, "url") if string(embed, "type") == "image" else string(table(embed, "image"), "url")
        if shown.startswith("https://"):
            yield LinkedImage(shown)


def _laid_out(message: JsonObject, channel: str, identity: str) -> Iterator[ImageRef]:
    for media, veiled in _shown(tables(message, "components")):
        attachment, url = string(media, "attachment_id"), string(media, "url")
        if attachment and url:
            yield AttachedImage(PLATFORM, Reference(channel, identity, attachment, url).encode(), veiled)
        elif url.startswith("https://"):
            yield LinkedImage(url, veiled=veiled)


def _shown(components: tuple[JsonObject, ...]) -> Iterator[tuple[JsonObject, bool]]:
    """The media of a layout, and whether each is veiled."""
    for component in components:
        if component.get("type") == MEDIA_GALLERY:
            for item in tables(component, "items"):
                yield table(item, "media"), item.get("spoiler") is True
        elif component.get("type") == CONTAINER:
            yield from _shown(tables(component, "components"))
