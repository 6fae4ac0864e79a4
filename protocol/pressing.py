"""Buttons that were pressed: an offer's alternative, or one under a result (conversation page: failure)."""

from __future__ import annotations

from dataclasses import replace

from protocol import buttons
from protocol.job import Request
from protocol.messages import Address, Incoming
from protocol.notices import NotYours, OfferClosed, PictureReceived, TooManyJobs
from protocol.reaction import Ignore, Reaction, Say, StartJob
from protocol.results import repeated
from protocol.situation import Offer, Pending, Result, Situation

DOUBLE_PRESS = 3.0
"""Seconds within which the same button, pressed again, means nothing new."""


def pressed(incoming: Incoming, situation: Situation) -> Reaction:
    """What a press leads to."""
    button = buttons.decode(incoming.press or "")
    if isinstance(button, buttons.UseResult):
        return _use_result(incoming, button, situation)
    offer = situation.offer
    lang = offer.request.lang if offer is not None else incoming.locale or "en"
    if button is None or offer is None or offer.job_id != button.job_id:
        return Reaction(Say(OfferClosed()), lang)
    if offer.request.address.person != incoming.address.person and not situation.admin:
        return Reaction(Say(NotYours()), lang)
    if not offer.open(situation.now) or not 1 <= button.number <= len(offer.alternatives):
        return Reaction(Say(OfferClosed()), lang)
    return take(offer, button.number, incoming.address, situation)


def _use_result(incoming: Incoming, pressed: buttons.UseResult, situation: Situation) -> Reaction:
    """Again, larger, with the other model: at the button's own price or less. An edit asks for its words first."""
    result = situation.result
    if result is None or result.job_id != pressed.job_id:
        return Reaction(Say(OfferClosed()), incoming.locale or "en")
    request, lang = result.request, result.request.lang
    if anothers(incoming, situation):
        return Reaction(Say(NotYours()), lang)
    if pressed.action == "edit":
        pending = edit_of(result, pressed.points, situation.now)
        return Reaction(Say(PictureReceived()), lang, pending=pending, forget_pending=True)
    button = next((each for each in result.buttons if each.action == pressed.action), None)
    if button is None:
        return Reaction(Say(OfferClosed()), lang)
    again = replace(repeated(request, replace(button, points=pressed.points)), address=incoming.address)
    if just_started(again, situation):
        return Reaction(Ignore(), lang)
    return start(again, situation)


def anothers(incoming: Incoming, situation: Situation) -> bool:
    """The finished picture is somebody else's: its buttons spend, and are for its asker and for admins."""
    result = situation.result
    return result is not None and result.request.address.person != incoming.address.person and not situation.admin


def edit_of(result: Result, points: int, now: float) -> Pending:
    """What pressing the edit button says already: the picture, and what draws it, at its points at most."""
    button = next((each for each in result.buttons if each.action == "edit"), None)
    return Pending(
        at=now,
        lang=result.request.lang,
        images=(result.picture,),
        model_id=button.model_id if button is not None else None,
        size=button.size if button is not None else None,
        max_points=points or None,
    )


def just_started(request: Request, situation: Situation) -> bool:
    """A second press within a moment is the same press: a nervous finger is no order for two."""
    last, at = situation.last_request, situation.last_accepted_at
    if last is None or at is None or situation.now - at >= DOUBLE_PRESS:
        return False
    return replace(last, address=request.address) == request


def take(offer: Offer, number: int, address: Address, situation: Situation) -> Reaction:
    """An alternative of an offer is taken, at the price that it named at most; numbers count from 1."""
    chosen = offer.alternatives[number - 1]
    request = replace(
        offer.request,
        address=address,
        model_id=chosen.model_id,
        model_source="offer",
        size=chosen.size,
        size_named=True,
        more_than_4k=False,
        max_points=chosen.points,
        count=1,
    )
    return start(request, situation, takes_offer=offer.job_id)


def start(request: Request, situation: Situation, *, takes_offer: str | None = None) -> Reaction:
    """The paid request, unless the person has as many running as are allowed."""
    if len(situation.running) >= situation.most_jobs:
        return Reaction(Say(TooManyJobs(situation.most_jobs)), request.lang)
    return Reaction(StartJob(request), request.lang, forget_pending=True, takes_offer=takes_offer)
