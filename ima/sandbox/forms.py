"""Form fields of the product list: plain ones, and the virtual ones that map a choice to a parameter."""

from collections.abc import Sequence
from typing import Final

from ima.sandbox.strict_json import Json, JsonObject

_CHOICES: Final = ("draft", "standard", "high", "ultra")


def plain_form(field: str, values: Sequence[str], default: str) -> JsonObject:
    """Return a field whose `value` is the default."""
    return {
        "field": field,
        "type": "select",
        "value": default,
        "options": _options(values),
        "is_ui_virtual": False,
        "ui_params": [],
        "value_mapping": {},
    }


def size_form(sizes: Sequence[str], default: str) -> JsonObject:
    """Return a plain field for the size; the default may be spelled differently from the options."""
    return plain_form("size", sizes, default)


def virtual_form(sizes: Sequence[str], *, own: str, chosen: str) -> JsonObject:
    """Return a field for the size that is chosen by quality: `chosen` decides by the mapping, else `own` stands."""
    qualities = _CHOICES[-len(sizes) :]
    rules: list[Json] = [
        {"source_values": {"quality": quality}, "target_value": size}
        for quality, size in zip(qualities, sizes, strict=True)
    ]
    quality: Json = {"field": "quality", "type": "select", "value": chosen, "options": _options(qualities)}
    return {
        "field": "size",
        "type": "select",
        "value": own,
        "options": _options(sizes),
        "is_ui_virtual": True,
        "ui_params": [quality],
        "value_mapping": {"mapping_rules": rules},
    }


def _options(values: Sequence[str]) -> list[Json]:
    return [{"label": value, "value": value} for value in values]
