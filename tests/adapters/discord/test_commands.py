"""What Discord is told of the commands."""

from __future__ import annotations

from typing import Any, cast

from adapters.discord.commands import all_commands, model_named, registered, size_named, suggestions
from protocol.quote import Price, PriceList
from tests.adapters.discord.payloads import WORDS
from tests.platforms.discord.command_rules import check_commands

PRO, FLASH = "gemini-3-pro-image", "gemini-3.1-flash-image"
PRICES = PriceList((Price(FLASH, "512px", 4), Price(FLASH, "1K", 6), Price(FLASH, "4K", 13), Price(PRO, "1K", 10)))


def ours() -> list[dict[str, Any]]:
    return cast(list[dict[str, Any]], all_commands(WORDS))


def test_discord_takes_them_all() -> None:
    check_commands(ours())


def test_both_kinds_of_chinese_get_the_chinese_words() -> None:
    for command in ours():
        names = command["name_localizations"]
        assert names["zh-CN"] == names["zh-TW"]


def test_what_is_registered_already_is_not_told_again() -> None:
    theirs = [{**command, "id": "1", "version": "2", "nsfw": False} for command in reversed(ours())]
    for command in theirs:
        if not command.get("options"):
            command.pop("options", None)
    assert registered(ours(), theirs)


def test_a_change_in_the_smallest_word_is_told() -> None:
    theirs = ours()
    theirs[0]["options"][1]["description_localizations"]["zh-CN"] = "旧的"
    assert not registered(ours(), theirs)
    assert not registered(ours(), theirs[1:])
    assert not registered(ours(), None)


def test_models_name_their_points() -> None:
    assert suggestions("model", "", None, PRICES, WORDS["en"]) == [
        {"name": "Nano Banana2 · 4–13 pts", "value": FLASH},
        {"name": "Nano Banana Pro · 10 pts", "value": PRO},
    ]


def test_sizes_are_those_of_the_model_that_was_chosen() -> None:
    found = suggestions("size", "", PRO, PRICES, WORDS["zh"])
    assert found == [
        {"name": "1K · 10 积分", "value": "1K"},
        {"name": "2K", "value": "2K"},
        {"name": "4K", "value": "4K"},
    ]


def test_what_is_typed_narrows_the_list_and_nonsense_shows_all_of_it() -> None:
    assert [each["value"] for each in suggestions("model", "pro", None, None, WORDS["en"])] == [PRO]
    assert len(suggestions("model", "xyz", None, None, WORDS["en"])) == 2


def test_unread_prices_leave_the_points_out() -> None:
    assert suggestions("model", "", None, None, WORDS["en"])[0] == {"name": "Nano Banana2", "value": FLASH}


def test_values_may_be_chosen_or_typed() -> None:
    assert (model_named("Nano Banana 2"), model_named(PRO), model_named(None), model_named("dall-e")) == (
        FLASH,
        PRO,
        None,
        None,
    )
    assert (size_named("512"), size_named("4k"), size_named(""), size_named(None)) == ("512px", "4K", None, None)
