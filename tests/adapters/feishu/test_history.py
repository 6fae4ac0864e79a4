"""A send that may have arrived is looked for where the platform no longer knows its key; else it is sent again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.feishu import history
from adapters.feishu.history import WINDOW, recognised
from adapters.port import SendFailed
from protocol.messages import Outgoing, Priority
from tests.adapters.feishu.desk import Desk, desk
from tests.adapters.feishu.payloads import ADDRESS, RESULT, outgoing
from tests.platforms.feishu_server import Message

LATER = 2 * 3600.0
SENDS = "POST /im/v1/messages*"
Says = Callable[[Desk], Message]
Makes = Callable[[Desk, Message], Outgoing]


def in_private(here: Desk) -> Message:
    return here.server.dm(here.mei, "画一只猫")


def in_the_group(here: Desk) -> Message:
    return here.server.say(here.mei, here.group, "画一只猫")


def in_a_topic(here: Desk) -> Message:
    began = here.server.say(here.tom, here.group, "大家好", mention_bot=False)
    return here.server.say(here.mei, here.group, "画一只猫", reply_to=began, in_thread=True)


def acknowledgement(here: Desk, said: Message) -> Outgoing:
    address = here.address(said)
    return Outgoing(address, "ack0123456789abcdef0123", "🐱 马上画猫！", Priority.ACKNOWLEDGEMENT, reply=True)


PLACES = (in_private, in_the_group, in_a_topic)
CARDS: tuple[Makes, ...] = (Desk.start, Desk.result)

TOLD = [
    *((said, makes, True) for said in PLACES for makes in CARDS),
    (in_private, acknowledgement, True),
    (in_the_group, acknowledgement, True),
    *((said, Desk.result, False) for said in PLACES),
    (in_private, Desk.start, False),
    (in_the_group, Desk.start, False),
]


async def lost(here: Desk, message: Outgoing, *, cards: bool, when: str = "after") -> None:
    """An attempt of which nobody knows whether it arrived; then a restart, hours later."""
    here.server.trouble.fail_next(SENDS, "reset", "after" if when == "after" else "before")
    with pytest.raises(SendFailed):
        await here.restarted(cards=cards).send(message)
    here.time.now += LATER
    here.restarted(cards=cards)


@pytest.mark.parametrize(("says", "makes", "cards"), TOLD)
async def test_what_arrived_is_found_again_after_the_window_of_its_key(
    tmp_path: Path, says: Says, makes: Makes, cards: bool
) -> None:
    async with desk(tmp_path) as here:
        said = says(here)
        message = makes(here, said)
        await lost(here, message, cards=cards)
        ref = await here.sending.send(replace(message, retried=True))
        (shown,) = here.by_bot(said.chat)
        assert (ref.message, ref.conversation) == (shown.id, said.chat.id)
        assert here.lookups() == 1


@pytest.mark.parametrize(
    ("says", "makes", "cards"),
    [(in_the_group, Desk.result, True), (in_a_topic, Desk.start, True), (in_private, Desk.start, False)],
)
async def test_what_did_not_arrive_is_sent(tmp_path: Path, says: Says, makes: Makes, cards: bool) -> None:
    async with desk(tmp_path) as here:
        said = says(here)
        message = makes(here, said)
        await lost(here, message, cards=cards, when="before")
        ref = await here.sending.send(replace(message, retried=True))
        assert [each.id for each in here.by_bot(said.chat)] == [ref.message]


async def test_a_group_whose_history_may_not_be_read_gets_it_again(tmp_path: Path) -> None:
    """Rather twice than never."""
    async with desk(tmp_path, readable=False) as here:
        said = in_the_group(here)
        message = here.result(said)
        await lost(here, message, cards=True)
        ref = await here.sending.send(replace(message, retried=True))
        assert [each.id for each in here.by_bot(said.chat)][1:] == [ref.message]
        assert here.lookups() == 1


@pytest.mark.parametrize("outcome", [502, "broken_json", "reset"])
async def test_a_history_that_cannot_be_had_is_tried_twice_and_then_it_is_sent_again(
    tmp_path: Path, outcome: int
) -> None:
    async with desk(tmp_path) as here:
        said = in_private(here)
        message = here.start(said)
        await lost(here, message, cards=True)
        here.server.trouble.fail_next("GET /im/v1/messages", outcome, times=2)
        ref = await here.sending.send(replace(message, retried=True))
        assert [each.id for each in here.by_bot(said.chat)][1:] == [ref.message]


async def test_a_history_that_never_comes_holds_the_chat_for_a_while_and_then_it_is_sent_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "LOOK_SECONDS", 0.05)
    async with desk(tmp_path) as here:
        said = in_private(here)
        message = here.start(said)
        await lost(here, message, cards=True)
        here.server.trouble.fail_next("GET /im/v1/messages", "never")
        ref = await here.sending.send(replace(message, retried=True))
        assert [each.id for each in here.by_bot(said.chat)][1:] == [ref.message]


async def test_cards_that_are_not_given_back_tell_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path, gives_cards_back=False) as here:
        said = in_private(here)
        message = here.start(said)
        await lost(here, message, cards=True)
        await here.sending.send(replace(message, retried=True))
        assert len(here.by_bot(said.chat)) == 2


async def test_within_the_window_the_key_is_enough_and_nobody_is_asked(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        said = in_private(here)
        message = here.start(said)
        here.server.trouble.fail_next(SENDS, "reset", "after", times=2)
        for _ in range(2):
            with pytest.raises(SendFailed):
                await here.sending.send(message)
        here.time.now += WINDOW - 60
        ref = await here.sending.send(replace(message, retried=True))
        assert [each.id for each in here.by_bot(said.chat)] == [ref.message]
        assert here.lookups() == 0


async def test_without_a_restart_the_end_of_the_window_is_known(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        said = in_private(here)
        message = here.start(said)
        here.server.trouble.fail_next(SENDS, "reset", "after")
        with pytest.raises(SendFailed):
            await here.sending.send(message)
        here.time.now += LATER
        ref = await here.sending.send(replace(message, retried=True))
        assert [each.id for each in here.by_bot(said.chat)] == [ref.message]
        assert here.lookups() == 1


async def test_a_first_attempt_asks_nobody(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        await here.sending.send(here.result(in_private(here)))
        assert here.lookups() == 0


async def test_a_second_attempt_that_was_looked_for_has_a_window_of_its_own(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        said = in_private(here)
        message = here.start(said)
        await lost(here, message, cards=True, when="before")
        here.server.trouble.fail_next(SENDS, "reset", "after")
        with pytest.raises(SendFailed):
            await here.sending.send(replace(message, retried=True))
        ref = await here.sending.send(replace(message, retried=True))
        assert [each.id for each in here.by_bot(said.chat)] == [ref.message]
        assert here.lookups() == 1


async def test_it_is_looked_for_once_however_long_its_picture_takes(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        said = in_private(here)
        message = replace(here.result(said), retried=True)
        sending = here.restarted(holds=0.01)
        here.server.trouble.fail_next("POST /im/v1/images", "never")
        for _ in range(3):
            with pytest.raises(SendFailed):
                await sending.send(message)
        assert here.lookups() == 1


async def test_the_same_words_for_another_request_are_not_taken_for_ours(tmp_path: Path) -> None:
    """Two requests whose steps say the same: only the one that came right after its request is known."""
    async with desk(tmp_path) as here:
        first = in_private(here)
        message = here.start(first)
        await lost(here, message, cards=False, when="before")
        second = here.server.dm(here.mei, "画一只狗")
        other = replace(here.start(second), key="another")
        await here.sending.send(other)
        await here.sending.send(replace(message, retried=True))
        assert len(here.by_bot(first.chat)) == 2


async def test_the_answer_to_another_press_of_the_same_card_is_not_taken_for_ours(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        said = in_private(here)
        card = await here.sending.send(here.result(said))
        pressed = replace(
            acknowledgement(here, said), address=replace(here.address(said), message=f"{card.message} e1")
        )
        again = replace(pressed, key="ack2", address=replace(here.address(said), message=f"{card.message} e2"))
        await here.sending.send(pressed)
        await lost(here, again, cards=True, when="before")
        await here.sending.send(replace(again, retried=True))
        assert len(here.by_bot(said.chat)) == 3


async def test_the_history_is_read_no_further_than_the_request(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        for number in range(60):
            here.server.say(here.tom, here.group, f"{number}", mention_bot=False)
        said = in_the_group(here)
        message = here.start(said)
        await lost(here, message, cards=True)
        for number in range(60):
            here.server.say(here.tom, here.group, f"{number}", mention_bot=False)
        ref = await here.sending.send(replace(message, retried=True))
        assert [each.id for each in here.by_bot(said.chat)] == [ref.message]
        assert here.lookups() == 2


async def test_in_private_beside_a_group_nothing_can_be_looked_up(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        message = here.start(in_the_group(here), in_private=True)
        await lost(here, message, cards=True)
        await here.sending.send(replace(message, retried=True))
        assert len(here.by_bot(here.direct)) == 2
        assert here.lookups() == 0


async def test_our_own_message_that_was_recalled_is_sent_again(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        said = in_private(here)
        message = here.start(said)
        await lost(here, message, cards=True)
        (shown,) = here.by_bot(said.chat)
        here.server.trouble.recall(here.server.world.messages[shown.id])
        ref = await here.sending.send(replace(message, retried=True))
        assert ref.message != shown.id


def given_back(card: object, identity: str = "om_9", app: str = "cli_a") -> dict[str, object]:
    return {
        "message_id": identity,
        "msg_type": "interactive",
        "sender": {"id": app, "sender_type": "app"},
        "body": {"content": json.dumps(card)},
    }


def presses(*values: str) -> dict[str, object]:
    """A card without a mark, from before there were any."""
    buttons = [{"tag": "button", "behaviors": [{"type": "callback", "value": {"press": each}}]} for each in values]
    return {"schema": "2.0", "body": {"elements": buttons}}


OURS = presses(*(each.value for each in RESULT.buttons))


@pytest.mark.parametrize(
    ("item", "found"),
    [
        (given_back(OURS), "om_9"),
        (given_back({"user_dsl": json.dumps(OURS)}), "om_9"),
        (given_back({"user_dsl": OURS}), "om_9"),
        (given_back(OURS, app="cli_another"), None),
        (given_back(presses("again:j2:6", "edit:j2:0", "larger:j2:13")), None),
        (
            given_back({"title": "✅", "elements": [[{"tag": "text", "text": "请升级至最新版本客户端，以查看内容"}]]}),
            None,
        ),
        (given_back({"body": {"elements": [{"tag": "markdown", "element_id": "k1x"}, OURS]}}), None),
        (given_back({"body": {"elements": [{"tag": "markdown", "element_id": "kk1"}]}}), "om_9"),
    ],
)
def test_a_card_is_ours_by_its_mark_or_by_its_buttons(item: dict[str, object], found: str | None) -> None:
    assert recognised(RESULT, [item], app_id="cli_a", cards=True) == found


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("message_id", "msg_type", "sender", "body", "parent_id", "deleted")


@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6), max_size=3))
def test_whatever_is_given_back_looking_through_it_never_fails(items: list[dict[str, object]]) -> None:
    assert recognised(outgoing(address=ADDRESS), items, app_id="cli_a", cards=False) is None
