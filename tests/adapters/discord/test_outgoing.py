"""The bodies that Discord gets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from adapters.discord.outgoing import (
    Body,
    Smaller,
    Upload,
    edit,
    message,
    message_with_link,
    message_with_smaller,
    response,
)
from protocol.messages import Address, Button, Outgoing, Picture, Priority
from tests.adapters.discord.payloads import CHANNEL, MEI, MESSAGE

ADDRESS = Address("discord", CHANNEL, MEI, MESSAGE)
NOBODY = {"parse": [], "users": [], "replied_user": False}
PICTURE = Picture("https://example.com/cat.png", "A cat", "/media/cat.png", "image/png", 8, 8)


def out(text: str = "hi", **more: Any) -> Outgoing:
    return Outgoing(**{"address": ADDRESS, "key": "k" * 24, "text": text, "priority": Priority.RESULT, **more})


def test_a_reply_quotes_the_message_and_pings_nobody() -> None:
    assert message(out("On it!", reply=True, priority=Priority.ACKNOWLEDGEMENT)) == Body(
        {
            "content": "On it!",
            "allowed_mentions": NOBODY,
            "components": [],
            "flags": 4,
            "nonce": "k" * 24,
            "enforce_nonce": True,
            "message_reference": {"message_id": MESSAGE, "fail_if_not_exists": False},
        }
    )


def test_a_push_where_others_read_says_whom_it_is_for() -> None:
    body = message(out("Working")).json
    assert body["content"] == f"<@{MEI}>\nWorking"
    assert body["allowed_mentions"] == NOBODY
    assert "message_reference" not in body


@pytest.mark.parametrize("more", [{"address": replace(ADDRESS, private=True)}, {"in_private": True}])
def test_in_private_nobody_is_named_or_pinged(more: dict[str, Any]) -> None:
    body = message(out("Working", ping=True, **more)).json
    assert (body["content"], body["allowed_mentions"]) == ("Working", NOBODY)


def test_a_result_may_ping_its_asker_and_nobody_else() -> None:
    assert message(out(ping=True)).json["allowed_mentions"] == {"parse": [], "users": [MEI], "replied_user": False}


def test_a_private_message_quotes_nothing_of_elsewhere() -> None:
    assert "message_reference" not in message(out(reply=True, in_private=True)).json


@pytest.mark.parametrize(
    ("priority", "silent"), [(Priority.START, True), (Priority.PROGRESS, True), (Priority.RESULT, False)]
)
def test_only_what_matters_rings(priority: Priority, silent: bool) -> None:
    flags = message(out(priority=priority)).json["flags"]
    assert isinstance(flags, int)
    assert bool(flags & 1 << 12) is silent


def test_a_picture_stands_above_its_caption_and_its_buttons() -> None:
    body = message(out("✅ Done", picture=PICTURE, buttons=(Button("Again", "again:1:6"), Button("Edit", "edit:1:0"))))
    assert body.upload == Upload("/media/cat.png", "picture.png", "image/png")
    assert body.json["components"] == [
        {
            "type": 12,
            "items": [{"media": {"url": "attachment://picture.png"}, "description": "A cat", "spoiler": False}],
        },
        {"type": 10, "content": f"<@{MEI}>\n✅ Done"},
        {
            "type": 1,
            "components": [
                {"type": 2, "style": 1, "label": "Again", "custom_id": "again:1:6"},
                {"type": 2, "style": 2, "label": "Edit", "custom_id": "edit:1:0"},
            ],
        },
    ]
    assert body.json["attachments"] == [{"id": 0, "filename": "picture.png", "description": "A cat"}]
    assert body.json["flags"] == 1 << 15
    assert "content" not in body.json


def test_a_picture_without_a_file_is_shown_from_its_link() -> None:
    body = message(out(picture=replace(PICTURE, path=None)))
    assert body.upload is None
    assert body.json["components"][0]["items"][0]["media"] == {"url": PICTURE.url}  # type: ignore[index]
    assert "attachments" not in body.json


def caption(body: Body) -> object:
    return body.json["components"][1]["content"]  # type: ignore[index]


CAPTION = "✅ Done\n🔗 Original: https://example.com/cat.png"


def test_a_picture_that_is_too_large_here_is_shown_from_its_link_and_that_is_said_above_the_link() -> None:
    body = message_with_link(out(CAPTION, picture=PICTURE), "from its link")
    assert body.upload is None
    assert caption(body) == f"<@{MEI}>\n✅ Done\nfrom its link\n🔗 Original: https://example.com/cat.png"
    assert caption(message_with_link(out("✅ Done", picture=PICTURE), "so")) == f"<@{MEI}>\n✅ Done\nso"


def test_a_smaller_picture_goes_under_its_own_name_and_that_is_said_once() -> None:
    body = message_with_smaller(out(CAPTION, picture=PICTURE), Smaller(b"jpeg", "image/jpeg"), "smaller")
    assert body.upload == Upload(b"jpeg", "picture.jpg", "image/jpeg")
    assert body.json["attachments"] == [{"id": 0, "filename": "picture.jpg", "description": "A cat"}]
    again = message_with_smaller(out("✅ Done\nsmaller", picture=PICTURE), Smaller(b"", "image/jpeg"), "smaller")
    assert caption(again) == f"<@{MEI}>\n✅ Done\nsmaller"


def test_a_veiled_picture_is_shown_to_whoever_clicks_on_it() -> None:
    body = message(out(picture=PICTURE), veiled=True)
    assert body.json["components"][0]["items"][0]["spoiler"] is True  # type: ignore[index]


def test_words_of_users_cannot_become_markup() -> None:
    assert message(out("Drawing **you** <@1> @everyone", reply=True)).json["content"] == (
        r"Drawing \*\*you\*\* \<@1> @everyone"
    )


def test_what_is_too_long_is_cut() -> None:
    content = message(out("word " * 1000)).json["content"]
    assert isinstance(content, str)
    assert len(content) <= 2000


def test_more_than_five_buttons_take_more_rows() -> None:
    rows = message(out(buttons=tuple(Button(str(each), f"v{each}") for each in range(7)))).json["components"]
    assert isinstance(rows, list)
    assert [len(row["components"]) for row in rows] == [5, 2]


def test_an_edit_says_whom_it_may_ping_too() -> None:
    assert edit(out("⏳ 50%")) == {"content": f"<@{MEI}>\n⏳ 50%", "allowed_mentions": NOBODY}


def test_the_answer_to_a_press_names_who_pressed_unless_only_they_see_it() -> None:
    assert response(out(), names_asker=True)["content"] == f"<@{MEI}>\nhi"
    alone = response(out(discreet=True), names_asker=True)
    assert (alone["content"], alone["flags"]) == ("hi", 4 | 1 << 6)


def test_the_answer_to_a_command_has_its_asker_above_it_already() -> None:
    assert response(out(), names_asker=False) == {
        "content": "hi",
        "allowed_mentions": NOBODY,
        "components": [],
        "flags": 4,
    }
