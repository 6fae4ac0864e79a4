"""The one place where the SDK is imported.

It imports a module of the standard library that warns of its own end; nothing of that concerns us.
"""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import aiohttp
    import discord
    import discord.gateway
    import discord.http

__all__ = ["aiohttp", "discord"]
