"""What people write in the local Feishu reaches the bot in the platform's own form."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.platforms.feishu_server import SCOPES, Chat, FeishuOptions, FeishuServer, Impossible, Person, feishu_server
from tests.platforms.raw_feishu import Time, picture

Json = dict[str, Any]


@pytest.fixture
async def server() -> AsyncIterator[FeishuServer]:
    """A Feishu whose time stands still, and whose bot hears everything."""
    time = Time()
    scopes = SCOPES | {"im:message.group_msg"}
    async with feishu_server(FeishuOptions(clock=time, stopwatch=time, scopes=scopes)) as found:
        yield found


@pytest.fixture
def ann(server: FeishuServer) -> Person:
    """Somebody who asks."""
    return server.person("ann")


@pytest.fixture
def bob(server: FeishuServer) -> Person:
    """Somebody else."""
    return server.person("bob")


@pytest.fixture
def group(server: FeishuServer, ann: Person, bob: Person) -> Chat:
    """A group with the bot in it."""
    return server.group("painters", ann, bob)


def last(server: FeishuServer) -> Json:
    """The message in the last event."""
    found: Json = server.deliveries[-1].envelope["event"]["message"]
    return found


def test_a_mention_travels_as_a_key(server: FeishuServer, ann: Person, bob: Person, group: Chat) -> None:
    """The words hold keys, and a list beside them says who they are."""
    said = server.say(ann, group, "画 @bob 和 @bob 的猫")
    event = server.deliveries[-1].envelope["event"]
    assert event["sender"] == {
        "sender_id": {"union_id": ann.union_id, "user_id": None, "open_id": ann.open_id},
        "sender_type": "user",
        "tenant_key": server.world.tenant,
    }
    message = event["message"]
    assert json.loads(message.pop("content")) == {"text": "@_user_1 画 @_user_2 和 @_user_2 的猫"}
    mentions = message.pop("mentions")
    assert [(one["key"], one["name"], one["id"]["open_id"], one["mentioned_type"]) for one in mentions] == [
        ("@_user_1", "imabot", server.bot.open_id, "bot"),
        ("@_user_2", "bob", bob.open_id, "user"),
    ]
    assert message == {
        "message_id": said.id,
        "create_time": "1800000000000",
        "update_time": "1800000000000",
        "chat_id": group.id,
        "chat_type": "group",
        "message_type": "text",
    }


def test_everybody_is_a_word_and_no_mention(server: FeishuServer, ann: Person, group: Chat) -> None:
    """The list stays empty, as it may be on the platform."""
    server.say(ann, group, "@所有人 看", mention_bot=False)
    assert json.loads(last(server)["content"]) == {"text": "@_all 看"}
    assert "mentions" not in last(server)


def test_a_private_message_needs_no_mention(server: FeishuServer, ann: Person) -> None:
    """And its chat says what it is."""
    server.dm(ann, "a cat")
    assert (last(server)["chat_type"], json.loads(last(server)["content"])) == ("p2p", {"text": "a cat"})


def test_a_quote_names_what_is_quoted_and_where_it_began(
    server: FeishuServer, ann: Person, bob: Person, group: Chat
) -> None:
    """A picture of somebody else, then an answer to the answer."""
    alone = server.send_picture(bob, group, picture())
    assert json.loads(last(server)["content"]) == {"image_key": alone.pictures[0].key}
    first = server.say(ann, group, "make it blue", reply_to=alone)
    assert (last(server)["parent_id"], last(server)["root_id"]) == (alone.id, alone.id)
    server.say(bob, group, "and red", reply_to=first)
    assert (last(server)["parent_id"], last(server)["root_id"]) == (first.id, alone.id)
    assert "thread_id" not in last(server)


def test_in_a_topic_every_answer_is_one_to_its_first_message(
    server: FeishuServer, ann: Person, bob: Person, group: Chat
) -> None:
    """The thread's id stays; in a group of topics each message opens one."""
    root = server.say(ann, group, "a cat")
    inside = server.say(bob, group, "black", reply_to=root, in_thread=True)
    server.say(ann, group, "no, white", reply_to=inside)
    assert (last(server)["parent_id"], last(server)["root_id"]) == (root.id, root.id)
    assert last(server)["thread_id"] == inside.thread == root.thread
    topics = server.group("topics", ann, topics=True)
    server.say(ann, topics, "a dog")
    assert (last(server)["chat_type"], last(server)["thread_id"].startswith("omt_")) == ("topic_group", True)


def test_a_post_has_paragraphs_of_words_mentions_and_pictures(
    server: FeishuServer, ann: Person, bob: Person, group: Chat
) -> None:
    """Without a language around it, as events have it."""
    said = server.post(ann, group, [["make it like @bob's"], [picture(5, 4)], ["@所有人 look"]], title="Cats")
    assert json.loads(last(server)["content"]) == {
        "title": "Cats",
        "content": [
            [
                {"tag": "at", "user_id": "@_user_1", "user_name": "imabot", "style": []},
                {"tag": "text", "text": " ", "style": []},
                {"tag": "text", "text": "make it like ", "style": []},
                {"tag": "at", "user_id": "@_user_2", "user_name": "bob", "style": []},
                {"tag": "text", "text": "'s", "style": []},
            ],
            [{"tag": "img", "image_key": said.pictures[0].key, "width": 5, "height": 4}],
            [
                {"tag": "at", "user_id": "@_all", "user_name": "所有人", "style": []},
                {"tag": "text", "text": " look", "style": []},
            ],
        ],
    }
    assert [one["key"] for one in last(server)["mentions"]] == ["@_user_1", "@_user_2"]
    assert server.shown(said).text == "Cats\n@imabot make it like @bob's\n@所有人 look"


def test_other_things_are_sent_as_they_are(server: FeishuServer, ann: Person) -> None:
    """Stickers, files, cards of other bots."""
    server.send_other(ann, server.direct(ann), "sticker", {"file_key": "v2_1"})
    assert (last(server)["message_type"], json.loads(last(server)["content"])) == ("sticker", {"file_key": "v2_1"})


def test_nobody_writes_where_they_are_not(server: FeishuServer, ann: Person, group: Chat) -> None:
    """Not in the group, or the group is gone."""
    with pytest.raises(Impossible):
        server.say(server.person("eve"), group, "a cat")
    server.trouble.dissolve(group)
    with pytest.raises(Impossible):
        server.say(ann, group, "a cat")


def test_what_stands_in_a_chat_can_be_seen(server: FeishuServer, ann: Person, group: Chat) -> None:
    """Everybody's messages in order, without the recalled."""
    first = server.say(ann, group, "a cat")
    second = server.send_picture(ann, group, picture())
    server.trouble.recall(first)
    (shown,) = server.messages(group, by_bot=False)
    assert (shown.id, shown.kind, shown.pictures, shown.author) == (second.id, "image", (picture(),), ann.open_id)
    assert server.messages(group) == ()
