"""The environment and `.env`, checked whole, as one frozen object."""

from bot.settings.model import (
    DiscordSettings,
    FeishuSettings,
    HttpSettings,
    ImaSettings,
    LogFormat,
    LogLevel,
    LogSettings,
    ProgressStyle,
    Settings,
    SettingsError,
    Shards,
)
from bot.settings.parse import is_loopback, is_loopback_url
from bot.settings.read import ENV_FILE, apply_proxies, read_settings

__all__ = [
    "ENV_FILE",
    "DiscordSettings",
    "FeishuSettings",
    "HttpSettings",
    "ImaSettings",
    "LogFormat",
    "LogLevel",
    "LogSettings",
    "ProgressStyle",
    "Settings",
    "SettingsError",
    "Shards",
    "apply_proxies",
    "is_loopback",
    "is_loopback_url",
    "read_settings",
]
