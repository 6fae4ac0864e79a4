"""Discord gets into trouble while the doctor looks: each line still says how it stands, and none calls it a failure."""

from __future__ import annotations

import json
import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import httpx
import pytest
from pydantic import SecretStr
from typing_extensions import override

from bot.doctor.discord import ATTEMPTS, LATER, LONGEST_WAIT, DiscordCheck
from bot.doctor.finding import Finding, Verdict
from bot.settings.model import DiscordSettings
from tests.bot.commands.test_doctor_discord import LISTENING, invited
from tests.platforms.discord_server import discord_server

Outcome = Callable[[], httpx.Response]


def unreachable() -> httpx.Response:
    raise httpx.ConnectError("refused")


def silent() -> httpx.Response:
    raise httpx.ReadTimeout("")


def limited(seconds: float) -> httpx.Response:
    return httpx.Response(429, headers={"Retry-After": str(seconds)}, json={"retry_after": seconds, "global": False})


OUTCOMES: dict[str, Outcome] = {
    "limited for a moment": lambda: limited(0.3),
    "limited for long": lambda: limited(600),
    "limited without a word": lambda: httpx.Response(429, text="error code: 1015"),
    "500": lambda: httpx.Response(500, json={"message": "500: Internal Server Error", "code": 0}),
    "503": lambda: httpx.Response(503, text="<html>"),
    "not Discord's": lambda: httpx.Response(200, text="<html>Log in to this network</html>"),
    "of another kind": lambda: httpx.Response(200, json="maintenance"),
    "empty": lambda: httpx.Response(200, json=None),
    "unreachable": unreachable,
    "silent": silent,
}


@dataclass
class Recording(httpx.AsyncBaseTransport):
    """What the local Discord answered, by path."""

    answers: dict[str, object] = field(default_factory=dict)
    inner: httpx.AsyncHTTPTransport = field(default_factory=httpx.AsyncHTTPTransport)

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self.inner.handle_async_request(request)
        self.answers[request.url.path] = json.loads(await answer.aread())
        return answer

    @override
    async def aclose(self) -> None:
        await self.inner.aclose()


@dataclass
class Examination:
    """A doctor's visit to what was recorded. Questions are broken by number, from 0; a repetition has a new number."""

    settings: DiscordSettings
    answers: dict[str, object]
    broken: Callable[[int], bool]
    outcome: Outcome
    asked: list[str] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)

    def answer(self, request: httpx.Request) -> httpx.Response:
        number = len(self.asked)
        self.asked.append(request.url.path)
        return self.outcome() if self.broken(number) else httpx.Response(200, json=self.answers[request.url.path])

    async def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)

    async def found(self) -> list[Finding]:
        check = DiscordCheck(self.settings, httpx.MockTransport(self.answer), self.sleep)
        return [finding async for finding in check()]


@pytest.fixture
async def recorded() -> tuple[DiscordSettings, dict[str, object]]:
    async with discord_server(LISTENING) as server:
        channel = server.places.channel(invited(server), "general")
        settings = DiscordSettings(
            token=SecretStr(server.token),
            api_url=server.api_url,
            channels=frozenset({str(channel.id)}),
            shards=None,
        )
        recording = Recording()
        healthy = [finding async for finding in DiscordCheck(settings, recording)()]
        assert not [each for each in healthy if each.verdict is Verdict.FAILED]
        return settings, recording.answers


@pytest.mark.parametrize("name", OUTCOMES)
async def test_trouble_half_way_leaves_lines_open_and_the_others_as_they_are(
    name: str, recorded: tuple[DiscordSettings, dict[str, object]]
) -> None:
    """At each of the questions in turn: for that one alone, and from then on."""
    settings, answers = recorded
    healthy = Examination(settings, answers, lambda _: False, unreachable)
    well = await healthy.found()
    assert len(healthy.asked) == len(answers) > 6
    troubled: list[tuple[int, Callable[[int], bool]]] = []
    for number in range(1, len(answers)):
        troubled.append((number, partial(operator.eq, number)))
        troubled.append((number, partial(operator.le, number)))
    for number, broken in troubled:
        visit = Examination(settings, answers, broken, OUTCOMES[name])
        found = await visit.found()
        assert found[:3] == well[:3]
        opened = [each for each in found if each not in well]
        assert all(each.verdict is Verdict.UNKNOWN and each.advice == LATER for each in opened), (number, opened)
        assert opened or not broken(number + 1)
        assert found[-2:] == well[-2:]
        assert all(seconds <= LONGEST_WAIT for seconds in visit.waited)
        assert len(visit.asked) <= len(answers) * ATTEMPTS


@pytest.mark.parametrize("name", OUTCOMES)
async def test_trouble_from_the_start_is_one_failed_line(
    name: str, recorded: tuple[DiscordSettings, dict[str, object]]
) -> None:
    [finding] = await Examination(*recorded, lambda _: True, OUTCOMES[name]).found()
    assert finding.verdict is Verdict.FAILED
    assert finding.advice


@pytest.mark.parametrize("name", ["limited for a moment", "500", "503", "limited without a word"])
async def test_what_passes_is_waited_out(name: str, recorded: tuple[DiscordSettings, dict[str, object]]) -> None:
    well = await Examination(*recorded, lambda _: False, unreachable).found()
    for number in range(len(recorded[1])):
        visit = Examination(*recorded, lambda asked, number=number: asked == number, OUTCOMES[name])  # type: ignore[misc]
        assert await visit.found() == well
        assert visit.waited == [0.3 if name == "limited for a moment" else 1.0]


@pytest.mark.parametrize("name", ["unreachable", "silent"])
async def test_what_cannot_be_reached_is_not_asked_again(
    name: str, recorded: tuple[DiscordSettings, dict[str, object]]
) -> None:
    """Each further question would take as long."""
    visit = Examination(*recorded, lambda number: number >= 3, OUTCOMES[name])
    await visit.found()
    assert len(visit.asked) == 4
