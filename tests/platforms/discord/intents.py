"""Intents: which events a session asked for."""

from __future__ import annotations

BITS = {
    "guilds": 0,
    "members": 1,
    "moderation": 2,
    "expressions": 3,
    "integrations": 4,
    "webhooks": 5,
    "invites": 6,
    "voice_states": 7,
    "presences": 8,
    "guild_messages": 9,
    "guild_reactions": 10,
    "guild_typing": 11,
    "dm_messages": 12,
    "dm_reactions": 13,
    "dm_typing": 14,
    "message_content": 15,
    "guild_scheduled_events": 16,
    "auto_moderation_configuration": 20,
    "auto_moderation_execution": 21,
    "guild_polls": 24,
    "dm_polls": 25,
}

PRIVILEGED = {
    "message_content": (BITS["message_content"], 1 << 19),
    "members": (BITS["members"], 1 << 15),
    "presences": (BITS["presences"], 1 << 13),
}
"""The bit of each privileged intent, and the application's flag that says it is on."""


def names(value: int) -> frozenset[str] | None:
    """Return the intents by name; None where a bit means nothing."""
    found = {name for name, bit in BITS.items() if value & (1 << bit)}
    return frozenset(found) if value == sum(1 << BITS[name] for name in found) else None


def intent_of(event: str, *, direct: bool) -> str | None:
    """Return the intent that an event needs; None for those that come to all."""
    if event in {"MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE"}:
        return "dm_messages" if direct else "guild_messages"
    if event.startswith("MESSAGE_REACTION"):
        return "dm_reactions" if direct else "guild_reactions"
    if event == "TYPING_START":
        return "dm_typing" if direct else "guild_typing"
    if event.startswith(("GUILD_MEMBER_",)):
        return "members"
    if event.startswith(("GUILD_", "CHANNEL_", "THREAD_")):
        return "guilds"
    return None
