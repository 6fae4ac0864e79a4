"""What buttons, selects, modals and the newer components may be."""

from __future__ import annotations

from collections.abc import Iterator

from tests.platforms.discord.basics import Json, Refusal, invalid

ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
SELECTS = {3, 5, 6, 7, 8}
_V2 = {9, 10, 11, 12, 13, 14, 17}
LABEL = 18
_LINK, _PREMIUM = 5, 6


def walk(components: list[Json]) -> Iterator[Json]:
    """Every component, parents first."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        for single in ("accessory", "component"):
            if isinstance(component.get(single), dict):
                yield from walk([component[single]])


def check_components(components: object, *, v2: bool) -> None:
    """Refuse what a message may not carry."""
    if not isinstance(components, list):
        raise invalid("components", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
    everything = list(walk(components))
    if v2:
        if len(everything) > 40:
            raise invalid("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "At most 40 components.")
        if sum(len(str(one.get("content", ""))) for one in everything if one.get("type") == 10) > 4000:
            raise invalid("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "At most 4000 characters.")
    elif len(components) > 5:
        raise invalid("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
    for index, component in enumerate(components):
        path = f"components.{index}"
        if component.get("type") == ROW:
            _check_row(path, component)
        elif not v2 or component.get("type") not in _V2:
            raise invalid(f"{path}.type", "UNION_TYPE_CHOICES", "Value of field 'type' must be one of (1,).")
    for one in everything:
        if one.get("type") in {TEXT_INPUT, LABEL}:
            raise invalid("components", "UNION_TYPE_CHOICES", "Text inputs belong in modals.")
        if one.get("type") == BUTTON:
            check_button("components", one)
    _check_unique(everything)


def _check_row(path: str, row: Json) -> None:
    inside = row.get("components")
    if not isinstance(inside, list) or not 1 <= len(inside) <= 5:
        raise invalid(f"{path}.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
    kinds = {one.get("type") for one in inside}
    if not kinds <= SELECTS | {BUTTON}:
        raise invalid(f"{path}.components", "UNION_TYPE_CHOICES", "A row has buttons or a select.")
    if kinds & SELECTS:
        if len(inside) > 1:
            raise invalid(f"{path}.components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The row is full.")
        check_select(f"{path}.components.0", inside[0])


def check_button(path: str, button: Json) -> None:
    """Refuse a button that Discord would not draw."""
    style, label, emoji = button.get("style"), button.get("label"), button.get("emoji")
    if style not in range(1, 7):
        raise invalid(f"{path}.style", "BASE_TYPE_CHOICES", "Value must be one of 1 to 6.")
    if style == _PREMIUM:
        raise Refusal(400, 50159, "Premium buttons need a SKU")
    if not label and not emoji:
        raise invalid(path, "BUTTON_COMPONENT_INVALID_LABEL", "A button needs a label or an emoji.")
    if label is not None and not 1 <= len(label) <= 80:
        raise invalid(f"{path}.label", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 80 in length.")
    if emoji is not None and not (isinstance(emoji, dict) and (emoji.get("id") or emoji.get("name"))):
        raise invalid(f"{path}.emoji", "BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji")
    if style == _LINK:
        if button.get("custom_id") is not None or not str(button.get("url", "")).startswith(("http://", "https://")):
            raise invalid(f"{path}.url", "URL_TYPE_INVALID_SCHEME", "A link button has a URL and no custom id.")
        if len(str(button["url"])) > 512:
            raise invalid(f"{path}.url", "BASE_TYPE_MAX_LENGTH", "Must be 512 or fewer in length.")
        return
    if button.get("url") is not None:
        raise invalid(f"{path}.url", "BUTTON_COMPONENT_INVALID_URL", "Only a link button has a URL.")
    check_custom_id(path, button)


def check_custom_id(path: str, component: Json) -> None:
    """Refuse a custom id that is missing or too long."""
    custom_id = component.get("custom_id")
    if not isinstance(custom_id, str) or not 1 <= len(custom_id) <= 100:
        raise invalid(f"{path}.custom_id", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")


def check_select(path: str, select: Json) -> None:
    """Refuse a select that Discord would not draw."""
    check_custom_id(path, select)
    if len(select.get("placeholder") or "") > 150:
        raise invalid(f"{path}.placeholder", "BASE_TYPE_MAX_LENGTH", "Must be 150 or fewer in length.")
    if select.get("type") != STRING_SELECT:
        return
    options = select.get("options") or []
    if not 1 <= len(options) <= 25:
        raise invalid(f"{path}.options", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.")
    if len({option.get("value") for option in options}) < len(options):
        raise invalid(f"{path}.options", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The value is already used.")
    for index, option in enumerate(options):
        for key in ("label", "value"):
            if not 1 <= len(str(option.get(key) or "")) <= 100:
                raise invalid(f"{path}.options.{index}.{key}", "BASE_TYPE_BAD_LENGTH", "Between 1 and 100 in length.")
        if len(option.get("description") or "") > 100:
            raise invalid(f"{path}.options.{index}.description", "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer.")


def _check_unique(components: list[Json]) -> None:
    seen: set[str] = set()
    for component in components:
        custom_id = component.get("custom_id")
        if custom_id is not None and custom_id in seen:
            raise invalid("components", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
        if custom_id is not None:
            seen.add(custom_id)


def check_modal(data: Json) -> None:
    """Refuse a modal that Discord would not open."""
    if not 1 <= len(data.get("title") or "") <= 45:
        raise invalid("data.title", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 45 in length.")
    check_custom_id("data", data)
    rows = data.get("components") or []
    if not 1 <= len(rows) <= 5:
        raise invalid("data.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
    for index, row in enumerate(rows):
        path = f"data.components.{index}"
        if row.get("type") == LABEL:
            _check_label(path, row)
            inside = [row.get("component") or {}]
        elif row.get("type") == ROW:
            inside = row.get("components") or []
        elif row.get("type") == 10:
            continue
        else:
            raise invalid(f"{path}.type", "UNION_TYPE_CHOICES", "Value must be one of (1, 10, 18).")
        if len(inside) != 1:
            raise invalid(f"{path}.components", "BASE_TYPE_BAD_LENGTH", "Must be 1 in length.")
        _check_input(path, inside[0], labelled=row.get("type") == LABEL)
    _check_unique(list(walk(rows)))


def _check_label(path: str, row: Json) -> None:
    if not 1 <= len(row.get("label") or "") <= 45:
        raise invalid(f"{path}.label", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 45 in length.")
    if len(row.get("description") or "") > 100:
        raise invalid(f"{path}.description", "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.")


def _check_input(path: str, field: Json, *, labelled: bool) -> None:
    if field.get("type") in SELECTS:
        check_select(path, field)
        return
    if field.get("type") != TEXT_INPUT:
        raise invalid(f"{path}.type", "UNION_TYPE_CHOICES", "Value must be one of (3, 4, 5, 6, 7, 8).")
    check_custom_id(path, field)
    if field.get("style") not in {1, 2}:
        raise invalid(f"{path}.style", "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.")
    if not labelled and not 1 <= len(field.get("label") or "") <= 45:
        raise invalid(f"{path}.label", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 45 in length.")
    least, most = field.get("min_length") or 0, field.get("max_length") or 4000
    if not 0 <= least <= 4000 or not 1 <= most <= 4000 or least > most:
        raise invalid(f"{path}.max_length", "NUMBER_TYPE_MAX", "int value should be between 1 and 4000.")
    if len(field.get("placeholder") or "") > 100:
        raise invalid(f"{path}.placeholder", "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.")
    if len(field.get("value") or "") > most:
        raise invalid(f"{path}.value", "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
