"""The local Feishu is strict about tokens, scopes and rates, and breaks on demand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.platforms.feishu_server import TOKEN, Chat, FeishuOptions, FeishuServer, Person, feishu_server
from tests.platforms.raw_feishu import Api, Time, api, names

INFO = "/bot/v3/info"


@pytest.fixture
def time() -> Time:
    """All of the server's clocks."""
    return Time()


@pytest.fixture
async def server(time: Time) -> AsyncIterator[FeishuServer]:
    """A Feishu whose time stands still."""
    async with feishu_server(FeishuOptions(clock=time, stopwatch=time)) as found:
        yield found


@pytest.fixture
async def rest(server: FeishuServer) -> AsyncIterator[Api]:
    """The bot's REST client."""
    async with api(server) as found:
        yield found


@pytest.fixture
def ann(server: FeishuServer) -> Person:
    """Somebody who asks."""
    return server.person("ann")


@pytest.fixture
def group(server: FeishuServer, ann: Person) -> Chat:
    """A group with the bot in it."""
    return server.group("painters", ann)


def code(response: httpx.Response) -> tuple[int, int]:
    """HTTP status and the platform's own code."""
    return response.status_code, response.json()["code"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [({"app_id": "cli_other"}, 10003), ({"app_secret": "wrong"}, 10014), ({"app_secret": None}, 10003)],
)
async def test_wrong_credentials_get_no_token(rest: Api, changes: dict[str, str], expected: int) -> None:
    """The endpoint answers 200 with a code, as the platform does."""
    response = await rest.login(**changes)
    assert code(response) == (200, expected)
    assert "tenant_access_token" not in response.json()


async def test_a_token_is_the_same_until_its_last_half_hour_and_both_are_good_then(
    server: FeishuServer, rest: Api, time: Time
) -> None:
    """With 30 minutes or more left the old one comes again, with the time that it has."""
    first = (await rest.login()).json()
    time.now += 5400
    again = (await rest.login()).json()
    time.now += 1
    other = (await rest.login()).json()
    assert first["expire"] == 7200
    assert again == first | {"expire": 1800}
    assert other["tenant_access_token"] != first["tenant_access_token"]
    for one in (first, other):
        rest.token = one["tenant_access_token"]
        assert code(await rest.call("GET", INFO)) == (200, 0)
    assert server.token_fetches == 3


@pytest.mark.parametrize("how", ["expires", "revoked"])
async def test_an_expired_token_is_refused_and_a_second_try_with_it_is_noted(
    server: FeishuServer, rest: Api, time: Time, how: str
) -> None:
    """99991663, and a new one is good again."""
    await rest.login()
    if how == "expires":
        time.now += 7200
    else:
        server.trouble.revoke_tokens()
    assert code(await rest.call("GET", INFO)) == (400, 99991663)
    assert code(await rest.call("GET", INFO)) == (400, 99991663)
    assert names(server) == []  # Both may have left before either was answered.
    time.now += 1
    await rest.call("GET", INFO)
    assert names(server) == ["refused_token_again"]
    await rest.login()
    assert code(await rest.call("GET", INFO)) == (200, 0)


@pytest.mark.parametrize(
    ("headers", "expected", "noted"),
    [
        ({"Authorization": None}, 99991661, ["no_token"]),
        ({"Authorization": "Bearer"}, 99991661, ["no_token"]),
        ({"Authorization": "Basic t-1"}, 99991661, ["no_token"]),
        ({"Authorization": "Bearer None"}, 99991668, []),
        ({"Authorization": "Bearer t-nobody's"}, 99991668, []),
    ],
)
async def test_a_missing_or_strange_token_is_refused(
    server: FeishuServer, rest: Api, headers: dict[str, str], expected: int, noted: list[str]
) -> None:
    """The library sends `Bearer None` when it has none."""
    assert code(await rest.call("GET", INFO, headers=headers)) == (400, expected)
    assert names(server) == noted


async def test_two_authorizations_are_noted(server: FeishuServer, rest: Api) -> None:
    """Whoever adds one to a request that has one already."""
    await rest.login()
    headers = [("Authorization", f"Bearer {rest.token}")] * 2
    async with httpx.AsyncClient(trust_env=False) as client:
        response = await client.get(f"{server.domain}/open-apis{INFO}", headers=headers)
    assert code(response) == (400, 99991661)
    assert names(server) == ["two_authorizations"]


async def test_the_bot_and_its_scopes_can_be_asked() -> None:
    """What `doctor` reads: the bot's name and state, granted scopes and those that are not yet."""
    options = FeishuOptions(scopes=frozenset({"im:message"}), asked_scopes=frozenset({"im:resource", "im:message"}))
    async with feishu_server(options) as server, api(server) as rest:
        bot = (await rest.call("GET", INFO)).json()["bot"]
        scopes = (await rest.call("GET", "/application/v6/scopes")).json()["data"]["scopes"]
        assert (bot["open_id"], bot["app_name"], bot["activate_status"]) == (server.bot.open_id, "imabot", 2)
        assert scopes == [
            {"scope_name": "im:message", "grant_status": 1},
            {"scope_name": "im:resource", "grant_status": 2},
        ]
        assert code(await rest.upload(b"")) == (400, 99991672)
        answer = (await rest.upload(b"")).json()
        assert "[im:resource, im:resource:upload]" in answer["msg"]
        assert {one["subject"] for one in answer["error"]["permission_violations"]} == {
            "im:resource",
            "im:resource:upload",
        }
        assert names(server) == ["scope_missing", "scope_missing"]


async def test_the_app_tells_its_subscriptions_to_itself(rest: Api, server: FeishuServer) -> None:
    """Where events and callbacks go, and which; with a scope of its own, whose lack is nobody's mistake."""
    path = "/application/v6/applications/me?lang=zh_cn"
    assert code(await rest.call("GET", path)) == (400, 99991672)
    assert server.violations == []
    options = FeishuOptions(scopes=frozenset({"application:application:self_manage"}))
    async with feishu_server(options) as able, api(able) as other:
        app = (await other.call("GET", path)).json()["data"]["app"]
        assert app["event"] == {
            "subscription_type": "websocket",
            "request_url": "",
            "subscribed_events": ["im.message.receive_v1"],
        }
        assert app["callback_info"]["subscribed_callbacks"] == ["card.action.trigger"]
        able.post_to("https://example.org/feishu", instead=False)
        assert (await other.call("GET", path)).json()["data"]["app"] == app
        able.post_to("https://example.org/feishu")
        app = (await other.call("GET", path)).json()["data"]["app"]
        assert (app["event"]["subscription_type"], app["event"]["request_url"]) == (
            "webhook",
            "https://example.org/feishu",
        )
        assert code(await other.call("GET", "/application/v6/applications/me")) == (400, 99992402)
        assert code(await other.call("GET", "/application/v6/applications/cli_x?lang=zh_cn")) == (400, 210504)


async def test_without_the_bot_ability_nothing_is_sent() -> None:
    """The console's switch is off."""
    async with feishu_server(FeishuOptions(bot_enabled=False)) as server, api(server) as rest:
        group = server.group("painters")
        assert code(await rest.send(group)) == (400, 230006)
        assert code(await rest.upload(b"x")) == (400, 234007)
        bot = (await rest.call("GET", INFO)).json()["bot"]
        assert (bot["activate_status"], bot["open_id"]) == (0, "")


async def test_the_fifty_first_call_in_a_second_is_refused_with_the_time_to_wait(
    server: FeishuServer, rest: Api, time: Time
) -> None:
    """429 and 99991400; whoever calls before the time is over is noted once more."""
    await rest.login()
    for _ in range(50):
        assert code(await rest.call("GET", INFO)) == (200, 0)
    response = await rest.call("GET", INFO)
    assert code(response) == (429, 99991400)
    assert (response.headers["x-ogw-ratelimit-limit"], response.headers["x-ogw-ratelimit-reset"]) == ("50", "1")
    assert names(server) == ["over_rate"]
    time.now += 0.5
    assert code(await rest.call("GET", INFO)) == (429, 99991400)
    assert names(server) == ["over_rate", "called_while_limited"]
    time.now += 0.6
    assert code(await rest.call("GET", INFO)) == (200, 0)
    assert code(await rest.call("GET", "/application/v6/scopes")) == (200, 0)


async def test_a_thousand_calls_a_minute_are_enough(time: Time) -> None:
    """Within the pace of a second, too."""
    options = FeishuOptions(clock=time, stopwatch=time, calls_a_minute=10)
    async with feishu_server(options) as server, api(server) as rest:
        await rest.login()
        for _ in range(10):
            time.now += 2
            await rest.call("GET", INFO)
        response = await rest.call("GET", INFO)
        assert (code(response), response.headers["x-ogw-ratelimit-reset"]) == ((429, 99991400), "43")
        assert names(server) == ["over_rate"]
        time.now += 43
        assert code(await rest.call("GET", INFO)) == (200, 0)


async def test_five_messages_a_second_into_one_chat(
    server: FeishuServer, rest: Api, group: Chat, ann: Person, time: Time
) -> None:
    """Answers count with new messages; another chat has its own five."""
    said = server.say(ann, group, "a cat")
    answers = [code(await (rest.reply(said) if one % 2 else rest.send(group))) for one in range(6)]
    assert answers == [(200, 0)] * 5 + [(400, 230020)]
    assert code(await rest.send(server.direct(ann))) == (200, 0)
    assert names(server) == ["sent_too_fast"]
    time.now += 1
    assert code(await rest.send(group)) == (200, 0)


async def test_broken_answers_before_and_after_the_effect(server: FeishuServer, rest: Api, group: Chat) -> None:
    """HTML, half a JSON, a reset: what was done before it stays done."""
    route = "POST /im/v1/messages"
    server.trouble.fail_next(route, 502)
    page = await rest.send(group)
    assert (page.status_code, page.headers["content-type"]) == (502, "text/html; charset=utf-8")
    server.trouble.fail_next(route, "broken_json", "after")
    half = await rest.send(group)
    with pytest.raises(ValueError, match="Expecting"):
        half.json()
    server.trouble.fail_next(route, "reset")
    with pytest.raises(httpx.TransportError):
        await rest.send(group)
    server.trouble.fail_next(route, "reset", "after")
    with pytest.raises(httpx.TransportError):
        await rest.send(group)
    assert len(server.messages(group)) == 2
    assert [one.status for one in server.requests if one.method == "POST"][-4:] == [502, 200, 500, 500]
    assert server.violations == []


async def test_limits_and_codes_on_demand(server: FeishuServer, rest: Api, group: Chat, time: Time) -> None:
    """A 429 binds for its time; a code comes as often as said."""
    server.trouble.fail_next("POST /im/v1/messages", 429, seconds=3)
    response = await rest.send(group)
    assert (code(response), response.headers["x-ogw-ratelimit-reset"]) == ((429, 99991400), "3")
    time.now += 2
    assert code(await rest.send(group)) == (429, 99991400)
    time.now += 1
    server.trouble.limit_next("POST /im/v1/messages", 7, status=400)
    old = await rest.send(group)
    assert (code(old), old.headers["x-ogw-ratelimit-reset"]) == ((400, 99991400), "7")
    time.now += 7
    server.trouble.refuse_next("POST /im/v1/messages", 11232, times=2)
    assert [code(await rest.send(group)) for _ in range(3)] == [(400, 11232), (400, 11232), (200, 0)]
    assert names(server) == ["called_while_limited"]


async def test_a_token_that_comes_late_or_never(server: FeishuServer, rest: Api) -> None:
    """The endpoint is slow, and then stands still until it is let go."""
    server.trouble.slow_next(TOKEN, 0.03)
    started = asyncio.get_running_loop().time()
    await rest.login()
    assert asyncio.get_running_loop().time() - started >= 0.03
    server.trouble.fail_next(TOKEN, "never")
    waiting = asyncio.create_task(rest.login())
    await server.wait_for(lambda: server.trouble.held)
    assert not waiting.done()
    server.trouble.thaw()
    with pytest.raises(httpx.TransportError):
        await waiting
    assert server.token_fetches == 1


async def test_a_second_question_for_a_token_while_one_is_open_is_noted(server: FeishuServer, rest: Api) -> None:
    """One fetches, the others wait for it."""
    server.trouble.fail_next(TOKEN, "never")
    first = asyncio.create_task(rest.login())
    await server.wait_for(lambda: server.trouble.held)
    async with api(server) as other:
        await other.login()
    assert names(server) == ["token_asked_twice_at_once"]
    server.trouble.thaw()
    with pytest.raises(httpx.TransportError):
        await first
    await rest.login()
    assert names(server) == ["token_asked_twice_at_once"]


async def test_what_is_not_served_is_noted(server: FeishuServer, rest: Api) -> None:
    """No guessed interfaces, and none without the prefix."""
    assert (await rest.call("GET", "/contact/v3/users/ou_1")).status_code == 404
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(f"{server.domain}{INFO}")).status_code == 404
    assert names(server) == ["unknown_route", "unknown_route"]


async def test_calls_and_connections_are_counted(server: FeishuServer, rest: Api, group: Chat) -> None:
    """A pooled client needs one connection, one without a pool one for each call."""
    await rest.send(group)
    await rest.send(group)
    assert (server.calls(), server.calls("POST /im/v1/messages"), server.connections) == (3, 2, 1)
    for _ in range(3):
        async with api(server) as other:
            other.token = rest.token
            await other.call("GET", INFO)
    assert (server.calls(), server.connections, server.token_fetches) == (6, 4, 1)
