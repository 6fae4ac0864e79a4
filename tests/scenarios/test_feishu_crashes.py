"""kill -9 in Feishu, just before and just after what is saved, and a restart; over both transports.

What was not recorded is delivered again, but for presses, which Feishu sends once; what was is worked after the
restart. Whatever the moment: at most one create, each step seen once, and the picture, or, where the answer to the
create was lost with the process, an honest notice. Every test asserts that the process really died.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.platforms.feishu_server import Shown
from tests.scenarios.feishu_house import (
    ENCRYPT_KEY,
    PATIENCE,
    FeishuHouse,
    Transport,
    code,
    feishu_house,
    quick,
    ready,
    words,
)
from tests.scenarios.house import LOCALES
from tests.scenarios.test_pictures import png

SPEED = 60.0
KILLED = -signal.SIGKILL
ROOT = Path(__file__).parents[2]

BOTH_SIDES = ("before", "after")
EACH_STEP = (
    "record:after",
    *(f"answer:{side}" for side in BOTH_SIDES),
    *(f"{state}:{side}" for state in ("quoting", "announcing", "preparing", "checking") for side in BOTH_SIDES),
    "creating:before",
    "polling:after",
    *(f"{state}:{side}" for state in ("fetching", "delivering", "succeeded") for side in BOTH_SIDES),
)
"""All that is saved of a request that goes well, but for what has a test of its own."""


@dataclass(frozen=True)
class Life:
    """One process of the service."""

    process: int
    lines: asyncio.StreamReader

    async def ended(self) -> int:
        """Wait for its end; gives its exit status, negative for the signal that killed it."""
        async with asyncio.timeout(PATIENCE):
            return int(await self.lines.readline())


@pytest.fixture(scope="module")
def cradle() -> Iterator[str]:
    """Where processes of the service are started; gives the socket's path."""
    with tempfile.TemporaryDirectory(prefix="imabot") as folder:
        path = f"{folder}/cradle"
        command = (sys.executable, "-m", "tests.scenarios.mortal_feishu", path)
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "listening\n"
            yield path
            process.terminate()


@asynccontextmanager
async def life(home: FeishuHouse, cradle: str, moment: str = "never", *, again: bool = False) -> AsyncIterator[Life]:
    """The service in a process of its own until it dies or the block ends: then it stops as it should.

    It is ready, unless it lives `again`: then it may die of what it left behind before.
    """
    feishu = home.settings.feishu
    assert feishu is not None
    environ = {
        "IMA_API_KEY": home.sandbox.api_key,
        "IMA_BASE_URL": home.sandbox.api,
        "IMA_IM_BASE_URL": home.sandbox.im,
        "DATA_DIR": str(home.settings.data_dir),
        "HTTP_PORT": "0",
        "FEISHU_APP_ID": home.feishu.app_id,
        "FEISHU_APP_SECRET": home.feishu.app_secret,
        "FEISHU_DOMAIN": home.feishu.domain,
        "FEISHU_TRANSPORT": feishu.transport,
    }
    if feishu.transport == "webhook":
        environ |= {"FEISHU_ENCRYPT_KEY": ENCRYPT_KEY, "FEISHU_VERIFICATION_TOKEN": home.feishu.verification_token}
    reader, writer = await asyncio.open_unix_connection(cradle)
    order = {"moment": moment, "speed": SPEED, "epoch": home.clock.epoch, "environ": environ}
    writer.write(f"{json.dumps(order)}\n".encode())
    born = Life(int(await reader.readline()), reader)
    url = (await reader.readline()).decode().strip()
    try:
        if feishu.transport == "webhook":
            home.hook = home.hook or home.feishu.post_to("", encrypt_key=ENCRYPT_KEY)
            home.hook.url = f"{url}/feishu/webhook"
        if not again:
            await ready(url)
        yield born
        if moment == "never":
            os.kill(born.process, signal.SIGTERM)
            assert await born.ended() == 0
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(born.process, signal.SIGKILL)
        await reader.read()
        writer.close()
        await writer.wait_closed()
        # What is pressed next must not go to the dead.
        await home.feishu.wait_for(lambda: not home.feishu.courier.live)


async def killed(home: FeishuHouse, cradle: str, moments: Sequence[str], ask: Callable[[], object]) -> None:
    """Ask, and die at the first moment; come back, and die at the next; and so on."""
    for number, moment in enumerate(moments):
        async with life(home, cradle, moment, again=number > 0) as each:
            if number == 0:
                ask()
            assert await each.ended() == KILLED, f"{moment} never came"


async def seen_to_the_end(home: FeishuHouse, cradle: str, jobs: int = 1) -> list[Shown]:
    """Come back, wait for the end, and a moment more: whatever would still be said twice is said within it."""
    async with life(home, cradle, again=True):
        await home.until(lambda: sum(each in "34" for each in home.steps()) >= jobs)
        await asyncio.sleep(30 / SPEED)
    return home.shown()


def house(folder: Path, transport: Transport = "ws", *forgive: str) -> AbstractAsyncContextManager[FeishuHouse]:
    return feishu_house(
        folder,
        speed=SPEED,
        transport=transport,
        options=quick(redelivery=(0.3,) * 20),
        running=False,
        forgive=("event_unanswered", *forgive),
        forgive_ima=("stale_list",),
    )


async def check(home: FeishuHouse, shown: Sequence[Shown], creates: int = 1) -> None:
    """One request, each of its steps once, its picture paid once; `creates` with those before it."""
    steps = "".join(code(each) for each in shown)
    assert re.fullmatch("012*3", steps), steps
    assert len(shown[-1].pictures) == 1
    assert (await home.state())["counts"]["create"] == creates


@pytest.mark.parametrize("moment", ["record:before", "acknowledging:before", "progress:before", "progress:after"])
async def test_a_picture_survives_a_kill(tmp_path: Path, cradle: str, moment: str) -> None:
    async with house(tmp_path) as home:
        await killed(home, cradle, [moment], lambda: home.feishu.say(home.mei, home.group, "画一张猫"))
        await check(home, await seen_to_the_end(home, cradle))


@pytest.mark.parametrize("moment", ["creating:after", "polling:before"])
async def test_whoever_dies_between_the_create_and_its_answer_says_so_and_pays_at_most_once(
    tmp_path: Path, cradle: str, moment: str
) -> None:
    """That the create is on its way is saved, its answer is not."""
    async with house(tmp_path) as home:
        await killed(home, cradle, [moment], lambda: home.feishu.say(home.mei, home.group, "画一张猫"))
        shown = await seen_to_the_end(home, cradle)
        assert re.fullmatch("012*4", home.steps()), home.steps()
        assert (await home.state())["counts"]["create"] <= 1
        assert LOCALES.text("failed.reason.answer_lost", "zh") in words(shown[-1])


async def test_one_picture_survives_a_kill_at_each_of_its_steps_one_after_the_other(
    tmp_path: Path, cradle: str
) -> None:
    async with house(tmp_path) as home:
        moments = [each for each in EACH_STEP if not each.startswith("preparing")]
        await killed(home, cradle, moments, lambda: home.feishu.say(home.mei, home.group, "画一张猫"))
        await check(home, await seen_to_the_end(home, cradle))


async def test_over_the_webhook_a_quoted_photo_in_a_topic_survives_a_kill_at_each_of_its_steps(
    tmp_path: Path, cradle: str
) -> None:
    """It is looked up after it was recorded, and fetched and uploaded after it was announced."""
    async with house(tmp_path, "webhook") as home:
        photo = home.feishu.send_picture(home.tom, home.group, png("#102030"))

        def ask() -> None:
            home.feishu.say(home.mei, home.group, "把这张图变成油画", reply_to=photo, in_thread=True)

        await killed(home, cradle, ["record:before", *EACH_STEP], ask)
        shown = await seen_to_the_end(home, cradle)
        await check(home, shown)
        assert [task["category"] for task in await home.tasks()] == ["image_to_image"]
        assert len({each.thread for each in shown}) == 1
        assert shown[0].thread is not None


# --- presses ---


async def first_picture(home: FeishuHouse, cradle: str, end: str = "3") -> Shown:
    """What mei was shown before anything went wrong: a picture, or a failure with its alternatives."""
    async with life(home, cradle):
        home.feishu.say(home.mei, home.group, "画一只鹤")
        await home.until(lambda: home.steps().endswith(end))
    return home.shown()[-1]


@pytest.mark.parametrize(("pressed", "transport"), [("again", "ws"), ("alternative", "webhook"), ("edit", "ws")])
async def test_a_press_survives_kills_and_is_paid_once(
    tmp_path: Path, cradle: str, pressed: str, transport: Transport
) -> None:
    """Its toast may be lost with the process, what it asked for is not."""
    async with house(tmp_path, transport, "callback_unanswered", "callback_failed") as home:
        if pressed == "alternative":
            await home.provoke("status_failed", times=1)
        before = await first_picture(home, cradle, "4" if pressed == "alternative" else "3")
        number, form = {"again": (1, None), "alternative": (1, None), "edit": (4, {"words": "变成水彩"})}[pressed]
        moments = ["record:after", "answer:after", "quoting:before", "creating:before", "succeeded:before"]
        await killed(home, cradle, moments, lambda: home.feishu.press(home.mei, before, number, form=form))
        await seen_to_the_end(home, cradle, jobs=2)
        await check(home, home.shown(since=before.id), creates=2)
        last = (await home.tasks())[-1]
        assert last["prompt"] == ("变成水彩" if pressed == "edit" else "画一只鹤")
        assert last["category"] == ("image_to_image" if pressed == "edit" else "text_to_image")


async def test_a_press_that_was_never_recorded_is_lost_and_nothing_is_spent(tmp_path: Path, cradle: str) -> None:
    """Feishu sends it once, and says to whoever pressed that it did not work: they press again."""
    async with house(tmp_path, "webhook", "callback_failed") as home:
        before = await first_picture(home, cradle)
        async with life(home, cradle, "record:before") as each:
            lost = home.feishu.press(home.mei, before, 1)
            assert await each.ended() == KILLED
        async with life(home, cradle):
            assert lost.error == "failed"
            again = home.feishu.press(home.mei, before, 1)
            await home.until(lambda: home.steps(since=before.id).endswith("3"))
        assert again.toast is not None
        await check(home, home.shown(since=before.id), creates=2)


# --- several at once ---


async def test_three_at_once_survive_kills_each_with_one_picture(tmp_path: Path, cradle: str) -> None:
    """A press, words, a photo in private: none takes the other's step, none is paid twice."""
    async with house(tmp_path, "webhook", "callback_unanswered", "callback_failed") as home:
        ann = home.feishu.person("ann")
        before = await first_picture(home, cradle)
        direct = home.feishu.direct(home.tom)
        others = home.feishu.group("others", ann)

        def ask() -> None:
            home.feishu.press(home.mei, before, 1)
            home.feishu.say(ann, others, "画一只狐狸")
            home.feishu.post(home.tom, direct, [["turn it into an oil painting", png("#102030")]])

        moments = (
            "record:after:3",
            "announcing:after",
            "creating:before",
            # Killed before all three have their answer to the create, one would be lost.
            "polling:after:3",
            "fetching:before",
            "delivering:after",
            "succeeded:before",
            "succeeded:after:2",
        )
        await killed(home, cradle, moments, ask)
        async with life(home, cradle, again=True):
            chats = (home.group, direct, others)
            await home.until(lambda: all("3" in home.steps(chat, before.id) for chat in chats))
            await asyncio.sleep(30 / SPEED)
        for chat in chats:
            await check(home, home.shown(chat, since=before.id), creates=4)
