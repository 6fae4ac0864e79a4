"""The commands that people find under `/` and in a message's menu: what Discord is told of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from adapters.discord.payload import JsonObject
from adapters.discord.words import Words
from protocol.decision import AspectRatio, Size
from protocol.models import MODELS, SIZES
from protocol.quote import PriceList

SLASH, MENU = 1, 3
STRING, ATTACHMENT = 3, 11
IN_GUILDS, IN_DIRECT = 0, 1
GUILD_INSTALL = 0

LONGEST_PROMPT = 4000
PICTURES = ("picture", "picture_2", "picture_3")
RATIOS: tuple[AspectRatio, ...] = ("1:1", "16:9", "9:16", "4:3", "3:4")
DEFAULT = "default"
CHINESE = ("zh-CN", "zh-TW")
"""Discord's languages that get the Chinese words."""

MOST_CHOICES = 25


def all_commands(words: Words) -> list[dict[str, object]]:
    """Everything that is registered."""
    draw = [
        _option(words, "prompt", STRING, required=True, max_length=LONGEST_PROMPT),
        _option(words, "model", STRING, autocomplete=True),
        _option(words, "size", STRING, autocomplete=True),
        _option(words, "ratio", STRING, choices=[{"name": ratio, "value": ratio} for ratio in RATIOS]),
        *(_option(words, name, ATTACHMENT) for name in PICTURES),
    ]
    models: list[dict[str, object]] = [{"name": card.name, "value": card.model_id} for card in MODELS.values()]
    models.append({**_localised(words, "name", "discord.choice.default"), "value": DEFAULT})
    return [
        _command(words, "draw", draw),
        _command(words, "models"),
        _command(words, "preference", [_option(words, "model", STRING, choices=models)]),
        _command(words, "usage"),
        _command(words, "help"),
        {"type": MENU, **_localised(words, "name", "discord.menu.edit"), **_everywhere()},
    ]


def same(ours: object, theirs: object) -> bool:
    """Whether what is registered says all that ours says; Discord adds fields of its own, and leaves out empty ones."""
    if isinstance(ours, dict):
        return isinstance(theirs, dict) and all(same(value, theirs.get(key)) for key, value in ours.items())
    if isinstance(ours, list):
        known = theirs if isinstance(theirs, list) else []
        return len(ours) == len(known) and all(same(one, other) for one, other in zip(ours, known, strict=True))
    return ours == theirs or (not ours and not theirs)


def registered(ours: list[dict[str, object]], theirs: object) -> bool:
    """Whether exactly our commands are registered already."""
    if not isinstance(theirs, list) or len(theirs) != len(ours):
        return False
    by_name = {(each.get("type"), each.get("name")): each for each in theirs if isinstance(each, dict)}
    return all(same(each, by_name.get((each["type"], each["name"]))) for each in ours)


def suggestions(
    option: str, typed: str, model_id: str | None, prices: PriceList | None, words: Mapping[str, str]
) -> list[dict[str, object]]:
    """The values of an option with their points as they are now; without points where they cannot be read."""
    found: list[tuple[str, dict[str, object]]] = []
    if option == "model":
        for card in MODELS.values():
            points = sorted(price.points for price in prices.of(card.model_id)) if prices is not None else []
            found.append((card.name, {"name": _priced(card.name, points, words), "value": card.model_id}))
    elif option == "size":
        models = [model_id] if model_id is not None else list(MODELS)
        for size in SIZES:
            if not any(size in MODELS[model].sizes for model in models):
                continue
            known = [prices.points(model, size) for model in models] if prices is not None else []
            points = sorted(each for each in known if each is not None)
            found.append((size, {"name": _priced(size, points, words), "value": size}))
    wanted = typed.strip().casefold()
    close = [choice for name, choice in found if wanted in name.casefold()]
    return (close or [choice for _, choice in found])[:MOST_CHOICES]


def model_named(value: object) -> str | None:
    """The model that somebody chose or typed; None where it is none of ours."""
    wanted = str(value).casefold().replace(" ", "") if value is not None else ""
    for card in MODELS.values():
        if wanted and wanted in (card.model_id.casefold(), card.name.casefold().replace(" ", "")):
            return card.model_id
    return None


def size_named(value: object) -> Size | None:
    """The size that somebody chose or typed."""
    wanted = str(value).strip().casefold() if value is not None else ""
    return next((size for size in SIZES if wanted in (size.casefold(), size.casefold().removesuffix("px"))), None)


def ratio_named(value: object) -> AspectRatio | None:
    """The ratio that somebody chose."""
    return next((ratio for ratio in RATIOS if value == ratio), None)


def _priced(name: str, points: list[int], words: Mapping[str, str]) -> str:
    if not points:
        return name
    key = "discord.choice.points" if points[0] == points[-1] else "discord.choice.range"
    return words[key].format(name=name, points=points[0], low=points[0], high=points[-1])


def _command(words: Words, name: str, options: list[dict[str, object]] | None = None) -> dict[str, object]:
    return {
        "type": SLASH,
        "name": name,
        "name_localizations": _translations(words, f"discord.command.{name}"),
        **_localised(words, "description", f"discord.command.{name}.about"),
        "options": options or [],
        **_everywhere(),
    }


def _option(words: Words, name: str, kind: int, **more: object) -> dict[str, object]:
    return {
        "type": kind,
        "name": name,
        "name_localizations": _translations(words, f"discord.option.{name}"),
        **_localised(words, "description", f"discord.option.{name}.about"),
        **more,
    }


def _localised(words: Words, field: str, key: str) -> dict[str, object]:
    return {field: words["en"][key], f"{field}_localizations": _translations(words, key)}


def _translations(words: Words, key: str) -> dict[str, object]:
    return dict.fromkeys(CHINESE, words["zh"][key])


def _everywhere() -> dict[str, object]:
    """Where the bot is a member, and in private; not where it could not write its pushes."""
    return {"contexts": [IN_GUILDS, IN_DIRECT], "integration_types": [GUILD_INSTALL]}


def commands_of(answer: object) -> list[JsonObject]:
    """The commands in an answer of Discord."""
    return [each for each in answer if isinstance(each, dict)] if isinstance(answer, list) else []
