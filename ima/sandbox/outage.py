"""A host that is unreachable for a while: its port refuses connections, then answers again."""

import asyncio
import contextlib

from ima.sandbox.listeners import Listener
from ima.sandbox.options import Clock


class Outage:
    """Closes one listener for some seconds; begun again, the new end counts."""

    def __init__(self, listener: Listener, clock: Clock) -> None:
        self._listener = listener
        self._clock = clock
        self._over: asyncio.Task[None] | None = None

    async def begin(self, seconds: float) -> None:
        """Refuse connections from now on for that long."""
        await self._forget()
        await self._listener.refuse()
        self._over = asyncio.create_task(self._wait(seconds))

    async def end(self) -> None:
        """Accept connections again, at once."""
        if await self._forget():
            await self._listener.open()

    async def _wait(self, seconds: float) -> None:
        await self._clock.sleep(seconds)
        await self._listener.open()

    async def _forget(self) -> bool:
        """Cancel the wait; return whether there was one."""
        over, self._over = self._over, None
        if over is None:
            return False
        over.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await over
        return True
