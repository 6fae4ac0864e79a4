"""The app's token: fetched by one for all, renewed before it ends, and once more where it is not taken."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog

from adapters.feishu.errors import ApiError

log = structlog.get_logger("feishu")

EARLY = 30 * 60.0
"""Seconds before its end from which a new one is fetched: the platform gives a new one only within the last half hour,
and both are taken until the old one ends."""

SHARE = 0.5
"""The most of a token's life for which it is renewed early, where that life is short."""

PAUSE = 20.0
"""Seconds after which an early renewal that failed is tried again; the token at hand is still good."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token and the seconds that it is good for."""

    value: str = field(repr=False)
    life: float


@dataclass(frozen=True, slots=True)
class _Held:
    value: str = field(repr=False)
    renew_at: float
    ends_at: float


class Tokens:
    """Hands out the token. `monotonic` measures seconds."""

    def __init__(self, fetch: Callable[[], Awaitable[Token]], monotonic: Callable[[], float]) -> None:
        self._fetch = fetch
        self._monotonic = monotonic
        self._held: _Held | None = None
        self._fetching: asyncio.Task[_Held] | None = None
        self._not_before = float("-inf")

    async def get(self) -> str:
        """A token that is good. While it is renewed early, nobody waits. Raises `ApiError`."""
        held, now = self._held, self._monotonic()
        if held is None or now >= held.ends_at:
            return await self._fresh()
        if now >= held.renew_at and now >= self._not_before:
            self._not_before = now + PAUSE
            self._begin()
        return held.value

    async def renewed(self, refused: str) -> str:
        """A token other than the one that was just refused. Raises `ApiError`."""
        held = self._held
        if held is not None and held.value == refused:
            self._held = None
        return await self.get()

    async def close(self) -> None:
        """End what is under way."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)

    async def _fresh(self) -> str:
        # Who waits may be cancelled; the fetch goes on for all others.
        return (await asyncio.shield(self._begin())).value

    def _begin(self) -> asyncio.Task[_Held]:
        """The one fetch that is under way."""
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.create_task(self._take(), name="feishu token")
            self._fetching.add_done_callback(_said)
        return self._fetching

    async def _take(self) -> _Held:
        asked = self._monotonic()
        token = await self._fetch()
        early = min(EARLY, token.life * SHARE)
        self._held = _Held(token.value, asked + token.life - early, asked + token.life)
        return self._held


def _said(task: asyncio.Task[_Held]) -> None:
    """An early renewal is awaited by nobody."""
    if not task.cancelled() and isinstance(error := task.exception(), ApiError):
        log.warning("a token could not be fetched", why=str(error))
