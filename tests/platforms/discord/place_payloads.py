"""People, places and the application as Discord writes them."""

from __future__ import annotations

from tests.platforms.discord.basics import Json, Options
from tests.platforms.discord.intents import PRIVILEGED
from tests.platforms.discord.permissions import in_channel
from tests.platforms.discord.world import DIRECT, PUBLIC_THREAD, Channel, Guild, Member, User, World


class PlacePayloads:
    """Writes all but messages."""

    def __init__(self, world: World, options: Options) -> None:
        self._world = world
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
