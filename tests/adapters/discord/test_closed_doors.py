"""Where the bot may not write, or is not let in at all: what people still get, and what the admin hears."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from adapters.discord.permissions import USED
from tests.scenarios.discord_house import code, discord_house, words
from tests.scenarios.house import LOCALES
from tests.scenarios.test_pictures import png


async def test_with_exactly_the_permissions_of_the_invitation_everything_works(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        guild = home.discord.places.guild("Strict", everyone=0, bot_permissions=[each.name for each in USED])
        home.discord.places.join(home.mei, guild)
        channel = home.discord.places.channel(guild, "pictures")
        thread = home.discord.places.thread(channel, "cats", home.mei)
        for place in (channel, thread):
            home.discord.say(home.mei, place, "画一只猫")
            await home.ended(place)
            assert re.fullmatch("012*3", home.steps(place))
        home.discord.places.deny(channel, "send_messages")
        home.discord.trouble.fail_next("POST /users/@me/channels", 403)
        asked = home.discord.say(home.mei, channel, "画一只狗")
        await home.until(lambda: home.discord.message(asked.id).reactions)


@pytest.mark.parametrize("hidden", ["send_messages", "view_channel"])
async def test_the_menu_edits_a_picture_also_where_the_bot_may_not_be(hidden: str, tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        photo = home.discord.say(home.tom, home.channel, "my holiday", [png()], mention_bot=False)
        home.discord.places.deny(home.channel, hidden)
        menu = home.discord.context_menu(home.mei, photo, "Edit picture")
        await home.until(lambda: menu.modal)
        sent = home.discord.submit_modal(menu, {"words": "变成水彩"})
        await home.ended(since=sent.id)
        assert re.fullmatch("012*3", home.steps(since=sent.id))
        assert (await home.tasks())[0]["category"] == "image_to_image"
        assert home.shown()[-1].id == sent.followups[-1].id


async def test_the_admin_hears_which_permission_is_missing_by_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with discord_house(tmp_path) as home:
        home.discord.places.deny(home.channel, "attach_files")
        home.discord.say(home.mei, home.channel, "画一只猫")
        direct = home.discord.direct(home.mei)
        await home.ended(direct)
        assert code(home.shown(direct)[-1]) == "3"
    logged = re.sub(r"\x1b\[\d+m", "", "".join(capsys.readouterr()))
    assert "missing='Attach Files'" in logged
    assert "#pictures in Studio" in logged


async def test_a_picture_that_can_go_nowhere_is_kept_for_the_admin(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        with home.brush.held():
            home.discord.say(home.mei, home.channel, "画一只猫")
            await home.until(lambda: "2" in home.steps())
            home.discord.places.block_bot(home.mei)
            home.discord.places.delete_channel(home.channel)
        tried = f"/channels/{home.discord.direct(home.mei).id}/messages"
        await home.until(lambda: any(each.path == tried and each.status == 403 for each in home.discord.requests))
        assert home.shown(home.discord.direct(home.mei)) == []
        assert (await home.state())["counts"]["create"] == 1


async def test_a_guild_that_puts_the_bot_out_gets_its_picture_to_the_asker_in_private(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        with home.brush.held():
            home.discord.say(home.mei, home.channel, "画一只猫")
            await home.until(lambda: "2" in home.steps())
            home.discord.places.kick_bot(home.guild)
        direct = home.discord.direct(home.mei)
        await home.ended(direct)
        assert code(home.shown(direct)[-1]) == "3"


async def test_an_asker_whose_direct_messages_are_closed_sees_a_sign_and_nothing_is_spent(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        home.discord.places.deny(home.channel, "send_messages")
        direct = home.discord.direct(home.mei)
        home.discord.trouble.fail_next(f"POST /channels/{direct.id}/messages", 403, times=9)
        asked = home.discord.say(home.mei, home.channel, "画一只猫")
        await home.until(lambda: home.discord.message(asked.id).reactions)
        assert (await home.state())["counts"]["create"] == 0


async def test_a_message_that_was_deleted_at_once_is_answered_without_quoting_it(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        asked = home.discord.say(home.mei, home.channel, "画一只猫")
        home.discord.trouble.delete_message(asked)
        await home.ended()
        assert re.fullmatch("012*3", home.steps())
        assert home.shown()[0].replied_to is None
        assert words(home.shown()[-1]).startswith(f"<@{home.mei.id}>")


async def test_a_reply_with_the_ping_off_is_told_how_it_would_be_heard_once_and_spends_nothing(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        home.discord.say(home.mei, home.channel, "画一只鹤")
        result = (await home.ended())[-1]
        for _ in range(3):
            asked = home.discord.say(
                home.mei, home.channel, "变成水彩", reply_to=result, mention_bot=False, reply_ping=False
            )
        home.discord.say(home.tom, home.channel, "hello")
        await home.until(lambda: len(home.shown(since=result.id)) > 1)
        hints = [
            each for each in home.shown(since=result.id) if words(each) == LOCALES.text("discord.ping_is_off", "zh")
        ]
        assert len(hints) == 1
        assert len(home.shown(since=result.id)) == 2
        assert hints[0].replied_to != asked.id
        assert len(await home.tasks()) == 1


@pytest.mark.parametrize(("locale", "lang"), [("en-US", "en"), ("zh-CN", "zh")])
async def test_whoever_mentions_its_role_is_told_how_it_would_be_heard_once_and_spends_nothing(
    locale: str, lang: str, tmp_path: Path
) -> None:
    """Discord offers the role beside the bot, under the same name, and shows the bot nothing of such a message."""
    async with discord_house(tmp_path) as home:
        guild = home.discord.places.guild("Guests", locale=locale)
        channel = home.discord.places.channel(guild, "pictures")
        [role] = [each for each in guild.roles.values() if each.managed_by == home.discord.bot.id]
        for _ in range(2):
            asked = home.discord.say(guild.owner, channel, f"<@&{role.id}> draw a cat", mention_bot=False)
        home.discord.say(guild.owner, channel, "hello")
        await home.until(lambda: len(home.shown(channel)) > 1)
        hints = [each for each in home.shown(channel) if words(each) == LOCALES.text("discord.ping_is_off", lang)]
        assert len(hints) == 1
        assert len(home.shown(channel)) == 2
        assert hints[0].replied_to != asked.id
        assert await home.tasks() == []
