"""The gateway: HELLO, IDENTIFY, RESUME, heartbeats."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress

from aiohttp import WSMsgType, web

from tests.platforms.discord.account import Account
from tests.platforms.discord.basics import Json, Options, Violations
from tests.platforms.discord.intents import PRIVILEGED, names
from tests.platforms.discord.link import Link
from tests.platforms.discord.payloads import Payloads
from tests.platforms.discord.sessions import Identified, Session
from tests.platforms.discord.switchboard import Switchboard
from tests.platforms.discord.world import World

_HEARTBEAT, _IDENTIFY, _PRESENCE, _VOICE, _RESUME, _MEMBERS = 1, 2, 3, 4, 6, 8
_INVALID, _HELLO, _ACK = 9, 10, 11
_SENDS_A_MINUTE = 120
_SILENT_CLOSE = {1000, 1001}


class _Closed(Exception):
    """The client did what ends a connection; `code` says which."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Gateway:
    """Accepts connections, begins sessions and takes them up again."""

    def __init__(
        self,
        world: World,
        board: Switchboard,
        payloads: Payloads,
        account: Account,
        options: Options,
        violations: Violations,
    ) -> None:
        self.url = ""
        self.identifies: list[Identified] = []
        self.resumes = 0
        self.heartbeats = 0
        self._world = world
        self._board = board
        self._payloads = payloads
        self._account = account
        self._options = options
        self._violations = violations
        self._now = options.stopwatch

    @property
    def live(self) -> list[Session]:
        """The sessions that somebody listens to."""
        return self._board.live

    @property
    def links(self) -> set[Link]:
        """The open connections."""
        return self._board.links

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Hold one connection until it ends."""
        if "User-Agent" not in request.headers:
            self._violations.add("no_user_agent", "gateway")
        query = request.query
        if query.get("compress") not in {None, "zlib-stream"}:
            return web.Response(status=400, text="only zlib-stream is spoken here")
        ws = web.WebSocketResponse(autoclose=False, max_msg_size=1 << 20)
        await ws.prepare(request)
        link = Link(request, ws)
        self._board.links.add(link)
        guard = asyncio.create_task(self._watch(link))
        code: int | None = None
        try:
            if query.get("v") not in {"9", "10"} or query.get("encoding") != "json":
                raise _Closed(4012)
            link.beat_at = self._now()
            link.send({"op": _HELLO, "t": None, "s": None, "d": self._hello()})
            code = await self._converse(link, ws)
        except _Closed as closed:
            self._violations.add("gateway_closed", f"{closed.code}")
            code = closed.code
            link.close(code)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._drain(ws), 5)
        finally:
            self._board.links.discard(link)
            self._lose(link, code)
            guard.cancel()
            await asyncio.gather(guard, return_exceptions=True)
            await link.stop()
        return ws

    async def _drain(self, ws: web.WebSocketResponse) -> None:
        while not ws.closed:
            if (await ws.receive()).type in {WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR}:
                await ws.close()

    def _hello(self) -> Json:
        return {"heartbeat_interval": int(self._options.heartbeat_interval * 1000), "_trace": ["local"]}

    async def _converse(self, link: Link, ws: web.WebSocketResponse) -> int | None:
        while True:
            message = await ws.receive()
            if link.zombie:
                await link.gone()
                return None
            if message.type is WSMsgType.TEXT:
                self._take(link, message.data)
            elif message.type is WSMsgType.CLOSE:
                await ws.close()
                return int(message.data or 1005)
            else:
                return None

    def _take(self, link: Link, text: str) -> None:
        now = self._now()
        link.received = [*(at for at in link.received if now - at < 60), now]
        if len(link.received) > _SENDS_A_MINUTE:
            raise _Closed(4008)
        if len(text.encode()) > 4096:
            raise _Closed(4002)
        try:
            payload = json.loads(text)
            operation, data = payload["op"], payload.get("d")
        except (ValueError, KeyError, TypeError):
            raise _Closed(4002) from None
        session = self._board.session_of(link)
        if operation == _HEARTBEAT:
            link.beat_at = now
            self.heartbeats += 1
            link.send({"op": _ACK, "t": None, "s": None, "d": None})
        elif operation == _IDENTIFY:
            if session is not None:
                raise _Closed(4005)
            self._identify(link, data)
        elif operation == _RESUME:
            if session is not None:
                raise _Closed(4005)
            self._resume(link, data)
        elif operation not in {_PRESENCE, _VOICE, _MEMBERS}:
            raise _Closed(4001)
        elif session is None:
            raise _Closed(4003)
        elif operation == _MEMBERS:
            self._members(session, data)

    def _members(self, session: Session, data: Json) -> None:
        if "members" not in session.intents and not data.get("user_ids"):
            raise _Closed(4014)
        guild = self._world.guilds[int(data["guild_id"])]
        wanted = {int(one) for one in data.get("user_ids") or guild.members}
        members = [self._payloads.member(one) for key, one in guild.members.items() if key in wanted]
        chunk: Json = {"guild_id": str(guild.id), "members": members, "chunk_index": 0, "chunk_count": 1}
        session.dispatch("GUILD_MEMBERS_CHUNK", chunk | {"nonce": data.get("nonce")})

    def _identify(self, link: Link, data: Json) -> None:
        now = self._now()
        if data.get("token") != self._account.token:
            raise _Closed(4004)
        if not isinstance(data.get("properties"), dict) or "intents" not in data:
            raise _Closed(4002)
        intents = names(int(data["intents"]))
        if intents is None:
            raise _Closed(4013)
        if (intents & set(PRIVILEGED)) - self._options.enabled_intents:
            raise _Closed(4014)
        for name in sorted((intents & set(PRIVILEGED)) - self._options.needed_intents):
            self._violations.add("privileged_intent_not_needed", name)
        number, count = data.get("shard") or (0, 1)
        if not 0 <= number < count or count < self._account.least_shards:
            raise _Closed(4010 if not 0 <= number < count else 4011)
        spacing = self._options.identify_spacing * self._options.window_scale
        if self.identifies and now - self.identifies[-1].at < spacing:
            # A bot that was just started cannot know; the same one can.
            if (self._account.logged_in_at or 0) <= self.identifies[-1].at:
                self._violations.add("identified_too_soon", f"{now - self.identifies[-1].at:.2f} s after the last")
            link.send({"op": _INVALID, "t": None, "s": None, "d": False})
            return
        self._account.count_identify()
        if self._account.revoked:
            self._violations.add("session_starts_used_up", str(self._options.identify_limit))
            raise _Closed(4004)
        logged_in = self._account.logged_in_at
        for old in self._board.sessions.values():
            resumable = old.shard == (number, count) and old.lost_at is not None and not self._board.expired(old)
            if resumable and (logged_in is None or logged_in < (old.lost_at or 0)):
                self._violations.add("identified_instead_of_resuming", f"shard {number} of {count}")
        after_login = logged_in is not None and all(logged_in > one.at for one in self.identifies)
        self.identifies.append(Identified(now, intents, (number, count), after_login))
        session = Session(intents, (number, count), link)
        self._board.sessions[session.id] = session
        self._greet(session)
        self._board.changed()

    def _greet(self, session: Session) -> None:
        guilds = [one for one in self._world.guilds.values() if self._world.bot_in(one) and session.serves(one.id)]
        session.dispatch(
            "READY",
            {
                "v": 10,
                "user": self._payloads.own_user(),
                "user_settings": {},
                "relationships": [],
                "presences": [],
                "private_channels": [],
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
                "session_id": session.id,
                "session_type": "normal",
                "resume_gateway_url": self.url,
                "shard": list(session.shard),
                "application": {"id": str(self._world.application), "flags": self._payloads.flags()},
                "_trace": ["local"],
            },
        )
        if "guilds" in session.intents:
            for guild in guilds:
                if guild.available:
                    session.dispatch("GUILD_CREATE", self._payloads.guild_create(guild))

    def _resume(self, link: Link, data: Json) -> None:
        if data.get("token") != self._account.token:
            raise _Closed(4004)
        session = self._board.sessions.get(str(data.get("session_id")))
        if session is None or self._board.expired(session):
            link.send({"op": _INVALID, "t": None, "s": None, "d": False})
            return
        seq = data.get("seq")
        if not isinstance(seq, int) or seq > session.seq:
            raise _Closed(4007)
        if session.link is not None:
            session.link.close(4000)
        session.link, session.lost_at = link, None
        self.resumes += 1
        for event in session.missed_since(seq):
            link.send(event)
        session.dispatch("RESUMED", {"_trace": ["local"]})
        self._board.changed()

    def _lose(self, link: Link, code: int | None) -> None:
        session = self._board.session_of(link)
        if session is None:
            return
        session.link = None
        session.lost_at = session.lost_at or self._now()
        if code in _SILENT_CLOSE:
            del self._board.sessions[session.id]
        self._board.changed()

    async def _watch(self, link: Link) -> None:
        patience = self._options.heartbeat_interval * 1.25 + 5
        while True:
            await asyncio.sleep(0.25)
            if link.zombie:
                return
            if link.beat_at and self._now() - link.beat_at > patience:
                break
        self._violations.add("heartbeat_missed", f"nothing for {patience:.1f} s")
        link.close(4009)
