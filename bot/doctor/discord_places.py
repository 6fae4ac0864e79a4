"""Where the bot may answer in a Discord server, worked out from what Discord says of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.discord import permissions
from adapters.discord.payload import JsonObject, string
from adapters.discord.permissions import SEND, VIEW, Permission
from bot.doctor.finding import Finding, failed, proven

AREA = "Discord"
TEXT, NEWS, FORUM = 0, 5, 15
THREADS = (10, 11, 12)
LOOKED_AT = (TEXT, NEWS, FORUM)
MOST_LINES = 10
"""Channels of one server that get a line each."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server, its roles, and what the bot has of them. `channels` by id, as Discord gives them."""

    id: str
    name: str
    roles: tuple[JsonObject, ...]
    held: tuple[str, ...]
    bot: str
    channels: Mapping[str, JsonObject]

    def allowed(self, channel: JsonObject) -> int:
        """What the bot may do in a channel."""
        return permissions.allowed_in(channel, self.id, self.roles, self.held, self.bot)

    def anybody(self, channel: JsonObject) -> int:
        """What a member without any role may do there."""
        return permissions.allowed_in(channel, self.id, self.roles, ())

    def lacking(self, channel: JsonObject) -> tuple[Permission, ...]:
        """What the bot needs there and does not have; a thread is as the channel that it hangs in."""
        kind = channel.get("type")
        place = self.channels.get(string(channel, "parent_id"), channel) if kind in THREADS else channel
        in_threads = True if kind in (*THREADS, FORUM) else None
        return permissions.missing(self.allowed(place), in_threads=in_threads)


def server_findings(server: Server, invitation: str) -> list[Finding]:
    """Of a whole server: what its roles keep from the bot, then each channel where people write and it may not answer.

    A channel where nobody may write without a special role is for announcements, and none that the bot has to be in.
    """
    name = shown(server.name)
    by_role = permissions.missing(server.allowed({}))
    found = []
    if by_role:
        advice = f"Server Settings, Roles, the bot's role: switch it on; or open the invitation once more: {invitation}"
        found.append(failed(AREA, f"in {name} the bot's role lacks {labels(by_role)}", advice))
    open_channels = [
        each for each in server.channels.values() if each.get("type") in LOOKED_AT and _written(server, each)
    ]
    hidden = [each for each in open_channels if not server.allowed(each) & VIEW.bit]
    seen = [each for each in open_channels if each not in hidden]
    lacking = [(each, tuple(one for one in server.lacking(each) if one not in by_role)) for each in seen]
    closed = [(channel, missed) for channel, missed in lacking if missed]
    found += [failed(AREA, *_closed(server, channel, missed)) for channel, missed in closed[:MOST_LINES]]
    if len(closed) > MOST_LINES:
        more = f"in {name} it lacks permissions in {len(closed) - MOST_LINES} more channels"
        found.append(failed(AREA, more, "Correct those above first, and look again."))
    if not by_role and not closed:
        found.append(proven(AREA, f"in {name} it may answer in {_counted(len(seen))} that it sees"))
    if hidden:
        names = ", ".join(channel_name(each) for each in hidden[:MOST_LINES])
        found.append(
            proven(AREA, f"in {name} {_counted(len(hidden))} hidden from it, and nobody is heard there: {names}")
        )
    return found


def configured_finding(server: Server, channel: JsonObject) -> Finding:
    """Of a channel that DISCORD_CHANNELS names."""
    what = f"{channel_name(channel)} in {shown(server.name)}"
    if channel.get("type") not in (*LOOKED_AT, *THREADS):
        return failed(AREA, f"DISCORD_CHANNELS names {what}, which is no text channel", "Take it out of the list.")
    lacking = server.lacking(channel)
    if lacking:
        return failed(AREA, *_closed(server, channel, lacking))
    return proven(AREA, f"it listens in {what}, and may answer there")


def _written(server: Server, channel: JsonObject) -> bool:
    """Whether people in general write there; what only some may see is theirs."""
    anybody = server.anybody(channel)
    return not anybody & VIEW.bit or bool(anybody & SEND.bit) or channel.get("type") == FORUM


def _closed(server: Server, channel: JsonObject, lacking: tuple[Permission, ...]) -> tuple[str, str]:
    what = f"in {channel_name(channel)} in {shown(server.name)} it lacks {labels(lacking)}"
    return what, "Edit Channel, Permissions, add the bot's role, and allow it"


def labels(lacking: tuple[Permission, ...]) -> str:
    """Permissions as Discord's settings name them."""
    return ", ".join(each.label for each in lacking)


def channel_name(channel: JsonObject) -> str:
    """A channel as people know it."""
    return f"#{shown(string(channel, 'name'))}"


def shown(name: str) -> str:
    """A name that somebody gave, as far as it can be printed."""
    return "".join(each for each in name if each.isprintable()).strip() or "(no name)"


def _counted(number: int) -> str:
    return "1 text channel" if number == 1 else f"{number} text channels"
