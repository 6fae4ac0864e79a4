"""Several processes with a part of the shards each; sessions that are used up; guilds that are gone."""

from __future__ import annotations

import asyncio
import re
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import structlog

from adapters.discord import connection
from bot.store import open_store
from protocol.job import State
from tests.platforms.discord.rates import Rate
from tests.platforms.discord_server import Channel, DiscordOptions
from tests.scenarios.discord_house import DiscordHouse, discord_house, readiness, service
from tests.scenarios.house import settings_for

SHARDS = 4


def one_guild_a_shard(home: DiscordHouse) -> list[Channel]:
    """A channel for each of the shards, in their order, mei in all of the guilds."""
    found: dict[int, Channel] = {}
    while len(found) < SHARDS:
        guild = home.discord.places.guild(f"Studio {len(home.discord.world.guilds)}")
        home.discord.places.join(home.mei, guild)
        found.setdefault((guild.id >> 22) % SHARDS, home.discord.places.channel(guild))
    return [found[number] for number in range(SHARDS)]


async def test_two_processes_share_the_shards_and_each_message_is_answered_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "IDENTIFY_EVERY", 0.1)
    options = DiscordOptions(identify_spacing=0.0)
    house = discord_house(tmp_path, options=options, running=False)
    async with house as home, AsyncExitStack() as stack:
        channels = one_guild_a_shard(home)
        home.discord.rates.set("GET /gateway/bot", "", Rate(20, 20.0), 20, 20.0)
        for ids in ("0,1", "2,3"):
            settings = settings_for(
                home.sandbox,
                tmp_path / ids,
                DISCORD_TOKEN=home.discord.token,
                DISCORD_API_URL=home.discord.api_url,
                DISCORD_SHARDS=f"{ids}/{SHARDS}",
            )
            await stack.enter_async_context(service(settings, home.clock))
        await home.until(lambda: len(home.discord.gateway.live) == SHARDS)
        assert sorted(each.shard for each in home.discord.gateway.identifies) == [(n, SHARDS) for n in range(SHARDS)]
        for channel in channels:
            home.discord.say(home.mei, channel, "hello")
        # Direct messages come to the first shard.
        home.discord.dm(home.mei, "hello")
        places = [*channels, home.discord.direct(home.mei)]
        for place in places:
            await home.ended(place)
        assert [home.steps(place) for place in places] == ["r"] * 5


async def test_without_a_session_left_none_is_begun_and_a_line_says_so(tmp_path: Path) -> None:
    """One more than the day's would cost the token."""
    async with discord_house(tmp_path, options=DiscordOptions(identify_limit=1), running=False) as home:
        async with service(home.settings, home.clock):
            await home.discord.connected()
        await home.until(lambda: not home.discord.gateway.live)
        asked = len(home.discord.requests)
        with structlog.testing.capture_logs() as logs:
            async with service(home.settings, home.clock) as url:
                await home.until(lambda: any("no new session" in each["event"] for each in logs))
                assert (await readiness(url))["discord"] is not None
                await asyncio.sleep(1)
        paths = [each.path for each in home.discord.requests[asked:]]
        assert paths.count("/gateway/bot") == 1
        assert len(home.discord.gateway.identifies) == 1
        line = next(each for each in logs if "no new session" in each["event"])
        assert line["log_level"] == "error"
        assert line["again_in"] == connection.LOOK_AGAIN


async def test_a_session_that_breaks_off_goes_on_though_no_new_one_is_left(tmp_path: Path) -> None:
    async with discord_house(tmp_path, options=DiscordOptions(identify_limit=1)) as home:
        home.discord.say(home.mei, home.channel, "hello")
        await home.ended()
        home.discord.trouble.drop()
        await home.until(lambda: home.discord.gateway.resumes)
        home.discord.say(home.mei, home.channel, "hello")
        await home.ended(jobs=2)
        assert home.steps() == "rr"


async def test_what_is_delivered_again_after_a_resume_is_answered_once(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        home.discord.say(home.mei, home.channel, "hello")
        await home.ended()
        home.discord.trouble.drop()
        home.discord.say(home.mei, home.channel, "画一张猫")
        await home.until(lambda: home.discord.gateway.resumes)
        home.discord.trouble.replay_last_event()
        await home.until(lambda: "3" in home.steps())
        assert re.fullmatch("r012*3", home.steps())
        assert (await home.state())["counts"]["create"] == 1


async def test_a_guild_that_is_gone_while_drawing_brings_the_picture_in_private(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        with home.brush.held():
            home.discord.say(home.mei, home.channel, "画一张猫")
            await home.until(lambda: "1" in home.steps())
            home.discord.places.delete_guild(home.guild)
        direct = home.discord.direct(home.mei)
        shown = await home.ended(direct)
        assert home.steps(direct).endswith("3")
        assert shown[-1].attachments
        assert (await home.state())["counts"]["create"] == 1


async def test_a_picture_that_nobody_can_be_given_is_kept_and_given_once_the_way_is_open(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        with home.brush.held():
            home.discord.say(home.mei, home.channel, "画一张猫")
            home.discord.say(home.tom, home.channel, "draw a cat")
            await home.until(lambda: home.steps().count("1") == 2)
            home.discord.places.block_bot(home.mei)
            home.discord.places.block_bot(home.tom)
            home.discord.places.delete_guild(home.guild)
        await home.until(lambda: [each.status for each in home.discord.requests].count(403) >= 2)
        home.discord.places.block_bot(home.tom, blocked=False)
        await home.ended(home.discord.direct(home.tom))
        store = await open_store(home.settings.database_url.get_secret_value())
        try:
            kept = [
                each.job for each in await store.newest_jobs(2) if each.job.request.address.user == str(home.mei.id)
            ]
        finally:
            await store.close()
        assert [each.state for each in kept] == [State.DELIVERING]
