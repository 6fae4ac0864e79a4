"""What a message leads to, given what is remembered: each rule of the conversation, compared whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from protocol.buttons import TakeAlternative, decode
from protocol.conversation import MOST_IMAGES, TOGETHER, react
from protocol.decision import Decision, Intent
from protocol.failures import Alternative
from protocol.job import Request
from protocol.messages import AttachedImage, ImageRef, Incoming, LinkedImage
from protocol.notices import (
    CancelTooLate,
    Chat,
    Help,
    NeedImage,
    NeedPrompt,
    NothingToCancel,
    NothingToRetry,
    NotYours,
    OfferClosed,
    PictureReceived,
    PreferenceCleared,
    PreferenceSaved,
    PreferenceShown,
    RunningJob,
    StatusShown,
    TooLong,
    TooManyJobs,
    UnsupportedRatio,
)
from protocol.reaction import CancelJob, Ignore, Reaction, Say, StartJob, TellModels, TellUsage
from protocol.situation import Offer, Pending, Preference, Running, Situation
from tests.protocol.builders import ADDRESS, FLASH, NOW, PRO, REQUEST

SITUATION = Situation(now=NOW, most_jobs=2)
SAID = Incoming(address=ADDRESS, text="画一张猫", sent_at=NOW)
GENERATE = Decision(intent="generate", lang="zh", task_type="text_to_image", prompt="一张猫", explicit=True)
PHOTO = AttachedImage("playground", "photo")
FIRST, SECOND = Alternative(PRO, "1K", 10, "high_quality"), Alternative(FLASH, "512px", 4, "other_size")
OFFER = Offer("job-9", REQUEST, (FIRST, SECOND), opened_at=NOW - 60)
WITH_OFFER = replace(SITUATION, offer=OFFER, last_request=REQUEST)
SHOWN = RunningJob("Nano Banana2", 50, 20, 40)


def said(intent: Intent, **words: object) -> Decision:
    decision = Decision(intent=intent, lang="zh")
    return replace(decision, **words)  # type: ignore[arg-type]


def started(reaction: Reaction) -> Request:
    assert isinstance(reaction.answer, StartJob), reaction.answer
    return reaction.answer.request


def test_a_plain_wish_starts_a_job_with_the_default_model() -> None:
    reaction = react(SAID, GENERATE, SITUATION)
    request = Request(ADDRESS, "zh", "text_to_image", "一张猫", FLASH)
    assert reaction == Reaction(StartJob(request), "zh", forget_pending=True)


def test_everything_that_was_named_is_in_the_request() -> None:
    decision = replace(GENERATE, model=PRO, size="4K", aspect_ratio="16:9", notices=("size_8k",), count=3)
    request = started(react(SAID, decision, SITUATION))
    assert request == Request(
        ADDRESS,
        "zh",
        "text_to_image",
        "一张猫",
        PRO,
        model_source="named",
        size="4K",
        size_named=True,
        more_than_4k=True,
        aspect_ratio="16:9",
        count=3,
    )


def test_a_saved_preference_chooses_model_and_size() -> None:
    saved = replace(SITUATION, preference=Preference(PRO, "2K"))
    request = started(react(SAID, GENERATE, saved))
    assert (request.model_id, request.model_source, request.size, request.size_named) == (
        PRO,
        "preference",
        "2K",
        False,
    )


def test_a_model_that_is_named_goes_before_the_preference() -> None:
    saved = replace(SITUATION, preference=Preference(PRO, "2K"))
    request = started(react(SAID, replace(GENERATE, model=FLASH), saved))
    assert (request.model_id, request.model_source, request.size) == (FLASH, "named", None)


def test_a_preference_that_is_being_cleared_does_not_count_any_more() -> None:
    saved = replace(SITUATION, preference=Preference(PRO))
    reaction = react(SAID, replace(GENERATE, preference="clear"), saved)
    assert started(reaction).model_id == FLASH
    assert reaction.clear_preference


def test_a_model_said_for_always_is_saved_but_the_size_of_one_request_is_not() -> None:
    decision = replace(GENERATE, model=PRO, preference="save", size="4K")
    assert react(SAID, decision, SITUATION).save_preference == Preference(PRO)


def test_the_cheapest_for_always_saves_its_size_too() -> None:
    decision = replace(GENERATE, model=FLASH, preference="save", size="512px", budget=True)
    reaction = react(SAID, decision, SITUATION)
    assert reaction.save_preference == Preference(FLASH, "512px")
    assert not started(reaction).size_named


def test_setting_clearing_and_showing_the_preference_each_have_their_answer() -> None:
    setting = react(SAID, said("set_preference", model=PRO, preference="save"), SITUATION)
    assert (setting.answer, setting.save_preference) == (Say(PreferenceSaved("Nano Banana Pro")), Preference(PRO))
    clearing = react(SAID, said("clear_preference", preference="clear", recommend=True), SITUATION)
    told = PreferenceCleared("Nano Banana2", "Nano Banana Pro", recommend=True)
    assert (clearing.answer, clearing.clear_preference) == (Say(told), True)
    showing = react(SAID, said("show_preference"), replace(SITUATION, preference=Preference(PRO, "2K")))
    assert showing.answer == Say(PreferenceShown("Nano Banana Pro", saved=True, size="2K"))


def test_pictures_make_it_an_edit_in_the_order_in_which_they_came() -> None:
    decision = replace(GENERATE, task_type="image_to_image", image_urls=("https://example.com/b.png",))
    request = started(react(replace(SAID, images=(PHOTO,)), decision, SITUATION))
    assert request.task_type == "image_to_image"
    assert request.images == (PHOTO, LinkedImage("https://example.com/b.png"))


def test_a_link_whose_picture_came_along_is_one_picture() -> None:
    link = LinkedImage("https://example.com/b.png")
    decision = replace(GENERATE, task_type="image_to_image", image_urls=(link.url,))
    assert started(react(replace(SAID, images=(link,)), decision, SITUATION)).images == (link,)


def test_an_edit_without_a_picture_takes_the_last_result() -> None:
    decision = said("need_image", prompt="把它变成油画")
    request = started(
        react(SAID, decision, replace(SITUATION, last_picture=LinkedImage("https://example.com/r.png", "16:9")))
    )
    assert (request.task_type, request.images) == (
        "image_to_image",
        (LinkedImage("https://example.com/r.png", "16:9"),),
    )


def test_an_edit_of_a_quoted_picture_that_is_not_shown_to_us_is_not_guessed() -> None:
    """Not the last result, not a picture sent before: they mean the one that they quote."""
    decision = said("need_image", prompt="把它变成油画")
    remembered = replace(SITUATION, last_picture=LinkedImage("https://example.com/r.png"))
    reaction = react(replace(SAID, unseen=True), decision, remembered)
    assert reaction.answer == Say(NeedImage(unseen=True))
    assert reaction.pending is not None
    assert reaction.pending.prompt == "把它变成油画"


def test_an_edit_with_no_picture_anywhere_asks_for_one_and_remembers_the_words() -> None:
    reaction = react(SAID, said("need_image", prompt="变成油画", aspect_ratio="1:1"), SITUATION)
    assert reaction.answer == Say(NeedImage())
    assert reaction.pending == Pending(NOW, "zh", prompt="变成油画", aspect_ratio="1:1")


def test_the_picture_that_was_asked_for_completes_the_request() -> None:
    waiting = replace(SITUATION, pending=Pending(NOW - 60, "zh", prompt="变成油画", aspect_ratio="1:1"))
    silent = replace(SAID, text="", images=(PHOTO,))
    request = started(react(silent, said("chat"), waiting))
    assert (request.prompt, request.images, request.aspect_ratio, request.lang) == (
        "变成油画",
        (PHOTO,),
        "1:1",
        "zh",
    )


def test_a_picture_alone_waits_for_words_and_the_words_complete_it() -> None:
    alone = react(replace(SAID, text="", images=(PHOTO,)), said("chat"), SITUATION)
    assert alone.answer == Say(PictureReceived())
    assert alone.pending is not None
    assert alone.pending.images == (PHOTO,)
    words = react(SAID, GENERATE, replace(SITUATION, pending=replace(alone.pending, at=NOW - 599)))
    assert (started(words).task_type, started(words).images) == ("image_to_image", (PHOTO,))


def alone(images: tuple[ImageRef, ...], pending: Pending | None) -> Reaction:
    return react(replace(SAID, text="", images=images), said("chat"), replace(SITUATION, pending=pending))


OTHER, THIRD = LinkedImage("https://example.com/2.png"), LinkedImage("https://example.com/3.png")


def test_pictures_that_come_one_after_the_other_belong_together() -> None:
    """A phone sends what was picked at once as a message each."""
    pending = alone((PHOTO,), None).pending
    for count, image in enumerate((OTHER, THIRD), 2):
        assert pending is not None
        told = alone((image,), replace(pending, at=NOW - TOGETHER + 1))
        assert told.answer == Say(PictureReceived(count))
        pending = told.pending
    words = react(SAID, GENERATE, replace(SITUATION, pending=pending))
    assert started(words).images == (PHOTO, OTHER, THIRD)


def test_no_more_pictures_are_kept_than_one_request_takes_and_the_count_says_so() -> None:
    many = tuple(LinkedImage(f"https://example.com/many-{number}.png") for number in range(MOST_IMAGES))
    told = alone((OTHER,), Pending(NOW - 5, "zh", images=many))
    assert told.answer == Say(PictureReceived(MOST_IMAGES))
    assert told.pending is not None
    assert told.pending.images == (*many[1:], OTHER)


def test_a_cancellation_that_was_carried_out_before_a_restart_is_not_answered_again() -> None:
    assert react(SAID, said("cancel"), replace(SITUATION, cancelled=True)).answer == Ignore()
    assert react(SAID, said("cancel"), SITUATION).answer == Say(NothingToCancel())


def test_a_quoted_request_without_a_picture_means_no_other_picture() -> None:
    said_so = replace(SAID, text="变成油画", pictureless=True)
    known = replace(SITUATION, last_picture=OTHER)
    assert react(said_so, said("need_image"), known).answer == Say(NeedImage(pictureless=True))


def test_the_same_picture_again_counts_once_and_one_that_comes_later_replaces_the_first() -> None:
    before = Pending(NOW - 5, "zh", images=(PHOTO,))
    assert alone((PHOTO,), before).answer == Say(PictureReceived())
    later = alone((OTHER,), replace(before, at=NOW - TOGETHER))
    assert later.answer == Say(PictureReceived())
    assert later.pending is not None
    assert later.pending.images == (OTHER,)


def test_a_picture_alone_after_the_edit_button_was_pressed_is_another_picture() -> None:
    pressed = Pending(NOW - 5, "zh", images=(PHOTO,), max_points=6)
    assert alone((OTHER,), pressed).answer == Say(PictureReceived())


def test_after_ten_minutes_nothing_is_pending_any_more() -> None:
    old = replace(SITUATION, pending=Pending(NOW - 600, "zh", images=(PHOTO,)))
    assert started(react(SAID, GENERATE, old)).images == ()


def test_a_question_of_ours_keeps_what_was_said_already() -> None:
    asked = react(SAID, said("need_prompt", model=PRO, size="2K"), SITUATION)
    assert asked.answer == Say(NeedPrompt())
    assert asked.pending is not None
    request = started(react(SAID, GENERATE, replace(SITUATION, pending=asked.pending)))
    assert (request.model_id, request.size) == (PRO, "2K")


@pytest.mark.parametrize(
    ("decision", "number"),
    [
        (said("chat", affirms=True), 1),
        (said("chat", picks=2), 2),
        (said("set_preference", model=FLASH, preference="save", names_only_model=True), 2),
    ],
)
def test_an_open_offer_is_taken_by_a_yes_a_number_or_a_name_and_saves_nothing(decision: Decision, number: int) -> None:
    reaction = react(SAID, decision, WITH_OFFER)
    chosen = OFFER.alternatives[number - 1]
    request = started(reaction)
    assert (request.model_id, request.size, request.max_points) == (chosen.model_id, chosen.size, chosen.points)
    assert (reaction.takes_offer, reaction.save_preference) == ("job-9", None)


def test_retry_repeats_the_same_request_and_uses_the_offer() -> None:
    reaction = react(SAID, said("retry"), WITH_OFFER)
    assert started(reaction) == REQUEST
    assert reaction.takes_offer == "job-9"


def test_a_yes_without_an_open_offer_is_small_talk() -> None:
    closed = replace(SITUATION, offer=replace(OFFER, opened_at=NOW - 600))
    assert react(SAID, said("chat", affirms=True), closed).answer == Say(Chat())
    used = replace(SITUATION, offer=replace(OFFER, used=True))
    assert react(SAID, said("chat", affirms=True), used).answer == Say(Chat())


def test_again_repeats_the_last_request_with_what_is_changed_of_it() -> None:
    last = replace(SITUATION, last_request=replace(REQUEST, max_points=6))
    request = started(react(SAID, said("retry", change="白天的", aspect_ratio="16:9"), last))
    assert request == replace(REQUEST, prompt="一只猫\n白天的", aspect_ratio="16:9")


def test_with_nothing_to_repeat_that_is_said() -> None:
    assert react(SAID, said("retry"), SITUATION).answer == Say(NothingToRetry())


def press(number: int, user: str = "mei") -> Incoming:
    value = TakeAlternative("job-9", number).encode()
    return replace(SAID, address=replace(ADDRESS, user=user, message="press"), text="", press=value)


def test_a_button_takes_its_alternative_at_its_price() -> None:
    reaction = react(press(2), said("chat"), WITH_OFFER)
    request = started(reaction)
    assert (request.model_id, request.size, request.max_points, request.lang) == (FLASH, "512px", 4, "zh")
    assert request.address.message == "press"
    assert reaction.takes_offer == "job-9"


def test_only_the_asker_or_an_admin_may_press() -> None:
    assert react(press(1, "tom"), said("chat"), WITH_OFFER).answer == Say(NotYours())
    request = started(react(press(1, "tom"), said("chat"), replace(WITH_OFFER, admin=True)))
    assert request.address.user == "tom"


@pytest.mark.parametrize(
    "offer", [None, replace(OFFER, used=True), replace(OFFER, opened_at=NOW - 600), replace(OFFER, job_id="other")]
)
def test_a_button_whose_offer_is_over_spends_nothing(offer: Offer | None) -> None:
    assert react(press(1), said("chat"), replace(SITUATION, offer=offer)).answer == Say(OfferClosed())


@pytest.mark.parametrize("value", ["", "alternative:job-9:0", "alternative:job-9:3", "alternative:job-9:²", "x:1"])
def test_a_button_of_another_kind_spends_nothing(value: str) -> None:
    assert react(replace(press(1), press=value), said("chat"), WITH_OFFER).answer == Say(OfferClosed())


def test_a_buttons_value_is_read_back_as_it_was_written() -> None:
    assert decode(TakeAlternative("a" * 32, 2).encode()) == TakeAlternative("a" * 32, 2)
    assert len(TakeAlternative("a" * 32, 2).encode()) <= 100


def test_past_the_limit_of_running_jobs_nothing_starts_and_nothing_is_saved() -> None:
    busy = replace(SITUATION, running=(Running("a", SHOWN, False), Running("b", SHOWN, False)))
    reaction = react(SAID, replace(GENERATE, model=PRO, preference="save"), busy)
    assert reaction == Reaction(Say(TooManyJobs(2)), "zh")
    assert react(press(1), said("chat"), replace(busy, offer=OFFER)).takes_offer is None


def test_cancel_stops_the_newest_unpaid_job_or_says_honestly_that_it_is_too_late() -> None:
    unpaid, paid = Running("a", SHOWN, True), Running("b", SHOWN, False)
    assert react(SAID, said("cancel"), replace(SITUATION, running=(unpaid, paid))).answer == CancelJob("a")
    assert react(SAID, said("cancel"), replace(SITUATION, running=(paid,))).answer == Say(CancelTooLate())
    assert react(SAID, said("cancel"), SITUATION).answer == Say(NothingToCancel())


def test_a_job_of_this_conversation_is_cancelled_rather_than_one_elsewhere() -> None:
    here, elsewhere = Running("a", SHOWN, True), Running("b", SHOWN, True, here=False)
    assert react(SAID, said("cancel"), replace(SITUATION, running=(here, elsewhere))).answer == CancelJob("a")
    assert react(SAID, said("cancel"), replace(SITUATION, running=(elsewhere,))).answer == CancelJob("b", here=False)


def test_status_names_the_running_jobs() -> None:
    running = replace(SITUATION, running=(Running("a", SHOWN, False),))
    assert react(SAID, said("status"), running).answer == Say(StatusShown((SHOWN,)))


@pytest.mark.parametrize(
    ("intent", "answer"),
    [
        ("unsupported_ratio", Say(UnsupportedRatio())),
        ("too_long", Say(TooLong(4000))),
        ("help", Say(Help())),
        ("chat", Say(Chat())),
        ("list_models", TellModels()),
        ("usage", TellUsage()),
    ],
)
def test_every_other_intent_has_its_one_answer(intent: Intent, answer: object) -> None:
    reaction = react(SAID, said(intent), SITUATION)
    assert reaction.answer == answer
    assert not reaction.forget_pending


def test_where_the_bot_was_not_addressed_only_an_explicit_wish_counts() -> None:
    overheard = replace(SAID, addressed=False)
    assert started(react(overheard, GENERATE, SITUATION)).prompt == "一张猫"
    assert react(overheard, replace(GENERATE, explicit=False), SITUATION).answer == Ignore()
    assert react(overheard, said("chat"), WITH_OFFER).answer == Ignore()


def test_the_answer_is_in_the_language_of_the_words_or_of_what_came_before() -> None:
    english = replace(GENERATE, lang="en")
    assert react(replace(SAID, text="a cat"), english, SITUATION).lang == "en"
    assert react(replace(SAID, text="a cat", locale="zh"), english, SITUATION).lang == "en"
    wordless = replace(SAID, text="", images=(PHOTO,))
    no_words = Decision(intent="chat", lang="en")
    assert react(wordless, no_words, replace(SITUATION, last_request=REQUEST)).lang == "zh"
    assert react(wordless, no_words, SITUATION).lang == "en"
    assert react(replace(wordless, locale="zh"), no_words, SITUATION).lang == "zh"
