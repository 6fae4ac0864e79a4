"""kill -9 in Discord in the middle of more than a plain request, and a restart that goes on from there.

An offer's button, a form that stands open, two people at once, a picture on its way in private, progress that is
edited, a message that hangs when the service is told to end. Each time there is one picture for each create, every step
is seen once, and nothing that was recorded is lost.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest

from tests.platforms.discord.views import show
from tests.platforms.discord_server import Interaction, Shown, User
from tests.scenarios.discord_house import PATIENCE, DiscordHouse, code, words
from tests.scenarios.discord_lives import (
    LOST,
    SPEED,
    between_lives,
    cradle_of_lives,
    dying,
    excuse,
    house,
    life,
    seen_to_the_end,
)
from tests.scenarios.house import LOCALES
from tests.scenarios.test_pictures import png


@pytest.fixture(scope="module")
def cradle() -> Iterator[str]:
    """Where processes of the service are started; gives the socket's path."""
    with cradle_of_lives() as path:
        yield path


async def creates(home: DiscordHouse) -> int:
    """How often the paid call reached IMA."""
    counts: dict[str, int] = (await home.state())["counts"]
    return counts["create"]


def pictures(home: DiscordHouse) -> int:
    """Messages of the bot that show a picture."""
    return sum(bool(each.attachments) for each in home.everything())


# --- an offer ---


@pytest.mark.parametrize("moment", ["record:before", "record:after", "answer:after", "creating:after"])
async def test_an_offer_is_taken_once_over_a_kill(tmp_path: Path, cradle: str, moment: str) -> None:
    """What was taken goes on by itself, and another press takes nothing; what was not even recorded can be taken."""
    async with house(tmp_path) as home:
        await home.provoke("status_failed", times=1)
        async with life(home, cradle) as first:
            home.discord.say(home.tom, home.channel, "draw a heron")
            offer = (await home.ended())[-1]
            await first.stopped()
        await between_lives(home)
        async with dying(home, cradle, moment):
            pressed = home.discord.press(home.tom, offer, home.button(offer, 1))
        async with life(home, cradle) as second:
            if moment == "record:before":
                home.discord.press(home.tom, offer, home.button(offer, 1))
                await home.ended(jobs=2)
            else:
                await home.ended(jobs=2)
                again = home.discord.press(home.tom, offer, home.button(offer, 1))
                assert await told(home, again) == LOCALES.text("offer_closed", "en")
            await asyncio.sleep(30 / SPEED)
            await second.stopped()
        excuse(home, pressed)
        lost = moment in LOST
        steps = "".join(code(each) for each in home.shown() if each.only_for is None).replace("p", "")
        assert re.fullmatch("012*4012*4" if lost else "012*4012*3", steps), steps
        tasks = [each["model_id"] for each in await home.tasks()]
        assert tasks == ["gemini-3.1-flash-image", *([] if lost else ["gemini-3-pro-image"])]
        assert pictures(home) == (0 if lost else 1)


async def told(home: DiscordHouse, pressed: Interaction) -> str:
    """What only who pressed is told."""

    def answers() -> list[Shown]:
        seen = [each for each in (pressed.original, *pressed.followups) if each is not None]
        return [show(each) for each in seen if each.only_for is pressed.user and not show(each).loading]

    await home.until(answers)
    return words(answers()[0])


# --- a form ---


@pytest.mark.parametrize("moment", ["record:before", "record:after", "preparing:after", "creating:after"])
async def test_the_words_of_an_edit_are_not_lost_with_the_process(tmp_path: Path, cradle: str, moment: str) -> None:
    """The form was opened before one kill and is sent off before another; where it was not taken, it is sent again."""
    async with house(tmp_path) as home:
        async with life(home, cradle) as first:
            home.discord.say(home.mei, home.channel, "画一只鹤")
            result = (await home.ended())[-1]
            edit = home.discord.press(home.mei, result, "修改这张 · 6 积分")
            await home.until(lambda: edit.modal)
            await first.killed()
        await between_lives(home)
        async with dying(home, cradle, moment):
            sent = home.discord.submit_modal(edit, {"words": "变成油画"})
        async with life(home, cradle) as second:
            if moment == "record:before":
                home.discord.submit_modal(edit, {"words": "变成油画"})
            await home.ended(jobs=2)
            await asyncio.sleep(30 / SPEED)
            await second.stopped()
        excuse(home, sent)
        lost = moment in LOST
        assert re.fullmatch("012*3012*4" if lost else "012*3012*3", home.steps()), home.steps()
        assert await edits(home) == ([] if lost else ["变成油画"])
        assert pictures(home) == (1 if lost else 2)


@pytest.mark.parametrize("moment", ["answer:after", "succeeded:before"])
async def test_the_picture_under_a_menu_outlives_the_form(tmp_path: Path, cradle: str, moment: str) -> None:
    """Discord shows the picture once, when the form is opened: it is known still after two kills."""
    async with house(tmp_path) as home:
        async with life(home, cradle) as first:
            photo = home.discord.say(home.tom, home.channel, "my holiday", [png()], mention_bot=False)
            menu = home.discord.context_menu(home.mei, photo, "Edit picture")
            kept = home.settings.data_dir / "discord" / "forms" / f"{photo.id}.json"
            await home.until(lambda: menu.modal and kept.exists())
            await first.killed()
        await between_lives(home)
        async with dying(home, cradle, moment):
            sent = home.discord.submit_modal(menu, {"words": "变成水彩"})
        steps = await seen_to_the_end(home, cradle)
        excuse(home, sent)
        assert re.fullmatch("012*3", steps), steps
        assert await edits(home) == ["变成水彩"]
        assert pictures(home) == 1


async def edits(home: DiscordHouse) -> list[str]:
    """The words of those pictures that were made of others, and paid for."""
    return [each["prompt"] for each in await home.tasks() if each["category"] == "image_to_image"]


# --- two people ---


def seen_by(home: DiscordHouse, person: User, asked: int) -> str:
    """The steps of one person's request: the first replies to it, and the others name them."""
    mine = [
        code(each) for each in home.shown() if each.replied_to == asked or words(each).startswith(f"<@{person.id}>")
    ]
    return "".join(mine).replace("p", "")


@pytest.mark.parametrize("moment", ["record:after:2", "quoting:before:2", "creating:after:2", "polling:after:2"])
async def test_who_asks_while_another_picture_is_drawn_is_not_lost_with_it(
    tmp_path: Path, cradle: str, moment: str
) -> None:
    """Mei's is being drawn and Tom's is on its way to the paid call: each goes on from where it was."""
    async with house(tmp_path) as home:
        with home.brush.held():
            async with dying(home, cradle, moment):
                mei = home.discord.say(home.mei, home.channel, "画一只鹤").id
                await home.until(lambda: "2" in home.steps())
                tom = home.discord.say(home.tom, home.channel, "draw a heron").id
        await seen_to_the_end(home, cradle, jobs=2)
        lost = moment.startswith(LOST)
        assert re.fullmatch("012+3", seen_by(home, home.mei, mei)), home.steps()
        assert re.fullmatch("012*4" if lost else "012*3", seen_by(home, home.tom, tom)), home.steps()
        assert await creates(home) == (1 if lost else 2)
        assert pictures(home) == (1 if lost else 2)


@pytest.mark.parametrize("moment", ["succeeded:before", "succeeded:before:2"])
async def test_two_pictures_that_come_at_once_come_once_each(tmp_path: Path, cradle: str, moment: str) -> None:
    async with house(tmp_path) as home:
        async with dying(home, cradle, moment):
            with home.brush.held():
                mei = home.discord.say(home.mei, home.channel, "画一只鹤").id
                tom = home.discord.say(home.tom, home.channel, "draw a heron").id
                await home.until(lambda: home.steps().count("2") >= 2)
        await seen_to_the_end(home, cradle, jobs=2)
        assert re.fullmatch("012*3", seen_by(home, home.mei, mei)), home.steps()
        assert re.fullmatch("012*3", seen_by(home, home.tom, tom)), home.steps()
        assert await creates(home) == pictures(home) == 2


# --- a picture on its way in private ---


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        ("private:before", "closed"),
        ("private:after", "closed"),
        ("succeeded:before", "closed"),
        ("private:before", "deleted"),
        ("succeeded:before", "deleted"),
    ],
)
async def test_a_picture_that_goes_in_private_comes_once(tmp_path: Path, cradle: str, moment: str, why: str) -> None:
    """Killed after the channel refused it, and after it was sent in private."""
    async with house(tmp_path) as home:
        direct = home.discord.direct(home.mei)
        async with dying(home, cradle, moment):
            with home.brush.held():
                home.discord.say(home.mei, home.channel, "画一张猫")
                await home.until(lambda: "2" in home.steps())
                if why == "closed":
                    home.discord.places.deny(home.channel, "send_messages")
                else:
                    home.discord.places.delete_channel(home.channel)
        assert home.steps(direct) == ("3" if moment == "succeeded:before" else "")
        assert await seen_to_the_end(home, cradle, direct) == "3"
        assert re.fullmatch("012+", home.steps()), home.steps()
        assert await creates(home) == pictures(home) == 1


# --- progress that is edited ---

WAITED = re.compile(r"已等待 (\d+)s")


def looks(home: DiscordHouse) -> list[int]:
    """The seconds that progress ever told, message by message and edit by edit."""
    texts = [text for each in home.shown() if code(each) == "2" for text in (*each.earlier, words(each))]
    found = [WAITED.search(text) for text in texts]
    return [int(each[1]) for each in found if each is not None]


@pytest.mark.parametrize(
    ("moment", "messages"),
    [("arrived:before", 2), ("arrived:after", 1), ("progress:after:2", 1), ("arrived:before:2", 1)],
)
async def test_edited_progress_goes_on_where_it_was(tmp_path: Path, cradle: str, moment: str, messages: int) -> None:
    """In its message; in a new one where the process never learned which that was. No look is shown twice."""
    async with house(tmp_path, progress="edit") as home:
        with ExitStack() as waiting:
            waiting.enter_context(home.brush.held())
            async with dying(home, cradle, moment):
                home.discord.say(home.mei, home.channel, "画一张猫")
            before = looks(home)
            assert len(before) == (2 if moment == "arrived:before:2" else 1)
            async with life(home, cradle) as second:
                await home.until(lambda: len(looks(home)) >= len(before) + 2)
                waiting.close()
                await home.ended()
                await asyncio.sleep(30 / SPEED)
                await second.stopped()
        assert home.steps() == f"01{'2' * messages}3"
        assert looks(home)[: len(before)] == before
        assert looks(home) == sorted(set(looks(home)))
        assert await creates(home) == pictures(home) == 1


# --- told to end while a message hangs ---


EXIT_WITHIN = 10.0
End = Literal["there", "back"]


class DeafWay:
    """Another way to Discord's interface: the connection on which a file is carried falls silent there or back."""

    def __init__(self, api_url: str, deaf: End) -> None:
        self._to = urlsplit(api_url)
        self._deaf = deaf
        self._carrying: set[asyncio.Task[None]] = set()
        self.silent = asyncio.Event()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        """Gives the address of its beginning."""
        async with await asyncio.start_server(self._taken, "127.0.0.1", 0) as door:
            try:
                yield f"http://127.0.0.1:{door.sockets[0].getsockname()[1]}{self._to.path}"
            finally:
                carrying = list(self._carrying)
                for task in carrying:
                    task.cancel()
                await asyncio.gather(*carrying, return_exceptions=True)

    def _taken(self, client: asyncio.StreamReader, answers: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._carry(client, answers))
        self._carrying.add(task)
        task.add_done_callback(self._carrying.discard)

    async def _carry(self, client: asyncio.StreamReader, answers: asyncio.StreamWriter) -> None:
        server, requests = await asyncio.open_connection(self._to.hostname, self._to.port)
        silent: set[End] = set()

        async def pipe(source: asyncio.StreamReader, target: asyncio.StreamWriter, end: End) -> None:
            while data := await source.read(65536):
                if b"multipart/form-data" in data:
                    silent.add(self._deaf)
                    self.silent.set()
                if end not in silent:
                    target.write(data)
                    await target.drain()

        try:
            with suppress(ConnectionError):
                async with asyncio.TaskGroup() as both:
                    both.create_task(pipe(client, requests, "there"))
                    both.create_task(pipe(server, answers, "back"))
        finally:
            requests.close()
            answers.close()


@pytest.mark.parametrize("deaf", ["there", "back"])
async def test_a_deployment_does_not_wait_for_a_message_that_hangs(tmp_path: Path, cradle: str, deaf: End) -> None:
    """The picture's message does not reach Discord, or its answer does not come back. Told to end, the service is gone
    within 10 real seconds, and the next one shows the picture, unless it is there already."""
    async with house(tmp_path) as home:
        way = DeafWay(home.discord.api_url, deaf)
        async with way.open() as api_url, life(home, cradle, api_url=api_url) as first:
            home.discord.say(home.mei, home.channel, "画一张猫")
            await asyncio.wait_for(way.silent.wait(), PATIENCE)
            if deaf == "back":
                await home.until(lambda: pictures(home))
            told_to_end = time.monotonic()
            await first.stopped()
            assert time.monotonic() - told_to_end < EXIT_WITHIN
        await between_lives(home)
        assert pictures(home) == (1 if deaf == "back" else 0)
        steps = await seen_to_the_end(home, cradle)
        assert re.fullmatch("012*3", steps), steps
        assert await creates(home) == pictures(home) == 1
