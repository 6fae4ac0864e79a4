"""What the bot hears of an event, and what it does not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.feishu.content import content_of
from adapters.feishu.incoming import heard
from adapters.feishu.pictures import Reference
from adapters.feishu.presses import pressed, toast
from adapters.feishu.words import language_at
from protocol.commands import Edit
from protocol.conversation import react
from protocol.intent import understand
from protocol.messages import Address, AttachedImage, Incoming, Quote
from protocol.situation import Situation
from tests.adapters.feishu.payloads import ADDRESS, BOT, MEI, TOM, WORDS, mention, press, received


def hear(event: dict[str, Any]) -> Incoming | None:
    return heard(event, event_id="e1", bot=BOT, locale="zh")


def picture(key: str, kind: str = "image", message: str = "om_1") -> AttachedImage:
    return AttachedImage("feishu", Reference(message, key, kind).encode())


def test_a_mention_in_a_group_is_heard_without_the_mention() -> None:
    assert hear(received()) == Incoming(ADDRESS, "画一张猫", 1700000000.123, event="e1", locale="zh")


@pytest.mark.parametrize(
    "mentions", [[], [mention(1, TOM, "tom")], [{"key": "@_all", "id": {"open_id": ""}, "name": "所有人"}]]
)
def test_who_mentions_nobody_everybody_or_somebody_else_is_not_heard(mentions: list[object]) -> None:
    assert hear(received(mentions=mentions)) is None


def test_in_private_nobody_needs_to_be_mentioned() -> None:
    said = hear(received(content={"text": "a cat"}, chat_type="p2p", mentions=[]))
    assert said is not None
    assert (said.text, said.address.private) == ("a cat", True)


def test_mentions_of_others_become_names_and_everybody_goes() -> None:
    text = "@_user_1 画 @_user_2 和 @_all 的合影"
    said = hear(received(content={"text": text}, mentions=[mention(1, BOT, "imabot"), mention(2, TOM, "汤姆")]))
    assert said is not None
    assert said.text == "画 汤姆 和 的合影"


@pytest.mark.parametrize("sender", ["app", "anonymous", ""])
def test_other_bots_are_not_heard(sender: str) -> None:
    assert hear(received(sender={"sender_id": {"open_id": MEI}, "sender_type": sender})) is None


def test_a_post_says_its_words_and_shows_its_pictures_in_order() -> None:
    content = {
        "title": "海报",
        "content": [
            [{"tag": "at", "user_id": "@_user_1", "user_name": "imabot"}, {"tag": "text", "text": " 合成一张"}],
            [{"tag": "img", "image_key": "k1"}, {"tag": "img", "image_key": "k2"}, {"tag": "img", "image_key": "k1"}],
            [{"tag": "a", "text": "这里", "href": "https://x.example/a.png"}, {"tag": "emotion", "emoji_type": "OK"}],
        ],
    }
    said = hear(received("post", content))
    assert said is not None
    assert said.text == "海报\n合成一张\n这里 https://x.example/a.png"
    assert said.images == (picture("k1"), picture("k2"))
    assert content_of("post", '{"zh_cn": {"title": "a", "content": []}}', "om", {}).text == "a"


def test_pictures_come_as_images_or_as_files_that_are_pictures() -> None:
    private = {"chat_type": "p2p", "mentions": []}
    image = hear(received("image", {"image_key": "k"}, **private))
    file = hear(received("file", {"file_key": "f", "file_name": "Holiday.HEIC"}, **private))
    assert image is not None
    assert file is not None
    assert (image.images, file.images) == ((picture("k"),), (picture("f", "file"),))


OTHERS = [
    ("file", {"file_key": "f", "file_name": "a.pdf"}),
    ("audio", {"file_key": "f", "duration": 2000}),
    ("media", {"file_key": "f", "image_key": "k", "file_name": "a.mp4", "duration": 2000}),
]


@pytest.mark.parametrize(("kind", "content"), OTHERS)
def test_a_file_a_voice_or_a_video_in_private_is_heard_as_if_nothing_were_said(kind: str, content: object) -> None:
    """So its sender gets a kind line; in a group nobody can mention the bot in one, and none is heard."""
    said = hear(received(kind, content, chat_type="p2p", mentions=[]))
    assert said is not None
    assert (said.text, said.images, said.addressed, said.locale) == ("", (), True, "zh")
    assert hear(received(kind, content, mentions=[])) is None


@pytest.mark.parametrize("kind", ["sticker", "system", "share_chat", "hongbao"])
def test_a_sticker_and_what_the_platform_writes_are_left_in_peace(kind: str) -> None:
    assert hear(received(kind, {"file_key": "s"}, chat_type="p2p", mentions=[])) is None


@pytest.mark.parametrize(
    ("domain", "lang"),
    [
        ("https://open.feishu.cn", "zh"),
        ("https://open.larksuite.com", "en"),
        ("https://larksuite.com", "en"),
        ("http://127.0.0.1:8080", "zh"),
        ("https://larksuite.com.example.cn", "zh"),
    ],
)
def test_where_no_words_tell_the_platforms_place_does(domain: str, lang: str) -> None:
    assert language_at(domain) == lang


def test_words_tell_the_language_whatever_the_place_and_nothing_else_does() -> None:
    """A photo alone, a bare mention and an outdated button are answered in the place's language."""
    for locale in ("zh", "en"):
        photo = received("image", {"image_key": "k"}, chat_type="p2p", mentions=[])
        for event in (photo, received(content={"text": "@_user_1"})):
            assert answered(heard(event, event_id="e1", bot=BOT, locale=locale)) == locale
        value = {"press": "again:unknown:6"}
        assert answered(pressed(press(value), event_id="e1", at=5.0, locale=locale)) == locale
        assert answered(heard(received(), event_id="e1", bot=BOT, locale=locale)) == "zh"
        english = received(content={"text": "@_user_1 draw a cat"})
        assert answered(heard(english, event_id="e1", bot=BOT, locale=locale)) == "en"


def answered(said: Incoming | None) -> str:
    assert said is not None
    return react(said, understand(said.text, len(said.images)), Situation(now=5.0, most_jobs=2)).lang


def test_a_quote_is_named_and_in_a_topic_it_is_not_certain() -> None:
    quoted = hear(received(parent_id="om_0", root_id="om_0"))
    topic = hear(received(parent_id="om_0", root_id="om_0", thread_id="omt_1"))
    assert quoted is not None
    assert topic is not None
    assert (quoted.quotes, quoted.address.thread) == (Quote("om_0"), None)
    assert (topic.quotes, topic.address.thread) == (Quote("om_0", certain=False), "omt_1")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["tag", "text", "content", "id", "x"]), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["sender", "message", "action", "context", "operator"]), JSON), JSON)
def test_nothing_that_comes_makes_reading_it_fail(event: dict[str, Any], content: object) -> None:
    hear(event)
    pressed(event, event_id="e", at=0.0, locale="zh")
    for kind in ("text", "post", "image", "file"):
        hear(received(kind, content))


def test_a_press_comes_from_its_card_and_each_is_one_of_its_own() -> None:
    value = {"press": "again:j1:6", "private": False, "thread": "omt_1"}
    said = pressed(press(value), event_id="e1", at=5.0, locale="zh")
    address = Address("feishu", "oc_1", TOM, "om_card e1", thread="omt_1")
    assert said == Incoming(address, "", 5.0, press="again:j1:6", event="e1", locale="zh")


def test_the_words_of_an_edit_are_a_request_about_the_picture_of_that_card() -> None:
    said = pressed(
        press({"press": "edit:j1:7"}, form_value={"words": " 变成水彩 "}), event_id="e1", at=5.0, locale="zh"
    )
    assert said is not None
    meant = Edit("变成水彩", "j1", 7)
    assert (said.text, said.command, said.press, said.quotes) == ("变成水彩", meant, None, None)
    # Its words tell the language: a command's own would win over them.
    assert said.locale is None
    empty = pressed(press({"press": "edit:j1:0"}, form_value={"words": "  "}), event_id="e1", at=5.0, locale="zh")
    assert empty is not None
    assert empty.press == "edit:j1:0"


@pytest.mark.parametrize("value", ["again:j1:6", None, {}, {"press": 3}, {"other": "x"}])
def test_a_press_of_another_card_is_none(value: object) -> None:
    assert pressed(press(value), event_id="e1", at=5.0, locale="zh") is None


def test_a_toast_is_in_the_language_of_the_client() -> None:
    assert toast(WORDS, "feishu.heard", "success") == {
        "toast": {"type": "success", "content": "收到", "i18n": {"zh_cn": "收到", "en_us": "Got it"}}
    }
