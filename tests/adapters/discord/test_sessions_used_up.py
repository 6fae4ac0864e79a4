"""A bot that was started too often today: it says so, waits, and connects by itself. Over the real SDK."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from adapters.discord import connection
from adapters.discord.connection import BROKEN, LOOK_AGAIN, Connection, span
from tests.adapters.discord.test_rates import connection as a_connection
from tests.platforms.discord_server import DiscordOptions
from tests.scenarios.discord_house import discord_house, readiness, service


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(1, "1 min"), (61, "2 min"), (3599, "1 h"), (3600, "1 h"), (12_000, "3 h 20 min"), (86_400, "24 h")],
)
def test_a_wait_is_said_as_people_say_it(seconds: float, said: str) -> None:
    assert span(seconds) == said


async def test_the_admin_reads_why_and_for_how_long_and_it_connects_once_discord_allows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(connection, "LOOK_AGAIN", 1.0)
    async with discord_house(tmp_path, options=DiscordOptions(identify_spacing=0.1), running=False) as home:
        home.discord.account.starts = 1000
        async with service(home.settings, home.clock) as url:
            await home.until(lambda: any(each.path == "/gateway/bot" for each in home.discord.requests))
            async with asyncio.timeout(20):
                while (said := (await readiness(url))["discord"]) == "not connected to Discord yet":  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
            assert said == (
                "Discord allows no new connection for another 24 h, since the bot was started too often; "
                "it then connects by itself. Look for what restarts it"
            )
            assert home.discord.gateway.identifies == []
            home.discord.account.starts = 0
            await home.discord.connected()
            await home.until(lambda: len(home.discord.gateway.identifies) == 1)
    assert "Discord allows no new session today any more" in "".join(capsys.readouterr())


async def test_the_wait_is_looked_at_again_and_never_longer_than_discord_says(monkeypatch: pytest.MonkeyPatch) -> None:
    client, told, pauses = quiet(monkeypatch)
    answers = iter([(0, 7_200_000), (0, 6_600_000), (0, 30_000), (1, 0)])

    async def get_bot_gateway() -> tuple[int, str, dict[str, int]]:
        remaining, reset_after = next(answers)
        return 1, "wss://gateway.example", {"remaining": remaining, "reset_after": reset_after}

    monkeypatch.setattr(client.http, "get_bot_gateway", get_bot_gateway)
    assert (await client._limits())[0] == 1
    assert pauses == [LOOK_AGAIN, LOOK_AGAIN, 30.0]
    assert [each.split(",")[0].rpartition("another ")[2] for each in told] == ["2 h", "1 h 50 min", "1 min"]


async def test_what_holds_a_shard_back_is_not_hidden_by_another_that_breaks_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client, told, _ = quiet(monkeypatch)
    session = connection._Session(0, id="begun")

    async def follow(*_: object) -> None:
        raise ConnectionResetError if len(told) < 2 else asyncio.CancelledError

    monkeypatch.setattr(client, "_follow", follow)
    for held_back, said in ((None, BROKEN), ("wait", "wait")):
        told.clear()
        client._held_back = held_back
        with pytest.raises(asyncio.CancelledError):
            await client._keep(session, None)  # type: ignore[arg-type]
        assert set(told) == {said}


def quiet(monkeypatch: pytest.MonkeyPatch) -> tuple[Connection, list[str], list[float]]:
    """A connection, what it tells, and how long it pauses; none of that is waited for."""
    told: list[str] = []
    pauses: list[float] = []
    sleep = asyncio.sleep

    class Pauses:
        def __getattr__(self, name: str) -> object:
            return getattr(asyncio, name)

        async def sleep(self, seconds: float) -> None:
            pauses.append(seconds)
            await sleep(0)

    client = a_connection()
    monkeypatch.setattr(client, "_changed", told.append)
    monkeypatch.setattr(connection, "asyncio", Pauses())
    return client, told, pauses
