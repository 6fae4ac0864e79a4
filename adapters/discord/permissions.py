"""What the bot needs in a channel, under the names that people see in Discord's settings. Pure, and without the SDK."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from adapters.discord.payload import JsonObject, string, tables


@dataclass(frozen=True, slots=True)
class Permission:
    """`name` is the SDK's, `label` the one in Discord's settings; `bit` as in Discord's reference (permissions)."""

    name: str
    bit: int
    label: str


VIEW = Permission("view_channel", 1 << 10, "View Channel")
SEND = Permission("send_messages", 1 << 11, "Send Messages")
SEND_IN_THREADS = Permission("send_messages_in_threads", 1 << 38, "Send Messages in Threads")
ATTACH = Permission("attach_files", 1 << 15, "Attach Files")
HISTORY = Permission("read_message_history", 1 << 16, "Read Message History")
REACT = Permission("add_reactions", 1 << 6, "Add Reactions")

USED = (VIEW, SEND, SEND_IN_THREADS, ATTACH, HISTORY, REACT)
"""Everything that the bot ever makes use of; the last is a courtesy, the others are needed."""

INVITED = sum(each.bit for each in USED)
"""What the invitation asks for: exactly that."""

ADMINISTRATOR = 1 << 3
EVERYTHING = (1 << 53) - 1
IN_TIME_OUT = VIEW.bit | HISTORY.bit


def invitation(application: str) -> str:
    """The address under which an admin invites the bot, with its commands."""
    return (
        f"https://discord.com/oauth2/authorize?client_id={application}"
        f"&scope=bot%20applications.commands&permissions={INVITED}"
    )


def missing(allowed: int, *, in_threads: bool | None = None) -> tuple[Permission, ...]:
    """What the bot needs and lacks; without View Channel nothing else can be said.

    `in_threads`: the place is a thread (or a forum, which has nothing else); None for a channel that can have some.
    """
    if not allowed & VIEW.bit:
        return (VIEW,)
    writing = {None: (SEND, SEND_IN_THREADS), True: (SEND_IN_THREADS,), False: (SEND,)}[in_threads]
    return tuple(each for each in (*writing, ATTACH, HISTORY) if not allowed & each.bit)


def allowed_in(
    channel: JsonObject, guild: str, roles: tuple[JsonObject, ...], held: Collection[str], user: str = ""
) -> int:
    """What somebody with these roles may do in a channel (Discord's reference: permission hierarchy).

    `roles` are all of the guild; everybody has the one with the guild's own id. `user` is empty for nobody special.
    What one missing permission takes with it besides (without Send Messages no files) is not taken off.
    """
    base = 0
    for role in roles:
        if string(role, "id") == guild or string(role, "id") in held:
            base |= _bits(role, "permissions")
    if base & ADMINISTRATOR:
        return EVERYTHING
    overwrites = {string(each, "id"): each for each in tables(channel, "permission_overwrites")}
    base = _overwritten(base, [overwrites.get(guild)])
    base = _overwritten(base, [overwrites.get(each) for each in held if each != guild])
    return _overwritten(base, [overwrites.get(user)])


def _overwritten(base: int, overwrites: list[JsonObject | None]) -> int:
    """Of several roles each denial counts first, and then each permission."""
    allow = deny = 0
    for each in overwrites:
        if each is not None:
            allow |= _bits(each, "allow")
            deny |= _bits(each, "deny")
    return (base & ~deny) | allow


def _bits(of: JsonObject, key: str) -> int:
    text = string(of, key)
    return int(text) if text.isascii() and text.isdigit() else 0
