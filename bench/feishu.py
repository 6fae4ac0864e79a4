"""How long a run in Feishu alone takes to be ready, its memory, and its calls a job: `python -m bench.feishu`.

Against the strict local Feishu, which answers at once, over the long connection. Ready is when `/readyz` says so. The
memory is the peak of the process; the calls and connections are what Feishu counted until the picture was there.
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
from tests.platforms.feishu_server import FeishuOptions, FeishuServer, feishu_server

LONGEST_START = 3.0
MOST_MEMORY = 150.0


async def one_picture(feishu: FeishuServer) -> None:
    """Somebody asks for a picture, and gets it."""
    mei = feishu.person("mei")
    chat = feishu.direct(mei)
    feishu.say(mei, chat, "画一张猫")
    await feishu.wait_for(lambda: any(each.pictures for each in feishu.messages(chat)), PATIENCE)


async def run(folder: Path, env: Mapping[str, str], *, picture: bool) -> tuple[float, Cost, tuple[int, int]]:
    """One run: seconds until it was ready, what it cost, and Feishu's count of calls and connections."""
    async with feishu_server(FeishuOptions()) as feishu:
        more = {
            "FEISHU_APP_ID": feishu.app_id,
            "FEISHU_APP_SECRET": feishu.app_secret,
            "FEISHU_DOMAIN": feishu.domain,
        }
        async with serving(folder, {**env, **more}) as served:
            if picture:
                await one_picture(feishu)
            counted = len(feishu.requests), feishu.connections
        assert feishu.violations == [], feishu.violations
        return served.seconds, served.cost, counted


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0] if __doc__ else "")
    parser.add_argument("--times", type=int, default=5, help="runs of each kind (default 5)")
    times = parser.parse_args().times
    good = True
    print(f"{'run in Feishu':24} {'seconds':>8} {'slowest':>8} {'CPU s':>7} {'peak MB':>8} {'calls':>6} {'TCP':>4}")
    with tempfile.TemporaryDirectory() as name, sandbox(Path(name), "--pace", "fast") as addresses:
        folder = Path(name)

        def fresh() -> Mapping[str, str]:
            """Another Feishu knows nothing of the messages and pictures of the last one: nor may the bot."""
            return service_environment(addresses, Path(tempfile.mkdtemp(dir=folder)))

        asyncio.run(run(folder, fresh(), picture=False))  # the first fills the caches
        for label, picture in (("until it is ready", False), ("and one picture", True)):
            found = [asyncio.run(run(folder, fresh(), picture=picture)) for _ in range(times)]
            seconds = statistics.median(each for each, _, _ in found)
            memory = statistics.median(cost.memory for _, cost, _ in found) / 1e6
            cpu = statistics.median(cost.cpu for _, cost, _ in found)
            calls = statistics.median(each for _, _, (each, _) in found)
            connections = statistics.median(each for _, _, (_, each) in found)
            slowest = max(each for each, _, _ in found)
            print(f"{label:24} {seconds:8.2f} {slowest:8.2f} {cpu:7.2f} {memory:8.1f} {calls:6.0f} {connections:4.0f}")
            good = good and seconds < LONGEST_START and memory < MOST_MEMORY
    print(f"targets: {LONGEST_START:g} s, {MOST_MEMORY:g} MB: {'met' if good else 'MISSED'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
