"""What `imabot demo` promises: everything on this machine with one command, and nothing left of it afterwards."""

from __future__ import annotations

import asyncio
import signal
import socket
from pathlib import Path

import httpx
import pytest

from bot.commands import demo
from bot.commands.demo import SandboxAddresses
from tests.bot.processes import call, finished, names, serving, told_to_end
from tests.scenarios.chat import chatting

DEMO = ("demo", "--no-browser", "--pace", "fast")
ADDRESSES: SandboxAddresses = {
    "api": "http://127.0.0.1:1",
    "im": "http://127.0.0.1:2",
    "storage": "",
    "control": "",
    "api_key": "k",
}


async def ima_is_gone(control: str) -> bool:
    """Whether the stand-in takes no connections any more; it may need a moment."""
    for _ in range(100):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", int(control.rpartition(":")[2]))
        except OSError:
            return True
        writer.close()
        await asyncio.sleep(0.1)
    return False


async def control_of(url: str) -> str:
    """Where the page would provoke failures: the stand-in's control host."""
    async with httpx.AsyncClient(trust_env=False) as http:
        policy = (await http.get(url)).headers["content-security-policy"]
    return str(policy.partition("connect-src 'self' ")[2].partition(";")[0])


async def test_a_page_and_a_picture_with_one_command_and_sigterm_ends_all_of_it(tmp_path: Path) -> None:
    """Nothing of a real bot is used, even where it is configured."""
    environ = {"IMA_API_KEY": "", "DISCORD_TOKEN": "not-used", "DATA_DIR": str(tmp_path), "HTTP_PORT": "0"}
    async with serving(tmp_path, *DEMO, **environ) as (process, url):
        control = await control_of(url)
        async with chatting(url) as chat:
            await chat.ready()
            asked = await chat.say("画一张猫")
            shown = await chat.ended(asked)
            assert chat.steps(asked)[-1] == "3"
            assert len(await chat.picture(shown[-1])) > 1000
            ended, seconds = await told_to_end(process)
    assert (ended.code, seconds < 10) == (0, True), ended
    assert f"Open {url} and type: 画一张猫" in ended.output
    assert ended.messages == ""
    assert await ima_is_gone(control)
    assert names(tmp_path) == ["demo"]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
async def test_however_it_ends_the_stand_in_ends_too(how: signal.Signals, tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    async with serving(tmp_path, *DEMO, HTTP_PORT="0", TMPDIR=str(tmp_path / "tmp")) as (process, url):
        control = await control_of(url)
        process.send_signal(how)
        ended = await finished(process)
    assert ended.code == (0 if how is signal.SIGINT else -signal.SIGKILL)
    assert await ima_is_gone(control)
    assert how is signal.SIGKILL or names(tmp_path / "tmp") == []


async def test_a_demo_is_not_served_to_the_network(tmp_path: Path) -> None:
    ended = await call(tmp_path, "demo", "--no-browser", HTTP_HOST="0.0.0.0")  # noqa: S104 - refused
    assert (ended.code, ended.output, ended.lines) == (
        2,
        "",
        ["the demo is for this machine only: leave HTTP_HOST empty, or set it to 127.0.0.1"],
    )


def test_a_demo_takes_nothing_from_a_real_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("IMA_BASE_URL", "DATABASE_URL", "FEISHU_APP_ID", "DISCORD_TOKEN", "ADMINS"):
        monkeypatch.setenv(name, "something of a real bot")
    environ = demo.settings_for(ADDRESSES, "folder")
    assert "something of a real bot" not in environ.values()
    assert (environ["IMA_API_KEY"], environ["IMA_BASE_URL"], environ["DATA_DIR"]) == ("k", ADDRESSES["api"], "folder")


def test_where_the_usual_port_is_taken_it_takes_a_free_one_unless_one_was_asked_for(
    monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int
) -> None:
    monkeypatch.delenv("HTTP_PORT", raising=False)
    monkeypatch.setattr(demo, "USUAL_PORT", unused_tcp_port)
    assert demo.settings_for(ADDRESSES, "folder")["HTTP_PORT"] == str(unused_tcp_port)
    with socket.create_server(("127.0.0.1", unused_tcp_port)):
        assert demo.settings_for(ADDRESSES, "folder")["HTTP_PORT"] == "0"
        monkeypatch.setenv("HTTP_PORT", str(unused_tcp_port))
        assert demo.settings_for(ADDRESSES, "folder")["HTTP_PORT"] == str(unused_tcp_port)
