"""What the doctor says of Discord, asked at the strict local one."""

from __future__ import annotations

from pydantic import SecretStr

from bot.doctor.discord import DiscordCheck
from bot.doctor.finding import Finding
from bot.settings.model import DiscordSettings
from tests.platforms.discord_server import DiscordOptions, discord_server


async def examine(api_url: str, token: str, channels: frozenset[str] = frozenset()) -> list[Finding]:
    settings = DiscordSettings(token=SecretStr(token), api_url=api_url, channels=channels, shards=None)
    return [finding async for finding in DiscordCheck(settings)()]


async def test_a_healthy_bot_is_proven_line_by_line() -> None:
    async with discord_server(DiscordOptions()) as server:
        server.places.guild("Studio")
        found = await examine(server.api_url, server.token)
        assert [finding.verdict.value for finding in found] == [
            *("proven", "proven", "proven"),
            "cannot be known from here",
        ]
        assert all(server.token not in finding.line for finding in found)
        assert "permissions=274878008384" in found[-1].line
        assert server.violations == []


async def test_a_bot_in_no_server_is_told_where_to_be_invited() -> None:
    async with discord_server(DiscordOptions()) as server:
        found = await examine(server.api_url, server.token)
        assert next(finding.line for finding in found if finding.verdict.value == "failed").startswith(
            "Discord: the bot is in no server. Invite it: https://discord.com/oauth2/authorize?client_id="
        )


async def test_a_wrong_token_is_said_in_one_line() -> None:
    async with discord_server(DiscordOptions()) as server:
        [finding] = await examine(server.api_url, "wrong")
        assert finding.line.startswith("Discord: the token is refused. Reset it")
        server.forgive("request_after_401")


async def test_listening_without_the_intent_is_a_failure() -> None:
    async with discord_server(DiscordOptions()) as server:
        server.places.guild("Studio")
        found = await examine(server.api_url, server.token, frozenset({"1"}))
        assert any("Message Content intent is off" in finding.line for finding in found)


async def test_a_discord_that_cannot_be_reached_is_said_in_one_line() -> None:
    [finding] = await examine("http://127.0.0.1:9", "token")
    assert finding.line.startswith("Discord: it cannot be reached.")
