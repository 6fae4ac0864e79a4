"""What is known of guilds and channels from the gateway: parents of threads, permissions, sizes."""

from __future__ import annotations

from adapters.discord.sdk import discord

DEFAULT_LIMIT = 10 * 1024 * 1024
"""Bytes that a file may have where nothing else is known (the platforms page)."""

NEEDED = ("view_channel", "send_messages", "attach_files", "read_message_history")
"""What the bot needs in a channel, by the names that the SDK and the settings of a guild use."""

IN_THREADS = "send_messages_in_threads"


class Places:
    """Questions to the SDK's cache. What it does not know is answered by the usual case."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    def parent(self, channel: str) -> str:
        """The channel that a thread hangs in; empty for what is no thread."""
        found = self._find(channel)
        return str(found.parent_id) if isinstance(found, discord.Thread) else ""

    def missing(self, channel: str) -> tuple[str, ...]:
        """The permissions that the bot lacks there; empty also where that is not known."""
        found = self._find(channel)
        guild = getattr(found, "guild", None)
        if found is None or guild is None or guild.me is None:
            return ()
        try:
            allowed = found.permissions_for(guild.me)
        except discord.ClientException:
            return ("view_channel",)
        write = IN_THREADS if isinstance(found, discord.Thread) else "send_messages"
        return tuple(name for name in NEEDED if not getattr(allowed, write if name == "send_messages" else name))

    def file_limit(self, channel: str) -> int:
        """Bytes that a file may have there."""
        guild = getattr(self._find(channel), "guild", None)
        return guild.filesize_limit if isinstance(guild, discord.Guild) else DEFAULT_LIMIT

    def name(self, channel: str) -> str:
        """The channel as an admin knows it."""
        found = self._find(channel)
        guild = getattr(found, "guild", None)
        return f"#{getattr(found, 'name', channel)} in {guild.name}" if guild is not None else channel

    def _find(self, channel: str) -> discord.abc.GuildChannel | discord.Thread | None:
        found = self._client.get_channel(int(channel)) if channel.isdigit() else None
        return found if isinstance(found, discord.abc.GuildChannel | discord.Thread) else None
