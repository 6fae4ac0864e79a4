"""Which part of the service is ready, and what is missing where one is not."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from adapters.port import Adapter
from bot.store import Store, StoreError

EVERY = 5.0


class StoreWatch:
    """Looks after the database now and then, so that asking for readiness costs nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.trouble: str | None = None

    async def run(self) -> None:
        """For ever."""
        while True:
            try:
                await self._store.check()
                self.trouble = None
            except StoreError as error:
                self.trouble = str(error)
            await asyncio.sleep(EVERY)


def readiness(adapters: Mapping[str, Adapter], watch: StoreWatch) -> Mapping[str, str | None]:
    """Each part and its trouble; None where it is ready."""
    return {"store": watch.trouble, **{name: adapter.trouble() for name, adapter in adapters.items()}}
