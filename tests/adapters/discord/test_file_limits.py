"""Each picture fits the place that it goes to: over the real SDK, at a strict local Discord with small limits."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import discord as sdk
import pytest
from PIL import Image

from adapters.discord import interactions, places, sending
from bot.media.fitting import Fitted
from bot.media.workshop import Workshop
from tests.platforms.discord import world
from tests.platforms.discord_server import Channel, DiscordOptions, Shown
from tests.scenarios.brush import QuickBrush
from tests.scenarios.discord_house import DiscordHouse, discord_house, words
from tests.scenarios.house import LOCALES
from tests.scenarios.test_pictures import opened

PLAIN, BOOSTED = 100_000, 1_000_000
NOTE = {language: LOCALES.text("succeeded.refitted", language) for language in ("zh", "en")}


@pytest.fixture(autouse=True)
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A real 4K picture takes seconds to paint and to fit."""
    monkeypatch.setattr(world, "MEBIBYTE", PLAIN // 10)
    monkeypatch.setattr(world, "_SIZE_OF_TIER", {0: PLAIN, 2: BOOSTED})
    monkeypatch.setattr(places, "DEFAULT_LIMIT", PLAIN)
    monkeypatch.setattr(sending, "DEFAULT_LIMIT", PLAIN)
    monkeypatch.setattr(interactions, "LEAST_FILE_LIMIT", PLAIN)
    limits = {
        tier: limit._replace(filesize=BOOSTED if tier == 2 else PLAIN)
        for tier, limit in sdk.Guild._PREMIUM_GUILD_LIMITS.items()
    }
    monkeypatch.setattr(sdk.Guild, "_PREMIUM_GUILD_LIMITS", limits)

    def noisy(brush: QuickBrush, prompt: str, width: int, height: int) -> Image.Image:
        canvas = Image.new("RGB", (width, height), "navy")
        noise = random.Random(prompt).randbytes(270_000)  # noqa: S311
        canvas.paste(Image.frombytes("RGB", (300, 300), noise))
        return canvas

    monkeypatch.setattr(QuickBrush, "paint", noisy)


async def drawn(home: DiscordHouse) -> tuple[Shown, bytes, str]:
    """Ask for a picture; gives its message, its file and its caption."""
    home.discord.say(home.tom, home.channel, "draw a cat")
    return await arrived(home, home.channel)


async def arrived(home: DiscordHouse, channel: Channel) -> tuple[Shown, bytes, str]:
    """Wait for the picture; gives its message, its file and its caption."""
    result = (await home.ended(channel))[-1]
    [file] = result.attachments
    return result, file.data, words(result)


async def test_a_guild_with_boosts_gets_the_picture_as_it_is(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        home.discord.places.boost(home.guild, 2)
        result, data, caption = await drawn(home)
        assert result.attachments[0].filename == "picture.png"
        assert PLAIN < len(data) < BOOSTED
        assert NOTE["en"] not in caption


async def test_elsewhere_it_is_made_smaller_and_the_original_is_linked_and_that_is_said_once(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        home.discord.say(home.tom, home.channel, "draw a cat")
        home.discord.dm(home.mei, "draw a dog")
        for place in (home.channel, home.discord.direct(home.mei)):
            result, data, caption = await arrived(home, place)
            assert result.attachments[0].filename == "picture.jpg"
            assert len(data) <= PLAIN
            assert opened(data).size == (1024, 1024)
            assert caption.count(NOTE["en"]) == 1
            assert caption.splitlines()[-1].startswith("🔗 Original: http")


@pytest.mark.parametrize("told", [True, False])
async def test_boosts_that_are_lost_between_fetching_and_sending_cost_no_picture(
    told: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the news came first, or Discord's own refusal."""
    fit = Workshop.fit
    async with discord_house(tmp_path) as home:
        home.discord.places.boost(home.guild, 2)

        async def fit_and_lose(workshop: Workshop, data: bytes, **bounds: Any) -> Fitted:
            fitted = await fit(workshop, data, **bounds)
            home.discord.places.boost(home.guild, 0, told=told)
            return fitted

        monkeypatch.setattr(Workshop, "fit", fit_and_lose)
        result, data, caption = await drawn(home)
        assert len(data) <= PLAIN
        assert caption.count(NOTE["en"]) == 1
        assert result.attachments[0].alt is not None
        assert (await home.state())["counts"]["create"] == 1


async def test_where_only_the_interactions_way_is_open_its_own_limit_counts(tmp_path: Path) -> None:
    async with discord_house(tmp_path, options=DiscordOptions(interaction_size_limit=80_000)) as home:
        home.discord.places.boost(home.guild, 2)
        home.discord.places.deny(home.channel, "send_messages")
        asked = home.discord.slash(home.mei, home.channel, "draw", {"prompt": "一只猫"})
        result = (await home.ended())[-1]
        assert result.id == asked.followups[-1].id
        assert len(result.attachments[0].data) <= 80_000
        assert words(result).count(NOTE["zh"]) == 1


async def test_a_picture_for_a_boosted_guild_that_has_to_go_in_private_is_made_to_fit_there(tmp_path: Path) -> None:
    async with discord_house(tmp_path) as home:
        home.discord.places.boost(home.guild, 2)
        with home.brush.held():
            home.discord.say(home.mei, home.channel, "画一只猫")
            await home.until(lambda: "2" in home.steps())
            home.discord.places.deny(home.channel, "send_messages")
        direct = home.discord.direct(home.mei)
        result = (await home.ended(direct))[-1]
        assert len(result.attachments[0].data) <= PLAIN
        assert words(result).count(NOTE["zh"]) == 1
