"""Whether a create is in order, sentence by sentence of the API page.

Pure: a body and the catalogue in, an `Order` or a refusal out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ima.sandbox.catalogue import (
    ASPECT_RATIOS,
    CATEGORIES,
    IMAGE_TO_IMAGE,
    POINTS,
    TEXT_TO_IMAGE,
    Catalogue,
    Leaf,
    Rule,
)
from ima.sandbox.options import NANO_BANANA_2, NANO_BANANA_PRO
from ima.sandbox.refusals import (
    ATTRIBUTE_MISMATCH,
    CREDIT_MISMATCH,
    INVALID_PRODUCT_ATTRIBUTE,
    NO_RULE,
    RefusalError,
    bad_request,
)
from ima.sandbox.strict_json import Json, JsonObject

_ORDER_FIELDS: Final = frozenset({"task_type", "enable_multi_model", "src_img_url", "parameters"})
_ITEM_FIELDS: Final = frozenset(
    {
        "attribute_id",
        "model_id",
        "model_name",
        "model_version",
        "app",
        "platform",
        "category",
        "credit",
        "parameters",
    }
)
_INNER_FIELDS: Final = frozenset({"prompt", "n", "input_images", "size", "aspect_ratio", "cast"})
_OPTIONAL_INNER_FIELDS: Final = frozenset({"size"})
_CAST_FIELDS: Final = frozenset({"points", "attribute_id"})
_MOST_PICTURES: Final = 16


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made, for how many points; `inputs` are the URLs of the pictures to edit."""

    category: str
    model_id: str
    prompt: str
    size: str
    aspect_ratio: str
    points: int
    inputs: Sequence[str]


def check_order(body: JsonObject, catalogue: Catalogue) -> Order:
    """Return the order that a create's body asks for.

    Raises:
        RefusalError: whatever the API page does not allow.
    """
    _fields(body, _ORDER_FIELDS, "the body")
    category = _text(body, "task_type")
    if category not in CATEGORIES:
        raise bad_request(f"task_type {category!r} is neither text_to_image nor image_to_image")
    if body["enable_multi_model"] is not False:
        raise bad_request("enable_multi_model is not false")
    items = body["parameters"]
    if not isinstance(items, list) or len(items) != 1:
        raise bad_request("parameters is not a list of one")
    item = items[0]
    if not isinstance(item, dict):
        raise bad_request("parameters[0] is not an object")
    attribute_id = _attribute_id(item)
    _fields(item, _ITEM_FIELDS, "parameters[0]")
    _exactly(item, "app", "ima")
    _exactly(item, "platform", "web")
    _exactly(item, "category", category)
    credit = _whole(item, "credit")
    inner = item["parameters"]
    if not isinstance(inner, dict):
        raise bad_request("parameters[0].parameters is not an object")
    prompt, aspect_ratio = _check_inner(inner)
    _check_cast(inner["cast"], credit, attribute_id)
    inputs = _inputs(body["src_img_url"], inner["input_images"], category)
    leaf = _leaf(item, category, catalogue)
    size = inner.get("size")
    if not isinstance(size, str) or size not in POINTS[leaf.model_id, category]:
        raise RefusalError(NO_RULE, f"no rule for size {size!r}")
    rule = _rule(leaf, attribute_id, size)
    if credit != rule.points:
        raise RefusalError(CREDIT_MISMATCH, f"credit {credit} does not match the rule")
    return Order(category, leaf.model_id, prompt, size, aspect_ratio, rule.points, inputs)


def _attribute_id(item: JsonObject) -> int:
    """Return the id; its absence has an answer of its own, before any other."""
    attribute_id = item.get("attribute_id")
    if attribute_id is None or attribute_id == 0:
        raise RefusalError(INVALID_PRODUCT_ATTRIBUTE, "Invalid product attribute", violation="attribute_id_missing")
    return _whole(item, "attribute_id")


def _check_inner(inner: JsonObject) -> tuple[str, str]:
    _fields(inner, _INNER_FIELDS, "parameters[0].parameters", _OPTIONAL_INNER_FIELDS)
    prompt = _text(inner, "prompt")
    if not prompt.strip():
        raise bad_request("prompt is empty")
    if _whole(inner, "n") != 1:
        raise bad_request("n is not 1")
    aspect_ratio = _text(inner, "aspect_ratio")
    if aspect_ratio not in ASPECT_RATIOS:
        raise bad_request(f"Parameter not supported: aspect_ratio {aspect_ratio!r}")
    return prompt, aspect_ratio


def _check_cast(cast: Json, credit: int, attribute_id: int) -> None:
    if not isinstance(cast, dict):
        raise bad_request("cast is not an object")
    _fields(cast, _CAST_FIELDS, "cast")
    if (_whole(cast, "points"), _whole(cast, "attribute_id")) != (credit, attribute_id):
        raise bad_request("cast does not mirror credit and attribute_id")


def _inputs(outer: Json, inner: Json, category: str) -> Sequence[str]:
    outside, inside = _texts(outer, "src_img_url"), _texts(inner, "input_images")
    if outside != inside:
        raise bad_request("src_img_url and input_images differ")
    if category == TEXT_TO_IMAGE and outside:
        raise bad_request("text_to_image takes no input pictures")
    if category == IMAGE_TO_IMAGE and not outside:
        raise bad_request("image_to_image needs an input picture")
    if len(outside) > _MOST_PICTURES:
        raise bad_request(f"more than {_MOST_PICTURES} input pictures")
    return outside


def _leaf(item: JsonObject, category: str, catalogue: Catalogue) -> Leaf:
    model_id = _text(item, "model_id")
    if model_id not in (NANO_BANANA_2, NANO_BANANA_PRO):
        raise bad_request(f"model_id {model_id!r} is none of the two", violation="model_out_of_scope")
    named = (_text(item, "model_name"), _text(item, "model_version"))
    for leaf in catalogue.versions(model_id, category):
        if (leaf.name, leaf.version) == named:
            return leaf
    raise bad_request("model_name and model_version are not those of a listed version")


def _rule(leaf: Leaf, attribute_id: int, size: str) -> Rule:
    matching = [rule for rule in leaf.rules if all(size == value for value in rule.required().values())]
    for rule in matching:
        if rule.attribute_id == attribute_id and not leaf.dead:
            return rule
    raise RefusalError(ATTRIBUTE_MISMATCH, "Attribute ID does not match the parameters")


def _fields(found: JsonObject, expected: frozenset[str], where: str, optional: frozenset[str] = frozenset()) -> None:
    if "prompt" in found and "prompt" not in expected:
        raise bad_request(f"prompt does not belong into {where}")
    if extra := sorted(found.keys() - expected):
        raise bad_request(f"{where} has unknown fields: {', '.join(extra)}")
    if missing := sorted(expected - optional - found.keys()):
        raise bad_request(f"{where} lacks {', '.join(missing)}")


def _text(found: JsonObject, field: str) -> str:
    value = found[field]
    if not isinstance(value, str):
        raise bad_request(f"{field} is not a text")
    return value


def _texts(value: Json, field: str) -> list[str]:
    if not isinstance(value, list):
        raise bad_request(f"{field} is not a list")
    texts = [each for each in value if isinstance(each, str)]
    if len(texts) != len(value):
        raise bad_request(f"{field} holds something other than texts")
    return texts


def _whole(found: JsonObject, field: str) -> int:
    value = found[field]
    # True is an int to Python, not to the API.
    if not isinstance(value, int) or isinstance(value, bool):
        raise bad_request(f"{field} is not a whole number")
    return value


def _exactly(found: JsonObject, field: str, expected: str) -> None:
    if found[field] != expected:
        raise bad_request(f"{field} is not {expected}")
