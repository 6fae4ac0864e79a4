"""The order of sending where a channel's rate is short: 0 before 3 and 4, those before 1, and 2 last.

Discord lets a bot write 5 messages in 5 s in a channel. The order is read from Discord's record; when each message was
asked to be sent, and when it was taken from those that waited, is listened to at the two doors of the sender.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from adapters.discord.adapter import DiscordAdapter
from bot.sender import PROGRESS_PATIENCE
from protocol.messages import Priority
from tests.scenarios.discord_house import code, discord_house
from tests.scenarios.lanes import RANK, Ears, listen

WINDOW = 5.0
WINDOWS = 1 / 3
SLACK = 1.0
CROWDED = 5.0
"""Real seconds for which nothing may be written, so that there is a crowd."""


@pytest.fixture
def ears(monkeypatch: pytest.MonkeyPatch) -> Ears:
    return listen(monkeypatch, DiscordAdapter, time.time)


async def test_in_a_crowded_channel_the_most_important_goes_first_and_only_progress_is_left_out(
    tmp_path: Path, ears: Ears
) -> None:
    """All goes sixty times as fast as for real, and Discord three times: there is a crowd, for some fifteen seconds.

    That the windows are long enough for the messages to wait for them, and not for a busy machine, takes that time.
    """
    async with discord_house(tmp_path, speed=60, windows=WINDOWS) as home:
        people = [home.discord.places.user(f"p{number}", home.guild) for number in range(12)]
        await home.provoke("status_failed", times=1)
        with home.brush.held():
            said = [home.discord.say(person, home.channel, f"draw cat {n}") for n, person in enumerate(people[:9])]
            await home.until(lambda: home.steps().count("1") == 9, 60)
            # Whatever comes now waits, however fast or slow this machine is.
            home.discord.trouble.rate_limit(home.channel, 0, CROWDED)
        await home.until(lambda: list(ears.rank.values()).count(RANK[Priority.RESULT]) >= 4, 60)
        # The last ones ask when pictures already wait for their turn.
        said += [home.discord.say(person, home.channel, f"draw cat {n}") for n, person in enumerate(people[9:], 9)]
        await home.ended(jobs=12, patience=100)
        steps = home.steps()
        assert {each.replied_to for each in home.shown() if code(each) == "0"} == {each.id for each in said}
        assert [steps.count(each) for each in "0134"] == [12, 12, 11, 1]
        record = [(each.nonce or "", each.at) for each in home.shown()]
        assert (await home.state())["counts"]["create"] == 12

    # Otherwise there was no crowd, and nothing was shown: in the order of asking none would pass another.
    assert (0, 1) in ears.overtaken([key for key, _ in record])

    sent = dict(record)
    left_out = {key for key in ears.asked if key not in sent}
    assert left_out
    assert {ears.rank[key] for key in left_out} == {RANK[Priority.PROGRESS]}
    late = [sent[key] - ears.asked[key] for key in sent if ears.rank[key] == RANK[Priority.PROGRESS]]
    assert all(each < (PROGRESS_PATIENCE + WINDOW) * WINDOWS + CROWDED + SLACK for each in late)


async def test_twelve_at_once_while_all_goes_equally_fast_and_nothing_at_all_is_violated(tmp_path: Path) -> None:
    """Discord's windows are to the stand-in's time what they are for real, so that no price list grows too old.

    Four times as fast: faster, a busy machine would be late for the lists. That takes fifteen seconds.
    """
    async with discord_house(tmp_path, speed=4, windows=0.25) as home:
        people = [home.discord.places.user(f"p{number}", home.guild) for number in range(12)]
        for number, person in enumerate(people):
            home.discord.say(person, home.channel, f"draw cat number {number}")
        await home.ended(jobs=12, patience=60)
        steps = home.steps()
        assert [steps.count(each) for each in "013"] == [12, 12, 12]
        assert (await home.state())["counts"]["create"] == 12
