"""What the bot can reach: the refusals for what is gone, hidden or not allowed."""

from __future__ import annotations

from tests.platforms.discord.basics import Refusal
from tests.platforms.discord.permissions import bits, in_channel
from tests.platforms.discord.world import PUBLIC_THREAD, Channel, Guild, Message, World


class Access:
    """Looks things up as the bot."""

    def __init__(self, world: World) -> None:
        self._world = world

    def channel(self, key: str) -> Channel:
        """Return a channel that the bot may see."""
        channel = self._world.channels.get(_snowflake(key, "channel_id"))
        if channel is None or channel.deleted or (channel.guild is not None and channel.guild.deleted):
            raise Refusal(404, 10003, "Unknown Channel")
        if channel.guild is not None and not self._world.bot_in(channel.guild):
            raise Refusal(403, 50001, "Missing Access")
        if channel.guild is not None and not self.permissions(channel) & bits(["view_channel"]):
            raise Refusal(403, 50001, "Missing Access")
        return channel

    def guild(self, key: str) -> Guild:
        """Return a guild that the bot is in."""
        guild = self._world.guilds.get(_snowflake(key, "guild_id"))
        if guild is None or not self._world.bot_in(guild):
            raise Refusal(404, 10004, "Unknown Guild")
        return guild

    def permissions(self, channel: Channel) -> int:
        """What the bot may do in a channel."""
        guild = channel.guild
        member = None if guild is None else guild.members.get(self._world.bot.id)
        if guild is not None and member is None:
            return 0
        return bits(["send_messages", "attach_files", "embed_links"]) if member is None else in_channel(channel, member)

    def allows(self, channel: Channel, *names: str) -> bool:
        """Whether the bot has the permissions there; in a direct conversation it has all that count."""
        return channel.guild is None or self.permissions(channel) & bits(names) == bits(names)

    def need(self, channel: Channel, *names: str) -> None:
        """Refuse when one of the permissions is missing."""
        if not self.allows(channel, *names):
            raise Refusal(403, 50013, "Missing Permissions")

    def need_to_send(self, channel: Channel) -> None:
        """Refuse when the bot may not write there."""
        if channel.recipient is not None and channel.recipient.blocks_bot:
            raise Refusal(403, 50007, "Cannot send messages to this user")
        self.need(channel, "send_messages_in_threads" if channel.kind == PUBLIC_THREAD else "send_messages")
        if channel.locked and not self.allows(channel, "manage_threads"):
            raise Refusal(400, 50083, "Thread is archived")

    def message(self, channel: Channel, key: str) -> Message:
        """Return a message that is still there."""
        message = channel.messages.get(_snowflake(key, "message_id"))
        if message is None or message.deleted or message.only_for is not None:
            raise Refusal(404, 10008, "Unknown Message")
        return message


def _snowflake(text: str, name: str) -> int:
    if not text.isdigit() or len(text) > 20:
        error = {"_errors": [{"code": "NUMBER_TYPE_COERCE", "message": f'Value "{text}" is not snowflake.'}]}
        raise Refusal(400, 50035, "Invalid Form Body", {name: error})
    return int(text)
