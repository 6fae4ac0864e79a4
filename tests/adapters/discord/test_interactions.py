"""What an interaction leads to."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.interactions import Form, Plan, Suggest, Take, Tell, form, header, plan
from protocol.buttons import TakeAlternative, UseResult
from protocol.commands import Ask, Command, Draw, Edit, Prefer
from tests.adapters.discord.payloads import CHANNEL, MEI, MESSAGE, WORDS, attachment, interaction, message
from tests.adapters.discord.test_incoming import JSON, picture

SLASH, PRESS, TYPING, SUBMIT = 2, 3, 4, 5


def slash(name: str, **options: str) -> dict[str, Any]:
    data = {"type": 1, "name": name, "options": [{"name": key, "value": value} for key, value in options.items()]}
    return interaction(SLASH, data)


def meant(payload: dict[str, Any]) -> Plan | None:
    return plan(payload, {})


def test_a_command_comes_from_whom_and_where_it_was_given() -> None:
    taken = meant(slash("draw", prompt="a cat"))
    assert isinstance(taken, Take)
    address = taken.incoming.address
    assert (address.user, address.conversation, address.message, address.private) == (MEI, CHANNEL, MESSAGE, False)
    assert taken.incoming.locale == "zh"
    assert taken.incoming.text == "a cat"


def test_a_command_in_a_direct_message_is_private() -> None:
    payload = slash("help") | {"guild_id": None, "member": None, "user": {"id": MEI}}
    taken = meant(payload)
    assert isinstance(taken, Take)
    assert (taken.incoming.address.user, taken.incoming.address.private) == (MEI, True)


@pytest.mark.parametrize(
    ("payload", "command", "discreet"),
    [
        (slash("draw", prompt="a cat"), Draw("a cat"), False),
        (
            slash("draw", prompt="a cat", model="nano banana PRO", size="4k", ratio="16:9"),
            Draw("a cat", "gemini-3-pro-image", "4K", "16:9"),
            False,
        ),
        (slash("draw", prompt="a cat", model="another", size="9K"), Draw("a cat"), False),
        (slash("models"), Ask("models"), True),
        (slash("usage"), Ask("usage"), True),
        (slash("help"), Ask("help"), True),
        (slash("preference"), Ask("preference"), True),
        (slash("preference", model="gemini-3-pro-image"), Prefer("gemini-3-pro-image"), True),
        (slash("preference", model="default"), Prefer(None), True),
    ],
)
def test_commands_mean_what_their_options_say(payload: dict[str, Any], command: Command, discreet: bool) -> None:
    taken = meant(payload)
    assert isinstance(taken, Take)
    assert (taken.incoming.command, taken.discreet) == (command, discreet)


def test_the_pictures_of_a_command_come_along_in_order() -> None:
    payload = slash("draw", prompt="merge", picture_2="2", picture="1")
    payload["data"]["resolved"] = {"attachments": {"1": attachment("1"), "2": attachment("2")}}
    taken = meant(payload)
    assert isinstance(taken, Take)
    assert len(taken.incoming.images) == 2


def test_a_press_brings_the_buttons_value() -> None:
    value = TakeAlternative("job", 1).encode()
    taken = meant(interaction(PRESS, {"custom_id": value}))
    assert isinstance(taken, Take)
    assert taken.incoming.press == value


def test_the_edit_button_opens_a_form_and_its_words_edit_the_picture_under_it() -> None:
    value = UseResult("job", "edit", 7).encode()
    assert meant(interaction(PRESS, {"custom_id": value})) == Form(value)
    field = {"type": 4, "custom_id": "words", "value": " 变成水彩 "}
    data = {"custom_id": value, "components": [{"type": 18, "component": field}]}
    taken = meant(interaction(SUBMIT, data, message=message(attachments=[attachment()])))
    assert isinstance(taken, Take)
    assert (taken.incoming.text, taken.incoming.images) == ("变成水彩", (picture(),))
    assert taken.incoming.command == Edit(" 变成水彩 ", "job", 7)


NAMES = {"content": "", "components": [{"type": 12, "items": []}, {"type": 10, "content": "<@77>\n✅ 图片生成成功！"}]}


@pytest.mark.parametrize("shown", [NAMES, {"content": "<@77>\n✅ 图片生成成功！"}])
def test_the_edit_button_of_anothers_picture_opens_no_form_but_is_answered(shown: dict[str, Any]) -> None:
    """Whether they may after all, as admins may, is not known here."""
    value = UseResult("job", "edit", 7).encode()
    theirs = interaction(PRESS, {"custom_id": value}, message=message() | shown)
    taken = meant(theirs)
    assert isinstance(taken, Take)
    assert taken.incoming.press == value
    own = theirs | {"member": {"user": {"id": "77"}}}
    assert meant(own) == Form(value)


def test_the_menu_of_a_message_remembers_all_its_pictures_for_the_form() -> None:
    target = message(attachments=[attachment("1"), attachment("2")])
    data = {"type": 3, "name": "Edit picture", "target_id": MESSAGE, "resolved": {"messages": {MESSAGE: target}}}
    opened = meant(interaction(SLASH, data))
    assert opened == Form(f"picture:{MESSAGE}", (picture("1"), picture("2")))
    rows = [{"type": 1, "components": [{"type": 4, "custom_id": "words", "value": "merge"}]}]
    sent = interaction(SUBMIT, {"custom_id": opened.name, "components": rows})
    taken = plan(sent, {opened.name: opened.pictures})
    assert isinstance(taken, Take)
    assert taken.incoming.images == opened.pictures
    assert plan(sent, {}) == Tell("discord.picture_forgotten")


def test_the_menu_of_a_message_without_a_picture_says_so() -> None:
    data = {"type": 3, "target_id": MESSAGE, "resolved": {"messages": {MESSAGE: message("words")}}}
    assert meant(interaction(SLASH, data)) == Tell("discord.no_picture_there")


def test_typing_into_an_option_asks_for_values_of_the_model_chosen_before() -> None:
    options = [{"name": "model", "value": "gemini-3-pro-image"}, {"name": "size", "value": "2", "focused": True}]
    assert meant(interaction(TYPING, {"name": "draw", "options": options})) == Suggest(
        "size", "2", "gemini-3-pro-image"
    )


def test_every_form_fits_discords_bounds_in_every_language() -> None:
    for words in WORDS.values():
        shown = form("picture:1", words)
        label = shown["components"][0]  # type: ignore[index]
        assert len(str(shown["title"])) <= 45
        assert len(label["label"]) <= 45
        assert len(label["component"]["placeholder"]) <= 100


@given(st.integers(1, 6), st.dictionaries(st.sampled_from([*interaction(2, {}), "message", "user"]), JSON), JSON)
def test_whatever_comes_it_never_raises(kind: int, broken: dict[str, Any], data: object) -> None:
    payload = {**slash("draw", prompt="a"), "type": kind, **broken, "data": data}
    header(payload)
    meant(payload)
