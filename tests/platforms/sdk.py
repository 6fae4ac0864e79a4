"""The real discord.py, unmodified, pointed at the local Discord."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from unittest.mock import patch

import yarl

from tests.platforms.discord_server import DiscordServer

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # It imports audioop, for voice.
    import discord
    from discord import app_commands

__all__ = ["app_commands", "client", "discord", "pointed", "running"]


def client(**options: object) -> discord.Client:
    """A client with the least intents that a bot lives with."""
    intents = discord.Intents.none()
    intents.guilds = intents.guild_messages = intents.dm_messages = True
    settings: dict[str, object] = {
        "intents": intents,
        "allowed_mentions": discord.AllowedMentions.none(),
        "guild_ready_timeout": 0.05,
        **options,
    }
    return discord.Client(**settings)  # type: ignore[arg-type]


@contextmanager
def pointed(server: DiscordServer) -> Iterator[None]:
    """Point the library at the server for as long as the block lasts."""
    with (
        patch.object(discord.http.Route, "BASE", server.api_url),
        patch.object(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(server.gateway.url)),
    ):
        yield


@asynccontextmanager
async def running(
    server: DiscordServer, bot: discord.Client, prepare: Callable[[], None] | None = None
) -> AsyncIterator[asyncio.Task[None]]:
    """Run a client against the server for as long as the block lasts."""
    with pointed(server):
        if prepare is not None:
            prepare()
        task = asyncio.create_task(bot.start(server.token))
        try:
            await server.connected()
            yield task
        finally:
            await bot.close()
            await asyncio.gather(task, return_exceptions=True)
            await asyncio.sleep(0)
