"""Which rule, which size, which points: pure choices on a product list.

The form's defaults are merged with what was asked; the rule whose attributes all match wins, and its
own spelling is what is sent. No rule for the asked size: the nearest size that the model has (the API
page: picking the rule).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from ima.jsonvalue import Json, Scalar
from ima.products import Category, CreditRule, FormField, Product, ProductList

# These are set by the create call itself, whatever a form says.
SET_BY_CREATE = frozenset({"prompt", "n", "input_images", "cast"})

_SIZE = re.compile(r"\s*(\d{1,5}(?:\.\d{1,3})?)\s*(k|px|p)?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Selection:
    """What a create is made of, in plain values: it can be stored as JSON and used later.

    `size` is "" where the model knows no sizes. `size_changed_from` is the size that was asked, where
    the model does not have it.
    """

    category: Category
    model_id: str
    model_name: str
    model_version: str
    attribute_id: int
    points: int
    size: str
    parameters: Mapping[str, Scalar]
    size_changed_from: str | None = None

    def as_json(self) -> dict[str, Json]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Json]) -> Selection:
        """The reverse of `as_json`. Raises ValueError for anything else."""
        match value:
            case {
                "category": "text_to_image" | "image_to_image" as category,
                "model_id": str(model_id),
                "model_name": str(model_name),
                "model_version": str(model_version),
                "attribute_id": int(attribute_id),
                "points": int(points),
                "size": str(size),
                "parameters": Mapping() as parameters,
                "size_changed_from": (str() | None) as changed_from,
            }:
                plain = {
                    str(name): entry
                    for name, entry in parameters.items()
                    if isinstance(entry, str | int | float | bool)
                }
                return cls(
                    "text_to_image" if category == "text_to_image" else "image_to_image",
                    model_id,
                    model_name,
                    model_version,
                    attribute_id,
                    points,
                    size,
                    plain,
                    changed_from,
                )
            case _:
                raise ValueError("not a stored selection")


@dataclass(frozen=True, slots=True)
class SizePrice:
    """A size as the model spells it, and its points."""

    size: str
    points: int


def select(
    products: ProductList, model_id: str, *, size: str | None = None, aspect_ratio: str | None = None
) -> Selection:
    """The rule for these wishes. Raises NoSuchModel. Asks nobody: other sizes' points come from here."""
    product = products.product(model_id)
    size = size or None
    asked = {name: wish for name, wish in (("size", size), ("aspect_ratio", aspect_ratio)) if wish is not None}
    merged = merge(product, asked)
    tiers = _tiers(product, merged)
    chosen, changed = _choose_size(tiers, size, _default_size(product))
    rule = tiers[chosen] if chosen else _best(product.rules, merged)
    parameters = merged | dict(rule.attributes)
    if chosen and "size" not in rule.attributes:
        parameters["size"] = chosen
    if not chosen:
        parameters.pop("size", None)
    return Selection(
        category=products.category,
        model_id=product.model_id,
        model_name=product.model_name,
        model_version=product.model_version,
        attribute_id=rule.attribute_id,
        points=rule.points,
        size=chosen,
        parameters=parameters,
        size_changed_from=size if changed else None,
    )


def sizes_with_points(product: Product) -> tuple[SizePrice, ...]:
    """All sizes of a model in the list's order, with their points; one with size "" if it has none."""
    merged = merge(product, {})
    tiers = _tiers(product, merged)
    if not tiers:
        return (SizePrice("", _best(product.rules, merged).points),)
    return tuple(SizePrice(size, rule.points) for size, rule in tiers.items())


def merge(product: Product, asked: Mapping[str, str]) -> dict[str, Scalar]:
    """The form's defaults, virtual fields included, with what was asked in their place."""
    merged: dict[str, Scalar] = {}
    options: dict[str, tuple[Scalar, ...]] = {}
    for field in product.form:
        options[field.name] = field.options
        value = _resolve(field, asked)
        if value is not None and field.name not in SET_BY_CREATE:
            merged[field.name] = value
    for name, wish in asked.items():
        merged[name] = next((option for option in options.get(name, ()) if _same(option, wish)), wish)
    return merged


def pixels(size: str) -> float | None:
    """The edge that a size's name stands for, to compare sizes: `512px` is 512, `1K` is 1024."""
    match = _SIZE.fullmatch(size)
    if match is None:
        return None
    edge = float(match[1]) * (1024 if (match[2] or "").casefold() == "k" else 1)
    return edge or None


def _resolve(field: FormField, asked: Mapping[str, str]) -> Scalar | None:
    if field.inner and field.mapping:
        inner: dict[str, Scalar] = {name: asked.get(name, value) for name, value in field.inner}
        for rule in field.mapping:
            if _holds(rule.source, inner):
                return rule.target
    return field.default


def _holds(wanted: Mapping[str, Scalar], given: Mapping[str, Scalar]) -> bool:
    return all(name in given and _same(given[name], value) for name, value in wanted.items())


def _same(one: Scalar, other: Scalar) -> bool:
    return _text(one).casefold() == _text(other).casefold()


def _text(value: Scalar | None) -> str:
    """As JSON writes it, so that true is `true` and not `True`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _default_size(product: Product) -> str:
    return _text(merge(product, {}).get("size"))


def _others(rule: CreditRule) -> dict[str, Scalar]:
    return {name: value for name, value in rule.attributes.items() if name != "size"}


def _best(rules: tuple[CreditRule, ...], merged: Mapping[str, Scalar]) -> CreditRule:
    """The most particular rule that holds; the first where none does (its attributes are then sent)."""
    holding = [rule for rule in rules if _holds(rule.attributes, merged)]
    return max(holding, key=lambda rule: len(rule.attributes), default=rules[0])


def _tiers(product: Product, merged: Mapping[str, Scalar]) -> dict[str, CreditRule]:
    """Each size that can be had, in the rules' spelling and order, and its rule.

    A rule that names no size holds for the sizes of the form, but one that names the size goes first.
    """
    holding = [rule for rule in product.rules if _holds(_others(rule), merged)] or list(product.rules)
    tiers: dict[str, CreditRule] = {}
    for rule in holding:
        size = _text(rule.attributes.get("size"))
        if size and (size not in tiers or len(rule.attributes) > len(tiers[size].attributes)):
            tiers[size] = rule
    if tiers:
        return tiers
    offered = next((field.options for field in product.form if field.name == "size"), ())
    rule = _best(product.rules, merged)
    return {_text(option): rule for option in offered if _text(option)}


def _choose_size(tiers: Mapping[str, CreditRule], asked: str | None, default: str) -> tuple[str, bool]:
    """The size to take, and whether it is another than the one asked."""
    if not tiers:
        return "", asked is not None
    wanted = default if asked is None else asked
    for size in tiers:
        if _same(size, wanted):
            return size, False
    edges = {size: edge for size in tiers if (edge := pixels(size)) is not None}
    edge = pixels(wanted)
    if edge is None or not edges:
        usual = next((size for size in tiers if _same(size, default)), next(iter(tiers)))
        return usual, asked is not None
    # By ratio, since sizes double; of two equally near the smaller, which is never the dearer surprise.
    nearest = min(edges, key=lambda size: (abs(math.log2(edges[size] / edge)), edges[size]))
    return nearest, asked is not None and edges[nearest] != edge
