"""What is known of guilds and channels from the gateway: parents of threads, permissions, sizes."""

from __future__ import annotations

from adapters.discord import permissions
from adapters.discord.sdk import discord

DEFAULT_LIMIT = 10 * 1024 * 1024
"""Bytes that a file may have where nothing else is known, and in private (the platforms page)."""


class Places:
    """Questions to the SDK's cache. What it does not know is answered by the usual case."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    def parent(self, channel: str) -> str:
        """The channel that a thread hangs in; empty for what is no thread."""
        found = self._find(channel)
        return str(found.parent_id) if isinstance(found, discord.Thread) else ""

    def own_role(self, channel: str) -> str:
        """The role that Discord made for the bot in the guild of a channel, and named after it; empty without one."""
        guild = getattr(self._find(channel), "guild", None)
        role = guild.self_role if isinstance(guild, discord.Guild) else None
        return str(role.id) if role is not None else ""

    def locale(self, channel: str) -> str:
        """The language that a guild chose, as Discord writes it; empty where that is not known."""
        guild = getattr(self._find(channel), "guild", None)
        return str(guild.preferred_locale) if isinstance(guild, discord.Guild) else ""

    def missing(self, channel: str) -> tuple[str, ...]:
        """The permissions that the bot lacks there, as Discord's settings name them; empty where that is not known."""
        found = self._find(channel)
        guild = getattr(found, "guild", None)
        if found is None or guild is None or guild.me is None:
            return ()
        thread = isinstance(found, discord.Thread)
        try:
            allowed = found.permissions_for(guild.me)
        except discord.ClientException:
            # The SDK does not know the channel that this thread hangs in.
            return (permissions.VIEW.label,)
        lacking = permissions.missing(allowed.value, in_threads=thread)
        if permissions.SEND in lacking or permissions.SEND_IN_THREADS in lacking:
            # The SDK takes the right to files away with the right to write, whoever denied what.
            lacking = tuple(each for each in lacking if each is not permissions.ATTACH)
        return tuple(each.label for each in lacking)

    def readable(self, channel: str) -> bool:
        """Whether what was written there can be looked at, as far as is known."""
        return not {permissions.VIEW.label, permissions.HISTORY.label} & set(self.missing(channel))

    def file_limit(self, channel: str) -> int:
        """Bytes that a file may have there: a guild's boosts may allow more."""
        guild = getattr(self._find(channel), "guild", None)
        return guild.filesize_limit if isinstance(guild, discord.Guild) else DEFAULT_LIMIT

    def age_restricted(self, channel: str) -> bool:
        """Whether only adults may read there; a thread is as its channel."""
        found = self._find(channel)
        return bool(getattr(found, "nsfw", False)) or (isinstance(found, discord.Thread) and found.is_nsfw())

    def name(self, channel: str) -> str:
        """The channel as an admin knows it."""
        found = self._find(channel)
        guild = getattr(found, "guild", None)
        return f"#{getattr(found, 'name', channel)} in {guild.name}" if guild is not None else channel

    def _find(self, channel: str) -> discord.abc.GuildChannel | discord.Thread | None:
        found = self._client.get_channel(int(channel)) if channel.isdigit() else None
        return found if isinstance(found, discord.abc.GuildChannel | discord.Thread) else None
