"""What waits for its turn to be sent, and in which order it is taken: listened to at the two doors of the sender."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import pytest

from adapters.discord.adapter import DiscordAdapter
from adapters.feishu.adapter import FeishuAdapter
from bot.sender import Sender, Waiting
from protocol.messages import MessageRef, Outgoing, Priority

RANK = {Priority.ACKNOWLEDGEMENT: 0, Priority.RESULT: 1, Priority.START: 2, Priority.PROGRESS: 3}


@dataclass
class Ears:
    """When each message, by its key, began to wait for its turn, and when that came; in real seconds."""

    asked: dict[str, float] = field(default_factory=dict)
    taken: dict[str, float] = field(default_factory=dict)
    rank: dict[str, int] = field(default_factory=dict)

    def overtaken(self, record: Sequence[str]) -> set[tuple[int, int]]:
        """Which ranks passed which others in the order of sending; fails where one waited behind what matters less."""
        found = set()
        for earlier, later in combinations(record, 2):
            mine, other = self.rank[earlier], self.rank[later]
            if other < mine:
                assert self.asked[later] > self.taken[earlier], f"{other} had waited already when {mine} was taken"
            if mine < other and self.asked[later] < self.asked[earlier]:
                found.add((mine, other))
        return found


def listen(
    monkeypatch: pytest.MonkeyPatch, platform: type[DiscordAdapter] | type[FeishuAdapter], now: Callable[[], float]
) -> Ears:
    """Listen for as long as the test lasts."""
    found = Ears()
    join, deliver = Sender._join, platform.send

    def asked(sender: Sender, place: str, waiting: Waiting) -> None:
        found.asked.setdefault(waiting.outgoing.key, now())
        found.rank[waiting.outgoing.key] = RANK[waiting.outgoing.priority]
        join(sender, place, waiting)

    async def taken(adapter: DiscordAdapter | FeishuAdapter, outgoing: Outgoing) -> MessageRef:
        found.taken.setdefault(outgoing.key, now())
        return await deliver(adapter, outgoing)  # type: ignore[arg-type]

    monkeypatch.setattr(Sender, "_join", asked)
    monkeypatch.setattr(platform, "send", taken)
    return found
