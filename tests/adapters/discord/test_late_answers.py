"""What answers a command or a press too late for its token: it still says whom it is for, and tells nobody else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adapters.discord.answers import KNOWN_FOR, TOKEN_LIFE
from adapters.discord.rest import Rejected, Unreachable
from adapters.port import SendFailed
from bot.inbox import InboxService
from protocol.messages import MessageRef
from tests.adapters.discord.payloads import CHANNEL, MEI, MESSAGE, WORDS, message
from tests.adapters.discord.test_outgoing import ADDRESS, out
from tests.adapters.discord.test_sending import DIRECT, HISTORY, POST, Desk
from tests.platforms.discord_server import DiscordOptions
from tests.scenarios.discord_house import DiscordHouse, discord_house, service, words

EDIT = "PATCH /channels/{channel_id}/messages/{message_id}"
NOBODY = {"parse": [], "users": [], "replied_user": False}
FORBIDDEN = Rejected(403, 50007, "Cannot send messages to this user")


def late() -> Desk:
    """A command came, and its token has ended."""
    desk = Desk().opened()
    desk.answers.first(MESSAGE)
    desk.now = TOKEN_LIFE + 1
    return desk


def channels(desk: Desk) -> list[str]:
    return [more["channel_id"] for route, more, *_ in desk.rest.calls if route == POST]


async def test_a_late_answer_names_its_asker_and_quotes_nothing() -> None:
    desk = late()
    await desk.send(out("On it!", reply=True))
    [(route, _, body, _)] = desk.rest.calls
    assert route == POST
    assert (body["content"], body["allowed_mentions"]) == (f"<@{MEI}>\nOn it!", NOBODY)
    assert "message_reference" not in body


async def test_in_private_nobody_need_be_named() -> None:
    desk = late()
    await desk.send(out("On it!", reply=True, address=replace(ADDRESS, private=True)))
    [(_, _, body, _)] = desk.rest.calls
    assert body["content"] == "On it!"


async def test_what_found_nothing_to_quote_names_its_asker_afterwards() -> None:
    """A command from before a restart looks like a message, and a message may be deleted meanwhile."""
    desk = Desk().script(POST, {"id": "9"})
    assert await desk.send(out("On it!", reply=True)) == MessageRef("discord", CHANNEL, "9")
    (_, _, created, _), (route, where, changed, _) = desk.rest.calls
    assert created["message_reference"]["message_id"] == MESSAGE
    assert (route, where["message_id"]) == (EDIT, "9")
    assert changed == {"content": f"<@{MEI}>\nOn it!", "allowed_mentions": NOBODY}


async def test_what_quotes_a_message_is_left_as_it_is() -> None:
    desk = Desk()
    await desk.send(out("On it!", reply=True))
    assert desk.rest.routes() == [POST]


async def test_a_message_that_cannot_be_given_a_name_counts_as_sent() -> None:
    desk = Desk().script(POST, {"id": "9"}).script(EDIT, Unreachable("reset"))
    assert (await desk.send(out("On it!", reply=True))).message == "9"


async def test_what_named_its_asker_is_found_again_after_a_restart_and_somebody_elses_is_not() -> None:
    named = message(f"<@{MEI}>\nOn it!", author="1100", id="42")
    assert (await Desk().script(HISTORY, [named]).send(out("On it!", reply=True, retried=True))).message == "42"
    other = message("<@3300>\nOn it!", author="1100", id="43")
    assert (await Desk().script(HISTORY, [other]).send(out("On it!", reply=True, retried=True))).message == "1"


@pytest.mark.parametrize("retried", [False, True])
@pytest.mark.parametrize("restarted", [False, True])
async def test_what_is_for_one_person_alone_goes_to_them_in_private(restarted: bool, retried: bool) -> None:
    desk = (Desk() if restarted else late()).script(DIRECT, {"id": "8800"}).script(HISTORY, [])
    await desk.send(out("You spent 30 points", reply=True, discreet=True, retried=retried))
    assert channels(desk) == ["8800"]
    assert desk.rest.calls[-1][2]["content"] == "You spent 30 points"


async def test_where_that_is_closed_they_are_told_in_the_channel_that_it_did_not_get_through_and_nothing_of_it() -> (
    None
):
    desk = late().script(DIRECT, {"id": "8800"}).script(POST, FORBIDDEN)
    await desk.send(out("You spent 30 points", reply=True, discreet=True))
    assert channels(desk) == ["8800", CHANNEL]
    body = desk.rest.calls[-1][2]
    assert body["content"] == f"<@{MEI}>\n{WORDS['en']['discord.try_again']}"
    assert body["allowed_mentions"] == NOBODY


@pytest.mark.parametrize("trouble", [Unreachable("reset"), Rejected(400, 40003, "You are opening DMs too fast")])
async def test_where_the_private_way_only_fails_for_now_it_is_tried_again_and_nothing_said_in_the_channel(
    trouble: Exception,
) -> None:
    desk = late().script(DIRECT, trouble, {"id": "8800"})
    answer = out("You spent 30 points", reply=True, discreet=True)
    with pytest.raises(SendFailed):
        await desk.send(answer)
    await desk.send(answer)
    assert channels(desk) == ["8800"]


async def test_a_discreet_answer_in_private_is_a_plain_reply() -> None:
    desk = late()
    await desk.send(out("You spent 30 points", reply=True, discreet=True, address=replace(ADDRESS, private=True)))
    assert desk.rest.routes() == [POST]


def test_an_interaction_is_known_for_longer_than_its_token_lives() -> None:
    desk = Desk()
    assert not desk.answers.knows(MESSAGE)
    assert desk.answers.first(MESSAGE)
    desk.now = KNOWN_FOR - 1
    desk.answers.first("another")
    assert desk.answers.knows(MESSAGE)


async def test_a_command_that_is_answered_after_a_restart_is_answered_to_its_asker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over the real SDK: a drawing names them in the channel, and what they spent is told them in private."""
    quick = DiscordOptions(identify_spacing=0.1)

    async def dying(self: InboxService, incoming: Any, decision: Any, *, resumed: bool) -> None:
        self._open = False

    async with discord_house(tmp_path, options=quick, speed=40, running=False) as home:
        with monkeypatch.context() as before:
            before.setattr(InboxService, "_react", dying)
            async with service(home.settings, home.clock):
                await ready(home)
                home.discord.slash(home.mei, home.channel, "draw", {"prompt": "一只猫"})
                home.discord.slash(home.tom, home.channel, "usage")
                await home.until(lambda: [each.loading for each in home.discord.messages(home.channel)] == [True, True])
        async with service(home.settings, home.clock):
            await home.discord.connected()
            await home.ended()
            direct = home.discord.direct(home.tom)
            await home.until(lambda: home.shown(direct))
            first = home.shown()[0]
            assert words(first).startswith(f"<@{home.mei.id}>\n")
            assert first.pings == frozenset()
            assert not any(str(home.tom.id) in words(each) for each in home.shown())


async def test_what_answers_a_message_that_was_deleted_meanwhile_names_who_wrote_it(tmp_path: Path) -> None:
    """Over the real SDK: there is nothing to quote, and nobody is notified."""
    async with discord_house(tmp_path, speed=40) as home:
        asked = home.discord.say(home.mei, home.channel, "画一只猫")
        home.discord.trouble.delete_message(asked)
        await home.ended()
        first = home.shown()[0]
        assert words(first).startswith(f"<@{home.mei.id}>\n")
        assert (first.replied_to, first.pings) == (None, frozenset())
        assert home.steps().count("0") == 1


async def ready(home: DiscordHouse) -> None:
    """Connected, and its commands known."""
    await home.discord.connected()
    await home.discord.wait_for(lambda: home.discord.commands.written)
