"""The chat platforms: each one that is configured brings its checks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from bot.doctor.discord import DiscordCheck
from bot.doctor.feishu import FeishuCheck
from bot.doctor.finding import Check, Finding, proven
from bot.settings import Settings

PLAYGROUND = "`imabot run --playground` serves the chat page"


@dataclass(frozen=True, slots=True)
class NoneCheck:
    """No platform is configured: that is fine for trying."""

    async def __call__(self) -> AsyncIterator[Finding]:
        yield proven("platforms", f"none is configured; {PLAYGROUND}")


def platform_checks(settings: Settings) -> list[Check]:
    """The checks of what is configured."""
    checks: list[Check] = []
    if settings.discord is not None:
        checks.append(DiscordCheck(settings.discord))
    if settings.feishu is not None:
        checks.append(FeishuCheck(settings.feishu))
    return checks or [NoneCheck()]
