"""The scopes in the instructions are those that the doctor asks for, and those that the calls and events need."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import adapters.feishu
from bot.doctor.feishu import CALLBACK, EVENT
from bot.doctor.feishu import SCOPES as PURPOSES
from tests.platforms.feishu.basics import CARD_EVENT, MESSAGE_EVENT, SCOPES
from tests.platforms.feishu.server import FeishuServer
from tests.platforms.feishu_server import FeishuOptions, feishu_server

GUIDE = (Path(__file__).parents[3] / "docs" / "feishu.md").read_text(encoding="utf-8")
CHINESE, ENGLISH = GUIDE.split("## Lark and Feishu, in English")
ASKED = frozenset(json.loads(GUIDE.partition("```json\n")[2].partition("```")[0])["scopes"]["tenant"])


def in_the_table(text: str) -> list[str]:
    return re.findall(r"^\| `(im:[\w.:]+)`", text, re.MULTILINE)


def test_guide_tables_and_doctor_name_the_same_scopes() -> None:
    assert sorted(in_the_table(CHINESE)) == sorted(in_the_table(ENGLISH)) == sorted(ASKED)
    assert {max(enough, key=len) for enough in PURPOSES.values()} == ASKED
    # What the strict local platform grants, and no more.
    assert ASKED == SCOPES


def test_guide_and_doctor_name_the_same_subscriptions() -> None:
    assert (EVENT, CALLBACK) == (MESSAGE_EVENT, CARD_EVENT)
    for text in (CHINESE, ENGLISH):
        assert EVENT in text
        assert CALLBACK in text


def calls() -> Iterator[tuple[str, str]]:
    """Method and path of every call that is written down in the adapter."""
    for file in sorted(Path(adapters.feishu.__file__).parent.glob("*.py")):
        names = vars(import_module(f"adapters.feishu.{file.stem}")) if file.stem != "__init__" else {}
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Call":
                method, path = (_text(each, names) for each in node.args[:2])
                yield method, path


def _text(node: ast.expr, names: dict[str, object]) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.Name):
        return str(names[node.id])
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(each, names) for each in node.values)
    if isinstance(node, ast.FormattedValue):
        return _text(node.value, names)
    raise AssertionError(ast.dump(node))


def needed(server: FeishuServer) -> dict[str, frozenset[str]]:
    """The scopes of which each call needs one; none where any app may."""
    found = {}
    for method, path in calls():
        routed = server._rest._find(method, re.sub(r":\w+", "x", path.removeprefix("/open-apis")))
        assert routed is not None, f"{method} {path}"
        found[routed[0].name] = routed[0].scopes
    return found


async def test_with_the_scopes_of_the_guide_every_call_may_be_made() -> None:
    async with feishu_server() as server:
        routes = needed(server)
        assert len(routes) == 10
        assert {name: scopes for name, scopes in routes.items() if scopes and not scopes & ASKED} == {}


@pytest.mark.parametrize("scope", sorted(ASKED))
async def test_no_scope_of_the_guide_is_needless(scope: str) -> None:
    """Without it some call may not be made, or nobody is heard."""
    left = ASKED - {scope}
    async with feishu_server(FeishuOptions(scopes=left)) as server:
        ann = server.person("ann")
        group = server.group("painters", ann)
        barred = [name for name, scopes in needed(server).items() if scopes and not scopes & left]
        said = [server.dm(ann, "a cat"), server.say(ann, group, "a cat")]
        heard = {each.envelope["event"]["message"]["message_id"] for each in server.deliveries}
        assert barred or not {each.id for each in said} <= heard
