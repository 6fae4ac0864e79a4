"""From an `Outgoing` to what is sent: its kind, its content, and how it reaches the conversation. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from adapters.feishu.cards import card
from adapters.feishu.markup import cut, in_a_text, links_apart
from protocol.messages import Outgoing, Priority

LONGEST_TEXT = 10_000

Kind = Literal["text", "post", "interactive"]


@dataclass(frozen=True, slots=True)
class Body:
    """A message's kind and its content, as JSON text."""

    kind: Kind
    content: str


def message(outgoing: Outgoing, image_key: str | None, *, cards: bool, edit_hint: str = "") -> Body:
    """What is sent. Replies are plain text; steps are cards, or where there are none, text, with its picture a post."""
    if cards and not outgoing.reply:
        return Body("interactive", _json(card(outgoing, image_key, edit_hint=edit_hint)))
    if image_key is not None or pinged(outgoing):
        return Body("post", _json(_post(outgoing, image_key)))
    return Body("text", _json({"text": in_a_text(cut(outgoing.text, LONGEST_TEXT))}))


def pinged(outgoing: Outgoing) -> bool:
    """The asker, and nobody else, is notified."""
    return outgoing.ping and not (outgoing.address.private or outgoing.in_private)


def replies_to(outgoing: Outgoing, *, cards: bool) -> str | None:
    """The message that is replied to; None for a push.

    In a topic every push is a reply: nothing else stays there. Without cards, so are the steps that ping nobody, in
    a group: a text cannot say whom it is for without notifying them.
    """
    if outgoing.in_private:
        return None
    quiet = outgoing.priority in (Priority.START, Priority.PROGRESS) and not cards and not outgoing.address.private
    if outgoing.reply or outgoing.address.thread is not None or quiet:
        return target(outgoing.address.message)
    return None


def target(message: str) -> str:
    """The message itself, of what makes an incoming one the one it is: a press has the card's id and its own."""
    return message.partition(" ")[0]


def _post(outgoing: Outgoing, image_key: str | None) -> dict[str, object]:
    """Picture and words in one message. In its elements nothing is markup."""
    lines: list[list[object]] = []
    if image_key is not None:
        lines.append([{"tag": "img", "image_key": image_key}])
    if pinged(outgoing):
        lines.append([{"tag": "at", "user_id": outgoing.address.user}])
    lines += [
        [
            {"tag": "a", "href": piece, "text": piece} if link else {"tag": "text", "text": in_a_text(piece)}
            for piece, link in links_apart(line)
        ]
        for line in cut(outgoing.text, LONGEST_TEXT // 2).splitlines()
    ]
    return {"zh_cn": {"content": [line for line in lines if line]}}


def _json(content: dict[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False)
