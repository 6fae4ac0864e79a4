"""What a message means: pure text in, decision out (the intent page).

The parts, in the order in which a message goes through them: `normalising` folds the text without moving a
character, and `typos` puts slips of the finger right; `surroundings`, `sizes`, `ratios` and `models` claim spans,
each character once; `facts` sums them up; `commands`, `unmistakable`, `answers`, `requesting`, `editing`, `questions`,
`chatter` and `talking` judge the words that remain; where they order nothing, `features` and `scenes` weigh them
by what examples say (`weights`); `deciding` decides; `tidying` cuts the prompt.
"""

from __future__ import annotations

from dataclasses import dataclass

from protocol.decision import Decision
from protocol.intent.deciding import decide
from protocol.intent.facts import facts_of
from protocol.intent.models import IS_NAME, Naming, find_clearing, find_models
from protocol.intent.ratios import find_ratios
from protocol.intent.sizes import find_sizes
from protocol.intent.spans import Meaning, Reading, Span
from protocol.intent.surroundings import (
    find_bare_addresses,
    find_code,
    find_command,
    find_flags,
    find_links,
    find_mentions,
    find_quotes,
)

__all__ = ["Explanation", "Meaning", "Span", "explain", "understand"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A decision with its reasons: which characters of the text meant what."""

    text: str
    decision: Decision
    spans: tuple[Span, ...]


def understand(text: str, images: int = 0) -> Decision:
    """What the text means, with that many pictures attached to it or to the message it replies to."""
    return explain(text, images).decision


def explain(text: str, images: int = 0) -> Explanation:
    """Like `understand`, with the reasons."""
    reading = Reading(text)
    reading.claim(find_mentions(reading.seen))
    reading.claim(find_command(reading.seen))
    reading.set_politeness_aside()
    reading.claim(find_links(text, reading.seen))
    reading.claim(find_bare_addresses(reading.seen))
    reading.claim(find_code(reading.seen))
    reading.claim(find_quotes(reading.seen, IS_NAME))
    reading.claim(find_flags(reading.seen))
    reading.claim(span.with_brackets(reading.seen).with_attribution(reading.seen) for span in find_sizes(reading.seen))
    reading.claim(span.with_brackets(reading.seen).with_attribution(reading.seen) for span in find_ratios(reading.seen))
    named = list(find_models(reading.seen))
    reading.claim((item.span if isinstance(item, Naming) else item).with_brackets(reading.seen) for item in named)
    clearing = find_clearing(reading.seen)
    reading.claim([clearing] if clearing else [])
    facts = facts_of(reading.spans, [item for item in named if isinstance(item, Naming)], clearing)
    decision = decide(reading, facts, images)
    return Explanation(text, decision, tuple(sorted(reading.spans, key=lambda span: span.start)))
