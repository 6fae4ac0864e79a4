"""The service as a process, from its start until it is ready and to its end: shared by the measurements."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.processes import IMABOT, Cost, first_line, start, stopped

PATIENCE = 60.0
EVERY = 0.01


@dataclass
class Served:
    """Seconds until it was ready, and, once it has ended, what it cost."""

    seconds: float = 0.0
    cost: Cost = Cost(0.0, 0)  # noqa: RUF009 - frozen


@asynccontextmanager
async def serving(folder: Path, env: Mapping[str, str]) -> AsyncIterator[Served]:
    """`imabot run`, ready, for as long as the block lasts."""
    began = time.perf_counter()
    process = start((*IMABOT, "run"), folder, env)
    served = Served()
    try:
        url = (await asyncio.to_thread(first_line, process)).removeprefix("listening on ")
        await _ready(url)
        served.seconds = time.perf_counter() - began
        yield served
    finally:
        served.cost = await asyncio.to_thread(stopped, process)


async def _ready(url: str) -> None:
    """Ask until all parts are."""
    async with httpx.AsyncClient(trust_env=False) as client, asyncio.timeout(PATIENCE):
        while (await client.get(f"{url}/readyz")).status_code != 200:  # noqa: ASYNC110 - another process, only asking tells
            await asyncio.sleep(EVERY)
