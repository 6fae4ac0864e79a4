"""The product list: what can be ordered, under which attribute ids, for how many points.

Source: the API page, product list. Attribute ids are drawn at every start, so that nobody can know them by heart,
and the tree holds what the real one may: models of other makers, an older version of a model whose rules are dead,
a form default spelled differently from its rule, and form fields that are virtual.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ima.sandbox.forms import plain_form, size_form, virtual_form
from ima.sandbox.options import NANO_BANANA_2, NANO_BANANA_PRO
from ima.sandbox.strict_json import Json, JsonObject

TEXT_TO_IMAGE: Final = "text_to_image"
IMAGE_TO_IMAGE: Final = "image_to_image"
CATEGORIES: Final = (TEXT_TO_IMAGE, IMAGE_TO_IMAGE)
ASPECT_RATIOS: Final = ("1:1", "16:9", "9:16", "4:3", "3:4")
MARKER: Final = ("default", "enabled")

POINTS: Final[Mapping[tuple[str, str], Mapping[str, int]]] = {
    (NANO_BANANA_2, TEXT_TO_IMAGE): {"512px": 4, "1K": 6, "2K": 10, "4K": 13},
    (NANO_BANANA_2, IMAGE_TO_IMAGE): {"512px": 4, "1K": 6, "2K": 10, "4K": 13},
    (NANO_BANANA_PRO, TEXT_TO_IMAGE): {"1K": 10, "2K": 10, "4K": 18},
    (NANO_BANANA_PRO, IMAGE_TO_IMAGE): {"1K": 10, "2K": 10, "4K": 10},
}

_PIXELS_AT_1K: Final = {
    "1:1": (1024, 1024),
    "16:9": (1376, 768),
    "9:16": (768, 1376),
    "4:3": (1200, 896),
    "3:4": (896, 1200),
}
_SCALE: Final = {"512px": (1, 2), "1K": (1, 1), "2K": (2, 1), "4K": (4, 1)}


def pixels(size: str, aspect_ratio: str) -> tuple[int, int]:
    """Return width and height of a picture of that size and ratio."""
    width, height = _PIXELS_AT_1K[aspect_ratio]
    times, parts = _SCALE[size]
    return width * times // parts, height * times // parts


@dataclass(frozen=True, slots=True)
class Rule:
    """What one size costs, and the id that orders it."""

    attribute_id: int
    points: int
    attributes: Mapping[str, str]

    def required(self) -> Mapping[str, str]:
        """Return the parameters that the rule asks for: its attributes without the marker."""
        return {name: value for name, value in self.attributes.items() if (name, value) != MARKER}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One version of a model in one category. A dead leaf is listed, but none of its rules can be ordered."""

    model_id: str
    name: str
    version: str
    category: str
    rules: Sequence[Rule]
    form: Sequence[JsonObject]
    dead: bool = False

    def as_json(self) -> JsonObject:
        """Return the node as it stands in the list."""
        rules: list[Json] = [
            {"attribute_id": rule.attribute_id, "points": rule.points, "attributes": dict(rule.attributes)}
            for rule in self.rules
        ]
        return {
            "id": self.version,
            "type": "3",
            "name": self.name,
            "model_id": self.model_id,
            "children": [],
            "credit_rules": rules,
            "form_config": list(self.form),
        }


class Catalogue:
    """The leaves of both categories, with their present ids and points."""

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw
        self._used: set[int] = set()
        self._leaves: tuple[Leaf, ...] = ()
        self.reset()

    def reset(self) -> None:
        """Return to the reference points, under new ids."""
        self._leaves = tuple(leaf for category in CATEGORIES for leaf in self._draw_leaves(category))

    def tree(self, category: str) -> Json:
        """Return the product list's `data` for a category."""
        leaves: dict[str, list[Json]] = {}
        for leaf in self._leaves:
            if leaf.category == category:
                leaves.setdefault(leaf.model_id, []).append(leaf.as_json())
        banana = _group("group-nano-banana", "Nano Banana", "", leaves[_OLD_BANANA] + leaves[NANO_BANANA_2])
        pro = _group("group-nano-banana-pro", "Nano Banana Pro", NANO_BANANA_PRO, leaves[NANO_BANANA_PRO])
        return [
            _group("group-seedream", "SeeDream", _SEEDREAM, leaves[_SEEDREAM]),
            _group("group-google", "Google", "", [banana, pro]),
        ]

    def leaf(self, model_id: str, category: str) -> Leaf | None:
        """Return the newest version of a model in a category."""
        return next(
            (leaf for leaf in reversed(self._leaves) if (leaf.model_id, leaf.category) == (model_id, category)),
            None,
        )

    def versions(self, model_id: str, category: str) -> Sequence[Leaf]:
        """Return every version of a model in a category, the newest last."""
        return [leaf for leaf in self._leaves if (leaf.model_id, leaf.category) == (model_id, category)]

    def redraw_ids(self) -> None:
        """Give every rule a new attribute id; the old ones order nothing any more."""
        self._change_rules(lambda _, rule: replace(rule, attribute_id=self._new_id()))

    def change_points(self, by: int) -> None:
        """Make every rule dearer or cheaper by that many points, never below 1."""
        self._change_rules(lambda _, rule: replace(rule, points=max(1, rule.points + by)))

    def set_points(self, model_id: str, category: str, size: str, points: int) -> None:
        """Set what a size of a model costs.

        Raises:
            KeyError: there is no such rule.
        """
        if size not in POINTS.get((model_id, category), {}):
            raise KeyError(f"no rule for {model_id} {category} {size}")

        def priced(leaf: Leaf, rule: Rule) -> Rule:
            same = (leaf.model_id, leaf.category, leaf.dead) == (model_id, category, False)
            return replace(rule, points=points) if same and rule.attributes.get("size") == size else rule

        self._change_rules(priced)

    def collapse(self, model_id: str, category: str, points: int) -> None:
        """Replace a model's rules by a single one under the marker, which then goes for every size."""
        rule = Rule(self._new_id(), points, dict([MARKER]))
        self._leaves = tuple(
            replace(leaf, rules=(rule,))
            if (leaf.model_id, leaf.category, leaf.dead) == (model_id, category, False)
            else leaf
            for leaf in self._leaves
        )

    def _change_rules(self, change: Callable[[Leaf, Rule], Rule]) -> None:
        self._leaves = tuple(
            replace(leaf, rules=tuple(change(leaf, rule) for rule in leaf.rules)) for leaf in self._leaves
        )

    def _new_id(self) -> int:
        while (attribute_id := self._draw.randrange(1000, 1_000_000)) in self._used:
            pass
        self._used.add(attribute_id)
        return attribute_id

    def _rules(self, points: Mapping[str, int]) -> tuple[Rule, ...]:
        return tuple(Rule(self._new_id(), each, {"size": size}) for size, each in points.items())

    def _draw_leaves(self, category: str) -> Sequence[Leaf]:
        flash, pro = POINTS[NANO_BANANA_2, category], POINTS[NANO_BANANA_PRO, category]
        text = category == TEXT_TO_IMAGE
        # A default that no mapping rule produces, and a default spelled differently from the rule: both are
        # what the page warns of.
        flash_size = size_form(list(flash), "1k") if text else virtual_form(list(flash), own="1K", chosen="auto")
        pro_size = virtual_form(list(pro), own="4K", chosen="standard")
        ratio = plain_form("aspect_ratio", list(ASPECT_RATIOS), "1:1")
        marked = Rule(self._new_id(), 5, dict([MARKER]))
        return (
            Leaf(_SEEDREAM, "SeeDream 4.5", "doubao-seedream-4-5-251128", category, (marked,), (ratio,)),
            Leaf(_OLD_BANANA, "Nano Banana", _OLD_BANANA, category, self._rules({"1K": 4}), (ratio,)),
            Leaf(
                NANO_BANANA_2,
                "Nano Banana2",
                "gemini-3.1-flash-image-beta",
                category,
                self._rules({size: each + 1 for size, each in flash.items()}),
                (size_form(list(flash), "1K"), ratio),
                dead=True,
            ),
            Leaf(
                NANO_BANANA_2,
                "Nano Banana2",
                "gemini-3.1-flash-image-preview",
                category,
                self._rules(flash),
                (flash_size, ratio),
            ),
            Leaf(
                NANO_BANANA_PRO,
                "Nano Banana Pro",
                "gemini-3-pro-image-preview",
                category,
                self._rules(pro),
                (pro_size, ratio),
            ),
        )


_SEEDREAM: Final = "doubao-seedream-4.5"
_OLD_BANANA: Final = "gemini-2.5-flash-image"


def _group(node_id: str, name: str, model_id: str, children: list[Json]) -> JsonObject:
    return {"id": node_id, "type": "2", "name": name, "model_id": model_id, "children": children}
