"""The local Discord notes pings, haste and stubbornness, and breaks on demand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.platforms.discord_server import Channel, DiscordOptions, DiscordServer, User, discord_server
from tests.platforms.raw_discord import AGENT, Api, api

Json = dict[str, Any]


class Time:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


@pytest.fixture
def time() -> Time:
    """All of the server's clocks."""
    return Time()


@pytest.fixture
async def server(time: Time) -> AsyncIterator[DiscordServer]:
    """A Discord whose time stands still."""
    async with discord_server(DiscordOptions(clock=time, stopwatch=time, invalid_limit=20)) as found:
        yield found


@pytest.fixture
async def rest(server: DiscordServer) -> AsyncIterator[Api]:
    """The bot's REST client."""
    async with api(server) as found:
        yield found


@pytest.fixture
def channel(server: DiscordServer) -> Channel:
    """A channel with the bot in it."""
    return server.places.channel(server.places.guild())


@pytest.fixture
def ann(server: DiscordServer, channel: Channel) -> User:
    """Somebody who asks."""
    assert channel.guild is not None
    return server.places.user("ann", channel.guild)


@pytest.fixture
def bob(server: DiscordServer, channel: Channel) -> User:
    """Somebody who does not."""
    assert channel.guild is not None
    return server.places.user("bob", channel.guild)


def names(server: DiscordServer) -> list[str]:
    """The names of what was noted."""
    return [violation.name for violation in server.violations]


async def test_the_asker_may_be_pinged(server: DiscordServer, rest: Api, channel: Channel, ann: User) -> None:
    """By a reply or by a mention that is let through."""
    asked = server.say(ann, channel, "a cat")
    reference = {"message_id": str(asked.id)}
    await rest.send(channel, message_reference=reference, allowed_mentions={"parse": [], "replied_user": True})
    await rest.send(channel, ann.mention, allowed_mentions={"users": [str(ann.id)]})
    assert [shown.pings for shown in server.messages(channel)] == [{ann.id}, {ann.id}]
    assert server.violations == []


@pytest.mark.parametrize(
    ("allowed", "noted"),
    [
        ({"parse": []}, []),
        ({"parse": ["users"]}, ["pings_stranger"]),
        ({"parse": ["everyone"]}, ["pings_everyone", "pings_stranger", "pings_several"]),
        ({"parse": ["roles"]}, ["pings_role", "pings_stranger"]),
        (None, ["no_allowed_mentions", "pings_everyone", "pings_role", "pings_stranger", "pings_several"]),
    ],
)
async def test_a_ping_that_would_happen_is_noted_and_one_that_would_not_is_none(
    server: DiscordServer, rest: Api, channel: Channel, bob: User, allowed: Json | None, noted: list[str]
) -> None:
    """The words and what is let through decide together."""
    assert channel.guild is not None
    role = server.places.role(channel.guild, "painters", bob, mentionable=True)
    body = rest.message(f"@everyone {bob.mention} <@&{role.id}>", allowed_mentions=allowed)
    body = {key: value for key, value in body.items() if value is not None}
    await rest.call("POST", f"/channels/{channel.id}/messages", body)
    assert names(server) == noted


async def test_everyone_is_noted_even_where_the_bot_could_not(
    server: DiscordServer, rest: Api, channel: Channel
) -> None:
    """Without the permission nobody hears it; the wish was there."""
    server.places.deny(channel, "mention_everyone")
    await rest.send(channel, "@here", allowed_mentions={"parse": ["everyone"]})
    assert server.messages(channel)[0].pings == frozenset()
    assert names(server) == ["pings_everyone"]


async def test_a_reply_pings_its_author_only(
    server: DiscordServer, rest: Api, channel: Channel, ann: User, bob: User
) -> None:
    """Another asker of the channel is a stranger there."""
    asked = server.say(ann, channel, "a cat")
    server.say(bob, channel, "a dog")
    allowed = {"users": [str(bob.id)], "replied_user": False}
    await rest.send(channel, bob.mention, message_reference={"message_id": str(asked.id)}, allowed_mentions=allowed)
    assert names(server) == ["pings_stranger"]


async def test_rate_headers_tell_and_the_sixth_message_is_429(
    server: DiscordServer, rest: Api, channel: Channel, time: Time
) -> None:
    """5 in 5 s for each channel; nothing is stored; waiting as told is no violation."""
    answers = [await rest.send(channel) for _ in range(6)]
    assert [one.headers["X-RateLimit-Remaining"] for one in answers] == ["4", "3", "2", "1", "0", "0"]
    assert [one.headers["X-RateLimit-Reset-After"] for one in answers] == ["5.000"] * 6
    last = answers[-1]
    assert (last.status_code, last.json()["retry_after"], last.headers["Via"]) == (429, 5.0, "1.1 google")
    assert len(server.messages(channel)) == 5
    assert channel.guild is not None
    assert (await rest.send(server.places.channel(channel.guild, "other"))).status_code == 200
    time.now += 5
    assert (await rest.send(channel)).status_code == 200
    assert server.violations == []


async def test_sending_while_a_429_is_in_force_is_noted(
    server: DiscordServer, rest: Api, channel: Channel, time: Time
) -> None:
    """Once the answer had the time to arrive."""
    server.trouble.rate_limit(channel, remaining=0, reset_after=2)
    await rest.send(channel)
    await rest.send(channel)
    assert server.violations == []
    time.now += 1
    assert (await rest.send(channel)).json()["retry_after"] == 1.0
    assert names(server) == ["sent_while_limited"]


async def test_all_together_may_send_50_a_second(server: DiscordServer, rest: Api, time: Time) -> None:
    """The 51st is a global 429; the gateway's address is not counted."""
    guild = server.places.guild()
    channels = [server.places.channel(guild, str(number)) for number in range(51)]
    answers = [await rest.send(one) for one in channels]
    assert [one.status_code for one in answers] == [200] * 50 + [429]
    assert answers[-1].json()["global"] is True
    assert (await rest.call("GET", "/gateway", headers={"Authorization": None})).status_code == 200
    time.now += 1
    assert (await rest.send(channels[-1])).status_code == 200
    server.trouble.limit_everything(3)
    assert (await rest.send(channels[0])).headers["X-RateLimit-Global"] == "true"


async def test_a_wrong_token_is_401_and_insisting_is_noted(server: DiscordServer, rest: Api, time: Time) -> None:
    """So is insisting after the token was reset."""
    server.trouble.revoke_token()
    old = {"Authorization": "Bot old"}
    assert (await rest.call("GET", "/users/@me", headers=old)).status_code == 401
    assert server.violations == []
    time.now += 1
    assert (await rest.call("GET", "/users/@me", headers=old)).status_code == 401
    assert names(server) == ["request_after_401"]


async def test_too_many_wrong_requests_ban(server: DiscordServer, rest: Api, channel: Channel, time: Time) -> None:
    """Then the answer is a page without JSON, whatever is asked, for ten minutes."""
    server.places.deny(channel, "view_channel")
    for _ in range(20):
        assert (await rest.call("GET", f"/channels/{channel.id}")).status_code in {403, 429}
    response = await rest.call("GET", "/users/@me")
    assert (response.status_code, "Via" in response.headers) == (429, False)
    assert "banned_for_invalid_requests" in names(server)
    time.now += 601
    assert (await rest.call("GET", "/users/@me")).status_code == 200


@pytest.mark.parametrize("agent", ["", "curl/8"])
async def test_a_user_agent_is_asked_for(server: DiscordServer, rest: Api, agent: str) -> None:
    """With a token it has to be a bot's."""
    await rest.call("GET", "/users/@me", headers={"User-Agent": agent})
    assert names(server) == ["no_user_agent"]


async def test_an_unknown_route_is_noted(server: DiscordServer, rest: Api) -> None:
    """A typing error is no success."""
    assert (await rest.call("GET", "/nothing")).status_code == 404
    assert names(server) == ["unknown_route"]


@pytest.mark.parametrize(("when", "stored"), [("before", 0), ("after", 1)])
@pytest.mark.parametrize("outcome", [500, 503, "reset"])
async def test_the_next_request_fails_as_told(
    server: DiscordServer, rest: Api, channel: Channel, when: Any, stored: int, outcome: Any
) -> None:
    """Before or after the message was stored; the one after that is as ever."""
    server.trouble.fail_next("POST /channels/*/messages", outcome, when)
    if outcome == "reset":
        with pytest.raises(httpx.ReadError):
            await rest.send(channel)
    else:
        assert (await rest.send(channel)).status_code == outcome
    assert len(server.messages(channel)) == stored
    assert (await rest.send(channel)).status_code == 200


async def test_the_doctor_can_ask(server: DiscordServer, rest: Api, channel: Channel) -> None:
    """Who the bot is, which privileged intents are on, its guilds and permissions."""
    assert channel.guild is not None
    guild = channel.guild.id
    me = (await rest.call("GET", "/users/@me")).json()
    application = (await rest.call("GET", "/applications/@me")).json()
    assert (me["id"], application["id"], application["flags"]) == (str(server.bot.id), str(server.bot.id), 0)
    assert [one["id"] for one in (await rest.call("GET", "/users/@me/guilds")).json()] == [str(guild)]
    member = (await rest.call("GET", f"/guilds/{guild}/members/{server.bot.id}")).json()
    roles = (await rest.call("GET", f"/guilds/{guild}/roles")).json()
    assert member["roles"] == [role["id"] for role in roles if role["managed"]]
    channels = (await rest.call("GET", f"/guilds/{guild}/channels")).json()
    assert [one["id"] for one in channels] == [str(channel.id)]


async def test_the_servers_own_words_for_a_wrong_body(server: DiscordServer) -> None:
    """JSON that is none, and a body that does not say that it is JSON."""
    async with httpx.AsyncClient(trust_env=False) as client:
        channel = server.places.channel(server.places.guild())
        url = f"{server.api_url}/channels/{channel.id}/messages"
        headers = {"User-Agent": AGENT, "Authorization": f"Bot {server.token}"}
        typed = {**headers, "Content-Type": "application/json"}
        assert (await client.post(url, content=b"{", headers=typed)).json()["code"] == 50109
        assert (await client.post(url, content=b"{}", headers=headers)).status_code == 415


async def test_a_window_that_is_told_to_be_shorter_holds_as_many_messages_and_not_one_more(time: Time) -> None:
    """So that scenarios on fast time need not wait for Discord's real windows, and keep to its rates all the same."""
    async with (
        discord_server(DiscordOptions(clock=time, stopwatch=time, window_scale=0.1)) as server,
        api(server) as rest,
    ):
        channel = server.places.channel(server.places.guild())
        path = f"/channels/{channel.id}/messages"
        for window in range(2):
            answers = [await rest.call("POST", path, rest.message(f"{window} {number}")) for number in range(6)]
            assert [each.status_code for each in answers] == [200] * 5 + [429]
            assert answers[5].json()["retry_after"] == 0.5
            time.now += 0.51
        assert len(server.messages(channel)) == 10
