"""The sign that the bot is at it: shown from the moment it heard, and on while it draws."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import structlog

from adapters.discord.rest import Rejected, Rest, Unreachable
from protocol.messages import Outgoing, Priority

log = structlog.get_logger("discord")

EVERY = 8.0
"""Seconds: Discord takes the sign away after 10, and with each message."""

AT_MOST = 75.0
"""Seconds without a message of ours after which it ends by itself: twice the longest pause of the timetable and some,
since a progress message that would come late is left out."""

UNDER_WAY = (Priority.ACKNOWLEDGEMENT, Priority.START, Priority.PROGRESS)


class Typing:
    """One loop a channel, for as long as something that was asked for there is under way. Times are in seconds."""

    def __init__(
        self,
        rest: Rest,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._rest = rest
        self._monotonic = monotonic
        self._sleep = sleep
        self._waiting: dict[str, dict[str, float]] = {}
        self._loops: dict[str, asyncio.Task[None]] = {}

    def heard(self, channel: str, message: str) -> None:
        """Something was asked for: an answer comes in a moment."""
        self._wait(channel, message, EVERY / 2)

    def sent(self, outgoing: Outgoing) -> None:
        """A message went out: the start and the progress of a picture are not the end; all else is, of that request."""
        address = outgoing.address
        channel = address.thread or address.conversation
        if outgoing.priority in UNDER_WAY and not outgoing.in_private:
            self._wait(channel, address.message, AT_MOST)
            return
        asked = self._waiting.get(channel, {})
        asked.pop(address.message, None)
        if not asked:
            self._end(channel)

    async def close(self) -> None:
        """End all of it."""
        loops = list(self._loops.values())
        for channel in list(self._loops):
            self._end(channel)
        await asyncio.gather(*loops, return_exceptions=True)

    def _wait(self, channel: str, message: str, seconds: float) -> None:
        self._waiting.setdefault(channel, {})[message] = self._monotonic() + seconds
        if channel not in self._loops:
            self._loops[channel] = asyncio.create_task(self._show(channel), name=f"typing in {channel}")

    def _end(self, channel: str) -> None:
        self._waiting.pop(channel, None)
        loop = self._loops.pop(channel, None)
        if loop is not None:
            loop.cancel()

    async def _show(self, channel: str) -> None:
        while any(until > self._monotonic() for until in self._waiting.get(channel, {}).values()):
            pause = EVERY
            try:
                await self._rest.call("POST", "/channels/{channel_id}/typing", channel_id=channel)
            except Unreachable as error:
                # It is a courtesy: this time it is left out.
                pause = max(EVERY, error.retry_after or 0.0)
            except Rejected:
                # It cannot be shown there, unless our next message can be.
                break
            except Exception:
                # Nobody else looks after this task, and the channel would never show it again.
                log.exception("the sign that the bot types cannot be shown this time", channel=channel)
            await self._sleep(pause)
        self._waiting.pop(channel, None)
        self._loops.pop(channel, None)
