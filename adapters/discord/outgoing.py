"""From an `Outgoing` to the body that Discord takes. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.discord.markdown import cut, escaped
from protocol.messages import Button, Outgoing, Picture, Priority

LONGEST_CONTENT = 2000
LONGEST_LAYOUT_TEXT = 4000
LONGEST_ALT = 1024
LONGEST_LABEL = 80
BUTTONS_IN_A_ROW, MOST_ROWS = 5, 5

NO_EMBEDS = 1 << 2
DISCREET = 1 << 6
LOADING = 1 << 7
SILENT = 1 << 12
LAYOUT = 1 << 15

ROW, BUTTON, TEXT, GALLERY = 1, 2, 10, 12
PRIMARY, SECONDARY = 1, 2

QUIET = frozenset({Priority.START, Priority.PROGRESS})
"""Messages that nobody's phone need ring for."""

FILE_NAMES = {"image/png": "picture.png", "image/jpeg": "picture.jpg", "image/webp": "picture.webp"}


@dataclass(frozen=True, slots=True)
class Smaller:
    """A picture made smaller than the file that was to be sent."""

    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that goes along: where it is or what is in it, and what it is called there."""

    source: str | bytes
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent: the JSON, and at most one file."""

    json: dict[str, object]
    upload: Upload | None = None


def message(outgoing: Outgoing, *, veiled: bool = False) -> Body:
    """The body of a new message. `veiled`: its picture is shown to whoever clicks on it."""
    picture = outgoing.picture
    file = None
    if picture is not None and picture.path is not None:
        file = _upload(picture.path, picture.media_type)
    return _message(outgoing, outgoing.text, file, veiled=veiled)


def message_with_smaller(outgoing: Outgoing, smaller: Smaller, note: str, *, veiled: bool = False) -> Body:
    """The same with a smaller picture, since its own does not fit here; `note` says so, if the caption did not yet."""
    text = outgoing.text if note in outgoing.text else _noted(outgoing.text, note)
    return _message(outgoing, text, _upload(smaller.data, smaller.media_type), veiled=veiled)


def message_with_link(outgoing: Outgoing, note: str, *, veiled: bool = False) -> Body:
    """The same with the picture shown from its link, since no file of it fits here; `note` says so."""
    return _message(outgoing, _noted(outgoing.text, note), None, veiled=veiled)


def message_without_file(outgoing: Outgoing, picture: Picture, *, veiled: bool = False) -> Body:
    """The same with the picture shown from its link, which stands in the words too: its file is not there."""
    text = outgoing.text if picture.url in outgoing.text else f"{outgoing.text}\n{picture.url}"
    return _message(outgoing, text, None, veiled=veiled)


def _noted(text: str, note: str) -> str:
    """A caption ends with the picture's link, and a note comes before it."""
    lines = text.splitlines()
    at = len(lines) - 1 if lines and "http" in lines[-1] else len(lines)
    return "\n".join([*lines[:at], note, *lines[at:]])


def _upload(source: str | bytes, media_type: str) -> Upload:
    return Upload(source, FILE_NAMES.get(media_type, "picture.png"), media_type)


def _message(outgoing: Outgoing, words: str, upload: Upload | None, *, veiled: bool) -> Body:
    picture, text = outgoing.picture, escaped(words)
    body = _words(outgoing, text) if picture is None else _layout(outgoing, text, picture, upload, veiled=veiled)
    quiet = SILENT if outgoing.priority in QUIET else 0
    body["flags"] = (NO_EMBEDS if picture is None else LAYOUT) | quiet
    body["nonce"] = outgoing.key
    body["enforce_nonce"] = True
    if quotes(outgoing):
        body["message_reference"] = {"message_id": outgoing.address.message, "fail_if_not_exists": False}
    return Body(body, upload)


def response(outgoing: Outgoing, *, names_asker: bool) -> dict[str, object]:
    """The body of the answer to a command or a press. `names_asker`: Discord does not say by itself whom it is for."""
    text = escaped(outgoing.text)
    if names_asker and not outgoing.discreet and not outgoing.address.private:
        text = f"{mention(outgoing)}\n{text}"
    return {
        "content": cut(text, LONGEST_CONTENT),
        "allowed_mentions": allowed_mentions(outgoing),
        "components": _rows(outgoing.buttons),
        "flags": NO_EMBEDS | (DISCREET if outgoing.discreet else 0),
    }


def edit(outgoing: Outgoing) -> dict[str, object]:
    """The body that replaces an earlier message's words."""
    text = _addressed(outgoing, escaped(outgoing.text))
    return {"content": cut(text, LONGEST_CONTENT), "allowed_mentions": allowed_mentions(outgoing)}


def quotes(outgoing: Outgoing) -> bool:
    """It is shown as a reply to the asker's message."""
    return outgoing.reply and not outgoing.in_private


def mention(outgoing: Outgoing) -> str:
    """The asker, as a mention."""
    return f"<@{outgoing.address.user}>"


def allowed_mentions(outgoing: Outgoing) -> dict[str, object]:
    """Nobody but the asker is ever notified, and they only where the message is meant to."""
    pinged = outgoing.ping and not (outgoing.address.private or outgoing.in_private)
    return {"parse": [], "users": [outgoing.address.user] if pinged else [], "replied_user": False}


def _words(outgoing: Outgoing, text: str) -> dict[str, object]:
    return {
        "content": cut(_addressed(outgoing, text), LONGEST_CONTENT),
        "allowed_mentions": allowed_mentions(outgoing),
        "components": _rows(outgoing.buttons),
    }


def _layout(
    outgoing: Outgoing, text: str, picture: Picture, upload: Upload | None, *, veiled: bool
) -> dict[str, object]:
    """The picture first, its caption beneath, then the buttons: plain content would stand above the picture."""
    alt = cut(picture.alt, LONGEST_ALT)
    media = f"attachment://{upload.name}" if upload is not None else picture.url
    components: list[object] = [
        {"type": GALLERY, "items": [{"media": {"url": media}, "description": alt, "spoiler": veiled}]},
        {"type": TEXT, "content": cut(_addressed(outgoing, text), LONGEST_LAYOUT_TEXT)},
        *_rows(outgoing.buttons),
    ]
    body: dict[str, object] = {"components": components, "allowed_mentions": allowed_mentions(outgoing)}
    if upload is not None:
        body["attachments"] = [{"id": 0, "filename": upload.name, "description": alt}]
    return body


def _addressed(outgoing: Outgoing, text: str) -> str:
    """Where others read along, each message says whom it is for: by quoting, or by a mention."""
    if outgoing.address.private or outgoing.in_private or quotes(outgoing):
        return text
    return f"{mention(outgoing)}\n{text}"


def _rows(buttons: tuple[Button, ...]) -> list[object]:
    shown = [
        {
            "type": BUTTON,
            "style": PRIMARY if number == 0 else SECONDARY,
            "label": cut(button.label, LONGEST_LABEL),
            "custom_id": button.value,
        }
        for number, button in enumerate(buttons[: BUTTONS_IN_A_ROW * MOST_ROWS])
    ]
    return [
        {"type": ROW, "components": shown[start : start + BUTTONS_IN_A_ROW]}
        for start in range(0, len(shown), BUTTONS_IN_A_ROW)
    ]
