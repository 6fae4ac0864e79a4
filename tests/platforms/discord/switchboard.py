"""The live ends of the gateway: sessions, connections, the events that go out, and what breaks them."""

from __future__ import annotations

from collections.abc import Callable

from tests.platforms.discord.basics import Json, Options
from tests.platforms.discord.intents import intent_of
from tests.platforms.discord.link import Link
from tests.platforms.discord.sessions import Session
from tests.platforms.discord.world import Guild, World

_RECONNECT, _INVALID = 7, 9


class Switchboard:
    """Knows who listens."""

    def __init__(self, world: World, options: Options) -> None:
        self.sessions: dict[str, Session] = {}
        self.links: set[Link] = set()
        self.changed: Callable[[], None] = lambda: None
        self._world = world
        self._options = options
        self._now = options.stopwatch

    @property
    def live(self) -> list[Session]:
        """The sessions that somebody listens to."""
        return [one for one in self.sessions.values() if one.link is not None and not one.link.zombie]

    def dispatch(
        self,
        event: str,
        make: Callable[[bool], Json],
        guild: Guild | None = None,
        *,
        needs: str | None = None,
    ) -> int:
        """Send an event to those who may have it, made with or without message content; return how many heard it."""
        if guild is not None and not self._world.bot_in(guild) and event != "GUILD_DELETE":
            return 0
        needed = needs or intent_of(event, direct=guild is None)
        reached = 0
        for session in list(self.sessions.values()):
            if self.expired(session):
                del self.sessions[session.id]
                continue
            if not session.serves(None if guild is None else guild.id):
                continue
            if needed is not None and needed not in session.intents:
                continue
            session.dispatch(event, make("message_content" in session.intents))
            reached += session in self.live
        self.changed()
        return reached

    def expired(self, session: Session) -> bool:
        """Whether a lost session is too old to be resumed."""
        return session.lost_at is not None and self._now() - session.lost_at > self._options.resume_window

    def session_of(self, link: Link) -> Session | None:
        """Return the session of a connection, once it has one."""
        return next((one for one in self.sessions.values() if one.link is link), None)

    def drop(self) -> None:
        """Reset every connection."""
        for link in list(self.links):
            link.drop()

    def tell_to_reconnect(self) -> None:
        """Ask everybody to come back on another connection."""
        for link in list(self.links):
            link.send({"op": _RECONNECT, "t": None, "s": None, "d": None})

    def invalidate(self, *, resumable: bool) -> None:
        """Call the sessions invalid; a resumable one may be asked for again."""
        for session in self.live:
            if session.link is not None:
                session.link.send({"op": _INVALID, "t": None, "s": None, "d": resumable})
            if not resumable:
                session.link = None
                del self.sessions[session.id]

    def fall_silent(self) -> None:
        """Leave every connection open and say nothing more on it, not even to a close."""
        for session in self.live:
            session.lost_at = self._now()
        for link in list(self.links):
            link.zombie = True

    def close_all(self, code: int) -> None:
        """Close every connection with a code."""
        for link in list(self.links):
            link.close(code)

    def repeat_last(self, kinds: frozenset[str]) -> str:
        """Send the last event of these kinds once more, as a new one; return its name."""
        found: str | None = None
        for session in self.live:
            event = next((one for one in reversed(session.events) if one["t"] in kinds), None)
            if event is not None:
                found = str(event["t"])
                session.dispatch(found, event["d"])
        if found is None:
            raise LookupError(f"no event of {sorted(kinds)} was sent")
        return found

    def send_raw(self, event: str, data: Json) -> None:
        """Send an event as it is, however wrong."""
        for session in self.live:
            session.dispatch(event, data)
