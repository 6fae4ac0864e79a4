"""Forty people at the same moment in Discord: how long until each hears of the bot: `python -m bench.crowd`.

Half of them write, half give the command, two in each of twenty channels; another forty press a button that is not
theirs. The service is a process of its own, against the strict local Discord with its real rates. Shown are the seconds
from a message to its acknowledgement, and from a command or press to its first response: Discord wants that within 3.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.processes import Cost, sandbox, service_environment
from bench.serving import PATIENCE, serving
from tests.platforms.discord.world import Channel
from tests.platforms.discord_server import DiscordOptions, DiscordServer, Shown, discord_server

PEOPLE = 40
LONGEST_RESPONSE = 3.0


@dataclass(frozen=True)
class Heard:
    """Seconds until each writer's acknowledgement, and until each interaction's first response."""

    messages: list[float]
    interactions: list[float]


async def crowd(discord: DiscordServer) -> Heard:
    """All at once, until everybody has a picture."""
    guild = discord.places.guild()
    first, mei = discord.places.channel(guild), discord.places.user("mei", guild)
    discord.say(mei, first, "画一张猫")
    result = (await pictures(discord, first, 1))[-1]
    channels = [discord.places.channel(guild, f"room{number}") for number in range(PEOPLE // 2)]
    people = [discord.places.user(f"p{number}", guild) for number in range(PEOPLE)]
    writers, others = people[: len(channels)], people[len(channels) :]
    asked = [
        discord.say(each, where, f"draw a cat for {each.name}") for each, where in zip(writers, channels, strict=True)
    ]
    given = [
        discord.slash(each, where, "draw", {"prompt": f"a dog for {each.name}"})
        for each, where in zip(others, channels, strict=True)
    ]
    pressed = [discord.press(each, result, result.buttons[0].custom_id or "") for each in people]
    for channel in channels:
        await pictures(discord, channel, 2)
    began = {each.id: each.at for each in asked}
    shown = [each for channel in channels for each in discord.messages(channel)]
    return Heard(
        [each.at - began[each.replied_to] for each in shown if each.replied_to in began],
        [each.answered_after for each in (*given, *pressed) if each.answered_after is not None],
    )


async def pictures(discord: DiscordServer, channel: Channel, count: int) -> list[Shown]:
    """Wait for so many pictures in a channel; gives the messages that show them."""

    def found() -> list[Shown]:
        return [each for each in discord.messages(channel) if each.attachments]

    await discord.wait_for(lambda: len(found()) >= count, PATIENCE)
    return found()


async def run(folder: Path, env: Mapping[str, str]) -> tuple[Heard, Cost]:
    """One run of the service."""
    async with discord_server(DiscordOptions(identify_spacing=0.0)) as discord:
        more = {"DISCORD_TOKEN": discord.token, "DISCORD_API_URL": discord.api_url}
        async with serving(folder, {**env, **more}) as served:
            heard = await crowd(discord)
        assert discord.violations == [], discord.violations
        return heard, served.cost


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0] if __doc__ else "")
    parser.add_argument("--times", type=int, default=3, help="runs (default 3)")
    times = parser.parse_args().times
    good = True
    print(f"{PEOPLE} at once in Discord: seconds, median and slowest")
    print(f"{'message':>16} {'command or press':>20} {'CPU s':>7} {'peak MB':>8}")
    with tempfile.TemporaryDirectory() as name, sandbox(Path(name), "--pace", "fast") as addresses:
        for number in range(times):
            folder = Path(name) / str(number)
            folder.mkdir()
            heard, cost = asyncio.run(run(folder, service_environment(addresses, folder / "data")))
            assert (len(heard.messages), len(heard.interactions)) == (PEOPLE // 2, PEOPLE // 2 + PEOPLE)
            first = f"{statistics.median(heard.messages):.2f} {max(heard.messages):.2f}"
            second = f"{statistics.median(heard.interactions):.2f} {max(heard.interactions):.2f}"
            print(f"{first:>16} {second:>20} {cost.cpu:7.2f} {cost.memory / 1e6:8.1f}")
            good = good and max(heard.interactions) < LONGEST_RESPONSE
    print(f"target: each command and press within {LONGEST_RESPONSE:g} s: {'met' if good else 'MISSED'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
