"""Sending: by the way that is open, once, and what each refusal of Discord leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from adapters.discord import answers as answers_module
from adapters.discord.answers import Answers
from adapters.discord.interactions import Interaction
from adapters.discord.outgoing import Smaller, Upload
from adapters.discord.payload import JsonObject
from adapters.discord.places import DEFAULT_LIMIT, Places
from adapters.discord.rest import NotTaken, Rejected, Rest, RestError, Unreachable
from adapters.discord.rules import PictureRules
from adapters.discord.sending import Sending
from adapters.port import SendFailed, SendRefused
from protocol.messages import Button, MessageRef, Outgoing, Priority
from tests.adapters.discord.payloads import BOT, CHANNEL, MEI, MESSAGE, WORDS, message
from tests.adapters.discord.test_outgoing import ADDRESS, PICTURE, out

POST = "POST /channels/{channel_id}/messages"
HISTORY = "GET /channels/{channel_id}/messages"
DIRECT = "POST /users/@me/channels"
CALLBACK = "POST /interactions/{webhook_id}/{webhook_token}/callback"
FOLLOW_UP = "POST /webhooks/{webhook_id}/{webhook_token}"
ORIGINAL = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"


@dataclass
class Scripted:
    """Answers by route, in order; without one, Discord takes it and gives the id 1, and what it quotes."""

    answers: dict[str, list[object]] = field(default_factory=dict)
    calls: list[tuple[str, Mapping[str, str], Any, Upload | None]] = field(default_factory=list)

    async def call(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        upload: Upload | None = None,
        query: Any = None,
        once: bool = False,
        **more: str,
    ) -> object:
        route = f"{method} {path}"
        self.calls.append((route, more, json, upload))
        waiting = self.answers.get(route, [])
        quoted = {key: json[key] for key in ("message_reference",) if isinstance(json, dict) and key in json}
        answer: object = waiting.pop(0) if waiting else {"id": "1", **quoted}
        if isinstance(answer, RestError | OSError):
            raise answer
        return answer

    async def table(self, method: str, path: str, **more: Any) -> JsonObject:
        answer = await self.call(method, path, **more)
        return answer if isinstance(answer, dict) else {}

    def routes(self) -> list[str]:
        return [route for route, *_ in self.calls]


class Somewhere:
    """A channel of which nothing special is known."""

    limit = 10_000_000
    lacking: tuple[str, ...] = ()
    adult = False

    def file_limit(self, channel: str) -> int:
        return self.limit

    def missing(self, channel: str) -> tuple[str, ...]:
        return self.lacking

    def readable(self, channel: str) -> bool:
        return not self.lacking

    def age_restricted(self, channel: str) -> bool:
        return self.adult

    def name(self, channel: str) -> str:
        return "#somewhere"


class Desk:
    """A `Sending` with its surroundings; `now` is what time it is."""

    def __init__(self, rules: PictureRules | None = None) -> None:
        self.now = 0.0
        self.smallest = 0
        self.shrunk_to: list[int] = []
        self.rest = Scripted()
        self.places = Somewhere()
        rest = cast(Rest, self.rest)
        self.answers = Answers(rest, lambda: self.now)
        self.sending = Sending(
            rest,
            cast(Places, self.places),
            self.answers,
            bot=BOT,
            words=WORDS,
            rules=rules or PictureRules(),
            shrink=self.shrink,
            monotonic=lambda: self.now,
        )

    async def shrink(self, path: str, largest: int) -> Smaller | None:
        self.shrunk_to.append(largest)
        return Smaller(b"small", "image/jpeg") if largest >= self.smallest else None

    def script(self, route: str, *answers: object) -> Desk:
        self.rest.answers[route] = list(answers)
        return self

    def opened(self) -> Desk:
        interaction = Interaction(MESSAGE, "token", BOT, "zh", press=False, file_limit=300_000)
        self.answers.open(interaction, CHANNEL, discreet=False)
        return self

    async def send(self, outgoing: Outgoing) -> MessageRef:
        return await self.sending.send(outgoing)


@pytest.fixture
def drawn(tmp_path: Path) -> Outgoing:
    path = tmp_path / "cat.png"
    path.write_bytes(b"x" * 400_000)
    picture = PICTURE.__class__(PICTURE.url, PICTURE.alt, str(path))
    return out("✅ 图片生成成功", picture=picture)


async def test_a_message_is_created_in_its_channel() -> None:
    desk = Desk()
    assert await desk.send(out()) == MessageRef("discord", CHANNEL, "1")
    assert desk.rest.routes() == [POST]


TOO_LARGE = [
    Rejected(413, 0, ""),
    Rejected(400, 40005, "Request entity too large"),
    Rejected(400, 50045, "File uploaded exceeds the maximum size"),
]


@pytest.mark.parametrize("refusal", TOO_LARGE)
async def test_a_picture_that_discord_calls_too_large_is_made_smaller_once_more_under_the_same_key(
    refusal: Rejected, drawn: Outgoing
) -> None:
    desk = Desk().script(POST, refusal)
    await desk.send(drawn)
    (_, _, first, whole), (_, _, second, smaller) = desk.rest.calls
    assert whole == Upload(str(drawn.picture and drawn.picture.path), "picture.png", "image/png")
    assert smaller == Upload(b"small", "picture.jpg", "image/jpeg")
    assert desk.shrunk_to == [200_000]
    assert first["nonce"] == second["nonce"]
    assert second["components"][1]["content"].endswith(WORDS["zh"]["discord.smaller_here"])


@pytest.mark.parametrize("refusal", TOO_LARGE)
async def test_a_picture_that_is_still_too_large_goes_as_a_link_under_the_same_key(
    refusal: Rejected, drawn: Outgoing
) -> None:
    desk = Desk().script(POST, refusal, refusal)
    await desk.send(drawn)
    assert len({form["nonce"] for _, _, form, _ in desk.rest.calls}) == 1
    *_, (_, _, last, none) = desk.rest.calls
    assert none is None
    assert last["components"][1]["content"].endswith(WORDS["zh"]["discord.too_large_here"])
    assert desk.rest.routes() == [POST] * 3


async def test_a_picture_that_cannot_be_made_smaller_goes_as_a_link(drawn: Outgoing) -> None:
    desk = Desk()
    desk.places.limit, desk.smallest = 100_000, 200_000
    await desk.send(drawn)
    assert [upload for *_, upload in desk.rest.calls] == [None]


async def test_a_picture_over_the_limit_of_the_place_is_not_even_tried_as_it_is(drawn: Outgoing) -> None:
    desk = Desk()
    desk.places.limit = 399_999
    await desk.send(drawn)
    assert [upload.source for *_, upload in desk.rest.calls if upload] == [b"small"]
    assert desk.shrunk_to == [399_999]


async def test_another_refusal_of_a_picture_is_no_reason_to_make_it_smaller(drawn: Outgoing) -> None:
    for refusals in ([Rejected(400, 50035, "")], [Rejected(413, 0, ""), Rejected(400, 50035, "")]):
        with pytest.raises(SendRefused):
            await Desk().script(POST, *refusals).send(drawn)


def test_what_fits_is_asked_of_the_place_or_of_the_interaction_where_only_that_is_open() -> None:
    desk = Desk().opened()
    assert desk.sending.largest_picture(ADDRESS) == 10_000_000
    desk.places.lacking = ("Send Messages",)
    assert desk.sending.largest_picture(ADDRESS) == DEFAULT_LIMIT


async def test_where_the_channel_is_closed_the_interactions_own_limit_holds(drawn: Outgoing) -> None:
    desk = Desk().opened().script(POST, *[Rejected(403, 50013, "Missing Permissions")] * 9)
    desk.places.lacking = ("Send Messages",)
    await desk.send(out(reply=True))
    assert desk.sending.largest_picture(drawn.address) == 300_000
    await desk.send(drawn)
    assert desk.shrunk_to == [300_000]
    assert desk.rest.routes() == [CALLBACK, POST, FOLLOW_UP]


@pytest.mark.parametrize(
    ("rules", "adult", "veiled"),
    [
        (PictureRules(), True, False),
        (PictureRules(spoilers=True), False, True),
        (PictureRules(age_restricted="spoiler"), True, True),
        (PictureRules(age_restricted="spoiler"), False, False),
    ],
)
async def test_pictures_are_veiled_where_the_admin_wants_it(
    rules: PictureRules, adult: bool, veiled: bool, drawn: Outgoing
) -> None:
    desk = Desk(rules)
    desk.places.adult = adult
    await desk.send(drawn)
    assert desk.rest.calls[0][2]["components"][0]["items"][0]["spoiler"] is veiled


async def test_a_remark_of_the_adapters_own_is_a_reply_under_a_key_of_its_own() -> None:
    desk = Desk()
    for lang in ("zh", "en"):
        await desk.sending.remark(ADDRESS, lang, "discord.not_in_this_channel")
    (_, _, first, _), (_, _, second, _) = desk.rest.calls
    assert first["content"] == WORDS["zh"]["discord.not_in_this_channel"]
    assert second["content"] == WORDS["en"]["discord.not_in_this_channel"]
    assert first["nonce"] == f"own{MESSAGE}"
    assert first["message_reference"]["message_id"] == MESSAGE
    desk.script(POST, Rejected(403, 50001, "Missing Access"))
    await desk.sending.remark(ADDRESS, "en", "discord.not_in_this_channel")


@pytest.mark.parametrize("error", [FileNotFoundError(2, "gone"), PermissionError(13, "denied"), OSError(5, "broken")])
async def test_a_picture_whose_file_cannot_be_read_is_sent_as_its_link_at_once(error: OSError, drawn: Outgoing) -> None:
    desk = Desk().script(POST, error)
    assert await desk.send(drawn) == MessageRef("discord", CHANNEL, "1")
    *_, (_, _, body, upload) = desk.rest.calls
    assert upload is None
    assert body["components"][0]["items"][0]["media"] == {"url": PICTURE.url}
    assert body["components"][1]["content"].endswith(f"\n{PICTURE.url}")


async def test_a_picture_whose_file_is_gone_is_sent_as_its_link_which_stands_there_once(tmp_path: Path) -> None:
    gone = PICTURE.__class__(PICTURE.url, PICTURE.alt, str(tmp_path / "gone.png"))
    desk = Desk()
    await desk.send(out(f"✅\n🔗 {PICTURE.url}", picture=gone))
    [(_, _, body, upload)] = desk.rest.calls
    assert upload is None
    assert body["components"][1]["content"].count(PICTURE.url) == 1


async def test_a_picture_whose_file_is_gone_follows_a_closed_channels_interaction_as_its_link(tmp_path: Path) -> None:
    gone = PICTURE.__class__(PICTURE.url, PICTURE.alt, str(tmp_path / "gone.png"))
    desk = Desk().opened().script(POST, Rejected(403, 50013, "Missing Permissions"))
    await desk.send(out(reply=True))
    await desk.send(out(picture=gone))
    assert desk.rest.routes() == [CALLBACK, POST, FOLLOW_UP]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (Unreachable("reset"), SendFailed),
        (Rejected(401, 0, "unauthorized"), SendFailed),
        (Rejected(400, 20016, "slow mode"), SendFailed),
        (Rejected(404, 10003, "Unknown Channel"), SendRefused),
        (Rejected(403, 50001, "Missing Access"), SendRefused),
        (Rejected(400, 50035, "Invalid Form Body"), SendRefused),
    ],
)
async def test_an_error_is_passing_or_final(error: RestError, expected: type[Exception]) -> None:
    with pytest.raises(expected):
        await Desk().script(POST, error).send(out())


async def test_the_wait_that_discord_asks_for_is_passed_on() -> None:
    with pytest.raises(SendFailed) as failed:
        await Desk().script(POST, Unreachable("rate", 7.5)).send(out())
    assert failed.value.retry_after == 7.5


async def test_what_may_have_arrived_is_looked_for_first() -> None:
    ours = message(f"<@{MEI}>\nhi", author=BOT, id="42")
    desk = Desk().script(HISTORY, [message("hi", author=MEI), ours])
    assert (await desk.send(out(retried=True))).message == "42"
    assert desk.rest.routes() == [HISTORY]


async def test_what_did_not_arrive_or_cannot_be_looked_for_is_sent() -> None:
    for history in ([message("other", author=BOT)], Rejected(403, 50001, "Missing Access")):
        desk = Desk().script(HISTORY, history)
        await desk.send(out(retried=True))
        assert desk.rest.routes() == [HISTORY, POST]


async def test_in_private_the_direct_channel_is_opened_once() -> None:
    desk = Desk().script(DIRECT, {"id": "900"})
    for _ in range(2):
        assert (await desk.send(out(in_private=True))).conversation == "900"
    assert desk.rest.routes() == [DIRECT, POST, POST]


async def test_who_asked_where_the_bot_may_not_write_is_told_in_private_once_an_hour() -> None:
    desk = Desk().script(POST, *[Rejected(403, 50013, "Missing Permissions"), {"id": "2"}] * 3)
    told = []
    for now in (0.0, 60.0, 3700.0):
        desk.now, before = now, len(desk.rest.calls)
        with pytest.raises(SendRefused):
            await desk.send(out("马上画", reply=True))
        desk.rest.answers[POST] = [Rejected(403, 50013, "Missing Permissions"), {"id": "2"}]
        told.append(len(desk.rest.calls) - before > 1)
    assert told == [True, False, True]
    assert f"<#{CHANNEL}>" in desk.rest.calls[2][2]["content"]


async def test_where_the_channel_is_closed_after_the_acknowledgement_the_asker_is_told_too() -> None:
    """Nothing is drawn then, and the acknowledgement had promised it."""
    desk = Desk().script(POST, Rejected(403, 50013, "Missing Permissions"), {"id": "2"})
    with pytest.raises(SendRefused):
        await desk.send(out("🎨 开始生成图片", priority=Priority.START))
    assert f"<#{CHANNEL}>" in desk.rest.calls[2][2]["content"]


async def test_an_edit_replaces_the_words() -> None:
    desk = Desk()
    earlier = MessageRef("discord", CHANNEL, "5")
    assert await desk.send(out("⏳ 50%", edits=earlier)) == earlier
    assert desk.rest.routes() == ["PATCH /channels/{channel_id}/messages/{message_id}"]


# --- interactions ---


async def test_the_first_answer_of_a_command_is_its_response() -> None:
    made = {"resource": {"message": {"id": "7"}}}
    desk = Desk().opened().script(CALLBACK, made)
    assert (await desk.send(out(reply=True))).message == "7"
    await desk.send(out())
    assert desk.rest.routes() == [CALLBACK, POST]


async def test_the_same_answer_again_is_not_sent_again() -> None:
    desk = Desk().opened()
    first = await desk.send(out(reply=True))
    assert await desk.send(out(reply=True)) == first
    assert desk.rest.routes() == [CALLBACK]


async def test_an_interaction_that_comes_again_changes_nothing_about_its_answer() -> None:
    desk = Desk().opened()
    first = await desk.send(out(reply=True))
    interaction = Interaction(MESSAGE, "token", BOT, "zh", press=False)
    assert not desk.answers.open(interaction, CHANNEL, discreet=False)
    assert await desk.send(out(reply=True)) == first
    assert desk.rest.routes() == [CALLBACK]


def test_an_interaction_comes_for_the_first_time_once_as_long_as_it_is_known() -> None:
    desk, came = Desk(), []
    for now in (0.0, 1.0, answers_module.TOKEN_LIFE + 1, answers_module.KNOWN_FOR + 1):
        desk.now = now
        came.append(desk.answers.first(MESSAGE))
    assert came == [True, False, False, True]


async def test_an_answer_that_may_have_arrived_is_looked_for() -> None:
    desk = Desk().opened().script(CALLBACK, Unreachable("reset")).script(f"GET {ORIGINAL}", {"id": "8"})
    with pytest.raises(SendFailed):
        await desk.send(out(reply=True))
    assert (await desk.send(out(reply=True))).message == "8"


@pytest.mark.parametrize("code", [10062, 40060, 10015, 50027])
async def test_an_interaction_that_can_no_longer_be_answered_leaves_the_channel(code: int) -> None:
    desk = Desk().opened().script(CALLBACK, Rejected(404, code, ""))
    assert (await desk.send(out(reply=True))).message == "1"
    assert desk.rest.routes() == [CALLBACK, POST]


async def test_after_three_seconds_without_a_deferral_or_fifteen_minutes_the_channel_is_left() -> None:
    for now in (2.9, 880.0):
        desk = Desk().opened()
        desk.now = now
        await desk.send(out(reply=True))
        assert desk.rest.routes() == [POST]


async def test_where_the_channel_is_closed_the_rest_follows_the_interaction_without_a_nonce() -> None:
    desk = Desk().opened().script(POST, *[Rejected(403, 50001, "Missing Access")] * 2)
    await desk.send(out(reply=True))
    first = await desk.send(out())
    assert desk.rest.routes() == [CALLBACK, POST, FOLLOW_UP]
    assert "nonce" not in desk.rest.calls[-1][2]
    assert await desk.send(out()) == first
    assert desk.rest.routes() == [CALLBACK, POST, FOLLOW_UP, POST]


@pytest.fixture
def doubtful() -> Desk:
    """A message that followed an interaction in a closed channel, and nobody knows whether it arrived."""
    closed = [Rejected(403, 50013, "Missing Permissions")] * 9
    return Desk().opened().script(POST, *closed).script(FOLLOW_UP, Unreachable("reset"))


async def test_a_doubtful_message_that_arrived_is_found_and_not_sent_again(doubtful: Desk) -> None:
    await doubtful.send(out(reply=True))
    with pytest.raises(SendFailed):
        await doubtful.send(out())
    doubtful.script(HISTORY, [message(f"<@{MEI}>\nhi", author=BOT, id="42")])
    assert (await doubtful.send(out())).message == "42"
    assert (await doubtful.send(out())).message == "42"
    assert doubtful.rest.routes().count(FOLLOW_UP) == 1


async def test_a_doubtful_message_that_did_not_arrive_is_sent_again(doubtful: Desk) -> None:
    await doubtful.send(out(reply=True))
    with pytest.raises(SendFailed):
        await doubtful.send(out())
    doubtful.script(HISTORY, [message("something else", author=BOT)])
    await doubtful.send(out())
    assert doubtful.rest.routes().count(FOLLOW_UP) == 2


async def test_a_doubtful_message_in_a_channel_that_cannot_be_read_is_left_to_another_way(doubtful: Desk) -> None:
    """It is never shown twice there."""
    await doubtful.send(out(reply=True))
    with pytest.raises(SendFailed):
        await doubtful.send(out())
    doubtful.places.lacking = ("View Channel",)
    doubtful.script(HISTORY, [])
    with pytest.raises(SendRefused):
        await doubtful.send(out())
    assert doubtful.rest.routes().count(FOLLOW_UP) == 1


async def test_what_the_rate_kept_back_is_sent_again_also_where_the_channel_cannot_be_read(doubtful: Desk) -> None:
    doubtful.places.lacking = ("View Channel",)
    doubtful.script(FOLLOW_UP, NotTaken("the rate is used up", 2.5))
    await doubtful.send(out(reply=True))
    with pytest.raises(SendFailed) as failed:
        await doubtful.send(out())
    assert failed.value.retry_after == 2.5
    assert (await doubtful.send(out())).message == "1"
    assert doubtful.rest.routes().count(FOLLOW_UP) == 2


async def test_a_first_answer_that_the_rate_kept_back_is_given_again_and_not_looked_for() -> None:
    desk = Desk().opened().script(CALLBACK, NotTaken("the rate is used up"))
    with pytest.raises(SendFailed):
        await desk.send(out(reply=True))
    await desk.send(out(reply=True))
    assert desk.rest.routes() == [CALLBACK, CALLBACK]


async def test_a_deferral_that_may_have_arrived_is_completed_and_not_taken_for_an_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answers_module, "DEFER_AFTER", 0.0)
    desk = Desk().opened().script(CALLBACK, Unreachable("reset")).script(f"GET {ORIGINAL}", {"id": "8", "flags": 128})
    await desk.answers.defer_if_late(MESSAGE)
    await desk.send(out(reply=True))
    assert desk.rest.routes() == [CALLBACK, f"GET {ORIGINAL}", f"PATCH {ORIGINAL}"]


@pytest.mark.parametrize("discreet", [True, False])
async def test_a_doubtful_answer_to_a_slow_press_is_not_told_twice(
    discreet: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that all can read is looked for; one that only the presser can read told them that nothing happened."""
    monkeypatch.setattr(answers_module, "DEFER_AFTER", 0.0)
    desk = Desk().script(FOLLOW_UP, Unreachable("reset"))
    desk.answers.open(Interaction(MESSAGE, "token", BOT, "zh", press=True, button=True), CHANNEL, discreet=False)
    await desk.answers.defer_if_late(MESSAGE)
    answer = out(reply=True, discreet=discreet)
    with pytest.raises(SendFailed):
        await desk.send(answer)
    desk.script(HISTORY, [message(f"<@{MEI}>\nhi", author=BOT, id="42")])
    await desk.send(answer)
    assert desk.rest.routes() == [CALLBACK, FOLLOW_UP, *([] if discreet else [HISTORY])]


async def test_the_same_words_for_somebody_else_are_not_ours() -> None:
    theirs = message("hi", author=BOT, id="42", message_reference={"message_id": "7"})
    desk = Desk().script(HISTORY, [theirs])
    assert (await desk.send(out(reply=True, retried=True))).message == "1"


AGAIN = (Button("Again", "again:1:6"),)


def with_button(value: str) -> dict[str, Any]:
    return {"components": [{"type": 1, "components": [{"type": 2, "label": "Again", "custom_id": value}]}]}


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ({"nonce": "another"}, {}),
        ({"interaction_metadata": {"id": "7"}}, {}),
        ({"interaction_metadata": {"id": "7"}}, {"reply": True}),
        (with_button("again:2:6"), {"buttons": AGAIN}),
        (with_button("again:1:6"), {}),
        ({}, {"buttons": AGAIN}),
    ],
)
async def test_the_same_words_of_another_request_are_not_ours(more: dict[str, Any], asked: dict[str, Any]) -> None:
    theirs = message(f"<@{MEI}>\nhi", author=BOT, id="42", **more)
    desk = Desk().script(HISTORY, [theirs])
    assert (await desk.send(out(retried=True, **asked))).message == "1"
    assert desk.rest.routes() == [HISTORY, POST]


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ({"content": "other words", "nonce": "k" * 24}, {}),
        ({"interaction_metadata": {"id": MESSAGE}}, {}),
        ({"interaction_metadata": {"id": MESSAGE}, "message_reference": {"message_id": "9"}}, {"reply": True}),
        ({"content": "other words", **with_button("again:1:6")}, {"buttons": AGAIN}),
    ],
)
async def test_what_says_that_it_is_ours_is_found(more: dict[str, Any], asked: dict[str, Any]) -> None:
    ours = message(**{"content": f"<@{MEI}>\nhi", "author": BOT, "id": "42", **more})
    desk = Desk().script(HISTORY, [ours])
    assert (await desk.send(out(retried=True, **asked))).message == "42"


async def test_what_arrived_with_a_note_is_found_too() -> None:
    ours = message(f"<@{MEI}>\nhi\nand a note", author=BOT, id="42")
    assert (await Desk().script(HISTORY, [ours]).send(out(retried=True))).message == "42"


async def test_a_slow_answer_to_a_press_is_heard_silently_and_then_told_to_whom_it_concerns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whether it is for the one who pressed alone is known only with the answer."""
    monkeypatch.setattr(answers_module, "DEFER_AFTER", 0.0)
    desk = Desk()
    desk.answers.open(Interaction(MESSAGE, "token", BOT, "zh", press=True, button=True), CHANNEL, discreet=False)
    await desk.answers.defer_if_late(MESSAGE)
    await desk.send(out(reply=True, discreet=True))
    (first, _, deferral, _), (second, _, answer, _) = desk.rest.calls
    assert (first, deferral) == (CALLBACK, {"type": 6, "data": {}})
    assert second == FOLLOW_UP
    assert answer["flags"] & 1 << 6
