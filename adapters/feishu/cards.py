"""From an `Outgoing` to a card (schema 2.0). Pure."""

from __future__ import annotations

import re

from adapters.feishu.markup import cut, in_a_card
from protocol import buttons
from protocol.messages import Button, Outgoing, Priority

LARGEST_CARD = 30 * 1024
"""Bytes of the whole card (the page of sending messages)."""

LONGEST_TEXT, LONGEST_ALT, LONGEST_LABEL, LONGEST_EDIT = 2000, 300, 100, 1000
MOST_BUTTONS = 8
WORDS = "words"
"""The name of the field in which the words of an edit are written."""

LONGEST_NAME = 20
_NO_NAME = re.compile(r"[^A-Za-z0-9_]")

COLOURS = {"✅": "green", "❌": "red"}
"""A card whose words begin so has a head line of that colour."""


def card(outgoing: Outgoing, image_key: str | None, *, edit_hint: str = "") -> dict[str, object]:
    """The card. `image_key`: the picture, uploaded. `edit_hint` stands in the field for the words of an edit."""
    text = cut(outgoing.text, LONGEST_TEXT)
    first, _, rest = text.partition("\n")
    colour = COLOURS.get(first[:1]) if rest else None
    made: dict[str, object] = {
        "schema": "2.0",
        "config": {"update_multi": True, "summary": {"content": first}},
    }
    if colour is not None:
        made["header"] = {"title": _plain(first), "template": colour}
    elements: list[object] = []
    if image_key is not None and outgoing.picture is not None:
        elements.append(
            {
                "tag": "img",
                "img_key": image_key,
                "alt": _plain(cut(outgoing.picture.alt, LONGEST_ALT)),
                "scale_type": "fit_horizontal",
                "corner_radius": "8px",
                "preview": True,
            }
        )
    words = addressed(outgoing, in_a_card(rest if colour else text))
    elements.append({"tag": "markdown", "element_id": mark(outgoing.key), "content": words})
    plain = [each for each in outgoing.buttons if not (edit_hint and _is_edit(each))]
    if plain:
        elements.append(_row(plain[:MOST_BUTTONS], outgoing))
    if edit_hint:
        elements += [_form(each, outgoing, edit_hint) for each in outgoing.buttons if _is_edit(each)][:1]
    made["body"] = {"elements": elements}
    return made


def mark(key: str) -> str:
    """The key as a name within the card, by which the card is known again (the page of cards: 20 characters)."""
    return f"k{_NO_NAME.sub('_', key)}"[:LONGEST_NAME]


def addressed(outgoing: Outgoing, text: str) -> str:
    """Where others read along, a card says whom it is for: with a ping at the end of a job, else without."""
    if outgoing.address.private or outgoing.in_private:
        return text
    user = outgoing.address.user
    if outgoing.ping:
        return f"<at id={user}></at>\n{text}"
    if outgoing.priority in (Priority.START, Priority.PROGRESS):
        # The page of rich text: a person is shown, and not notified.
        return f"<person id = '{user}' show_name = true show_avatar = true style = 'normal'></person>\n{text}"
    return text


def _row(shown: list[Button], outgoing: Outgoing) -> dict[str, object]:
    return {
        "tag": "column_set",
        "flex_mode": "flow",
        "horizontal_spacing": "8px",
        "columns": [
            {
                "tag": "column",
                "width": "auto",
                "elements": [_button(each, outgoing, "primary" if number == 0 else "default")],
            }
            for number, each in enumerate(shown)
        ],
    }


def _form(edit: Button, outgoing: Outgoing, hint: str) -> dict[str, object]:
    """The words of an edit are written in the card itself: one step less, and no message to mention the bot in."""
    field = {
        "tag": "input",
        "name": WORDS,
        "placeholder": _plain(hint),
        "max_length": LONGEST_EDIT,
        "width": "fill",
    }
    button = {**_button(edit, outgoing, "default"), "name": "edit", "form_action_type": "submit"}
    return {
        "tag": "form",
        "name": "edit_form",
        "elements": [
            {
                "tag": "column_set",
                "flex_mode": "none",
                "horizontal_spacing": "8px",
                "columns": [
                    {"tag": "column", "width": "weighted", "weight": 1, "elements": [field]},
                    {"tag": "column", "width": "auto", "elements": [button]},
                ],
            }
        ],
    }


def _button(button: Button, outgoing: Outgoing, kind: str) -> dict[str, object]:
    # A press tells only the message and the chat: the rest of the address comes back with it.
    value: dict[str, object] = {"press": button.value, "private": outgoing.address.private or outgoing.in_private}
    if outgoing.address.thread is not None and not outgoing.in_private:
        value["thread"] = outgoing.address.thread
    return {
        "tag": "button",
        "type": kind,
        "text": _plain(cut(button.label, LONGEST_LABEL)),
        "behaviors": [{"type": "callback", "value": value}],
    }


def _is_edit(button: Button) -> bool:
    pressed = buttons.decode(button.value)
    return isinstance(pressed, buttons.UseResult) and pressed.action == "edit"


def _plain(text: str) -> dict[str, object]:
    return {"tag": "plain_text", "content": text}
