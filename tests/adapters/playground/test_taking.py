"""A person's message: recorded by the bot first, shown then, and never twice."""

from __future__ import annotations

import asyncio
from pathlib import Path

from protocol.messages import Address, AttachedImage, Incoming

from .helpers import OFFER, Room, Words, address, client_of, outgoing, playground_in, ready, room_in


async def test_a_message_reaches_the_bot_and_the_page(room: Room) -> None:
    """200 means both."""
    response = await room.post(locale="zh")
    assert response.status_code == 200
    [heard] = room.listener.heard
    assert heard == Incoming(
        Address("playground", "private-mei", "mei", "m-1", private=True), "画一张猫", heard.sent_at, locale="zh"
    )
    assert await room.shown() == [response.json()]


async def test_what_the_bot_cannot_record_is_not_sent(room: Room) -> None:
    """The page is told, nothing is shown, and the same message may be tried again."""
    room.listener.deaf = True
    assert (await room.post()).status_code == 503
    assert await room.shown() == []
    room.listener.deaf = False
    assert (await room.post()).status_code == 200
    assert [message["text"] for message in await room.shown()] == ["画一张猫"]
    assert len(room.listener.heard) == 1


async def test_a_retry_after_a_lost_answer_says_nothing_twice(room: Room) -> None:
    """The page's own id makes it the same message."""
    first, second = await room.post(), await room.post()
    assert first.json() == second.json()
    assert len(room.listener.heard) == len(await room.shown()) == 1


async def test_before_it_runs_nothing_is_taken(tmp_path: Path, words: Words) -> None:
    """A message is never accepted that nobody records."""
    async with client_of(playground_in(tmp_path, words)) as client:
        content = {"id": "m-1", "conversation": "private-mei", "user": "mei", "text": "hi"}
        assert (await client.post("/api/messages", json=content)).status_code == 503


async def test_an_answer_comes_after_its_question_however_quick_it_is(tmp_path: Path, words: Words) -> None:
    """The bot may answer before the page has heard that its message was taken."""
    playground = playground_in(tmp_path, words)

    async def quick(incoming: Incoming) -> None:
        await playground.send(outgoing(to=incoming.address, reply=True))

    running = asyncio.create_task(playground.run(quick))
    async with client_of(playground) as client:
        await ready(playground)
        content = {"id": "m-1", "conversation": "private-mei", "user": "mei", "text": "画一张猫"}
        await client.post("/api/messages", json=content)
        history = (await client.get("/api/history")).json()["conversations"]["private-mei"]["messages"]
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert [message["sender"] for message in history] == ["mei", "bot"]
    assert history[1]["quote"]["text"] == "画一张猫"


async def test_several_pictures_come_in_their_order(room: Room) -> None:
    """With no words too."""
    names = [await room.upload() for _ in range(3)]
    await room.post(text="", pictures=[{"name": name, "width": 4, "height": 3} for name in names])
    assert room.listener.heard[0].images == tuple(AttachedImage("playground", name) for name in names)
    [shown] = await room.shown()
    assert [picture["src"] for picture in shown["pictures"]] == [f"/pictures/{name}" for name in names]


async def test_a_picture_that_was_not_uploaded_is_refused(room: Room) -> None:
    """Nor does a name lead out of the folder."""
    for name in ("gone.png", "../playground.sqlite3", ""):
        assert (await room.post(pictures=[{"name": name}])).status_code == 400
    assert room.listener.heard == []


async def test_a_picture_is_quoted_by_a_reply(room: Room) -> None:
    """Replying to an earlier picture uses it."""
    name = await room.upload()
    await room.post(id="m-1", text="", pictures=[{"name": name}])
    await room.post(id="m-2", text="变成油画", reply_to="m-1")
    assert room.listener.heard[1].images == (AttachedImage("playground", name),)
    assert (await room.shown())[1]["quote"]["picture"]["src"] == f"/pictures/{name}"


async def test_a_quote_from_elsewhere_is_refused(room: Room) -> None:
    """What one person was told in private is not for another."""
    await room.post(id="m-1")
    response = await room.post(id="m-2", user="tom", conversation="private-tom", reply_to="m-1")
    assert response.status_code == 400


async def test_in_the_group_people_talk_unheard(room: Room) -> None:
    """Shown to everybody, and not handed to the bot."""
    await room.post(conversation="group", text="大家好")
    await room.post(id="m-2", user="tom", conversation="group", text="@画画 画一张猫")
    assert [(message["text"], message["heard"]) for message in await room.shown("group")] == [
        ("大家好", False),
        ("@画画 画一张猫", True),
    ]
    assert [(heard.address.user, heard.text) for heard in room.listener.heard] == [("tom", "画一张猫")]


async def test_a_button_reaches_the_bot_as_a_press(room: Room) -> None:
    """Shown with its words, so that everyone sees what was chosen."""
    offer = await room.playground.send(outgoing(buttons=OFFER))
    response = await room.press(message=offer.message)
    assert response.status_code == 200
    assert (response.json()["text"], response.json()["kind"]) == ("Nano Banana Pro · 10 pts", "press")
    [heard] = room.listener.heard
    assert (heard.press, heard.text, heard.address) == ("offer-1", "", address(message="p-1"))


async def test_a_press_that_is_not_recorded_may_be_tried_again(room: Room) -> None:
    """The same as for a message."""
    offer = await room.playground.send(outgoing(buttons=OFFER))
    room.listener.deaf = True
    assert (await room.press(message=offer.message)).status_code == 503
    room.listener.deaf = False
    assert (await room.press(message=offer.message)).status_code == 200
    assert (await room.press(message=offer.message)).status_code == 200
    assert len(room.listener.heard) == 1


async def test_only_a_button_that_is_there_can_be_pressed(room: Room) -> None:
    """In its own conversation, with its own value."""
    offer = await room.playground.send(outgoing(buttons=OFFER))
    assert (await room.press(message="no-such")).status_code == 400
    assert (await room.press(message=offer.message, value="offer-9")).status_code == 400
    assert (await room.press(message=offer.message, user="mei", conversation="group")).status_code == 400
    assert room.listener.heard == []


async def test_what_was_said_is_there_after_a_restart(tmp_path: Path, words: Words) -> None:
    """Conversations go on where they were."""
    async with room_in(tmp_path, words) as room:
        await room.post()
        before = await room.shown()
    async with room_in(tmp_path, words, life="b") as room:
        assert await room.shown() == before


async def test_earlier_messages_come_page_by_page(room: Room) -> None:
    """A long conversation is not sent whole."""
    for number in range(70):
        await room.playground.send(outgoing(f"key-{number}", str(number)))
    newest = (await room.client.get("/api/history")).json()["conversations"]["private-mei"]
    assert ([message["text"] for message in newest["messages"]], newest["more"]) == (
        [str(n) for n in range(10, 70)],
        True,
    )
    query = {"conversation": "private-mei", "before": newest["messages"][0]["position"]}
    earlier = (await room.client.get("/api/history", params=query)).json()
    assert ([message["text"] for message in earlier["messages"]], earlier["more"]) == (
        [str(n) for n in range(10)],
        False,
    )
