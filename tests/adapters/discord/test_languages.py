"""Who uses Discord in Chinese, of either kind, reads Chinese; everybody else reads English: commands and answers."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from adapters.discord.commands import all_commands
from protocol.buttons import UseResult
from protocol.quote import PriceList
from tests.adapters.discord.payloads import BOT, MESSAGE, WORDS, attachment, interaction, message
from tests.adapters.discord.test_slow_store import Slow
from tests.scenarios.discord_house import discord_house, words
from tests.scenarios.house import LOCALES

CLIENTS = {"zh-CN": "zh", "zh-TW": "zh", "en-US": "en", "en-GB": "en", "de": "en"}
ASIDES = ("models", "usage", "help", "preference")
HAN = re.compile(r"[\u3400-\u9fff]")
PRESS_EDIT = {"custom_id": UseResult("1", "edit", 0).encode()}


def parts(command: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Everything of a command that has words, with the key of its words."""
    if command["type"] == 3:
        yield "discord.menu.edit", command
        return
    yield f"discord.command.{command['name']}", command
    for option in command["options"]:
        yield f"discord.option.{option['name']}", option
        yield from (("discord.choice.default", choice) for choice in option.get("choices", []) if len(choice) > 2)


@pytest.mark.parametrize(("locale", "lang"), CLIENTS.items())
def test_each_command_and_option_stands_in_the_clients_own_words(locale: str, lang: str) -> None:
    """As a client shows them: the translation for its language, else what there is for all."""
    shown = 0
    for command in cast(list[dict[str, Any]], all_commands(WORDS)):
        for key, part in parts(command):
            name = (part.get("name_localizations") or {}).get(locale, part["name"])
            # The plain names are in the address of the command, and stand for English.
            if lang == "zh" or " " in part["name"]:
                assert name == WORDS[lang][key]
            assert bool(HAN.search(name)) is (lang == "zh")
            if "description" in part:
                about = part["description_localizations"].get(locale, part["description"])
                assert about == WORDS[lang][f"{key}.about"]
            shown += 1
    assert shown > 12


@pytest.fixture
async def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Slow]:
    made = Slow(tmp_path, monkeypatch)

    async def no_prices() -> PriceList | None:
        return None

    made.house._prices = no_prices
    yield made
    await made.house.close()


@pytest.mark.parametrize(("locale", "lang"), CLIENTS.items())
async def test_what_the_adapter_says_by_itself_is_in_the_clients_language(locale: str, lang: str, house: Slow) -> None:
    said = WORDS[lang]
    bare = {"type": 3, "target_id": "9", "resolved": {"messages": {"9": message("no picture", id="9")}}}
    house.house.interaction_came(interaction(2, bare, locale=locale) | {"id": MESSAGE})
    pressed = interaction(3, PRESS_EDIT, locale=locale, message=message(author=BOT, attachments=[attachment()]))
    house.house.interaction_came(pressed | {"id": "2"})
    await house.time.go_to(0.1)
    told, form = (each[-1] for each in house.told)
    assert told["data"]["content"] == said["discord.no_picture_there"]
    assert form["data"]["title"] == said["discord.form.title"]
    assert form["data"]["components"][0]["label"] == said["discord.form.label"]
    assert form["data"]["components"][0]["component"]["placeholder"] == said["discord.form.example"]
    house.broken = True
    house.house.interaction_came(interaction(2, {"name": "help", "options": []}, locale=locale) | {"id": "3"})
    await house.time.go_to(70)
    assert house.told[-1][-1]["content"] == said["discord.try_again"]


async def test_each_command_is_answered_in_the_clients_language(tmp_path: Path) -> None:
    """Over the real SDK. A drawing speaks the language of the command as well, whatever its words are in."""
    async with discord_house(tmp_path, speed=40) as home:
        answers: dict[tuple[str, str], str] = {}
        for locale in CLIENTS:
            asked = {name: home.discord.slash(home.tom, home.channel, name, locale=locale) for name in ASIDES}
            for name, each in asked.items():
                await home.until(lambda each=each: each.original and each.original.content)  # type: ignore[misc]
                answers[name, locale] = each.original.content if each.original is not None else ""
        for name in ASIDES:
            for locale, lang in CLIENTS.items():
                assert answers[name, locale] == answers[name, {"zh": "zh-CN", "en": "en-US"}[lang]]
                assert bool(HAN.search(answers[name, locale])) is (lang == "zh")
        for locale, lang in (("zh-TW", "zh"), ("de", "en")):
            prompt = {"prompt": "a cat" if lang == "zh" else "一只猫"}
            drawn = home.discord.slash(home.mei, home.channel, "draw", prompt, locale=locale)
            shown = await home.ended(since=drawn.id)
            done = words(shown[-1]).removeprefix(f"<@{home.mei.id}>\n").splitlines()[0]
            assert done == LOCALES.text("succeeded.title", lang)
