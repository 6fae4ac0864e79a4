"""Feishu's error codes, sorted by what is to be done about them (the pages of general and of message error codes)."""

from __future__ import annotations

from adapters.feishu.errors import Rejected
from adapters.port import SendError, SendFailed, SendRefused

TOKEN_OVER = frozenset({99991661, 99991663, 99991664, 99991668, 99991671, 99991677})
"""The token is not (or no longer) taken: a new one, and once more."""

CREDENTIALS = frozenset({10003, 10012, 10014, 10015})
"""Asked for a token: the app id or the secret is wrong. No new attempt helps."""

NO_CONNECTION = CREDENTIALS | {514, 1000040344}
"""Refused a long connection: perhaps because of the credentials (the SDK's constants: auth failed, no credential)."""

APP_OFF = frozenset({10013, 99991662, 99991670})
"""The app is not active in this organisation."""

TOO_OFTEN = frozenset({99991400, 11232, 11233, 11247, 230020, 90217, 99991403})
"""A rate is used up: of the app, of the organisation, of this chat."""

FOR_ALL = frozenset({99991400})
"""The rate of an interface is used up, by all chats together; the others are a chat's or a message's own."""

PASSING = TOO_OFTEN | {230049, 1500, 2200, 55001, 1000043, 90235, 232002}
"""It may work later: too often, still being sent, the platform's own trouble."""

NO_SCOPE = frozenset({99991672, 99991679})

RECALLED = frozenset({230011, 230050, 230110, 231003})
"""The message that was to be replied to is gone: recalled, deleted, or not to be seen by the bot."""

NO_TOPICS = frozenset({230071, 230072})
"""This chat knows no topics, or the message cannot begin one."""

NO_CARDS = frozenset({230054})
"""This chat takes no cards."""

BROKEN_CARD = frozenset({230099, 230025, 11310})
"""The card is not taken: better plain words than nothing."""

REASONS = {
    230002: "the bot is not in this chat (any more): add it, group settings, Bots",
    230006: "the app has no bot: Developer Console, Add Features, Bot; then publish a version",
    230013: "this person is not in the app's availability: Developer Console, Version Management, Availability",
    230018: "this chat's settings forbid it: let the bot speak there",
    230019: "the topic is gone",
    230011: "the message was recalled",
    230110: "the message was deleted",
    230022: "the platform finds the words sensitive",
    230027: "the bot lacks the permission",
    230028: "the organisation's review does not let the words through",
    230029: "this person has left the organisation",
    230035: "the bot may not speak there: the chat is muted, or this person blocked the bot",
    230038: "private chats across organisations are not allowed",
    230053: "this person wants no messages of the bot",
    230075: "the bot cannot write in secret chats",
    232009: "the chat was dissolved",
    234006: "the picture is larger than the platform takes",
    234011: "the platform does not know this kind of picture",
}
"""What the commonest refusals mean, for the admin who reads the log."""


def send_error(error: Rejected) -> SendError:
    """What the refusal means for whoever sends."""
    # What waits is not lost while somebody mends the app's credentials, its state or its scopes... but not for ever:
    # the sender's patience bounds it.
    if error.code in PASSING or error.code in TOKEN_OVER or error.code in CREDENTIALS or error.code in APP_OFF:
        return SendFailed(f"Feishu does not take it now: {error}", error.retry_after)
    return SendRefused(f"Feishu does not take it: {told(error)}")


def perhaps_the_picture(error: Rejected) -> bool:
    """Whether a message may be refused because of its picture's key (230001 and others): no other reason is told."""
    known = error.code in REASONS or error.code in NO_SCOPE | RECALLED | NO_TOPICS | NO_CARDS
    return not known and isinstance(send_error(error), SendRefused)


def told(error: Rejected) -> str:
    """The refusal in words that an admin can do something with."""
    if error.code in NO_SCOPE:
        scopes = " or ".join(error.scopes) or "see the message"
        return f"the app lacks a scope ({scopes}): Developer Console, Permissions & Scopes; then publish a version"
    reason = REASONS.get(error.code)
    return f"{reason} ({error.code})" if reason is not None else str(error)
