"""The buttons under a finished picture, and what pressing one leads to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from protocol.buttons import UseResult, decode
from protocol.commands import Edit, decision_of
from protocol.conversation import react
from protocol.decision import Decision
from protocol.failures import Alternative
from protocol.intent import understand
from protocol.job import Produced, Request, State
from protocol.messages import Incoming, LinkedImage
from protocol.notices import NotYours, OfferClosed, PictureReceived
from protocol.quote import Price, PriceList
from protocol.reaction import Ignore, Reaction, Say, StartJob
from protocol.results import ResultButton, result_buttons
from protocol.situation import Offer, Pending, Preference, Result, Situation
from tests.protocol.builders import ADDRESS, FLASH, JOB, NOW, PRICES, PRO, QUOTE, REQUEST

EDIT_PRICES = PriceList((Price(FLASH, "1K", 7), Price(FLASH, "2K", 11), Price(PRO, "1K", 12)))
DONE = replace(
    JOB,
    state=State.SUCCEEDED,
    quote=QUOTE,
    prices=PRICES,
    edit_prices=EDIT_PRICES,
    picture=Produced("https://example.com/p.png"),
)
PICTURE = LinkedImage("https://example.com/p.png", "1:1")
RESULT = Result("job-1", REQUEST, PICTURE, result_buttons(DONE))
NOTHING = Decision(intent="chat", lang="en")


def press(
    action: str, points: int, user: str = "mei", *, admin: bool = False, result: Result | None = RESULT
) -> Reaction:
    value = f"{action}:job-1:{points}"
    incoming = Incoming(address=replace(ADDRESS, user=user, message="press"), text="", sent_at=NOW, press=value)
    return react(incoming, NOTHING, Situation(now=NOW, most_jobs=2, admin=admin, result=result))


def test_each_button_names_its_points() -> None:
    assert result_buttons(DONE) == (
        ResultButton("again", FLASH, "1K", 6),
        ResultButton("edit", FLASH, "1K", 7),
        ResultButton("larger", FLASH, "4K", 13),
        ResultButton("other_model", PRO, "1K", 10),
    )


def test_an_edit_of_an_edited_picture_costs_what_edits_cost() -> None:
    edited = replace(DONE, request=replace(REQUEST, task_type="image_to_image"), edit_prices=None)
    assert result_buttons(edited)[1] == ResultButton("edit", FLASH, "1K", 6)


def test_a_size_that_edits_do_not_have_is_edited_at_the_nearest() -> None:
    small = replace(DONE, quote=replace(QUOTE, size="512px", points=4))
    assert result_buttons(small)[1] == ResultButton("edit", FLASH, "1K", 7)


@pytest.mark.parametrize("prices", [None, PriceList(())])
def test_where_the_price_of_an_edit_cannot_be_read_its_button_names_none(prices: PriceList | None) -> None:
    assert result_buttons(replace(DONE, edit_prices=prices))[1] == ResultButton("edit", FLASH, "1K", None)


def test_what_is_at_4k_is_not_offered_at_4k() -> None:
    at_4k = replace(DONE, quote=replace(QUOTE, size="4K", points=13))
    assert [button.action for button in result_buttons(at_4k)] == ["again", "edit", "other_model"]


def test_without_prices_no_button_is_shown() -> None:
    assert result_buttons(replace(DONE, prices=None)) == ()


@pytest.mark.parametrize(
    ("action", "points", "model", "size"),
    [("again", 6, FLASH, "1K"), ("larger", 13, FLASH, "4K"), ("other_model", 10, PRO, "1K")],
)
def test_a_press_starts_what_the_button_said_at_its_price(action: str, points: int, model: str, size: str) -> None:
    reaction = press(action, points)
    assert isinstance(reaction.answer, StartJob)
    request = reaction.answer.request
    assert (request.model_id, request.size, request.max_points, request.prompt) == (model, size, points, "一只猫")
    assert request.address.message == "press"


def test_an_edit_asks_for_its_words_and_keeps_the_picture_for_them() -> None:
    reaction = press("edit", 7)
    assert reaction.answer == Say(PictureReceived())
    assert reaction.pending == Pending(at=NOW, lang="zh", images=(PICTURE,), model_id=FLASH, size="1K", max_points=7)


def edit(text: str, points: int = 7, user: str = "mei", *, situation: Situation | None = None) -> Reaction:
    """A form that was sent off."""
    command = Edit(text, "job-1", points)
    address = replace(ADDRESS, user=user, message="form")
    incoming = Incoming(address=address, text=text, sent_at=NOW, locale="en", command=command)
    known = situation or Situation(now=NOW, most_jobs=2, result=RESULT)
    return react(incoming, decision_of(command, 0), known)


def test_the_words_of_an_edit_change_that_picture_at_the_points_of_the_button() -> None:
    reaction = edit("make it night")
    assert isinstance(reaction.answer, StartJob)
    assert reaction.answer.request == Request(
        address=replace(ADDRESS, message="form"),
        lang="en",
        task_type="image_to_image",
        prompt="make it night",
        model_id=FLASH,
        model_source="named",
        size="1K",
        size_named=True,
        images=(PICTURE,),
        max_points=7,
    )


def test_an_edit_keeps_to_its_button_whatever_the_person_prefers_otherwise() -> None:
    known = Situation(now=NOW, most_jobs=2, result=RESULT, preference=Preference(PRO, "4K"))
    reaction = edit("make it night", situation=known)
    assert isinstance(reaction.answer, StartJob)
    request = reaction.answer.request
    assert (request.model_id, request.size, request.max_points) == (FLASH, "1K", 7)


@pytest.mark.parametrize(
    ("text", "model", "size"),
    [("make it night, in 4K", FLASH, "4K"), ("make it night, use Nano Banana Pro", PRO, "1K")],
)
def test_words_that_name_another_size_or_model_are_followed_at_its_own_price(text: str, model: str, size: str) -> None:
    reaction = edit(text)
    assert isinstance(reaction.answer, StartJob)
    request = reaction.answer.request
    assert (request.model_id, request.size, request.max_points) == (model, size, None)


def test_a_button_that_named_no_points_promises_none() -> None:
    reaction = edit("make it night", points=0)
    assert isinstance(reaction.answer, StartJob)
    assert reaction.answer.request.max_points is None


def test_words_typed_after_the_press_are_that_edit_too() -> None:
    asked = press("edit", 7)
    incoming = Incoming(address=replace(ADDRESS, message="next"), text="make it night", sent_at=NOW + 5)
    reaction = react(incoming, understand(incoming.text, 0), Situation(now=NOW + 5, most_jobs=2, pending=asked.pending))
    assert isinstance(reaction.answer, StartJob)
    request = reaction.answer.request
    assert (request.images, request.model_id, request.size, request.max_points) == ((PICTURE,), FLASH, "1K", 7)


@pytest.mark.parametrize(("action", "points"), [("again", 6), ("edit", 7), ("larger", 13), ("other_model", 10)])
def test_only_the_asker_or_an_admin_presses_what_spends(action: str, points: int) -> None:
    assert press(action, points, user="tom").answer == Say(NotYours())
    assert press(action, points, user="tom", admin=True).answer != Say(NotYours())


def test_the_form_of_an_edit_is_for_the_asker_and_for_admins_too() -> None:
    assert edit("make it night", user="tom").answer == Say(NotYours())
    admin = Situation(now=NOW, most_jobs=2, result=RESULT, admin=True)
    assert isinstance(edit("make it night", user="tom", situation=admin).answer, StartJob)


def test_a_button_whose_picture_is_gone_spends_nothing() -> None:
    assert press("again", 6, result=None).answer == Say(OfferClosed())


@pytest.mark.parametrize("action", ["again", "edit", "larger", "other_model"])
def test_a_value_is_read_back_as_it_was_written(action: str) -> None:
    pressed = decode(f"{action}:{'a' * 32}:13")
    assert isinstance(pressed, UseResult)
    assert (pressed.action, pressed.points, pressed.encode()) == (action, 13, f"{action}:{'a' * 32}:13")


def test_a_second_press_within_a_moment_orders_nothing() -> None:
    first = press("again", 6)
    assert isinstance(first.answer, StartJob)
    incoming = Incoming(address=replace(ADDRESS, message="press-2"), text="", sent_at=NOW, press="again:job-1:6")
    situation = Situation(
        now=NOW, most_jobs=2, result=RESULT, last_request=first.answer.request, last_accepted_at=NOW - 2
    )
    assert react(incoming, NOTHING, situation).answer == Ignore()
    later = replace(situation, last_accepted_at=NOW - 3)
    assert isinstance(react(incoming, NOTHING, later).answer, StartJob)


def test_a_form_that_is_sent_off_twice_in_a_moment_is_one_edit() -> None:
    first = edit("make it night")
    assert isinstance(first.answer, StartJob)
    known = Situation(now=NOW, most_jobs=2, result=RESULT, last_request=first.answer.request, last_accepted_at=NOW - 2)
    assert edit("make it night", situation=known).answer == Ignore()
    assert isinstance(edit("make it day", situation=known).answer, StartJob)
    later = replace(known, last_accepted_at=NOW - 3)
    assert isinstance(edit("make it night", situation=later).answer, StartJob)


@pytest.mark.parametrize("words", ["第二个", "the first", "ok", "好", "with nano banana pro", "用 Nano Banana Pro"])
def test_the_words_of_an_edit_take_no_offer_of_another_picture(words: str) -> None:
    offer = Offer("job-9", replace(REQUEST, prompt="a dog"), (Alternative(PRO, "1K", 10, "high_quality"),) * 2, NOW - 5)
    reaction = edit(words, situation=Situation(now=NOW, most_jobs=2, result=RESULT, offer=offer))
    assert isinstance(reaction.answer, StartJob)
    assert reaction.answer.request.images == (PICTURE,)
    assert reaction.takes_offer is None


def test_an_edit_of_a_picture_that_nobody_knows_any_more_spends_nothing() -> None:
    unknown = Situation(now=NOW, most_jobs=2, last_picture=LinkedImage("https://example.com/other.png"))
    assert edit("make it night", situation=unknown).answer == Say(OfferClosed())
