"""What people do with their clients: write, quote, send pictures, press. A client lets nobody do the impossible."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from tests.platforms.feishu.basics import CARD_EVENT, Ids, Json, Options, Refusal, Violations
from tests.platforms.feishu.cards import walk
from tests.platforms.feishu.content import Contents
from tests.platforms.feishu.courier import Courier
from tests.platforms.feishu.deliveries import Attempt, Delivery, Press
from tests.platforms.feishu.payloads import Payloads, ids_of
from tests.platforms.feishu.pictures import Pictures
from tests.platforms.feishu.posting import Posting
from tests.platforms.feishu.world import Chat, Message, Person, World

EVERYBODY = "@所有人"
_TOASTS = {"info", "success", "error", "warning"}

Piece = str | bytes
"""A piece of a post: words, in which @names are mentions, or a picture."""


class Impossible(AssertionError):
    """The client would not have let anybody do this."""


class Hands:
    """Turns what people do into messages, events and callbacks."""

    def __init__(
        self,
        world: World,
        posting: Posting,
        pictures: Pictures,
        courier: Courier,
        payloads: Payloads,
        contents: Contents,
        options: Options,
        ids: Ids,
        violations: Violations,
    ) -> None:
        self.presses: dict[str, Press] = {}
        """By event id."""
        self._world = world
        self._posting = posting
        self._pictures = pictures
        self._courier = courier
        self._payloads = payloads
        self._contents = contents
        self._options = options
        self._ids = ids
        self._violations = violations
        courier.callback_ended = self._callback_ended

    def _may_write(self, author: Person, chat: Chat) -> None:
        if chat.dissolved or author not in chat.members:
            raise Impossible(f"{author.name} is not in {chat.name}")

    def _mentions(self, chat: Chat, text: str, found: list[Person]) -> str:
        """Replace @names by the keys that travel, and collect whom they mean."""
        people = [*chat.members, self._world.bot]

        def key(match: re.Match[str]) -> str:
            person = next(one for one in people if one.name == match[1])
            if person not in found:
                found.append(person)
            return f"@_user_{found.index(person) + 1}"

        names = sorted({re.escape(one.name) for one in people}, key=len, reverse=True)
        return re.sub(f"@({'|'.join(names)})", key, text).replace(EVERYBODY, "@_all")

    def text(self, author: Person, chat: Chat, text: str, parent: Message | None, *, in_thread: bool) -> Message:
        """Write words."""
        self._may_write(author, chat)
        mentions: list[Person] = []
        words = self._mentions(chat, text, mentions)
        return self._posting.by_person(
            chat,
            author,
            "text",
            _dump({"text": words}),
            parent=parent,
            in_thread=in_thread,
            mentions=mentions,
            mentions_all=EVERYBODY in text,
        )

    def unwritten(self, author: Person, chat: Chat, text: str) -> Json:
        """The event of a message that does not exist."""
        mentions: list[Person] = []
        content = _dump({"text": self._mentions(chat, text, mentions)})
        message = Message(self._ids.next("om"), chat, author, self._options.clock(), "text", content)
        message.mentions = mentions
        return self._payloads.received(message)

    def picture(self, author: Person, chat: Chat, data: bytes, parent: Message | None, *, in_thread: bool) -> Message:
        """Send a picture alone."""
        self._may_write(author, chat)
        picture = self._pictures.of_person(data)
        content = _dump({"image_key": picture.key})
        message = self._posting.by_person(
            chat, author, "image", content, parent=parent, in_thread=in_thread, mentions=[]
        )
        message.pictures = [picture]
        return message

    def post(
        self,
        author: Person,
        chat: Chat,
        paragraphs: Sequence[Sequence[Piece]],
        title: str,
        parent: Message | None,
        *,
        in_thread: bool,
    ) -> Message:
        """Write a post: words and pictures."""
        self._may_write(author, chat)
        mentions: list[Person] = []
        pictures = []
        lines: list[list[Json]] = []
        everybody = False
        for paragraph in paragraphs:
            line: list[Json] = []
            for piece in paragraph:
                if isinstance(piece, bytes):
                    picture = self._pictures.of_person(piece)
                    pictures.append(picture)
                    line.append(
                        {"tag": "img", "image_key": picture.key, "width": picture.width, "height": picture.height}
                    )
                    continue
                for part in re.split(r"(@_user_\d+|@_all)", self._mentions(chat, piece, mentions)):
                    if part == "@_all":
                        everybody = True
                        line.append({"tag": "at", "user_id": "@_all", "user_name": "所有人", "style": []})
                    elif part.startswith("@_user_"):
                        person = mentions[int(part.removeprefix("@_user_")) - 1]
                        line.append({"tag": "at", "user_id": part, "user_name": person.name, "style": []})
                    elif part:
                        line.append({"tag": "text", "text": part, "style": []})
            lines.append(line)
        message = self._posting.by_person(
            chat,
            author,
            "post",
            _dump({"title": title, "content": lines}),
            parent=parent,
            in_thread=in_thread,
            mentions=mentions,
            mentions_all=everybody,
        )
        message.pictures = pictures
        return message

    def other(self, author: Person, chat: Chat, kind: str, content: Json, parent: Message | None) -> Message:
        """Send something of another type: a sticker, a file, a voice message, somebody else's card."""
        self._may_write(author, chat)
        return self._posting.by_person(chat, author, kind, _dump(content), parent=parent, mentions=[])

    def press(
        self, person: Person, message: Message, wanted: str | int | Json, form: Mapping[str, str] | None = None
    ) -> Press:
        """Press a button of a card, named by its label, its number from 1, or its value; in a form, fill that in."""
        self._may_write(person, message.chat)
        if message.kind != "interactive" or message.recalled:
            raise Impossible("there is no card")
        buttons = [one for one in walk(json.loads(message.content)) if one["tag"] == "button"]
        if isinstance(wanted, int):
            found = buttons[wanted - 1 : wanted]
        else:
            found = [one for one in buttons if wanted in (label(one), value_of(one))]
        if len(found) != 1:
            raise Impossible(f"{len(found)} buttons {wanted!r} among {[label(one) for one in buttons]}")
        button = found[0]
        if button.get("disabled"):
            raise Impossible(f"the button {wanted!r} is disabled")
        value = value_of(button)
        if value is None:
            raise Impossible(f"the button {wanted!r} calls nobody")
        message.pressed_by.add(person.open_id)
        if CARD_EVENT not in self._options.subscribed:
            return Press(None, message, value, error="not_configured")
        action: Json = {"value": value, "tag": "button", "timezone": "Asia/Shanghai"}
        if "name" in button:
            action["name"] = button["name"]
        action |= _filled(json.loads(message.content), button, form)
        return self._callback(person, message, action, value)

    def _callback(self, person: Person, message: Message, action: Json, value: object) -> Press:
        event: Json = {
            "operator": {"tenant_key": self._world.tenant, **ids_of(person)},
            "token": self._ids.next("c-"),
            "action": action,
            "host": "im_message",
            "context": {"open_message_id": message.id, "open_chat_id": message.chat.id},
        }
        press = Press(None, message, value)
        envelope = self._courier.envelope(CARD_EVENT, event)
        delivery = Delivery(envelope["header"]["event_id"], CARD_EVENT, envelope)
        press.delivery = delivery
        self.presses[delivery.event_id] = press
        self._courier.send(delivery)
        return press

    def press_raw(self, person: Person, message: Message, value: object) -> Press:
        """Call back with a value that no button has: forged by a client, or left over from an older card."""
        return self._callback(person, message, {"value": value, "tag": "button", "timezone": "Asia/Shanghai"}, value)

    def _callback_ended(self, delivery: Delivery, attempt: Attempt) -> None:
        press = self.presses.get(delivery.event_id)
        if press is None or press.settled:
            return
        if attempt.way == "nobody":
            press.error = "nobody"
        elif attempt.answered_at is None:
            press.error = "timeout"
        elif attempt.status != 200:
            press.error = "failed"
            self._violations.add("callback_failed", f"{attempt.status} {attempt.body[:100]!r}")
        else:
            self._show(press, attempt)

    def _show(self, press: Press, attempt: Attempt) -> None:
        assert attempt.answered_at is not None
        try:
            answer = json.loads(attempt.body or b"{}")
            press.toast, press.card = _checked(answer)
            if press.card is not None:
                self._update(press.message, press.card)
        except (ValueError, Refusal) as error:
            press.error = "malformed"
            self._violations.add("callback_malformed", f"{error}: {attempt.body[:200]!r}")
            return
        press.answered_in = attempt.answered_at - attempt.at

    def _update(self, message: Message, card: Json) -> None:
        content = self._contents.check("interactive", _dump(card))
        message.earlier.append(message.content)
        message.content, message.pictures = content.raw, content.pictures
        message.updates.append(self._options.clock())


def _filled(card: Json, button: Json, given: Mapping[str, str] | None) -> Json:
    """What a button that sends a form off takes along; what nobody touched is not among it."""
    form = next((one for one in walk(card) if one["tag"] == "form" and button in walk(one)), None)
    if form is None or button.get("form_action_type") != "submit":
        if given is not None:
            raise Impossible("there is nothing to fill in")
        return {}
    values: Json = {}
    left = dict(given or {})
    for one in walk(form):
        if one["tag"] != "input":
            continue
        value = left.pop(one["name"], one.get("default_value"))
        if one.get("required") and not value:
            raise Impossible(f"{one['name']} must be filled in")
        if value is not None:
            if len(value) > one.get("max_length", 1000):
                raise Impossible(f"{len(value)} characters in {one['name']}")
            values[one["name"]] = value
    if left:
        raise Impossible(f"the form has no field {sorted(left)}")
    return {"form_value": values}


def _checked(answer: object) -> tuple[Json | None, Json | None]:
    if not isinstance(answer, dict) or set(answer) - {"toast", "card"}:
        raise ValueError("only a toast and a card belong in the answer")
    toast, card = answer.get("toast"), answer.get("card")
    if toast is not None:
        if not isinstance(toast, dict) or set(toast) - {"type", "content", "i18n"}:
            raise ValueError("no toast")
        if toast.get("type", "info") not in _TOASTS or not (toast.get("content") or toast.get("i18n")):
            raise ValueError("no toast")
    if card is not None:
        if not isinstance(card, dict) or card.get("type") != "raw" or not isinstance(card.get("data"), dict):
            raise ValueError("no card")
        card = card["data"]
    return toast, card


def label(button: Json) -> str:
    """What stands on a button."""
    return str((button.get("text") or {}).get("content") or "")


def value_of(button: Json) -> Json | None:
    """What a button calls back with; None when it only opens a page."""
    for behavior in button.get("behaviors") or []:
        if behavior["type"] == "callback":
            value: Json = behavior["value"]
            return value
    return None


def _dump(content: Json) -> str:
    return json.dumps(content, ensure_ascii=False)
