"""The sandbox as a process of its own: one line when it answers, a clean end, nothing leaked."""

import asyncio
import json
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx
import pytest

from ima.sandbox.__main__ import options_from
from ima.sandbox.options import REAL_PACE, SandboxOptions
from ima.sandbox.server import RunningSandbox
from tests.ima.sandbox.caller import KEY, Caller, opened


@asynccontextmanager
async def process(*arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    running = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "ima.sandbox", *arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
        await running.communicate()


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
async def test_it_says_where_it_answers_and_ends_cleanly(ending: signal.Signals) -> None:
    async with process("--pace", "fast", "--api-key", KEY, "--balance", "50") as running:
        assert running.stdout is not None
        ready = json.loads(await asyncio.wait_for(running.stdout.readline(), 60))
        assert list(ready) == ["api", "im", "storage", "control", "api_key"]
        sandbox = RunningSandbox(**ready)
        assert sandbox.api_key == KEY
        async with httpx.AsyncClient(trust_env=False) as http:
            caller = Caller(sandbox, http)
            await caller.create({})
            media = await caller.finished(await caller.created(await caller.order("a cat", size="512px")))
            assert opened((await http.get(str(media["url"]))).content).size == (512, 512)
            assert await caller.balance() == 46
        running.send_signal(ending)
        out, error = await asyncio.wait_for(running.communicate(), 60)
        assert (running.returncode, out, error) == (0, b"", b"")


async def test_a_port_that_is_taken_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        async with process("--port", str(taken.getsockname()[1])) as running:
            out, error = await running.communicate()
    assert (running.returncode, out) == (1, b"")
    assert error.startswith(b"the sandbox cannot start: ")
    assert error.count(b"\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["--host", "192.0.2.1"],
        ["--host", "example.com"],
        ["--port", "70000"],
        ["--balance", "-1"],
        ["--pace", "slow"],
    ],
    ids=range(5),
)
def test_a_wrong_command_line_ends_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        options_from(arguments)
    assert ended.value.code == 2
    assert "error: " in capsys.readouterr().err


def test_the_command_line_says_what_the_options_say() -> None:
    options = options_from(["--no-post-upload-token", "--seed", "3", "--storage-port", "81"])
    assert (options.pace, options.post_upload_token, options.seed, options.storage_port, options.api_key) == (
        REAL_PACE,
        False,
        3,
        81,
        None,
    )


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: SandboxOptions(host="192.0.2.1"),
        lambda: SandboxOptions(control_port=-1),
        lambda: SandboxOptions(api_key=""),
        lambda: SandboxOptions(api_key="ключ"),
    ],
    ids=range(4),
)
def test_options_that_make_no_sense_cannot_be_built(wrong: Callable[[], SandboxOptions]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        wrong()


async def test_a_drawn_key_is_a_new_one_each_time() -> None:
    from ima.sandbox.server import running_sandbox

    async with running_sandbox() as first, running_sandbox() as second:
        assert first.api_key != second.api_key
        assert first.api_key.startswith("ima_")
