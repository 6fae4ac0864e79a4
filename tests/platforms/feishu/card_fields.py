"""The elements of a card in schema 2.0 and their fields, as data.

A field is of a type, one of some values, or an object with a name in this table; a name with [] is a list of such.
"""

from __future__ import annotations

from typing import TypeAlias

Kind: TypeAlias = type | tuple[type, ...] | frozenset[str] | str

COLORS = frozenset(
    {
        "blue",
        "wathet",
        "turquoise",
        "green",
        "yellow",
        "orange",
        "red",
        "carmine",
        "violet",
        "purple",
        "indigo",
        "grey",
        "default",
    }
)
_ALIGN = frozenset({"left", "center", "right"})
_VERTICAL = frozenset({"top", "center", "bottom"})
_BASE: dict[str, Kind] = {"tag": str, "element_id": str, "margin": str}
_FLOW: dict[str, Kind] = {
    "direction": frozenset({"vertical", "horizontal"}),
    "padding": str,
    "vertical_spacing": str,
    "horizontal_spacing": str,
    "vertical_align": _VERTICAL,
    "horizontal_align": _ALIGN,
}

FIELDS: dict[str, dict[str, Kind]] = {
    "card": {"schema": str, "config": "config", "card_link": "link", "header": "header", "body": "body"},
    "config": {
        "update_multi": bool,
        "streaming_mode": bool,
        "summary": "summary",
        "locales": list,
        "enable_forward": bool,
        "enable_forward_interaction": bool,
        "width_mode": frozenset({"default", "compact", "fill"}),
        "use_custom_translation": bool,
        "style": dict,
    },
    "summary": {"content": str, "i18n_content": dict},
    "link": {"url": str, "pc_url": str, "ios_url": str, "android_url": str},
    "header": {
        "title": "text",
        "subtitle": "text",
        "text_tag_list": "text_tag[]",
        "template": str,
        "icon": "icon",
        "padding": str,
    },
    "text_tag": {"tag": frozenset({"text_tag"}), "text": "text", "color": str, "element_id": str},
    "body": {"elements": "elements", **_FLOW},
    "text": {
        "tag": str,
        "content": str,
        "i18n_content": dict,
        "text_size": str,
        "text_color": str,
        "text_align": _ALIGN,
        "lines": int,
        "element_id": str,
    },
    "icon": {
        "tag": frozenset({"standard_icon", "custom_icon"}),
        "token": str,
        "color": str,
        "img_key": str,
        "size": str,
    },
    "markdown": {
        **_BASE,
        "content": str,
        "i18n_content": dict,
        "text_size": str,
        "text_align": _ALIGN,
        "icon": "icon",
    },
    "div": {**_BASE, "text": "text", "width": str, "icon": "icon"},
    "img": {
        **_BASE,
        "img_key": str,
        "alt": "text",
        "title": "text",
        "corner_radius": str,
        "scale_type": frozenset({"crop_center", "crop_top", "fit_horizontal"}),
        "size": str,
        "transparent": bool,
        "preview": bool,
    },
    "img_combination": {
        **_BASE,
        "combination_mode": frozenset({"double", "triple", "bisect", "trisect"}),
        "combination_transparent": bool,
        "corner_radius": str,
        "img_list": "img_item[]",
    },
    "img_item": {"img_key": str},
    "hr": {**_BASE},
    "button": {
        **_BASE,
        "type": frozenset(
            {
                "default",
                "primary",
                "danger",
                "text",
                "primary_text",
                "danger_text",
                "primary_filled",
                "danger_filled",
                "laser",
            }
        ),
        "size": frozenset({"tiny", "small", "medium", "large"}),
        "width": str,
        "text": "text",
        "icon": "icon",
        "hover_tips": "text",
        "disabled": bool,
        "disabled_tips": "text",
        "confirm": "confirm",
        "behaviors": "behaviors",
        "name": str,
        "form_action_type": frozenset({"submit", "reset"}),
        "required": bool,
    },
    "form": {**_BASE, **_FLOW, "name": str, "elements": "elements", "confirm": "confirm"},
    "input": {
        **_BASE,
        "name": str,
        "required": bool,
        "disabled": bool,
        "placeholder": "text",
        "default_value": str,
        "width": str,
        "max_length": int,
        "input_type": frozenset({"text", "multiline_text", "password"}),
        "rows": int,
        "auto_resize": bool,
        "max_rows": int,
        "label": "text",
        "label_position": frozenset({"top", "left"}),
    },
    "confirm": {"title": "text", "text": "text"},
    "behavior callback": {"type": str, "value": (dict, str)},
    "behavior open_url": {"type": str, "default_url": str, "pc_url": str, "ios_url": str, "android_url": str},
    "column_set": {
        **_BASE,
        "flex_mode": frozenset({"none", "stretch", "flow", "bisect", "trisect"}),
        "background_style": str,
        "horizontal_spacing": str,
        "horizontal_align": _ALIGN,
        "columns": "columns",
    },
    "column": {
        **_BASE,
        **_FLOW,
        "width": str,
        "weight": int,
        "background_style": str,
        "elements": "elements",
    },
    "collapsible_panel": {
        **_BASE,
        **_FLOW,
        "expanded": bool,
        "background_color": str,
        "header": "panel_header",
        "border": dict,
        "elements": "elements",
    },
    "panel_header": {
        "title": "panel_title",
        "background_color": str,
        "width": str,
        "vertical_align": _VERTICAL,
        "padding": str,
        "icon": "icon",
        "icon_position": frozenset({"left", "right", "follow_text"}),
        "icon_expanded_angle": int,
    },
    "panel_title": {
        "tag": frozenset({"plain_text", "markdown"}),
        "content": str,
        "i18n_content": dict,
        "text_size": str,
    },
}
NEEDED: dict[str, tuple[str, ...]] = {
    "card": ("schema", "body"),
    "header": ("title",),
    "text_tag": ("tag", "text"),
    "body": ("elements",),
    "text": ("tag", "content"),
    "icon": ("tag",),
    "markdown": ("content",),
    "div": ("text",),
    "img": ("img_key", "alt"),
    "img_combination": ("combination_mode", "img_list"),
    "img_item": ("img_key",),
    "confirm": ("title", "text"),
    "behavior callback": ("value",),
    "behavior open_url": ("default_url",),
    "form": ("name", "elements"),
    "input": ("name",),
    "column_set": ("columns",),
    "collapsible_panel": ("header", "elements"),
    "panel_header": ("title",),
    "panel_title": ("tag", "content"),
}
CONTAINERS = frozenset(
    {"markdown", "div", "img", "img_combination", "hr", "button", "column_set", "collapsible_panel", "form", "input"}
)
"""The tags that may stand among elements; a column stands in a column set only."""
