"""What Discord still allows is spent, and what is used up is not tried."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import cast

import pytest

from adapters.discord.connection import Connection
from adapters.discord.rates import Rate
from adapters.discord.rest import NotTaken, Rest
from adapters.discord.sdk import aiohttp, discord
from tests.platforms.discord.rates import Rate as Allowed
from tests.platforms.discord_server import discord_server

TOO_LONG = 600.0


def rate(kind: type[discord.http.Ratelimit], remaining: int, seconds: float = TOO_LONG) -> discord.http.Ratelimit:
    """A rate of ten as an answer told it, that begins anew after so long."""
    made = kind(30.0)
    made.limit, made.remaining, made.reset_after = 10, remaining, seconds
    made.expires = asyncio.get_running_loop().time() + seconds
    return made


async def test_the_sdk_itself_refuses_what_is_allowed() -> None:
    """Why there is a rate of our own; where this ends, it can go."""
    with pytest.raises(discord.RateLimited):
        await rate(discord.http.Ratelimit, 9).acquire()


async def test_what_is_left_of_a_long_rate_is_spent_to_the_last_and_no_further() -> None:
    found = rate(Rate, 9)
    for left in range(8, -1, -1):
        await found.acquire()
        assert (found.remaining, found.outgoing) == (left, 9 - left)
    with pytest.raises(discord.RateLimited) as refused:
        await found.acquire()
    assert refused.value.retry_after == pytest.approx(TOO_LONG, abs=5)


async def test_a_rate_that_began_anew_is_whole_again() -> None:
    found = rate(Rate, 0, seconds=-1.0)
    await found.acquire()
    assert found.remaining == 9


async def test_calls_in_a_long_rate_go_through_as_long_as_discord_takes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over the real SDK: private conversations, of which Discord allows few in ten minutes."""
    path = "/users/@me/channels"
    async with discord_server() as server:
        monkeypatch.setattr(discord.http.Route, "BASE", server.api_url)
        guild = server.places.guild()
        people = [server.places.user(f"user{number}", guild) for number in range(4)]
        server.trouble._rates.set(f"POST {path}", "", Allowed(3, TOO_LONG), 3, TOO_LONG)
        client = connection()
        async with client:
            await client.login(server.token)
            rest = Rest(client.http)
            opened = [await rest.table("POST", path, json={"recipient_id": str(person.id)}) for person in people[:3]]
            assert len({cast(str, each["id"]) for each in opened}) == 3
            for _ in range(3):
                with pytest.raises(NotTaken) as refused:
                    await rest.table("POST", path, json={"recipient_id": str(people[3].id)})
                assert refused.value.retry_after == pytest.approx(TOO_LONG, abs=60)
        assert len([each for each in server.requests if each.path == path]) == 3
        assert server.violations == []


async def test_a_rate_that_is_used_up_for_a_moment_is_waited_for() -> None:
    found = rate(Rate, 1, seconds=0.05)
    async with found:
        pass
    async with asyncio.timeout(5), found:
        assert found.remaining == 9


@pytest.mark.parametrize("seconds", [20.0, TOO_LONG])
async def test_the_last_call_of_a_rate_does_not_wait_for_the_next(seconds: float) -> None:
    found = rate(Rate, 1, seconds)
    async with asyncio.timeout(5), found:
        pass
    assert found.remaining == 0


async def test_a_call_that_breaks_off_before_anything_is_known_leaves_its_place_to_the_next() -> None:
    found = Rate(30.0)

    async def broken() -> None:
        async with found:
            await asyncio.sleep(0)
            raise ConnectionResetError

    async with asyncio.timeout(5):
        ended = await asyncio.gather(*(broken() for _ in range(3)), return_exceptions=True)
    assert [type(each) for each in ended] == [ConnectionResetError] * 3
    async with asyncio.timeout(5), found:
        pass


@dataclass
class Answer:
    """What the SDK reads of one."""

    headers: dict[str, str]


class Window:
    """Discord's side of a rate: so many calls in each so many seconds, counted from the first."""

    def __init__(self, limit: int, seconds: float) -> None:
        self.limit = limit
        self.seconds = seconds
        self.ends = 0.0
        self.used = 0
        self.refused = 0
        self.windows = 0

    def answer(self) -> Answer:
        now = asyncio.get_running_loop().time()
        if now >= self.ends:
            self.ends, self.used, self.windows = now + self.seconds, 0, self.windows + 1
        self.used += 1
        self.refused += self.used > self.limit
        return Answer(
            {
                "X-Ratelimit-Limit": str(self.limit),
                "X-Ratelimit-Remaining": str(max(0, self.limit - self.used)),
                "X-Ratelimit-Reset-After": f"{self.ends - now:.3f}",
            }
        )


@pytest.mark.parametrize("callers", [5, 6, 23])
@pytest.mark.parametrize("slowness", [0.0, 0.03])
async def test_many_who_wait_all_get_their_turn_and_none_too_early(callers: int, slowness: float) -> None:
    """Nothing is known of the rate at first; the answers tell."""
    found, window = Rate(30.0), Window(5, 0.1)

    async def call(number: int) -> None:
        async with found:
            await asyncio.sleep(slowness * (number % 3))
            answer = window.answer()
            await asyncio.sleep(slowness)
            found.update(cast(aiohttp.ClientResponse, answer))

    async with asyncio.timeout(10):
        await asyncio.gather(*(call(number) for number in range(callers)))
    assert window.refused == 0
    assert window.windows >= callers / 5
    assert (found.outgoing, len(found._pending_requests)) == (0, 0)


def connection() -> Connection:
    return Connection(
        listening=False,
        shard_ids=None,
        shard_count=None,
        proxy=None,
        events={},
        changed=lambda _: None,
    )
