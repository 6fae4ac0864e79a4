"""What a member may do in a channel, and what the bot lacks there."""

from __future__ import annotations

from typing import Any

import discord as sdk
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.permissions import (
    ADMINISTRATOR,
    ATTACH,
    EVERYTHING,
    HISTORY,
    INVITED,
    SEND,
    SEND_IN_THREADS,
    USED,
    VIEW,
    Permission,
    allowed_in,
    invitation,
    missing,
)
from tests.adapters.discord.payloads import BOT, GUILD
from tests.platforms.discord.permissions import in_channel
from tests.platforms.discord.world import Channel, Guild, Member, Overwrite, Role, User

ROLE, OTHER = "7700", "7701"


def role(identity: str, permissions: int) -> dict[str, Any]:
    return {"id": identity, "permissions": str(permissions)}


def overwrite(identity: str, allow: int = 0, deny: int = 0) -> dict[str, Any]:
    return {"id": identity, "type": 0, "allow": str(allow), "deny": str(deny)}


def test_each_name_and_bit_is_the_sdks_own() -> None:
    for each in USED:
        assert getattr(sdk.Permissions(each.bit), each.name) is True
        assert sdk.Permissions(**{each.name: True}).value == each.bit


def test_the_invitation_asks_for_what_is_used_and_for_nothing_else() -> None:
    assert {name for name, given in sdk.Permissions(INVITED) if given} == {
        *("read_messages", "send_messages", "send_messages_in_threads"),
        *("attach_files", "read_message_history", "add_reactions"),
    }
    assert invitation("42").endswith("client_id=42&scope=bot%20applications.commands&permissions=274878008384")


@pytest.mark.parametrize(
    ("allowed", "in_threads", "lacking"),
    [
        (INVITED, None, ()),
        (0, None, (VIEW,)),
        (INVITED & ~VIEW.bit, None, (VIEW,)),
        (VIEW.bit, None, (SEND, SEND_IN_THREADS, ATTACH, HISTORY)),
        (VIEW.bit, False, (SEND, ATTACH, HISTORY)),
        (INVITED & ~SEND.bit, True, ()),
        (INVITED & ~SEND_IN_THREADS.bit, True, (SEND_IN_THREADS,)),
        (INVITED & ~ATTACH.bit, False, (ATTACH,)),
    ],
)
def test_what_is_needed_and_lacking_is_named(
    allowed: int, in_threads: bool | None, lacking: tuple[Permission, ...]
) -> None:
    assert missing(allowed, in_threads=in_threads) == lacking


def test_a_courtesy_is_not_missed() -> None:
    assert missing(sum(each.bit for each in (VIEW, SEND, SEND_IN_THREADS, ATTACH, HISTORY))) == ()


def test_an_administrator_may_do_everything_whatever_a_channel_says() -> None:
    channel = {"permission_overwrites": [overwrite(GUILD, deny=EVERYTHING)]}
    assert allowed_in(channel, GUILD, (role(GUILD, 0), role(ROLE, ADMINISTRATOR)), {ROLE}, BOT) == EVERYTHING


def test_what_is_malformed_allows_nothing() -> None:
    assert allowed_in({"permission_overwrites": "x"}, GUILD, ({"id": GUILD, "permissions": None},), ()) == 0


BITS = st.integers(0, (1 << 39) - 1).map(lambda bits: (bits | VIEW.bit | SEND.bit) & ~ADMINISTRATOR)
PAIR = st.tuples(st.integers(0, (1 << 39) - 1), st.integers(0, (1 << 39) - 1)).map(
    # A client lets nobody allow and deny the same; and what is implied is left to the test above.
    lambda pair: (pair[0], pair[1] & ~pair[0] & ~VIEW.bit & ~SEND.bit)
)


@given(
    everybody=BITS,
    roles=st.tuples(BITS, BITS),
    overwrites=st.dictionaries(st.sampled_from([GUILD, ROLE, OTHER, BOT]), PAIR),
)
def test_it_is_what_the_strict_discord_itself_reckons(
    everybody: int, roles: tuple[int, int], overwrites: dict[str, tuple[int, int]]
) -> None:
    bot, key = User(int(BOT), "imabot", bot=True), int(GUILD)
    known = {key: Role(key, "@everyone", everybody)}
    known |= {int(name): Role(int(name), name, bits) for name, bits in zip((ROLE, OTHER), roles, strict=True)}
    guild = Guild(key, "Studio", User(1, "owner"), known)
    member = Member(bot, "", [int(ROLE), int(OTHER)])
    places = {int(name): Overwrite(name == BOT, allow, deny) for name, (allow, deny) in overwrites.items()}
    channel = Channel(5, 0, "pictures", guild, overwrites=places)
    payload = {"permission_overwrites": [overwrite(name, *pair) for name, pair in overwrites.items()]}
    theirs = tuple(role(str(each.id), each.permissions) for each in known.values())
    assert allowed_in(payload, GUILD, theirs, (ROLE, OTHER), BOT) == in_channel(channel, member)
