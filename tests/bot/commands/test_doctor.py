"""What `imabot doctor` promises: everything the service needs is looked at, and each failure says what to do."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
import ssl
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from bot.commands import doctor
from bot.commands.listing import Listed
from bot.doctor.finding import Finding, Verdict
from bot.doctor.image_service import model_finding
from bot.doctor.network import proxy_for, why_not
from bot.metrics import Metrics
from bot.store import open_store
from bot.web import WebServer, build_app
from tests.bot.commands.shop import KEY, Outcome, Shop, shop

ENDS = tuple(f" — {verdict.value}" for verdict in Verdict)


@pytest.fixture
async def open_shop(tmp_path: Path) -> AsyncIterator[Shop]:
    async with shop(tmp_path) as opened:
        opened.environ = {"DATA_DIR": str(tmp_path / "data"), "HTTP_PORT": "0"}
        yield opened


async def examine(opened: Shop, **environ: str) -> Outcome:
    opened.environ |= environ
    done = await opened.call(doctor.add_arguments, doctor.run)
    # These hold for every line of every examination.
    assert [line for line in done.output.splitlines() if not line.endswith(ENDS)] == []
    assert KEY not in done.output + done.messages
    return done


def failures(done: Outcome) -> list[str]:
    return [line.removesuffix(" — failed") for line in done.output.splitlines() if line.endswith(" — failed")]


def entries(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def test_a_failed_line_cannot_be_made_without_advice() -> None:
    with pytest.raises(ValueError, match="what to do"):
        Finding("x", "it does not work", Verdict.FAILED)


async def test_where_all_is_well_each_part_is_proven_and_the_exit_code_is_0(open_shop: Shop) -> None:
    done = await examine(open_shop)
    assert (done.code, done.messages, failures(done)) == (0, "", [])
    data, sandbox = open_shop.environ["DATA_DIR"], open_shop.sandbox
    api, im, storage = (url.removeprefix("http://") for url in (sandbox.api, sandbox.im, sandbox.storage))
    assert done.output.splitlines() == [
        "settings: all settings in the environment are valid — proven",
        f"warning: IMA_BASE_URL is {sandbox.api}: your IMA key is sent to that host — proven",
        f"warning: IMA_IM_BASE_URL is {sandbox.im}: your IMA key is sent to that host — proven",
        f"data folder: {data} can be written to, which the first start makes — proven",
        f"database: sqlite+aiosqlite:///{data}/imabot.sqlite3 is made at the first start, and one can be made there"
        " — proven",
        "HTTP port: a free port is taken at the start — proven",
        f"proxy: {api} is reached directly — proven",
        f"proxy: {im} is reached directly — proven",
        f"network: {api} can be reached (http, on this machine) — proven",
        f"network: {im} can be reached (http, on this machine) — proven",
        "IMA: the key is accepted: the product list was read — proven",
        "IMA: Nano Banana2 (text_to_image) costs now, in points: 512px 4, 1K 6, 2K 10, 4K 13 — proven",
        "IMA: Nano Banana Pro (text_to_image) costs now, in points: 1K 10, 2K 10, 4K 18 — proven",
        "IMA: Nano Banana2 (image_to_image) costs now, in points: 512px 4, 1K 6, 2K 10, 4K 13 — proven",
        "IMA: Nano Banana Pro (image_to_image) costs now, in points: 1K 10, 2K 10, 4K 10 — proven",
        "IMA: a place for an input picture is given; nothing was stored — proven",
        f"IMA: whether {storage} takes pictures, before one is stored — cannot be known from here",
        f"sent: to {storage}: pictures that people want changed; no key — proven",
        "IMA: the balance of points. See https://www.imaclaw.ai/imaclaw/subscription — cannot be known from here",
        "IMA: whether the key is used for this bot alone. Best make one of its own:"
        " https://www.imaclaw.ai/imaclaw/apikey — cannot be known from here",
        f"sent: to {api}: the key, prompts, model and picture parameters, links of pictures; never who asked — proven",
        f"sent: to {im}: the key, and that a picture is to be stored — proven",
        "sent: what they keep of it — cannot be known from here",
        "platforms: none is configured; `imabot run --playground` serves the chat page — proven",
    ]


async def test_it_costs_nothing_stores_nothing_and_leaves_nothing_behind(open_shop: Shop, tmp_path: Path) -> None:
    await examine(open_shop)
    state = await open_shop.state()
    assert state["balance"] == 1000
    assert state["counts"] == {
        "list": 2,
        "create": 0,
        "detail": 0,
        "upload_token": 1,
        "upload_put": 0,
        "download": 0,
    }
    assert entries(tmp_path) == []


async def test_all_wrong_settings_are_named_at_once_and_what_can_be_looked_at_is(open_shop: Shop) -> None:
    done = await examine(open_shop, IMA_API_KEY="", HTTP_PORT="0")
    assert done.code == 1
    assert failures(done) == [
        "settings: IMA_API_KEY is missing. Create a key at https://www.imaclaw.ai/imaclaw/apikey and set it"
    ]
    assert "data folder: " in done.output
    assert "HTTP port: " in done.output
    done = await examine(open_shop, IMA_API_KEY="", HTTP_PORT="eighty", MAX_JOBS_PER_USER="0", IMA_BASE_ULR="x")
    assert [line.partition(" must ")[0].partition(" is ")[0] for line in failures(done)] == [
        "settings: MAX_JOBS_PER_USER",
        "settings: HTTP_PORT",
        "settings: IMA_API_KEY",
    ]
    assert done.code == 2
    assert done.output.splitlines()[0] == (
        "warning: IMA_BASE_ULR is not a setting and is ignored; did you mean IMA_BASE_URL? — proven"
    )
    assert "settings: everything else, until they are right — cannot be known from here" in done.output
    assert done.messages == "imabot: 3 failed: each line that ends so says what to do"


async def test_a_name_that_is_ignored_is_said_once_where_the_key_is_missing(open_shop: Shop) -> None:
    done = await examine(open_shop, IMA_API_KEY="", IMA_APIKEY="ima_test_other_key_1")
    assert (done.code, len(failures(done))) == (1, 1)
    assert done.output.count("did you mean IMA_API_KEY?") == 1
    assert "ima_test_other_key_1" not in done.output


@pytest.mark.parametrize("key", ["ima_tst", "x" * 513])
async def test_a_key_that_is_none_is_2_and_says_so(open_shop: Shop, key: str) -> None:
    done = await examine(open_shop, IMA_API_KEY=key)
    assert (done.code, failures(done)) == (
        2,
        [
            "settings: IMA_API_KEY must have 8 to 512 characters; copy it again. Correct it;"
            " .env.example describes every setting"
        ],
    )


async def test_a_misspelt_name_is_a_warning(open_shop: Shop) -> None:
    done = await examine(open_shop, IMA_API_KYE="ima_test_other_key_1")
    assert done.code == 0
    assert "warning: IMA_API_KYE is not a setting and is ignored; did you mean IMA_API_KEY? — proven" in done.output
    assert "ima_test_other_key_1" not in done.output


async def test_a_key_that_is_not_accepted(open_shop: Shop) -> None:
    done = await examine(open_shop, IMA_API_KEY="ima_test_wrong_key_1")
    assert done.code == 1
    key, upload = failures(done)
    assert key.startswith("IMA: the product list cannot be read: ")
    assert key.endswith("Make a key at https://www.imaclaw.ai/imaclaw/apikey and set IMA_API_KEY")
    assert upload.startswith("IMA: no place for an input picture is given: ")
    assert "ima_test_wrong_key_1" not in done.output + done.messages


async def test_a_refused_upload_token_says_what_does_not_work_then(open_shop: Shop) -> None:
    await open_shop.provoke("upload_token_refused")
    done = await examine(open_shop)
    (line,) = failures(done)
    assert line.startswith("IMA: no place for an input picture is given: ")
    assert line.endswith("Until then, pictures that people send cannot be edited")
    assert "IMA: the key is accepted" in done.output


async def test_a_list_that_is_down(open_shop: Shop) -> None:
    await open_shop.provoke("list_down", times=20)
    done = await examine(open_shop)
    assert [line.partition(": the product list cannot be read: ")[0] for line in failures(done)] == ["IMA"]
    assert "or try again later" in failures(done)[0]


def test_a_model_that_is_not_on_the_list_is_named() -> None:
    flash = Listed("text_to_image", "gemini-3.1-flash-image", "Nano Banana2", (("1K", 6),))
    assert model_finding("Nano Banana2", "text_to_image", [flash]).verdict is Verdict.PROVEN
    absent = model_finding("Nano Banana2", "image_to_image", [flash])
    assert absent.line.startswith("IMA: Nano Banana2 is not on the list for image_to_image. See at https://")
    assert absent.verdict is Verdict.FAILED


async def test_hosts_that_cannot_be_reached_say_why(open_shop: Shop, unused_tcp_port: int) -> None:
    nowhere = f"127.0.0.1:{unused_tcp_port}"
    done = await examine(open_shop, IMA_BASE_URL=f"http://{nowhere}")
    refused, listed = failures(done)
    assert refused.startswith(f"network: {nowhere} cannot be reached: the connection is refused. Check the internet")
    assert refused.endswith("IMA_BASE_URL says where it is")
    assert listed.startswith("IMA: the product list cannot be read: 127.0.0.1 could not be reached")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ssl.SSLCertVerificationError("self-signed certificate"), "its certificate is not trusted"),
        (ssl.SSLError("wrong version number"), "it does not answer over TLS"),
        (socket.gaierror(-2, "Name or service not known"), "its name is not known"),
        (TimeoutError(), "it does not answer in time"),
        (ConnectionRefusedError(), "the connection is refused"),
    ],
)
def test_each_reason_not_to_be_reached_has_its_own_words(error: OSError, words: str) -> None:
    assert why_not(error)[0] == words


def test_proxies_are_named_without_their_password(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    assert proxy_for("https://api.example.com") == ""
    monkeypatch.setenv("HTTPS_PROXY", "http://mei:secret-7@proxy.example:3128/")
    monkeypatch.setenv("NO_PROXY", "im.example.com")
    assert proxy_for("https://api.example.com") == "http://proxy.example:3128"
    assert proxy_for("https://im.example.com") == ""
    assert proxy_for("https://127.0.0.1:8443") == ""


async def test_a_data_folder_below_a_file_cannot_be_written_to(open_shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = await examine(open_shop, DATA_DIR=str(tmp_path / "file" / "data"), LOG_DIR=str(tmp_path / "file" / "logs"))
    assert [line.partition(":")[0] for line in failures(done)] == ["data folder", "database", "log folder"]
    assert "set DATA_DIR to another folder" in failures(done)[0]
    assert "set LOG_DIR to another folder" in failures(done)[2]


async def test_a_database_that_is_there_is_looked_at_and_left_as_it_is(open_shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "data" / "imabot.sqlite3"
    file.parent.mkdir()
    store = await open_store(f"sqlite+aiosqlite:///{file}")
    await store.close()
    before = file.read_bytes()
    assert "imabot.sqlite3 opens, is whole and can be written to — proven" in (await examine(open_shop)).output
    assert file.read_bytes() == before


async def test_a_database_of_an_older_version_is_not_migrated_by_looking(open_shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with closing(sqlite3.connect(tmp_path / "data" / "imabot.sqlite3")) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES ('0000')")
        connection.commit()
        done = await examine(open_shop)
        assert done.code == 0
        assert "is brought up to date at the next start — proven" in done.output
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0000",)]


async def test_a_database_of_a_newer_version_or_that_is_none_is_refused(open_shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "data" / "imabot.sqlite3"
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
        connection.commit()
    (line,) = failures(await examine(open_shop))
    assert "a newer version of imabot" in line
    file.write_bytes(b"not a database at all" * 200)
    (line,) = failures(await examine(open_shop))
    assert line.startswith("database: the database file is damaged or is something else")
    assert "restore it from a backup" in line


async def test_a_running_imabot_is_recognised_and_is_no_failure(open_shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    app = build_app(parts=lambda: {"store": None}, metrics=Metrics())
    with FileLock(tmp_path / "data" / "imabot.lock"):
        async with WebServer(app, "127.0.0.1", 0) as web:
            done = await examine(open_shop, HTTP_PORT=str(web.port))
    assert (done.code, failures(done)) == (0, [])
    assert "data folder: an imabot is running with it now — proven" in done.output
    assert f"HTTP port: a running imabot answers at {web.url} — proven" in done.output


async def test_a_port_that_another_program_has_is_a_failure(open_shop: Shop) -> None:
    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        done = await examine(open_shop, HTTP_PORT=str(port))
    assert failures(done) == [
        f"HTTP port: 127.0.0.1:{port} is taken by another program. Set HTTP_PORT to another, or to 0 for a free one"
    ]


async def test_a_platform_that_is_away_is_a_failure_with_advice(open_shop: Shop) -> None:
    secrets = {
        "FEISHU_APP_ID": "cli_1",
        "FEISHU_APP_SECRET": "feishu-secret-1",
        "FEISHU_DOMAIN": "http://127.0.0.1:1",
    }
    done = await examine(open_shop, **secrets)
    failing = [line for line in failures(done) if line.startswith("Feishu: ")]
    assert len(failing) == 1
    assert failing[0].startswith("Feishu: it cannot be reached")
    assert "FEISHU_DOMAIN" in failing[0]
    assert "feishu-secret-1" not in done.output
