"""Something to see, or small talk: what examples say of a message that orders nothing.

Every feature of a message has a weight, for something to see where positive; the sum decides. The weights come from
labelled examples (`python -m bench.learning`), as no list of rules told the two apart well enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from protocol.intent.weights import WEIGHTS


@cache
def _weights() -> dict[str, int]:
    """The table, read when it is first needed."""
    found: dict[str, int] = {}
    for line in WEIGHTS.splitlines():
        weight, _, names = line.partition("\t")
        found.update(dict.fromkeys(names.split("\t"), int(weight)) if names else {})
    return found


_LEAST = -3
"""Where the examples leave it open, more of what reaches a bot that draws is meant to be drawn."""


def is_scene(features: Iterable[str]) -> bool:
    """Whether these are the features of something to see."""
    weights = _weights()
    return sum(weights.get(feature, 0) for feature in features) > _LEAST
