"""Discord behind the port of all platforms."""

from __future__ import annotations

import asyncio
import time
import urllib.request
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

import structlog

from adapters.discord.attachments import Attachments, is_loopback
from adapters.discord.connection import CONNECT_TIMEOUT, NETWORK, Connection
from adapters.discord.house import House
from adapters.discord.payload import JsonObject
from adapters.discord.pictures import PLATFORM
from adapters.discord.places import DEFAULT_LIMIT
from adapters.discord.rest import RestError
from adapters.discord.rules import PictureRules
from adapters.discord.sdk import discord
from adapters.discord.sending import Shrink
from adapters.discord.words import Words
from adapters.port import AttachmentError, ConfigurationRefused, Inbox, SendFailed
from protocol.messages import Address, AttachedImage, MessageRef, Outgoing
from protocol.quote import PriceList

log = structlog.get_logger("discord")

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 20.0
CONNECTED_SOON = 20.0
"""Seconds for which what needs the connection waits for it at the start."""

NOT_ACCEPTED = (
    "Discord does not accept the token: copy it anew from the Developer Portal (your application, Bot, Reset Token) "
    "and set DISCORD_TOKEN"
)

Prices = Callable[[], Awaitable[PriceList | None]]
"""The live prices, quickly or not at all."""


class DiscordAdapter:
    """The bot in Discord.

    `channels` are those where it listens without being mentioned. `shards` are the ids that this process runs, and
    how many there are in all; None for as many as Discord recommends. `words` are the texts under `discord.` by
    language. `shrink` makes pictures smaller than they lie on disk. In `folder` is what has to outlive a restart.
    `use_prices` may be called later: until then commands offer models and sizes without points.
    """

    def __init__(
        self,
        *,
        token: str,
        api_url: str,
        channels: frozenset[str],
        shards: tuple[tuple[int, ...], int] | None,
        words: Words,
        rules: PictureRules,
        shrink: Shrink,
        folder: Path,
    ) -> None:
        self._token = token
        self._api_url = api_url.rstrip("/")
        self._channels = channels
        self._shards = shards
        self._words = words
        self._rules = rules
        self._shrink = shrink
        self._folder = folder
        self._prices: Prices = _no_prices
        self._trouble: str | None = "not connected to Discord yet"
        self._house: House | None = None
        self._ready = asyncio.Event()
        self._attachments = Attachments(self._read_message, local=is_loopback(urlsplit(self._api_url).hostname or ""))

    @property
    def name(self) -> str:
        """The platform's name, as in `Address.platform`."""
        return PLATFORM

    def largest_picture(self, address: Address) -> int:
        """Bytes that a picture may have where the answer goes: more in a guild with boosts."""
        return self._house.largest_picture(address) if self._house is not None else DEFAULT_LIMIT

    def trouble(self) -> str | None:
        """None when all shards are connected."""
        return self._trouble

    def use_prices(self, prices: Prices) -> None:
        """Where the points that commands show are read."""
        self._prices = prices

    async def run(self, inbox: Inbox) -> None:
        """Stay connected until cancelled. Raises `ConfigurationRefused`."""
        pause = FIRST_PAUSE
        try:
            while True:
                began = time.monotonic()
                try:
                    await self._live(inbox)
                except NETWORK as error:
                    why = str(error) or type(error).__name__
                    self._trouble = f"Discord cannot be reached: {why}"
                    log.warning("Discord cannot be reached", why=why, again_in=pause)
                if time.monotonic() - began > LONGEST_PAUSE:
                    pause = FIRST_PAUSE
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        finally:
            self._trouble = "not connected to Discord"
            await self._attachments.close()

    async def prepare(self, outgoing: Outgoing) -> None:
        """Nothing: Discord takes a picture together with its message."""

    async def send(self, outgoing: Outgoing) -> MessageRef:
        """Send once under `outgoing.key`; raises `SendFailed` or `SendRefused`."""
        house = self._house
        if house is None:
            raise SendFailed("not connected to Discord yet")
        return await house.send(outgoing)

    async def fetch(self, image: AttachedImage, limit: int) -> bytes:
        """The bytes of an attached picture, at most `limit`; raises `AttachmentError`."""
        if image.platform != PLATFORM:
            raise AttachmentError("the picture is of another platform")
        return await self._attachments.fetch(image.reference, limit)

    async def _live(self, inbox: Inbox) -> None:
        """One client from its log-in to its end."""
        discord.http.Route.BASE = self._api_url
        ids, count = self._shards if self._shards is not None else (None, None)
        events = _Events()
        client = Connection(
            listening=bool(self._channels),
            shard_ids=ids,
            shard_count=count,
            proxy=_proxy(self._api_url),
            events={"MESSAGE_CREATE": events.message, "INTERACTION_CREATE": events.interaction},
            changed=self._changed,
        )
        house = None
        try:
            try:
                # The SDK itself would wait for five minutes where somebody takes the connection and says nothing.
                async with asyncio.timeout(CONNECT_TIMEOUT):
                    await client.login(self._token)
            except discord.LoginFailure as error:
                raise ConfigurationRefused(NOT_ACCEPTED) from error
            house = House(
                client,
                inbox,
                channels=self._channels,
                words=self._words,
                rules=self._rules,
                shrink=self._shrink,
                folder=self._folder,
                prices=lambda: self._prices(),
            )
            events.house = house
            self._house = house
            self._ready.set()
            house.start()
            await client.connect()
        finally:
            self._house = None
            self._ready.clear()
            if house is not None:
                await house.close()
            await client.close()

    def _changed(self, trouble: str | None) -> None:
        self._trouble = trouble

    async def _read_message(self, channel: str, message: str) -> JsonObject:
        try:
            async with asyncio.timeout(CONNECTED_SOON):
                await self._ready.wait()
        except TimeoutError as error:
            raise AttachmentError("not connected to Discord") from error
        house = self._house
        if house is None:
            raise AttachmentError("not connected to Discord")
        try:
            return await house.message(channel, message)
        except RestError as error:
            raise AttachmentError(f"the message of the picture cannot be read: {error}") from error


class _Events:
    """What comes before the house stands is nothing: events come only after the log-in."""

    house: House | None = None

    def message(self, payload: JsonObject) -> None:
        if self.house is not None:
            self.house.message_came(payload)

    def interaction(self, payload: JsonObject) -> None:
        if self.house is not None:
            self.house.interaction_came(payload)


async def _no_prices() -> PriceList | None:
    return None


def _proxy(url: str) -> str | None:
    """The proxy of the environment for an address; the SDK does not look for one by itself."""
    parts = urlsplit(url)
    proxies = urllib.request.getproxies()
    chosen = proxies.get(parts.scheme) or proxies.get("all")
    if not chosen or (parts.hostname and urllib.request.proxy_bypass(parts.hostname)):
        return None
    return chosen if "://" in chosen else f"http://{chosen}"
