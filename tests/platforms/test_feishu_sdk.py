"""The real lark-oapi, unmodified, against the local Feishu."""

from __future__ import annotations

import asyncio
import io
import json
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest

from tests.platforms.feishu_server import Chat, FeishuOptions, FeishuServer, Forgery, feishu_server
from tests.platforms.raw_feishu import button, card, picture, words

Json = dict[str, Any]
_WHOLE: dict[str, ModuleType] = {}
"""The library as it is without us. Its import takes seconds: once is enough, whatever happens between the tests."""


@pytest.fixture(autouse=True)
def whole() -> Iterator[None]:
    """The library, whole."""
    sys.modules.update(_WHOLE)
    if not _WHOLE:
        # It makes itself a loop where it is imported: in a thread that has none to lose.
        thread = threading.Thread(target=lambda: import_module("lark_oapi.ws.client").loop.close())
        thread.start()
        thread.join()
    yield
    _WHOLE.update({name: one for name, one in sys.modules.items() if name.partition(".")[0] == "lark_oapi"})


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
        self.refusals = 0
        self._server = server
        self._client: Any = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether its thread is."""
        return self._thread.is_alive()

    def _hear(self, event: Any) -> None:
        if self.refusals:
            self.refusals -= 1
            raise ValueError("not now")
        self.heard.append(event)

    def _press(self, event: Any) -> Any:
        self.pressed.append(event)
        answers = import_module("lark_oapi.event.callback.model.p2_card_action_trigger")
        return answers.P2CardActionTriggerResponse({"toast": {"type": "info", "content": "收到"}})

    def _build(self) -> Any:
        lark = import_module("lark_oapi")
        import_module("lark_oapi.ws.client").loop = self._loop  # type: ignore[attr-defined]
        handler = lark.EventDispatcherHandler.builder("", "").register_p2_im_message_receive_v1(self._hear)
        handler = handler.register_p2_card_action_trigger(self._press).build()
        server, level = self._server, lark.LogLevel.CRITICAL
        return lark.ws.Client(server.app_id, server.app_secret, level, handler, domain=server.domain)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        with suppress(RuntimeError):  # Its loop is stopped under it.
            self._client = self._build()
            self._client.start()
        connection = self._client._conn
        if connection is not None:
            connection.transport.abort()
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.close()

    def tasks(self) -> set[str]:
        """The names of what runs in its loop."""
        return {task.get_coro().__qualname__ for task in asyncio.all_tasks(self._loop)}  # type: ignore[union-attr]

    async def stop(self) -> None:
        """Leave."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        await asyncio.to_thread(self._thread.join, 10)
        assert not self._thread.is_alive()


@asynccontextmanager
async def listening(server: FeishuServer) -> AsyncIterator[Listener]:
    """A client that is connected, for as long as the block lasts."""
    listener = Listener(server)
    try:
        await server.connected()
        # A ping is the first that it sends once its own start is over.
        await server.wait_for(lambda: server.gateway.pings)
        yield listener
    finally:
        await listener.stop()


def rest(server: FeishuServer) -> Any:
    """The library's own client for calls."""
    lark = import_module("lark_oapi")
    return lark.Client.builder().app_id(server.app_id).app_secret(server.app_secret).domain(server.domain).build()


def create(chat: Chat, kind: str, content: Json, uuid: str) -> Any:
    """The request of a new message."""
    im = import_module("lark_oapi.api.im.v1")
    body = im.CreateMessageRequestBody.builder().receive_id(chat.id).msg_type(kind).uuid(uuid)
    body = body.content(json.dumps(content, ensure_ascii=False)).build()
    return im.CreateMessageRequest.builder().receive_id_type("chat_id").request_body(body).build()


async def test_the_real_client_hears_words_and_presses_and_answers_them(server: FeishuServer) -> None:
    """Discovery, handshake, pings, events in one frame and in several, callbacks with a toast."""
    ann = server.person("ann")
    group = server.group("painters", ann)
    async with listening(server) as listener:
        await server.settled(server.say(ann, group, "画一只猫"))
        await server.settled(server.dm(ann, "猫" * 40_000))
        assert [json.loads(one.event.message.content)["text"] for one in listener.heard] == [
            "@_user_1 画一只猫",
            "猫" * 40_000,
        ]
        shown = card(words("a cat"), button("again", {"do": "again"}))
        answer = await asyncio.to_thread(rest(server).im.v1.message.create, create(group, "interactive", shown, "u1"))
        assert answer.success(), answer.msg
        press = server.press(ann, server.messages(group)[0], "again")
        await server.settled(press)
        assert press.toast == {"type": "info", "content": "收到"}
        assert listener.pressed[0].event.action.value == {"do": "again"}
    assert server.violations == []


async def test_what_the_real_client_cannot_work_comes_again(server: FeishuServer) -> None:
    """A handler that raises, a type without one: answered 500, and delivered until it is taken."""
    async with listening(server) as listener:
        listener.refusals = 2
        said = server.dm(server.person("ann"), "a cat")
        await server.settled(said)
        assert server.delivery(said).statuses == [500, 500, 200]
        read = server.send_event("im.message.message_read_v1", {})
        await server.wait_for(lambda: read.given_up)
        assert read.statuses == [500] * 5


async def test_a_press_with_a_string_is_refused_by_the_real_client(server: FeishuServer) -> None:
    """Its model wants an object: answered 500, and lost."""
    ann = server.person("ann")
    chat = server.direct(ann)
    async with listening(server) as listener:
        await asyncio.to_thread(
            rest(server).im.v1.message.create, create(chat, "interactive", card(button("a", {"do": 1})), "u1")
        )
        press = server.press_raw(ann, server.messages(chat)[0], "again")
        await server.settled(press)
        assert (press.error, listener.pressed) == ("failed", [])
    assert [one.name for one in server.violations] == ["callback_failed"]


async def test_the_real_client_comes_back_after_a_drop_and_hears_what_was_missed(server: FeishuServer) -> None:
    """With the waits that the platform told it: none here."""
    async with listening(server) as listener:
        server.trouble.drop()
        await server.wait_for(lambda: not server.courier.live)
        said = server.dm(server.person("ann"), "a cat")
        await server.settled(said)
        assert len(listener.heard) == 1
        assert (server.gateway.discoveries, server.gateway.handshakes) == (2, 2)


async def test_a_client_code_while_reconnecting_kills_the_real_client_in_silence(server: FeishuServer) -> None:
    """Its thread lives on; nobody listens any more, and it never asks again."""
    async with listening(server) as listener:
        server.trouble.too_many_connections()
        server.trouble.drop()
        await server.wait_for(lambda: not server.courier.live)
        await server.wait_for(lambda: "Client._receive_message_loop" not in listener.tasks())
        assert listener.alive
        assert not server.courier.live


async def test_calls_of_the_real_library(server: FeishuServer) -> None:
    """Upload, create, reply, update, read, download: what it sends is what is served, and the codes reach it."""
    im = import_module("lark_oapi.api.im.v1")
    ann = server.person("ann")
    group = server.group("painters", ann)
    data = picture()
    said = server.post(ann, group, [["make it blue", data]])
    calls = rest(server).im.v1

    def work() -> list[Any]:
        upload = im.CreateImageRequestBody.builder().image_type("message").image(io.BytesIO(data)).build()
        made = calls.image.create(im.CreateImageRequest.builder().request_body(upload).build())
        key = made.data.image_key
        shown = card({"tag": "img", "img_key": key, "alt": {"tag": "plain_text", "content": "a cat"}})
        body = im.ReplyMessageRequestBody.builder().msg_type("interactive").uuid("u1").content(json.dumps(shown))
        reply = im.ReplyMessageRequest.builder().message_id(said.id).request_body(body.build()).build()
        replied = calls.message.reply(reply)
        patch = im.PatchMessageRequestBody.builder().content(json.dumps(card(words("a cat")))).build()
        request = im.PatchMessageRequest.builder().message_id(replied.data.message_id).request_body(patch).build()
        theirs = im.GetMessageResourceRequest.builder().message_id(said.id).file_key(said.pictures[0].key)
        gone = im.GetMessageRequest.builder().message_id("om_nothing").build()
        return [
            calls.message.patch(request),
            calls.message_resource.get(theirs.type("image").build()).file.read(),
            calls.image.get(im.GetImageRequest.builder().image_key(key).build()).file.read(),
            calls.message.get(im.GetMessageRequest.builder().message_id(said.id).build()).data.items[0].msg_type,
            calls.message.get(gone).code,
            calls.message.create(create(group, "image", {"image_key": "img_nothing"}, "u2")).code,
        ]

    patched, *found = await asyncio.to_thread(work)
    assert patched.success()
    assert found == [data, data, "post", 230001, 230001]
    assert (server.messages(group)[0].text, server.token_fetches) == ("a cat", 1)
    assert [one.name for one in server.violations] == ["unknown_message", "foreign_picture"]


async def test_bytes_in_place_of_a_file_are_dropped_by_the_real_library(server: FeishuServer) -> None:
    """And an ended token is not renewed by it: both reach the platform."""
    im = import_module("lark_oapi.api.im.v1")
    client = rest(server)
    body = im.CreateImageRequestBody.builder().image_type("message").image(picture()).build()
    request = im.CreateImageRequest.builder().request_body(body).build()
    # Its call for asyncio fetches the token with a blocking one: in a loop of its own.
    answer = await asyncio.to_thread(lambda: asyncio.run(client.im.v1.image.acreate(request)))
    assert answer.code == 234001
    server.trouble.revoke_tokens()
    group = server.group("painters")
    send = create(group, "text", {"text": "hello"}, "u1")
    assert (await asyncio.to_thread(client.im.v1.message.create, send)).code == 99991663
    assert [one.name for one in server.violations] == ["upload_without_file"]


@pytest.mark.parametrize(
    ("forgery", "status", "heard"),
    [
        (None, 200, 1),
        ("wrong_signature", 500, 0),
        ("no_signature", 500, 0),
        ("wrong_token", 500, 0),
        ("garbage", 500, 0),
        ("plain", 200, 1),
        ("stale", 200, 1),
        ("future", 200, 1),
        ("other_app", 200, 1),
    ],
)
async def test_what_the_real_dispatcher_lets_through(
    server: FeishuServer, forgery: Forgery | None, status: int, heard: int
) -> None:
    """Signature and token are its work; time, app, encryption and replays are left to the bot."""
    lark = import_module("lark_oapi")
    ann = server.person("ann")
    hook = server.post_to("http://127.0.0.1:9/", encrypt_key="encrypt_test_key")
    envelope = server.forged_envelope(ann, server.direct(ann), "画一只猫")
    posted = hook.pack(envelope) if forgery is None else hook.forged(envelope, forgery)
    events: list[Any] = []
    builder = lark.EventDispatcherHandler.builder("encrypt_test_key", server.verification_token)
    dispatcher = builder.register_p2_im_message_receive_v1(events.append).build()
    request = lark.RawRequest()
    request.uri, request.body, request.headers = "/feishu/webhook", posted.body, dict(posted.headers)
    assert (dispatcher.do(request).status_code, len(events)) == (status, heard)
    if heard:
        assert json.loads(events[0].event.message.content) == {"text": "画一只猫"}
        dispatcher.do(request)
        assert len(events) == 2
