"""The local Discord's interactions: 3 s, 15 minutes, once each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.platforms.discord_server import (
    Channel,
    DiscordOptions,
    DiscordServer,
    Impossible,
    Upload,
    User,
    discord_server,
)
from tests.platforms.raw_discord import QUIET, Api, Socket, api, identified

Json = dict[str, Any]

DRAW: Json = {
    "name": "draw",
    "description": "Draw a picture",
    "options": [
        {"type": 3, "name": "prompt", "description": "What", "required": True, "max_length": 100},
        {"type": 3, "name": "size", "description": "Size", "choices": [{"name": "1K", "value": "1k"}]},
        {"type": 11, "name": "picture", "description": "From"},
        {"type": 3, "name": "model", "description": "Model", "autocomplete": True},
    ],
}
MENU: Json = {"name": "Edit this picture", "type": 3}
MODAL: Json = {
    "title": "Edit",
    "custom_id": "edit",
    "components": [
        {"type": 1, "components": [{"type": 4, "custom_id": "how", "label": "How?", "style": 1, "max_length": 10}]}
    ],
}
SAYS: Json = {"content": "here", "allowed_mentions": QUIET}


def buttons(*labels: str) -> list[Json]:
    """A row of buttons whose custom ids are their labels."""
    return [{"type": 1, "components": [{"type": 2, "style": 1, "label": one, "custom_id": one} for one in labels]}]


class Time:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


@pytest.fixture
def time() -> Time:
    """All of the server's clocks."""
    return Time()


@pytest.fixture
async def server(time: Time) -> AsyncIterator[DiscordServer]:
    """A Discord whose time stands still."""
    async with discord_server(DiscordOptions(clock=time, stopwatch=time)) as found:
        yield found


@pytest.fixture
async def rest(server: DiscordServer) -> AsyncIterator[Api]:
    """The bot's REST client, its commands registered."""
    async with api(server) as found:
        await found.call("PUT", f"/applications/{server.world.application}/commands", [DRAW, MENU])
        yield found


@pytest.fixture
async def socket(server: DiscordServer, rest: Api) -> AsyncIterator[Socket]:
    """The bot's gateway connection."""
    async with identified(server) as found:
        yield found


@pytest.fixture
def channel(server: DiscordServer) -> Channel:
    """A channel with the bot in it."""
    return server.places.channel(server.places.guild())


@pytest.fixture
def ann(server: DiscordServer, channel: Channel) -> User:
    """Somebody who asks."""
    assert channel.guild is not None
    return server.places.user("ann", channel.guild)


def names(server: DiscordServer) -> list[str]:
    """The names of what was noted."""
    return [violation.name for violation in server.violations]


async def test_an_answer_within_3_s_is_shown(
    server: DiscordServer, rest: Api, socket: Socket, channel: Channel, ann: User, time: Time
) -> None:
    """With how long it took."""
    made = server.slash(ann, channel, "draw", {"prompt": "cat"}, locale="zh-CN")
    told = (await socket.next("INTERACTION_CREATE"))["d"]
    assert (told["token"], told["locale"], told["attachment_size_limit"]) == (made.token, "zh-CN", 10 * 1024 * 1024)
    assert told["data"]["options"] == [{"name": "prompt", "type": 3, "value": "cat"}]
    time.now += 2.5
    response = await rest.answer(made, 4, SAYS)
    (shown,) = server.messages(channel)
    assert response.json()["resource"]["message"]["id"] == str(shown.id)
    assert (shown.content, made.answered_after, made.answer) == ("here", 2.5, 4)
    assert server.violations == []


async def test_a_late_answer_is_10062_and_noted(
    server: DiscordServer, rest: Api, socket: Socket, channel: Channel, ann: User, time: Time
) -> None:
    """And so is none at all, once it should have come."""
    made = server.slash(ann, channel, "draw", {"prompt": "cat"})
    server.slash(ann, channel, "draw", {"prompt": "dog"})
    time.now += 3.1
    response = await rest.answer(made, 5)
    assert (response.status_code, response.json()["code"]) == (404, 10062)
    assert names(server) == ["late_interaction", "interaction_unanswered"]


async def test_an_interaction_that_reached_nobody_is_nobodys_fault(
    server: DiscordServer, rest: Api, channel: Channel, ann: User, time: Time
) -> None:
    """While the bot is away people see that it does not answer."""
    server.slash(ann, channel, "draw", {"prompt": "cat"})
    time.now += 10
    assert server.violations == []


async def test_answering_twice_is_40060(
    server: DiscordServer, rest: Api, socket: Socket, channel: Channel, ann: User
) -> None:
    """And noted."""
    made = server.slash(ann, channel, "draw", {"prompt": "cat"})
    await rest.answer(made, 5)
    response = await rest.answer(made, 4, SAYS)
    assert (response.status_code, response.json()["code"]) == (400, 40060)
    assert names(server) == ["interaction_answered_twice"]


async def test_a_deferred_answer_loads_until_the_first_words(
    server: DiscordServer, rest: Api, socket: Socket, channel: Channel, ann: User
) -> None:
    """An edit of the original or the first follow-up takes its place; the next follow-up is a message more."""
    made = server.slash(ann, channel, "draw", {"prompt": "cat"})
    await rest.answer(made, 5, {"flags": 64})
    assert server.messages(channel)[0].loading
    await rest.webhook("POST", made, "", SAYS)
    await rest.webhook("POST", made, "", {**SAYS, "content": "more"})
    await rest.webhook("PATCH", made, "/messages/@original", {**SAYS, "content": "changed"})
    first, second = server.messages(channel)
    assert (first.content, first.loading, first.only_for) == ("changed", False, ann.id)
    assert (second.content, second.only_for) == ("more", None)
    assert server.violations == []


async def test_the_webhook_lives_15_minutes(
    server: DiscordServer, rest: Api, socket: Socket, channel: Channel, ann: User, time: Time
) -> None:
    """Then its token is worth nothing, and using it is noted; before the answer it does not exist."""
    made = server.slash(ann, channel, "draw", {"prompt": "cat"})
    assert (await rest.webhook("GET", made, "/messages/@original")).status_code == 404
    assert names(server) == [], "to look whether a lost answer arrived is fair"
    assert (await rest.webhook("POST", made, "", SAYS)).status_code == 404
    await rest.answer(made, 5)
    time.now += 899
    assert (await rest.webhook("POST", made, "", SAYS)).status_code == 200
    time.now += 2
    response = await rest.webhook("POST", made, "", SAYS)
    assert (response.status_code, response.json()["code"]) == (401, 50027)
    assert names(server) == ["webhook_before_answer", "interaction_token_used_too_late"]


async def test_a_button_updates_its_message_or_answers_below(
    server: DiscordServer, rest: Api, socket: Socket, channel: Channel, ann: User
) -> None:
    """Types 6 and 7 are for components; a slash command cannot have them."""
    await rest.send(channel, "picture", components=buttons("Again", "4K"))
    (shown,) = server.messages(channel)
    pressed = server.press(ann, shown, "Again")
    told = (await socket.next("INTERACTION_CREATE"))["d"]
    assert (told["data"]["custom_id"], told["message"]["content"]) == ("Again", "picture")
    await rest.answer(pressed, 7, {"components": [], "allowed_mentions": QUIET})
    assert server.messages(channel)[0].buttons == ()
    made = server.slash(ann, channel, "draw", {"prompt": "cat"})
    assert (await rest.answer(made, 6)).status_code == 400


async def test_a_modal_is_opened_filled_in_and_sent(
    server: DiscordServer, rest: Api, socket: Socket, channel: Channel, ann: User
) -> None:
    """A client holds people to its limits; a modal cannot answer a modal."""
    made = server.slash(ann, channel, "draw", {"prompt": "cat"})
    await rest.answer(made, 9, MODAL)
    with pytest.raises(Impossible):
        server.submit_modal(made, {"how": "x" * 11})
    sent = server.submit_modal(made, {"how": "bluer"})
    await socket.next("INTERACTION_CREATE")
    told = (await socket.next("INTERACTION_CREATE"))["d"]
    assert (told["data"]["custom_id"], told["data"]["components"][0]["components"][0]["value"]) == ("edit", "bluer")
    assert (await rest.answer(sent, 9, MODAL)).status_code == 400


async def test_choices_are_shown_while_typing(
    server: DiscordServer, rest: Api, socket: Socket, channel: Channel, ann: User
) -> None:
    """At most 25, each of at most 100 characters."""
    typed = server.type_option(ann, channel, "draw", "model", "na")
    bad = {"choices": [{"name": "x" * 101, "value": "a"}]}
    assert (await rest.answer(typed, 8, bad)).status_code == 400
    await rest.answer(typed, 8, {"choices": [{"name": "Nano Banana2", "value": "nano"}]})
    assert typed.choices == [{"name": "Nano Banana2", "value": "nano"}]


async def test_a_menu_entry_brings_the_whole_message(
    server: DiscordServer, rest: Api, socket: Socket, channel: Channel, ann: User
) -> None:
    """Its words and pictures, though the bot was not mentioned; a URL that can be fetched."""
    photo = server.say(ann, channel, "my photo", [b"bytes"], mention_bot=False)
    server.context_menu(ann, photo, "Edit this picture")
    data = (await socket.next("INTERACTION_CREATE"))["d"]["data"]
    target = data["resolved"]["messages"][data["target_id"]]
    assert (target["content"], target["attachments"][0]["size"]) == ("my photo", 5)


async def test_an_attached_picture_comes_resolved(
    server: DiscordServer, rest: Api, socket: Socket, channel: Channel, ann: User
) -> None:
    """The option holds its id."""
    server.slash(ann, channel, "draw", {"prompt": "cat", "picture": Upload("a.png", b"bytes")})
    data = (await socket.next("INTERACTION_CREATE"))["d"]["data"]
    assert data["resolved"]["attachments"][data["options"][1]["value"]]["filename"] == "a.png"


async def test_in_private_the_user_comes_without_a_guild(
    server: DiscordServer, rest: Api, socket: Socket, ann: User
) -> None:
    """And the message stands in the conversation."""
    made = server.slash(ann, server.direct(ann), "draw", {"prompt": "cat"})
    told = (await socket.next("INTERACTION_CREATE"))["d"]
    assert ("member" in told, told["user"]["id"], told["context"]) == (False, str(ann.id), 1)
    await rest.answer(made, 4, SAYS)
    assert server.messages(server.direct(ann))[0].content == "here"


async def test_the_limit_of_an_interaction_is_its_own(time: Time) -> None:
    """As it says in `attachment_size_limit`."""
    options = DiscordOptions(clock=time, stopwatch=time, interaction_size_limit=100)
    async with discord_server(options) as server, api(server) as rest, identified(server):
        await rest.call("PUT", f"/applications/{server.world.application}/commands", [DRAW])
        guild = server.places.guild()
        channel, ann = server.places.channel(guild), server.places.user("ann", guild)
        made = server.slash(ann, channel, "draw", {"prompt": "cat"})
        await rest.answer(made, 5)
        response = await rest.call(
            "POST",
            f"/webhooks/{server.world.application}/{made.token}",
            data={"payload_json": '{"allowed_mentions": {"parse": []}}'},
            files={"files[0]": ("a.png", b"x" * 101)},
        )
        assert (response.status_code, response.json()["code"]) == (413, 40005)


async def test_a_ping_in_an_answer_may_reach_the_asker_only(
    server: DiscordServer, rest: Api, socket: Socket, channel: Channel, ann: User
) -> None:
    """Everybody else is a stranger."""
    assert channel.guild is not None
    bob = server.places.user("bob", channel.guild)
    made = server.slash(ann, channel, "draw", {"prompt": "cat"})
    await rest.answer(made, 4, {"content": ann.mention, "allowed_mentions": {"parse": ["users"]}})
    assert server.violations == []
    await rest.webhook("POST", made, "", {"content": bob.mention, "allowed_mentions": {"parse": ["users"]}})
    assert names(server) == ["pings_stranger"]


@pytest.mark.parametrize(
    "options",
    [{}, {"prompt": 5}, {"prompt": "x" * 101}, {"prompt": "cat", "size": "9k"}, {"prompt": "cat", "seed": 1}],
)
async def test_a_client_sends_only_what_the_command_takes(
    server: DiscordServer, rest: Api, channel: Channel, ann: User, options: Any
) -> None:
    """A missing, wrong, too long, unlisted or unknown option."""
    with pytest.raises(Impossible):
        server.slash(ann, channel, "draw", options)


async def test_a_button_that_is_not_there_cannot_be_pressed(
    server: DiscordServer, rest: Api, channel: Channel, ann: User
) -> None:
    """Nor one that is disabled."""
    row = buttons("Again")
    row[0]["components"][0]["disabled"] = True
    await rest.send(channel, components=row)
    for button in ("Again", "Other"):
        with pytest.raises(Impossible):
            server.press(ann, server.messages(channel)[0], button)


async def test_commands_keep_their_ids_when_they_are_written_again(server: DiscordServer, rest: Api) -> None:
    """And one that is left out goes."""
    path = f"/applications/{server.world.application}/commands"
    before = (await rest.call("GET", path)).json()
    after = (await rest.call("PUT", path, [{**DRAW, "description": "Paint"}])).json()
    assert [one["id"] for one in after] == [before[0]["id"]]
    with pytest.raises(LookupError):
        server.commands.find("Edit this picture", 3)
