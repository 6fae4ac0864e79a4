"""The local Feishu's long connection: discovery, tickets, pings, answers within three seconds, redelivery."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import httpx
import pytest

from tests.platforms.feishu.frames import CONTROL, DATA, Frame
from tests.platforms.feishu_server import SCOPES, FeishuOptions, FeishuServer, Person, feishu_server
from tests.platforms.raw_feishu import Time, connection, discover, names


@pytest.fixture
def time() -> Time:
    """All of the server's clocks."""
    return Time()


@pytest.fixture
async def server(time: Time) -> AsyncIterator[FeishuServer]:
    """A Feishu whose time stands still."""
    async with feishu_server(FeishuOptions(clock=time, stopwatch=time, connections=2)) as found:
        yield found


@pytest.fixture
def ann(server: FeishuServer) -> Person:
    """Somebody who asks."""
    return server.person("ann")


async def handshake(url: str) -> dict[str, str]:
    """Try to connect, and return the headers of the refusal."""
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
            await session.ws_connect(url)
    assert caught.value.headers is not None
    return {key.lower(): value for key, value in caught.value.headers.items()}


async def test_discovery_gives_an_address_and_how_to_behave(server: FeishuServer) -> None:
    """The names are those that the library reads."""
    found = (await discover(server)).json()
    assert found["code"] == 0
    assert found["data"]["ClientConfig"] == {
        "ReconnectCount": -1,
        "ReconnectInterval": 120,
        "ReconnectNonce": 30,
        "PingInterval": 120,
    }
    query = httpx.URL(found["data"]["URL"]).params
    assert {"device_id", "service_id", "ticket", "access_key"} <= set(query)


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"AppSecret": "wrong"}, 10014), ({"AppID": "cli_other"}, 10003), ({"AppSecret": ""}, 1000040344)],
)
async def test_discovery_refuses_wrong_credentials(server: FeishuServer, changes: dict[str, str], code: int) -> None:
    """With a code that the library takes for the client's own fault: it gives up for good."""
    response = await discover(server, **changes)
    assert (response.status_code, response.json()["code"]) == (200, code)


async def test_a_reset_secret_is_wrong_from_then_on(server: FeishuServer) -> None:
    """As after a change in the console."""
    old = server.app_secret
    server.trouble.change_secret()
    assert (await discover(server, AppSecret=old)).json()["code"] == 10014
    assert (await discover(server)).json()["code"] == 0


async def test_a_ticket_is_good_once_and_for_two_minutes(server: FeishuServer, time: Time) -> None:
    """Anything else is refused in the handshake, with the headers that the library reads."""
    url = (await discover(server)).json()["data"]["URL"]
    async with connection(server, url):
        pass
    assert (await handshake(url))["handshake-status"] == "514"
    late = (await discover(server)).json()["data"]["URL"]
    time.now += 121
    assert (await handshake(late))["handshake-msg"] == "ticket is invalid"
    assert names(server) == ["bad_ticket", "bad_ticket"]


async def test_connections_are_limited(server: FeishuServer) -> None:
    """At discovery, and at the handshake for whoever asked before."""
    third = (await discover(server)).json()["data"]["URL"]
    async with connection(server), connection(server):
        assert (await discover(server)).json()["code"] == 1000040350
        assert (await handshake(third))["handshake-autherrcode"] == "1000040350"
    await server.wait_for(lambda: not server.courier.live)
    assert (await discover(server)).json()["code"] == 0
    server.trouble.too_many_connections()
    assert (await discover(server)).json()["code"] == 1000040350


async def test_a_ping_is_answered_with_the_configuration(server: FeishuServer) -> None:
    """The pong may change how the client behaves."""
    async with connection(server) as socket:
        pong = await socket.ping()
        assert (pong.method, pong.headers) == (CONTROL, {"type": "pong"})
        assert b"PingInterval" in pong.payload
    assert server.violations == []


async def test_who_never_pings_is_dropped(server: FeishuServer, time: Time) -> None:
    """After three intervals."""
    async with connection(server) as socket:
        time.now += 359
        await socket.ping()
        time.now += 100
        await asyncio.sleep(0.03)
        assert server.courier.live
        time.now += 600
        with pytest.raises(ConnectionError):
            await socket.next()
    assert names(server) == ["no_pings"]


async def test_an_event_that_is_answered_in_time_is_done(server: FeishuServer, ann: Person, time: Time) -> None:
    """It carries what the platform puts around it, and does not come again."""
    async with connection(server) as socket:
        said = server.dm(ann, "画一只猫")
        envelope = await socket.take()
        await server.settled(said)
        assert envelope["header"] == {
            "event_id": server.delivery(said).event_id,
            "token": server.verification_token,
            "create_time": "1800000000000",
            "event_type": "im.message.receive_v1",
            "tenant_key": server.world.tenant,
            "app_id": server.app_id,
        }
        time.now += 100_000
        await asyncio.sleep(0.03)
    assert server.delivery(said).statuses == [200]
    assert [one for one in names(server) if one != "no_pings"] == []


async def test_an_event_comes_again_after_15_s_5_min_1_h_and_6_h(time: Time) -> None:
    """Refused each time, under one event id; then the platform gives up."""
    seen = []
    options = FeishuOptions(clock=time, stopwatch=time, ping_interval=100_000)
    async with feishu_server(options) as server, connection(server) as socket:
        found = server.delivery(server.dm(server.person("ann"), "a cat"))
        seen.append(await socket.take(500))
        for pause in (15, 300, 3600, 21600):
            await server.wait_for(lambda: found.again)
            time.now += pause - 0.5
            await asyncio.sleep(0.03)
            assert len(found.attempts) == len(seen)
            time.now += 1
            seen.append(await socket.take(500))
        await server.wait_for(lambda: found.given_up)
    assert [one["header"]["event_id"] for one in seen] == [found.event_id] * 5
    assert found.statuses == [500] * 5


async def test_an_answer_after_three_seconds_is_noted_and_the_event_comes_again(
    server: FeishuServer, ann: Person, time: Time
) -> None:
    """The late answer changes nothing."""
    async with connection(server) as socket:
        said = server.dm(ann, "a cat")
        frame, first = await socket.event()
        time.now += 3.1
        await server.wait_for(lambda: server.delivery(said).again)
        await socket.answer(frame)
        time.now += 15.1
        assert await socket.take() == first
        await server.settled(said)
    assert names(server) == ["event_unanswered"]
    assert server.delivery(said).statuses == [None, 200]


async def test_an_answer_that_is_lost_with_its_connection_brings_the_event_again(
    server: FeishuServer, ann: Person, time: Time
) -> None:
    """The bot worked it; the platform does not know."""
    server.trouble.lose_answers()
    async with connection(server) as socket:
        said = server.dm(ann, "a cat")
        first = await socket.take()
        with pytest.raises(ConnectionError):
            await socket.next()
    async with connection(server) as socket:
        time.now += 3.1
        await server.wait_for(lambda: server.delivery(said).again)
        time.now += 15.1
        assert await socket.take() == first
        await server.settled(said)
    assert server.violations == []


async def test_an_event_waits_for_a_connection(server: FeishuServer, ann: Person, time: Time) -> None:
    """Nobody was there: it comes on the schedule, to whoever is there then."""
    said = server.dm(ann, "a cat")
    async with connection(server) as socket:
        time.now += 15.1
        await socket.take()
        await server.settled(said)
    assert [one.way for one in server.delivery(said).attempts] == ["nobody", "connection"]


async def test_one_of_several_connections_gets_an_event(server: FeishuServer, ann: Person) -> None:
    """Each gets some, and none comes twice."""
    async with connection(server) as one, connection(server) as other:
        said = [server.dm(ann, f"cat {number}") for number in range(12)]
        heard: dict[int, list[str]] = {1: [], 2: []}

        async def listen(number: int) -> None:
            socket = one if number == 1 else other
            while True:
                heard[number].append((await socket.take())["header"]["event_id"])

        listeners = [asyncio.create_task(listen(number)) for number in heard]
        for each in said:
            await server.settled(each)
        for listener in listeners:
            listener.cancel()
        await asyncio.gather(*listeners, return_exceptions=True)
    assert heard[1]
    assert heard[2]
    assert sorted(heard[1] + heard[2]) == sorted(server.delivery(each).event_id for each in said)


@pytest.mark.parametrize("reverse", [False, True])
async def test_a_large_event_comes_in_parts(server: FeishuServer, ann: Person, *, reverse: bool) -> None:
    """Numbered from 0, under one message id, in any order."""
    if reverse:
        server.trouble.reverse_frames()
    async with connection(server) as socket:
        said = server.dm(ann, "猫" * 50_000)
        frames = [await socket.next() for _ in range(3)]
        assert [one.headers["seq"] for one in frames] == (["2", "1", "0"] if reverse else ["0", "1", "2"])
        assert {(one.headers["sum"], one.headers["message_id"]) for one in frames} == {
            ("3", frames[0].headers["message_id"])
        }
        await socket.answer(frames[-1])
        await server.settled(said)


@pytest.mark.parametrize(
    ("data", "noted"),
    [
        (b"\x00nonsense", "malformed_frame"),
        (b"", "malformed_frame"),
    ],
)
async def test_bytes_that_are_no_frame_end_the_connection(server: FeishuServer, data: bytes, noted: str) -> None:
    """And are noted."""
    async with connection(server) as socket:
        await socket.send_bytes(data)
        with pytest.raises(ConnectionError):
            await socket.next()
    assert names(server) == [noted]


async def test_strange_frames_are_noted(server: FeishuServer) -> None:
    """An answer to nothing, one that is none, another service, an unknown type."""
    async with connection(server) as socket:
        await socket.send(Frame(DATA, {"type": "event", "message_id": "x"}, b'{"code":200}', 33554678))
        await socket.send(Frame(DATA, {"type": "event", "message_id": "x"}, b"no", 33554678))
        await socket.send(Frame(CONTROL, {"type": "hello"}, b"", 33554678))
        await socket.send(Frame(CONTROL, {"type": "ping"}, b"", 7))
        await socket.next()
    assert names(server) == ["answer_to_nothing", "malformed_answer", "unknown_frame", "wrong_service"]


async def test_a_dropped_connection_and_a_closed_one_end(server: FeishuServer) -> None:
    """One with a reset, one politely."""
    for trouble in (server.trouble.drop, server.trouble.close):
        async with connection(server) as socket:
            await server.connected()
            trouble()
            with pytest.raises(ConnectionError):
                await socket.next()
        await server.wait_for(lambda: not server.courier.live)


async def test_a_black_hole_swallows_all_until_the_client_leaves(server: FeishuServer, ann: Person, time: Time) -> None:
    """Open, silent, and nobody's fault; a new connection is a good one unless said."""
    async with connection(server) as socket:
        await server.connected()
        await socket.keep_alive()
        server.trouble.black_hole()
        said = server.dm(ann, "a cat")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(socket.ping(), 0.05)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(socket.keep_alive(), 0.05)
        time.now += 3.1
        await server.wait_for(lambda: server.delivery(said).again)
    await server.wait_for(lambda: not server.courier.live)
    async with connection(server) as socket:
        time.now += 15.1
        await socket.take()
    server.trouble.black_hole(new_ones=True)
    async with connection(server) as socket:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(socket.ping(), 0.05)
    assert server.violations == []


async def test_a_platform_that_falls_silent_reads_on_and_keeps_its_socket_alive(
    server: FeishuServer, ann: Person
) -> None:
    """Neither pings of its own kind nor events are answered or written; the socket's own pings are."""
    async with connection(server) as socket:
        await socket.ping()
        server.trouble.fall_silent()
        said = server.dm(ann, "a cat")
        await socket.send(Frame(CONTROL, {"type": "ping"}, b"", server.courier.links[0].service))
        # The first thing that comes back is the socket's own answer.
        await socket.keep_alive()
        assert server.gateway.pings == 2
        assert [one.way for one in server.delivery(said).attempts] == ["connection"]
    assert names(server) == []


async def test_connections_can_be_refused(server: FeishuServer) -> None:
    """The long connection alone, or everything, until they are accepted again."""
    url = (await discover(server)).json()["data"]["URL"]
    await server.trouble.refuse()
    with pytest.raises(aiohttp.ClientConnectionError):
        async with connection(server, url):
            pass
    assert (await discover(server)).json()["code"] == 0
    await server.trouble.refuse(rest=True)
    with pytest.raises(httpx.ConnectError):
        await discover(server)
    await server.trouble.accept()
    async with connection(server, url):
        await server.connected()


async def test_a_frozen_discovery_never_answers(server: FeishuServer) -> None:
    """Until it is calm again."""
    server.trouble.freeze_discovery()
    waiting = asyncio.create_task(discover(server))
    await server.wait_for(lambda: server.trouble.held)
    assert not waiting.done()
    server.trouble.calm()
    with pytest.raises(httpx.TransportError):
        await waiting
    assert (await discover(server)).json()["code"] == 0


async def test_an_event_that_was_taken_can_come_once_more(server: FeishuServer, ann: Person) -> None:
    """Same event id, same message."""
    async with connection(server) as socket:
        said = server.dm(ann, "a cat")
        first = await socket.take()
        await server.settled(said)
        server.trouble.repeat(server.delivery(said))
        assert await socket.take() == first


async def test_only_what_is_subscribed_and_granted_is_told(time: Time) -> None:
    """Private messages, mentions, everything: each is a scope; being removed and recalls are events of their own."""
    told = {
        frozenset({"im:message.p2p_msg:readonly"}): {"private"},
        frozenset({"im:message.group_at_msg:readonly"}): {"mention", "everybody"},
        SCOPES | {"im:message.group_msg"}: {"private", "mention", "everybody", "aside", "other"},
    }
    for scopes, expected in told.items():
        async with feishu_server(FeishuOptions(clock=time, stopwatch=time, scopes=scopes)) as server:
            ann, bob = server.person("ann"), server.person("bob")
            group = server.group("painters", ann, bob)
            said = {
                "private": server.dm(ann, "a cat"),
                "mention": server.say(ann, group, "a cat"),
                "everybody": server.say(ann, group, "@所有人 a cat", mention_bot=False),
                "aside": server.say(ann, group, "a cat", mention_bot=False),
                "other": server.say(ann, group, "@bob a cat", mention_bot=False),
            }
            heard = {name for name, message in said.items() if len(server.deliveries) and _is_told(server, message.id)}
            assert heard == expected
            server.trouble.recall(said["mention"])
            server.trouble.remove_bot(group)
            server.say(ann, group, "anybody there?")
            assert len(server.deliveries) == len(expected)


def _is_told(server: FeishuServer, key: str) -> bool:
    return any(one.envelope["event"]["message"]["message_id"] == key for one in server.deliveries)


async def test_removal_and_recall_are_told_to_who_subscribed() -> None:
    """Types for which a bot of this kind needs at least a handler that does nothing."""
    subscribed = frozenset({"im.message.recalled_v1", "im.chat.member.bot.deleted_v1"})
    async with feishu_server(FeishuOptions(subscribed=subscribed)) as server:
        ann = server.person("ann")
        group = server.group("painters", ann)
        server.trouble.recall(server.say(ann, group, "a cat"))
        server.trouble.remove_bot(group)
        assert [one.kind for one in server.deliveries] == ["im.message.recalled_v1", "im.chat.member.bot.deleted_v1"]
