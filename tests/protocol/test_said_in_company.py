"""What people really type after something has happened: words in, reaction out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from protocol.conversation import react
from protocol.failures import Alternative
from protocol.intent import understand
from protocol.job import Request
from protocol.messages import AttachedImage, ImageRef, Incoming, LinkedImage
from protocol.notices import CancelTooLate, NeedImage, NothingToCancel, PictureReceived, RunningJob
from protocol.reaction import CancelJob, Ignore, Reaction, Say, StartJob
from protocol.situation import Offer, Running, Situation
from tests.protocol.builders import ADDRESS, FLASH, NOW, PRO, REQUEST

RESULT = LinkedImage("https://example.com/result.png")
PHOTO = AttachedImage("playground", "photo")
NOTHING = Situation(now=NOW, most_jobs=2)
AFTER_A_RESULT = replace(NOTHING, last_request=REQUEST, last_picture=RESULT)
AFTER_A_FAILURE = replace(
    NOTHING,
    last_request=REQUEST,
    offer=Offer(
        "job-9",
        REQUEST,
        (Alternative(PRO, "1K", 10, "high_quality"), Alternative(FLASH, "512px", 4, "other_size")),
        opened_at=NOW - 60,
    ),
)
SHOWN = RunningJob("Nano Banana2", 50, 20, 40)


def hears(text: str, situation: Situation, *images: ImageRef, addressed: bool = True) -> Reaction:
    """The reaction to a message with these words and pictures."""
    incoming = Incoming(address=ADDRESS, text=text, images=images, sent_at=NOW, addressed=addressed)
    return react(incoming, understand(text, len(images)), situation)


def started(reaction: Reaction) -> Request:
    assert isinstance(reaction.answer, StartJob), reaction.answer
    return reaction.answer.request


@pytest.mark.parametrize(
    "text",
    [
        "把它变成水彩画", "它能换成晚上的吗", "这张改成竖版", "把刚才那张的背景换成海边", "刚才那张再亮一点",
        "加一顶帽子", "去掉水印", "上一张图转成黑白", "背景虚化一下", "頭髮換成紅色", "再暗一点",
        "make it darker", "turn it into a watercolor", "can you put a hat on it?", "now remove the background",
        "that one but in pixel art style, change the sky to purple", "the last picture, make it snow",
        "brighter please",
    ],
)  # fmt: skip
def test_an_edit_without_a_picture_is_of_the_last_result(text: str) -> None:
    request = started(hears(text, AFTER_A_RESULT))
    assert (request.task_type, request.images) == ("image_to_image", (RESULT,))
    asked = hears(text, NOTHING)
    assert asked.answer == Say(NeedImage())


@pytest.mark.parametrize("text", ["画一只狗", "一座雪山", "draw a dog", "a lighthouse in a storm", "再画一只狐狸吧"])
def test_something_new_is_not_drawn_over_the_last_result(text: str) -> None:
    request = started(hears(text, AFTER_A_RESULT))
    assert (request.task_type, request.images) == ("text_to_image", ())


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("好", 1), ("要", 1), ("好的", 1), ("可以", 1), ("行", 1), ("好啊", 1), ("嗯", 1), ("yes", 1), ("ok", 1),
        ("sure", 1), ("yes please", 1), ("第一个", 1), ("1", 1), ("第二个", 2), ("2", 2), ("选第二个", 2),
        ("the second one", 2), ("nano banana pro", 1), ("用香蕉Pro", 1), ("NB2", 2),
        ("用nano banana 2", 2),
    ],
)  # fmt: skip
def test_an_open_offer_is_taken_by_a_yes_a_number_or_a_name(text: str, number: int) -> None:
    reaction = hears(text, AFTER_A_FAILURE)
    assert AFTER_A_FAILURE.offer is not None
    chosen = AFTER_A_FAILURE.offer.alternatives[number - 1]
    request = started(reaction)
    assert (request.model_id, request.size, request.max_points) == (chosen.model_id, chosen.size, chosen.points)
    assert (reaction.takes_offer, reaction.save_preference) == ("job-9", None)


@pytest.mark.parametrize("text", ["好", "要", "yes", "第二个", "2", "谢谢", "哈哈", "thanks!", "nice one"])
def test_without_an_open_offer_such_words_spend_nothing(text: str) -> None:
    assert not isinstance(hears(text, AFTER_A_RESULT).answer, StartJob)


@pytest.mark.parametrize(
    "text",
    [
        "重试",
        "再来一张",
        "再试一次",
        "换一张",
        "再画一次",
        "again",
        "retry",
        "another one",
        "one more please",
        "try again",
    ],
)
def test_again_is_the_last_request_once_more(text: str) -> None:
    assert started(hears(text, AFTER_A_RESULT)).prompt == REQUEST.prompt
    after_a_failure = hears(text, AFTER_A_FAILURE)
    assert started(after_a_failure).model_id == REQUEST.model_id
    assert after_a_failure.takes_offer == "job-9"


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("再来一张但是白天的", "白天"), ("再来一张，要冬天的", "冬天"), ("再画一张，不过换成黑猫", "黑猫"),
        ("another one but at night", "night"), ("again, but with a red hat", "red hat"),
    ],
)  # fmt: skip
def test_again_with_a_change_keeps_the_rest(text: str, change: str) -> None:
    request = started(hears(text, AFTER_A_RESULT))
    assert request.prompt.startswith(REQUEST.prompt)
    assert change in request.prompt
    assert request.model_id == REQUEST.model_id


@pytest.mark.parametrize(("text", "ratio"), [("再来一张，16:9", "16:9"), ("another one, vertical", "9:16")])
def test_again_in_another_shape_changes_nothing_else(text: str, ratio: str) -> None:
    assert started(hears(text, AFTER_A_RESULT)).prompt == REQUEST.prompt
    assert started(hears(text, AFTER_A_RESULT)).aspect_ratio == ratio


@pytest.mark.parametrize(
    "text", ["变成油画", "换个发型", "吉卜力风格", "make it a sticker", "oil painting style", "画成漫画"]
)
def test_words_after_a_picture_sent_alone_are_about_it(text: str) -> None:
    alone = hears("", AFTER_A_RESULT, PHOTO)
    assert alone.answer == Say(PictureReceived())
    request = started(hears(text, replace(AFTER_A_RESULT, pending=alone.pending)))
    assert (request.task_type, request.images) == ("image_to_image", (PHOTO,))


@pytest.mark.parametrize(
    ("question", "answer"), [("画点什么吧", "一只橘猫"), ("draw something", "a red fox"), ("画图 4K", "雪山日出")]
)
def test_the_answer_to_what_to_draw_completes_the_request(question: str, answer: str) -> None:
    asked = hears(question, NOTHING)
    request = started(hears(answer, replace(NOTHING, pending=asked.pending)))
    assert request.prompt == answer
    assert request.size == understand(question).size


@pytest.mark.parametrize(("question", "answer"), [("把背景换成海边", ""), ("make it look like a comic", "")])
def test_the_picture_that_was_asked_for_completes_the_request(question: str, answer: str) -> None:
    asked = hears(question, NOTHING)
    request = started(hears(answer, replace(NOTHING, pending=asked.pending), PHOTO))
    assert (request.prompt, request.images) == (question, (PHOTO,))


@pytest.mark.parametrize(
    "text", ["算了", "取消", "不画了", "别画了", "停", "cancel", "never mind", "stop", "forget it"]
)
def test_never_mind_stops_what_is_unpaid_and_is_honest_about_what_is_paid(text: str) -> None:
    unpaid = replace(AFTER_A_RESULT, running=(Running("job-1", SHOWN, unpaid=True),))
    assert hears(text, unpaid).answer == CancelJob("job-1")
    paid = replace(AFTER_A_RESULT, running=(Running("job-1", SHOWN, unpaid=False),))
    assert hears(text, paid).answer == Say(CancelTooLate())
    assert hears(text, AFTER_A_RESULT).answer == Say(NothingToCancel())


@pytest.mark.parametrize(
    "text", ["今天好累啊", "哈哈哈哈", "a cat", "一只猫", "有哪些模型", "再来一张", "好", "help", "多少钱", "nb pro"]
)
def test_overheard_without_being_addressed_only_an_explicit_request_counts(text: str) -> None:
    assert hears(text, AFTER_A_FAILURE, addressed=False).answer == Ignore()


@pytest.mark.parametrize(
    "text",
    ["画一只猫", "帮我画个音乐节海报", "draw a cat", "can you paint a sunset?", "把它变成油画", "make it darker"],
)
def test_overheard_an_explicit_request_is_taken(text: str) -> None:
    started(hears(text, AFTER_A_RESULT, addressed=False))


@pytest.mark.parametrize("text", ["帮我画个海报", "画一张21:9的雪山", "draw something"])
def test_overheard_an_explicit_request_that_cannot_be_drawn_yet_is_answered_too(text: str) -> None:
    assert isinstance(hears(text, NOTHING, addressed=False).answer, Say)
