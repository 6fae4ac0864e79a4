"""What the bot sends is shown once, and stays."""

from __future__ import annotations

import asyncio
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from adapters.port import Adapter, SendFailed, SendRefused
from protocol.messages import Address, MessageRef, Picture, Priority

from .helpers import OFFER, PNG, Room, Words, address, outgoing, playground_in, room_in


def picture_at(path: Path) -> Picture:
    """A picture of the bot's, in a file of its own."""
    path.write_bytes(PNG)
    return Picture("https://img.example.com/cat.png", "a cat", str(path), "image/png", 64, 48)


def the(messages: list[dict[str, Any]]) -> dict[str, Any]:
    """The only one."""
    [message] = messages
    return message


async def test_it_is_an_adapter_like_any_other(room: Room) -> None:
    """The core needs nothing but the port."""
    adapter: Adapter = room.playground
    assert (adapter.name, adapter.trouble()) == ("playground", None)
    assert adapter.largest_picture(address()) == 20 * 1024 * 1024


async def test_it_is_in_trouble_until_it_runs(tmp_path: Path, words: Words) -> None:
    """Readiness follows `run`, and ends with it."""
    playground = playground_in(tmp_path, words)
    assert playground.trouble() is not None
    async with room_in(tmp_path, words) as room:
        assert room.playground.trouble() is None
    assert room.playground.trouble() is not None


async def test_a_message_is_shown_with_all_it_says(room: Room) -> None:
    """Words, buttons, whom it is for and what it answers reach the page."""
    await room.post()
    ref = await room.playground.send(outgoing(text="❌ …", buttons=OFFER))
    [_, shown] = await room.shown()
    assert ref == MessageRef("playground", "private-mei", shown["id"])
    assert (shown["sender"], shown["to"], shown["request"], shown["kind"]) == ("bot", "mei", "m-1", "answer")
    assert (shown["text"], shown["quote"]) == ("❌ …", None)
    assert [button["value"] for button in shown["buttons"]] == ["offer-1", "offer-2"]


@pytest.mark.parametrize(
    ("priority", "kind"),
    [
        (Priority.ACKNOWLEDGEMENT, "acknowledgement"),
        (Priority.START, "start"),
        (Priority.PROGRESS, "progress"),
        (Priority.RESULT, "answer"),
        (Priority.REPLY, "answer"),
    ],
)
async def test_each_step_has_its_look(room: Room, priority: Priority, kind: str) -> None:
    """The page tells the steps apart by their priority, never by their words."""
    await room.playground.send(outgoing(priority=priority))
    assert the(await room.shown())["kind"] == kind


async def test_a_reply_quotes_the_message_that_it_answers(room: Room) -> None:
    """Step 0 shows what it is a reply to."""
    await room.post(text="画一张猫")
    await room.playground.send(outgoing(reply=True))
    [_, shown] = await room.shown()
    assert shown["quote"] == {"id": "m-1", "sender": "mei", "text": "画一张猫", "picture": None}


async def test_a_key_is_shown_once(room: Room) -> None:
    """A retried send returns the first message and shows nothing more."""
    first = await room.playground.send(outgoing(text="first"))
    assert await room.playground.send(outgoing(text="again")) == first
    assert the(await room.shown())["text"] == "first"


async def test_a_key_is_shown_once_after_a_restart(tmp_path: Path, words: Words) -> None:
    """What was sent is durable, as on any platform."""
    async with room_in(tmp_path, words, life="a") as room:
        first = await room.playground.send(outgoing())
    async with room_in(tmp_path, words, life="b") as room:
        assert await room.playground.send(outgoing()) == first
        assert the(await room.shown())["id"] == first.message


async def test_sends_of_one_key_at_the_same_time_are_one(room: Room, tmp_path: Path) -> None:
    """A race leaves one message, and no copy of its picture behind."""
    picture = picture_at(tmp_path / "result.png")
    refs = await asyncio.gather(*(room.playground.send(outgoing(picture=picture)) for _ in range(8)))
    assert set(refs) == {refs[0]}
    shown = the(await room.shown())
    assert [f"/pictures/{path.name}" for path in (tmp_path / "pictures").iterdir()] == [shown["pictures"][0]["src"]]


async def test_nothing_is_shown_twice_after_a_kill(tmp_path: Path, words: Words) -> None:
    """A process that is killed while it sends: every key that it had confirmed is known to the next one."""
    code = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from tests.adapters.playground.helpers import outgoing, playground_in\n"
        "from tests.adapters.playground.page_words import page_words\n"
        "async def main():\n"
        "    playground = playground_in(Path(sys.argv[1]), page_words())\n"
        "    for number in range(100_000):\n"
        "        ref = await playground.send(outgoing(f'key-{number}'))\n"
        "        print(ref.message, flush=True)\n"
        "asyncio.run(main())\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, str(tmp_path), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    confirmed = [(await process.stdout.readline()).decode().strip() for _ in range(25)]
    process.send_signal(signal.SIGKILL)
    confirmed += (await process.stdout.read()).decode().split()
    await process.wait()
    async with room_in(tmp_path, words, life="b") as room:
        again = [(await room.playground.send(outgoing(f"key-{number}"))).message for number in range(len(confirmed))]
        keys_unseen = await room.playground.send(outgoing("never sent before"))
    assert all(confirmed)
    assert again == confirmed
    assert keys_unseen.message not in confirmed


async def test_an_edit_replaces_the_words_in_place(room: Room) -> None:
    """PROGRESS_STYLE=edit: one bubble, new words, the same place."""
    first = await room.playground.send(outgoing("key-1", "⏳ 50%", priority=Priority.PROGRESS))
    await room.playground.send(outgoing("key-2", "something else"))
    assert await room.playground.send(outgoing("key-3", "⏳ 75%", edits=first)) == first
    assert [message["text"] for message in await room.shown()] == ["⏳ 75%", "something else"]


async def test_an_edit_happens_once(room: Room) -> None:
    """A retried edit does not undo a later one."""
    first = await room.playground.send(outgoing("key-1", "⏳ 50%"))
    await room.playground.send(outgoing("key-2", "⏳ 75%", edits=first))
    await room.playground.send(outgoing("key-3", "⏳ 95%", edits=first))
    await room.playground.send(outgoing("key-2", "⏳ 75%", edits=first))
    assert the(await room.shown())["text"] == "⏳ 95%"


@pytest.mark.parametrize(
    "to",
    [
        address("private-nobody", "nobody"),
        address("public"),
        Address("discord", "private-mei", "mei", "m-1"),
    ],
)
async def test_an_unknown_conversation_is_refused(room: Room, to: Address) -> None:
    """Not to be repeated: there is nobody there."""
    with pytest.raises(SendRefused):
        await room.playground.send(outgoing(to=to))


async def test_an_edit_of_nothing_is_refused(room: Room) -> None:
    """Nor is there a message from another conversation to be edited."""
    elsewhere = await room.playground.send(outgoing("key-1", to=address("private-tom", "tom")))
    for edits in (MessageRef("playground", "private-mei", "no-such"), elsewhere):
        with pytest.raises(SendRefused):
            await room.playground.send(outgoing("key-2", edits=edits))


async def test_what_cannot_be_said_in_the_group_is_said_in_private(room: Room) -> None:
    """`in_private` reaches the asker alone."""
    ref = await room.playground.send(outgoing(to=address("group"), in_private=True))
    assert ref.conversation == "private-mei"
    assert await room.shown("group") == []
    assert the(await room.shown("private-mei"))["id"] == ref.message


async def test_a_picture_outlives_the_file_that_it_was_sent_from(room: Room, tmp_path: Path) -> None:
    """The service deletes its own file; the page goes on showing the picture."""
    path = tmp_path / "result.png"
    await room.playground.send(outgoing(picture=picture_at(path)))
    path.unlink()
    [shown] = the(await room.shown())["pictures"]
    assert (shown["alt"], shown["width"], shown["height"]) == ("a cat", 64, 48)
    response = await room.client.get(shown["src"])
    assert (response.content, response.headers["content-type"]) == (PNG, "image/png")


async def test_a_picture_without_a_file_is_its_link(room: Room) -> None:
    """Nothing is fetched from elsewhere; the page offers the link."""
    await room.playground.send(outgoing(picture=Picture("https://img.example.com/cat.png", "a cat")))
    [shown] = the(await room.shown())["pictures"]
    assert (shown["src"], shown["link"]) == ("", "https://img.example.com/cat.png")


async def test_what_is_not_a_picture_is_refused(room: Room, tmp_path: Path) -> None:
    """Whatever it is called."""
    path = tmp_path / "result.png"
    path.write_text("<svg onload=alert(1)>")
    with pytest.raises(SendRefused):
        await room.playground.send(outgoing(picture=Picture("https://img.example.com/x.png", "x", str(path))))


async def test_a_file_that_is_not_there_may_be_tried_again(room: Room, tmp_path: Path) -> None:
    """The failure is told, and the key stays free."""
    missing = Picture("https://img.example.com/x.png", "x", str(tmp_path / "gone.png"))
    with pytest.raises(SendFailed):
        await room.playground.send(outgoing(picture=missing))
    await room.playground.send(outgoing(picture=picture_at(tmp_path / "gone.png")))
    assert len(await room.shown()) == 1


async def test_a_folder_that_is_gone_is_a_failure_and_no_silence(room: Room, tmp_path: Path) -> None:
    """A send never pretends."""
    shutil.rmtree(tmp_path)
    with pytest.raises(SendFailed):
        await room.playground.send(outgoing())


async def test_a_retry_whose_picture_is_gone_is_still_the_first(room: Room, tmp_path: Path) -> None:
    """The service may have deleted its file since the send that did get through."""
    picture = picture_at(tmp_path / "result.png")
    first = await room.playground.send(outgoing(picture=picture))
    (tmp_path / "result.png").unlink()
    assert await room.playground.send(outgoing(picture=picture)) == first
