"""Takes events to the bot by long connection or webhook, waits three seconds, and comes again."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Protocol

from tests.platforms.feishu.basics import CARD_EVENT, Ids, Json, Options, Violations
from tests.platforms.feishu.deliveries import Attempt, Delivery, Way
from tests.platforms.feishu.frames import DATA, Frame
from tests.platforms.feishu.link import Link
from tests.platforms.feishu.timetable import Timetable
from tests.platforms.feishu.world import World


class Poster(Protocol):
    """Posts an envelope to the webhook."""

    url: str

    def post(self, envelope: Json, answered: Callable[[int | None, bytes], None]) -> Callable[[], object]:
        """Send it; `answered` gets status and body, or None when there was no answer. Returns what hangs up."""


class Courier:
    """Knows who listens, and what was not answered yet."""

    def __init__(self, world: World, options: Options, timetable: Timetable, ids: Ids, violations: Violations) -> None:
        self.links: list[Link] = []
        self.all: list[Delivery] = []
        self.poster: Poster | None = None
        self.verification_token = f"v_{ids.bits(96)}"
        self.lose_answers = 0
        """So many answers are lost together with their connection."""
        self.reverse_frames = False
        self.changed: Callable[[], None] = lambda: None
        self.callback_ended: Callable[[Delivery, Attempt], None] = lambda _delivery, _attempt: None
        self._world = world
        self._options = options
        self._timetable = timetable
        self._ids = ids
        self._violations = violations
        self._random = random.Random(options.seed)  # noqa: S311
        self._open: dict[str, tuple[Delivery, Attempt, Link | None]] = {}
        self._over: set[str] = set()

    @property
    def live(self) -> list[Link]:
        """The connections that somebody listens to."""
        return [one for one in self.links if not one.lost]

    def envelope(self, kind: str, event: Json) -> Json:
        """Wrap an event as it travels."""
        # Milliseconds in events, microseconds in callbacks.
        fine = 1_000_000 if kind == CARD_EVENT else 1000
        return {
            "schema": "2.0",
            "header": {
                "event_id": self._ids.bits(128),
                "token": self.verification_token,
                "create_time": str(int(self._options.clock() * fine)),
                "event_type": kind,
                "tenant_key": self._world.tenant,
                "app_id": self._world.app_id,
            },
            "event": event,
        }

    def deliver(self, kind: str, event: Json) -> Delivery:
        """Send an event until it is taken."""
        envelope = self.envelope(kind, event)
        delivery = Delivery(envelope["header"]["event_id"], kind, envelope)
        self.send(delivery)
        return delivery

    def send(self, delivery: Delivery) -> None:
        """Send what was wrapped before."""
        self.all.append(delivery)
        self._try(delivery)

    def repeat(self, delivery: Delivery) -> None:
        """Deliver once more what was taken already, as the platform does now and then."""
        delivery.done = False
        self._try(delivery)

    def _try(self, delivery: Delivery) -> None:
        link = self._random.choice(self.live) if self.poster is None and self.live else None
        way: Way = "connection" if link is not None else "webhook" if self.poster is not None else "nobody"
        attempt = Attempt(self._options.stopwatch(), way, self._ids.bits(96))
        key = attempt.key
        delivery.attempts.append(attempt)
        if way == "nobody":
            self._failed(delivery, attempt)
            return
        self._open[key] = delivery, attempt, link
        attempt.deadline = self._timetable.after(self._options.ack_seconds, lambda: self._timed_out(key))
        if link is not None:
            self._write(link, delivery, key)
        elif self.poster is not None:
            attempt.hang_up = self.poster.post(delivery.envelope, lambda status, body: self._posted(key, status, body))
        self.changed()

    def _write(self, link: Link, delivery: Delivery, key: str) -> None:
        payload = json.dumps(delivery.envelope, ensure_ascii=False).encode()
        size = self._options.frame_bytes
        parts = [payload[at : at + size] for at in range(0, len(payload), size)]
        frames = [
            Frame(
                DATA,
                {
                    "type": "event",
                    "message_id": key,
                    "sum": str(len(parts)),
                    "seq": str(seq),
                    "trace_id": self._ids.bits(64),
                },
                part,
                link.service,
                seq=len(self.all),
            )
            for seq, part in enumerate(parts)
        ]
        for frame in reversed(frames) if self.reverse_frames else frames:
            link.send(frame)

    def _timed_out(self, key: str) -> None:
        delivery, attempt, link = self._open.pop(key)
        self._over.add(key)
        if attempt.hang_up is not None:
            attempt.hang_up()
        broken = link is not None and (link.lost or link.zombie or link.silent)
        if not broken:
            name = "callback_unanswered" if delivery.is_callback else "event_unanswered"
            self._violations.add(name, f"{delivery.kind} {delivery.event_id}")
        self._failed(delivery, attempt)

    def _failed(self, delivery: Delivery, attempt: Attempt) -> None:
        attempt.over = True
        if delivery.is_callback:
            self.callback_ended(delivery, attempt)
        elif not delivery.done and (delivery.again is None or delivery.again.cancelled):
            failures = sum(one.over and one.status != 200 for one in delivery.attempts)
            if failures > len(self._options.redelivery):
                delivery.given_up = True
            else:
                delivery.again = self._timetable.after(
                    self._options.redelivery[failures - 1], lambda: self._come_again(delivery)
                )
        self.changed()

    def _come_again(self, delivery: Delivery) -> None:
        delivery.again = None
        self._try(delivery)

    def _posted(self, key: str, status: int | None, body: bytes) -> None:
        if key not in self._open:
            return
        delivery, attempt, _ = self._open.pop(key)
        self._end(delivery, attempt, status, body)

    def answered(self, link: Link, key: str, status: int, body: bytes) -> None:
        """Take the answer that came over a connection."""
        if key in self._over:
            return
        found = self._open.get(key)
        if found is None or found[2] is not link:
            self._violations.add("answer_to_nothing", key)
            return
        if self.lose_answers:
            self.lose_answers -= 1
            link.drop()
            return
        delivery, attempt, _ = self._open.pop(key)
        self._over.add(key)
        self._end(delivery, attempt, status, body)

    def _end(self, delivery: Delivery, attempt: Attempt, status: int | None, body: bytes) -> None:
        if attempt.deadline is not None:
            attempt.deadline.cancel()
        attempt.answered_at, attempt.status, attempt.body, attempt.over = self._options.stopwatch(), status, body, True
        if status != 200:
            self._failed(delivery, attempt)
            return
        delivery.done = True
        if delivery.again is not None:
            delivery.again.cancel()
        if delivery.is_callback:
            self.callback_ended(delivery, attempt)
        self.changed()
