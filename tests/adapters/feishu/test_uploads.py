"""A picture is uploaded once, also over a restart, beside the chat's other messages, and old names are forgotten."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.feishu import uploads as uploading
from adapters.feishu.uploads import KEPT, StillUploading, Uploads
from adapters.port import SendFailed, SendRefused
from tests.adapters.feishu.desk import LINK, desk
from tests.adapters.feishu.payloads import WORDS


class Office:
    def __init__(self) -> None:
        self.made = 0

    async def __call__(self) -> str:
        self.made += 1
        return f"img_{self.made}"


def kept(folder: Path, clock: Callable[[], float] = time.time, app_id: str = "cli_a", **patience: float) -> Uploads:
    return Uploads(folder, clock, app_id=app_id, **patience)


async def test_a_picture_is_uploaded_once_also_over_a_restart(tmp_path: Path) -> None:
    office = Office()
    for _ in range(2):
        uploads = kept(tmp_path / "uploads")
        assert [await uploads.key("a.png", office), await uploads.key("a.png", office)] == ["img_1", "img_1"]
    assert await uploads.key("b.png", office) == "img_2"


async def test_a_name_is_forgotten_after_a_day_and_so_is_its_file(tmp_path: Path) -> None:
    office, now = Office(), time.time()
    assert await kept(tmp_path, lambda: now).key("a.png", office) == "img_1"
    later = kept(tmp_path, lambda: now + KEPT + 1)
    assert await later.key("b.png", office) == "img_2"
    assert len(os.listdir(tmp_path)) == 1  # noqa: PTH208 - an async function
    assert await later.key("a.png", office) == "img_3"


async def test_where_nothing_can_be_kept_it_is_uploaded_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "uploads").write_text("a file in the way")
    assert await kept(tmp_path / "uploads").key("a.png", Office()) == "img_1"


async def test_what_goes_wrong_while_uploading_is_told_and_nothing_is_remembered(tmp_path: Path) -> None:
    async def broken() -> str:
        raise OSError("the picture is gone")

    with pytest.raises(OSError, match="gone"):
        await kept(tmp_path).key("a.png", broken)
    assert await kept(tmp_path).key("a.png", Office()) == "img_1"


async def test_another_app_uploads_it_for_itself(tmp_path: Path) -> None:
    """A picture's key is the app's own: with another app of the same folder it would never be shown."""
    office = Office()
    assert await kept(tmp_path).key("a.png", office) == "img_1"
    assert await kept(tmp_path, app_id="cli_b").key("a.png", office) == "img_2"
    assert await kept(tmp_path).key("a.png", office) == "img_1"


async def test_what_cannot_be_read_is_uploaded_again(tmp_path: Path) -> None:
    office, uploads = Office(), kept(tmp_path)
    await uploads.key("a.png", office)
    (file,) = tmp_path.iterdir()  # noqa: ASYNC240 - a test may wait
    file.write_bytes(b"\xff\xfe\x00")
    await uploads.bring("a.png", office)
    assert await uploads.key("a.png", office) == "img_2"


async def test_a_key_that_is_taken_no_more_is_forgotten_and_made_anew_once(tmp_path: Path) -> None:
    office, uploads = Office(), kept(tmp_path)
    assert await uploads.renew("a.png", await uploads.key("a.png", office))
    assert await uploads.key("a.png", office) == "img_2"
    assert not await uploads.renew("a.png", "img_2")
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240 - a test may wait


async def test_a_newer_key_is_not_forgotten_for_an_older_one(tmp_path: Path) -> None:
    office, uploads = Office(), kept(tmp_path)
    assert await uploads.key("a.png", office) == "img_1"
    await uploads.renew("a.png", "img_0")
    assert await kept(tmp_path).key("a.png", office) == "img_1"


class Slow:
    """An upload that ends when it is let."""

    def __init__(self) -> None:
        self.begun = 0
        self.going, self.let = asyncio.Event(), asyncio.Event()
        self.trouble: Exception | None = None

    async def __call__(self) -> str:
        self.begun += 1
        self.going.set()
        await self.let.wait()
        if self.trouble is not None:
            raise self.trouble
        return "img_slow"


async def test_one_that_takes_long_goes_on_by_itself_and_is_begun_once(tmp_path: Path) -> None:
    slow, uploads = Slow(), kept(tmp_path, holds=0.01)
    for _ in range(3):
        with pytest.raises(StillUploading):
            await uploads.key("a.png", slow)
    slow.let.set()
    assert await uploads.key("a.png", slow) == "img_slow"
    assert slow.begun == 1


async def test_who_comes_next_hears_that_it_failed_and_whoever_comes_then_begins_anew(tmp_path: Path) -> None:
    slow, uploads = Slow(), kept(tmp_path, holds=0.01)
    slow.trouble = OSError("broken")
    with pytest.raises(StillUploading):
        await uploads.key("a.png", slow)
    slow.let.set()
    with pytest.raises(OSError, match="broken"):
        await uploads.key("a.png", slow)
    slow.trouble = None
    assert await uploads.key("a.png", slow) == "img_slow"
    assert slow.begun == 2


async def test_so_many_go_up_at_once_and_those_that_hang_end_with_the_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploading, "AT_ONCE", 2)
    slow, uploads = Slow(), kept(tmp_path, holds=0.01)
    for number in range(4):
        with pytest.raises(StillUploading):
            await uploads.key(f"{number}.png", slow)
    assert slow.begun == 2
    await uploads.close()
    assert not [task for task in asyncio.all_tasks() if task.get_name() == "feishu upload"]


async def test_it_goes_up_before_its_turn_and_is_there_when_it_comes(tmp_path: Path) -> None:
    office, uploads = Office(), kept(tmp_path)
    await uploads.bring("a.png", office)
    await uploads.bring("a.png", office)
    assert await uploads.key("a.png", office) == "img_1"
    assert office.made == 1


async def test_before_its_turn_it_is_not_waited_for_without_end_and_trouble_is_told_in_its_turn(tmp_path: Path) -> None:
    slow, uploads = Slow(), kept(tmp_path, longest=0.01)
    await uploads.bring("a.png", slow)
    slow.trouble = OSError("broken")
    slow.let.set()
    await uploads.bring("a.png", slow)
    with pytest.raises(OSError, match="broken"):
        await uploads.key("a.png", slow)
    assert slow.begun == 1


async def test_however_many_there_are_none_that_somebody_waits_for_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploading, "MOST_KEPT", 2)
    slow, uploads = Slow(), kept(tmp_path, holds=60, longest=0)
    first = asyncio.create_task(uploads.key("0.png", slow))
    await slow.going.wait()
    for number in range(1, 5):
        await uploads.bring(f"{number}.png", slow)
    await uploads.bring("1.png", slow)
    slow.let.set()
    assert await first == "img_slow"
    assert {await uploads.key(f"{number}.png", slow) for number in range(5)} == {"img_slow"}
    assert slow.begun == 5


async def test_one_that_ends_with_the_service_counts_as_still_under_way(tmp_path: Path) -> None:
    """Whoever waits for it is told so, and is not ended along with it."""
    slow, uploads = Slow(), kept(tmp_path, holds=60)
    waiting = asyncio.create_task(uploads.key("a.png", slow))
    await slow.going.wait()
    await uploads.close()
    with pytest.raises(StillUploading):
        await waiting


UPLOAD, SEND = "POST /im/v1/images", "POST /im/v1/messages"


@pytest.mark.parametrize("cards", [True, False])
async def test_a_result_whose_key_is_taken_no_more_arrives_with_its_picture(tmp_path: Path, cards: bool) -> None:
    async with desk(tmp_path) as here:
        said = here.server.dm(here.mei, "画一只猫")
        await here.sending.prepare(here.result(said))
        (file,) = (tmp_path / "uploads").iterdir()
        file.write_text("img_v3_that_was_taken_once", encoding="utf-8")
        sending = here.restarted(cards=cards)
        await sending.send(here.result(said))
        (shown,) = here.by_bot(said.chat)
        assert (len(shown.pictures), here.server.calls(UPLOAD)) == (1, 2)
        assert LINK in shown.text
        here.server.forgive("foreign_picture")


async def test_one_whose_new_key_is_refused_too_arrives_as_words_and_link(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        said = here.server.dm(here.mei, "画一只猫")
        for _ in range(2):
            here.server.trouble.refuse_next(SEND, 230001)
        await here.sending.send(here.result(said))
        (shown,) = here.by_bot(said.chat)
        assert (shown.pictures, here.server.calls(UPLOAD), here.server.calls(SEND)) == ((), 2, 3)
        *_, note, link = shown.text.splitlines()
        assert note == WORDS["zh"]["feishu.link_only"]
        assert LINK in link


@pytest.mark.parametrize("code", [230002, 230022, 99991672])
async def test_a_refusal_with_another_reason_uploads_nothing_anew(tmp_path: Path, code: int) -> None:
    async with desk(tmp_path) as here:
        said = here.server.dm(here.mei, "画一只猫")
        here.server.trouble.refuse_next(SEND, code)
        with pytest.raises(SendRefused):
            await here.sending.send(here.result(said))
        assert (here.server.calls(UPLOAD), here.server.calls(SEND)) == (1, 1)


async def test_a_picture_that_the_platform_does_not_take_is_told_so_above_its_link(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        said = here.server.say(here.mei, here.direct, "画一只猫")
        here.server.trouble.refuse_next("POST /im/v1/images", 234039, "the picture is not taken")
        await here.sending.send(here.result(said))
        shown = here.by_bot(here.direct)[-1]
        assert shown.pictures == ()
        *_, note, link = shown.text.splitlines()
        assert note == WORDS["zh"]["feishu.link_only"]
        assert LINK in link


async def test_a_picture_that_hangs_holds_no_other_message_of_the_chat(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        said = here.server.say(here.mei, here.group, "画一只猫")
        here.server.trouble.fail_next("POST /im/v1/images", "never")
        sending = here.restarted(holds=0.05)
        result = here.result(said)
        with pytest.raises(SendFailed, match="uploaded") as refused:
            await sending.send(result)
        # No time to wait is named: the sender lets others of the chat go before.
        assert refused.value.retry_after is None
        await sending.send(here.start(said))
        await here.server.wait_for(lambda: here.server.trouble.held == 1)
        here.server.trouble.thaw()
        await asyncio.wait([task for task in asyncio.all_tasks() if task.get_name() == "feishu upload"])
        with pytest.raises(SendFailed, match="broke off"):
            await sending.send(result)
        await here.restarted().send(result)
        assert [each.kind for each in here.by_bot(here.group)] == ["interactive"] * 2
        assert [len(each.pictures) for each in here.by_bot(here.group)] == [0, 1]
