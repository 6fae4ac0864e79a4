"""The SDK's client with a connection that always comes back: what breaks it is named beside each guard.

Everything that the SDK does with REST, rates and caches is left to it. The gateway's loop is ours, because the SDK's
dies of a first connection that is refused and of an event that it cannot read, resumes after few kinds of resets only,
and waits for up to 1,024 s between two attempts.
"""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NoReturn, TypedDict

import structlog
import yarl
from typing_extensions import override

from adapters.discord.payload import JsonObject
from adapters.discord.rates import spend_what_is_left
from adapters.discord.sdk import aiohttp, discord
from adapters.port import ConfigurationRefused

log = structlog.get_logger("discord")

HEARTBEAT_TIMEOUT = 50.0
"""Seconds of silence after which a connection is dead. Discord asks for a heartbeat every 41 s and answers it."""

CONNECT_TIMEOUT = 30.0
LONGEST_PAUSE = 20.0
STEADY = 10.0
"""Seconds that a connection must have held for the next attempt to be made at once again."""

IDENTIFY_EVERY = 5.5
"""Seconds between two new sessions: Discord takes one in 5 (the gateway page: max_concurrency 1)."""

LOOK_AGAIN = 600.0
"""Seconds after which it is asked again whether a new session is allowed, however long Discord said that it is not."""

BROKEN = "the connection to Discord broke off and is being restored"
NONE_LEFT = (
    "Discord allows no new connection for another {wait}, since the bot was started too often; "
    "it then connects by itself. Look for what restarts it"
)

FATAL = {
    4004: "Discord does not accept the token: make a new one in the Developer Portal (Bot, Reset Token), "
    "and set DISCORD_TOKEN",
    4010: "Discord does not accept these shards: correct DISCORD_SHARDS, or leave it empty",
    4012: "Discord does not speak this version of its protocol any more: install a newer version",
    4013: "Discord does not know the intents that were asked for: install a newer version",
    4014: "the Message Content intent is not switched on: do so in the Developer Portal (Bot, Privileged Gateway "
    "Intents), or empty DISCORD_CHANNELS",
}
"""Close codes that no new attempt can help, and what to do about each (the gateway page: close event codes)."""

TOO_FEW = 4011

NETWORK: tuple[type[Exception], ...] = (
    OSError,
    TimeoutError,
    aiohttp.ClientError,
    discord.HTTPException,
    discord.GatewayNotFound,
    discord.RateLimited,
    RuntimeError,
)
"""What means that Discord cannot be reached just now (a RuntimeError: the connection was closed meanwhile)."""


@dataclass(slots=True)
class _Session:
    """What one shard needs in order to go on where it was. `gateway` is where to go for that."""

    shard: int
    id: str | None = None
    sequence: int | None = None
    gateway: yarl.URL | None = None


class _Shards(TypedDict, total=False):
    shard_ids: list[int]
    shard_count: int


class Connection(discord.AutoShardedClient):
    """`events` are taken raw, instead of by the SDK.

    `changed` hears what is in the way, in words for an admin; None when all shards are connected.
    """

    def __init__(
        self,
        *,
        listening: bool,
        shard_ids: tuple[int, ...] | None,
        shard_count: int | None,
        proxy: str | None,
        events: Mapping[str, Callable[[JsonObject], None]],
        changed: Callable[[str | None], None],
    ) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=listening)
        fixed: _Shards = {} if shard_ids is None else {"shard_ids": list(shard_ids)}
        if shard_count is not None:
            fixed["shard_count"] = shard_count
        super().__init__(
            intents=intents,
            **fixed,
            proxy=proxy,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            heartbeat_timeout=HEARTBEAT_TIMEOUT,
            max_ratelimit_timeout=30.0,
            assume_unsync_clock=True,
        )
        spend_what_is_left(self.http)
        self._changed = changed
        self._held_back: str | None = None
        self._connected: set[int] = set()
        self._shards_fixed = shard_count is not None
        self._identifying = asyncio.Lock()
        self._identified_at = float("-inf")
        self._known_gateway: yarl.URL | None = None
        parsers = self._connection.parsers
        for event, parse in [*parsers.items()]:
            parsers[event] = _guarded(event, parse)
        for event, take in events.items():
            parsers[event] = _guarded(event, take)

    @override
    async def connect(self, *, reconnect: bool = True) -> None:
        """Keep all shards of this process connected until cancelled. Raises `ConfigurationRefused`."""
        count, gateway = await self._limits()
        self._known_gateway = gateway
        if self._shards_fixed and self.shard_count is not None:
            count = self.shard_count
        self.shard_count = count
        shard_ids = self.shard_ids if self.shard_ids is not None else list(range(count))
        self._connection.shard_count = count
        self._connection.shard_ids = shard_ids
        try:
            async with asyncio.TaskGroup() as group:
                for shard in shard_ids:
                    group.create_task(self._keep(_Session(shard), gateway), name=f"discord shard {shard}")
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None

    async def _keep(self, session: _Session, gateway: yarl.URL) -> NoReturn:
        pause = 0.0
        loop = asyncio.get_running_loop()
        while True:
            began, least = loop.time(), 0.0
            try:
                if session.id is None:
                    gateway = await self._turn_to_identify()
                await self._follow(session, gateway)
            except discord.gateway.ReconnectWebSocket as asked:
                if not asked.resume:
                    session.id = session.sequence = session.gateway = None
                    # The gateway page: wait between one and five seconds before a new session is begun.
                    least = random.uniform(1.0, 5.0)  # noqa: S311
            except discord.ConnectionClosed as closed:
                self._judge(closed.code)
                session.id = session.sequence = session.gateway = None
            except NETWORK as error:
                log.warning("the connection broke off", shard=session.shard, why=_plain(error))
            except Exception:
                log.exception("something came that cannot be read", shard=session.shard)
            finally:
                if session.shard in self._connected and loop.time() > began + STEADY:
                    pause = 0.0
                self._connected.discard(session.shard)
                self._changed(self._held_back or BROKEN)
            await asyncio.sleep(max(least, pause * random.uniform(0.7, 1.0)))  # noqa: S311
            pause = min(LONGEST_PAUSE, max(1.0, pause * 2))

    def _judge(self, code: int) -> None:
        if code in FATAL:
            raise ConfigurationRefused(FATAL[code])
        if code == TOO_FEW:
            if self._shards_fixed:
                raise ConfigurationRefused("Discord wants more shards: raise their number in DISCORD_SHARDS")
            raise discord.GatewayNotFound
        log.warning("Discord closed the connection", code=code)

    async def _follow(self, session: _Session, gateway: yarl.URL) -> NoReturn:
        """One connection, until it ends with an exception."""
        socket = await asyncio.wait_for(
            discord.gateway.DiscordWebSocket.from_client(
                self,
                initial=True,
                gateway=session.gateway or gateway,
                shard_id=session.shard,
                session=session.id,
                sequence=session.sequence,
                resume=session.id is not None,
            ),
            CONNECT_TIMEOUT,
        )
        try:
            while True:
                await socket.poll_event()
                if socket.session_id is not None:
                    session.id, session.gateway = socket.session_id, socket.gateway
                    session.sequence = socket.sequence
        finally:
            if socket.sequence is not None:
                session.sequence = socket.sequence
            await socket.close(code=4000)

    async def _turn_to_identify(self) -> yarl.URL:
        """Wait for the turn of a new session; gives the gateway's address as it is now."""
        async with self._identifying:
            loop = asyncio.get_running_loop()
            await asyncio.sleep(max(0.0, self._identified_at + IDENTIFY_EVERY - loop.time()))
            gateway, self._known_gateway = self._known_gateway, None
            if gateway is None:
                _, gateway = await self._limits()
            self._identified_at = loop.time()
            return gateway

    async def _limits(self) -> tuple[int, yarl.URL]:
        """How many shards Discord recommends, and where the gateway is; waits where no new session is left."""
        while True:
            async with asyncio.timeout(CONNECT_TIMEOUT):
                count, url, limit = await self.http.get_bot_gateway()
            if limit["remaining"] > 0:
                self._held_back = None
                return count, yarl.URL(url)
            seconds = max(1.0, limit["reset_after"] / 1000)
            pause = min(seconds, LOOK_AGAIN)
            log.error("Discord allows no new session today any more", until_then=span(seconds), again_in=round(pause))
            self._held_back = NONE_LEFT.format(wait=span(seconds))
            self._changed(self._held_back)
            await asyncio.sleep(pause)

    @override
    def dispatch(self, event: str, /, *args: object, **kwargs: object) -> None:
        """The SDK tells what happens; only whether a shard is connected is of interest."""
        if event in ("shard_connect", "shard_resumed") and isinstance(args[0], int):
            self._connected.add(args[0])
            log.info("connected", shard=args[0], resumed=event == "shard_resumed")
            if set(self._connection.shard_ids) <= self._connected:
                self._changed(None)
        super().dispatch(event, *args, **kwargs)


def span(seconds: float) -> str:
    """A time to wait, as people say it: `3 h 20 min`."""
    hours, minutes = divmod(max(1, math.ceil(seconds / 60)), 60)
    return f"{hours} h {minutes} min" if hours and minutes else f"{hours} h" if hours else f"{minutes} min"


def _guarded(event: str, parse: Callable[..., None]) -> Callable[..., None]:
    """The SDK's client ends with the first event that it cannot read: such a one is left out instead."""

    def parse_or_leave_out(data: object) -> None:
        try:
            parse(data)
        except Exception:
            log.exception("an event cannot be read and is left out", event_name=event)

    return parse_or_leave_out


def _plain(error: BaseException) -> str:
    return str(error) or type(error).__name__
