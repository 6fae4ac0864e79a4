"""Who and what there is: people, guilds, channels, messages."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.platforms.discord.basics import MEBIBYTE, Json

TEXT, DIRECT, NEWS, PUBLIC_THREAD, FORUM = 0, 1, 5, 11, 15

LOADING, EPHEMERAL, SUPPRESS_EMBEDS, COMPONENTS_V2 = 1 << 7, 1 << 6, 1 << 2, 1 << 15

_SIZE_OF_TIER = {0: 10 * MEBIBYTE, 1: 10 * MEBIBYTE, 2: 50 * MEBIBYTE, 3: 100 * MEBIBYTE}


@dataclass(slots=True, eq=False)
class User:
    """Somebody with an account."""

    id: int
    name: str
    bot: bool = False
    locale: str = "en-US"
    blocks_bot: bool = False

    @property
    def mention(self) -> str:
        """How this user is mentioned in a text."""
        return f"<@{self.id}>"


@dataclass(slots=True, eq=False)
class Role:
    """A role of a guild; the one with the guild's own id is everybody's."""

    id: int
    name: str
    permissions: int
    mentionable: bool = False
    managed_by: int | None = None


@dataclass(slots=True, eq=False)
class Member:
    """A user in a guild."""

    user: User
    joined: str
    roles: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Overwrite:
    """What a channel allows or denies to a role or a member."""

    of_member: bool
    allow: int = 0
    deny: int = 0


@dataclass(slots=True, eq=False)
class Guild:
    """A server, as people say."""

    id: int
    name: str
    owner: User
    roles: dict[int, Role]
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    boosts: int = 0
    locale: str = "en-US"
    available: bool = True
    deleted: bool = False

    @property
    def size_limit(self) -> int:
        """Bytes that a file may have."""
        return _SIZE_OF_TIER[self.boosts]


@dataclass(slots=True, eq=False)
class Channel:
    """A channel, thread or direct conversation."""

    id: int
    kind: int
    name: str
    guild: Guild | None = None
    parent: Channel | None = None
    recipient: User | None = None
    owner: User | None = None
    created: str = ""
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    nsfw: bool = False
    archived: bool = False
    locked: bool = False
    deleted: bool = False

    @property
    def size_limit(self) -> int:
        """Bytes that a file may have here."""
        return 10 * MEBIBYTE if self.guild is None else self.guild.size_limit


@dataclass(slots=True, eq=False)
class Attachment:
    """A file in a message."""

    id: int
    channel_id: int
    filename: str
    data: bytes
    alt: str | None = None
    content_type: str | None = None
    width: int | None = None
    height: int | None = None

    @property
    def shown_as_picture(self) -> bool:
        """Whether people see it drawn, not as a file."""
        return self.width is not None


@dataclass(slots=True, eq=False)
class Message:
    """A message and how it came to be as it is."""

    id: int
    channel: Channel
    author: User
    at: float
    content: str = ""
    attachments: list[Attachment] = field(default_factory=list)
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    flags: int = 0
    nonce: str | None = None
    reference: Json | None = None
    replied_to: Message | None = None
    mentions: list[User] = field(default_factory=list)
    mention_roles: list[int] = field(default_factory=list)
    mention_everyone: bool = False
    pinged: frozenset[int] = frozenset()
    reactions: dict[str, set[int]] = field(default_factory=dict)
    edited: float | None = None
    earlier: list[str] = field(default_factory=list)
    only_for: User | None = None
    interaction: Json | None = None
    thread: Channel | None = None
    kind: int = 0
    deleted: bool = False


@dataclass(slots=True)
class World:
    """Everything, by id."""

    bot: User
    application: int
    users: dict[int, User] = field(default_factory=dict)
    guilds: dict[int, Guild] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)

    def bot_in(self, guild: Guild) -> bool:
        """Whether the bot is a member there."""
        return not guild.deleted and self.bot.id in guild.members

    def direct_channel(self, user: User) -> Channel | None:
        """Return the open conversation with a user."""
        for channel in self.channels.values():
            if channel.recipient is user:
                return channel
        return None
