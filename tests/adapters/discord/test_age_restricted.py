"""Age-restricted channels and spoilers, as the admin wants them: over the real SDK."""

from __future__ import annotations

from pathlib import Path

from tests.platforms.discord.views import show
from tests.platforms.discord_server import Interaction, Shown
from tests.scenarios.discord_house import DiscordHouse, code, discord_house, words
from tests.scenarios.house import LOCALES

CLOSED = {language: LOCALES.text("discord.not_in_this_channel", language) for language in ("zh", "en")}


def veiled(result: Shown) -> bool:
    found: bool = result.components[0]["items"][0]["spoiler"]
    return found


async def told(home: DiscordHouse, asked: Interaction) -> str:
    """What an interaction was answered."""
    await home.until(lambda: asked.original and not show(asked.original).loading)
    assert asked.original is not None
    return words(show(asked.original))


async def test_pictures_in_age_restricted_channels_and_their_threads_are_veiled_where_the_settings_say_so(
    tmp_path: Path,
) -> None:
    async with discord_house(tmp_path, speed=60, DISCORD_NSFW="spoiler") as home:
        channel = home.discord.places.channel(home.guild, "studio", nsfw=True)
        thread = home.discord.places.thread(channel, "cats", home.tom)
        places = (thread, home.channel)
        home.discord.say(home.tom, thread, "draw a cat")
        home.discord.say(home.mei, home.channel, "draw a dog")
        assert [veiled((await home.ended(place))[-1]) for place in places] == [True, False]


async def test_every_picture_is_veiled_where_the_settings_say_so(tmp_path: Path) -> None:
    async with discord_house(tmp_path, speed=60, DISCORD_SPOILERS="on") as home:
        home.discord.dm(home.tom, "draw a cat")
        assert veiled((await home.ended(home.discord.direct(home.tom)))[-1])


async def test_where_nothing_is_drawn_each_way_to_ask_is_answered_kindly_and_nothing_is_spent(tmp_path: Path) -> None:
    async with discord_house(tmp_path, speed=60, DISCORD_NSFW="off") as home:
        channel = home.discord.places.channel(home.guild, "adults", nsfw=True)
        thread = home.discord.places.thread(channel, "cats", home.tom)
        for place in (channel, thread):
            asked = home.discord.say(home.mei, place, "画一只猫")
            home.discord.trouble.replay_last_event()
            [reply] = await home.ended(place)
            assert (words(reply), reply.replied_to, reply.pings) == (CLOSED["zh"], asked.id, frozenset())
        command = home.discord.slash(home.tom, channel, "draw", {"prompt": "a cat"})
        assert await told(home, command) == CLOSED["en"]
        assert command.original is not None
        assert command.original.only_for is home.tom
        assert (await told(home, home.discord.slash(home.tom, channel, "help"))).startswith("🎨 I draw pictures")
        assert (await home.state())["counts"]["create"] == 0


async def test_a_button_from_before_the_channel_was_marked_draws_nothing_either(tmp_path: Path) -> None:
    async with discord_house(tmp_path, speed=60, DISCORD_NSFW="off") as home:
        home.discord.say(home.tom, home.channel, "draw a cat")
        result = (await home.ended())[-1]
        assert code(result) == "3"
        home.channel.nsfw = True
        home.discord.places.allow(home.channel, "view_channel")
        for number in (1, 2):
            pressed = home.discord.press(home.tom, result, home.button(result, number))
            assert await told(home, pressed) == CLOSED["en"]
        assert (await home.state())["counts"]["create"] == 1
