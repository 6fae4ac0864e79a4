"""The local Discord's messages: what it refuses, what it notes down, what people see."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.platforms.discord_server import Channel, DiscordOptions, DiscordServer, discord_server
from tests.platforms.raw_discord import QUIET, Api, api, identified

Json = dict[str, Any]
MEBIBYTE = 1024 * 1024


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
    """The bot's REST client."""
    async with api(server) as found:
        yield found


@pytest.fixture
def channel(server: DiscordServer) -> Channel:
    """A channel with the bot in it."""
    return server.places.channel(server.places.guild())


def names(server: DiscordServer) -> list[str]:
    """The names of what was noted."""
    return [violation.name for violation in server.violations]


def outcome(response: httpx.Response) -> tuple[int, int]:
    """Status and Discord's code."""
    return response.status_code, response.json()["code"]


async def test_a_good_message_is_stored_told_and_has_no_violation(
    server: DiscordServer, rest: Api, channel: Channel
) -> None:
    """The answer is the message, and the gateway tells it, too."""
    async with identified(server) as socket:
        response = await rest.send(channel)
        told = await socket.next("MESSAGE_CREATE")
    assert response.json()["id"] == told["d"]["id"] == str(server.messages(channel)[0].id)
    assert response.headers["content-type"] == "application/json"
    assert server.violations == []


@pytest.mark.parametrize(
    ("change", "status", "code", "noted"),
    [
        ({"content": "x" * 2001}, 400, 50035, {"content_too_long", "invalid_form"}),
        ({"content": "🐱" * 1001}, 400, 50035, {"content_too_long", "invalid_form"}),
        ({"content": "  "}, 400, 50006, set()),
        ({"content": 5}, 400, 50035, {"invalid_form"}),
        ({"nonce": "n" * 26}, 400, 50035, {"invalid_form"}),
        ({"nonce": None}, 200, 0, {"no_enforced_nonce"}),
        ({"enforce_nonce": False}, 200, 0, {"no_enforced_nonce"}),
        ({"allowed_mentions": None}, 200, 0, {"no_allowed_mentions"}),
        ({"allowed_mentions": {"parse": ["all"]}}, 400, 50035, {"invalid_form"}),
        ({"allowed_mentions": {"parse": ["users"], "users": ["1"]}}, 400, 50035, {"invalid_form"}),
        ({"reply": 1}, 200, 0, {"unknown_field"}),
        ({"tts": True}, 200, 0, {"read_aloud"}),
        ({"flags": 64}, 200, 0, {"flag_without_effect"}),
        ({"embeds": [{"title": "t" * 257}]}, 400, 50035, {"invalid_form"}),
        ({"embeds": [{"description": "d" * 4000}] * 2}, 400, 50035, {"invalid_form"}),
        ({"embeds": [{"title": "t"}] * 11}, 400, 50035, {"invalid_form"}),
        ({"embeds": [{"image": {"url": "ftp://x"}}]}, 400, 50035, {"invalid_form"}),
        ({"embeds": [{"image": {"url": "attachment://a.png"}}]}, 200, 0, {"embed_without_its_file"}),
        ({"message_reference": {"message_id": "5"}}, 400, 50035, {"invalid_form"}),
        ({"message_reference": {"message_id": "5", "fail_if_not_exists": False}}, 200, 0, set()),
    ],
)
async def test_each_fault_has_its_answer_and_its_name(
    server: DiscordServer, rest: Api, channel: Channel, change: Json, status: int, code: int, noted: set[str]
) -> None:
    """What Discord refuses is refused with its code; what it lets pass is noted all the same."""
    body = {key: value for key, value in rest.message(**change).items() if value is not None}
    response = await rest.call("POST", f"/channels/{channel.id}/messages", body)
    assert (response.status_code, response.json().get("code", 0)) == (status, code)
    assert set(names(server)) == noted


async def test_the_same_nonce_gives_the_same_message_for_two_minutes(
    server: DiscordServer, rest: Api, channel: Channel, time: Time
) -> None:
    """And no second one; another body under it is noted; later it is a new message."""
    first = await rest.send(channel, nonce="same")
    second = await rest.send(channel, nonce="same")
    assert (first.json()["id"], len(server.messages(channel))) == (second.json()["id"], 1)
    assert server.violations == []
    other = await rest.send(channel, "something else", nonce="same")
    assert other.json()["content"] == "hello"
    assert names(server) == ["nonce_for_another_message"]
    time.now += 121
    assert (await rest.send(channel, nonce="same")).json()["id"] != first.json()["id"]


async def test_only_the_answer_to_a_message_that_is_sent_bears_its_nonce(rest: Api, channel: Channel) -> None:
    """Who looks for it later has to know it by something else."""
    sent = (await rest.send(channel, nonce="same")).json()
    path = f"/channels/{channel.id}/messages"
    edited = (await rest.call("PATCH", f"{path}/{sent['id']}", {"content": "hi", "allowed_mentions": QUIET})).json()
    found = (await rest.call("GET", f"{path}/{sent['id']}")).json()
    [listed] = (await rest.call("GET", path)).json()
    assert sent["nonce"] == "same"
    assert [each.get("nonce") for each in (edited, found, listed)] == [None] * 3


async def test_files_are_stored_with_alt_text_and_measures(server: DiscordServer, rest: Api, channel: Channel) -> None:
    """A picture is drawn where its name and its bytes agree."""
    buffer = io.BytesIO()
    Image.new("RGB", (4, 3)).save(buffer, "PNG")
    form = rest.message("", attachments=[{"id": 0, "filename": "a b.png", "description": "a cat"}, {"id": 1}])
    response = await rest.upload(channel, {"x.png": buffer.getvalue(), "y.png": b"not a picture"}, form)
    (shown,) = server.messages(channel)
    first, second = shown.attachments
    assert (first.filename, first.alt, first.width, first.shown_as_picture) == ("a_b.png", "a cat", 4, True)
    assert not second.shown_as_picture
    assert [one["size"] for one in response.json()["attachments"]] == [len(buffer.getvalue()), 13]


async def test_a_file_over_the_places_limit_is_413(server: DiscordServer, rest: Api) -> None:
    """10 MiB by default, 50 and 100 in boosted guilds; nothing is stored."""
    small = server.places.channel(server.places.guild())
    large = server.places.channel(server.places.guild("Boosted", boosts=2))
    data = {"a.png": b"x" * (10 * MEBIBYTE + 1)}
    assert outcome(await rest.upload(small, data)) == (413, 40005)
    assert (await rest.upload(large, data)).status_code == 200
    assert server.messages(small) == ()
    many = {f"{number}.png": b"x" * (9 * MEBIBYTE) for number in range(3)}
    response = await rest.upload(small, many)
    assert (response.status_code, response.headers["content-type"][:9]) == (413, "text/html")


async def test_a_form_that_names_a_missing_file_is_refused(rest: Api, channel: Channel) -> None:
    """And so is an alt text over 1024 characters."""
    form = rest.message("", attachments=[{"id": 1, "filename": "b.png"}])
    assert outcome(await rest.upload(channel, {"a.png": b"x"}, form)) == (400, 50035)
    form = rest.message("", attachments=[{"id": 0, "description": "x" * 1025}])
    assert outcome(await rest.upload(channel, {"a.png": b"x"}, form)) == (400, 50035)


async def test_attachment_urls_end(server: DiscordServer, rest: Api, channel: Channel, time: Time) -> None:
    """A day later, or with another signature, the file is gone, and fetching it is noted."""
    url = (await rest.upload(channel, {"a.txt": b"words"})).json()["attachments"][0]["url"]
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(url)).content == b"words"
        assert (await client.get(url.replace("hm=", "hm=0"))).status_code == 404
        time.now += 86_401
        assert (await client.get(url)).status_code == 404
    assert names(server) == ["unsigned_attachment_url", "expired_attachment_url"]


async def test_all_urls_can_be_ended_at_once_and_are_given_anew(
    server: DiscordServer, rest: Api, channel: Channel
) -> None:
    """As if a day had passed: the message, read again, has others."""
    message = (await rest.upload(channel, {"a.txt": b"words"})).json()
    server.cdn.end_all()
    again = (await rest.call("GET", f"/channels/{channel.id}/messages/{message['id']}")).json()
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(message["attachments"][0]["url"])).status_code == 404
        assert (await client.get(again["attachments"][0]["url"])).content == b"words"
    assert names(server) == ["expired_attachment_url"]


async def test_boosts_raise_the_limit_and_are_taken_away_again(server: DiscordServer, rest: Api) -> None:
    """The refusal comes by what the guild has now, whatever the bot was told."""
    guild = server.places.guild()
    channel = server.places.channel(guild)
    large = {"a.bin": bytes(11 * MEBIBYTE)}
    server.places.boost(guild, 2)
    assert (await rest.upload(channel, large)).status_code == 200
    server.places.boost(guild, 0, told=False)
    refused = await rest.upload(channel, large)
    assert (refused.status_code, refused.json()["code"]) == (413, 40005)


@pytest.mark.parametrize(
    ("taken", "code"),
    [("view_channel", 50001), ("send_messages", 50013), ("attach_files", 50013), ("embed_links", 50013)],
)
async def test_a_missing_permission_is_403(
    server: DiscordServer, rest: Api, channel: Channel, taken: str, code: int
) -> None:
    """Missing Access where the channel is hidden, Missing Permissions otherwise."""
    server.places.deny(channel, taken)
    form = rest.message("x", embeds=[{"title": "t"}] if taken == "embed_links" else [])
    assert outcome(await rest.upload(channel, {"a.png": b"x"}, form)) == (403, code)


async def test_replying_needs_the_history(server: DiscordServer, rest: Api, channel: Channel) -> None:
    """160002."""
    assert channel.guild is not None
    ann = server.places.user("ann", channel.guild)
    asked = server.say(ann, channel, "hello")
    server.places.deny(channel, "read_message_history")
    response = await rest.send(channel, message_reference={"message_id": str(asked.id)})
    assert outcome(response) == (403, 160002)


async def test_what_is_gone_is_404(server: DiscordServer, rest: Api, channel: Channel) -> None:
    """A deleted message, channel, guild; 50001 where the bot was put out."""
    sent = (await rest.send(channel)).json()["id"]
    server.trouble.delete_message(server.message(int(sent)))
    path = f"/channels/{channel.id}/messages/{sent}"
    assert outcome(await rest.call("PATCH", path, {"content": "x", "allowed_mentions": QUIET})) == (404, 10008)
    other = server.places.channel(server.places.guild("Other"))
    assert other.guild is not None
    server.places.kick_bot(other.guild)
    assert outcome(await rest.send(other)) == (403, 50001)
    server.places.delete_channel(channel)
    assert outcome(await rest.send(channel)) == (404, 10003)


async def test_blocked_direct_messages_are_50007(server: DiscordServer, rest: Api) -> None:
    """The conversation can be opened, a message not be sent."""
    ann = server.places.user("ann")
    server.places.block_bot(ann)
    opened = await rest.call("POST", "/users/@me/channels", {"recipient_id": str(ann.id)})
    assert opened.status_code == 200
    assert outcome(await rest.send(server.direct(ann))) == (403, 50007)


async def test_a_locked_thread_is_50083(server: DiscordServer, rest: Api, channel: Channel) -> None:
    """And sending in a thread needs its own permission."""
    assert channel.guild is not None
    thread = server.places.thread(channel, "topic", server.bot)
    assert (await rest.send(thread)).status_code == 200
    server.places.lock_thread(thread)
    assert outcome(await rest.send(thread)) == (400, 50083)
    other = server.places.thread(channel, "other", server.bot)
    server.places.deny(channel, "send_messages_in_threads")
    assert outcome(await rest.send(other)) == (403, 50013)


async def test_an_edit_changes_and_needs_allowed_mentions(server: DiscordServer, rest: Api, channel: Channel) -> None:
    """The old words are remembered; only its own messages can the bot edit."""
    assert channel.guild is not None
    sent = (await rest.send(channel)).json()["id"]
    path = f"/channels/{channel.id}/messages/"
    assert (await rest.call("PATCH", path + sent, {"content": "new"})).json()["content"] == "new"
    (shown,) = server.messages(channel)
    assert (shown.content, shown.earlier, shown.edited) == ("new", ("hello",), True)
    assert names(server) == ["no_allowed_mentions"]
    asked = server.say(server.places.user("ann", channel.guild), channel, "mine")
    body = {"content": "x", "allowed_mentions": QUIET}
    assert outcome(await rest.call("PATCH", f"{path}{asked.id}", body)) == (403, 50005)


async def test_an_edit_can_swap_the_picture(server: DiscordServer, rest: Api, channel: Channel) -> None:
    """Attachments that the form does not list go, new ones come."""
    sent = (await rest.upload(channel, {"a.txt": b"a"})).json()
    form = '{"attachments": [{"id": 0, "filename": "b.txt"}], "allowed_mentions": {"parse": []}}'
    path = f"/channels/{channel.id}/messages/{sent['id']}"
    await rest.call("PATCH", path, data={"payload_json": form}, files={"files[0]": ("b.txt", b"b")})
    assert [one.filename for one in server.messages(channel)[0].attachments] == ["b.txt"]
    assert server.violations == []


async def test_history_is_in_order_and_without_what_the_bot_may_not_read(
    server: DiscordServer, rest: Api, channel: Channel
) -> None:
    """Newest first; the words of others only with the intent; nothing without the permission."""
    assert channel.guild is not None
    server.say(server.places.user("ann", channel.guild), channel, "secret", mention_bot=False)
    sent = (await rest.send(channel)).json()
    path = f"/channels/{channel.id}/messages"
    found = (await rest.call("GET", path)).json()
    assert [one["content"] for one in found] == ["hello", ""]
    assert (await rest.call("GET", f"{path}?after={sent['id']}")).json() == []
    server.places.deny(channel, "read_message_history")
    assert (await rest.call("GET", path)).json() == []
    assert outcome(await rest.call("GET", f"{path}/{sent['id']}")) == (403, 50013)


async def test_typing_reactions_and_threads(server: DiscordServer, rest: Api, channel: Channel) -> None:
    """What a bot does beside messages."""
    assert channel.guild is not None
    asked = server.say(server.places.user("ann", channel.guild), channel, "hello")
    path = f"/channels/{channel.id}"
    assert (await rest.call("POST", path + "/typing")).status_code == 204
    assert (await rest.call("PUT", f"{path}/messages/{asked.id}/reactions/🎨/@me")).status_code == 204
    bad = await rest.call("PUT", f"{path}/messages/{asked.id}/reactions/x/@me")
    assert bad.status_code == 429, "one reaction a quarter of a second"
    thread = await rest.call("POST", f"{path}/messages/{asked.id}/threads", {"name": "pictures"})
    assert (thread.status_code, thread.json()["parent_id"]) == (201, str(channel.id))
    assert server.typing(channel) == 1
    assert server.messages(channel, by_bot=False)[0].reactions == {"🎨": 1}


async def test_links_that_would_unfurl_are_seen(server: DiscordServer, rest: Api, channel: Channel) -> None:
    """Bare links and masked ones; not those in angle brackets or code, nor with embeds suppressed."""
    await rest.send(
        channel, "https://a.example/1.png [b](https://b.example/2) <https://c.example/3> `https://d.example`"
    )
    await rest.send(channel, "https://a.example/1.png", flags=4)
    assert [shown.unfurls for shown in server.messages(channel)] == [
        ("https://a.example/1.png", "https://b.example/2"),
        (),
    ]
