"""Puts the sandbox together and runs it: `serve` until a signal, `running_sandbox` for as long as a block lasts."""

import asyncio
import contextlib
import functools
import json
import random
import secrets
import signal
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from ima.sandbox.api_host import ApiHost
from ima.sandbox.catalogue import Catalogue
from ima.sandbox.conduct import Conduct
from ima.sandbox.control_host import ControlHost
from ima.sandbox.failures import Failures
from ima.sandbox.http_parts import KeyWatch
from ima.sandbox.im_host import ImHost
from ima.sandbox.listeners import Listener
from ima.sandbox.options import SandboxOptions
from ima.sandbox.outage import Outage
from ima.sandbox.results import Results
from ima.sandbox.settings import Counts, Settings
from ima.sandbox.storage_host import StorageHost
from ima.sandbox.studio import Studio
from ima.sandbox.tasks import Ledger
from ima.sandbox.uploads import Bucket
from ima.sandbox.violations import Violations
from ima.sandbox.web import Web


@dataclass(frozen=True, slots=True)
class RunningSandbox:
    """Where a running sandbox answers: four base URLs without a slash at the end, and the key it knows."""

    api: str
    im: str
    storage: str
    control: str
    api_key: str

    def as_json(self) -> str:
        """Return the ready line, one JSON object."""
        return json.dumps(
            {
                "api": self.api,
                "im": self.im,
                "storage": self.storage,
                "control": self.control,
                "api_key": self.api_key,
            }
        )


@contextlib.asynccontextmanager
async def running_sandbox(options: SandboxOptions | None = None) -> AsyncIterator[RunningSandbox]:
    """Run a sandbox in this event loop for as long as the block lasts.

    Raises:
        OSError: a port is taken.
    """
    options = options or SandboxOptions()
    async with contextlib.AsyncExitStack() as stack:
        api, im, storage, control = await _listeners(options, stack)
        sandbox = RunningSandbox(
            api.url, im.url, storage.url, control.url, options.api_key or f"ima_sandbox_{secrets.token_hex(12)}"
        )
        await _open(options, sandbox, (api, im, storage, control), stack)
        yield sandbox


async def serve(options: SandboxOptions, *, on_ready: Callable[[RunningSandbox], None] | None = None) -> None:
    """Run a sandbox until SIGTERM or SIGINT; `on_ready` is told once that it answers.

    Raises:
        OSError: a port is taken.
    """
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)
    for each in signals:
        loop.add_signal_handler(each, stopped.set)
    try:
        async with running_sandbox(options) as sandbox:
            if on_ready is not None:
                on_ready(sandbox)
            await stopped.wait()
    finally:
        for each in signals:
            loop.remove_signal_handler(each)


async def _listeners(options: SandboxOptions, stack: contextlib.AsyncExitStack) -> list[Listener]:
    found = []
    for port in (options.api_port, options.im_port, options.storage_port, options.control_port):
        listener = Listener(options.host, port)
        stack.push_async_callback(listener.close)
        found.append(listener)
    return found


async def _open(
    options: SandboxOptions,
    sandbox: RunningSandbox,
    listeners: tuple[Listener, Listener, Listener, Listener],
    stack: contextlib.AsyncExitStack,
) -> None:
    """Make the parts, hand each to the hosts that need it, and accept connections."""
    api, im, storage, control = listeners
    # Without a seed, what is drawn must not be guessable: names in the storage are its only protection.
    draw = random.SystemRandom() if options.seed is None else random.Random(options.seed)  # noqa: S311
    settings = Settings(options.clock, options.pace, options.post_upload_token, options.repeat_window)
    counts, violations, failures = Counts(), Violations(), Failures()
    catalogue = Catalogue(draw)
    ledger = Ledger(options.balance, draw)
    conduct = Conduct(violations, settings)
    bucket = Bucket(secrets.token_bytes(32), options.clock)
    studio = Studio(options.painter)
    web = Web(bucket, storage.url, options.fetch_public_pictures, Results(ledger, studio).body)
    stack.push_async_callback(studio.aclose)
    outage = Outage(api, options.clock)
    stack.push_async_callback(outage.end)

    async def reset() -> None:
        await outage.end()
        await studio.reset()
        ledger.reset(options.balance)
        settings.pace, settings.post_upload_token = options.pace, options.post_upload_token
        settings.repeat_window = options.repeat_window
        for part in (counts, violations, failures, catalogue, conduct, bucket, web):
            part.reset()

    api_host = ApiHost(
        key=sandbox.api_key,
        settings=settings,
        counts=counts,
        catalogue=catalogue,
        ledger=ledger,
        failures=failures,
        violations=violations,
        conduct=conduct,
        studio=studio,
        web=web,
        listener=api,
        storage=storage.url,
    )
    im_host = ImHost(
        key=sandbox.api_key,
        settings=settings,
        counts=counts,
        bucket=bucket,
        failures=failures,
        violations=violations,
        draw=draw,
        storage=storage.url,
    )
    storage_host = StorageHost(
        key=sandbox.api_key,
        settings=settings,
        counts=counts,
        bucket=bucket,
        ledger=ledger,
        studio=studio,
        failures=failures,
        violations=violations,
    )
    control_host = ControlHost(
        settings=settings,
        counts=counts,
        catalogue=catalogue,
        ledger=ledger,
        failures=failures,
        violations=violations,
        studio=studio,
        web=web,
        reset=reset,
        refuse=outage.begin,
        restore=outage.end,
    )
    watch = functools.partial(KeyWatch, key=sandbox.api_key, violations=violations)
    await api.open(watch(api_host.app(), host="API", in_headers=True))
    await im.open(watch(im_host.app(), host="IM", in_headers=True, in_query=lambda: not settings.post_upload_token))
    await storage.open(watch(storage_host.app(), host="storage"))
    await control.open(watch(control_host.app(), host="control"))
