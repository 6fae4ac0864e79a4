"""Discord: the token, what the application may, where to invite it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx

from bot.doctor.finding import Finding, failed, proven, unknown
from bot.settings.model import DiscordSettings

AREA = "Discord"
PORTAL = "https://discord.com/developers/applications"
PERMISSIONS = 274878008384
"""View Channels, Send Messages, Send Messages in Threads, Attach Files, Read Message History, Add Reactions."""

MESSAGE_CONTENT = (1 << 18) | (1 << 19)
"""The application's flags for the Message Content intent, in full or limited."""

SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class DiscordCheck:
    """Asks Discord about the bot's own application; nothing is sent to any channel."""

    settings: DiscordSettings
    transport: httpx.AsyncBaseTransport | None = None

    async def __call__(self) -> AsyncIterator[Finding]:
        headers = {
            "Authorization": f"Bot {self.settings.token.get_secret_value()}",
            "User-Agent": "DiscordBot (imabot doctor, 1.0)",
        }
        async with httpx.AsyncClient(headers=headers, timeout=SECONDS, transport=self.transport) as client:
            try:
                answer = await client.get(f"{self.settings.api_url}/applications/@me")
                guilds = await client.get(f"{self.settings.api_url}/users/@me/guilds")
                application = answer.json() if answer.status_code == httpx.codes.OK else None
                seen = guilds.json() if guilds.status_code == httpx.codes.OK else []
            except (httpx.HTTPError, ValueError):
                yield failed(AREA, "it cannot be reached", "Check the network, HTTPS_PROXY and DISCORD_API_URL.")
                return
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            yield failed(AREA, "the token is refused", f"Reset it at {PORTAL} (Bot), and set DISCORD_TOKEN.")
            return
        if not isinstance(application, dict):
            yield failed(AREA, "it does not answer as it should", "Try again later, or check DISCORD_API_URL.")
            return
        for finding in _findings(application, self.settings, seen if isinstance(seen, list) else []):
            yield finding


def _findings(application: dict[str, object], settings: DiscordSettings, guilds: list[object]) -> list[Finding]:
    identity = str(application.get("id", ""))
    flags = application.get("flags")
    listens = isinstance(flags, int) and bool(flags & MESSAGE_CONTENT)
    invite = (
        f"https://discord.com/oauth2/authorize?client_id={identity}"
        f"&scope=bot%20applications.commands&permissions={PERMISSIONS}"
    )
    found = [proven(AREA, f"the token is accepted; the application is {identity}")]
    if settings.channels and not listens:
        advice = f"Switch it on at {PORTAL} (Bot), or leave DISCORD_CHANNELS empty."
        found.append(failed(AREA, "channels are listened to, but the Message Content intent is off", advice))
    elif settings.channels:
        found.append(proven(AREA, "the Message Content intent is on, as listening in channels needs"))
    else:
        found.append(proven(AREA, "no privileged intent is needed"))
    if guilds:
        found.append(proven(AREA, f"the bot is in {len(guilds)} server(s)"))
    else:
        found.append(failed(AREA, "the bot is in no server", f"Invite it: {invite}"))
    found.append(unknown(AREA, "whether it may write in each channel", f"To invite it anew: {invite}"))
    return found
