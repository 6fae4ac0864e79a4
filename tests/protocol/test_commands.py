"""A command means what the same words would mean, and its options win."""

from __future__ import annotations

from dataclasses import replace

import pytest

from protocol.commands import Ask, Command, Draw, Prefer, decision_of
from protocol.conversation import react
from protocol.messages import Incoming
from protocol.reaction import StartJob
from protocol.situation import Situation
from tests.protocol.builders import ADDRESS, NOW, PRO


def test_a_draw_is_a_wish_whatever_its_words_look_like() -> None:
    for words in ("hello", "a cat", "画一张猫", "what time is it?", "重试"):
        decision = decision_of(Draw(words), 0)
        assert (decision.intent, decision.task_type) == ("generate", "text_to_image")
        assert decision.prompt


def test_the_options_win_over_the_words() -> None:
    decision = decision_of(Draw("a cat, 16:9, 2K", model_id=PRO, size="4K", aspect_ratio="1:1"), 0)
    assert (decision.model, decision.size, decision.aspect_ratio) == (PRO, "4K", "1:1")
    assert "16:9" not in (decision.prompt or "")


def test_without_options_the_words_still_set_size_and_ratio() -> None:
    decision = decision_of(Draw("a cat, 16:9, 8K"), 1)
    assert (decision.size, decision.aspect_ratio, decision.notices) == ("4K", "16:9", ("size_8k",))
    assert decision.task_type == "image_to_image"


def test_a_ratio_that_is_not_to_be_had_is_refused_unless_the_option_says_another() -> None:
    assert decision_of(Draw("a cat --ar 21:9"), 0).intent == "unsupported_ratio"
    assert decision_of(Draw("a cat --ar 21:9", aspect_ratio="16:9"), 0).intent == "generate"


def test_nothing_to_draw_is_asked_for() -> None:
    assert decision_of(Draw("  "), 0).intent == "need_prompt"


@pytest.mark.parametrize(
    ("command", "intent"),
    [
        (Ask("models"), "list_models"),
        (Ask("preference"), "show_preference"),
        (Ask("usage"), "usage"),
        (Ask("help"), "help"),
        (Prefer(PRO), "set_preference"),
        (Prefer(None), "clear_preference"),
    ],
)
def test_every_other_command_has_its_intent(command: Command, intent: str) -> None:
    assert decision_of(command, 0).intent == intent


def test_a_command_is_answered_in_the_language_of_the_client() -> None:
    command = Draw("a cat")
    incoming = Incoming(address=ADDRESS, text="a cat", sent_at=NOW, locale="zh", command=command)
    reaction = react(incoming, decision_of(command, 0), Situation(now=NOW, most_jobs=2))
    assert isinstance(reaction.answer, StartJob)
    assert reaction.answer.request.lang == "zh"
    elsewhere = react(replace(incoming, locale=None), decision_of(command, 0), Situation(now=NOW, most_jobs=2))
    assert elsewhere.lang == "en"
