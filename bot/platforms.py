"""From settings to platforms. An SDK is imported only where its platform is configured."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.media.fitting import fit
from bot.media.pictures import PictureError
from bot.service import Platform
from bot.settings import DiscordSettings, FeishuSettings
from locales import Locales


def discord_platform(settings: DiscordSettings, locales: Locales, folder: Path) -> Platform:
    """Discord as a platform; `folder` is for what it has to keep."""
    from adapters.discord.adapter import DiscordAdapter
    from adapters.discord.outgoing import Smaller
    from adapters.discord.rules import PictureRules

    one_at_a_time = asyncio.Lock()

    async def shrink(path: str, largest: int) -> Smaller | None:
        """As the adapter wants it."""
        async with one_at_a_time:
            try:
                data = await asyncio.to_thread(Path(path).read_bytes)
                fitted = await asyncio.to_thread(fit, data, largest_bytes=largest)
            except PictureError:
                return None
            return Smaller(fitted.data, fitted.media_type)

    shards = settings.shards
    adapter = DiscordAdapter(
        token=settings.token.get_secret_value(),
        api_url=settings.api_url,
        channels=settings.channels,
        shards=(shards.ids, shards.count) if shards is not None else None,
        rules=PictureRules(settings.spoilers, settings.age_restricted),
        shrink=shrink,
        folder=folder,
        words={language: locales.words("discord.", language) for language in locales.languages},
    )
    return Platform(adapter, use_prices=adapter.use_prices, asides=True)


def feishu_platform(settings: FeishuSettings, locales: Locales, folder: Path) -> Platform:
    """Feishu or Lark as a platform; `folder` is for what it has to keep."""
    from adapters.feishu import FeishuAdapter
    from adapters.feishu.webhook import Keys

    key, token = settings.encrypt_key, settings.verification_token
    webhook = None
    if settings.transport == "webhook":
        webhook = Keys(
            key.get_secret_value() if key is not None else None,
            token.get_secret_value() if token is not None else None,
        )
    adapter = FeishuAdapter(
        app_id=settings.app_id,
        secret=settings.app_secret.get_secret_value(),
        domain=settings.domain,
        webhook=webhook,
        cards=settings.cards,
        words={language: locales.words("feishu.", language) for language in locales.languages},
        folder=folder,
    )
    return Platform(adapter, routes=adapter.routes(), look=adapter.look, aclose=adapter.close)
