"""What may be done with a finished picture: the buttons under it, each with its points."""

from __future__ import annotations

from dataclasses import dataclass, replace

from protocol.buttons import ResultAction
from protocol.decision import Size
from protocol.job import Job, Request
from protocol.models import MODELS, nearest_size

LARGEST: Size = "4K"


@dataclass(frozen=True, slots=True)
class ResultButton:
    """One of them. `points` is None for an edit whose price could not be read just then."""

    action: ResultAction
    model_id: str
    size: Size | None
    points: int | None


def result_buttons(job: Job) -> tuple[ResultButton, ...]:
    """Again, edit, at 4K, with the other model; those only whose price is known."""
    quote, prices = job.quote, job.prices
    card = MODELS.get(job.request.model_id)
    if quote is None or prices is None or card is None:
        return ()
    found = [
        ResultButton("again", card.model_id, quote.size, quote.points),
        _edit(job, card.model_id, quote.size),
    ]
    larger = prices.points(card.model_id, LARGEST)
    if quote.size != LARGEST and larger is not None:
        found.append(ResultButton("larger", card.model_id, LARGEST, larger))
    sizes = tuple(price.size for price in prices.of(card.alternative))
    if quote.size is not None and sizes:
        size = nearest_size(sizes, quote.size)
        points = prices.points(card.alternative, size)
        if points is not None:
            found.append(ResultButton("other_model", card.alternative, size, points))
    return tuple(found)


def _edit(job: Job, model_id: str, size: Size | None) -> ResultButton:
    """The picture changed, by the model that made it; a price of pictures made from pictures."""
    prices = job.prices if job.request.task_type == "image_to_image" else job.edit_prices
    sizes = tuple(price.size for price in prices.of(model_id)) if prices is not None else ()
    if prices is None or size is None or not sizes:
        return ResultButton("edit", model_id, size, None)
    size = nearest_size(sizes, size)
    return ResultButton("edit", model_id, size, prices.points(model_id, size))


def repeated(request: Request, button: ResultButton) -> Request:
    """The request that a button stands for; never dearer than the button said."""
    return replace(
        request,
        model_id=button.model_id,
        model_source="offer",
        size=button.size,
        size_named=True,
        more_than_4k=False,
        max_points=button.points,
        count=1,
    )
