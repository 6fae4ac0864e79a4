"""The sign that the bot is at it: shown from the moment it heard, and on while it draws."""

from __future__ import annotations

import asyncio

from adapters.discord.rest import Rest, RestError
from protocol.messages import Outgoing, Priority

EVERY = 8.0
"""Seconds: Discord takes the sign away after 10, and with each message."""

AT_MOST = 45.0
"""Seconds without a message of ours after which it ends by itself: the longest pause of the timetable and some."""


class Typing:
    """One loop a channel, for as long as somebody there waits for a picture."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest
        self._waiting: dict[str, dict[str, float]] = {}
        self._loops: dict[str, asyncio.Task[None]] = {}

    def heard(self, channel: str, user: str) -> None:
        """Somebody asked for something: an answer comes in a moment."""
        self._wait(channel, user, EVERY / 2)

    def sent(self, outgoing: Outgoing) -> None:
        """A message went out: the start and the progress of a picture are not the end."""
        channel = outgoing.address.thread or outgoing.address.conversation
        if outgoing.priority in (Priority.ACKNOWLEDGEMENT, Priority.START, Priority.PROGRESS):
            self._wait(channel, outgoing.address.user, AT_MOST)
        else:
            self._waiting.get(channel, {}).pop(outgoing.address.user, None)

    async def close(self) -> None:
        """End all of it."""
        loops = list(self._loops.values())
        for loop in loops:
            loop.cancel()
        await asyncio.gather(*loops, return_exceptions=True)

    def _wait(self, channel: str, user: str, seconds: float) -> None:
        self._waiting.setdefault(channel, {})[user] = asyncio.get_running_loop().time() + seconds
        if channel not in self._loops:
            task = asyncio.create_task(self._show(channel), name=f"typing in {channel}")
            self._loops[channel] = task
            task.add_done_callback(lambda _: self._loops.pop(channel, None))

    async def _show(self, channel: str) -> None:
        loop = asyncio.get_running_loop()
        while any(until > loop.time() for until in self._waiting.get(channel, {}).values()):
            try:
                await self._rest.call("POST", "/channels/{channel_id}/typing", channel_id=channel)
            except RestError:
                # It is a courtesy: where it cannot be shown, nothing is lost.
                break
            await asyncio.sleep(EVERY)
        self._waiting.pop(channel, None)
