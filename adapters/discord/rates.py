"""Rates: what Discord still allows is spent, and who has their answer goes on.

Of the SDK's own rates three things do not suit a bot whose users wait. They refuse a call in a rate that begins anew
later than they are told to wait, even where much of it is left: after the first private conversation of ten in ten
minutes there would be no second. They forget that such a rate is used up, so that each further call goes out and is
refused. And the last call that is left is answered only when the rate begins anew, so that every fifth message of a
channel, and the request behind it, hangs for seconds. Here only what is used up is refused, without a call, and only
those wait who need what is not there yet.
"""

from __future__ import annotations

import asyncio
from types import TracebackType

from typing_extensions import override

from adapters.discord.sdk import discord


class Rate(discord.http.Ratelimit):
    """One rate, as Discord's answers tell it."""

    @override
    async def acquire(self) -> None:
        """Take one call of what is left, or wait. Raises `discord.RateLimited` where that would take too long."""
        if self.remaining > 0 and not self.is_expired():
            self._last_request = self._loop.time()
            self.remaining -= 1
            self.outgoing += 1
        else:
            await super().acquire()

    @override
    async def _refresh(self) -> None:
        """Wait until it begins anew, where that is soon; else leave it used up until then."""
        ends = self.expires
        left = ends - self._loop.time() if ends is not None else 0.0
        if self._max_ratelimit_timeout is not None and left > self._max_ratelimit_timeout:
            # Those who wait for it go on waiting, for as long as they care to.
            return
        async with self._sleeping:
            if self.expires != ends:
                # Somebody else saw it begin anew, or an answer said more: whoever came here looks again.
                return
            await asyncio.sleep(max(0.0, left))
            if self.expires == ends:
                self.reset()  # type: ignore[no-untyped-call]
        self._wake(self.remaining)

    @override
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """The call was answered. Who waits for the next is woken: for what is left, or when it begins anew."""
        self.outgoing -= 1
        if self._sleeping.locked():
            return
        if self.remaining <= self.outgoing and (self.expires is None or self.is_expired()):
            # No answer said how long: a call that broke off leaves its place to the next.
            self.reset()  # type: ignore[no-untyped-call]
        left = self.remaining - self.outgoing
        if left > 0:
            self._wake(left)
        elif self._pending_requests and self.expires is not None:
            # They may have begun to wait when nobody knew yet how long.
            self._loop.call_at(self.expires, self._wake_next)


def spend_what_is_left(http: discord.http.HTTPClient) -> None:
    """Let a client's calls go by `Rate`."""
    rate_of = http.get_ratelimit

    def get_ratelimit(key: str) -> discord.http.Ratelimit:
        if key not in http._buckets:
            http._try_clear_expired_ratelimits()
            http._buckets[key] = Rate(http.max_ratelimit_timeout)
        return rate_of(key)

    http.get_ratelimit = get_ratelimit  # type: ignore[method-assign]
