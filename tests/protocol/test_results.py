"""The buttons under a finished picture, and what pressing one leads to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from protocol.buttons import UseResult, decode
from protocol.conversation import react
from protocol.decision import Decision
from protocol.job import Produced, State
from protocol.messages import Incoming, LinkedImage
from protocol.notices import NotYours, OfferClosed, PictureReceived
from protocol.reaction import Ignore, Reaction, Say, StartJob
from protocol.results import ResultButton, result_buttons
from protocol.situation import Result, Situation
from tests.protocol.builders import ADDRESS, FLASH, JOB, NOW, PRICES, PRO, QUOTE, REQUEST

DONE = replace(JOB, state=State.SUCCEEDED, quote=QUOTE, prices=PRICES, picture=Produced("https://example.com/p.png"))
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
        ResultButton("edit", FLASH, "1K", 0),
        ResultButton("larger", FLASH, "4K", 13),
        ResultButton("other_model", PRO, "1K", 10),
    )


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
    reaction = press("edit", 0)
    assert reaction.answer == Say(PictureReceived())
    assert reaction.pending is not None
    assert reaction.pending.images == (PICTURE,)


def test_only_the_asker_or_an_admin_spends_but_everybody_may_edit_at_their_own_cost() -> None:
    assert press("again", 6, user="tom").answer == Say(NotYours())
    assert isinstance(press("again", 6, user="tom", admin=True).answer, StartJob)
    assert press("edit", 0, user="tom").answer == Say(PictureReceived())


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
