"""What the doctor says of Feishu, asked at the strict local one."""

from __future__ import annotations

from pydantic import SecretStr

from bot.doctor.feishu import FeishuCheck
from bot.doctor.finding import Finding, Verdict
from bot.settings.model import FeishuSettings, FeishuTransport
from tests.platforms.feishu_server import SCOPES, FeishuOptions, FeishuServer, feishu_server


async def examine(server: FeishuServer, transport: FeishuTransport = "ws") -> list[Finding]:
    settings = FeishuSettings(
        server.app_id, SecretStr(server.app_secret), server.domain, transport, None, None, cards=True
    )
    found = [finding async for finding in FeishuCheck(settings)()]
    assert all(server.app_secret not in finding.line for finding in found)
    # The app's own settings are asked for, which the local platform tells nobody.
    server.forgive("unknown_route", "scope_missing")
    assert server.violations == []
    return found


def verdicts(found: list[Finding]) -> list[Verdict]:
    return [each.verdict for each in found]


async def test_a_healthy_app_is_proven_line_by_line_but_for_what_nobody_tells() -> None:
    async with feishu_server() as server:
        found = await examine(server)
        assert [each.verdict for each in found if "subscribed" not in each.what] == [Verdict.PROVEN] * 8
        told = next(each for each in found if "subscribed" in each.what)
        assert told.verdict is Verdict.UNKNOWN
        for word in ("im.message.receive_v1", "card.action.trigger", "persistent connection", "publish a version"):
            assert word in told.line


async def test_credentials_that_are_wrong_say_where_the_right_ones_are() -> None:
    async with feishu_server() as server:
        settings = FeishuSettings(server.app_id, SecretStr("wrong"), server.domain, "ws", None, None, cards=True)
        found = [finding async for finding in FeishuCheck(settings)()]
        assert verdicts(found) == [Verdict.FAILED, Verdict.UNKNOWN]
        assert "Credentials & Basic Info" in found[0].line
        server.forgive(*{each.name for each in server.violations})


async def test_a_platform_that_is_away_is_named_as_such() -> None:
    async with feishu_server() as server:
        await server.trouble.refuse(rest=True)
        found = await examine(server)
        assert verdicts(found) == [Verdict.FAILED, Verdict.UNKNOWN]
        assert "HTTPS_PROXY" in found[0].line


async def test_what_is_switched_off_in_the_console_is_named_with_its_switch() -> None:
    options = FeishuOptions(bot_enabled=False, scopes=SCOPES - {"im:resource", "im:message.p2p_msg:readonly"})
    async with feishu_server(options) as server:
        failing = [each.line for each in await examine(server) if each.verdict is Verdict.FAILED]
        assert len(failing) == 4
        assert "Add Features" in failing[0]
        assert "add im:message.p2p_msg:readonly" in failing[1]
        assert "add im:resource" in failing[2]
        assert "a picture cannot be uploaded" in failing[3]


async def test_a_long_connection_that_is_refused_says_so() -> None:
    async with feishu_server() as server:
        server.trouble.too_many_connections(times=1)
        found = await examine(server)
        assert "the long connection fails" in next(each.line for each in found if each.verdict is Verdict.FAILED)


async def test_whether_the_webhook_is_reached_cannot_be_known_from_here() -> None:
    async with feishu_server() as server:
        found = await examine(server, "webhook")
        told = next(each for each in found if "webhook" in each.what)
        assert told.verdict is Verdict.UNKNOWN
        assert "/feishu/webhook" in told.line


async def test_subscriptions_are_told_where_the_app_may_read_its_own_settings() -> None:
    scopes = SCOPES | {"application:application:self_manage"}
    async with feishu_server(FeishuOptions(scopes=scopes)) as server:
        told = next(each for each in await examine(server) if "subscribed" in each.what)
        assert told.verdict is Verdict.PROVEN
    missing = FeishuOptions(scopes=scopes, subscribed=frozenset({"im.message.receive_v1"}))
    async with feishu_server(missing) as server:
        told = next(each for each in await examine(server) if "subscribed" in each.what)
        assert told.verdict is Verdict.FAILED
        assert told.what.startswith("card.action.trigger")
