"""Objects as Discord writes them."""

from __future__ import annotations

from tests.platforms.discord.basics import Json, Options, timestamp
from tests.platforms.discord.cdn import Cdn
from tests.platforms.discord.intents import PRIVILEGED
from tests.platforms.discord.permissions import in_channel
from tests.platforms.discord.world import (
    DIRECT,
    PUBLIC_THREAD,
    Attachment,
    Channel,
    Guild,
    Member,
    Message,
    User,
    World,
)


class Payloads:
    """Writes what there is as JSON."""

    def __init__(self, world: World, cdn: Cdn, options: Options) -> None:
        self._world = world
        self._cdn = cdn
        self._options = options

    def user(self, user: User) -> Json:
        """A user, as anybody sees them."""
        return {
            "id": str(user.id),
            "username": user.name,
            "global_name": None if user.bot else user.name.title(),
            "discriminator": "0" if not user.bot else "1234",
            "avatar": None,
            "avatar_decoration_data": None,
            "bot": user.bot,
            "system": False,
            "public_flags": 0,
            "primary_guild": None,
            "collectibles": None,
        }

    def own_user(self) -> Json:
        """The bot as it sees itself."""
        return {
            **self.user(self._world.bot),
            "verified": True,
            "mfa_enabled": True,
            "locale": "en-US",
            "flags": 0,
            "email": None,
        }

    def flags(self) -> int:
        """The application's flags: which privileged intents are on (for a bot in few guilds)."""
        return sum(flag for name, (_, flag) in PRIVILEGED.items() if name in self._options.enabled_intents)

    def application(self, owner: User) -> Json:
        """The application behind the bot."""
        return {
            "id": str(self._world.application),
            "name": self._world.bot.name,
            "icon": None,
            "description": "",
            "summary": "",
            "type": None,
            "hook": True,
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "owner": self.user(owner),
            "team": None,
            "flags": self.flags(),
            "bot": self.user(self._world.bot),
            "interactions_endpoint_url": None,
            "redirect_uris": [],
            "rpc_origins": [],
            "integration_types_config": {"0": {}, "1": {}},
            "approximate_guild_count": sum(self._world.bot_in(guild) for guild in self._world.guilds.values()),
        }

    def member(self, member: Member, *, user: bool = True) -> Json:
        """A member, with the user inside or not."""
        found: Json = {
            "roles": [str(role) for role in member.roles],
            "joined_at": member.joined,
            "premium_since": None,
            "nick": None,
            "avatar": None,
            "banner": None,
            "deaf": False,
            "mute": False,
            "pending": False,
            "flags": 0,
            "communication_disabled_until": None,
        }
        if user:
            found["user"] = self.user(member.user)
        return found

    def channel(self, channel: Channel) -> Json:
        """A channel, thread or direct conversation."""
        last = str(max(channel.messages)) if channel.messages else None
        if channel.kind == DIRECT:
            recipients = [self.user(channel.recipient)] if channel.recipient else []
            return {
                "id": str(channel.id),
                "type": DIRECT,
                "last_message_id": last,
                "recipients": recipients,
                "flags": 0,
            }
        guild = channel.guild
        assert guild is not None
        found: Json = {
            "id": str(channel.id),
            "type": channel.kind,
            "guild_id": str(guild.id),
            "name": channel.name,
            "last_message_id": last,
            "rate_limit_per_user": 0,
            "flags": 0,
        }
        if channel.kind == PUBLIC_THREAD:
            assert channel.parent is not None
            assert channel.owner is not None
            return found | {
                "parent_id": str(channel.parent.id),
                "owner_id": str(channel.owner.id),
                "message_count": len(channel.messages),
                "total_message_sent": len(channel.messages),
                "member_count": 1,
                "thread_metadata": {
                    "archived": channel.archived,
                    "locked": channel.locked,
                    "auto_archive_duration": 1440,
                    "archive_timestamp": channel.created,
                    "create_timestamp": channel.created,
                },
            }
        return found | {
            "parent_id": None,
            "position": 0,
            "topic": None,
            "nsfw": channel.nsfw,
            "permission_overwrites": [
                {"id": str(key), "type": int(one.of_member), "allow": str(one.allow), "deny": str(one.deny)}
                for key, one in channel.overwrites.items()
            ],
        }

    def roles(self, guild: Guild) -> list[Json]:
        """The roles of a guild."""
        return [
            {
                "id": str(role.id),
                "name": role.name,
                "permissions": str(role.permissions),
                "color": 0,
                "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
                "hoist": False,
                "icon": None,
                "unicode_emoji": None,
                "position": position,
                "managed": role.managed_by is not None,
                "mentionable": role.mentionable,
                "flags": 0,
                **({"tags": {"bot_id": str(role.managed_by)}} if role.managed_by is not None else {}),
            }
            for position, role in enumerate(guild.roles.values())
        ]

    def guild(self, guild: Guild) -> Json:
        """A guild as REST gives it."""
        return {
            "id": str(guild.id),
            "name": guild.name,
            "icon": None,
            "splash": None,
            "discovery_splash": None,
            "banner": None,
            "description": None,
            "owner_id": str(guild.owner.id),
            "region": "deprecated",
            "afk_channel_id": None,
            "afk_timeout": 300,
            "verification_level": 1,
            "default_message_notifications": 1,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw": False,
            "nsfw_level": 0,
            "application_id": None,
            "system_channel_id": None,
            "system_channel_flags": 0,
            "rules_channel_id": None,
            "public_updates_channel_id": None,
            "safety_alerts_channel_id": None,
            "vanity_url_code": None,
            "premium_tier": guild.boosts,
            "premium_subscription_count": guild.boosts * 7,
            "premium_progress_bar_enabled": False,
            "preferred_locale": guild.locale,
            "max_members": 500_000,
            "features": [],
            "emojis": [],
            "stickers": [],
            "roles": self.roles(guild),
        }

    def guild_create(self, guild: Guild) -> Json:
        """A guild as the gateway gives it to a bot that may not see its members."""
        channels = [channel for channel in guild.channels.values() if not channel.deleted]
        me = guild.members[self._world.bot.id]
        threads = [c for c in channels if c.kind == PUBLIC_THREAD and not c.archived and in_channel(c, me)]
        return self.guild(guild) | {
            "joined_at": me.joined,
            "large": False,
            "unavailable": False,
            "member_count": len(guild.members),
            "members": [self.member(me)],
            "channels": [self.channel(channel) for channel in channels if channel.kind != PUBLIC_THREAD],
            "threads": [self.channel(channel) for channel in threads],
            "presences": [],
            "voice_states": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }

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
        if message.nonce is not None and not nested:
            found["nonce"] = message.nonce
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
