"""The product lists at hand: fetched once however many ask, and not for long."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from ima.products import Category, ProductList

LONGEST_AGE_SECONDS = 60.0


@dataclass(slots=True)
class _Flight:
    """One fetch, under way or done."""

    number: int
    began: float
    task: asyncio.Task[ProductList]


class ProductCache:
    """At most one fetch a category is under way, and its answer serves all who asked meanwhile.

    A fetch belongs to nobody: who asked first may be cancelled and the others still get the answer.
    """

    def __init__(self, fetch: Callable[[Category], Awaitable[ProductList]], clock: Callable[[], float]) -> None:
        self._fetch = fetch
        self._clock = clock
        self._flights: dict[Category, _Flight] = {}
        self._running: set[asyncio.Task[ProductList]] = set()
        self._begun = 0

    async def get(self, category: Category, *, fresh: bool) -> ProductList:
        """The list, at most 60 s old; `fresh` takes none that was already there. Raises what the fetch raises."""
        flight = self._flights.get(category)
        if flight is None or self._is_over(flight, fresh=fresh):
            flight = self._begin(category)
        return await asyncio.shield(flight.task)

    def mark(self) -> int:
        """Now, for a later `drop`: fetches that begin from here on are newer."""
        return self._begun

    def drop(self, category: Category, mark: int) -> None:
        """Forget the list unless its fetch began after `mark`: many refusals at once make one fetch."""
        flight = self._flights.get(category)
        if flight is not None and flight.number <= mark:
            del self._flights[category]

    async def close(self) -> None:
        running = list(self._running)
        self._flights.clear()
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _is_over(self, flight: _Flight, *, fresh: bool) -> bool:
        if not flight.task.done():
            return False
        if fresh or flight.task.cancelled() or flight.task.exception() is not None:
            return True
        return self._clock() - flight.began > LONGEST_AGE_SECONDS

    def _begin(self, category: Category) -> _Flight:
        self._begun += 1
        task = asyncio.ensure_future(self._call(category))
        self._running.add(task)
        task.add_done_callback(self._ended)
        flight = _Flight(self._begun, self._clock(), task)
        self._flights[category] = flight
        return flight

    async def _call(self, category: Category) -> ProductList:
        return await self._fetch(category)

    def _ended(self, task: asyncio.Task[ProductList]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # seen, also when everyone who asked has gone
