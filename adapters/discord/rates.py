"""Rates: what Discord still allows is spent.

The SDK refuses a call in a rate that begins anew later than it is told to wait, even where much of it is left: after
the first private conversation of ten in ten minutes there would be no second. And it forgets that such a rate is used
up, so that each further call goes out and is refused. Here only what is used up is refused, without a call.
"""

from __future__ import annotations

import asyncio

from typing_extensions import override

from adapters.discord.sdk import discord


class Rate(discord.http.Ratelimit):
    """One rate, as Discord's answers tell it."""

    @override
    async def acquire(self) -> None:
        """Take one call of what is left, or wait. Raises `discord.RateLimited` where that would take too long."""
        if self.remaining > 0 and not self.is_expired():
            self._last_request = asyncio.get_running_loop().time()
            self.remaining -= 1
            self.outgoing += 1
        else:
            await super().acquire()

    @override
    async def _refresh(self) -> None:
        """Wait until it begins anew, where that is soon; else leave it used up until then."""
        left = self.expires - asyncio.get_running_loop().time() if self.expires is not None else 0.0
        if self._max_ratelimit_timeout is not None and left > self._max_ratelimit_timeout:
            # Those who wait for it go on waiting, for as long as they care to.
            return
        self.reset_after = max(0.0, left)
        await super()._refresh()


def spend_what_is_left(http: discord.http.HTTPClient) -> None:
    """Let a client's calls go by `Rate`."""
    rate_of = http.get_ratelimit

    def get_ratelimit(key: str) -> discord.http.Ratelimit:
        if key not in http._buckets:
            http._try_clear_expired_ratelimits()
            http._buckets[key] = Rate(http.max_ratelimit_timeout)
        return rate_of(key)

    http.get_ratelimit = get_ratelimit  # type: ignore[method-assign]
