"""The one place where the SDK is imported.

It imports a module of the standard library that warns of its own end, and warns itself that it cannot speak in voice
channels; nothing of that concerns us. Its log is kept to warnings: below that it tells what people write.
"""

from __future__ import annotations

import logging
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import aiohttp
    import discord
    import discord.gateway
    import discord.http

discord.VoiceClient.warn_nacl = False
discord.VoiceClient.warn_dave = False
logging.getLogger("discord").setLevel(logging.WARNING)

__all__ = ["aiohttp", "discord"]
