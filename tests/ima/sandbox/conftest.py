import functools
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Protocol

import httpx
import pytest

from ima.sandbox.options import SandboxOptions, fast_pace
from ima.sandbox.server import running_sandbox
from tests.ima.sandbox.caller import KEY, Caller, HandClock, PlainPainter


@functools.cache
def _tls() -> ssl.SSLContext:
    """Loading the authorities takes longer than most of these tests."""
    return ssl.create_default_context()


class Start(Protocol):
    def __call__(self, options: SandboxOptions) -> Awaitable[Caller]: ...


@pytest.fixture
def options() -> SandboxOptions:
    """A sandbox that is done in no time and paints plain colours."""
    return SandboxOptions(api_key=KEY, pace=fast_pace(0, 0), painter=PlainPainter(), fetch_public_pictures=False)


@pytest.fixture
async def start() -> AsyncIterator[Callable[[SandboxOptions], Awaitable[Caller]]]:
    """Starts sandboxes and stops them after the test."""
    async with AsyncExitStack() as stack:

        async def started(options: SandboxOptions) -> Caller:
            sandbox = await stack.enter_async_context(running_sandbox(options))
            http = await stack.enter_async_context(httpx.AsyncClient(trust_env=False, timeout=10, verify=_tls()))
            return Caller(sandbox, http)

        yield started


@pytest.fixture
async def caller(options: SandboxOptions, start: Start) -> Caller:
    """A client of a running sandbox."""
    return await start(options)


@pytest.fixture
def clock() -> HandClock:
    """Time that the test moves."""
    return HandClock()
