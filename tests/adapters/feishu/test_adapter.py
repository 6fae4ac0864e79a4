"""The adapter's readiness: what an admin has to mend is said in plain words, and forgotten once it is mended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from adapters.feishu import FeishuAdapter, adapter
from adapters.feishu.webhook import Keys
from adapters.port import SendFailed
from protocol.messages import Address, Incoming, Outgoing, Priority
from tests.adapters.feishu.payloads import WORDS
from tests.platforms.feishu_server import FeishuOptions, FeishuServer, feishu_server

SECRET = "App ID and App Secret"


@asynccontextmanager
async def running(folder: Path, server: FeishuServer, *, webhook: bool = True) -> AsyncIterator[FeishuAdapter]:
    """An adapter that is ready, for as long as the block lasts."""
    keys = Keys("encrypt_test_key", server.verification_token) if webhook else None
    built = FeishuAdapter(
        app_id=server.app_id,
        secret=server.app_secret,
        domain=server.domain,
        webhook=keys,
        cards=True,
        words=WORDS,
        folder=folder,
    )

    async def inbox(_: Incoming) -> None:
        return None

    task = asyncio.create_task(built.run(inbox))
    try:
        await server.wait_for(lambda: built.trouble() is None)
        yield built
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await built.close()


def words(server: FeishuServer, text: str = "⏳ 50%") -> Outgoing:
    person = server.person("mei")
    address = Address("feishu", server.direct(person).id, person.open_id, "om_1", private=True)
    return Outgoing(address, text, text, Priority.PROGRESS)


@pytest.mark.parametrize("webhook", [True, False])
async def test_a_secret_that_was_reset_is_said_until_it_is_right_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, webhook: bool
) -> None:
    """The connection may live on, and nothing connects to a webhook: only the token's end tells."""
    monkeypatch.setattr(adapter, "LOOK_EVERY", 0.02)
    async with feishu_server(FeishuOptions()) as server, running(tmp_path, server, webhook=webhook) as built:
        secret = server.app_secret
        server.trouble.change_secret()
        server.trouble.revoke_tokens()
        with pytest.raises(SendFailed):
            await built.send(words(server))
        assert SECRET in (built.trouble() or "")
        server.account.app_secret = secret
        await server.wait_for(lambda: built.trouble() is None)
        await built.send(words(server))
        assert server.violations == []


async def test_a_secret_that_was_reset_is_noticed_though_nobody_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "LOOK_EVERY", 0.02)
    # Half of a token's short life.
    async with feishu_server(FeishuOptions(token_seconds=2, renewal_seconds=1.9)) as server:
        async with running(tmp_path, server) as built:
            server.trouble.change_secret()
            await server.wait_for(lambda: SECRET in (built.trouble() or ""))
        assert server.violations == []


async def test_while_all_is_well_looking_costs_no_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "LOOK_EVERY", 0.001)
    async with feishu_server() as server, running(tmp_path, server) as built:
        before = server.calls()
        looks = 0
        get = built._calls.tokens.get

        async def counted() -> str:
            nonlocal looks
            looks += 1
            return await get()

        monkeypatch.setattr(built._calls.tokens, "get", counted)
        await server.wait_for(lambda: looks > 5)
        assert server.calls() == before


async def test_an_app_that_was_switched_off_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "LOOK_EVERY", 0.02)
    async with feishu_server() as server, running(tmp_path, server) as built:
        more: dict[str, Any] = {"status": 200, "times": 100}
        server.trouble.refuse_next("POST /auth/v3/tenant_access_token/internal", 10013, "app is not active", **more)
        server.trouble.revoke_tokens()
        with pytest.raises(SendFailed):
            await built.send(words(server))
        assert "10013" in (built.trouble() or "")
        server.trouble.calm()
        await server.wait_for(lambda: built.trouble() is None)
