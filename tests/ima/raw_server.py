"""A server of bare bytes: it counts what really arrives, and misbehaves below HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ima.jsonvalue import Json

Ending = Literal["keep", "close", "reset", "hang"]


@dataclass(frozen=True, slots=True)
class RawRequest:
    """One request as it came; `connection` numbers the connections from 1."""

    connection: int
    method: str
    target: str
    headers: Sequence[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> list[str]:
        return [value for header, value in self.headers if header.lower() == name.lower()]

    def whole(self) -> str:
        return f"{self.method} {self.target} {self.headers} {self.body!r}"


@dataclass(frozen=True, slots=True)
class Reply:
    """Bytes to write, and what to do then. `endless` goes on writing while anyone reads."""

    content: bytes
    ending: Ending = "keep"
    endless: bytes = b""


Script = Callable[[RawRequest], Reply]


def http(status: int, body: bytes, *headers: str, length: int | None = None, ending: Ending = "keep") -> Reply:
    head = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body) if length is None else length}"]
    return Reply("\r\n".join([*head, *headers, "", ""]).encode() + body, ending)


def ok(data: Json, *headers: str) -> Reply:
    return http(200, json.dumps({"code": 0, "message": "", "data": data}).encode(), *headers)


@dataclass(slots=True)
class RawServer:
    """What has arrived so far, and which connections are open."""

    port: int = 0
    connections: int = 0
    requests: list[RawRequest] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    written: int = 0
    still_open: set[int] = field(default_factory=set)
    most_open: int = 0

    def sent_to(self, ending: str) -> list[RawRequest]:
        return [request for request in self.requests if request.target.split("?")[0].endswith(ending)]


@contextlib.asynccontextmanager
async def raw_server(script: Script, *, tls: ssl.SSLContext | None = None) -> AsyncIterator[RawServer]:
    server = RawServer()
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server.connections += 1
        number = server.connections
        server.still_open.add(number)
        server.most_open = max(server.most_open, len(server.still_open))
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                while await _answer_one(server, number, script, reader, writer):
                    pass
        finally:
            server.still_open.discard(number)
            writer.close()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(serve(reader, writer))
        tasks.add(task)

    listener = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=tls)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await listener.wait_closed()


async def _answer_one(
    server: RawServer,
    number: int,
    script: Script,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
) -> bool:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    first, *lines = head.split("\r\n")[:-2]
    method, target, _ = first.split(" ")
    headers = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    length = next((int(value) for name, value in headers if name.lower() == "content-length"), 0)
    request = RawRequest(number, method, target, headers, await reader.readexactly(length))
    server.requests.append(request)
    server.arrived.set()
    reply = script(request)
    writer.write(reply.content)
    server.written += len(reply.content)
    await writer.drain()
    while reply.endless:
        writer.write(reply.endless)
        server.written += len(reply.endless)
        await writer.drain()
    if reply.ending == "reset":
        sock: socket.socket = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    if reply.ending == "hang":
        await asyncio.Event().wait()
    return reply.ending == "keep"


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
