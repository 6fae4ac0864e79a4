"""What the SDK does to those who trust it: each trap in the decision page names the tests that guard against it."""

from __future__ import annotations

import ast
import asyncio
import re
import threading
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from adapters.feishu.calls import Call
from adapters.feishu.connection import LongConnection
from adapters.feishu.errors import ApiError, Rejected, Unreachable
from adapters.feishu.events import Events
from adapters.feishu.payload import JsonObject
from adapters.feishu.webhook import PATH
from adapters.port import SendFailed
from protocol.messages import Incoming
from tests.adapters.feishu.desk import desk
from tests.adapters.feishu.payloads import BOT, WORDS, received
from tests.adapters.feishu.test_deliveries import envelope
from tests.adapters.feishu.test_webhook import EVENT, Inbox, client, sealed, signed
from tests.platforms.feishu.troubles import Outcome
from tests.platforms.feishu_server import FeishuOptions, FeishuServer, feishu_server

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "decisions" / "0015-the-feishu-sdk.md"
MOST_CONNECTIONS = 2


# --- the table ---


def rows() -> Iterator[tuple[str, str, list[str]]]:
    """Trap, what is done instead, and the tests."""
    table = PAGE.read_text(encoding="utf-8").partition("\n## Traps")[2].partition("\n## ")[0]
    for line in [line for line in table.splitlines() if line.startswith("| ")][2:]:
        trap, instead, guards = (cell.strip() for cell in line.strip("|").split("|"))
        if instead:
            yield trap, instead, re.findall(r"`([^`]+)`", guards)


TRAPS = tuple(rows())


@cache
def guards_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_the_table_is_whole() -> None:
    assert len(TRAPS) >= 32
    assert len({trap for trap, _, _ in TRAPS}) == len(TRAPS)


@pytest.mark.parametrize(("trap", "guards"), [(trap, guards) for trap, _, guards in TRAPS])
def test_every_trap_has_a_test_that_is_there(trap: str, guards: list[str]) -> None:
    assert guards, trap
    for guard in guards:
        file, _, name = guard.partition("::")
        assert name.startswith("test_"), guard
        assert name in guards_in(file), guard


# --- guards that stand nowhere else ---


def line(server: FeishuServer, heard: list[JsonObject]) -> LongConnection:
    async def take(event: JsonObject) -> dict[str, object]:
        heard.append(event)
        return {}

    return LongConnection(
        app_id=server.app_id, secret=server.app_secret, domain=server.domain, take=take, too_late=lambda _: None
    )


async def test_two_connections_live_beside_each_other_and_beside_a_running_loop() -> None:
    async with feishu_server(FeishuOptions(seed=3)) as server:
        heard: tuple[list[JsonObject], list[JsonObject]] = ([], [])
        lines = [line(server, each) for each in heard]
        held = [asyncio.create_task(each.hold(lambda: None)) for each in lines]
        await server.wait_for(lambda: len(server.courier.live) == len(lines))
        ann = server.person("ann")
        for number in range(12):
            await server.settled(server.dm(ann, f"{number}"))
        assert all(heard)
        assert sum(map(len, heard)) == 12
        for task in held:
            task.cancel()
        await asyncio.gather(*held, return_exceptions=True)
        assert [thread for thread in threading.enumerate() if thread.name == "feishu connection"] == []
        assert server.violations == []


async def test_calls_share_their_connections(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        calls = here.calls[-1]
        for _ in range(10):
            await calls.answer(Call("GET", "/open-apis/bot/v3/info"))
        assert here.server.connections <= MOST_CONNECTIONS


@pytest.mark.parametrize(
    ("outcome", "kind"), [(502, Unreachable), (404, Rejected), ("reset", Unreachable), ("broken_json", Unreachable)]
)
async def test_whatever_comes_back_is_one_family_of_errors(
    tmp_path: Path, outcome: Outcome, kind: type[ApiError]
) -> None:
    async with desk(tmp_path) as here:
        here.server.trouble.fail_next("GET /bot/v3/info", outcome)
        with pytest.raises(kind):
            await here.calls[-1].answer(Call("GET", "/open-apis/bot/v3/info"))


async def test_a_picture_goes_along_with_each_attempt(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        said = here.server.dm(here.mei, "画一只猫")
        result = here.result(said)
        here.server.trouble.fail_next("POST /im/v1/images", "reset")
        with pytest.raises(SendFailed):
            await here.sending.send(result)
        await here.sending.send(result)
        (shown,) = here.by_bot(said.chat)
        assert shown.pictures == ((tmp_path / "result.png").read_bytes(),)


@pytest.mark.parametrize("spelled", [str.lower, str.upper, str.title])
async def test_headers_are_known_in_any_spelling(spelled: Callable[[str], str]) -> None:
    inbox, body = Inbox([]), sealed(EVENT)
    async with client(inbox) as caller:
        headers = {spelled(name): value for name, value in signed(body).items()}
        assert (await caller.post(PATH, content=body, headers=headers)).status_code == 200
    assert inbox.taken == [EVENT]


async def test_what_comes_late_is_taken() -> None:
    """Whether it is too old to be answered is not for the platform's part to say."""
    taken: list[Incoming] = []

    async def inbox(incoming: Incoming) -> None:
        taken.append(incoming)

    events = Events(inbox, app_id="cli_a", bot=BOT, words=WORDS, locale="zh")
    await events.take(envelope(received(create_time="1"), "im.message.receive_v1", "e1"))
    assert [each.sent_at for each in taken] == [0.001]
