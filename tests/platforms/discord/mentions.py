"""Who hears of a message: the mentions in it, as far as `allowed_mentions` lets them through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.platforms.discord.basics import Json, Violations, invalid
from tests.platforms.discord.permissions import bit, in_channel
from tests.platforms.discord.world import Channel, Message, User

_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_ALL = re.compile(r"@(everyone|here)\b")
_KINDS = {"users", "roles", "everyone"}


@dataclass(frozen=True, slots=True)
class Pings:
    """Whom a message reaches, and whether it would have reached everybody had the bot the permission."""

    users: tuple[User, ...] = ()
    roles: tuple[int, ...] = ()
    everyone: bool = False
    wished_everyone: bool = False
    heard: frozenset[int] = frozenset()


def texts(content: str, components: list[Json]) -> Iterator[str]:
    """The texts of a message in which a mention counts."""
    yield content
    for component in components:
        if component.get("type") == 10:
            yield str(component.get("content", ""))
        yield from texts("", [part for part in component.get("components") or [] if isinstance(part, dict)])


def check_allowed(allowed: object) -> Json:
    """Return `allowed_mentions` when its form is right."""
    if not isinstance(allowed, dict):
        raise invalid("allowed_mentions", "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
    parse = allowed.get("parse", [])
    if not isinstance(parse, list) or not set(parse) <= _KINDS or len(set(parse)) < len(parse):
        raise invalid("allowed_mentions.parse", "BASE_TYPE_CHOICES", "Value must be one of users, roles, everyone.")
    for kind in ("users", "roles"):
        ids = allowed.get(kind) or []
        if len(ids) > 100:
            raise invalid(f"allowed_mentions.{kind}", "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.")
        if len(set(ids)) < len(ids) or not all(str(one).isdigit() for one in ids):
            raise invalid(f"allowed_mentions.{kind}", "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set has it already.")
        if ids and kind in parse:
            raise invalid(
                "allowed_mentions",
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.',
            )
    return allowed


def pings(channel: Channel, sender: User, text: str, allowed: Json | None, replied_to: Message | None) -> Pings:
    """Work out whom a new message reaches. Without `allowed_mentions` everything in it counts."""
    if allowed is None:
        allowed = {"parse": ["users", "roles", "everyone"], "replied_user": True}
    parse = allowed.get("parse", [])
    guild = channel.guild
    known = {channel.recipient.id: channel.recipient} if channel.recipient else {}
    if guild is not None:
        known = {member.user.id: member.user for member in guild.members.values()}
    users: dict[int, User] = {}
    listed = {int(one) for one in allowed.get("users") or []}
    for found in map(int, _USER.findall(text)):
        if ("users" in parse or found in listed) and found in known:
            users[found] = known[found]
    if replied_to is not None and allowed.get("replied_user") and replied_to.author is not sender:
        users[replied_to.author.id] = replied_to.author
    wished = "everyone" in parse and _ALL.search(text) is not None
    roles: list[int] = []
    heard = set(users)
    everyone = False
    if guild is not None:
        member = guild.members.get(sender.id)
        powerful = member is not None and bool(in_channel(channel, member) & bit("mention_everyone"))
        listed_roles = {int(one) for one in allowed.get("roles") or []}
        for found in map(int, _ROLE.findall(text)):
            role = guild.roles.get(found)
            if role is not None and ("roles" in parse or found in listed_roles) and (powerful or role.mentionable):
                roles.append(found)
                heard |= {one.user.id for one in guild.members.values() if found in one.roles}
        everyone = wished and powerful
        if everyone:
            heard |= set(guild.members)
    heard.discard(sender.id)
    return Pings(tuple(users.values()), tuple(roles), everyone, wished, frozenset(heard))


def judge(reached: Pings, askers: set[int], violations: Violations, what: str) -> None:
    """Note down a ping that reaches somebody who did not ask."""
    if reached.wished_everyone:
        violations.add("pings_everyone", what)
    if reached.roles:
        violations.add("pings_role", what)
    strangers = reached.heard - askers
    if strangers:
        violations.add("pings_stranger", f"{what}: {sorted(strangers)}")
    if len(reached.heard) > 1:
        violations.add("pings_several", f"{what}: {sorted(reached.heard)}")
