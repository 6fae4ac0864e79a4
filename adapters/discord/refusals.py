"""Discord's error codes, sorted by what is to be done about them (the page of opcodes and status codes)."""

from __future__ import annotations

from adapters.discord.rest import Rejected
from adapters.port import SendError, SendFailed, SendRefused

TOO_LARGE = frozenset({40005, 50045})
"""The request is too large, or the file in it."""

MISSING_ACCESS, MISSING_PERMISSIONS = 50001, 50013
UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, UNKNOWN_INTERACTION, UNKNOWN_WEBHOOK = 10003, 10008, 10062, 10015
ALREADY_ANSWERED, TOKEN_OVER = 40060, 50027

NO_PERMISSION = frozenset({MISSING_ACCESS, MISSING_PERMISSIONS, 160002, 50083})
"""The place exists, and the bot may not write there (160002: reading history for a reply; 50083: a locked thread)."""

PASSING = frozenset({20016, 20022, 20026, 20028, 20029, 40003, 40004, 40062, 130000, 131000})
"""Slow mode, write rates, an overloaded service: it may work later."""

ANSWER_LOST = frozenset({ALREADY_ANSWERED, UNKNOWN_INTERACTION, UNKNOWN_WEBHOOK, TOKEN_OVER, UNKNOWN_MESSAGE})
"""An interaction cannot be answered this way any more: the channel is left."""


def too_large(error: Rejected) -> bool:
    """The file is larger than the place takes."""
    return error.status == 413 or error.code in TOO_LARGE


def send_error(error: Rejected) -> SendError:
    """What the refusal means for whoever sends."""
    # A token that was taken back ends the connection too, which says so: what waits is not lost meanwhile.
    if error.status == 401 or error.code in PASSING:
        return SendFailed(f"Discord does not take it now: {error}")
    return SendRefused(f"Discord does not take it: {error}")
