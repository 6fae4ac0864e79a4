"""What the doctor says of Discord, asked at the strict local one."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from adapters.discord.permissions import USED
from bot.doctor.discord import LATER, MOST_SERVERS, DiscordCheck
from bot.doctor.discord_places import MOST_LINES
from bot.doctor.finding import Finding, Verdict
from bot.settings import Shards
from bot.settings.model import DiscordSettings
from tests.platforms.discord.world import FORUM
from tests.platforms.discord_server import DiscordOptions, DiscordServer, Guild, discord_server

LISTENING = DiscordOptions(
    enabled_intents=frozenset({"message_content"}), needed_intents=frozenset({"message_content"})
)


async def examine(
    api_url: str, token: str, channels: frozenset[str] = frozenset(), shards: Shards | None = None
) -> list[Finding]:
    settings = DiscordSettings(token=SecretStr(token), api_url=api_url, channels=channels, shards=shards)
    return [finding async for finding in DiscordCheck(settings)()]


async def lines(server: DiscordServer, *channels: int) -> dict[str, Verdict]:
    """What is said, without the name of the platform, and how each line stands; nothing may be violated."""
    found = await examine(server.api_url, server.token, frozenset(str(each) for each in channels))
    assert all(server.token not in finding.line for finding in found)
    assert server.violations == []
    return {finding.line.removeprefix("Discord: ").rpartition(" — ")[0]: finding.verdict for finding in found}


def failing(found: dict[str, Verdict]) -> list[str]:
    return [line for line, verdict in found.items() if verdict is Verdict.FAILED]


def invited(server: DiscordServer, name: str = "Studio") -> Guild:
    """A server where the bot has exactly what its invitation asks for, and everybody may do the usual."""
    return server.places.guild(name, bot_permissions=[each.name for each in USED])


async def test_a_healthy_bot_is_proven_line_by_line() -> None:
    async with discord_server() as server:
        guild = invited(server)
        for name in ("general", "pictures"):
            server.places.channel(guild, name)
        found = await lines(server)
        application = server.bot.id
        invite = (
            f"https://discord.com/oauth2/authorize?client_id={application}"
            "&scope=bot%20applications.commands&permissions=274878008384"
        )
        assert found == {
            f"the token is accepted; the application is {application}": Verdict.PROVEN,
            "no privileged intent is needed": Verdict.PROVEN,
            "commands and buttons come to the bot": Verdict.PROVEN,
            "Discord recommends 1 shard(s), and 1000 of 1000 sessions are left today": Verdict.PROVEN,
            "whether /draw and the other commands can be registered. The first `imabot run` does it": Verdict.UNKNOWN,
            "the bot is in 1 server(s): Studio": Verdict.PROVEN,
            "in Studio it may answer in 2 text channels that it sees": Verdict.PROVEN,
            "whether a connection to its gateway gets through. `imabot run` says `connected`": Verdict.UNKNOWN,
            "whether each server took the commands with the bot. "
            f"where /draw is missing, open the invitation once more: {invite}": Verdict.UNKNOWN,
        }


async def test_a_bot_in_no_server_is_told_where_to_be_invited() -> None:
    async with discord_server() as server:
        [line] = failing(await lines(server))
        assert line.startswith("the bot is in no server. Invite it: https://discord.com/oauth2/authorize?client_id=")


async def test_a_wrong_token_is_said_in_one_line() -> None:
    async with discord_server() as server:
        [finding] = await examine(server.api_url, "wrong")
        assert finding.line.startswith("Discord: the token is refused. Reset it")


async def test_listening_without_the_intent_is_a_failure() -> None:
    async with discord_server() as server:
        channel = server.places.channel(invited(server))
        [line] = failing(await lines(server, channel.id))
        assert line.startswith("channels are listened to, but the Message Content intent is off. Switch it on at")


async def test_an_intent_that_nobody_needs_is_named() -> None:
    async with discord_server(LISTENING) as server:
        invited(server)
        assert any(
            line.startswith("no privileged intent is needed. Message Content is on") for line in await lines(server)
        )


async def test_a_discord_that_cannot_be_reached_is_said_in_one_line() -> None:
    [finding] = await examine("http://127.0.0.1:9", "token")
    assert finding.line.startswith("Discord: it cannot be reached.")


@pytest.mark.parametrize(
    ("permission", "label"),
    [
        ("send_messages", "Send Messages"),
        ("send_messages_in_threads", "Send Messages in Threads"),
        ("attach_files", "Attach Files"),
        ("read_message_history", "Read Message History"),
    ],
)
async def test_what_is_missing_in_a_channel_is_named_as_in_its_settings(permission: str, label: str) -> None:
    async with discord_server() as server:
        guild = invited(server)
        server.places.channel(guild, "general")
        server.places.deny(server.places.channel(guild, "pictures"), permission)
        assert failing(await lines(server)) == [
            f"in #pictures in Studio it lacks {label}. Edit Channel, Permissions, add the bot's role, and allow it"
        ]


async def test_what_the_bots_role_lacks_everywhere_is_said_once() -> None:
    async with discord_server() as server:
        guild = server.places.guild("Strict", everyone=1 << 10 | 1 << 11, bot_permissions=["view_channel"])
        channel = server.places.channel(guild, "pictures")
        server.places.deny(channel, "send_messages")
        first, second = failing(await lines(server))
        assert first.startswith(
            "in Strict the bot's role lacks Send Messages in Threads, Attach Files, Read Message History."
        )
        assert second.startswith("in #pictures in Strict it lacks Send Messages.")


async def test_channels_for_announcements_and_hidden_ones_are_no_failure() -> None:
    async with discord_server() as server:
        guild = invited(server)
        everybody = guild.roles[guild.id]
        rules = server.places.channel(guild, "rules")
        server.places.deny(rules, "send_messages", who=everybody)
        server.places.deny(rules, "send_messages")
        server.places.deny(server.places.channel(guild, "staff"), "view_channel", who=everybody)
        found = await lines(server)
        assert failing(found) == []
        assert found["in Studio it may answer in 0 text channels that it sees"] is Verdict.PROVEN
        assert "in Studio 1 text channel hidden from it, and nobody is heard there: #staff" in found


async def test_a_forum_needs_what_its_posts_need() -> None:
    async with discord_server() as server:
        guild = invited(server)
        forum = server.places.channel(guild, "gallery", kind=FORUM)
        server.places.deny(forum, "send_messages")
        assert failing(await lines(server)) == []
        server.places.deny(forum, "send_messages_in_threads")
        [line] = failing(await lines(server))
        assert "it lacks Send Messages in Threads." in line


async def test_many_closed_channels_are_counted_and_not_all_listed() -> None:
    async with discord_server() as server:
        guild = invited(server)
        for number in range(MOST_LINES + 3):
            server.places.deny(server.places.channel(guild, f"room{number}"), "attach_files")
        found = failing(await lines(server))
        assert len(found) == MOST_LINES + 1
        assert found[-1].startswith("in Studio it lacks permissions in 3 more channels.")


async def test_many_servers_are_looked_at_up_to_a_bound() -> None:
    async with discord_server() as server:
        for number in range(MOST_SERVERS + 2):
            invited(server, f"Server{number}")
        found = await lines(server)
        assert sum("it may answer in 0 text channels" in line for line in found) == MOST_SERVERS
        assert found["where it may answer in the other servers"] is Verdict.UNKNOWN


async def test_each_channel_to_listen_in_is_looked_at() -> None:
    async with discord_server(LISTENING) as server:
        guild = invited(server)
        good = server.places.channel(guild, "good")
        thread = server.places.thread(good, "cats", guild.owner)
        hidden = server.places.channel(guild, "hidden")
        server.places.deny(hidden, "view_channel")
        mute = server.places.channel(guild, "mute")
        server.places.deny(mute, "attach_files")
        voice = server.places.channel(guild, "voice", kind=4)
        direct = server.direct(guild.owner)
        channels = (good.id, thread.id, hidden.id, mute.id, voice.id, direct.id, 1)
        found = await lines(server, *channels)
        for each in (good, thread):
            assert found[f"it listens in #{each.name} in Studio, and may answer there"] is Verdict.PROVEN
        assert sorted(line.partition(". ")[0] for line in set(failing(found))) == sorted(
            [
                f"DISCORD_CHANNELS names {hidden.id}, where it lacks View Channel",
                "in #mute in Studio it lacks Attach Files",
                "DISCORD_CHANNELS names #voice in Studio, which is no text channel",
                f"DISCORD_CHANNELS names {direct.id}, which is in no server",
                "DISCORD_CHANNELS names 1, and there is no such channel",
            ]
        )


@pytest.mark.parametrize(
    ("application", "said"),
    [
        ({"interactions_endpoint_url": "https://example.com"}, "commands and buttons go to another address"),
        ({"bot_require_code_grant": True}, "nobody can invite the bot by its invitation"),
        ({"approximate_guild_count": 2501}, "1 shard(s) are too few for 2501 servers. Discord recommends 9"),
    ],
)
async def test_what_stands_in_the_way_at_the_portal_is_named(application: dict[str, Any], said: str) -> None:
    answers: dict[str, Any] = {
        "/applications/@me": {"id": "42", "bot": {"id": "42"}, "flags": 0, **application},
        "/gateway/bot": {"shards": 9, "session_start_limit": {"total": 1000, "remaining": 5, "reset_after": 0}},
        "/users/@me/guilds": [],
        "/applications/42/commands": [{"name": "draw"}],
    }

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=answers[request.url.path.removeprefix("/api/v10")])

    settings = DiscordSettings(
        token=SecretStr("token"), api_url="http://127.0.0.1/api/v10", channels=frozenset(), shards=Shards((0,), 1)
    )
    found = [each async for each in DiscordCheck(settings, httpx.MockTransport(answer))()]
    assert any(each.verdict is Verdict.FAILED and said in each.line for each in found)
    assert any(each.what == "1 commands are registered" for each in found)


@pytest.mark.parametrize(
    "broken",
    [httpx.Response(500), httpx.Response(200, text="<html>"), httpx.Response(200, json=[]), httpx.ReadError("")],
)
async def test_an_answer_that_is_not_discords_is_one_plain_line(broken: httpx.Response | Exception) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if isinstance(broken, Exception):
            raise broken
        return broken

    settings = DiscordSettings(token=SecretStr("token"), api_url="http://127.0.0.1", channels=frozenset(), shards=None)
    [finding] = [each async for each in DiscordCheck(settings, httpx.MockTransport(answer), at_once)()]
    assert finding.verdict is Verdict.FAILED


async def at_once(seconds: float) -> None:
    """What is waited for is not waited for here."""


async def test_no_session_left_is_said_with_the_time_to_wait() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/applications/@me":
            return httpx.Response(200, json={"id": "42"})
        if request.url.path == "/gateway/bot":
            limit = {"total": 1000, "remaining": 0, "reset_after": 7_200_000}
            return httpx.Response(200, json={"shards": 1, "session_start_limit": limit})
        return httpx.Response(403, json={})

    settings = DiscordSettings(
        token=SecretStr("token"), api_url="http://127.0.0.1", channels=frozenset({"7"}), shards=None
    )
    found = {each.line async for each in DiscordCheck(settings, httpx.MockTransport(answer))()}
    assert "Discord: Discord allows no new session just now. Wait 2 h before the next start — failed" in found
    assert f"Discord: which servers the bot is in. {LATER[:-1]} — cannot be known from here" in found


def test_the_doctor_does_not_import_the_sdk() -> None:
    code = "import sys, bot.doctor; sys.exit('discord' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
