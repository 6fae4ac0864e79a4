"""What the HTTP side promises: health, readiness with reasons, metrics, a word for a taken port, a quick end."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import time
from collections.abc import AsyncIterator, Mapping

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from bot.metrics import Metrics
from bot.web import PortTaken, WebServer, build_app


def app_client(parts: Mapping[str, str | None], metrics: Metrics | None = None) -> httpx.AsyncClient:
    app = build_app(parts=lambda: parts, metrics=metrics or Metrics())
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot")


async def test_health_is_about_the_process_alone() -> None:
    async with app_client({"store": "the database is locked"}) as client:
        answer = await client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


async def test_readiness_names_each_part_and_why_one_is_not_ready() -> None:
    async with app_client({"store": None, "discord": "not connected yet"}) as client:
        answer = await client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "ready": False,
        "parts": {"store": {"ready": True}, "discord": {"ready": False, "trouble": "not connected yet"}},
    }


async def test_all_parts_ready_is_ready() -> None:
    async with app_client({"store": None}) as client:
        answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)


async def test_metrics_are_served_as_prometheus_reads_them() -> None:
    metrics = Metrics()
    metrics.polled()
    async with app_client({}, metrics) as client:
        answer = await client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert "imabot_polls_total 1.0" in answer.text


async def test_a_free_port_is_taken_and_told_and_platforms_routes_are_served_there() -> None:
    async def hello(_: Request) -> Response:
        return Response("hello")

    app = build_app(parts=dict, metrics=Metrics(), routes=[Route("/", hello)])
    async with WebServer(app, "127.0.0.1", 0) as web, httpx.AsyncClient(base_url=web.url) as client:
        assert web.url == f"http://127.0.0.1:{web.port}"
        assert web.port > 0
        assert (await client.get("/")).text == "hello"
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/nothing")).status_code == 404
        assert "server" not in (await client.get("/")).headers


async def test_a_port_that_is_taken_is_said_by_name() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=f"127.0.0.1:{port} is taken by another program"):
            await WebServer(build_app(parts=dict, metrics=Metrics()), "127.0.0.1", port).__aenter__()


@pytest.mark.parametrize("host", ["203.0.113.7", "no-such-host.invalid"])
async def test_an_address_that_this_machine_does_not_have_is_said_by_name(host: str) -> None:
    with pytest.raises(PortTaken, match=f"{host} is not an address of this machine"):
        await WebServer(build_app(parts=dict, metrics=Metrics()), host, 0).__aenter__()


async def test_after_the_end_the_port_is_free_again() -> None:
    app = build_app(parts=dict, metrics=Metrics())
    async with WebServer(app, "127.0.0.1", 0) as web:
        port = web.port
    async with WebServer(app, "127.0.0.1", port) as web:
        assert web.port == port


async def test_it_ends_quickly_and_quietly_with_an_event_stream_open(caplog: pytest.LogCaptureFixture) -> None:
    """A page that listens for ever is told by its connection; nobody waits for it, nothing looks like an error."""
    ended = asyncio.Event()

    async def events() -> AsyncIterator[bytes]:
        try:
            yield b"data: hello\n\n"
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def stream(_: Request) -> Response:
        return StreamingResponse(events(), media_type="text/event-stream")

    app = build_app(parts=dict, metrics=Metrics(), routes=[Route("/events", stream)])
    async with httpx.AsyncClient() as client:
        async with WebServer(app, "127.0.0.1", 0) as web:
            request = client.build_request("GET", f"{web.url}/events")
            response = await client.send(request, stream=True)
            assert await anext(response.aiter_bytes()) == b"data: hello\n\n"
            began = time.monotonic()
        assert time.monotonic() - began < 2.0
        await response.aclose()
    assert ended.is_set()
    assert [
        each for each in caplog.records if each.name.startswith("uvicorn") and each.levelno >= logging.WARNING
    ] == []


async def test_a_handler_that_does_not_listen_is_cancelled() -> None:
    begun, cancelled = asyncio.Event(), asyncio.Event()

    async def stubborn(_: Request) -> Response:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()
        return Response()

    app = build_app(parts=dict, metrics=Metrics(), routes=[Route("/", stubborn)])
    async with httpx.AsyncClient() as client:
        async with WebServer(app, "127.0.0.1", 0) as web:
            asking = asyncio.create_task(client.get(web.url))
            await begun.wait()
            began = time.monotonic()
        assert time.monotonic() - began < 2.5
        with pytest.raises(httpx.TransportError):
            await asking
        async with asyncio.timeout(1):
            await cancelled.wait()


async def test_an_answer_under_way_is_finished_first() -> None:
    begun = asyncio.Event()

    async def slow(_: Request) -> Response:
        begun.set()
        await asyncio.sleep(0.2)
        return Response("done")

    app = build_app(parts=dict, metrics=Metrics(), routes=[Route("/", slow)])
    async with httpx.AsyncClient() as client:
        async with WebServer(app, "127.0.0.1", 0) as web:
            asking = asyncio.create_task(client.get(web.url))
            await begun.wait()
        assert (await asking).text == "done"


async def test_signals_are_left_to_the_service() -> None:
    before = [signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)]
    async with WebServer(build_app(parts=dict, metrics=Metrics()), "127.0.0.1", 0):
        assert [signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)] == before
