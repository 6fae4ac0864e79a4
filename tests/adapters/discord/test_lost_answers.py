"""Answers that go by an interaction's token know no keys: whatever gets lost, nothing is shown twice. Over the SDK."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest

from adapters.discord import answers
from tests.scenarios.discord_house import discord_house, words

Outcome = int | Literal["reset"]
TROUBLES = [(502, "after"), ("reset", "after"), ("reset", "before")]
CALLBACK, FOLLOW_UP = "POST /interactions/*", "POST /webhooks/*"


@pytest.mark.parametrize(("outcome", "when"), TROUBLES)
async def test_the_first_answer_to_a_command_is_shown_once(
    outcome: Outcome, when: Literal["before", "after"], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The trouble is the answer's: a machine that is slow enough for a deferral would give it to that.
    monkeypatch.setattr(answers, "DEFER_AFTER", 60.0)
    async with discord_house(tmp_path) as home:
        home.discord.trouble.fail_next(CALLBACK, outcome, when)
        home.discord.slash(home.mei, home.channel, "draw", {"prompt": "一只猫"})
        await home.ended()
        await home.over()
        assert re.fullmatch("012*3", home.steps())
        assert (await home.state())["counts"]["create"] == 1


@pytest.mark.parametrize(("outcome", "when"), TROUBLES)
async def test_in_a_channel_that_is_closed_for_writing_each_step_is_shown_once(
    outcome: Outcome, when: Literal["before", "after"], tmp_path: Path
) -> None:
    async with discord_house(tmp_path) as home:
        home.discord.places.deny(home.channel, "send_messages")
        with home.brush.held():
            asked = home.discord.slash(home.mei, home.channel, "draw", {"prompt": "一只猫"})
            await home.until(lambda: asked.original)
            home.discord.trouble.fail_next(FOLLOW_UP, outcome, when)
            await home.until(lambda: "2" in home.steps())
            home.discord.trouble.fail_next(FOLLOW_UP, outcome, when)
        await home.ended()
        await home.over()
        steps = home.steps()
        assert re.fullmatch("012*3", steps), [words(each) for each in home.shown()]
        assert len({words(each) for each in home.shown()}) == len(home.shown())
        assert home.shown(home.discord.direct(home.mei)) == []


async def test_in_a_channel_that_is_hidden_what_may_have_arrived_is_not_shown_there_again(tmp_path: Path) -> None:
    """It cannot be looked for: the picture goes to the asker in private instead."""
    async with discord_house(tmp_path) as home:
        home.discord.places.deny(home.channel, "view_channel")
        with home.brush.held():
            asked = home.discord.slash(home.mei, home.channel, "draw", {"prompt": "一只猫"})
            await home.until(lambda: "2" in home.steps())
            home.discord.trouble.fail_next(FOLLOW_UP, "reset", "after", times=9)
        direct = home.discord.direct(home.mei)
        await home.ended(direct)
        await home.over()
        assert [each.attachments for each in home.shown(direct) if each.attachments]
        assert len({words(each) for each in home.shown()}) == len(home.shown())
        assert asked.followups
        assert (await home.state())["counts"]["create"] == 1


async def test_in_a_channel_that_is_hidden_what_the_rate_kept_back_is_sent_once_more(tmp_path: Path) -> None:
    """A 429 was certainly not carried out: the conversation stays where it is."""
    async with discord_house(tmp_path) as home:
        home.discord.places.deny(home.channel, "view_channel")
        asked = home.discord.slash(home.mei, home.channel, "draw", {"prompt": "一只猫"})
        await home.until(lambda: asked.original)
        home.discord.trouble.fail_next(FOLLOW_UP, 429, times=1, retry_after=0.2)
        await home.ended()
        await home.over()
        assert re.fullmatch("012*3", home.steps())
        assert home.shown(home.discord.direct(home.mei)) == []


async def test_in_a_channel_that_is_hidden_what_got_lost_after_the_rate_kept_it_back_is_not_sent_again(
    tmp_path: Path,
) -> None:
    async with discord_house(tmp_path) as home:
        home.discord.places.deny(home.channel, "view_channel")
        with home.brush.held():
            asked = home.discord.slash(home.mei, home.channel, "draw", {"prompt": "一只猫"})
            await home.until(lambda: "2" in home.steps())
            home.discord.trouble.fail_next(FOLLOW_UP, 429, times=1, retry_after=0.2)
            home.discord.trouble.fail_next(FOLLOW_UP, "reset", "after", times=9)
        await home.ended(home.discord.direct(home.mei))
        await home.over()
        assert len({words(each) for each in home.shown()}) == len(home.shown())
        assert asked.followups
