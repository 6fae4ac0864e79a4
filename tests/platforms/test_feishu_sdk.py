"""The real lark-oapi, unmodified, against the local Feishu."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from importlib import import_module
from typing import Any

import pytest

from tests.platforms.feishu_server import FeishuOptions, FeishuServer, feishu_server
from tests.platforms.raw_feishu import button, card, words

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]

Json = dict[str, Any]


@pytest.fixture
async def server() -> AsyncIterator[FeishuServer]:
    """A Feishu that redelivers at once."""
    async with feishu_server(FeishuOptions(redelivery=(0.05,) * 4, reconnect_nonce=0, reconnect_interval=1)) as found:
        yield found


class Listener:
    """The library's client in a thread of its own, stopped as it has no word for."""

    def __init__(self, server: FeishuServer) -> None:
        self.heard: list[Any] = []
        self.pressed: list[Any] = []
        self._server = server
        self._client: Any = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _build(self) -> Any:
        lark = import_module("lark_oapi")
        answers = import_module("lark_oapi.event.callback.model.p2_card_action_trigger")
        import_module("lark_oapi.ws.client").loop = self._loop  # type: ignore[attr-defined]

        def press(event: Any) -> Any:
            self.pressed.append(event)
            return answers.P2CardActionTriggerResponse({"toast": {"type": "info", "content": "收到"}})

        handler = (
            lark.EventDispatcherHandler.builder("", "")
            .register_p2_im_message_receive_v1(self.heard.append)
            .register_p2_card_action_trigger(press)
            .build()
        )
        server = self._server
        level = lark.LogLevel.ERROR
        return lark.ws.Client(server.app_id, server.app_secret, level, handler, domain=server.domain)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        with suppress(RuntimeError):  # Its loop is stopped under it.
            self._client = self._build()
            self._client.start()
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.close()

    async def stop(self) -> None:
        """Leave."""
        self._client._auto_reconnect = False

        async def leave() -> None:
            await self._client._disconnect()
            self._loop.stop()

        future = asyncio.run_coroutine_threadsafe(leave(), self._loop)
        await asyncio.to_thread(self._thread.join, 10)
        future.cancel()
        assert not self._thread.is_alive()


async def test_the_real_client_hears_words_and_presses_and_answers_them(server: FeishuServer) -> None:
    """Discovery, handshake, pings, events in one frame and in several, callbacks with a toast."""
    listener = Listener(server)
    try:
        await server.connected()
        await server.wait_for(lambda: server.gateway.pings)
        ann = server.person("ann")
        group = server.group("painters", ann)
        said = server.say(ann, group, "画一只猫")
        await server.settled(said)
        long = server.dm(ann, "猫" * 40_000)
        await server.settled(long)
        assert [json.loads(one.event.message.content)["text"] for one in listener.heard] == [
            "@_user_1 画一只猫",
            "猫" * 40_000,
        ]
        lark, im = import_module("lark_oapi"), import_module("lark_oapi.api.im.v1")
        client = lark.Client.builder().app_id(server.app_id).app_secret(server.app_secret).domain(server.domain).build()
        content = json.dumps(card(words("a cat"), button("again", {"do": "again"})))
        body = im.CreateMessageRequestBody.builder().receive_id(group.id).msg_type("interactive").uuid("u1")
        request = (
            im.CreateMessageRequest.builder().receive_id_type("chat_id").request_body(body.content(content).build())
        )
        answer = await asyncio.to_thread(client.im.v1.message.create, request.build())
        assert answer.success(), answer.msg
        press = server.press(ann, server.messages(group)[0], "again")
        await server.settled(press)
        assert press.toast == {"type": "info", "content": "收到"}
        assert listener.pressed[0].event.action.value == {"do": "again"}
    finally:
        await listener.stop()
    assert server.violations == []
