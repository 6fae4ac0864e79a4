"""The product list: what IMA sells at this moment, read from a tree that nobody vouches for.

Only leaves (type "3") of the wanted models count; of several with one model id the last, the newest,
wins (the API page: product list). Unknown fields are ignored; what is needed and malformed is a
BrokenAnswer that names it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ima.errors import NoSuchModel
from ima.jsonvalue import Json, Scalar, as_count, as_list, as_object, as_scalar, as_text

Category = Literal["text_to_image", "image_to_image"]

NANO_BANANA_MODEL_IDS: tuple[str, ...] = ("gemini-3.1-flash-image", "gemini-3-pro-image")
LEAF = "3"


@dataclass(frozen=True, slots=True)
class CreditRule:
    """One price: it holds for parameters that have all of `attributes`."""

    attribute_id: int
    points: int
    attributes: Mapping[str, Scalar]


@dataclass(frozen=True, slots=True)
class MappingRule:
    """One line of a virtual field: these inner values make that outer one."""

    source: Mapping[str, Scalar]
    target: Scalar | None


@dataclass(frozen=True, slots=True)
class FormField:
    """One parameter of a model. `inner` and `mapping` are empty but for a virtual field."""

    name: str
    default: Scalar | None
    options: tuple[Scalar, ...] = ()
    inner: tuple[tuple[str, Scalar], ...] = ()
    mapping: tuple[MappingRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Product:
    """A model's newest version."""

    model_id: str
    model_name: str
    model_version: str
    rules: tuple[CreditRule, ...]
    form: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class ProductList:
    """The models of one category, in the list's order."""

    category: Category
    products: tuple[Product, ...]

    def product(self, model_id: str) -> Product:
        """Raises NoSuchModel."""
        for product in self.products:
            if product.model_id == model_id:
                return product
        raise NoSuchModel(model_id)


def parse_products(data: Json, category: Category, model_ids: Collection[str]) -> ProductList:
    """The product list from the `data` of its answer. Raises BrokenAnswer."""
    newest: dict[str, Mapping[str, Json]] = {}
    for node in _nodes(data):
        model_id = node.get("model_id")
        if node.get("type") == LEAF and isinstance(model_id, str) and model_id in model_ids:
            newest[model_id] = node
    return ProductList(category, tuple(_product(model_id, node) for model_id, node in newest.items()))


def _nodes(data: Json) -> Iterator[Mapping[str, Json]]:
    """Every node in reading order; a stack of its own, since the depth is the server's choice."""
    waiting = list(reversed(as_list(data, "the product list")))
    while waiting:
        node = as_object(waiting.pop(), "a node of the product list")
        yield node
        waiting.extend(reversed(as_list(node.get("children"), "the children of a node")))


def _product(model_id: str, node: Mapping[str, Json]) -> Product:
    where = f"of {model_id}"
    rules = tuple(
        _rule(as_object(rule, f"a credit rule {where}"), where)
        for rule in as_list(node.get("credit_rules"), f"credit_rules {where}")
    )
    as_count(len(rules), f"the number of credit rules {where}", least=1)
    form = tuple(
        _field(as_object(field, f"a form field {where}"), where)
        for field in as_list(node.get("form_config"), f"form_config {where}")
    )
    return Product(
        model_id=model_id,
        model_name=as_text(node.get("name"), f"the name {where}"),
        model_version=as_text(node.get("id"), f"the id {where}"),
        rules=rules,
        form=form,
    )


def _rule(rule: Mapping[str, Json], where: str) -> CreditRule:
    attributes = _plain(as_object(rule.get("attributes") or {}, f"the attributes of a rule {where}"))
    if str(attributes.get("default", "")).casefold() == "enabled":
        del attributes["default"]  # a marker, not a parameter
    return CreditRule(
        attribute_id=as_count(rule.get("attribute_id"), f"an attribute_id {where}", least=1),
        points=as_count(rule.get("points"), f"the points of a rule {where}", least=0),
        attributes=attributes,
    )


def _field(field: Mapping[str, Json], where: str) -> FormField:
    name = as_text(field.get("field"), f"the name of a form field {where}")
    options = tuple(
        value
        for option in as_list(field.get("options"), f"the options of {name} {where}")
        if (value := as_scalar(as_object(option, f"an option of {name} {where}").get("value"))) is not None
    )
    default = as_scalar(field.get("value"))
    if field.get("is_ui_virtual") is not True:
        return FormField(name, default, options)
    return FormField(name, default, options, _inner(field, name, where), _mapping(field, name, where))


def _inner(field: Mapping[str, Json], name: str, where: str) -> tuple[tuple[str, Scalar], ...]:
    parameters = (
        as_object(parameter, f"a ui_param of {name} {where}")
        for parameter in as_list(field.get("ui_params"), f"the ui_params of {name} {where}")
    )
    return tuple(
        (as_text(parameter.get("field") or parameter.get("id"), f"the name of a ui_param {where}"), value)
        for parameter in parameters
        if (value := as_scalar(parameter.get("value"))) is not None
    )


def _mapping(field: Mapping[str, Json], name: str, where: str) -> tuple[MappingRule, ...]:
    mapping = as_object(field.get("value_mapping") or {}, f"the value_mapping of {name} {where}")
    rules = (
        as_object(rule, f"a mapping rule of {name} {where}")
        for rule in as_list(mapping.get("mapping_rules"), f"the mapping_rules of {name} {where}")
    )
    return tuple(
        MappingRule(
            _plain(as_object(rule.get("source_values") or {}, f"the source_values of {name} {where}")),
            as_scalar(rule.get("target_value")),
        )
        for rule in rules
    )


def _plain(values: Mapping[str, Json]) -> dict[str, Scalar]:
    return {name: plain for name, value in values.items() if (plain := as_scalar(value)) is not None}
