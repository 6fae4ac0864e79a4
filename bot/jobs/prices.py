"""IMA's product list in the conversation's words, and a quote back into a selection."""

from __future__ import annotations

from ima.products import ProductList
from ima.rules import Selection, sizes_with_points
from protocol.decision import Size
from protocol.models import SIZES
from protocol.quote import Price, PriceList, Quote


def size_of(name: str) -> Size | None:
    """Our name for IMA's spelling of a size; None for one that nobody can ask for."""
    plain = name.strip().casefold()
    return next((size for size in SIZES if plain in (size.casefold(), size.casefold().removesuffix("px"))), None)


def price_list(products: ProductList) -> PriceList:
    """The live prices of one task type."""
    prices: list[Price] = []
    for product in products.products:
        for each in sizes_with_points(product):
            size = size_of(each.size)
            if size is not None:
                prices.append(Price(product.model_id, size, each.points))
    return PriceList(tuple(prices))


def quote_of(selection: Selection) -> Quote:
    """What was chosen, in our words."""
    return Quote(
        task_type=selection.category,
        model_id=selection.model_id,
        model_name=selection.model_name,
        model_version=selection.model_version,
        attribute_id=selection.attribute_id,
        points=selection.points,
        size=size_of(selection.size),
        parameters=dict(selection.parameters),
    )


def selection_of(quote: Quote) -> Selection:
    """What the create call is built from."""
    return Selection(
        category=quote.task_type,
        model_id=quote.model_id,
        model_name=quote.model_name,
        model_version=quote.model_version,
        attribute_id=quote.attribute_id,
        points=quote.points,
        size=str(quote.parameters.get("size", "")),
        parameters=dict(quote.parameters),
    )
