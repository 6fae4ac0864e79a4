"""The rule of the asked size wins, in its own spelling."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ima import NANO_BANANA_MODEL_IDS, Selection, SizePrice, select, sizes_with_points
from ima.jsonvalue import Json, Scalar
from ima.products import CreditRule, FormField, MappingRule, Product, ProductList, parse_products
from ima.rules import pixels
from tests.ima.fakes import BANANA2, PRO, catalogue

LIST = parse_products(catalogue(), "text_to_image", NANO_BANANA_MODEL_IDS)


def listing(rules: list[CreditRule], *form: FormField) -> ProductList:
    return ProductList("text_to_image", (Product(PRO, "Pro", "pro-1", tuple(rules), form),))


def test_a_selection_has_everything_for_the_create() -> None:
    assert select(LIST, BANANA2, size="2k", aspect_ratio="16:9") == Selection(
        category="text_to_image",
        model_id=BANANA2,
        model_name="Nano Banana2",
        model_version=f"{BANANA2}-preview",
        attribute_id=4402,
        points=10,
        size="2K",
        parameters={"size": "2K", "aspect_ratio": "16:9"},
    )


def test_without_wishes_the_forms_defaults_decide() -> None:
    chosen = select(LIST, BANANA2)
    assert (chosen.size, chosen.points) == ("1K", 6)
    assert chosen.parameters == {"size": "1K", "aspect_ratio": "1:1"}


@pytest.mark.parametrize(
    ("model_id", "asked", "size", "points", "changed_from"),
    [
        (BANANA2, "512px", "512px", 4, None),
        (BANANA2, "512PX", "512px", 4, None),
        (BANANA2, "512", "512px", 4, None),
        (BANANA2, "4k", "4K", 13, None),
        (BANANA2, "8K", "4K", 13, "8K"),
        (BANANA2, "3K", "4K", 13, "3K"),
        (BANANA2, "256px", "512px", 4, "256px"),
        (PRO, "512px", "1K", 10, "512px"),
        (PRO, "8k", "4K", 18, "8k"),
        (PRO, "enormous", "1K", 10, "enormous"),
        (PRO, "", "1K", 10, None),
    ],
)
def test_a_size_that_the_model_lacks_becomes_the_nearest_and_is_said(
    model_id: str, asked: str, size: str, points: int, changed_from: str | None
) -> None:
    chosen = select(LIST, model_id, size=asked)
    assert (chosen.size, chosen.points, chosen.size_changed_from) == (size, points, changed_from)
    assert chosen.parameters["size"] == size


def test_all_sizes_are_listed_with_their_points() -> None:
    assert sizes_with_points(LIST.product(PRO)) == (
        SizePrice("1K", 10),
        SizePrice("2K", 10),
        SizePrice("4K", 18),
    )


def test_a_rule_must_match_in_all_its_attributes() -> None:
    rules = [
        CreditRule(1, 5, {"size": "1K", "quality": "draft"}),
        CreditRule(2, 9, {"size": "1K", "quality": "Fine"}),
    ]
    chosen = select(listing(rules, FormField("quality", "fine"), FormField("size", "1k")), PRO)
    assert (chosen.attribute_id, chosen.parameters) == (2, {"quality": "Fine", "size": "1K"})


def test_the_most_particular_rule_wins_over_a_general_one() -> None:
    rules = [CreditRule(1, 5, {}), CreditRule(2, 9, {"size": "4K"})]
    assert select(listing(rules), PRO, size="4k").attribute_id == 2


def test_of_two_rules_for_a_size_the_more_particular_wins() -> None:
    rules = [CreditRule(1, 5, {"size": "4K"}), CreditRule(2, 9, {"size": "4K", "quality": "fine"})]
    for order in (rules, rules[::-1]):
        assert select(listing(order, FormField("quality", "fine")), PRO, size="4K").attribute_id == 2


def test_a_rule_for_all_sizes_takes_the_sizes_of_the_form() -> None:
    products = listing([CreditRule(1, 10, {})], FormField("size", "1K", ("1K", "2K")))
    chosen = select(products, PRO, size="8K")
    assert (chosen.size, chosen.points, chosen.parameters) == ("2K", 10, {"size": "2K"})
    assert sizes_with_points(products.product(PRO)) == (SizePrice("1K", 10), SizePrice("2K", 10))


def test_a_model_without_sizes_is_not_sent_one() -> None:
    products = listing([CreditRule(1, 10, {})])
    chosen = select(products, PRO, size="2K", aspect_ratio="1:1")
    assert (chosen.size, chosen.size_changed_from, chosen.parameters) == ("", "2K", {"aspect_ratio": "1:1"})
    assert sizes_with_points(products.product(PRO)) == (SizePrice("", 10),)


def test_where_no_rule_fits_the_forms_defaults_the_rules_own_attributes_are_sent() -> None:
    products = listing([CreditRule(3, 10, {"size": "1K", "mode": "fast"})], FormField("mode", "slow"))
    chosen = select(products, PRO)
    assert (chosen.attribute_id, chosen.parameters) == (3, {"mode": "fast", "size": "1K"})


VIRTUAL = FormField(
    "size",
    "1K",
    (),
    (("resolution", "low"), ("ratio", "1:1")),
    (
        MappingRule({"resolution": "low", "ratio": "16:9"}, "512px"),
        MappingRule({"resolution": "LOW"}, "2K"),
    ),
)
BY_SIZE = [CreditRule(1, 1, {"size": "512px"}), CreditRule(2, 2, {"size": "1K"}), CreditRule(3, 3, {"size": "2K"})]


def test_a_virtual_field_maps_its_inner_defaults() -> None:
    assert select(listing(BY_SIZE, VIRTUAL), PRO).size == "2K"


def test_a_virtual_field_without_a_match_keeps_its_own_value() -> None:
    unmatched = replace(VIRTUAL, inner=(("resolution", "odd"),))
    assert select(listing(BY_SIZE, unmatched), PRO).size == "1K"


def test_a_wish_goes_over_a_virtual_fields_result() -> None:
    chosen = select(listing(BY_SIZE, VIRTUAL), PRO, size="512PX")
    assert (chosen.size, chosen.parameters) == ("512px", {"size": "512px"})


def test_a_form_cannot_set_what_the_create_sets() -> None:
    form = [FormField(name, "x") for name in ("prompt", "n", "input_images", "cast")]
    assert select(listing([CreditRule(1, 1, {})], *form), PRO).parameters == {}


def test_a_ratio_is_sent_as_the_form_spells_it() -> None:
    products = listing([CreditRule(1, 1, {})], FormField("aspect_ratio", "Auto", ("Auto", "Wide")))
    assert select(products, PRO, aspect_ratio="wide").parameters == {"aspect_ratio": "Wide"}


def test_a_selection_survives_being_stored() -> None:
    chosen = select(LIST, BANANA2, size="8K")
    stored: dict[str, Json] = json.loads(json.dumps(chosen.as_json()))
    assert Selection.from_json(stored) == chosen


@pytest.mark.parametrize("stored", [{}, {"category": "text_to_video"}, {"model_id": 3}])
def test_what_is_no_stored_selection_is_refused(stored: dict[str, Json]) -> None:
    with pytest.raises(ValueError, match="stored selection"):
        Selection.from_json(stored)


@pytest.mark.parametrize(
    ("size", "edge"),
    [("512px", 512), ("1K", 1024), ("4k", 4096), (" 2 K ", 2048), ("1.5K", 1536), ("0K", None), ("K", None)],
)
def test_sizes_are_compared_by_their_edge(size: str, edge: float | None) -> None:
    assert pixels(size) == edge


sizes = st.sampled_from(["512px", "1K", "2K", "4K", "8K", "Huge"])
names = st.sampled_from(["size", "quality", "mode"])
values: st.SearchStrategy[Scalar] = st.sampled_from(["1K", "2K", "4K", "fine", "draft", 1, True])
attributes = st.dictionaries(names, values, max_size=3)
rules_lists = st.lists(
    st.builds(CreditRule, st.integers(1, 9999), st.integers(0, 99), attributes), min_size=1, max_size=6
)
forms = st.lists(
    st.builds(
        FormField,
        names,
        st.none() | values,
        st.lists(values, max_size=3).map(tuple),
        st.lists(st.tuples(names, values), max_size=2).map(tuple),
        st.lists(st.builds(MappingRule, attributes, st.none() | values), max_size=2).map(tuple),
    ),
    max_size=4,
)


@given(rules_lists, forms, st.none() | sizes | st.text(max_size=6))
def test_every_choice_is_a_rule_of_the_list_and_agrees_with_what_is_sent(
    rules: list[CreditRule], form: list[FormField], asked: str | None
) -> None:
    products = listing(rules, *form)
    chosen = select(products, PRO, size=asked)
    rule = next(
        rule
        for rule in rules
        if (rule.attribute_id, rule.points) == (chosen.attribute_id, chosen.points)
        and all(str(chosen.parameters.get(name)) == str(value) for name, value in rule.attributes.items())
    )
    assert rule.points == chosen.points
    assert chosen.size in {price.size for price in sizes_with_points(products.product(PRO))} | {
        str(value) for entry in rules for name, value in entry.attributes.items() if name == "size"
    }
    if chosen.size_changed_from is not None:
        assert asked is not None
        assert chosen.size_changed_from == asked
        assert chosen.size.casefold() != asked.casefold()


@given(sizes)
def test_the_points_of_a_size_are_the_listed_ones(size: str) -> None:
    for product in LIST.products:
        listed = {price.size: price.points for price in sizes_with_points(product)}
        chosen = select(LIST, product.model_id, size=size)
        assert listed[chosen.size] == chosen.points
