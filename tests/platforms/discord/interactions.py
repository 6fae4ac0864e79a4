"""Interactions: slash commands, menus, buttons, modals; what is sent, and what came back and when."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from tests.platforms.discord.access import Access
from tests.platforms.discord.basics import Ids, Json, Options, Violations
from tests.platforms.discord.payloads import Payloads
from tests.platforms.discord.permissions import in_channel
from tests.platforms.discord.posting import Posting
from tests.platforms.discord.switchboard import Switchboard
from tests.platforms.discord.world import Channel, Message, User, World

Kind = Literal["slash", "menu", "button", "autocomplete", "modal"]
_TYPES: Mapping[Kind, int] = {"slash": 2, "menu": 2, "button": 3, "autocomplete": 4, "modal": 5}


@dataclass(slots=True, eq=False)
class Interaction:
    """One of them, from the press to the last message. Times are seconds."""

    id: int
    kind: Kind
    user: User
    channel: Channel
    data: Json
    source: Message | None
    sent_at: float
    made_at: float
    size_limit: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(96))
    delivered: bool = False
    answered_after: float | None = None
    answer: int | None = None
    late: bool = False
    choices: list[Json] = field(default_factory=list)
    modal: Json | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)

    @property
    def type(self) -> int:
        """Discord's number of the kind."""
        return _TYPES[self.kind]


class Interactions:
    """Makes them and remembers them."""

    def __init__(
        self,
        world: World,
        access: Access,
        ids: Ids,
        payloads: Payloads,
        board: Switchboard,
        posting: Posting,
        options: Options,
        violations: Violations,
    ) -> None:
        self.all: list[Interaction] = []
        self._world = world
        self._access = access
        self._ids = ids
        self._payloads = payloads
        self._board = board
        self._posting = posting
        self._options = options
        self._violations = violations

    def start(
        self,
        kind: Kind,
        user: User,
        channel: Channel,
        data: Json,
        *,
        source: Message | None = None,
        locale: str | None = None,
    ) -> Interaction:
        """Send one to the bot."""
        made = Interaction(
            id=self._ids.next(),
            kind=kind,
            user=user,
            channel=channel,
            data=data,
            source=source,
            sent_at=self._options.stopwatch(),
            made_at=self._options.clock(),
            size_limit=self._options.interaction_size_limit or channel.size_limit,
        )
        self.all.append(made)
        self._posting.note_asker(channel, user)
        payload = self._payload(made, locale or user.locale)
        made.delivered = self._board.dispatch("INTERACTION_CREATE", lambda _: payload, channel.guild) > 0
        return made

    def _payload(self, made: Interaction, locale: str) -> Json:
        channel, guild = made.channel, made.channel.guild
        may = self._access.permissions(channel)
        payload: Json = {
            "id": str(made.id),
            "application_id": str(self._world.application),
            "type": made.type,
            "data": made.data,
            "token": made.token,
            "version": 1,
            "channel_id": str(channel.id),
            "channel": self._payloads.channel(channel),
            "app_permissions": str(may),
            "locale": locale,
            "entitlements": [],
            "entitlement_sku_ids": [],
            "attachment_size_limit": made.size_limit,
            "authorizing_integration_owners": {"0": str(guild.id) if guild else "0"},
            "context": 0 if guild else 1,
        }
        if made.source is not None:
            payload["message"] = self._payloads.message(made.source, content=True)
        if guild is None:
            return payload | {"user": self._payloads.user(made.user)}
        member = guild.members[made.user.id]
        permissions = str(in_channel(channel, member))
        payload["channel"]["permissions"] = permissions
        return payload | {
            "guild_id": str(guild.id),
            "guild_locale": guild.locale,
            "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
            "member": self._payloads.member(member) | {"permissions": permissions},
        }

    def by_token(self, token: str) -> Interaction | None:
        """Return the one with this token."""
        return next((one for one in self.all if one.token == token), None)

    def overdue(self) -> list[Interaction]:
        """Those that reached the bot and were not answered in time."""
        now = self._options.stopwatch()
        limit = self._options.interaction_seconds
        return [
            one
            for one in self.all
            if one.delivered and one.answered_after is None and not one.late and now - one.sent_at > limit
        ]

    def metadata(self, made: Interaction) -> Json:
        """What a message says about the interaction that it answers."""
        found: Json = {
            "id": str(made.id),
            "type": made.type,
            "user": self._payloads.user(made.user),
            "authorizing_integration_owners": {},
        }
        if made.kind == "button" and made.source is not None:
            found["interacted_message_id"] = str(made.source.id)
        if made.kind == "slash":
            found["name"] = made.data["name"]
        if made.kind == "modal":
            found["triggering_interaction_metadata"] = {
                "id": str(made.id),
                "type": 2 if made.source is None else 3,
                "user": self._payloads.user(made.user),
                "authorizing_integration_owners": {},
            }
        return found
