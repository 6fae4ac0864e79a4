"""Discord: the token, what the application may, what is in the way of commands, and where the bot may answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias

import httpx

from adapters.discord.payload import JsonObject, string, table, tables, whole
from adapters.discord.permissions import invitation
from bot.doctor.discord_places import AREA, Server, configured_finding, server_findings, shown
from bot.doctor.finding import Finding, failed, proven, unknown
from bot.settings.model import DiscordSettings

PORTAL = "https://discord.com/developers/applications"
MESSAGE_CONTENT = (1 << 18) | (1 << 19)
"""The application's flags for the Message Content intent, in full or limited."""

SECONDS = 15.0
MOST_SERVERS = 10
"""Servers whose channels are looked at: more would take long, and Discord counts the calls."""

SERVERS_A_SHARD = 2500
TOO_MANY = 429


ATTEMPTS = 3
LONGEST_WAIT = 5.0
"""Seconds that are waited where Discord says that it was asked too often; a longer wait is left to who looks."""

LATER = "Discord did not answer that: look again later."

Sleep: TypeAlias = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class DiscordCheck:
    """Asks Discord about the bot's own application; nothing is sent to any channel, and no session is used up."""

    settings: DiscordSettings
    transport: httpx.AsyncBaseTransport | None = None
    sleep: Sleep = asyncio.sleep

    async def __call__(self) -> AsyncIterator[Finding]:
        headers = {
            "Authorization": f"Bot {self.settings.token.get_secret_value()}",
            "User-Agent": "DiscordBot (imabot doctor, 1.0)",
        }
        async with httpx.AsyncClient(headers=headers, timeout=SECONDS, transport=self.transport) as client:
            async for finding in _look(_Discord(client, self.settings.api_url, self.sleep), self.settings):
                yield finding


class _NoAnswer(Exception):
    """What was asked is not known now."""


class _Unreachable(_NoAnswer):
    """No answer, or none that is Discord's."""


class _Refused(_NoAnswer):
    """Discord said no."""

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status}")
        self.status = status


@dataclass(slots=True)
class _Discord:
    """Reading at Discord, and what was read of servers. `gone`: it cannot be reached, and is not asked again."""

    client: httpx.AsyncClient
    url: str
    sleep: Sleep
    gone: bool = False
    servers: dict[str, Server] = field(default_factory=dict)

    async def read(self, path: str) -> object:
        """What is there. An overload that passes soon is waited out. Raises `_NoAnswer`."""
        for attempt in range(1, ATTEMPTS + 1):
            answer = await self._ask(path)
            status = answer.status_code
            if status == httpx.codes.OK:
                break
            wait = _wait(answer)
            if attempt == ATTEMPTS or wait > LONGEST_WAIT or not (status == TOO_MANY or status >= 500):
                raise _Refused(status)
            await self.sleep(wait)
        try:
            found: object = answer.json()
        except ValueError as error:
            raise _Unreachable from error
        return found

    async def _ask(self, path: str) -> httpx.Response:
        if self.gone:
            raise _Unreachable
        try:
            return await self.client.get(f"{self.url}{path}")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            # Each further question would wait as long as this one did.
            self.gone = True
            raise _Unreachable from error

    async def table(self, path: str) -> JsonObject:
        """An object. Raises `_NoAnswer`, also where it is something else."""
        found = await self.read(path)
        if not isinstance(found, dict):
            raise _Unreachable
        return found

    async def tables(self, path: str) -> tuple[JsonObject, ...]:
        """The objects of a list. Raises `_NoAnswer`, also where it is something else."""
        found = await self.read(path)
        if not isinstance(found, list):
            raise _Unreachable
        return tables({"answer": found}, "answer")

    async def server(self, identity: str, bot: str) -> Server:
        """A server and the bot's part in it. Raises `_NoAnswer`."""
        if identity not in self.servers:
            guild = await self.table(f"/guilds/{identity}")
            member = await self.table(f"/guilds/{identity}/members/{bot}")
            roles = member.get("roles")
            channels = await self.tables(f"/guilds/{identity}/channels")
            self.servers[identity] = Server(
                identity,
                string(guild, "name"),
                tables(guild, "roles"),
                tuple(each for each in roles if isinstance(each, str)) if isinstance(roles, list) else (),
                bot,
                {string(each, "id"): each for each in channels},
            )
        return self.servers[identity]


def _wait(answer: httpx.Response) -> float:
    """Seconds to wait before asking once more."""
    said = answer.headers.get("Retry-After", "")
    return float(said) if said.replace(".", "", 1).isdecimal() else 1.0


async def _look(discord: _Discord, settings: DiscordSettings) -> AsyncIterator[Finding]:
    try:
        application = await discord.table("/applications/@me")
    except _Unreachable:
        yield failed(AREA, "it cannot be reached", "Check the network, HTTPS_PROXY and DISCORD_API_URL.")
        return
    except _Refused as refused:
        if refused.status == httpx.codes.UNAUTHORIZED:
            yield failed(AREA, "the token is refused", f"Reset it at {PORTAL} (Bot), and set DISCORD_TOKEN.")
        else:
            yield failed(AREA, "it does not answer as it should", "Try again later, or check DISCORD_API_URL.")
        return
    identity = string(application, "id")
    if not identity:
        yield failed(AREA, "it does not answer as it should", "Try again later, or check DISCORD_API_URL.")
        return
    bot, invite = string(table(application, "bot"), "id") or identity, invitation(identity)
    for finding in application_findings(application, settings):
        yield finding
    yield await _sessions(discord, settings, application)
    yield await _commands(discord, identity)
    for channel in sorted(settings.channels):
        yield await _configured(discord, channel, bot)
    async for finding in _servers(discord, bot, invite):
        yield finding
    yield unknown(AREA, "whether a connection to its gateway gets through", "`imabot run` says `connected`.")
    missing_commands = "where /draw is missing, open the invitation once more"
    yield unknown(AREA, "whether each server took the commands with the bot", f"{missing_commands}: {invite}")


def application_findings(application: JsonObject, settings: DiscordSettings) -> list[Finding]:
    """What the application's own page says."""
    found = [proven(AREA, f"the token is accepted; the application is {string(application, 'id')}")]
    listens = bool(whole(application, "flags") & MESSAGE_CONTENT)
    if settings.channels and not listens:
        advice = f"Switch it on at {PORTAL} (Bot), or leave DISCORD_CHANNELS empty."
        found.append(failed(AREA, "channels are listened to, but the Message Content intent is off", advice))
    elif settings.channels:
        found.append(proven(AREA, "the Message Content intent is on, as listening in channels needs"))
    else:
        more = f"Message Content is on, and may be switched off at {PORTAL} (Bot)" if listens else ""
        found.append(proven(AREA, "no privileged intent is needed", more))
    if string(application, "interactions_endpoint_url"):
        advice = f"Empty Interactions Endpoint URL at {PORTAL} (General Information)."
        found.append(failed(AREA, "commands and buttons go to another address and not to the bot", advice))
    else:
        found.append(proven(AREA, "commands and buttons come to the bot"))
    if application.get("bot_require_code_grant") is True:
        advice = f"Switch Requires OAuth2 Code Grant off at {PORTAL} (Bot)."
        found.append(failed(AREA, "nobody can invite the bot by its invitation", advice))
    return found


async def _sessions(discord: _Discord, settings: DiscordSettings, application: JsonObject) -> Finding:
    try:
        gateway = await discord.table("/gateway/bot")
    except _NoAnswer:
        return unknown(AREA, "how many sessions are left today", LATER)
    limit = table(gateway, "session_start_limit")
    if "remaining" not in limit:
        return unknown(AREA, "how many sessions are left today", LATER)
    if not whole(limit, "remaining"):
        hours = max(1, round(whole(limit, "reset_after") / 3_600_000))
        return failed(AREA, "Discord allows no new session just now", f"Wait {hours} h before the next start.")
    servers, shards = whole(application, "approximate_guild_count"), settings.shards
    if shards is not None and servers > shards.count * SERVERS_A_SHARD:
        advice = f"Discord recommends {whole(gateway, 'shards')}: raise their number, or leave DISCORD_SHARDS empty."
        return failed(AREA, f"{shards.count} shard(s) are too few for {servers} servers", advice)
    left = f"{whole(limit, 'remaining')} of {whole(limit, 'total')} sessions are left today"
    return proven(AREA, f"Discord recommends {whole(gateway, 'shards')} shard(s), and {left}")


async def _commands(discord: _Discord, application: str) -> Finding:
    try:
        names = [string(each, "name") for each in await discord.tables(f"/applications/{application}/commands")]
    except _NoAnswer:
        return unknown(AREA, "whether /draw and the other commands are registered", LATER)
    if "draw" not in names:
        return unknown(
            AREA, "whether /draw and the other commands can be registered", "The first `imabot run` does it."
        )
    return proven(AREA, f"{len(names)} commands are registered")


async def _configured(discord: _Discord, channel: str, bot: str) -> Finding:
    what = f"DISCORD_CHANNELS names {channel}"
    try:
        found = await discord.table(f"/channels/{channel}")
        guild = string(found, "guild_id")
        if not guild:
            return failed(
                AREA, f"{what}, which is in no server", "Take it out of the list: in private it listens anyway."
            )
    except _Refused as refused:
        if refused.status == httpx.codes.NOT_FOUND:
            advice = "Copy the id anew: Developer Mode on, right-click the channel, Copy Channel ID."
            return failed(AREA, f"{what}, and there is no such channel", advice)
        if refused.status == httpx.codes.FORBIDDEN:
            advice = "Invite the bot to its server; or Edit Channel, Permissions, add the bot's role, and allow it."
            return failed(AREA, f"{what}, where it lacks View Channel", advice)
        return unknown(AREA, f"whether it may answer in the channel {channel}", LATER)
    except _Unreachable:
        return unknown(AREA, f"whether it may answer in the channel {channel}", LATER)
    try:
        return configured_finding(await discord.server(guild, bot), found)
    except _NoAnswer:
        return unknown(AREA, f"whether it may answer in the channel {channel}", LATER)


async def _servers(discord: _Discord, bot: str, invite: str) -> AsyncIterator[Finding]:
    try:
        servers = await discord.tables("/users/@me/guilds")
    except _NoAnswer:
        yield unknown(AREA, "which servers the bot is in", LATER)
        return
    if not servers:
        yield failed(AREA, "the bot is in no server", f"Invite it: {invite}")
        return
    names = ", ".join(shown(string(each, "name")) for each in servers[:MOST_SERVERS])
    count = f"{len(servers)} or more" if len(servers) >= 200 else f"{len(servers)}"
    yield proven(AREA, f"the bot is in {count} server(s): {names}{', …' if len(servers) > MOST_SERVERS else ''}")
    for each in servers[:MOST_SERVERS]:
        try:
            server = await discord.server(string(each, "id"), bot)
        except _NoAnswer:
            yield unknown(AREA, f"where it may answer in {shown(string(each, 'name'))}", LATER)
            continue
        for finding in server_findings(server, invite):
            yield finding
    if len(servers) > MOST_SERVERS:
        yield unknown(AREA, "where it may answer in the other servers")
