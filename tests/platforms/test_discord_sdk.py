"""The real discord.py lives on the local Discord as it does on the real one."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from functools import partial

import pytest
from PIL import Image
from typing_extensions import override

from tests.platforms.discord_server import DiscordOptions, DiscordServer, Upload, Value, discord_server
from tests.platforms.sdk import app_commands, client, discord, pointed, running

NOBODY = discord.AllowedMentions.none()


def picture() -> bytes:
    """A small PNG."""
    buffer = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """A Discord on which IDENTIFY need not wait."""
    async with discord_server(DiscordOptions(identify_spacing=0)) as found:
        yield found


async def test_a_mention_is_heard_with_its_picture_and_answered_with_one(server: DiscordServer) -> None:
    """Text, attachment and alt text arrive; the reply stands under the message and pings nobody."""
    guild = server.places.guild()
    channel, ann = server.places.channel(guild), server.places.user("ann", guild)
    bot = client()

    @bot.event
    async def on_message(message: discord.Message) -> None:
        if message.author.bot:
            return
        data = await message.attachments[0].read()
        file = discord.File(io.BytesIO(data), "cat.png", description="a cat")
        await message.reply("here", file=file, nonce="one", mention_author=False)

    async with running(server, bot):
        asked = server.say(ann, channel, "draw a cat", [Upload("photo.png", picture(), "me")])
        await server.wait_for(lambda: server.messages(channel))
    (shown,) = server.messages(channel)
    (attachment,) = shown.attachments
    assert (shown.content, shown.replied_to, shown.pings) == ("here", asked.id, frozenset())
    assert (attachment.data, attachment.alt, attachment.width, attachment.height) == (picture(), "a cat", 4, 3)
    assert server.violations == []


async def test_a_message_without_mention_comes_empty_and_a_direct_one_whole(server: DiscordServer) -> None:
    """Without the Message Content intent the words of others are not the bot's, but in private."""
    guild = server.places.guild()
    channel, ann = server.places.channel(guild), server.places.user("ann", guild)
    bot, heard = client(), []

    @bot.event
    async def on_message(message: discord.Message) -> None:
        heard.append((message.content, len(message.attachments)))

    async with running(server, bot):
        server.say(ann, channel, "between us", [picture()], mention_bot=False)
        server.dm(ann, "for you", [picture()])
        await server.wait_for(lambda: len(heard) == 2)
    assert heard == [("", 0), ("for you", 1)]


async def test_a_replied_message_of_somebody_else_comes_without_content(server: DiscordServer) -> None:
    """Mentioning the bot in a reply opens the reply, not what it replies to; replying to the bot counts as both."""
    guild = server.places.guild()
    channel, ann, bob = server.places.channel(guild), server.places.user("ann", guild), server.places.user("bob", guild)
    bot, heard = client(), []

    @bot.event
    async def on_message(message: discord.Message) -> None:
        if message.author.bot:
            return
        target = message.reference.resolved if message.reference else None
        heard.append((message.content, target.content if isinstance(target, discord.Message) else None))
        if target is None:
            await message.reply("mine", nonce="mine", mention_author=False)

    async with running(server, bot):
        photo = server.say(bob, channel, "my photo", [picture()], mention_bot=False)
        server.say(ann, channel, "this one", reply_to=photo)
        (mine,) = await server.wait_for(lambda: server.messages(channel))
        server.say(ann, channel, "and blue", reply_to=mine, mention_bot=False)
        await server.wait_for(lambda: len(heard) == 3)
    assert heard[1] == (f"{server.bot.mention} this one", "")
    assert heard[2] == ("and blue", "mine")


async def test_slash_commands_are_registered_deferred_and_answered(server: DiscordServer) -> None:
    """A command with choices, a picture and a locale; the deferred answer becomes the message."""
    guild = server.places.guild()
    channel, ann = server.places.channel(guild), server.places.user("ann", guild, locale="zh-CN")
    bot = client()
    tree = app_commands.CommandTree(bot)

    @tree.command(name="draw", description="Draw a picture")
    @app_commands.choices(size=[app_commands.Choice(name="1K", value="1k")])
    async def draw(
        interaction: discord.Interaction,
        prompt: str,
        size: str | None = None,
        picture: discord.Attachment | None = None,
    ) -> None:
        await interaction.response.defer()
        read = b"" if picture is None else await picture.read()
        text = f"{prompt} {size} {len(read)} {interaction.locale} {interaction.filesize_limit}"
        await interaction.edit_original_response(content=text, allowed_mentions=NOBODY)

    async def setup_hook() -> None:
        await tree.sync()

    bot.setup_hook = setup_hook  # type: ignore[method-assign]
    async with running(server, bot):
        options: dict[str, Value] = {"prompt": "cat", "size": "1k", "picture": Upload("a.png", b"12345")}
        made = server.slash(ann, channel, "draw", options)
        await server.wait_for(lambda: made.original and made.original.content)
    (shown,) = server.messages(channel)
    assert (shown.content, shown.loading) == ("cat 1k 5 zh-CN 10485760", False)
    assert made.answer == 5
    assert server.violations == []


async def test_buttons_modals_menus_and_completion_go_round(server: DiscordServer) -> None:
    """A button opens a modal, its words come back; a menu entry reads the message; an option completes itself."""
    guild = server.places.guild()
    channel, ann, bob = server.places.channel(guild), server.places.user("ann", guild), server.places.user("bob", guild)
    bot = client()
    tree = app_commands.CommandTree(bot)

    class Edit(discord.ui.Modal, title="Edit"):
        words: discord.ui.TextInput[discord.ui.View] = discord.ui.TextInput(label="How?", custom_id="words")

        @override
        async def on_submit(self, interaction: discord.Interaction) -> None:
            await interaction.response.send_message(
                f"edited: {self.words.value}", ephemeral=True, allowed_mentions=NOBODY
            )

    class Buttons(discord.ui.View):
        @discord.ui.button(label="Edit", custom_id="edit:7")
        async def edit(self, interaction: discord.Interaction, _: discord.ui.Button[discord.ui.View]) -> None:
            await interaction.response.send_modal(Edit())

    @tree.context_menu(name="Edit this picture")
    async def menu(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(
            f"{message.content} {len(message.attachments)}", view=Buttons(timeout=None), allowed_mentions=NOBODY
        )

    @tree.command(name="draw", description="Draw a picture")
    async def draw(interaction: discord.Interaction, model: str) -> None:
        await interaction.response.send_message(model, allowed_mentions=NOBODY)

    @draw.autocomplete("model")
    async def complete(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{typed} Pro (10 points)", value="pro")]

    async def setup_hook() -> None:
        await tree.sync()

    bot.setup_hook = setup_hook  # type: ignore[method-assign]
    async with running(server, bot):
        photo = server.say(bob, channel, "my photo", [picture()], mention_bot=False)
        opened = server.context_menu(ann, photo, "Edit this picture")
        await server.wait_for(lambda: opened.original)
        pressed = server.press(ann, server.messages(channel)[0], "edit:7")
        await server.wait_for(lambda: pressed.modal)
        sent = server.submit_modal(pressed, {"words": "bluer"})
        await server.wait_for(lambda: sent.original)
        typed = server.type_option(ann, channel, "draw", "model", "Nano")
        await server.wait_for(lambda: typed.choices)
    first, second = server.messages(channel)
    assert (first.content, [button.label for button in first.buttons]) == ("my photo 1", ["Edit"])
    assert (second.content, second.only_for) == ("edited: bluer", ann.id)
    assert [choice["name"] for choice in typed.choices] == ["Nano Pro (10 points)"]
    assert server.violations == []


async def test_a_failed_send_is_repeated_by_the_library_and_seen_once(server: DiscordServer) -> None:
    """A 502 after the message was stored: discord.py tries again a second later, under the same nonce."""
    guild = server.places.guild()
    channel = server.places.channel(guild)
    bot = client()
    async with running(server, bot):
        server.trouble.fail_next("POST /channels/*/messages", 502, "after")
        place = bot.get_partial_messageable(channel.id, guild_id=guild.id)
        message = await place.send("once", nonce="once")
    (shown,) = server.messages(channel)
    assert (shown.id, shown.content) == (message.id, "once")
    assert [seen.status for seen in server.requests if "messages" in seen.path] == [502, 200]


async def test_a_drop_is_resumed_and_the_message_meanwhile_is_not_lost(server: DiscordServer) -> None:
    """After a reset discord.py resumes, and hears once what was said while it was away."""
    guild = server.places.guild()
    channel, ann = server.places.channel(guild), server.places.user("ann", guild)
    bot, heard = client(), []

    @bot.event
    async def on_message(message: discord.Message) -> None:
        heard.append(message.content)

    async with running(server, bot):
        # Reset before it has read READY, it would have no session to resume.
        await asyncio.wait_for(bot.wait_until_ready(), 20)
        for trouble in (
            server.trouble.drop,
            server.trouble.reconnect,
            lambda: server.trouble.invalidate(resumable=True),
        ):
            before = server.gateway.resumes
            trouble()
            server.say(ann, channel, "meanwhile")
            # The library draws its pause before each attempt, up to eight seconds for the third in a row.
            await server.wait_for(partial(lambda before: server.gateway.resumes > before, before), timeout=60)
        await server.wait_for(lambda: len(heard) == 3)
    assert len(server.gateway.identifies) == 1
    assert server.violations == []


async def test_a_refused_first_connection_ends_the_library(server: DiscordServer) -> None:
    """In spite of its reconnecting: what makes a supervisor necessary."""
    bot = client()
    await server.trouble.refuse()
    with pointed(server), pytest.raises(AttributeError):
        await asyncio.wait_for(bot.start(server.token), 10)
    await bot.close()


async def test_a_malformed_event_ends_the_library(server: DiscordServer) -> None:
    """So does an event without what it needs."""
    async with running(server, client()) as task:
        server.trouble.send_event("MESSAGE_CREATE", {"id": "1"})
        with pytest.raises(KeyError):
            await asyncio.wait_for(task, 10)


async def test_a_reset_token_ends_the_library_for_good(server: DiscordServer) -> None:
    """The gateway says 4004, the next login 401."""
    async with running(server, client()) as task:
        token = server.token
        server.trouble.revoke_token()
        with pytest.raises(discord.ConnectionClosed) as caught:
            await asyncio.wait_for(task, 10)
    assert caught.value.code == 4004
    again = client()
    with pointed(server), pytest.raises(discord.LoginFailure):
        await again.start(token)
    await again.close()


async def test_a_zombie_is_noticed_after_the_heartbeat_timeout_and_resumed() -> None:
    """What was said meanwhile comes then."""
    async with discord_server(DiscordOptions(heartbeat_interval=0.2)) as server:
        guild = server.places.guild()
        channel, ann = server.places.channel(guild), server.places.user("ann", guild)
        bot, heard = client(heartbeat_timeout=0.5), []

        @bot.event
        async def on_message(message: discord.Message) -> None:
            heard.append(message.content)

        async with running(server, bot):
            await server.wait_for(lambda: bot.guilds)
            server.trouble.zombie()
            server.say(ann, channel, "anybody?")
            await server.wait_for(lambda: heard)
        assert (len(server.gateway.identifies), server.gateway.resumes) == (1, 1)
        assert server.violations == []
