"""The one place where the SDK is imported: the parts that are used, and nothing of the sixty services around them.

`import lark_oapi` runs the models of every service: seconds, and more than 150 MB. Its packages are therefore entered
here without running their `__init__`, and its files stay as they are. What of it is replaced is named and told beside
each seam; why, and what it risks, is told in the decision page about the SDK.
"""

from __future__ import annotations

import asyncio
import base64
import concurrent.futures
import importlib
import importlib.util
import inspect
import ipaddress
import logging
import sys
import threading
import types
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

import httpx
import requests
import websockets

T = TypeVar("T")

DISCOVERY_TIMEOUT = (5.0, 8.0)
"""Seconds to connect and to wait for each part of the answer, when the SDK asks where to connect: it has no bound."""

KEEPALIVE, KEEPALIVE_TIMEOUT = 10.0, 10.0
"""Seconds between two pings of the socket, and for which an answer is waited for: then the connection is dead."""

PONG_SECONDS, PINGS = 20.0, 2
"""Seconds in which the platform answers a ping of its own kind, and how many it may leave unanswered, one after the
other: what keeps the socket alive may be something before it that knows nothing of our events."""

LEAST_INTERVAL = 1.0
"""Seconds between two pings, whatever the platform says."""

OPEN_TIMEOUT, CLOSE_TIMEOUT = 10.0, 1.0
LARGEST_FRAME = 4 * 1024 * 1024


class Handler(Protocol):
    """Takes the events of a long connection, in its thread and its loop."""

    async def handle(self, payload: bytes) -> object | None:
        """What the event is answered; to raise asks for it again."""


class LongConnectionClient(Protocol):
    """The parts of the SDK's `ws.Client` that are used. It has no public way to stop, nor to be asked how it is."""

    _conn: object | None
    silent: bool
    """The platform left its pings unanswered, and the connection was given up for that."""

    async def _connect(self) -> None: ...

    async def _disconnect(self) -> None: ...

    async def _ping_loop(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Raw:
    """An answer as it came. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class TooLarge(Exception):
    """The answer is larger than the bound."""


# --- entering the package without running it ---


def _load() -> tuple[Any, Any, Any, Any]:
    _enter("lark_oapi")
    dispatcher = "lark_oapi.event.dispatcher_handler"
    if dispatcher not in sys.modules:
        # The dispatcher knows the models of twenty-four services; the connection names it, and no more.
        _enter("lark_oapi.event")
        stand_in = types.ModuleType(dispatcher)
        stand_in.__dict__["EventDispatcherHandler"] = Handler
        sys.modules[dispatcher] = stand_in
    names = ("lark_oapi.core", "lark_oapi.core.model", "lark_oapi.core.http.transport")
    core, model, transport = (importlib.import_module(name) for name in names)
    return core, model, transport, _off_the_loop(lambda: importlib.import_module("lark_oapi.ws.client"))


def _enter(name: str) -> None:
    """Make a package known, so that its modules can be imported, without running what it imports itself."""
    if name in sys.modules:
        return
    spec = importlib.util.find_spec(name)
    if spec is None:
        raise ModuleNotFoundError(name)
    sys.modules[name] = importlib.util.module_from_spec(spec)


def _off_the_loop(work: Callable[[], T]) -> T:
    """Do it in a thread with a loop of its own: the long connection's module takes a loop when it is imported."""
    done: concurrent.futures.Future[T] = concurrent.futures.Future()

    def run() -> None:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        try:
            done.set_result(work())
        except ImportError as error:
            done.set_exception(error)
        finally:
            asyncio.set_event_loop(None)
            loop.close()

    thread = threading.Thread(target=run, name="importing the SDK")
    thread.start()
    thread.join()
    return done.result(0)


# --- seams of the long connection ---


class _LoopOfThisThread:
    """In place of the one loop that all clients share: each works in the loop of the thread that it runs in."""

    def create_task(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.get_running_loop().create_task(work)
        # What ends a connection ends one of these tasks, which nobody awaits.
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        return task


def _connect(
    uri: str, *, additional_headers: Mapping[str, str] | None = None, proxy: str | None = None
) -> Awaitable[object]:
    """In place of `websockets.connect`: with the environment's proxy, and bounds on silence."""
    host = urlsplit(uri).hostname or ""
    return websockets.connect(
        uri,
        additional_headers=additional_headers,
        proxy=None if is_loopback(host) else True,
        open_timeout=OPEN_TIMEOUT,
        close_timeout=CLOSE_TIMEOUT,
        ping_interval=KEEPALIVE,
        ping_timeout=KEEPALIVE_TIMEOUT,
        max_size=LARGEST_FRAME,
        logger=_wire_log,
    )


_wire_log = logging.getLogger("feishu.wire")
_wire_log.setLevel(logging.WARNING)
# On a finer level it writes the connection's address with its keys.


def _post(url: str, **more: Any) -> requests.Response:
    """In place of `requests.post`: it waits for a bounded time, and goes directly to this machine."""
    with requests.Session() as session:
        session.trust_env = not is_loopback(urlsplit(url).hostname or "")
        return session.post(url, timeout=DISCOVERY_TIMEOUT, **more)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


# --- the seam of the calls ---

_client: ContextVar[httpx.AsyncClient] = ContextVar("feishu_client")
_limit: ContextVar[int] = ContextVar("feishu_limit")


class _Pooled:
    """In place of `httpx.AsyncClient` within one call: the client that the caller holds open, and a bound."""

    async def __aenter__(self) -> _Pooled:
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    async def request(self, method: str, url: str, **more: Any) -> _Answer:
        limit = _limit.get()
        async with _client.get().stream(method, url, **more) as response:
            declared = response.headers.get("content-length", "")
            if declared.isdecimal() and int(declared) > limit:
                raise TooLarge
            received = bytearray()
            async for part in response.aiter_bytes():
                received += part
                if len(received) > limit:
                    raise TooLarge
            return _Answer(response.status_code, dict(response.headers), bytes(received))


@dataclass(frozen=True, slots=True)
class _Answer:
    status_code: int
    headers: dict[str, str]
    content: bytes


_core, _model, _transport, _ws = _load()
_transport.httpx = types.SimpleNamespace(AsyncClient=_Pooled)
_ws.loop = _LoopOfThisThread()
_ws.websockets = types.SimpleNamespace(connect=_connect)
_ws.requests = types.SimpleNamespace(post=_post)
assert "proxy" in inspect.signature(_connect).parameters  # noqa: S101 - the SDK looks whether it may name a proxy

Refused: type[Exception] = _ws.ClientException
"""The platform does not want this connection: credentials, or too many of them. Has a `code`."""


def refusal(error: Exception) -> int:
    """The code of a `Refused`."""
    code = getattr(error, "code", 0)
    return code if isinstance(code, int) else 0


_log = logging.getLogger("Lark")
for _handler in tuple(_log.handlers):
    _log.removeHandler(_handler)
_last = threading.local()
_TOLD_BY_US = ("receive message loop exit", "connect failed")


def _wanted(record: logging.LogRecord) -> bool:
    """Below errors the SDK writes the connection's address with its keys, and what people write."""
    words = record.getMessage()
    if record.levelno < logging.ERROR or "://" in words:
        return False
    _last.words = words.partition("err: ")[2].partition(" [conn_id=")[0]
    return not words.startswith(_TOLD_BY_US)


_log.addFilter(_wanted)


def last_words() -> str:
    """What the SDK last said went wrong in this thread; empty for nothing."""
    return str(getattr(_last, "words", ""))


class _Client(_ws.Client):  # type: ignore[misc, name-defined]
    """The SDK's client, whose events do not wait for each other, and which notices a platform that says nothing more.

    Its own way of handling a data frame calls a handler that blocks: the next events, the pings and their answers
    all wait meanwhile, so that the thirtieth of thirty people is answered too late. Its own pings are sent whether or
    not any is answered.
    """

    silent = False
    _heard: asyncio.Event | None = None

    async def _handle_message(self, msg: bytes) -> None:
        if self._heard is not None:
            self._heard.set()
        await super()._handle_message(msg)

    async def _ping_loop(self) -> None:
        """As often as the platform says; whatever comes after a ping shows that somebody listens."""
        heard = self._heard = asyncio.Event()
        while self._conn is not None:
            for _ in range(PINGS):
                heard.clear()
                try:
                    await self._write_message(_ws._new_ping_frame(int(self._service_id)).SerializeToString())
                    await asyncio.wait_for(heard.wait(), PONG_SECONDS)
                except TimeoutError:
                    continue
                except Exception:  # noqa: BLE001 - whatever it is, nothing can be sent any more
                    await self._disconnect()
                    return
                break
            else:
                self.silent = True
                await self._disconnect()
                return
            await asyncio.sleep(max(self._ping_interval, LEAST_INTERVAL))

    async def _handle_data_frame(self, frame: Any) -> None:
        headers = {header.key: header.value for header in frame.headers}
        payload: bytes | None = frame.payload
        if int(headers["sum"]) > 1:
            payload = self._combine(headers["message_id"], int(headers["sum"]), int(headers["seq"]), payload)
        if payload is None or headers["type"] != "event":
            return
        answer = _ws.Response(code=200)
        try:
            result = await self._event_handler.handle(payload)
        except Exception:  # noqa: BLE001 - the platform hears that it is to deliver it again; the handler told why
            answer = _ws.Response(code=500)
        else:
            if result is not None:
                answer.data = base64.b64encode(_ws.JSON.marshal(result).encode())
        frame.payload = _ws.JSON.marshal(answer).encode()
        await self._write_message(frame.SerializeToString())


def long_connection(*, app_id: str, secret: str, domain: str, handler: Handler) -> LongConnectionClient:
    """A client of the long connection, for one connection: beginning again is for its user."""
    client: LongConnectionClient = _Client(
        app_id,
        secret,
        log_level=_core.LogLevel.ERROR,
        event_handler=handler,
        domain=domain,
        auto_reconnect=False,
    )
    return client


async def execute(
    client: httpx.AsyncClient,
    *,
    domain: str,
    method: str,
    uri: str,
    paths: Mapping[str, str],
    queries: Mapping[str, str],
    body: Mapping[str, object] | None,
    files: Mapping[str, tuple[str, bytes, str]] | None,
    token: str | None,
    timeout: httpx.Timeout,  # noqa: ASYNC109 - for the client
    limit: int,
) -> Raw:
    """One call by the SDK's transport, with a request object of its own. Raises `TooLarge` and what httpx raises."""
    request, option, config = _model.BaseRequest(), _model.RequestOption(), _model.Config()
    request.http_method = _core.HttpMethod[method]
    request.uri = uri
    request.paths = dict(paths)
    request.queries = list(queries.items())
    request.body = dict(body) if body is not None else None
    request.files = dict(files) if files is not None else None
    if token is not None:
        request.token_types = {_core.AccessTokenType.TENANT}
        option.tenant_access_token = token
    config.domain = domain
    config.timeout = timeout
    held, bound = _client.set(client), _limit.set(limit)
    try:
        raw = await _transport.Transport.aexecute(config, request, option)
    finally:
        _client.reset(held)
        _limit.reset(bound)
    return Raw(raw.status_code, {name.lower(): value for name, value in raw.headers.items()}, raw.content)


def why(error: Exception) -> str:
    """Why there is no connection, in words for an admin."""
    match error:
        case requests.Timeout() | TimeoutError():
            return "the platform does not answer in time"
        case requests.RequestException() | ConnectionError():
            return "the platform cannot be reached"
        case _:
            return str(error) or type(error).__name__


def decrypted(encrypted: str, key: str) -> str:
    """The text of an encrypted event. Raises ValueError."""
    text: str = _core.AESCipher(key).decrypt_str(encrypted)
    return text
