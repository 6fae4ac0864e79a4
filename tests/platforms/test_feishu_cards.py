"""The local Feishu takes cards of schema 2.0, and nothing that only looks like one; a press waits three seconds."""

from __future__ import annotations

import copy
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.platforms.feishu.cards import InvalidCard, check_card
from tests.platforms.feishu_server import (
    Chat,
    FeishuOptions,
    FeishuServer,
    Impossible,
    Message,
    Person,
    Shown,
    feishu_server,
)
from tests.platforms.raw_feishu import Api, Time, api, button, card, connection, names, words

Json = dict[str, Any]


def plain(content: str) -> Json:
    """A text without markup."""
    return {"tag": "plain_text", "content": content}


FULL: Json = {
    "schema": "2.0",
    "config": {"update_multi": True, "enable_forward": True, "width_mode": "fill", "summary": {"content": "a cat"}},
    "header": {
        "title": plain("Done"),
        "subtitle": plain("a cat"),
        "template": "green",
        "text_tag_list": [{"tag": "text_tag", "text": plain("4K"), "color": "blue"}],
        "icon": {"tag": "standard_icon", "token": "chat_outlined"},
    },
    "body": {
        "direction": "vertical",
        "padding": "12px",
        "elements": [
            {"tag": "markdown", "content": "**a cat**", "text_size": "normal", "element_id": "caption"},
            {"tag": "div", "text": {"tag": "lark_md", "content": "words", "lines": 2}},
            {"tag": "hr"},
            {"tag": "img", "img_key": "img_1", "alt": plain("a cat"), "scale_type": "fit_horizontal", "preview": True},
            {
                "tag": "column_set",
                "flex_mode": "flow",
                "columns": [
                    {"tag": "column", "width": "weighted", "weight": 1, "elements": [button("again", {"do": "again"})]},
                    {
                        "tag": "column",
                        "width": "auto",
                        "elements": [
                            {
                                "tag": "button",
                                "text": plain("open"),
                                "type": "primary",
                                "behaviors": [{"type": "open_url", "default_url": "https://example.org"}],
                            }
                        ],
                    },
                ],
            },
            {
                "tag": "collapsible_panel",
                "expanded": False,
                "header": {"title": plain("more")},
                "elements": [words("details")],
            },
        ],
    },
}


def changed(path: list[str | int], value: object) -> Json:
    """The full card with one thing changed."""
    found = copy.deepcopy(FULL)
    part: Any = found
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    return found


ELEMENTS: list[str | int] = ["body", "elements"]
FORM: Json = {
    "tag": "form",
    "name": "edit",
    "elements": [
        {"tag": "input", "name": "words", "placeholder": plain("what to change"), "max_length": 20, "required": True},
        {"tag": "input", "name": "size", "default_value": "4K"},
        {"tag": "input", "name": "note"},
        button("send", {"do": "edit"}) | {"name": "send", "form_action_type": "submit"},
        button("back", {"do": "back"}) | {"name": "back"},
    ],
}


def test_a_card_with_everything_is_taken() -> None:
    """Header, texts, picture, columns, buttons, panel."""
    check_card(FULL)


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (["schema"], "1.0", "schema"),
        (["schema"], None, "schema"),
        (["elements"], [], "card.elements"),
        (["body"], None, "body"),
        (["body"], {}, "body.elements"),
        (["config", "wide_screen_mode"], True, "config.wide_screen_mode"),
        (["config", "update_multi"], False, "config.update_multi"),
        (["config", "streaming_mode"], True, "config.streaming_mode"),
        (["config", "width_mode"], "huge", "config.width_mode"),
        (["header", "title"], None, "header.title"),
        (["header", "title"], "Done", "header.title"),
        (["header", "title"], {"tag": "markdown", "content": "x"}, "header.title"),
        (["header", "template"], "pink", "header.template"),
        (["header", "text_tag_list"], [{"tag": "text_tag", "text": plain("x")}] * 4, "header.text_tag_list"),
        (["header", "colour"], "red", "header.colour"),
        ([*ELEMENTS, 0], {"tag": "action", "actions": []}, "action"),
        ([*ELEMENTS, 0], {"tag": "note", "elements": []}, "note"),
        ([*ELEMENTS, 0], {"tag": "video"}, "video"),
        ([*ELEMENTS, 0], "words", r"elements\[0\]"),
        ([*ELEMENTS, 0], {"tag": "column", "elements": []}, "column"),
        ([*ELEMENTS, 0, "content"], None, "content"),
        ([*ELEMENTS, 0, "content"], 7, "content"),
        ([*ELEMENTS, 0, "element_id"], "1st", "element_id"),
        ([*ELEMENTS, 0, "element_id"], "x" * 21, "element_id"),
        ([*ELEMENTS, 2, "element_id"], "caption", "the same twice"),
        ([*ELEMENTS, 1, "text"], words("x"), "text"),
        ([*ELEMENTS, 1, "text", "lines"], "2", "lines"),
        ([*ELEMENTS, 1, "text", "lines"], True, "lines"),
        ([*ELEMENTS, 3, "alt"], None, "alt"),
        ([*ELEMENTS, 3, "preview"], 1, "preview"),
        ([*ELEMENTS, 3, "mode"], "fit_horizontal", "mode"),
        ([*ELEMENTS, 3, "scale_type"], "stretch", "scale_type"),
        ([*ELEMENTS, 4, "columns", 0], words("x"), "columns"),
        ([*ELEMENTS, 4, "columns"], {}, "columns"),
        ([*ELEMENTS, 4, "columns", 0, "elements", 0], {"tag": "button", "type": "primary"}, "a button needs"),
        ([*ELEMENTS, 4, "columns", 0, "elements", 0, "value"], {"do": "again"}, "value"),
        ([*ELEMENTS, 4, "columns", 0, "elements", 0, "type"], "green", "type"),
        ([*ELEMENTS, 4, "columns", 0, "elements", 0, "behaviors"], {}, "behaviors"),
        ([*ELEMENTS, 4, "columns", 0, "elements", 0, "behaviors", 0], {"type": "jump"}, "behavior"),
        ([*ELEMENTS, 4, "columns", 0, "elements", 0, "behaviors", 0, "value"], "again", "must be an object"),
        ([*ELEMENTS, 4, "columns", 0, "elements", 0, "behaviors", 0, "value"], None, "value"),
        ([*ELEMENTS, 4, "columns", 1, "elements", 0, "behaviors", 0, "default_url"], None, "default_url"),
        ([*ELEMENTS, 5, "elements"], None, "elements"),
        (ELEMENTS, [{"tag": "hr"}] * 201, "201 elements"),
    ],
)
def test_a_card_with_one_thing_wrong_is_not(path: list[str | int], value: object, where: str) -> None:
    """The refusal names the place."""
    with pytest.raises(InvalidCard, match=where):
        check_card(changed(path, value))


def test_a_form_at_the_root_is_taken() -> None:
    """With fields that have names and a button that sends it off."""
    check_card(card(FORM))


@pytest.mark.parametrize(
    ("elements", "where"),
    [
        ([{"tag": "column_set", "columns": [{"tag": "column", "elements": [FORM]}]}], "root"),
        ([FORM["elements"][0]], "into a form"),
        ([FORM["elements"][3]], "into a form"),
        ([FORM | {"name": None}], "needed in form"),
        ([FORM | {"elements": FORM["elements"][:3]}], "sends it off"),
        ([FORM | {"elements": [*FORM["elements"], button("x", {"do": "x"})]}], "button.name"),
        ([FORM | {"elements": [*FORM["elements"], FORM["elements"][0]]}], "the same twice"),
        ([FORM | {"elements": [*FORM["elements"], {"tag": "input", "name": "y", "max_length": 1001}]}], "max_length"),
        ([FORM | {"elements": [*FORM["elements"], {"tag": "input"}]}], "needed in input"),
    ],
)
def test_a_form_with_one_thing_wrong_is_not(elements: list[Json], where: str) -> None:
    """It stands elsewhere, its parts stand outside, or it cannot be told or sent off."""
    with pytest.raises(InvalidCard, match=where):
        check_card(card(*elements))


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
def group(server: FeishuServer, ann: Person) -> Chat:
    """A group with the bot in it."""
    return server.group("painters", ann)


@pytest.fixture
def said(server: FeishuServer, ann: Person, group: Chat) -> Message:
    """A request, made while nobody listens."""
    return server.say(ann, group, "a cat")


@pytest.fixture
async def shown(server: FeishuServer, rest: Api, group: Chat) -> Shown:
    """A card with buttons."""
    off = button("off", {"do": "off"}) | {"disabled": True}
    link = {"tag": "button", "text": plain("open"), "behaviors": [{"type": "open_url", "default_url": "https://a.b"}]}
    await rest.send(group, "interactive", card(words("a cat"), button("again", {"do": "again"}), off, link))
    return server.messages(group)[0]


async def test_a_wrong_card_is_refused_and_noted(server: FeishuServer, rest: Api, group: Chat) -> None:
    """230099 with the place; 230025 over 30 KB."""
    wrong = (await rest.send(group, "interactive", card({"tag": "video"}))).json()
    assert (wrong["code"], "unsupported tag" in wrong["msg"]) == (230099, True)
    assert (await rest.send(group, "interactive", card(words("x" * 30_700)))).json()["code"] == 230025
    large = {"zh_cn": {"content": [[{"tag": "text", "text": "x" * 30_700}]]}}
    assert (await rest.send(group, "post", large)).json()["code"] == 230025
    assert (await rest.send(group, "interactive", card(words("![cat](https://a.b/c.png)")))).json()["code"] == 230099
    assert names(server) == ["invalid_card", "card_too_large", "post_too_large", "invalid_card"]


async def test_a_card_shows_its_words_and_buttons(shown: Shown) -> None:
    """In reading order; the words on buttons are theirs."""
    assert shown.text == "a cat"
    assert [(one.label, one.value, one.url, one.disabled) for one in shown.buttons] == [
        ("again", {"do": "again"}, None, False),
        ("off", {"do": "off"}, None, True),
        ("open", None, "https://a.b", False),
    ]


async def test_a_press_is_answered_with_a_toast(server: FeishuServer, ann: Person, shown: Shown, time: Time) -> None:
    """It says who pressed what, where; by label, number or value."""
    async with connection(server) as socket:
        press = server.press(ann, shown, "again")
        frame, envelope = await socket.event()
        time.now += 2.5
        await socket.answer(frame, data={"toast": {"type": "info", "content": "收到"}})
        await server.settled(press)
        for wanted in (1, {"do": "again"}):
            other = server.press(ann, shown, wanted)
            await socket.take()
            await server.settled(other)
            assert (other.toast, other.error) == (None, None)
    event = envelope["event"]
    assert envelope["header"]["event_type"] == "card.action.trigger"
    assert envelope["header"]["create_time"] == "1800000000000000"
    assert event["operator"]["open_id"] == ann.open_id
    assert event["action"] == {"value": {"do": "again"}, "tag": "button", "timezone": "Asia/Shanghai"}
    assert event["context"] == {"open_message_id": shown.id, "open_chat_id": shown.chat}
    assert (press.toast, press.error, press.answered_in) == ({"type": "info", "content": "收到"}, None, 2.5)
    assert server.violations == []


async def test_a_form_takes_along_what_was_filled_in(server: FeishuServer, rest: Api, ann: Person, group: Chat) -> None:
    """And what stood there before; not what nobody touched, and nothing with a button that only stands in it."""
    await rest.send(group, "interactive", card(FORM))
    shown = server.messages(group)[0]
    async with connection(server) as socket:
        server.press(ann, shown, "send", form={"words": "make it blue"})
        sent = (await socket.take())["event"]["action"]
        server.press(ann, shown, "back")
        left = (await socket.take())["event"]["action"]
    assert (sent["name"], sent["form_value"]) == ("send", {"words": "make it blue", "size": "4K"})
    assert (left["name"], "form_value" in left) == ("back", False)
    for button_name, form in (
        ("send", {}),
        ("send", {"words": "x" * 21}),
        ("send", {"words": "x", "y": ""}),
        ("back", {}),
    ):
        with pytest.raises(Impossible):
            server.press(ann, shown, button_name, form=form)


async def test_a_press_is_never_sent_again(server: FeishuServer, ann: Person, shown: Shown, time: Time) -> None:
    """Late, refused, or nobody there: the person sees an error, and that is all."""
    nobody = server.press(ann, shown, "again")
    async with connection(server) as socket:
        refused = server.press(ann, shown, "again")
        await socket.take(500)
        await server.settled(refused)
        late = server.press(ann, shown, "again")
        frame, _ = await socket.event()
        time.now += 3.1
        await server.settled(late)
        await socket.answer(frame, data={"toast": {"type": "info", "content": "too late"}})
        time.now += 100
        await socket.ping()
    assert [one.error for one in (nobody, refused, late)] == ["nobody", "failed", "timeout"]
    assert [one.toast for one in (nobody, refused, late)] == [None] * 3
    assert all(one.delivery is not None and len(one.delivery.attempts) == 1 for one in (nobody, refused, late))
    assert names(server) == ["callback_failed", "callback_unanswered"]


@pytest.mark.parametrize(
    "answer",
    [
        {"toast": "收到"},
        {"toast": {"type": "loud", "content": "x"}},
        {"toast": {"type": "info", "content": ""}},
        {"message": "x"},
        {"card": card(words("x"))},
        {"card": {"type": "raw", "data": {"elements": []}}},
        {"card": {"type": "raw", "data": card({"tag": "video"})}},
    ],
)
async def test_an_answer_that_is_none_is_noted(server: FeishuServer, ann: Person, shown: Shown, answer: Json) -> None:
    """The person sees an error, and the card stays as it was."""
    async with connection(server) as socket:
        press = server.press(ann, shown, "again")
        await socket.take(data=answer)
        await server.settled(press)
    assert press.error == "malformed"
    assert "callback_malformed" in names(server)
    assert server.shown(shown).updates == 0


async def test_an_answer_may_change_the_card(server: FeishuServer, ann: Person, shown: Shown) -> None:
    """At once, for everybody."""
    async with connection(server) as socket:
        press = server.press(ann, shown, "again")
        await socket.take(data={"card": {"type": "raw", "data": card(words("painting…"))}})
        await server.settled(press)
    now = server.shown(shown)
    assert (now.text, now.updates, now.buttons) == ("painting…", 1, ())
    assert json.loads(now.earlier[0])["body"]["elements"][0] == words("a cat")


async def test_nobody_presses_what_cannot_be_pressed(
    server: FeishuServer, rest: Api, ann: Person, group: Chat, said: Message, shown: Shown
) -> None:
    """Not there, disabled, a link, no card, not in the group, recalled."""
    stranger = server.person("eve")
    for person, message, wanted in (
        (ann, shown, "none"),
        (ann, shown, "off"),
        (ann, shown, "open"),
        (ann, said, "again"),
        (stranger, shown, "again"),
    ):
        with pytest.raises(Impossible):
            server.press(person, message, wanted)
    await rest.call("DELETE", f"/im/v1/messages/{shown.id}")
    with pytest.raises(Impossible):
        server.press(ann, shown, "again")


async def test_a_value_that_no_button_has_can_be_sent_all_the_same(
    server: FeishuServer, ann: Person, shown: Shown
) -> None:
    """By a forged client, or from an older card: a string even."""
    async with connection(server) as socket:
        server.press_raw(ann, shown, "again")
        assert (await socket.take())["event"]["action"]["value"] == "again"


async def test_without_the_callback_in_the_console_nobody_is_called(rest: Api, time: Time) -> None:
    """The person sees an error at once."""
    async with feishu_server(FeishuOptions(subscribed=frozenset({"im.message.receive_v1"}))) as server:
        ann = server.person("ann")
        group = server.group("painters", ann)
        async with api(server) as other:
            await other.send(group, "interactive", card(button("again", {"do": "again"})))
        press = server.press(ann, server.messages(group)[0], 1)
        assert (press.error, press.settled, server.deliveries) == ("not_configured", True, [])
