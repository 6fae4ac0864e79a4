"""Messages as Discord writes them, beside everything else."""

from __future__ import annotations

from tests.platforms.discord.basics import Json, Options, timestamp
from tests.platforms.discord.cdn import Cdn
from tests.platforms.discord.place_payloads import PlacePayloads
from tests.platforms.discord.world import Attachment, Message, World


class Payloads(PlacePayloads):
    """Writes what there is as JSON."""

    def __init__(self, world: World, cdn: Cdn, options: Options) -> None:
        super().__init__(world, options)
        self._cdn = cdn

    def attachment(self, attachment: Attachment) -> Json:
        """A file, under a URL that ends."""
        found: Json = {
            "id": str(attachment.id),
            "filename": attachment.filename,
            "size": len(attachment.data),
            "url": self._cdn.url(attachment),
            "proxy_url": self._cdn.url(attachment, "media"),
            "flags": 0,
        }
        if attachment.content_type is not None:
            found["content_type"] = attachment.content_type
        if attachment.width is not None:
            found |= {"width": attachment.width, "height": attachment.height, "placeholder_version": 1}
        if attachment.alt is not None:
            found["description"] = attachment.alt
        return found

    def message(self, message: Message, *, content: bool, nested: bool = False) -> Json:
        """A message; without the right to its content, that comes empty (the page on the Message Content intent)."""
        seen = content or self.content_is_free(message)
        found: Json = {
            "id": str(message.id),
            "channel_id": str(message.channel.id),
            "author": self.user(message.author),
            "type": message.kind,
            "content": message.content if seen else "",
            "attachments": [self.attachment(one) for one in message.attachments] if seen else [],
            "embeds": message.embeds if seen else [],
            "components": message.components if seen else [],
            "timestamp": timestamp(message.at),
            "edited_timestamp": timestamp(message.edited) if message.edited is not None else None,
            "tts": False,
            "pinned": False,
            "flags": message.flags,
            "mentions": [self.user(user) for user in message.mentions],
            "mention_roles": [str(role) for role in message.mention_roles],
            "mention_everyone": message.mention_everyone,
        }
        if message.interaction is not None:
            found |= {"application_id": str(self._world.application), "webhook_id": str(self._world.application)}
            found["interaction_metadata"] = message.interaction
        elif message.author is self._world.bot:
            found["application_id"] = str(self._world.application)
        if message.reactions:
            found["reactions"] = [self._reaction(emoji, users) for emoji, users in message.reactions.items()]
        if message.reference is not None:
            found["message_reference"] = message.reference
            replied = message.replied_to
            if not nested:
                gone = replied is None or replied.deleted
                found["referenced_message"] = (
                    None if gone or replied is None else self.message(replied, content=content, nested=True)
                )
        return found

    def posted(self, message: Message, payload: Json) -> Json:
        """A message as whoever posts it, and who hears of it then, is told: only there it bears its nonce."""
        return payload if message.nonce is None else payload | {"nonce": message.nonce}

    def content_is_free(self, message: Message) -> bool:
        """Whether the bot may read it without the intent: its own, a direct one, or one that mentions it."""
        bot = self._world.bot
        return message.author is bot or message.channel.guild is None or bot in message.mentions

    def _reaction(self, emoji: str, users: set[int]) -> Json:
        return {
            "emoji": {"id": None, "name": emoji},
            "count": len(users),
            "count_details": {"burst": 0, "normal": len(users)},
            "burst_colors": [],
            "me": self._world.bot.id in users,
            "me_burst": False,
        }

    def message_event(self, message: Message, *, content: bool) -> Json:
        """A message as the gateway gives it: with the guild and the member beside it."""
        found = self.message(message, content=content)
        guild = message.channel.guild
        found["channel_type"] = message.channel.kind
        if guild is None:
            return found
        found["guild_id"] = str(guild.id)
        member = guild.members.get(message.author.id)
        if member is not None:
            found["member"] = self.member(member, user=False)
        for one, user in zip(found["mentions"], message.mentions, strict=True):
            if user.id in guild.members:
                one["member"] = self.member(guild.members[user.id], user=False)
        return found
