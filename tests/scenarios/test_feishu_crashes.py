"""kill -9 in Feishu, just before and just after what is saved, and a restart.

What was not recorded is delivered again; what was is worked after the restart. Whatever the moment: at most one
create, each step seen once, and the picture, or, where the answer to the create was lost with the process, an honest
notice. Every test asserts that the process really died.
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
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.scenarios.feishu_house import PATIENCE, FeishuHouse, code, feishu_house, quick, words
from tests.scenarios.house import LOCALES

SPEED = 60.0
KILLED = -signal.SIGKILL
ROOT = Path(__file__).parents[2]

STATES = ("acknowledging", "quoting", "announcing", "checking", "creating", "polling", "fetching", "delivering")
BETWEEN = [f"{state}:before" for state in (*STATES, "succeeded", "progress")]
LOST = ("creating:after", "polling:before")
"""The window of the create: that it is on its way is saved, its answer is not."""


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
async def life(home: FeishuHouse, cradle: str, moment: str = "never") -> AsyncIterator[asyncio.StreamReader]:
    """The service in a process of its own, connected, until it dies or the block ends; its exit status comes last."""
    environ = {
        "IMA_API_KEY": home.sandbox.api_key,
        "IMA_BASE_URL": home.sandbox.api,
        "IMA_IM_BASE_URL": home.sandbox.im,
        "DATA_DIR": str(home.settings.data_dir),
        "HTTP_PORT": "0",
        "FEISHU_APP_ID": home.feishu.app_id,
        "FEISHU_APP_SECRET": home.feishu.app_secret,
        "FEISHU_DOMAIN": home.feishu.domain,
    }
    reader, writer = await asyncio.open_unix_connection(cradle)
    order = {"moment": moment, "speed": SPEED, "epoch": home.clock.epoch, "environ": environ}
    writer.write(f"{json.dumps(order)}\n".encode())
    process = int(await reader.readline())
    try:
        await home.feishu.connected()
        yield reader
        if moment == "never":
            os.kill(process, signal.SIGTERM)
            async with asyncio.timeout(PATIENCE):
                assert int(await reader.readline()) == 0
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        await reader.read()
        writer.close()
        await writer.wait_closed()


@pytest.mark.parametrize("moment", ["record:before", "record:after", "answer:after", "creating:after", *BETWEEN])
async def test_a_picture_survives_a_kill(tmp_path: Path, cradle: str, moment: str) -> None:
    options = quick(redelivery=(0.3,) * 8)
    async with feishu_house(
        tmp_path,
        speed=SPEED,
        options=options,
        running=False,
        forgive=("event_unanswered",),
        forgive_ima=("stale_list",),
    ) as home:
        async with life(home, cradle, moment) as first:
            home.feishu.say(home.mei, home.group, "画一张猫")
            async with asyncio.timeout(PATIENCE):
                assert int(await first.readline()) == KILLED, "the moment never came"
        async with life(home, cradle):
            shown = await home.ended()
            # Whatever would still be said twice is said within this.
            await asyncio.sleep(30 / SPEED)
        steps = home.steps()
        creates = (await home.state())["counts"]["create"]
        if moment in LOST:
            assert re.fullmatch("014", steps), steps
            assert creates <= 1
            assert LOCALES.text("failed.reason.answer_lost", "zh") in words(home.shown()[-1])
        else:
            assert re.fullmatch("012*3", steps), steps
            assert creates == 1
            assert len([each for each in shown if code(each) == "3" and each.pictures]) == 1
