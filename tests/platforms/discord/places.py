"""Builds and changes guilds, channels, members and their permissions, and tells the bot."""

from __future__ import annotations

from collections.abc import Sequence

from tests.platforms.discord.basics import Ids, Json, Options, timestamp
from tests.platforms.discord.payloads import Payloads
from tests.platforms.discord.permissions import EVERYONE, bits
from tests.platforms.discord.switchboard import Switchboard
from tests.platforms.discord.world import (
    PUBLIC_THREAD,
    TEXT,
    Channel,
    Guild,
    Member,
    Overwrite,
    Role,
    User,
    World,
)


class Places:
    """What an owner of a guild can do."""

    def __init__(self, world: World, ids: Ids, board: Switchboard, payloads: Payloads, options: Options) -> None:
        self._world = world
        self._ids = ids
        self._board = board
        self._payloads = payloads
        self._options = options

    def _now(self) -> str:
        return timestamp(self._options.clock())

    def user(self, name: str, *guilds: Guild, locale: str = "en-US", bot: bool = False) -> User:
        """Somebody new, a member of these guilds."""
        user = User(self._ids.next(), name, bot=bot, locale=locale)
        self._world.users[user.id] = user
        for guild in guilds:
            self.join(user, guild)
        return user

    def join(self, user: User, guild: Guild) -> None:
        """Make a user a member."""
        guild.members[user.id] = Member(user, self._now())

    def guild(
        self,
        name: str = "Studio",
        *,
        boosts: int = 0,
        locale: str = "en-US",
        bot_permissions: Sequence[str] = (),
        everyone: int = EVERYONE,
        with_bot: bool = True,
    ) -> Guild:
        """A guild with the bot in it; `bot_permissions` are those of the bot's own role, beyond everybody's."""
        owner = self.user(f"owner_of_{name.lower()}")
        key = self._ids.next(apart=True)
        guild = Guild(key, name, owner, {key: Role(key, "@everyone", everyone)}, boosts=boosts, locale=locale)
        self.join(owner, guild)
        self._world.guilds[key] = guild
        if with_bot:
            self.invite_bot(guild, bot_permissions)
        return guild

    def invite_bot(self, guild: Guild, permissions: Sequence[str] = ()) -> None:
        """Let the bot in, with a role of its own."""
        bot = self._world.bot
        role = Role(self._ids.next(), bot.name, bits(permissions), managed_by=bot.id)
        guild.roles[role.id] = role
        guild.members[bot.id] = Member(bot, self._now(), [role.id])
        self._board.dispatch("GUILD_CREATE", lambda _: self._payloads.guild_create(guild), guild)

    def role(self, guild: Guild, name: str, *members: User, mentionable: bool = False) -> Role:
        """A role that some have."""
        role = Role(self._ids.next(), name, 0, mentionable=mentionable)
        guild.roles[role.id] = role
        for member in members:
            guild.members[member.id].roles.append(role.id)
        data: Json = {"guild_id": str(guild.id), "role": self._payloads.roles(guild)[-1]}
        self._board.dispatch("GUILD_ROLE_CREATE", lambda _: data, guild)
        return role

    def channel(self, guild: Guild, name: str = "pictures", *, nsfw: bool = False, kind: int = TEXT) -> Channel:
        """A text channel."""
        channel = Channel(self._ids.next(), kind, name, guild, nsfw=nsfw, created=self._now())
        guild.channels[channel.id] = self._world.channels[channel.id] = channel
        self._tell("CHANNEL_CREATE", channel)
        return channel

    def thread(self, parent: Channel, name: str, owner: User) -> Channel:
        """A public thread in a channel."""
        guild = parent.guild
        assert guild is not None
        thread = Channel(self._ids.next(), PUBLIC_THREAD, name, guild, parent, owner=owner, created=self._now())
        guild.channels[thread.id] = self._world.channels[thread.id] = thread
        data = self._payloads.channel(thread) | {"newly_created": True}
        self._board.dispatch("THREAD_CREATE", lambda _: data, guild)
        return thread

    def allow(self, channel: Channel, *permissions: str, who: User | Role | None = None) -> None:
        """Give permissions in a channel; to the bot unless told otherwise."""
        overwrite = self._overwrite(channel, who)
        overwrite.allow |= bits(permissions)
        overwrite.deny &= ~bits(permissions)
        self._tell("CHANNEL_UPDATE", channel)

    def deny(self, channel: Channel, *permissions: str, who: User | Role | None = None) -> None:
        """Take permissions away in a channel; from the bot unless told otherwise."""
        overwrite = self._overwrite(channel, who)
        overwrite.deny |= bits(permissions)
        overwrite.allow &= ~bits(permissions)
        self._tell("CHANNEL_UPDATE", channel)

    def _overwrite(self, channel: Channel, who: User | Role | None) -> Overwrite:
        target = who or self._world.bot
        return channel.overwrites.setdefault(target.id, Overwrite(isinstance(target, User)))

    def lock_thread(self, thread: Channel) -> None:
        """Archive and lock a thread."""
        thread.archived = thread.locked = True
        self._tell("THREAD_UPDATE", thread)

    def delete_channel(self, channel: Channel) -> None:
        """Delete a channel or thread."""
        channel.deleted = True
        self._tell("THREAD_DELETE" if channel.kind == PUBLIC_THREAD else "CHANNEL_DELETE", channel)

    def _tell(self, event: str, channel: Channel) -> None:
        self._board.dispatch(event, lambda _: self._payloads.channel(channel), channel.guild)

    def boost(self, guild: Guild, tier: int, *, told: bool = True) -> None:
        """Let a guild gain or lose boosts; the news may be late."""
        guild.boosts = tier
        if told:
            self._board.dispatch("GUILD_UPDATE", lambda _: self._payloads.guild(guild), guild)

    def delete_guild(self, guild: Guild) -> None:
        """Delete a guild."""
        guild.deleted = True
        self._board.dispatch("GUILD_DELETE", lambda _: {"id": str(guild.id)}, guild)

    def kick_bot(self, guild: Guild) -> None:
        """Put the bot out."""
        del guild.members[self._world.bot.id]
        self._board.dispatch("GUILD_DELETE", lambda _: {"id": str(guild.id)}, guild)

    def take_offline(self, guild: Guild) -> None:
        """Make a guild unavailable, as an outage does."""
        guild.available = False
        self._board.dispatch("GUILD_DELETE", lambda _: {"id": str(guild.id), "unavailable": True}, guild)

    def bring_back(self, guild: Guild) -> None:
        """End that outage."""
        guild.available = True
        self._board.dispatch("GUILD_CREATE", lambda _: self._payloads.guild_create(guild), guild)

    def block_bot(self, user: User, *, blocked: bool = True) -> None:
        """Let a user refuse direct messages from the bot, or take them again."""
        user.blocks_bot = blocked
