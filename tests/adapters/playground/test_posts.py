"""What the page posts is checked, and what the bot hears of it is decided, without any I/O."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.playground.posts import (
    BadPost,
    Mention,
    Post,
    Press,
    heard_post,
    heard_press,
    parse_post,
    parse_press,
)
from adapters.playground.records import Message, ShownPicture
from protocol.messages import Address, AttachedImage, Incoming, LinkedImage

MENTION = Mention(["画画", "imabot"])
GOOD = {
    "id": "m-1",
    "conversation": "group",
    "user": "mei",
    "text": "hi",
    "pictures": [],
    "reply_to": "",
    "locale": "zh",
}


def post(text: str = "hi", conversation: str = "group", *, pictures: tuple[ShownPicture, ...] = ()) -> Post:
    """小美 says something."""
    return Post("m-1", conversation, "mei", text, pictures, "", "zh")


@pytest.mark.parametrize(
    ("text", "stripped"),
    [
        ("@画画 画一张猫", "画一张猫"),
        ("@画画画一张猫", "画一张猫"),
        ("＠画画，画一张猫", "画一张猫"),
        ("@imabot draw a cat", "draw a cat"),
        ("@ImaBot: draw a cat", "draw a cat"),
        ("please @imabot draw a cat", "please draw a cat"),
        ("draw a cat @imabot", "draw a cat"),
        ("@imabot", ""),
        ("@imabot画一张猫", "画一张猫"),
        ("@imabot @画画 两次", "两次"),
    ],
)
def test_a_mention_is_found_and_stripped(text: str, stripped: str) -> None:
    """The bot hears the request, not its own name."""
    assert MENTION.within(text)
    assert MENTION.strip(text) == stripped


@pytest.mark.parametrize("text", ["画画", "imabot", "@imabots hello", "@imabot_2", "@tom 画画", "a@画", "@ 画画"])
def test_what_only_looks_like_a_mention_is_none(text: str) -> None:
    """A word is not a call, and another name is another's."""
    assert not MENTION.within(text)
    assert MENTION.strip(text) == text


def test_in_private_everything_is_heard() -> None:
    """Nobody else could be meant."""
    assert heard_post(post("画一张猫", "private-mei"), None, MENTION, 5.0) == Incoming(
        Address("playground", "private-mei", "mei", "m-1", private=True), "画一张猫", 5.0, locale="zh"
    )


def test_in_the_group_only_what_is_meant_for_the_bot_is_heard() -> None:
    """People may talk to each other."""
    assert heard_post(post("大家好"), None, MENTION, 5.0) is None
    assert heard_post(post("@画画 画一张猫"), None, MENTION, 5.0) == Incoming(
        Address("playground", "group", "mei", "m-1"), "画一张猫", 5.0, locale="zh"
    )


@pytest.mark.parametrize(("sender", "heard"), [("bot", True), ("tom", False)])
def test_in_the_group_a_reply_to_the_bot_is_heard(sender: str, heard: bool) -> None:
    """A reply to a person is not."""
    quoted = Message("m-0", "group", sender, 1.0, "…")
    assert (heard_post(post("好"), quoted, MENTION, 5.0) is not None) is heard


def test_a_reply_to_pictures_brings_them_along() -> None:
    """After those that are attached; a picture that is only a link stays one."""
    quoted = Message(
        "m-0", "group", "bot", 1.0, "✅", pictures=(ShownPicture("a.png"), ShownPicture("", "https://x.example/b"))
    )
    incoming = heard_post(post("变成油画", pictures=(ShownPicture("c.png"),)), quoted, MENTION, 5.0)
    assert incoming is not None
    assert incoming.images == (
        AttachedImage("playground", "c.png"),
        AttachedImage("playground", "a.png"),
        LinkedImage("https://x.example/b"),
    )


def test_a_reply_to_words_brings_nothing_along() -> None:
    """Quoted words are shown, and are no part of the request."""
    incoming = heard_post(post("好"), Message("m-0", "group", "bot", 1.0, "画一张狗？"), MENTION, 5.0)
    assert incoming is not None
    assert (incoming.text, incoming.images) == ("好", ())


def test_a_press_is_heard_with_its_value() -> None:
    """It has an id of its own, so that pressing twice is two events and a retry is one."""
    assert heard_press(Press("p-1", "group", "mei", "m-0", "offer-1", "en"), 5.0) == Incoming(
        Address("playground", "group", "mei", "p-1"), "", 5.0, locale="en", press="offer-1"
    )


@pytest.mark.parametrize(
    "change",
    [
        {"id": ""},
        {"id": "../x"},
        {"id": "x" * 65},
        {"id": 5},
        {"user": "nobody"},
        {"user": "bot"},
        {"conversation": "private-tom"},
        {"conversation": "elsewhere"},
        {"text": "  "},
        {"text": "x" * 20_001},
        {"text": ["x"]},
        {"text": "\ud800"},
        {"pictures": "x"},
        {"pictures": [{"name": "a.png"}] * 10},
        {"pictures": ["a.png"]},
        {"pictures": [{"name": 5}]},
        {"reply_to": "a b"},
    ],
)
def test_a_post_of_another_shape_is_refused(change: dict[str, Any]) -> None:
    """Each field by itself."""
    with pytest.raises(BadPost):
        parse_post(json.dumps(GOOD | change).encode())


def test_a_good_post_is_read_whole() -> None:
    """A picture's size is only a hint for the layout: nonsense counts as none."""
    pictures = [{"name": "a.png", "width": 640, "height": 480}, {"name": "b.png", "width": -1, "height": True}]
    content = GOOD | {"pictures": pictures, "reply_to": "m-0", "locale": "French"}
    assert parse_post(json.dumps(content).encode()) == Post(
        "m-1",
        "group",
        "mei",
        "hi",
        (ShownPicture("a.png", width=640, height=480), ShownPicture("b.png")),
        "m-0",
        None,
    )


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*GOOD, "value", "message", "name"]), inner)
    ),
)


@given(json_values)
def test_whatever_is_posted_is_read_or_refused(value: Any) -> None:
    """Nothing else ever comes out."""
    body = json.dumps(value).encode()
    for parse in (parse_post, parse_press):
        try:
            parse(body)
        except BadPost:
            continue


@given(st.binary(max_size=200))
def test_whatever_bytes_are_posted_are_read_or_refused(body: bytes) -> None:
    """Nor from what is no JSON."""
    with pytest.raises(BadPost):
        parse_post(body)


@given(st.text())
def test_stripping_leaves_no_mention(text: str) -> None:
    """However often the bot is called."""
    assert not MENTION.within(MENTION.strip(f"{text} @画画 {text}")) or MENTION.within(text)
