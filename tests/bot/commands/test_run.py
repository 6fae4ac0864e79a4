"""What `imabot run` promises: one clear line for whatever keeps it from starting, and a quick, clean end."""

from __future__ import annotations

import asyncio
import json
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path

import httpx
from filelock import FileLock

from ima.sandbox.options import SandboxOptions, fast_pace
from ima.sandbox.server import RunningSandbox, running_sandbox
from tests.bot.processes import ROOT, Ended, call, environment, names, serving, told_to_end, until
from tests.ima.sandbox.caller import PlainPainter
from tests.scenarios.chat import chatting
from tests.scenarios.house import service, settings_for
from tests.scenarios.timelapse import FastClock

KEY = "ima_test_run_0001"
RUN = ("run", "--playground")


def settled(folder: Path, **more: str) -> dict[str, str]:
    """Settings of a service that could start; its IMA is not there."""
    local = {"IMA_BASE_URL": "http://127.0.0.1:1", "IMA_IM_BASE_URL": "http://127.0.0.1:1"}
    return {"IMA_API_KEY": KEY, **local, "DATA_DIR": str(folder / "data"), "HTTP_PORT": "0", **more}


def refusal(ended: Ended) -> str:
    """The one line about why it did not start; the warnings about the stand-in's address are left out."""
    assert (ended.code, ended.output) == (1, "")
    (line,) = [line for line in ended.lines if not line.startswith("warning: IMA_")]
    return line


async def test_wrong_settings_are_named_all_at_once_with_2(tmp_path: Path) -> None:
    ended = await call(tmp_path, *RUN, HTTP_PORT="eighty", MAX_JOBS_PER_USER="0", FEISHU_APP_ID="cli_1", DATA_DIR="d")
    assert (ended.code, ended.output) == (2, "")
    assert [line.split()[0] for line in ended.lines] == [
        "MAX_JOBS_PER_USER",
        "HTTP_PORT",
        "IMA_API_KEY",
        "FEISHU_APP_SECRET",
    ]
    assert names(tmp_path) == []


async def test_what_is_ignored_is_said_before_what_is_missing(tmp_path: Path) -> None:
    ended = await call(tmp_path, *RUN, IMA_APIKEY="ima_test_run_0002")
    assert (ended.code, ended.lines) == (
        2,
        [
            "warning: IMA_APIKEY is not a setting and is ignored; did you mean IMA_API_KEY?",
            "IMA_API_KEY is missing: create a key at https://www.imaclaw.ai/imaclaw/apikey and set it.",
        ],
    )


async def test_a_key_that_is_none_is_one_sentence_with_2(tmp_path: Path) -> None:
    ended = await call(tmp_path, *RUN, IMA_API_KEY="ima_tst")
    assert (ended.code, ended.lines) == (2, ["IMA_API_KEY must have 8 to 512 characters; copy it again."])


async def test_without_a_platform_it_says_what_to_do_after_the_warnings(tmp_path: Path) -> None:
    ended = await call(tmp_path, "run", IMA_API_KEY=KEY, DISCORD_TOKN="discord-secret-1")
    assert ended.code == 2
    assert ended.lines == [
        "warning: DISCORD_TOKN is not a setting and is ignored; did you mean DISCORD_TOKEN?",
        "no platform is configured; to try the bot in a browser: imabot run --playground, or imabot demo",
    ]


async def test_the_chat_page_is_not_served_to_the_network(tmp_path: Path) -> None:
    """It spends points for whoever can reach it. Without it, the same address is fine."""
    words = "the chat page is for this machine only: set HTTP_HOST to 127.0.0.1, or start without --playground"
    for host in ("0.0.0.0", "::", "192.0.2.1", "example.com"):  # noqa: S104 - refused
        ended = await call(tmp_path, *RUN, **settled(tmp_path, HTTP_HOST=host))
        assert (ended.code, ended.output, ended.lines[-1]) == (2, "", words)
    assert names(tmp_path) == []
    async with serving(tmp_path, *RUN, **settled(tmp_path, HTTP_HOST="localhost")) as (process, _):
        ended, _ = await told_to_end(process)
    assert ended.code == 0


async def test_a_taken_port_is_named(tmp_path: Path) -> None:
    async with await asyncio.start_server(lambda *_: None, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        ended = await call(tmp_path, *RUN, **settled(tmp_path, HTTP_PORT=str(port)))
    assert refusal(ended) == (
        f"127.0.0.1:{port} is taken by another program; set HTTP_PORT to another, or to 0 for a free one"
    )


async def test_a_second_imabot_leaves_the_data_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with FileLock(tmp_path / "data" / "imabot.lock"):
        ended = await call(tmp_path, *RUN, **settled(tmp_path))
    assert refusal(ended).startswith(f"another imabot is running with the data folder {tmp_path / 'data'}; stop it")
    assert names(tmp_path / "data") == ["imabot.lock"]


async def test_a_second_imabot_leaves_a_database_alone_that_another_one_works_on(tmp_path: Path) -> None:
    """Their data folders differ, and so does what they call the file: each would pay for every job in it."""
    database = tmp_path / "shared" / "jobs.sqlite3"
    database.parent.mkdir()
    (tmp_path / "link.sqlite3").symlink_to(database)
    first = settled(tmp_path, DATA_DIR=str(tmp_path / "one"), DATABASE_URL=f"sqlite:///{database}")
    async with serving(tmp_path, *RUN, **first) as (process, _):
        same, linked = await asyncio.gather(
            *(
                call(tmp_path, *RUN, **settled(tmp_path, DATA_DIR=str(tmp_path / name), DATABASE_URL=url))
                for name, url in (("two", f"sqlite:///{database}"), ("three", "sqlite:///link.sqlite3"))
            )
        )
        await told_to_end(process)
    assert refusal(same) == (
        f"another imabot is running with the database sqlite+aiosqlite:///{database};"
        " stop it, or set DATABASE_URL to another"
    )
    assert refusal(linked) == refusal(same).replace(str(database), "link.sqlite3")
    second = settled(tmp_path, DATA_DIR=str(tmp_path / "two"), DATABASE_URL=f"sqlite:///{database}")
    async with serving(tmp_path, *RUN, **second) as (process, _):
        ended, _ = await told_to_end(process)
    assert ended.code == 0


async def test_folders_that_cannot_be_written_to_are_named_with_their_setting(tmp_path: Path) -> None:
    """A folder below a file: neither root nor anybody else can write there."""
    (tmp_path / "file").write_text("")
    data, logs = await asyncio.gather(
        call(tmp_path, *RUN, **settled(tmp_path, DATA_DIR=str(tmp_path / "file" / "data"))),
        call(tmp_path, *RUN, **settled(tmp_path, LOG_DIR=str(tmp_path / "file" / "logs"))),
    )
    assert refusal(data).startswith(f"the data folder {tmp_path / 'file' / 'data'} cannot be used: ")
    assert refusal(data).endswith("set DATA_DIR")
    assert refusal(logs).startswith(f"log files cannot be written in {tmp_path / 'file' / 'logs'}: ")
    assert "set LOG_DIR" in refusal(logs)


async def test_a_database_that_is_damaged_or_cannot_be_made_is_one_line_and_stays_as_it_is(tmp_path: Path) -> None:
    """A folder where the file should be is what nobody can open, root or not."""
    rubbish = b"this is no database" * 100
    for name in ("own", "page", "folder"):
        (tmp_path / name).mkdir()
    (tmp_path / "own" / "imabot.sqlite3").write_bytes(rubbish)
    (tmp_path / "page" / "playground").mkdir()
    (tmp_path / "page" / "playground" / "playground.sqlite3").write_bytes(rubbish)
    (tmp_path / "folder" / "imabot.sqlite3").mkdir()
    own, page, folder, elsewhere = await asyncio.gather(
        *(
            call(tmp_path, *RUN, **settled(tmp_path, DATA_DIR=str(tmp_path / name)))
            for name in ("own", "page", "folder")
        ),
        call(tmp_path, *RUN, **settled(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/none/imabot.sqlite3")),
    )
    assert refusal(own).startswith("the database file is damaged or is something else; the database is sqlite")
    assert "own/imabot.sqlite3" in refusal(own)
    assert refusal(page).startswith("the chat page cannot keep its messages: ")
    assert refusal(folder).startswith("the database cannot be opened: check that the folder exists")
    assert refusal(elsewhere).startswith("the database cannot be opened: check that the folder exists")
    assert (tmp_path / "own" / "imabot.sqlite3").read_bytes() == rubbish


async def test_a_locked_database_is_one_line_and_loses_nothing(tmp_path: Path) -> None:
    async with serving(tmp_path, *RUN, **settled(tmp_path)) as (first, url):
        async with chatting(url) as chat:
            await chat.ready()
            asked = await chat.say("你好")
            await chat.until(lambda: chat.steps(asked) == "r")
        await told_to_end(first)
    with closing(sqlite3.connect(tmp_path / "data" / "imabot.sqlite3", isolation_level=None)) as holder:
        holder.execute("PRAGMA journal_mode=DELETE")
        holder.execute("BEGIN EXCLUSIVE")
        ended = await call(tmp_path, *RUN, **settled(tmp_path))
        holder.execute("ROLLBACK")
        kept = holder.execute("SELECT count(*) FROM inbox").fetchone()
    assert refusal(ended).startswith("the database is locked by another program; the database is sqlite")
    assert kept == (1,)


@asynccontextmanager
async def slow_ima() -> AsyncIterator[RunningSandbox]:
    """Pictures take longer than any test."""
    options = SandboxOptions(api_key=KEY, pace=fast_pace(600, 600), painter=PlainPainter(), repeat_window=0.0)
    async with running_sandbox(options) as sandbox:
        yield sandbox


async def test_sigterm_ends_it_cleanly_with_a_page_open_and_a_job_running_which_goes_on_at_the_next_start(
    tmp_path: Path,
) -> None:
    async with AsyncExitStack() as stack:
        ima = await stack.enter_async_context(slow_ima())
        http = await stack.enter_async_context(httpx.AsyncClient(trust_env=False))

        async def creates() -> int:
            return int((await http.get(f"{ima.control}/state")).json()["counts"]["create"])

        async def created() -> bool:
            return await creates() > 0

        environ = settled(tmp_path, IMA_BASE_URL=ima.api, IMA_IM_BASE_URL=ima.im)
        process, url = await stack.enter_async_context(serving(tmp_path, *RUN, **environ))
        async with chatting(url) as chat:
            await chat.ready()
            asked = await chat.say("画一张猫")
            await chat.until(lambda: chat.steps(asked) == "01")
            await until(created)
            ended, seconds = await told_to_end(process)
        assert (ended.code, seconds < 10) == (0, True), ended
        assert "Traceback" not in ended.messages
        assert await creates() == 1

        listed = await call(tmp_path, "jobs", "--json", DATA_DIR=environ["DATA_DIR"])
        (job,) = [json.loads(line) for line in listed.output.splitlines()]
        assert job["state"] not in {"succeeded", "failed", "cancelled"}

        again, url = await stack.enter_async_context(serving(tmp_path, *RUN, **environ))
        assert (await http.get(f"{url}/readyz")).json()["parts"]["store"] == {"ready": True}
        ended, seconds = await told_to_end(again, signal.SIGINT)
        assert (ended.code, seconds < 10) == (0, True), ended
        assert await creates() == 1


async def test_a_thread_that_hangs_does_not_hold_up_the_end(tmp_path: Path) -> None:
    """A name server that does not answer keeps a thread waiting, and threads cannot be stopped."""
    script = """
import asyncio, os, sys, time
from bot.commands import serving
from bot.settings import read_settings
serving.LONGEST_END = 0.5

def platforms(locales, clock):
    asyncio.get_running_loop().run_in_executor(None, time.sleep, 60)
    return []

print(serving.run_service(read_settings(os.environ, None), platforms, listening=lambda url: print(url, flush=True)))
"""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", script),
        cwd=tmp_path,
        env=environment(**settled(tmp_path), PYTHONPATH=str(ROOT)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    async with asyncio.timeout(30):
        assert (await process.stdout.readline()).startswith(b"http://")
    ended, seconds = await told_to_end(process)
    assert (ended.code, seconds < 8) == (0, True), ended


async def test_while_ima_is_down_it_starts_says_so_and_works_again_afterwards(tmp_path: Path) -> None:
    clock = FastClock(60)
    options = SandboxOptions(pace=fast_pace(), painter=PlainPainter(), clock=clock)
    async with running_sandbox(options) as sandbox, httpx.AsyncClient(trust_env=False) as http:
        down = {"name": "connection_refused", "seconds": 600}
        (await http.post(f"{sandbox.control}/failures", json=down)).raise_for_status()
        async with service(settings_for(sandbox, tmp_path), clock) as url, chatting(url) as chat:
            await chat.ready()
            assert (await http.get(f"{url}/readyz")).status_code == 200
            asked = await chat.say("画一张猫")
            shown = await chat.ended(asked)
            assert chat.steps(asked) in {"04", "4"}
            assert shown[-1].text.startswith("❌")
            assert "网络" in shown[-1].text
            (await http.delete(f"{sandbox.control}/failures")).raise_for_status()
            asked = await chat.say("画一张猫")
            await chat.ended(asked)
            assert chat.steps(asked)[-1] == "3"
            assert (await http.get(f"{sandbox.control}/state")).json()["counts"]["create"] == 1
