"""The local Discord's gateway keeps the rules of the real one, and notes who does not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.platforms.discord_server import DiscordOptions, DiscordServer, discord_server
from tests.platforms.raw_discord import MESSAGES, api, gateway, identified

CONTENT = 1 << 15
MEMBERS = 1 << 1


class Stopwatch:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


@pytest.fixture
def stopwatch() -> Stopwatch:
    """The server's."""
    return Stopwatch()


@pytest.fixture
async def server(stopwatch: Stopwatch) -> AsyncIterator[DiscordServer]:
    """A Discord whose time stands still."""
    async with discord_server(DiscordOptions(stopwatch=stopwatch)) as found:
        yield found


def names(server: DiscordServer) -> list[str]:
    """The names of what was noted."""
    return [violation.name for violation in server.violations]


async def test_hello_ready_and_the_guilds_come_in_this_order(server: DiscordServer) -> None:
    """HELLO says the interval, READY the guilds that are about to come, GUILD_CREATE the rest."""
    guild = server.places.guild()
    channel = server.places.channel(guild)
    async with gateway(server) as socket:
        assert (await socket.next())["d"]["heartbeat_interval"] == 41250
        await socket.send(1, None)
        assert (await socket.next())["op"] == 11
        await socket.identify()
        ready = await socket.next()
        assert (ready["t"], ready["s"], ready["d"]["guilds"]) == (
            "READY",
            1,
            [{"id": str(guild.id), "unavailable": True}],
        )
        created = (await socket.next("GUILD_CREATE"))["d"]
    assert [one["id"] for one in created["channels"]] == [str(channel.id)]
    assert [one["user"]["id"] for one in created["members"]] == [str(server.bot.id)]


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ((2, {"token": "wrong", "intents": MESSAGES, "properties": {}}), 4004),
        ((6, {"token": "wrong", "session_id": "x", "seq": 1}), 4004),
        ((99, None), 4001),
        ((3, {}), 4003),
    ],
)
async def test_what_ends_a_connection_has_its_code(
    server: DiscordServer, payload: tuple[int, object], code: int
) -> None:
    """A wrong token, an unknown operation, one before IDENTIFY."""
    async with gateway(server) as socket:
        await socket.send(*payload)
        assert await socket.closed() == code
    assert names(server) == ["gateway_closed"]


@pytest.mark.parametrize(
    ("intents", "code"), [(MESSAGES | CONTENT, 4014), (MESSAGES | MEMBERS, 4014), (MESSAGES | 1 << 40, 4013)]
)
async def test_intents_that_are_not_granted_close(server: DiscordServer, intents: int, code: int) -> None:
    """A privileged intent that is off, and a bit that means nothing."""
    async with gateway(server) as socket:
        await socket.identify(intents)
        assert await socket.closed() == code


@pytest.mark.parametrize("query", ["v=8&encoding=json", "v=10&encoding=etf"])
async def test_another_version_or_encoding_is_not_spoken(server: DiscordServer, query: str) -> None:
    """4012."""
    async with gateway(server, query) as socket:
        assert await socket.closed() == 4012


async def test_a_second_identify_on_one_connection_closes(server: DiscordServer) -> None:
    """4005."""
    async with identified(server) as socket:
        await socket.identify()
        assert await socket.closed() == 4005


async def test_too_much_talk_closes(server: DiscordServer) -> None:
    """More than 120 payloads in a minute: 4008."""
    async with gateway(server) as socket:
        for _ in range(121):
            await socket.send(1, None)
        assert await socket.closed() == 4008


async def test_a_client_without_heartbeat_is_put_out(server: DiscordServer, stopwatch: Stopwatch) -> None:
    """4009, and a note."""
    async with identified(server) as socket:
        stopwatch.now += 100
        assert await socket.closed() == 4009
    assert names(server) == ["heartbeat_missed"]


async def test_compressed_transport_says_the_same(server: DiscordServer) -> None:
    """zlib-stream, one stream for the whole connection."""
    async with gateway(server, "v=10&encoding=json&compress=zlib-stream") as socket:
        await socket.identify()
        assert (await socket.next("READY"))["s"] == 1


async def test_identify_twice_within_5_s_is_refused_and_noted(server: DiscordServer, stopwatch: Stopwatch) -> None:
    """INVALID_SESSION, as for a bot with a concurrency of one."""
    async with identified(server) as first:
        await first.leave(1000)
        stopwatch.now += 4.9
        async with gateway(server) as socket:
            await socket.identify()
            assert (await socket.next(9))["d"] is False
        stopwatch.now += 0.2
        async with gateway(server) as socket:
            await socket.identify()
            await socket.next("READY")
    assert names(server) == ["identified_too_soon"]


async def test_a_lost_session_is_resumed_with_what_was_missed(server: DiscordServer) -> None:
    """The events after the number that the client names, then RESUMED; the numbers go on."""
    guild = server.places.guild()
    channel, ann = server.places.channel(guild), server.places.user("ann", guild)
    async with identified(server) as first:
        server.say(ann, channel, "one")
        await first.next("MESSAGE_CREATE")
        server.trouble.drop()
        assert await first.closed() == 0
    server.say(ann, channel, "two")
    async with gateway(server) as second:
        await second.resume(first.session, first.seq)
        missed = await second.next("MESSAGE_CREATE")
        assert (missed["s"], missed["d"]["content"][-3:]) == ((first.seq or 0) + 1, "two")
        await second.next("RESUMED")
    assert server.violations == []


@pytest.mark.parametrize("how", ["left", "invalidated", "too late", "unknown"])
async def test_a_session_that_is_over_cannot_be_resumed(server: DiscordServer, stopwatch: Stopwatch, how: str) -> None:
    """After close 1000, INVALID_SESSION(false) or two minutes: INVALID_SESSION(false)."""
    async with identified(server) as first:
        if how == "invalidated":
            server.trouble.invalidate(resumable=False)
            assert (await first.next(9))["d"] is False
        await first.leave(1000 if how == "left" else 4000)
        await server.wait_for(lambda: not server.gateway.links)
    if how == "too late":
        stopwatch.now += 121
    async with gateway(server) as second:
        await second.resume("nothing" if how == "unknown" else first.session, first.seq)
        assert (await second.next(9))["d"] is False


async def test_identifying_where_resuming_was_possible_is_noted(server: DiscordServer, stopwatch: Stopwatch) -> None:
    """Unless the bot logged in anew, as one that was started again must."""
    async with identified(server) as first:
        await first.leave()
    stopwatch.now += 6
    async with identified(server) as second:
        await second.leave()
    assert names(server) == ["identified_instead_of_resuming"]
    stopwatch.now += 6
    async with api(server) as rest:
        await rest.call("GET", "/users/@me")
    async with identified(server):
        pass
    assert names(server) == ["identified_instead_of_resuming"]


async def test_reconnect_and_resumable_invalid_session_are_said(server: DiscordServer) -> None:
    """Opcode 7, and 9 with true; the session stays."""
    async with identified(server) as socket:
        server.trouble.reconnect()
        await socket.next(7)
        server.trouble.invalidate(resumable=True)
        assert (await socket.next(9))["d"] is True
        await socket.leave()
    async with gateway(server) as again:
        await again.resume(socket.session, socket.seq)
        await again.next("RESUMED")


async def test_a_zombie_says_nothing_more_and_keeps_what_happens(server: DiscordServer) -> None:
    """No ACK, no event, no answer to a close; the session can be resumed."""
    guild = server.places.guild()
    channel, ann = server.places.channel(guild), server.places.user("ann", guild)
    async with identified(server) as socket:
        await socket.next("GUILD_CREATE")
        server.trouble.zombie()
        await socket.send(1, socket.seq)
        server.say(ann, channel, "anybody?")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(socket.next(), 0.2)
        async with gateway(server) as again:
            await again.resume(socket.session, socket.seq)
            assert "anybody?" in (await again.next("MESSAGE_CREATE"))["d"]["content"]
        server.trouble.drop()


async def test_refused_connections_are_refused_and_taken_again_on_the_same_port(server: DiscordServer) -> None:
    """The gateway alone or all; what was connected is reset."""
    async with identified(server) as socket, api(server) as rest:
        await server.trouble.refuse()
        assert await socket.closed() == 0
        with pytest.raises(OSError, match="Cannot connect"):
            async with gateway(server):
                pass
        assert (await rest.call("GET", "/gateway")).status_code == 200
        await server.trouble.refuse(0.05, rest=True)
        with pytest.raises(httpx.TransportError):
            await rest.call("GET", "/gateway")
        await asyncio.sleep(0.1)
        assert (await rest.call("GET", "/gateway")).json() == {"url": server.gateway.url}


async def test_an_event_can_come_twice_or_malformed(server: DiscordServer) -> None:
    """A replay is the same message under a new number."""
    guild = server.places.guild()
    channel, ann = server.places.channel(guild), server.places.user("ann", guild)
    async with identified(server) as socket:
        server.say(ann, channel, "once")
        first = await socket.next("MESSAGE_CREATE")
        assert server.trouble.replay_last_event() == "MESSAGE_CREATE"
        second = await socket.next()
        assert (second["s"], second["d"]) == (first["s"] + 1, first["d"])
        server.trouble.send_event("MESSAGE_CREATE", {"id": "1"})
        assert (await socket.next())["d"] == {"id": "1"}


async def test_an_edit_and_a_preview_are_told_as_updates(server: DiscordServer) -> None:
    """The preview of a link comes later and is no edit of the words."""
    guild = server.places.guild()
    channel, ann = server.places.channel(guild), server.places.user("ann", guild)
    async with identified(server) as socket:
        said = server.say(ann, channel, "https://a.example/1.png")
        server.edit(said, embeds=[{"type": "image", "url": "https://a.example/1.png"}])
        preview = (await socket.next("MESSAGE_UPDATE"))["d"]
        server.edit(said, "never mind")
        edited = (await socket.next("MESSAGE_UPDATE"))["d"]
    assert (len(preview["embeds"]), preview["edited_timestamp"]) == (1, None)
    assert (edited["content"], edited["edited_timestamp"] is None) == ("never mind", False)


async def test_events_come_as_the_intents_and_the_permissions_allow(server: DiscordServer) -> None:
    """No guild messages without their intent, nothing from a channel that the bot may not see."""
    guild = server.places.guild()
    hidden, ann = server.places.channel(guild, "hidden"), server.places.user("ann", guild)
    seen = server.places.channel(guild, "seen")
    server.places.deny(hidden, "view_channel")
    async with identified(server, intents=1 | (1 << 12)) as socket:
        server.say(ann, seen, "public")
        server.dm(ann, "private")
        assert (await socket.next("MESSAGE_CREATE"))["d"]["content"] == "private"
        await socket.leave(1000)
    async with discord_server() as other:
        guild = other.places.guild()
        hidden, ann = other.places.channel(guild, "hidden"), other.places.user("ann", guild)
        other.places.deny(hidden, "view_channel")
        async with identified(other) as socket:
            other.say(ann, hidden, "secret")
            other.dm(ann, "private")
            assert (await socket.next("MESSAGE_CREATE"))["d"]["content"] == "private"


async def test_content_comes_with_the_intent_and_the_need_for_it_is_asked(server: DiscordServer) -> None:
    """With the privileged intent everything is readable; asking for it without need is noted."""
    options = DiscordOptions(enabled_intents=frozenset({"message_content"}))
    async with discord_server(options) as other:
        guild = other.places.guild()
        channel, ann = other.places.channel(guild), other.places.user("ann", guild)
        async with identified(other, MESSAGES | CONTENT) as socket:
            other.say(ann, channel, "for all", mention_bot=False)
            assert (await socket.next("MESSAGE_CREATE"))["d"]["content"] == "for all"
        assert names(other) == ["privileged_intent_not_needed"]


async def test_each_shard_has_its_guilds_and_the_first_the_direct_messages() -> None:
    """By the guild's id; every IDENTIFY counts against the day's."""
    async with discord_server(DiscordOptions(identify_spacing=0, recommended_shards=2)) as server:
        guilds = [server.places.guild(f"g{number}") for number in range(2)]
        seen = {}
        for number in range(2):
            async with gateway(server) as socket:
                await socket.identify(shard=[number, 2])
                ready = await socket.next("READY")
                seen[number] = [int(one["id"]) for one in ready["d"]["guilds"]]
        assert seen == {n: [guild.id for guild in guilds if (guild.id >> 22) % 2 == n] for n in range(2)}
        async with api(server) as rest:
            body = (await rest.call("GET", "/gateway/bot")).json()
        assert (body["shards"], body["session_start_limit"]["remaining"]) == (2, 998)


async def test_the_last_session_start_resets_the_token() -> None:
    """Past the day's limit the bot is out."""
    async with discord_server(DiscordOptions(identify_spacing=0, identify_limit=1)) as server:
        token = server.token
        async with identified(server) as socket:
            await socket.leave(1000)
        async with gateway(server) as socket:
            await socket.identify()
            assert await socket.closed() == 4004
        assert server.token != token
        assert "session_starts_used_up" in names(server)


async def test_what_happens_to_places_is_told(server: DiscordServer) -> None:
    """Channels and guilds that come, change and go."""
    guild = server.places.guild()
    ann = server.places.user("ann", guild)
    async with identified(server) as socket:
        await socket.next("GUILD_CREATE")
        channel = server.places.channel(guild)
        thread = server.places.thread(channel, "topic", ann)
        server.places.deny(channel, "send_messages")
        server.places.delete_channel(thread)
        server.places.delete_channel(channel)
        server.places.take_offline(guild)
        server.places.bring_back(guild)
        server.places.kick_bot(guild)
        told = [(await socket.next())["t"] for _ in range(8)]
    assert told == [
        "CHANNEL_CREATE",
        "THREAD_CREATE",
        "CHANNEL_UPDATE",
        "THREAD_DELETE",
        "CHANNEL_DELETE",
        "GUILD_DELETE",
        "GUILD_CREATE",
        "GUILD_DELETE",
    ]
