"""What an application command may be."""

from __future__ import annotations

import re

from tests.platforms.discord.basics import Json, invalid

SLASH, USER_MENU, MESSAGE_MENU = 1, 2, 3
STRING, INTEGER, BOOLEAN, USER, CHANNEL, NUMBER, ATTACHMENT = 3, 4, 5, 6, 7, 10, 11
LOCALES = frozenset(
    (
        "id",
        "da",
        "de",
        "en-GB",
        "en-US",
        "es-ES",
        "es-419",
        "fr",
        "hr",
        "it",
        "lt",
        "hu",
        "nl",
        "no",
        "pl",
        "pt-BR",
        "ro",
        "fi",
        "sv-SE",
        "vi",
        "tr",
        "cs",
        "el",
        "bg",
        "ru",
        "uk",
        "hi",
        "th",
        "zh-CN",
        "ja",
        "zh-TW",
        "ko",
    )
)
_NAME = re.compile(r"[-_'\w\u0900-\u097F\u0E00-\u0E7F]{1,32}")
_CHARACTERS = 8000


def check_commands(commands: list[Json]) -> None:
    """Refuse a list that Discord would not register as a whole."""
    seen: set[tuple[int, str]] = set()
    counts = {SLASH: 0, USER_MENU: 0, MESSAGE_MENU: 0}
    for index, command in enumerate(commands):
        check_command(str(index), command)
        kind = command.get("type", SLASH)
        if (kind, command["name"]) in seen:
            raise invalid(str(index), "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
        seen.add((kind, command["name"]))
        counts[kind] += 1
    if counts[SLASH] > 100 or counts[USER_MENU] > 5 or counts[MESSAGE_MENU] > 5:
        raise invalid("0", "APPLICATION_COMMANDS_MAX", "Maximum number of application commands reached.")


def check_command(path: str, command: Json) -> None:
    """Refuse one command."""
    kind = command.get("type", SLASH)
    if kind not in {SLASH, USER_MENU, MESSAGE_MENU}:
        raise invalid(f"{path}.type", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3}.")
    _check_name(f"{path}.name", command.get("name"), slash=kind == SLASH)
    _check_localised(f"{path}.name_localizations", command.get("name_localizations"), name=True, slash=kind == SLASH)
    if kind == SLASH:
        _check_description(path, command)
        _check_options(f"{path}.options", command.get("options") or [], 0)
        if characters(command) > _CHARACTERS:
            raise invalid(path, "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)")
    elif command.get("description") or command.get("options"):
        raise invalid(f"{path}.description", "APPLICATION_COMMAND_INVALID_DESCRIPTION", "A menu has none.")
    for context in command.get("contexts") or []:
        if context not in {0, 1, 2}:
            raise invalid(f"{path}.contexts", "BASE_TYPE_CHOICES", "Value must be one of {0, 1, 2}.")


def _check_name(path: str, name: object, *, slash: bool) -> None:
    if not isinstance(name, str) or not 1 <= len(name) <= 32:
        raise invalid(path, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 32 in length.")
    if slash and (not _NAME.fullmatch(name) or name != name.lower()):
        raise invalid(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _check_description(path: str, described: Json) -> None:
    if not 1 <= len(described.get("description") or "") <= 100:
        raise invalid(f"{path}.description", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
    _check_localised(f"{path}.description_localizations", described.get("description_localizations"))


def _check_localised(path: str, texts: Json | None, *, name: bool = False, slash: bool = False) -> None:
    for locale, text in (texts or {}).items():
        if locale not in LOCALES:
            raise invalid(f"{path}.{locale}", "BASE_TYPE_CHOICES", "There is no such locale.")
        if name:
            _check_name(f"{path}.{locale}", text, slash=slash)
        elif not 1 <= len(text) <= 100:
            raise invalid(f"{path}.{locale}", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")


def _check_options(path: str, options: list[Json], depth: int) -> None:
    if len(options) > 25:
        raise invalid(path, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    names = [option.get("name") for option in options]
    if len(set(names)) < len(names):
        raise invalid(path, "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "Option names must be unique")
    for locale in LOCALES:
        shown = [(option.get("name_localizations") or {}).get(locale, option.get("name")) for option in options]
        if len(set(shown)) < len(shown):
            raise invalid(path, "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", f"Names must be unique in {locale}")
    optional = False
    for index, option in enumerate(options):
        where = f"{path}.{index}"
        kind = option.get("type")
        if kind not in range(1, 12):
            raise invalid(f"{where}.type", "BASE_TYPE_CHOICES", "Value must be one of 1 to 11.")
        _check_name(f"{where}.name", option.get("name"), slash=True)
        _check_localised(f"{where}.name_localizations", option.get("name_localizations"), name=True, slash=True)
        _check_description(where, option)
        if kind in {1, 2}:
            if depth > 1:
                raise invalid(where, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Nested too deep")
            _check_options(f"{where}.options", option.get("options") or [], depth + 1)
            continue
        if option.get("required") and optional:
            raise invalid(
                where, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed first."
            )
        optional = optional or not option.get("required")
        _check_choices(where, option)


def _check_choices(path: str, option: Json) -> None:
    choices = option.get("choices") or []
    if choices and (option.get("autocomplete") or option["type"] not in {STRING, INTEGER, NUMBER}):
        raise invalid(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Such an option has no choices.")
    if option.get("autocomplete") and option["type"] not in {STRING, INTEGER, NUMBER}:
        raise invalid(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Such an option has no autocomplete.")
    check_choices(f"{path}.choices", choices, option["type"])
    for key in ("min_length", "max_length"):
        if option.get(key) is not None and not 0 <= option[key] <= 6000:
            raise invalid(f"{path}.{key}", "NUMBER_TYPE_MAX", "int value should be less than or equal to 6000.")


def check_choices(path: str, choices: list[Json], kind: int) -> None:
    """Refuse choices that a client would not show."""
    if len(choices) > 25:
        raise invalid(path, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    if len({choice.get("name") for choice in choices}) < len(choices):
        raise invalid(path, "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_INVALID", "Choice names must be unique")
    types: dict[int, type | tuple[type, ...]] = {STRING: str, INTEGER: int, NUMBER: (int, float)}
    for index, choice in enumerate(choices):
        where = f"{path}.{index}"
        if not 1 <= len(choice.get("name") or "") <= 100:
            raise invalid(f"{where}.name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
        _check_localised(f"{where}.name_localizations", choice.get("name_localizations"))
        value = choice.get("value")
        if not isinstance(value, types[kind]) or (isinstance(value, str) and not 1 <= len(value) <= 100):
            raise invalid(f"{where}.value", "UNION_TYPE_CHOICES", "The value does not fit.")


def characters(part: Json) -> int:
    """Count the characters of names, descriptions and values, the longest translation of each."""
    total = 0
    for key in ("name", "description"):
        texts = [part.get(key) or "", *(part.get(f"{key}_localizations") or {}).values()]
        total += max(len(text) for text in texts)
    for choice in part.get("choices") or []:
        texts = [choice["name"], *(choice.get("name_localizations") or {}).values()]
        total += max(len(text) for text in texts) + len(str(choice["value"]))
    return total + sum(characters(option) for option in part.get("options") or [])
