"""The local Feishu posts events and callbacks to an address, sealed and signed, and forges them on demand."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from Crypto.Cipher import AES

from tests.platforms.discord.listening import Door
from tests.platforms.feishu_server import FeishuOptions, FeishuServer, Forgery, Person, Webhook, feishu_server
from tests.platforms.raw_feishu import Api, Time, api, button, card, names

Json = dict[str, Any]
KEY = "encrypt_test_key"


class Bot:
    """An address that answers as a test says, and keeps what came."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.reads = True
        self.status = 200
        self.answer: Json | None = None
        self.wait = asyncio.Event()
        self.wait.set()

    async def serve(self, request: web.Request) -> web.Response:
        """Answer."""
        self.bodies.append(await request.read())
        self.headers.append(dict(request.headers))
        await self.wait.wait()
        if self.answer is None and self.reads:
            opened = self.opened()
            if "challenge" in opened:
                return web.json_response({"challenge": opened["challenge"]})
        return web.json_response(self.answer or {}, status=self.status)

    def opened(self, number: int = -1) -> Json:
        """A body, decrypted when it is sealed, with our own hands."""
        body: Json = json.loads(self.bodies[number])
        if "encrypt" not in body:
            return body
        data = base64.b64decode(body["encrypt"])
        cipher = AES.new(hashlib.sha256(KEY.encode()).digest(), AES.MODE_CBC, data[:16])
        text = cipher.decrypt(data[16:])
        found: Json = json.loads(text[: -text[-1]])
        return found

    def signed(self, number: int = -1) -> bool:
        """Whether the signature fits the body."""
        headers = self.headers[number]
        start = headers["X-Lark-Request-Timestamp"] + headers["X-Lark-Request-Nonce"] + KEY
        wanted = hashlib.sha256(start.encode() + self.bodies[number]).hexdigest()
        return headers.get("X-Lark-Signature") == wanted


@pytest.fixture
def time() -> Time:
    """All of the server's clocks."""
    return Time()


@pytest.fixture
async def server(time: Time) -> AsyncIterator[FeishuServer]:
    """A Feishu whose time stands still."""
    async with feishu_server(FeishuOptions(clock=time, stopwatch=time)) as found:
        yield found


@asynccontextmanager
async def listening(bot: Bot) -> AsyncIterator[str]:
    """An address for as long as the block lasts."""
    door = Door([("POST", "/feishu/webhook", bot.serve)])
    await door.open()
    try:
        yield f"http://127.0.0.1:{door.port}/feishu/webhook"
    finally:
        bot.wait.set()
        await door.close()


@pytest.fixture
async def bot() -> Bot:
    """The one who listens."""
    return Bot()


@pytest.fixture
async def hook(server: FeishuServer, bot: Bot) -> AsyncIterator[Webhook]:
    """The sender, pointed at it."""
    async with listening(bot) as url:
        yield server.post_to(url, encrypt_key=KEY)


@pytest.fixture
async def rest(server: FeishuServer) -> AsyncIterator[Api]:
    """The bot's REST client."""
    async with api(server) as found:
        yield found


@pytest.fixture
def ann(server: FeishuServer) -> Person:
    """Somebody who asks."""
    return server.person("ann")


async def test_an_event_is_sealed_signed_and_done_when_answered(
    server: FeishuServer, hook: Webhook, bot: Bot, ann: Person
) -> None:
    """Nothing of it can be read without the key."""
    said = server.dm(ann, "画一只猫")
    await server.settled(said)
    assert list(json.loads(bot.bodies[0])) == ["encrypt"]
    assert bot.opened() == server.delivery(said).envelope
    assert bot.opened()["header"]["token"] == hook.verification_token
    assert bot.signed()
    assert bot.headers[0]["X-Lark-Request-Timestamp"] == "1800000000"
    assert server.delivery(said).statuses == [200]


async def test_without_a_key_the_body_is_plain_and_unsigned(server: FeishuServer, bot: Bot, ann: Person) -> None:
    """Then the token alone says who sent it."""
    async with listening(bot) as url:
        server.post_to(url, encrypt_key=None)
        said = server.dm(ann, "a cat")
        await server.settled(said)
    assert json.loads(bot.bodies[0]) == server.delivery(said).envelope
    assert "X-Lark-Signature" not in bot.headers[0]


async def test_the_address_is_verified_by_a_challenge(server: FeishuServer, hook: Webhook, bot: Bot) -> None:
    """Echoed within a second; anything else is noted."""
    assert await hook.challenge()
    assert {**bot.opened(), "challenge": ""} == {
        "challenge": "",
        "token": server.verification_token,
        "type": "url_verification",
    }
    assert names(server) == []
    bot.answer = {"challenge": "another"}
    assert not await hook.challenge()
    bot.status = 500
    assert not await hook.challenge()
    assert names(server) == ["challenge_failed", "challenge_failed"]


async def test_a_challenge_that_is_not_answered_in_time_fails(bot: Bot) -> None:
    """The second is real."""
    async with feishu_server(FeishuOptions(challenge_seconds=0.05)) as server, listening(bot) as url:
        bot.wait.clear()
        assert not await server.post_to(url, encrypt_key=KEY).challenge()
        assert names(server) == ["challenge_failed"]


async def test_an_event_comes_again_until_it_is_answered_with_200(
    server: FeishuServer, hook: Webhook, bot: Bot, ann: Person, time: Time
) -> None:
    """After 15 s, then 5 min; each time signed anew, under one event id."""
    bot.status = 500
    found = server.delivery(server.dm(ann, "a cat"))
    await server.wait_for(lambda: found.again)
    time.now += 15.1
    await server.wait_for(lambda: len(found.attempts) == 2 and found.again)
    bot.status = 200
    time.now += 300.1
    await server.settled(found)
    assert found.statuses == [500, 500, 200]
    assert {bot.opened(number)["header"]["event_id"] for number in range(3)} == {found.event_id}
    assert len({one["X-Lark-Request-Nonce"] for one in bot.headers}) == 3
    assert all(bot.signed(number) for number in range(3))
    assert server.violations == []


async def test_an_answer_after_three_seconds_is_noted_and_the_line_hung_up(
    server: FeishuServer, hook: Webhook, bot: Bot, ann: Person, time: Time
) -> None:
    """And the event comes again."""
    bot.wait.clear()
    found = server.delivery(server.dm(ann, "a cat"))
    await server.wait_for(lambda: bot.bodies)
    time.now += 3.1
    await server.wait_for(lambda: found.again)
    bot.wait.set()
    time.now += 15.1
    await server.settled(found)
    assert found.statuses == [None, 200]
    assert names(server) == ["event_unanswered"]


async def test_nobody_at_the_address_is_nobodys_fault(server: FeishuServer, bot: Bot, ann: Person, time: Time) -> None:
    """A restart: the event comes again, and nothing is noted."""
    async with listening(bot) as url:
        pass
    server.post_to(url, encrypt_key=KEY)
    found = server.delivery(server.dm(ann, "a cat"))
    await server.wait_for(lambda: found.again)
    assert (found.statuses, server.violations) == ([None], [])


async def test_a_press_is_posted_and_answered_in_the_body(
    server: FeishuServer, hook: Webhook, bot: Bot, ann: Person, rest: Api
) -> None:
    """A toast; a failure is shown to the person, and never sent again."""
    await rest.send(server.direct(ann), "interactive", card(button("again", {"do": "again"})))
    shown = server.messages(server.direct(ann))[0]
    bot.answer = {"toast": {"type": "success", "content": "收到"}}
    press = server.press(ann, shown, "again")
    await server.settled(press)
    assert (press.toast, press.error) == ({"type": "success", "content": "收到"}, None)
    assert bot.opened()["event"]["action"]["value"] == {"do": "again"}
    bot.status = 500
    failed = server.press(ann, shown, "again")
    await server.settled(failed)
    assert failed.error == "failed"
    assert names(server) == ["callback_failed"]
    assert len(bot.bodies) == 2


@pytest.mark.parametrize(
    ("forgery", "signed", "app_id", "token", "age", "sealed"),
    [
        ("wrong_signature", False, True, True, 0, True),
        ("no_signature", False, True, True, 0, True),
        ("stale", True, True, True, 301, True),
        ("future", True, True, True, -301, True),
        ("other_app", True, False, True, 0, True),
        ("wrong_token", True, True, False, 0, True),
        ("plain", True, True, True, 0, False),
    ],
)
async def test_a_forgery_has_one_thing_wrong(
    server: FeishuServer,
    hook: Webhook,
    bot: Bot,
    ann: Person,
    time: Time,
    forgery: Forgery,
    signed: bool,
    app_id: bool,
    token: bool,
    age: int,
    sealed: bool,
) -> None:
    """So that a test shows which check it was that held; nobody wrote the message."""
    reply = await server.forge(forgery, ann, server.direct(ann), "a cat")
    assert reply.status == 200
    opened = bot.opened()
    assert bot.signed() is signed
    assert (opened["header"]["app_id"] == server.app_id) is app_id
    assert (opened["header"]["token"] == server.verification_token) is token
    assert time.now - int(bot.headers[0]["X-Lark-Request-Timestamp"]) == age
    assert ("encrypt" in json.loads(bot.bodies[0])) is sealed
    assert json.loads(opened["event"]["message"]["content"]) == {"text": "a cat"}
    assert server.messages(server.direct(ann), by_bot=False) == ()
    assert server.deliveries == []


async def test_garbage_cannot_be_opened(server: FeishuServer, hook: Webhook, bot: Bot, ann: Person) -> None:
    """It is signed all the same: the signature needs no plaintext."""
    bot.reads = False
    await server.forge("garbage", ann, server.direct(ann), "a cat")
    assert bot.signed()
    with pytest.raises(ValueError, match="boundary"):
        bot.opened()


async def test_a_request_can_be_replayed_byte_for_byte(
    server: FeishuServer, hook: Webhook, bot: Bot, ann: Person
) -> None:
    """With the same time, nonce and signature."""
    await server.settled(server.dm(ann, "a cat"))
    await hook.send(hook.posted[0])
    assert bot.bodies[0] == bot.bodies[1]
    assert bot.headers[0] == bot.headers[1]
