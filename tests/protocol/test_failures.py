"""What is offered under a failure."""

from __future__ import annotations

import pytest

from protocol.decision import Size
from protocol.failures import WITHOUT_ALTERNATIVES, Alternative, FailureReason, alternatives
from protocol.models import MODELS, nearest_size, other_size
from protocol.quote import Price, PriceList
from tests.protocol.builders import FLASH, PRICES, PRO

FAILED = FailureReason.TASK_FAILED


@pytest.mark.parametrize(
    ("model", "size", "offered"),
    [
        (FLASH, "1K", [(PRO, "1K", 10, "high_quality"), (FLASH, "512px", 4, "other_size")]),
        (FLASH, "512px", [(PRO, "1K", 10, "high_quality"), (FLASH, "1K", 6, "other_size")]),
        (FLASH, "4K", [(PRO, "4K", 18, "high_quality"), (FLASH, "2K", 10, "other_size")]),
        (PRO, "4K", [(FLASH, "4K", 13, "faster_cheaper"), (PRO, "2K", 10, "other_size")]),
        (PRO, "1K", [(FLASH, "1K", 6, "faster_cheaper"), (PRO, "2K", 10, "other_size")]),
        (FLASH, None, [(PRO, "1K", 10, "high_quality"), (FLASH, "512px", 4, "other_size")]),
    ],
)
def test_the_other_model_is_offered_first_then_another_size(
    model: str, size: Size | None, offered: list[tuple[str, Size, int, str]]
) -> None:
    found = alternatives(FAILED, model, size, PRICES)
    assert [(each.model_id, each.size, each.points, each.trait) for each in found] == offered


@pytest.mark.parametrize("reason", sorted(WITHOUT_ALTERNATIVES, key=str))
def test_nothing_is_offered_where_another_model_cannot_help(reason: FailureReason) -> None:
    assert alternatives(reason, FLASH, "1K", PRICES) == ()


def test_without_live_prices_nothing_is_offered() -> None:
    assert alternatives(FAILED, FLASH, "1K", None) == ()


def test_a_model_that_the_list_does_not_have_is_not_offered() -> None:
    only = PriceList((Price(FLASH, "1K", 6),))
    assert alternatives(FAILED, FLASH, "1K", only) == ()
    assert alternatives(FAILED, PRO, "1K", only) == (Alternative(FLASH, "1K", 6, "faster_cheaper"),)


def test_a_changed_price_offers_the_same_at_its_new_price_first() -> None:
    found = alternatives(FailureReason.PRICE_CHANGED, FLASH, "1K", PRICES)
    assert found[0] == Alternative(FLASH, "1K", 6, "new_price")
    assert len(found) == 2


@pytest.mark.parametrize(
    ("sizes", "size", "other"),
    [(("512px", "1K"), "1K", "512px"), (("512px", "1K"), "512px", "1K"), (("1K",), "1K", None)],
)
def test_another_size_is_the_next_smaller_else_the_next_larger(
    sizes: tuple[Size, ...], size: Size, other: Size | None
) -> None:
    assert other_size(sizes, size) == other


def test_the_nearest_size_of_pro_to_512_is_1k() -> None:
    assert nearest_size(MODELS[PRO].sizes, "512px") == "1K"
