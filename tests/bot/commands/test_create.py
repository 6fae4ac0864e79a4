"""What `imabot create` promises: the script's options and result, a clear line on a failure, no blind spending."""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import httpx
import pytest
from typing_extensions import override

from bot.commands import create
from bot.commands.bar import CLEAR_LINE, bar_line, drawing
from bot.commands.shell import Surroundings
from ima.sandbox.options import fast_pace
from tests.bot.commands.shop import ANY, KEY, RESULT_KEYS, Outcome, Shop, shop
from tests.bot.media.painting import quarters, written

BANANA, PRO = "gemini-3.1-flash-image", "gemini-3-pro-image"


@pytest.fixture
async def open_shop(tmp_path: Path) -> AsyncIterator[Shop]:
    async with shop(tmp_path) as opened:
        yield opened


async def call(opened: Shop, *words: str) -> Outcome:
    return await opened.call(create.add_arguments, create.run, *words)


async def orders(opened: Shop) -> list[Mapping[str, object]]:
    found = (await opened.state())["tasks"]
    assert isinstance(found, list)
    return found


async def test_a_picture_from_words_with_the_scripts_result_as_the_last_thing_on_stdout(open_shop: Shop) -> None:
    done = await call(open_shop, "--task-type", "text_to_image", "--prompt", "a cute puppy on grass", "--output-json")
    assert (done.code, done.messages) == (0, "")
    assert done.result.keys() == RESULT_KEYS
    assert done.result["model_id"] == BANANA
    assert done.result["credit"] == 6
    (order,) = await orders(open_shop)
    assert done.result["task_id"] == order["task_id"]
    assert (order["prompt"], order["size"]) == ("a cute puppy on grass", "1K")
    picture = await open_shop.http.get(str(done.result["url"]))
    assert picture.headers["content-type"].startswith("image/")


async def test_every_option_of_the_script_reaches_the_order(open_shop: Shop) -> None:
    words = ("--task-type", "text_to_image", "--model-id", PRO, "--prompt", "sunset", "--size", "4k")
    done = await call(open_shop, *words, "--aspect-ratio", "16:9", "--user-id", "u1", "--output-json")
    assert (done.code, done.result["model_id"], done.result["credit"]) == (0, PRO, 18)
    (order,) = await orders(open_shop)
    assert (order["model_id"], order["size"], order["aspect_ratio"]) == (PRO, "4K", "16:9")


async def test_without_json_a_person_reads_model_points_and_link(open_shop: Shop) -> None:
    done = await call(open_shop, "--prompt", "a cat")
    first, second = done.output.splitlines()
    assert first == "Nano Banana2, 6 points"
    assert second.startswith("http")


async def test_a_local_picture_is_uploaded_without_what_its_camera_wrote_into_it(
    open_shop: Shop, tmp_path: Path
) -> None:
    exif = quarters(8, 8).getexif()
    exif[0x010E] = "taken at 52.52 N 13.40 E"
    file = tmp_path / "photo.jpg"
    file.write_bytes(written(quarters(64, 48), "JPEG", exif=exif))
    done = await call(open_shop, "--prompt", "turn into oil painting", "--input-images", str(file), "--output-json")
    assert (done.code, done.messages) == (0, "")
    (order,) = await orders(open_shop)
    assert order["category"] == "image_to_image"
    assert isinstance(order["input_images"], list)
    uploaded = await open_shop.http.get(order["input_images"][0])
    assert uploaded.content.startswith(b"\xff\xd8\xff")
    assert b"52.52" not in uploaded.content


async def test_a_link_is_passed_on_as_it_is(tmp_path: Path) -> None:
    async with shop(tmp_path, fetch_public_pictures=True) as opened:
        await opened.http.put(
            f"{opened.sandbox.control}/pictures?url=https://example.com/photo.png",
            content=written(quarters(64, 48), "PNG"),
        )
        words = ("--task-type", "image_to_image", "--prompt", "turn into oil painting")
        done = await call(opened, *words, "--input-images", "https://example.com/photo.png", "--output-json")
        assert (done.code, done.messages) == (0, "")
        (order,) = await orders(opened)
        assert order["input_images"] == ["https://example.com/photo.png"]


async def test_the_model_of_the_last_success_is_the_users_preference_for_that_kind_of_task(open_shop: Shop) -> None:
    await call(open_shop, "--prompt", "a cat", "--model-id", PRO, "--user-id", "u1")
    kept = json.loads((open_shop.home / ".openclaw/memory/ima_prefs.json").read_text())
    assert kept == {
        "user_u1": {"text_to_image": {"model_id": PRO, "model_name": "Nano Banana Pro", "credit": 10, "last_used": ANY}}
    }
    same = await call(open_shop, "--prompt", "a dog", "--user-id", "u1", "--output-json")
    other = await call(open_shop, "--prompt", "a bird", "--user-id", "u2", "--output-json")
    assert (same.result["model_id"], other.result["model_id"]) == (PRO, BANANA)


async def test_a_preference_for_a_model_that_is_not_ours_is_passed_over(open_shop: Shop) -> None:
    file = open_shop.home / ".openclaw/memory/ima_prefs.json"
    file.parent.mkdir(parents=True)
    file.write_text('{"user_u1": {"text_to_image": {"model_id": "seedream-4"}}}')
    done = await call(open_shop, "--prompt", "a dog", "--user-id", "u1", "--output-json")
    assert (done.code, done.result["model_id"]) == (0, BANANA)


async def test_a_broken_preference_file_is_a_warning_is_kept_aside_and_the_picture_comes(open_shop: Shop) -> None:
    file = open_shop.home / ".openclaw/memory/ima_prefs.json"
    file.parent.mkdir(parents=True)
    file.write_text("{broken")
    done = await call(open_shop, "--prompt", "a dog", "--user-id", "u1", "--output-json")
    assert done.code == 0
    assert "is not valid JSON" in done.messages
    assert [each.read_text() for each in file.parent.glob("*.broken-*")] == ["{broken"]


async def test_a_preference_that_cannot_be_saved_does_not_cost_the_picture(open_shop: Shop, tmp_path: Path) -> None:
    (tmp_path / ".openclaw").write_text("in the way")
    done = await call(open_shop, "--prompt", "a dog", "--user-id", "u1", "--output-json")
    assert done.code == 0
    assert done.result.keys() == RESULT_KEYS
    assert "the preference was not saved" in done.messages


async def test_the_user_stays_on_this_machine(tmp_path: Path) -> None:
    """Not one byte that leaves has the user's id in it."""
    sent: list[bytes] = []

    async with shop(tmp_path) as opened:
        original = httpx.AsyncHTTPTransport.handle_async_request

        async def recording(self: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
            sent.append(str(request.url).encode() + repr(request.headers.raw).encode() + await request.aread())
            return await original(self, request)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(httpx.AsyncHTTPTransport, "handle_async_request", recording)
            done = await call(opened, "--prompt", "a cat", "--user-id", "person-0815", "--output-json")
    assert done.code == 0
    assert len(sent) >= 3
    assert not any(b"person-0815" in each for each in sent)


async def test_8k_becomes_4k_and_512_on_pro_becomes_1k_and_it_is_said(open_shop: Shop) -> None:
    large = await call(open_shop, "--prompt", "a cat", "--size", "8K")
    small = await call(open_shop, "--prompt", "a cat", "--size", "512", "--model-id", PRO)
    assert large.messages == "imabot: Nano Banana2 has no 8K; 4K it is."
    assert small.messages == "imabot: Nano Banana Pro has no 512px; 1K it is."
    assert [order["size"] for order in await orders(open_shop)] == ["4K", "1K"]


async def test_the_models_are_listed_with_live_points(open_shop: Shop) -> None:
    await open_shop.http.post(
        f"{open_shop.sandbox.control}/catalogue",
        json={"set_points": {"model_id": BANANA, "category": "text_to_image", "size": "2K", "points": 7}},
    )
    people = await call(open_shop, "--task-type", "text_to_image", "--list-models")
    assert people.code == 0
    assert "512px: 4  1K: 6  2K: 7  4K: 13" in people.output
    assert PRO in people.output
    assert "image_to_image" not in people.output
    programs = await call(open_shop, "--task-type", "image_to_image", "--list-models", "--output-json")
    found = json.loads(programs.output)
    assert {model["task_type"] for model in found} == {"image_to_image"}
    assert {model["model_id"] for model in found} == {BANANA, PRO}
    assert await orders(open_shop) == []


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ((), "--prompt is missing"),
        (("--prompt", "  "), "--prompt is missing"),
        (("--prompt", "x" * 4001), "--prompt is too long"),
        (("--prompt", "a", "--task-type", "image_to_image"), "--input-images is missing"),
        (("--prompt", "a", "--task-type", "text_to_image", "--input-images", "x.png"), "goes with"),
        (("--prompt", "a", "--model-id", "seedream"), "--model-id must be"),
        (("--prompt", "a", "--size", "huge"), "--size must be"),
        (("--prompt", "a", "--aspect-ratio", "2:1"), "--aspect-ratio must be one of 1:1, 16:9, 9:16, 4:3, 3:4"),
        (("--prompt", "a", "--input-images", "http://example.com/a.png"), "start with https://"),
        (("--prompt", "a", "--input-images", "nowhere.png"), "there is no such file"),
    ],
)
async def test_wrong_usage_is_2_and_one_line_that_says_what_to_change(
    open_shop: Shop, words: tuple[str, ...], line: str
) -> None:
    done = await call(open_shop, *words)
    assert (done.code, done.output) == (2, "")
    assert line in done.messages
    assert len(done.messages.splitlines()) == 1
    assert await orders(open_shop) == []


async def test_no_key_is_2_and_says_where_to_get_one(open_shop: Shop) -> None:
    open_shop.environ = {"IMA_API_KEY": ""}
    done = await call(open_shop, "--prompt", "a cat")
    assert done.code == 2
    assert done.messages.startswith("imabot: IMA_API_KEY is missing")


async def test_a_misspelt_key_is_named_before_it_is_missed(open_shop: Shop) -> None:
    open_shop.environ = {"IMA_API_KEY": "", "IMA_APIKEY": KEY, "DATA_DIRR": "of no concern here"}
    done = await call(open_shop, "--prompt", "a cat")
    assert done.code == 2
    lines = done.messages.splitlines()
    assert lines[0] == "imabot: warning: IMA_APIKEY is not a setting and is ignored; did you mean IMA_API_KEY?"
    assert lines[-1].startswith("imabot: IMA_API_KEY is missing")
    assert "DATA_DIRR" not in done.messages


async def test_a_key_that_is_none_is_2_and_is_called_as_it_was_given(open_shop: Shop) -> None:
    open_shop.environ = {"IMA_API_KEY": "ima_tst"}
    done = await call(open_shop, "--prompt", "a cat")
    assert (done.code, done.messages) == (2, "imabot: IMA_API_KEY must have 8 to 512 characters; copy it again.")
    done = await call(open_shop, "--prompt", "a cat", "--api-key", "k" * 513)
    assert (done.code, done.messages) == (2, "imabot: --api-key must have 8 to 512 characters; copy it again.")
    assert await orders(open_shop) == []


async def test_the_key_may_be_given_as_an_option(open_shop: Shop) -> None:
    open_shop.environ = {"IMA_API_KEY": ""}
    assert (await call(open_shop, "--prompt", "a cat", "--api-key", KEY)).code == 0


FAILURES = [
    ("unauthorized", "API key is invalid or unauthorized: https://www.imaclaw.ai/imaclaw/apikey"),
    ("insufficient_points", "Insufficient points to create this task: https://www.imaclaw.ai/imaclaw/subscription"),
    ("invalid_attribute", "Configuration error, please try again later"),
    ("credit_mismatch", "Points calculation error, system is fixing"),
    ("attribute_mismatch", "Model parameters incompatible, try another model"),
    ("bad_request", "Image parameter error, adjust size or aspect ratio"),
    ("resource_failed", "Image generation failed, try another model (task"),
    ("status_failed", "Generation unsuccessful, try a different model? (task"),
    ("never_finishes", "Generation took too long, try a faster model (task"),
    ("rate_limited_no_hint", "Too many requests, please wait a moment"),
    ("list_down", "Network connection unstable, check network and retry"),
    ("create_answer_lost", "I got no confirmation. Credits may have been used"),
    ("unsafe_prompt", "This description didn't pass the content check"),
    ("unknown_code", "Image generation encountered an issue"),
]


@pytest.mark.parametrize(("failure", "line"), FAILURES, ids=[name for name, _ in FAILURES])
async def test_each_failure_is_1_and_one_line_in_plain_words(tmp_path: Path, failure: str, line: str) -> None:
    async with shop(tmp_path) as opened:
        await opened.provoke(failure)
        done = await call(opened, "--prompt", "a cat", "--output-json", "--user-id", "u1")
        assert (done.code, done.output) == (1, "")
        assert done.messages.startswith(f"imabot: {line}")
        assert len(done.messages.splitlines()) == 1
        assert KEY not in done.messages
        assert len(await orders(opened)) <= 1, "nothing was paid for twice"
        assert not (tmp_path / ".openclaw/memory").exists(), "only a success is remembered"


async def test_nobody_at_home_is_a_network_failure(open_shop: Shop) -> None:
    open_shop.environ = {"IMA_BASE_URL": "http://127.0.0.1:9"}
    done = await call(open_shop, "--prompt", "a cat")
    assert (done.code, done.messages) == (1, "imabot: Network connection unstable, check network and retry")


async def test_a_file_that_is_no_picture_is_said_before_anything_is_sent(open_shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "notes.png").write_text("just words")
    done = await call(open_shop, "--prompt", "a", "--input-images", str(tmp_path / "notes.png"))
    assert done.code == 1
    assert "notes.png cannot be opened: it is not a PNG, JPEG, WebP or GIF." in done.messages
    assert await orders(open_shop) == []


async def test_the_log_in_openclaws_folder_has_neither_key_nor_prompt(open_shop: Shop) -> None:
    await call(open_shop, "--prompt", "a very private cat", "--user-id", "u1")
    (file,) = (open_shop.home / ".openclaw/logs/ima_skills").iterdir()
    text = file.read_text()
    events = [json.loads(line)["event"] for line in text.splitlines()]
    assert events == ["asked", "created", "made"]
    assert '"prompt_length": 18' in text
    assert "private" not in text
    assert KEY not in text


async def test_ctrl_c_while_waiting_names_the_task_and_what_it_cost(tmp_path: Path) -> None:
    """The real thing: a process of its own, and a signal from outside."""
    async with shop(tmp_path, pace=fast_pace(500, 500)) as opened:
        code = "import argparse, sys; from bot.commands import create as c; p = argparse.ArgumentParser(); " + (
            "c.add_arguments(p); sys.exit(c.main(p.parse_args()))"
        )
        environ = {
            **{name: value for name, value in os.environ.items() if "proxy" not in name.lower()},
            "IMA_API_KEY": KEY,
            "IMA_BASE_URL": opened.sandbox.api,
            "IMA_IM_BASE_URL": opened.sandbox.im,
            "HOME": str(tmp_path),
        }
        command = [sys.executable, "-c", code, "--prompt", "a cat", "--output-json"]
        process = subprocess.Popen(  # noqa: ASYNC220 - it only starts here
            command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        log = tmp_path / ".openclaw/logs/ima_skills"
        while not any("created" in each.read_text() for each in log.glob("*.log")):
            await asyncio.sleep(0.05)
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        output, messages = await in_thread(process)
        (order,) = await orders(opened)
    assert (process.returncode, output) == (130, "")
    last = messages.splitlines()[-1]
    assert (
        last == f"imabot: stopped waiting. Task {order['task_id']} goes on without you: 6 points were charged for it."
    )
    assert "Traceback" not in messages


async def in_thread(process: subprocess.Popen[str]) -> tuple[str, str]:
    return await asyncio.to_thread(process.communicate, timeout=20)


@pytest.mark.parametrize(
    ("stage", "line"),
    [
        (create.Stage(), "stopped; nothing was charged."),
        (
            create.Stage(paying=True, points=6),
            "stopped before a confirmation came: 6 points may have been charged.",
        ),
    ],
)
def test_ctrl_c_earlier_says_whether_it_cost_anything(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stage: create.Stage, line: str
) -> None:
    async def interrupted(*arguments: object) -> None:
        given = arguments[-1]
        assert isinstance(given, create.Stage)
        given.paying, given.points = stage.paying, stage.points
        raise KeyboardInterrupt

    monkeypatch.setattr(create, "_run", interrupted)
    messages = io.StringIO()
    around = Surroundings(environ={"IMA_API_KEY": KEY}, env_file=tmp_path / ".env", home=tmp_path, messages=messages)
    parser = argparse.ArgumentParser()
    create.add_arguments(parser)
    assert create.run(parser.parse_args(["--prompt", "a"]), around) == 130
    assert messages.getvalue() == f"imabot: {line}\n"


@pytest.mark.parametrize(
    ("elapsed", "columns", "line"),
    [
        (0, 80, "[..............................]  0%  0 s, at most about 40 s"),
        (20, 80, "[###############...............] 50%  20 s, at most about 40 s"),
        (40, 80, "[############################..] 95%  40 s, at most about 40 s"),
        (90, 80, "[############################..] 95%  90 s, almost there…"),
        (20, 20, "50%  20 s, at most"),
    ],
)
def test_the_bar_shows_the_share_that_a_chat_would(elapsed: float, columns: int, line: str) -> None:
    drawn = bar_line(elapsed, 40, columns)
    assert len(drawn) < columns
    assert drawn.startswith(line) if columns < 40 else drawn == line


class Terminal(io.StringIO):
    @override
    def isatty(self) -> bool:
        return True


async def test_a_bar_is_drawn_on_a_terminal_only_and_wiped_away() -> None:
    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        async with drawing(stream, lambda columns: f"line of {columns}"):
            await asyncio.sleep(0)
    assert terminal.getvalue().startswith(f"{CLEAR_LINE}line of ")
    assert terminal.getvalue().endswith(CLEAR_LINE)
    assert pipe.getvalue() == ""
