"""A long connection whose socket lives, and on which the platform says nothing more, is given up."""

from __future__ import annotations

import asyncio
import time

import pytest

from adapters.feishu import sdk
from adapters.feishu.connection import ConnectionLost, LongConnection
from adapters.feishu.payload import JsonObject
from tests.platforms.feishu_server import FeishuOptions, FeishuServer, feishu_server


def line(server: FeishuServer) -> LongConnection:
    async def take(_: JsonObject) -> dict[str, object]:
        return {}

    return LongConnection(
        app_id=server.app_id, secret=server.app_secret, domain=server.domain, take=take, too_late=lambda _: None
    )


async def test_pings_that_nobody_answers_end_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The socket's own pings are answered all the while: something before the platform may do that."""
    monkeypatch.setattr(sdk, "KEEPALIVE", 0.05)
    monkeypatch.setattr(sdk, "PONG_SECONDS", 0.2)
    async with feishu_server(FeishuOptions(ping_interval=1)) as server:
        held = asyncio.create_task(line(server).hold(lambda: None))
        await server.wait_for(lambda: server.gateway.pings == 1)
        server.trouble.fall_silent()
        began = time.monotonic()
        with pytest.raises(ConnectionLost, match="says nothing more"):
            await held
        # One interval, and two pings that are waited for.
        assert time.monotonic() - began < 1 + 2 * 0.2 + 5
        assert server.gateway.pings == 3
        assert server.violations == []


async def test_a_ping_that_is_answered_the_second_time_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sdk, "PONG_SECONDS", 1.5)
    async with feishu_server(FeishuOptions(ping_interval=1)) as server:
        held = asyncio.create_task(line(server).hold(lambda: None))
        await server.wait_for(lambda: server.gateway.pings == 1)
        (link,) = server.courier.links
        link.silent = True
        await server.wait_for(lambda: server.gateway.pings == 2)
        link.silent = False
        # The third goes a second and a half after the second, and the fourth a whole one after the third was answered.
        await server.wait_for(lambda: server.gateway.pings == 4)
        assert not held.done()
        held.cancel()
        await asyncio.gather(held, return_exceptions=True)
        assert server.violations == []


async def test_pings_go_as_often_as_the_platform_says() -> None:
    async with feishu_server(FeishuOptions(ping_interval=100)) as server:
        held = asyncio.create_task(line(server).hold(lambda: None))
        await server.wait_for(lambda: server.gateway.pings == 1)
        await server.settled(server.dm(server.person("mei"), "画一只猫"))
        assert server.gateway.pings == 1
        held.cancel()
        await asyncio.gather(held, return_exceptions=True)
        assert server.violations == []
