"""Permissions by name, and what a member may do in a channel."""

from __future__ import annotations

from collections.abc import Iterable

from tests.platforms.discord.world import Channel, Guild, Member

_BITS = {
    "create_instant_invite": 0,
    "kick_members": 1,
    "ban_members": 2,
    "administrator": 3,
    "manage_channels": 4,
    "manage_guild": 5,
    "add_reactions": 6,
    "view_channel": 10,
    "send_messages": 11,
    "manage_messages": 13,
    "embed_links": 14,
    "attach_files": 15,
    "read_message_history": 16,
    "mention_everyone": 17,
    "use_external_emojis": 18,
    "connect": 20,
    "speak": 21,
    "change_nickname": 26,
    "manage_webhooks": 29,
    "use_application_commands": 31,
    "manage_threads": 34,
    "create_public_threads": 35,
    "create_private_threads": 36,
    "send_messages_in_threads": 38,
    "moderate_members": 40,
}

ALL = (1 << 50) - 1

_EVERYONE = (
    "create_instant_invite",
    "add_reactions",
    "view_channel",
    "send_messages",
    "embed_links",
    "attach_files",
    "read_message_history",
    "mention_everyone",
    "connect",
    "speak",
    "change_nickname",
    "use_application_commands",
    "create_public_threads",
    "send_messages_in_threads",
)

_WITHOUT_SENDING = ("mention_everyone", "attach_files", "embed_links")


def bit(name: str) -> int:
    """Return the permission's bit; KeyError for a name that Discord does not have."""
    return 1 << _BITS[name]


def bits(names: Iterable[str]) -> int:
    """Return the bits of several permissions."""
    total = 0
    for name in names:
        total |= bit(name)
    return total


EVERYONE = bits(_EVERYONE)
"""What everybody may do in a new guild: mentioning everyone is among it."""


def of_member(guild: Guild, member: Member) -> int:
    """Return what the member may do in the guild, before any channel has its say."""
    if guild.owner.id == member.user.id:
        return ALL
    found = guild.roles[guild.id].permissions
    for role in member.roles:
        found |= guild.roles[role].permissions
    return ALL if found & bit("administrator") else found


def in_channel(channel: Channel, member: Member) -> int:
    """Return what the member may do there: roles, then the channel's overwrites (a thread has its parent's)."""
    guild = channel.guild
    if guild is None:
        return EVERYONE & ~bit("mention_everyone")
    found = of_member(guild, member)
    if found == ALL:
        return found
    place = channel.parent or channel
    everyone = place.overwrites.get(guild.id)
    if everyone is not None:
        found = (found & ~everyone.deny) | everyone.allow
    allow = deny = 0
    for role in member.roles:
        overwrite = place.overwrites.get(role)
        if overwrite is not None:
            allow |= overwrite.allow
            deny |= overwrite.deny
    found = (found & ~deny) | allow
    own = place.overwrites.get(member.user.id)
    if own is not None:
        found = (found & ~own.deny) | own.allow
    if not found & bit("view_channel"):
        return 0
    if not found & bit("send_messages_in_threads" if channel.parent else "send_messages"):
        found &= ~bits(_WITHOUT_SENDING)
    return found
