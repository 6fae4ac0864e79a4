"""What the claimed spans of a message say together."""

from __future__ import annotations

from dataclasses import dataclass

from protocol.decision import AspectRatio, ModelId, NoticeName, Size
from protocol.intent.models import Naming
from protocol.intent.ratios import UNSUPPORTED
from protocol.intent.sizes import ABOVE
from protocol.intent.spans import Span

_SIZES: dict[str, Size] = {"512px": "512px", "1K": "1K", "2K": "2K", "4K": "4K", ABOVE: "4K"}
_RATIOS: dict[str, AspectRatio] = {"1:1": "1:1", "16:9": "16:9", "9:16": "9:16", "4:3": "4:3", "3:4": "3:4"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the claimed spans say together; of two that contradict each other, the last wins."""

    naming: Naming | None
    clearing: Span | None
    refused_model: bool
    size: Size | None
    budget: bool
    notices: tuple[NoticeName, ...]
    aspect_ratio: AspectRatio | None
    unsupported_ratio: bool
    image_urls: tuple[str, ...]
    commanded: bool

    @property
    def model(self) -> ModelId | None:
        """The model that was named."""
        return self.naming.model if self.naming else None


def facts_of(spans: list[Span], namings: list[Naming], clearing: Span | None) -> Facts:
    """Sums up the spans."""
    sizes = [span.value for span in spans if span.meaning == "size"]
    ratios = [span.value for span in spans if span.meaning == "ratio"]
    naming = namings[-1] if namings else None
    size = _SIZES[sizes[-1]] if sizes else None
    budget = size is None and naming is not None and naming.kind == "cheapest"
    if budget:
        size = "512px"
    return Facts(
        naming=naming,
        clearing=clearing,
        refused_model=any(span.meaning == "negated" and span.value == "model" for span in spans),
        size=size,
        budget=budget,
        notices=("size_8k",) if sizes and sizes[-1] == ABOVE else (),
        aspect_ratio=_RATIOS.get(ratios[-1]) if ratios else None,
        unsupported_ratio=bool(ratios) and ratios[-1] == UNSUPPORTED,
        image_urls=tuple(span.value for span in spans if span.meaning == "image_link"),
        commanded=any(span.meaning == "command" for span in spans),
    )
