"""From settings to platforms. An SDK is imported only where its platform is configured."""

from __future__ import annotations

from bot.service import Platform
from bot.settings import DiscordSettings
from locales import Locales


def discord_platform(settings: DiscordSettings, locales: Locales) -> Platform:
    """Discord as a platform."""
    from adapters.discord import DiscordAdapter

    shards = settings.shards
    adapter = DiscordAdapter(
        token=settings.token.get_secret_value(),
        api_url=settings.api_url,
        channels=settings.channels,
        shards=(shards.ids, shards.count) if shards is not None else None,
        words={language: locales.words("discord.", language) for language in locales.languages},
    )
    return Platform(adapter, use_prices=adapter.use_prices)
