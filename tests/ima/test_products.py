"""The product list is read from a tree that nobody vouches for."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ima import NANO_BANANA_MODEL_IDS, BrokenAnswer, NoSuchModel
from ima.jsonvalue import Json, parse_json
from ima.products import CreditRule, FormField, MappingRule, Product, ProductList, parse_products
from tests.ima.fakes import BANANA2, PRO, catalogue, form_field, group, leaf, rule


def parse(data: Json) -> ProductList:
    return parse_products(data, "text_to_image", NANO_BANANA_MODEL_IDS)


def test_a_leaf_becomes_a_product_with_all_that_a_create_needs() -> None:
    node = leaf(PRO, "Nano Banana Pro", [rule(2399, 10, size="1K")], form=[form_field("size", "1K", "1K", "2K")])
    assert parse([group(node)]) == ProductList(
        "text_to_image",
        (
            Product(
                model_id=PRO,
                model_name="Nano Banana Pro",
                model_version=f"{PRO}-preview",
                rules=(CreditRule(2399, 10, {"size": "1K"}),),
                form=(FormField("size", "1K", ("1K", "2K")),),
            ),
        ),
    )


def test_only_the_wanted_models_are_listed_and_in_the_lists_order() -> None:
    assert [product.model_id for product in parse(catalogue()).products] == [BANANA2, PRO]


def test_the_last_leaf_of_a_model_is_the_newest_and_wins() -> None:
    tree = [
        group(leaf(PRO, "Old", [rule(1, 1)], version="v1"), group(leaf(PRO, "Middle", [rule(2, 2)]))),
        leaf(PRO, "New", [rule(3, 3)], version="v3"),
    ]
    product = parse(tree).product(PRO)
    assert (product.model_name, product.model_version, product.rules[0].attribute_id) == ("New", "v3", 3)


def test_of_two_leaves_in_one_group_the_last_wins_too() -> None:
    tree = [group(leaf(PRO, "Old", [rule(1, 1)]), leaf(PRO, "New", [rule(2, 2)]))]
    assert parse(tree).product(PRO).model_name == "New"


def test_a_group_is_no_product_even_with_a_model_id_and_rules() -> None:
    node = leaf(PRO, "Group in disguise", [rule(1, 1)]) | {"type": "2"}
    assert parse([node]).products == ()


def test_a_model_that_is_not_listed_has_an_error_of_its_own() -> None:
    with pytest.raises(NoSuchModel) as caught:
        parse([]).product(PRO)
    assert caught.value.model_id == PRO
    assert caught.value.charged == "no"


def test_the_default_marker_is_not_a_parameter() -> None:
    product = parse([leaf(PRO, "Pro", [rule(7, 10, default="enabled")])]).product(PRO)
    assert product.rules == (CreditRule(7, 10, {}),)


def test_unknown_fields_and_malformed_leaves_of_other_models_are_ignored() -> None:
    good = leaf(PRO, "Pro", [rule(1, 1)]) | {"brand": {"new": [1]}}
    bad = leaf("seedream", "Other", []) | {"credit_rules": "none"}
    assert parse([bad, good]) == parse([leaf(PRO, "Pro", [rule(1, 1)])])


def test_a_virtual_field_is_read_with_its_parts() -> None:
    field: dict[str, Json] = {
        "field": "size",
        "value": "1K",
        "is_ui_virtual": True,
        "ui_params": [{"field": "quality", "value": "high"}, {"id": "ratio", "value": "1:1"}],
        "value_mapping": {
            "mapping_rules": [{"source_values": {"quality": "high"}, "target_value": "4K"}],
        },
    }
    product = parse([leaf(PRO, "Pro", [rule(1, 1)], form=[field])]).product(PRO)
    assert product.form == (
        FormField(
            "size",
            "1K",
            (),
            (("quality", "high"), ("ratio", "1:1")),
            (MappingRule({"quality": "high"}, "4K"),),
        ),
    )


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"credit_rules": []}, "credit rules"),
        ({"credit_rules": None}, "credit rules"),
        ({"credit_rules": {"attribute_id": 1}}, "credit_rules"),
        ({"credit_rules": [rule(0, 10)]}, "attribute_id"),
        ({"credit_rules": [{"attribute_id": "4400", "points": 4}]}, "attribute_id"),
        ({"credit_rules": [{"attribute_id": True, "points": 4}]}, "attribute_id"),
        ({"credit_rules": [rule(1, -1)]}, "points"),
        ({"credit_rules": [{"attribute_id": 1, "points": 1.5}]}, "points"),
        ({"credit_rules": [{"attribute_id": 1, "points": 1, "attributes": ["1K"]}]}, "attributes"),
        ({"form_config": "size"}, "form_config"),
        ({"form_config": [{"value": 1}]}, "form field"),
        ({"name": ""}, "name"),
        ({"id": None}, "id"),
        ({"children": 3}, "children"),
    ],
)
def test_what_is_needed_and_malformed_is_named(change: dict[str, Json], named: str) -> None:
    with pytest.raises(BrokenAnswer, match=named):
        parse([leaf(PRO, "Pro", [rule(1, 1)]) | change])


@pytest.mark.parametrize("data", [{}, "list", 3, True, [None], [[]]])
def test_a_list_that_is_no_tree_is_a_broken_answer(data: Json) -> None:
    with pytest.raises(BrokenAnswer):
        parse(data)


def test_a_tree_of_any_depth_is_walked() -> None:
    node = leaf(PRO, "Pro", [rule(1, 1)])
    for _ in range(5000):
        node = group(node)
    assert parse([node]).product(PRO).model_name == "Pro"


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"\xff\xfe", b'{"code": NaN}', b"[" * 200_000, b"1" * 5000, b'{"a": 1}}']
)
def test_bytes_that_are_not_json_are_a_broken_answer(body: bytes) -> None:
    with pytest.raises(BrokenAnswer):
        parse_json(body)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
LEAF_KEYS = ("id", "name", "credit_rules", "form_config", "children")
DEEP_KEYS = ("attribute_id", "points", "attributes", "field", "value", "options", "ui_params", "value_mapping")


@given(st.sampled_from(LEAF_KEYS), anything)
def test_no_value_in_a_leaf_raises_anything_but_a_broken_answer(key: str, value: Json) -> None:
    tree: Json = json.loads(json.dumps([leaf(PRO, "Pro", [rule(1, 1, size="1K")]) | {key: value}]))
    try:
        products = parse(tree).products
    except BrokenAnswer:
        return
    assert all(product.rules for product in products)


@given(st.sampled_from(DEEP_KEYS), anything)
def test_no_value_in_a_rule_or_a_field_raises_anything_but_a_broken_answer(key: str, value: Json) -> None:
    virtual: dict[str, Json] = {**form_field("size", "1K", "1K"), "is_ui_virtual": True, key: value}
    priced: dict[str, Json] = {**rule(1, 1, size="1K"), key: value}
    try:
        products = parse([leaf(PRO, "Pro", [priced], form=[virtual])]).products
    except BrokenAnswer:
        return
    assert all(entry.attribute_id > 0 and entry.points >= 0 for entry in products[0].rules)


@given(anything)
def test_no_tree_raises_anything_but_a_broken_answer(data: Json) -> None:
    with contextlib.suppress(BrokenAnswer):
        assert parse(data).category == "text_to_image"
