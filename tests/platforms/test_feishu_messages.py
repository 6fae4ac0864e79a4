"""The local Feishu takes the messages that the platform takes, and notes what a good bot would not send."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.platforms.feishu_server import Chat, FeishuOptions, FeishuServer, Message, Person, feishu_server
from tests.platforms.raw_feishu import Api, Time, api, button, card, names, picture, words

Json = dict[str, Any]
DAY = 86_400.0


@pytest.fixture
def time() -> Time:
    """All of the server's clocks."""
    return Time()


@pytest.fixture
async def server(time: Time) -> AsyncIterator[FeishuServer]:
    """A Feishu whose time stands still."""
    async with feishu_server(FeishuOptions(clock=time, stopwatch=time)) as found:
        yield found


@pytest.fixture
async def rest(server: FeishuServer) -> AsyncIterator[Api]:
    """The bot's REST client."""
    async with api(server) as found:
        yield found


@pytest.fixture
def ann(server: FeishuServer) -> Person:
    """Somebody who asks."""
    return server.person("ann")


@pytest.fixture
def bob(server: FeishuServer) -> Person:
    """Somebody who does not."""
    return server.person("bob")


@pytest.fixture
def group(server: FeishuServer, ann: Person, bob: Person) -> Chat:
    """A group with the bot in it."""
    return server.group("painters", ann, bob)


@pytest.fixture
def said(server: FeishuServer, ann: Person, group: Chat) -> Message:
    """A request."""
    return server.say(ann, group, "a cat")


def code(response: httpx.Response) -> tuple[int, int]:
    """HTTP status and the platform's own code."""
    return response.status_code, response.json()["code"]


async def test_a_message_by_chat_or_by_person(server: FeishuServer, rest: Api, ann: Person, group: Chat) -> None:
    """The answer is the message; a person's open id leads to the conversation with the bot."""
    created = (await rest.send(group)).json()["data"]
    assert (created["chat_id"], created["msg_type"]) == (group.id, "text")
    assert created["sender"] == {
        "id": server.app_id,
        "id_type": "app_id",
        "sender_type": "app",
        "tenant_key": server.world.tenant,
    }
    assert json.loads(created["body"]["content"]) == {"text": "hello"}
    body = rest.form("text", {"text": "hi"}, receive_id=ann.open_id)
    await rest.call("POST", "/im/v1/messages", body, params={"receive_id_type": "open_id"})
    assert [one.text for one in server.messages(server.direct(ann))] == ["hi"]
    assert server.violations == []


@pytest.mark.parametrize(
    ("query", "change", "expected", "noted"),
    [
        ({}, {}, 99992402, []),
        ({"receive_id_type": "email"}, {}, 99992402, ["unexpected_receive_id_type"]),
        ({"receive_id_type": "chat_id"}, {"receive_id": None}, 99992402, []),
        ({"receive_id_type": "chat_id"}, {"content": None}, 99992402, []),
        ({"receive_id_type": "chat_id"}, {"msg_type": ""}, 99992402, []),
        ({"receive_id_type": "chat_id"}, {"receive_id": "oc_nowhere"}, 230001, ["wrong_receive_id"]),
        ({"receive_id_type": "open_id"}, {"receive_id": "ou_nobody"}, 230001, ["wrong_receive_id"]),
        ({"receive_id_type": "open_id"}, {}, 230001, ["wrong_receive_id"]),
        ({"receive_id_type": "chat_id"}, {"uuid": "x" * 51}, 99992402, []),
        ({"receive_id_type": "chat_id"}, {"content": {"text": "an object"}}, 230001, []),
        ({"receive_id_type": "chat_id"}, {"content": "no json"}, 230001, []),
        ({"receive_id_type": "chat_id"}, {"content": '{"text": "  "}'}, 230001, ["empty_text"]),
        ({"receive_id_type": "chat_id"}, {"content": '{"text": "a", "b": 1}'}, 230001, ["empty_text"]),
        ({"receive_id_type": "chat_id"}, {"msg_type": "file"}, 230001, ["unexpected_type"]),
        ({"receive_id_type": "chat_id"}, {"content": json.dumps({"text": "x" * 153_600})}, 230025, ["text_too_large"]),
    ],
)
async def test_a_message_that_is_none_is_refused(
    server: FeishuServer, rest: Api, group: Chat, query: Json, change: Json, expected: int, noted: list[str]
) -> None:
    """What is wrong with the form is an answer; what shows a mistake in the bot is noted, too."""
    body = rest.form("text", {"text": "hello"}, receive_id=group.id) | change
    assert code(await rest.call("POST", "/im/v1/messages", body, params=query)) == (400, expected)
    assert server.messages(group) == ()
    assert names(server) == noted


async def test_a_body_must_be_json(server: FeishuServer, rest: Api, group: Chat) -> None:
    """And be called so."""
    path = "/im/v1/messages?receive_id_type=chat_id"
    assert code(await rest.call("POST", path, content=b"{")) == (400, 9499)
    assert code(await rest.call("POST", path, content=b"[]", headers={"Content-Type": "application/json"})) == (
        400,
        9499,
    )
    assert code(await rest.call("POST", path, data={"a": "b"})) == (400, 99992402)


async def test_a_uuid_makes_a_repeated_send_one_message_for_an_hour(
    server: FeishuServer, rest: Api, group: Chat, said: Message, time: Time
) -> None:
    """New messages and answers alike; in another chat it is another message."""
    first = (await rest.send(group, uuid="one")).json()["data"]
    again = (await rest.send(group, uuid="one")).json()["data"]
    assert again["message_id"] == first["message_id"]
    answers = [(await rest.reply(said, uuid="two")).json()["data"]["message_id"] for _ in range(2)]
    assert answers[0] == answers[1]
    time.now += 3600
    assert (await rest.send(group, uuid="one")).json()["data"]["message_id"] != first["message_id"]
    assert len(server.messages(group)) == 3
    assert server.violations == []


async def test_a_send_without_uuid_is_noted_and_one_uuid_for_two_messages(
    server: FeishuServer, rest: Api, group: Chat, said: Message
) -> None:
    """Neither is refused; the second message of a uuid is lost."""
    await rest.send(group, uuid=None)
    await rest.reply(said, uuid="")
    await rest.send(group, uuid="one")
    await rest.send(group, content={"text": "other words"}, uuid="one")
    assert [one.text for one in server.messages(group)] == ["hello"] * 3
    assert names(server) == ["no_uuid", "no_uuid", "uuid_of_another_message"]


async def test_an_answer_hangs_on_its_message(server: FeishuServer, rest: Api, group: Chat, said: Message) -> None:
    """Parent and root; an answer to an answer keeps the root."""
    first = (await rest.reply(said)).json()["data"]
    second = (await rest.reply(server.messages(group)[0])).json()["data"]
    assert (first["parent_id"], first["root_id"]) == (said.id, said.id)
    assert (second["parent_id"], second["root_id"]) == (first["message_id"], said.id)
    assert server.messages(group)[1].replied_to == first["message_id"]


async def test_an_answer_stays_in_its_topic(server: FeishuServer, rest: Api, ann: Person, group: Chat) -> None:
    """With no word about it; `reply_in_thread` opens one."""
    root = server.say(ann, group, "a cat")
    inside = server.say(ann, group, "a black one", reply_to=root, in_thread=True)
    answer = (await rest.reply(inside)).json()["data"]
    assert inside.thread is not None
    assert (answer["thread_id"], answer["parent_id"]) == (inside.thread, root.id)
    other = server.say(ann, group, "a dog")
    opened = (await rest.reply(other, reply_in_thread=True)).json()["data"]
    assert opened["thread_id"] == other.thread != inside.thread
    assert code(await rest.reply(other, reply_in_thread="yes")) == (400, 99992402)


async def test_in_a_topic_group_a_new_message_of_the_bot_is_noted(server: FeishuServer, rest: Api, ann: Person) -> None:
    """It opens a topic that nobody asked for; an answer does not."""
    group = server.group("topics", ann, topics=True)
    said = server.say(ann, group, "a cat")
    assert (await rest.reply(said)).json()["data"]["thread_id"] == said.thread
    assert names(server) == []
    await rest.send(group)
    assert names(server) == ["opened_a_topic"]


@pytest.mark.parametrize("how", ["remove_bot", "dissolve", "mute"])
async def test_a_place_where_the_bot_may_not_write(
    server: FeishuServer, rest: Api, group: Chat, said: Message, how: str
) -> None:
    """Removed, dissolved, or silenced."""
    getattr(server.trouble, how)(group)
    expected = {"remove_bot": 230002, "dissolve": 232009, "mute": 230018}[how]
    assert code(await rest.send(group)) == (400, expected)
    assert code(await rest.reply(said)) == (400, expected)


async def test_somebody_out_of_reach(server: FeishuServer, rest: Api, ann: Person) -> None:
    """The app is not available to them."""
    ann.reachable = False
    assert code(await rest.send(server.direct(ann))) == (400, 230013)


async def test_what_was_recalled_or_never_was_cannot_be_answered(
    server: FeishuServer, rest: Api, said: Message
) -> None:
    """230011 and 230001; only the second is the bot's mistake."""
    server.trouble.recall(said)
    assert code(await rest.reply(said)) == (400, 230011)
    react = await rest.call("POST", f"/im/v1/messages/{said.id}/reactions", {"reaction_type": {"emoji_type": "OK"}})
    assert code(react) == (400, 231003)
    assert names(server) == []
    body = rest.form("text", {"text": "hello"})
    assert code(await rest.call("POST", "/im/v1/messages/om_nothing/reply", body)) == (400, 230001)
    assert names(server) == ["unknown_message"]


AT = '<at user_id="{}">you</at> done'


@pytest.mark.parametrize("kind", ["text", "post", "md", "card"])
async def test_only_the_asker_is_mentioned(
    server: FeishuServer, rest: Api, group: Chat, said: Message, ann: Person, bob: Person, kind: str
) -> None:
    """In words, in a post, in its markdown, in a card; everybody and strangers are noted."""

    async def send(who: str) -> httpx.Response:
        if kind == "text":
            return await rest.reply(said, content={"text": AT.format(who)})
        if kind == "card":
            return await rest.reply(said, "interactive", card(words(f"<at id={who}></at> done")))
        element = {"tag": "at", "user_id": who} if kind == "post" else {"tag": "md", "text": AT.format(who)}
        return await rest.reply(said, "post", {"zh_cn": {"content": [[element]]}})

    assert code(await send(ann.open_id)) == (200, 0)
    assert server.messages(group)[0].mentions == (ann.open_id,)
    assert names(server) == []
    await send(bob.open_id)
    await send("all")
    assert names(server) == ["mentions_stranger", "mentions_all"]
    assert code(await send("ou_nobody")) == (400, 230001)


async def test_in_a_topic_those_who_asked_there_may_be_mentioned(
    server: FeishuServer, rest: Api, group: Chat, ann: Person, bob: Person
) -> None:
    """Whoever opened it; even under the bot's own message. Who only chats there may not."""
    eve = server.person("eve", group)
    root = server.say(bob, group, "look", mention_bot=False)
    asked = server.say(ann, group, "a cat", reply_to=root, in_thread=True)
    server.say(eve, group, "nice", reply_to=asked, mention_bot=False)
    await rest.reply(asked, content={"text": AT.format(ann.open_id)})
    await rest.reply(server.messages(group)[0], content={"text": AT.format(ann.open_id)})
    assert names(server) == []
    await rest.reply(asked, content={"text": AT.format(eve.open_id)})
    assert names(server) == ["mentions_stranger"]


async def test_under_the_bots_own_beginning_those_of_the_chat_may_be_mentioned(
    server: FeishuServer, rest: Api, group: Chat, said: Message, ann: Person, bob: Person
) -> None:
    """A message that answers nothing has nobody above it."""
    await rest.send(group)
    await rest.reply(server.messages(group)[0], content={"text": AT.format(ann.open_id)})
    assert names(server) == []
    await rest.reply(server.messages(group)[0], content={"text": AT.format(bob.open_id)})
    assert names(server) == ["mentions_stranger"]


async def test_a_name_in_a_card_tells_nobody(
    server: FeishuServer, rest: Api, group: Chat, said: Message, bob: Person
) -> None:
    """It shows who is meant: anybody who exists."""
    await rest.reply(said, "interactive", card(words(f"<person id = '{bob.open_id}'></person> a cat")))
    shown = server.messages(group)[0]
    assert (shown.named, shown.mentions) == ((bob.open_id,), ())
    assert names(server) == []
    await rest.reply(said, "interactive", card(words("<person id='ou_nobody' show_name=true></person>")))
    assert names(server) == ["names_nobody"]


async def test_who_spoke_to_the_bot_or_pressed_may_be_mentioned_in_a_new_message(
    server: FeishuServer, rest: Api, group: Chat, said: Message, ann: Person, bob: Person
) -> None:
    """And under the bot's own message those above it and those who pressed it."""
    await rest.send(group, content={"text": AT.format(ann.open_id)})
    assert names(server) == []
    await rest.send(group, content={"text": AT.format(bob.open_id)})
    assert [one.name for one in server.forgive("mentions_stranger")] == ["mentions_stranger"]
    await rest.reply(said, "interactive", card(button("again", {"do": "again"})))
    shown = server.messages(group)[-1]
    server.press(bob, shown, "again")
    await rest.reply(shown, content={"text": AT.format(bob.open_id) + AT.format(ann.open_id)})
    assert names(server) == []


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"content": []},
        {"zh_cn": {"content": [{"tag": "text", "text": "no paragraph"}]}},
        {"zh_cn": {"content": [["no element"]]}},
        {"zh_cn": {"content": [[{"tag": "text", "text": "a", "colour": "red"}]]}},
        {"zh_cn": {"content": [[{"tag": "video"}]]}},
        {"zh_cn": {"contents": []}},
    ],
)
async def test_a_post_that_is_none_is_refused(server: FeishuServer, rest: Api, group: Chat, content: Json) -> None:
    """Languages, paragraphs, elements, fields."""
    assert code(await rest.send(group, "post", content or {"xx": {}})) == (400, 230001)
    assert server.messages(group) == ()


async def test_pictures_must_be_uploaded_by_this_app(server: FeishuServer, rest: Api, group: Chat, ann: Person) -> None:
    """In a picture message, a post, a card; a person's picture is not the bot's."""
    key = await rest.key()
    contents: list[tuple[str, Any]] = [
        ("image", lambda one: {"image_key": one}),
        ("post", lambda one: {"zh_cn": {"content": [[{"tag": "img", "image_key": one}]]}}),
        ("interactive", lambda one: card({"tag": "img", "img_key": one, "alt": {"tag": "plain_text", "content": ""}})),
        ("interactive", lambda one: card(words(f"![picture]({one})"))),
    ]
    for kind, content in contents:
        assert code(await rest.send(group, kind, content(key))) == (200, 0)
    assert [one.pictures for one in server.messages(group)] == [(picture(),)] * 4
    theirs = server.send_picture(ann, group, picture()).pictures[0].key
    for kind, content in contents:
        for wrong in (theirs, "img_nothing"):
            expected = 230099 if kind == "interactive" else 230001
            assert code(await rest.send(server.direct(ann), kind, content(wrong))) == (400, expected)
    assert names(server) == ["foreign_picture"] * 8


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", 234010),
        (b"no picture", 234011),
        (picture()[:40], 234011),
        (picture(kind="TGA"), 234011),
        (picture(12_001, 1), 234039),
        (picture(2_001, 1, "GIF"), 234039),
        (picture() + b"\0" * 10 * 1024 * 1024, 234006),
    ],
)
async def test_an_upload_that_is_no_fit_picture_is_refused(
    server: FeishuServer, rest: Api, data: bytes, expected: int
) -> None:
    """Empty, no picture, half of one, an odd format, too many pixels, too many bytes."""
    assert code(await rest.upload(data)) == (400, expected)
    assert names(server) == ["unfit_picture"]


@pytest.mark.parametrize(("width", "kind"), [(12_000, "PNG"), (2_000, "GIF"), (2_001, "WEBP"), (8, "JPEG")])
async def test_a_picture_at_the_limit_is_taken(rest: Api, width: int, kind: str) -> None:
    """And can be downloaded by the one who uploaded it."""
    data = picture(width, 1, kind)
    key = await rest.key(data)
    assert (await rest.call("GET", f"/im/v1/images/{key}")).content == data


async def test_an_upload_without_a_file_or_of_another_type_is_refused(server: FeishuServer, rest: Api) -> None:
    """What the library sends when it is given bytes, and an avatar."""
    form = await rest.call("POST", "/im/v1/images", data={"image_type": "message"}, files={"x": ("x.png", b"")})
    assert code(form) == (400, 234001)
    assert code(await rest.upload(picture(), image_type="avatar")) == (400, 234001)
    assert names(server) == ["upload_without_file", "unexpected_image_type"]


async def test_a_persons_picture_comes_from_their_message_only(
    server: FeishuServer, rest: Api, ann: Person, group: Chat
) -> None:
    """From a picture message and from a post; not as one's own upload, and not from another message."""
    data = picture(9, 9)
    alone = server.send_picture(ann, group, data)
    post = server.post(ann, group, [["make it blue", data]])
    for message in (alone, post):
        key = message.pictures[0].key
        path = f"/im/v1/messages/{message.id}/resources/{key}"
        found = await rest.call("GET", path, params={"type": "image"})
        assert (found.content, found.headers["content-type"]) == (data, "image/png")
        assert code(await rest.call("GET", path, params={"type": "file"})) == (400, 234003)
        assert code(await rest.call("GET", path)) == (400, 234001)
        assert code(await rest.call("GET", f"/im/v1/images/{key}")) == (403, 234008)
    other = f"/im/v1/messages/{alone.id}/resources/{post.pictures[0].key}"
    assert code(await rest.call("GET", other, params={"type": "image"})) == (400, 234003)
    assert names(server) == [
        "picture_not_in_message",
        "foreign_picture_asked",
        "picture_not_in_message",
        "foreign_picture_asked",
        "picture_not_in_message",
    ]


async def test_a_picture_in_a_card_cannot_be_downloaded(server: FeishuServer, rest: Api, group: Chat) -> None:
    """234043; in a picture message of the bot it can."""
    key = await rest.key()
    element = {"tag": "img", "img_key": key, "alt": {"tag": "plain_text", "content": ""}}
    await rest.send(group, "interactive", card(element))
    await rest.send(group, "image", {"image_key": key})
    shown, alone = server.messages(group)
    path = "/im/v1/messages/{}/resources/" + key
    assert code(await rest.call("GET", path.format(shown.id), params={"type": "image"})) == (400, 234043)
    assert (await rest.call("GET", path.format(alone.id), params={"type": "image"})).content == picture()
    assert names(server) == ["card_picture_asked"]


async def test_a_picture_out_of_reach(rest: Api, server: FeishuServer, ann: Person, group: Chat) -> None:
    """Recalled, or in a group that the bot has left; too large."""
    alone = server.send_picture(ann, group, picture())
    path = f"/im/v1/messages/{alone.id}/resources/{alone.pictures[0].key}?type=image"
    server.trouble.recall(alone)
    assert code(await rest.call("GET", path)) == (400, 234040)
    server.trouble.remove_bot(group)
    assert code(await rest.call("GET", path)) == (400, 234004)
    async with feishu_server(FeishuOptions(download_limit=10)) as small, api(small) as other:
        eve = small.person("eve")
        sent = small.send_picture(eve, small.direct(eve), picture())
        path = f"/im/v1/messages/{sent.id}/resources/{sent.pictures[0].key}?type=image"
        assert code(await other.call("GET", path)) == (400, 234037)


async def test_the_same_again_and_again_is_noted(server: FeishuServer, rest: Api, ann: Person, group: Chat) -> None:
    """Calls cost: a message or a picture is fetched once, or twice after a fall."""
    alone = server.send_picture(ann, group, picture())
    for _ in range(4):
        await rest.call("GET", f"/im/v1/messages/{alone.id}/resources/{alone.pictures[0].key}?type=image")
        await rest.call("GET", f"/im/v1/messages/{alone.id}")
    assert names(server) == ["needless_download", "needless_read"]


async def test_a_quoted_message_can_be_read(
    server: FeishuServer, rest: Api, ann: Person, bob: Person, group: Chat
) -> None:
    """Anybody's, with its mentions; a card of schema 2.0 is not given back; a recalled one says so."""
    alone = server.send_picture(bob, group, picture())
    post = server.post(bob, group, [["@ann look", picture()]], mention_bot=False)
    await rest.send(group, "interactive", card(words("a cat"), header={"title": _plain("Done")}))
    read: list[Json] = []
    for message in (alone, post, server.messages(group)[0]):
        answer = (await rest.call("GET", f"/im/v1/messages/{message.id}")).json()
        read += answer["data"]["items"]
    assert [one["msg_type"] for one in read] == ["image", "post", "interactive"]
    assert [one["sender"]["id"] for one in read] == [bob.open_id, bob.open_id, server.app_id]
    assert json.loads(read[0]["body"]["content"]) == {"image_key": alone.pictures[0].key}
    assert read[1]["mentions"] == [
        {
            "key": "@_user_1",
            "id": ann.open_id,
            "id_type": "open_id",
            "name": "ann",
            "tenant_key": server.world.tenant,
        }
    ]
    shown = json.loads(read[2]["body"]["content"])
    assert shown["title"] == "Done"
    assert "a cat" not in read[2]["body"]["content"]
    server.trouble.recall(alone)
    gone = (await rest.call("GET", f"/im/v1/messages/{alone.id}")).json()["data"]["items"][0]
    assert (gone["deleted"], gone["body"]["content"]) == (True, "This message was recalled")
    server.trouble.remove_bot(group)
    assert code(await rest.call("GET", f"/im/v1/messages/{post.id}")) == (400, 230002)


def _plain(text: str) -> Json:
    return {"tag": "plain_text", "content": text}


async def test_a_card_of_ones_own_is_updated_for_14_days_five_times_a_second(
    server: FeishuServer, rest: Api, group: Chat, said: Message, time: Time
) -> None:
    """What stood there before is kept for tests."""
    await rest.reply(said, "interactive", card(words("10 %")))
    shown = server.messages(group)[0]
    path = f"/im/v1/messages/{shown.id}"

    async def patch(text: str) -> tuple[int, int]:
        return code(await rest.call("PATCH", path, {"content": json.dumps(card(words(text)))}))

    assert [await patch(f"{number} %") for number in range(20, 80, 10)] == [(200, 0)] * 5 + [(400, 230020)]
    assert (server.shown(shown).text, server.shown(shown).updates) == ("60 %", 5)
    time.now += 14 * DAY
    await rest.login()
    assert await patch("90 %") == (200, 0)
    time.now += 1
    assert await patch("100 %") == (400, 230031)
    assert names(server) == ["sent_too_fast"]


async def test_only_cards_of_ones_own_can_be_updated(
    server: FeishuServer, rest: Api, group: Chat, said: Message
) -> None:
    """Not words, not somebody's message, not without a change, not after a recall."""
    await rest.reply(said)
    await rest.reply(said, "interactive", card(words("a cat")))
    text, shown = server.messages(group)
    body = {"content": json.dumps(card(words("a cat")))}
    assert code(await rest.call("PATCH", f"/im/v1/messages/{said.id}", body)) == (400, 230012)
    assert code(await rest.call("PATCH", f"/im/v1/messages/{text.id}", body)) == (400, 230054)
    assert code(await rest.call("PATCH", f"/im/v1/messages/{shown.id}", body)) == (200, 0)
    assert code(await rest.call("PATCH", f"/im/v1/messages/{shown.id}", body | {"uuid": "x"})) == (400, 99992402)
    assert names(server) == ["not_own_message", "patched_no_card", "update_without_change"]
    assert code(await rest.call("DELETE", f"/im/v1/messages/{shown.id}")) == (200, 0)
    assert code(await rest.call("PATCH", f"/im/v1/messages/{shown.id}", body)) == (400, 230011)
    assert [one.id for one in server.messages(group)] == [text.id]


async def test_words_are_edited_twenty_times(
    server: FeishuServer, rest: Api, group: Chat, said: Message, time: Time
) -> None:
    """By PUT, of the same type, one's own only."""
    await rest.reply(said)
    shown = server.messages(group)[0]

    async def edit(message: str, text: str, kind: str = "text") -> tuple[int, int]:
        body = {"msg_type": kind, "content": json.dumps({"text": text})}
        return code(await rest.call("PUT", f"/im/v1/messages/{message}", body))

    for number in range(20):
        time.now += 1
        assert await edit(shown.id, f"{number}") == (200, 0)
    assert await edit(shown.id, "once more") == (400, 230072)
    assert await edit(shown.id, "as a post", "post") == (400, 230054)
    assert await edit(said.id, "not mine") == (400, 230071)
    assert server.shown(shown).text == "19"
    assert names(server) == ["edited_too_often", "edited_no_text", "not_own_message"]


async def test_reactions_come_and_go(server: FeishuServer, rest: Api, said: Message) -> None:
    """By the emoji's name; an unknown one is noted."""
    path = f"/im/v1/messages/{said.id}/reactions"
    made = (await rest.call("POST", path, {"reaction_type": {"emoji_type": "Typing"}})).json()["data"]
    assert server.shown(said).reactions == ("Typing",)
    assert code(await rest.call("DELETE", f"{path}/{made['reaction_id']}")) == (200, 0)
    assert server.shown(said).reactions == ()
    assert code(await rest.call("POST", path, {"reaction_type": {"emoji_type": "🎨"}})) == (400, 231001)
    assert names(server) == ["unknown_emoji"]
