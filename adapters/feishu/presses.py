"""From a press of a card's button to an `Incoming`. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from adapters.feishu.cards import WORDS
from adapters.feishu.payload import JsonObject, string, table
from adapters.feishu.pictures import PLATFORM
from adapters.feishu.words import Words
from protocol import buttons
from protocol.commands import Edit
from protocol.decision import Language
from protocol.messages import Address, Incoming


def pressed(event: JsonObject, *, event_id: str, at: float, locale: Language) -> Incoming | None:
    """What a press of `card.action.trigger` means; None for one that is none of ours.

    The words of an edit come along from the card: they are then a request about the picture that the card shows.
    `locale` is for presses alone: words tell their own language, and a command's locale would win over them.
    """
    action, context = table(event, "action"), table(event, "context")
    value = table(action, "value")
    press, user = string(value, "press"), string(table(event, "operator"), "open_id")
    card, chat = string(context, "open_message_id"), string(context, "open_chat_id")
    if not (press and user and card and chat and event_id):
        return None
    address = Address(
        PLATFORM,
        chat,
        user,
        # The card is what an answer replies to; each press of it is something new.
        f"{card} {event_id}",
        thread=string(value, "thread") or None,
        private=value.get("private") is True,
    )
    words = string(table(action, "form_value"), WORDS).strip()
    meant = buttons.decode(press)
    if words and isinstance(meant, buttons.UseResult) and meant.action == "edit":
        command = Edit(words, meant.job_id, meant.points)
        return Incoming(address, words, at, command=command, event=event_id)
    return Incoming(address, "", at, press=press, event=event_id, locale=locale)


def toast(words: Words, key: str, kind: str) -> dict[str, object]:
    """What the person sees at once, in the language of their client."""
    texts: Mapping[str, str] = {language: words[language][key] for language in words}
    return {
        "toast": {
            "type": kind,
            "content": texts.get("zh", texts["en"]),
            "i18n": {"zh_cn": texts.get("zh", texts["en"]), "en_us": texts["en"]},
        }
    }
