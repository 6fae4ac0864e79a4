"""What is sent: cards that fit and cannot be broken, texts in which nothing is a tag."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.feishu.cards import LARGEST_CARD, card
from adapters.feishu.markup import cut, in_a_card, in_a_text
from adapters.feishu.outgoing import message, replies_to
from protocol.messages import Button, Picture, Priority
from tests.adapters.feishu.payloads import ADDRESS, MEI, RESULT, outgoing
from tests.platforms.feishu.cards import check_card

PRIVATE = replace(ADDRESS, private=True)
TOPIC = replace(ADDRESS, thread="omt_1")


def elements(made: dict[str, object]) -> list[dict[str, Any]]:
    body: Any = made["body"]
    found: list[dict[str, Any]] = body["elements"]
    return found


def test_a_result_is_the_picture_its_caption_its_buttons_and_a_field_for_an_edit() -> None:
    made = card(RESULT, "img_1", edit_hint="怎么改？")
    check_card(made)
    assert made["header"] == {"title": {"tag": "plain_text", "content": "✅ 画好了"}, "template": "green"}
    picture, caption, row, form = elements(made)
    assert (picture["img_key"], picture["alt"]["content"]) == ("img_1", "画：猫")
    assert caption["content"].startswith(f"<at id={MEI}></at>\n")
    assert "[https&#58;" not in caption["content"]
    assert "(https://cdn.example.com/a_%281%29.png?x=1)" in caption["content"]
    buttons = [column["elements"][0] for column in row["columns"]]
    assert [each["text"]["content"] for each in buttons] == ["再来一张", "4K"]
    assert [each["behaviors"][0]["value"] for each in buttons] == [
        {"press": "again:j1:6", "private": False},
        {"press": "larger:j1:13", "private": False},
    ]
    assert form["tag"] == "form"


def test_start_and_progress_name_the_asker_and_notify_nobody() -> None:
    told = elements(card(outgoing(), None))[0]["content"]
    assert told.startswith(f"<person id = '{MEI}'")
    assert "<at" not in told


@pytest.mark.parametrize("private", [outgoing(address=PRIVATE, ping=True), outgoing(in_private=True, ping=True)])
def test_in_private_nobody_is_named(private: Any) -> None:
    assert elements(card(private, None))[0]["content"] == "⏳ 50%"


def test_a_press_brings_back_where_it_was() -> None:
    made = card(replace(RESULT, address=TOPIC), "img_1")
    value = elements(made)[2]["columns"][0]["elements"][0]["behaviors"][0]["value"]
    assert value == {"press": "again:j1:6", "private": False, "thread": "omt_1"}


TEXTS = st.text(st.sampled_from("<>&*_~`[]()#-+!:/@ \n\"'aat=猫1.https") | st.characters(), max_size=300)


@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=12))
def test_no_words_break_a_card_or_ping_anybody_and_it_always_fits(text: str, alt: str, labels: list[str]) -> None:
    sent = replace(
        RESULT,
        text=text * 20,
        ping=False,
        picture=Picture("https://x.example/a", alt * 5, path="a"),
        buttons=tuple(Button(label or "x", "again:j1:6") for label in labels),
    )
    made = card(sent, "img_1", edit_hint="?")
    check_card(made)
    body = json.dumps({"content": json.dumps(made, ensure_ascii=False)}, ensure_ascii=False)
    assert len(body.encode("utf-8", "surrogatepass")) < LARGEST_CARD
    for each in elements(made):
        if each["tag"] == "markdown":
            assert "<" not in each["content"]
            assert "**" not in each["content"]


@given(st.text(st.sampled_from("<>&*_~`[]#+=-1. \naz猫:"), max_size=100))
def test_what_is_escaped_is_shown_as_it_is(text: str) -> None:
    assert html.unescape(in_a_card(text)).replace("\u200b", "") == text


@given(TEXTS)
def test_no_words_are_a_tag_in_a_text(text: str) -> None:
    assert not re.search(r"<\s*/?\s*[A-Za-z!]", in_a_text(text))
    assert "](" not in in_a_text(text)


def test_a_text_is_cut_at_a_line_or_a_word() -> None:
    assert cut("one two three", 13) == "one two three"
    assert cut("one two three", 12) == "one two…"
    assert cut("line one\nline two", 14) == "line one…"


def test_a_reply_is_text_and_a_step_is_a_card() -> None:
    reply = outgoing("收到 🐱", reply=True, priority=Priority.ACKNOWLEDGEMENT)
    assert message(reply, None, cards=True).kind == "text"
    assert message(outgoing(), None, cards=True).kind == "interactive"


def test_without_cards_the_picture_and_its_words_are_one_post() -> None:
    made = message(RESULT, "img_1", cards=False)
    assert made.kind == "post"
    lines = json.loads(made.content)["zh_cn"]["content"]
    assert lines[:2] == [[{"tag": "img", "image_key": "img_1"}], [{"tag": "at", "user_id": MEI}]]
    address = "https://cdn.example.com/a_(1).png?x=1"
    link = {"tag": "a", "href": address, "text": address}
    assert link in lines[-1]
    assert message(outgoing(), None, cards=False).kind == "text"


@pytest.mark.parametrize(
    ("sent", "cards", "to"),
    [
        (outgoing(reply=True), True, "om_1"),
        (outgoing(), True, None),
        (outgoing(address=TOPIC), True, "om_1"),
        (outgoing(), False, "om_1"),
        (outgoing(address=PRIVATE), False, None),
        (outgoing(address=replace(ADDRESS, message="om_card e1"), reply=True), True, "om_card"),
        (outgoing(address=TOPIC, in_private=True), True, None),
        (RESULT, False, None),
    ],
)
def test_what_is_replied_to(sent: Any, cards: bool, to: str | None) -> None:
    assert replies_to(sent, cards=cards) == to
