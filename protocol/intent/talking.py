"""Small talk or something to see.

Without an order to draw, a description is still a request and a statement is not (the intent page: decision).
No single word tells them apart: `features` says what a message looks like, and `scenes` weighs it.
"""

from __future__ import annotations

from protocol.intent import questions
from protocol.intent.chatter import is_chatter
from protocol.intent.features import features
from protocol.intent.patterns import Pattern
from protocol.intent.picture_signs import FRAMED, PICTURE
from protocol.intent.scenes import is_scene

_HEAD = 300
_CLEARLY = 3
"""From this weight of signs on a message describes a picture, whatever question words are in it."""
_CLEAR_SIGN = f"*picture {_CLEARLY}"
_DOUBTS = frozenset({"*talk 1", "*finite", "*finite everyday", "*question"})
"""Where signs of a picture are clear and there is none of these, the examples are not asked."""
_MARKS = " \n\v\x1a,.。!?~、…;:()-/<>"


def talks(seen: str, bare: str, *, asks: bool, pictured: bool = False) -> bool:
    """Whether the message, which orders nothing, is talk and not a description of something to see.

    `pictured`: a picture comes with it, so that what is asked to be done is asked to be done to the picture.
    """
    if asks or is_chatter(bare) or not bare.strip(_MARKS):
        return True
    if _orders_something_else(bare, seen[:_HEAD], pictured):
        return True
    if FRAMED.search(seen[:_HEAD].strip(_MARKS)):
        return False
    found = features(seen, bare, pictured=pictured)
    if _CLEAR_SIGN in found and found.isdisjoint(_DOUBTS):
        return False
    return not is_scene(found)


def describes(seen: str) -> bool:
    """Whether there are clear signs of something to see."""
    return _weight(PICTURE, seen[:_HEAD]) >= _CLEARLY


def _weight(signs: tuple[tuple[Pattern, int], ...], text: str) -> int:
    return sum(weight for pattern, weight in signs if pattern.search(text))


def _orders_something_else(bare: str, head: str, pictured: bool) -> bool:
    """A poem, a search, a reminder, an errand: an order, but not for a picture."""
    if questions.orders_text(bare):
        return not any(pattern.search(head) for pattern, weight in PICTURE if weight > _CLEARLY)
    return not pictured and (questions.is_errand(bare) or questions.asks_for_help(bare))
