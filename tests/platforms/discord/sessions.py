"""Gateway sessions: their numbered events, kept for a client that comes back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from tests.platforms.discord.basics import Json
from tests.platforms.discord.link import Link

_KEPT = 5000


@dataclass(slots=True, eq=False)
class Session:
    """What one IDENTIFY began."""

    intents: frozenset[str]
    shard: tuple[int, int]
    link: Link | None = None
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    seq: int = 0
    events: list[Json] = field(default_factory=list)
    lost_at: float | None = None

    def dispatch(self, event: str, data: Json) -> None:
        """Number an event, keep it, and send it if somebody listens."""
        self.seq += 1
        payload = {"op": 0, "t": event, "s": self.seq, "d": data}
        self.events.append(payload)
        del self.events[:-_KEPT]
        if self.link is not None:
            self.link.send(payload)

    def missed_since(self, seq: int) -> list[Json]:
        """The events after a number."""
        return [event for event in self.events if event["s"] > seq]

    def serves(self, guild_id: int | None) -> bool:
        """Whether a guild, or the direct conversations, come to this shard."""
        number, count = self.shard
        return number == (0 if guild_id is None else (guild_id >> 22) % count)


@dataclass(frozen=True, slots=True)
class Identified:
    """An IDENTIFY that was accepted."""

    at: float
    intents: frozenset[str]
    shard: tuple[int, int]
    after_login: bool
