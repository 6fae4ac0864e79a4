"""How long a run in Discord alone takes to be ready, and its memory: `python -m bench.discord`.

Against the strict local Discord, which answers at once: what Discord's own pace adds is not in it. Ready is when
`/readyz` says so: the gateway's session is there. The memory is the peak of the process, with a picture drawn or not.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bench.processes import Cost, sandbox, service_environment
from bench.serving import PATIENCE, serving
from tests.platforms.discord_server import DiscordOptions, DiscordServer, discord_server

LONGEST_START = 2.5
MOST_MEMORY = 110.0


async def one_picture(discord: DiscordServer) -> None:
    """Somebody asks for a picture, and gets it."""
    guild = discord.places.guild()
    channel, mei = discord.places.channel(guild), discord.places.user("mei", guild)
    discord.say(mei, channel, "画一张猫")
    await discord.wait_for(lambda: any(each.attachments for each in discord.messages(channel)), PATIENCE)


async def run(folder: Path, env: Mapping[str, str], *, picture: bool) -> tuple[float, Cost]:
    """One run from its start to its end: seconds until it was ready, and what it cost."""
    async with discord_server(DiscordOptions(identify_spacing=0.0)) as discord:
        more = {"DISCORD_TOKEN": discord.token, "DISCORD_API_URL": discord.api_url}
        async with serving(folder, {**env, **more}) as served:
            if picture:
                await one_picture(discord)
        assert discord.violations == [], discord.violations
        return served.seconds, served.cost


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0] if __doc__ else "")
    parser.add_argument("--times", type=int, default=5, help="runs of each kind (default 5)")
    times = parser.parse_args().times
    good = True
    print(f"{'run in Discord':24} {'seconds':>8} {'slowest':>8} {'CPU s':>7} {'peak MB':>8}")
    with tempfile.TemporaryDirectory() as name, sandbox(Path(name), "--pace", "fast") as addresses:
        folder = Path(name)
        env = service_environment(addresses, folder / "data")
        asyncio.run(run(folder, env, picture=False))  # the first fills the caches
        for label, picture in (("until it is ready", False), ("and one picture", True)):
            found = [asyncio.run(run(folder, env, picture=picture)) for _ in range(times)]
            seconds = statistics.median(each for each, _ in found)
            memory = statistics.median(cost.memory for _, cost in found) / 1e6
            cpu = statistics.median(cost.cpu for _, cost in found)
            print(f"{label:24} {seconds:8.2f} {max(each for each, _ in found):8.2f} {cpu:7.2f} {memory:8.1f}")
            good = good and seconds < LONGEST_START and (picture or memory < MOST_MEMORY)
    print(f"targets: {LONGEST_START} s, {MOST_MEMORY:g} MB when ready: {'met' if good else 'MISSED'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
