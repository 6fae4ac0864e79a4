"""kill -9 in Discord, just before and just after what is saved, and a restart.

Before a change is saved, its effect has been done and nobody knows; after it, the next effect has not begun. Whatever
the moment: at most one create, each step seen once, and the picture, or, where the answer to the create was lost with
the process, an honest notice. Every test asserts that the process really died.
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
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.platforms.discord.rates import Rate
from tests.platforms.discord_server import Channel, DiscordOptions, Interaction
from tests.scenarios.discord_house import PATIENCE, DiscordHouse, discord_house, words
from tests.scenarios.house import LOCALES
from tests.scenarios.test_pictures import png

SPEED = 60.0
KILLED = -signal.SIGKILL
ROOT = Path(__file__).parents[2]


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
        command = (sys.executable, "-m", "tests.scenarios.mortal_discord", path)
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "listening\n"
            yield path
            process.terminate()


@asynccontextmanager
async def life(home: DiscordHouse, cradle: str, moment: str = "never") -> AsyncIterator[Life]:
    """The service in a process of its own, until it dies or the block ends."""
    environ = {
        "IMA_API_KEY": home.sandbox.api_key,
        "IMA_BASE_URL": home.sandbox.api,
        "IMA_IM_BASE_URL": home.sandbox.im,
        "DATA_DIR": str(home.settings.data_dir),
        "HTTP_PORT": "0",
        "DISCORD_TOKEN": home.discord.token,
        "DISCORD_API_URL": home.discord.api_url,
    }
    reader, writer = await asyncio.open_unix_connection(cradle)
    order = {"moment": moment, "speed": SPEED, "epoch": home.clock.epoch, "environ": environ}
    writer.write(f"{json.dumps(order)}\n".encode())
    process = int(await reader.readline())
    try:
        await home.discord.connected()
        await home.discord.wait_for(lambda: home.discord.commands.written)
        yield Life(process, reader)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        await reader.read()
        writer.close()
        await writer.wait_closed()


async def killed(home: DiscordHouse, cradle: str, moment: str, ask: Callable[[], object]) -> None:
    """Ask, and be killed at the moment."""
    # Progress comes before the picture, and on a busy machine only if that waits for it.
    waiting = home.brush.held() if moment.startswith("progress") else contextlib.nullcontext()
    with waiting:
        async with life(home, cradle, moment) as first:
            ask()
            assert await first.ended() == KILLED, "the moment never came"
    await home.discord.wait_for(lambda: not home.discord.gateway.live)
    # Between real lives more time goes by: nobody waits for what the first one used up of the rates.
    home.discord.rates.set("GET /gateway/bot", "", Rate(2, 5.0), 2, 0.0)
    for channel in list(home.discord.world.channels.values()):
        home.discord.trouble.rate_limit(channel, 50, 20.0, limit=50)


async def seen_to_the_end(home: DiscordHouse, cradle: str, channel: Channel | None = None) -> str:
    """Come back, wait for the end, and a moment more: whatever would still be said twice is said within it."""
    async with life(home, cradle) as second:
        await home.ended(channel)
        await asyncio.sleep(30 / SPEED)
        os.kill(second.process, signal.SIGTERM)
        assert await second.ended() == 0
    return home.steps(channel)


def house(folder: Path) -> contextlib.AbstractAsyncContextManager[DiscordHouse]:
    options = DiscordOptions(identify_spacing=0.0)
    return discord_house(folder, speed=SPEED, options=options, running=False)


STATES = (
    "acknowledging",
    "quoting",
    "announcing",
    "checking",
    "creating",
    "polling",
    "fetching",
    "delivering",
    "succeeded",
)
MOMENTS = [f"{what}:{side}" for what in (*STATES, "progress") for side in ("before", "after")]
CAT = {"prompt": "a cat"}
LOST = ("creating:after", "polling:before")
"""The window of the create: that it is on its way is saved, its answer is not."""


async def check(home: DiscordHouse, moment: str, steps: str) -> None:
    """One picture; in the window of the lost answer an honest word instead."""
    creates = (await home.state())["counts"]["create"]
    assert re.fullmatch("012*3" if moment not in LOST else "012*4", steps), steps
    if moment in LOST:
        assert creates <= 1
        assert any(
            LOCALES.text("failed.reason.answer_lost", each) in words(home.everything()[-1]) for each in ("zh", "en")
        )
    else:
        assert creates == 1
        assert sum(bool(each.attachments) for each in home.everything()) == 1


@pytest.mark.parametrize("moment", ["record:after", "answer:after", *MOMENTS])
async def test_a_picture_survives_a_kill(tmp_path: Path, cradle: str, moment: str) -> None:
    async with house(tmp_path) as home:
        await killed(home, cradle, moment, lambda: home.discord.say(home.mei, home.channel, "画一张猫"))
        await check(home, moment, await seen_to_the_end(home, cradle))


async def test_what_was_never_recorded_is_lost_and_nothing_is_spent(tmp_path: Path, cradle: str) -> None:
    """A new session hears nothing of before: the person asks again, and is answered once."""
    async with house(tmp_path) as home:
        await killed(home, cradle, "record:before", lambda: home.discord.say(home.mei, home.channel, "画一张猫"))
        async with life(home, cradle):
            home.discord.say(home.mei, home.channel, "画一张猫")
            await home.ended()
        assert (await home.state())["counts"]["create"] == 1
        assert re.fullmatch("012*3", home.steps())


@pytest.mark.parametrize("moment", ["answer:after", "acknowledging:after", "quoting:before", "succeeded:before"])
async def test_a_command_survives_a_kill(tmp_path: Path, cradle: str, moment: str) -> None:
    """Its token dies with the process: what is still to say goes to the channel."""
    async with house(tmp_path) as home:
        asked: list[Interaction] = []
        await killed(
            home, cradle, moment, lambda: asked.append(home.discord.slash(home.tom, home.channel, "draw", CAT))
        )
        await check(home, moment, await seen_to_the_end(home, cradle))
        if asked[0].original is None:
            # The 3 s went by while nobody lived.
            home.discord.interactions.remove(asked[0])


@pytest.mark.parametrize(
    "moment", ["preparing:before", "preparing:after", "creating:before", *LOST, "succeeded:before"]
)
async def test_an_edit_in_private_survives_a_kill(tmp_path: Path, cradle: str, moment: str) -> None:
    async with house(tmp_path) as home:
        await killed(home, cradle, moment, lambda: home.discord.dm(home.mei, "变成油画", [png()]))
        await check(home, moment, await seen_to_the_end(home, cradle, home.discord.direct(home.mei)))


@pytest.mark.parametrize(
    "moment", ["answer:after", "acknowledging:after", "creating:before", "creating:after", "succeeded:before"]
)
async def test_a_press_survives_a_kill(tmp_path: Path, cradle: str, moment: str) -> None:
    """It is paid at most once, and what was drawn before it is not drawn again."""
    async with house(tmp_path) as home:
        async with life(home, cradle) as first:
            home.discord.say(home.mei, home.channel, "画一张猫")
            await home.ended()
            os.kill(first.process, signal.SIGTERM)
            assert await first.ended() == 0
        await home.discord.wait_for(lambda: not home.discord.gateway.live)
        result, pressed = home.shown()[-1], list[Interaction]()
        label = "再来一张 · 6 积分"
        await killed(home, cradle, moment, lambda: pressed.append(home.discord.press(home.mei, result, label)))
        async with life(home, cradle):
            await home.ended(jobs=2)
            await asyncio.sleep(30 / SPEED)
        lost = moment in LOST
        assert re.fullmatch("012*3012*4" if lost else "012*3012*3", home.steps()), home.steps()
        assert (await home.state())["counts"]["create"] == (1 if lost else 2)
        if pressed[0].original is None:
            home.discord.interactions.remove(pressed[0])


@pytest.mark.parametrize("moment", ["answer:after", "reply_sent:before", "reply_sent:after"])
async def test_an_answer_without_a_picture_is_given_once(tmp_path: Path, cradle: str, moment: str) -> None:
    async with house(tmp_path) as home:
        await killed(home, cradle, moment, lambda: home.discord.say(home.tom, home.channel, "hello"))
        assert await seen_to_the_end(home, cradle) == "r"


@pytest.mark.parametrize("moment", ["failing:before", "failing:after", "failed:before"])
async def test_a_failure_is_told_once(tmp_path: Path, cradle: str, moment: str) -> None:
    async with house(tmp_path) as home:
        await home.provoke("resource_failed")
        await killed(home, cradle, moment, lambda: home.discord.say(home.mei, home.channel, "画一张猫"))
        steps = await seen_to_the_end(home, cradle)
        assert re.fullmatch("012*4", steps), steps
        assert (await home.state())["counts"]["create"] == 1
        assert len(home.shown()[-1].buttons) == 2
