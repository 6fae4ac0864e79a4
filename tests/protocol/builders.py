"""Values that many tests begin with."""

from __future__ import annotations

from dataclasses import replace

from protocol.job import Job, Request
from protocol.messages import Address, MessageRef
from protocol.models import NANO_BANANA_2, NANO_BANANA_PRO
from protocol.quote import Price, PriceList, Quote

NOW = 1_000_000.0
ADDRESS = Address(platform="playground", conversation="group", user="mei", message="m1")
REF = MessageRef("playground", "group", "sent-1")
FLASH, PRO = NANO_BANANA_2.model_id, NANO_BANANA_PRO.model_id
PRICES = PriceList(
    (
        Price(FLASH, "512px", 4),
        Price(FLASH, "1K", 6),
        Price(FLASH, "2K", 10),
        Price(FLASH, "4K", 13),
        Price(PRO, "1K", 10),
        Price(PRO, "2K", 10),
        Price(PRO, "4K", 18),
    )
)
REQUEST = Request(
    address=ADDRESS, lang="zh", task_type="text_to_image", prompt="一只猫", model_id=NANO_BANANA_2.model_id
)
QUOTE = Quote(
    task_type="text_to_image",
    model_id=FLASH,
    model_name="Nano Banana2",
    model_version="v",
    attribute_id=77,
    points=6,
    size="1K",
    parameters={"size": "1K"},
)
JOB = Job(id="job-1", request=REQUEST, accepted_at=NOW)


def quote(points: int) -> Quote:
    """The usual quote at another price."""
    return replace(QUOTE, points=points)
