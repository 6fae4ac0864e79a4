"""The long connection: discovery, handshake, pings, answers."""

from __future__ import annotations

import asyncio
import base64
import json
from urllib.parse import urlencode

from aiohttp import WSMsgType, web

from tests.platforms.feishu.account import Account
from tests.platforms.feishu.basics import Ids, Json, Options, Refusal, Violations
from tests.platforms.feishu.courier import Courier
from tests.platforms.feishu.frames import CONTROL, DATA, Frame, Malformed, unpack
from tests.platforms.feishu.link import Link
from tests.platforms.feishu.timetable import Timetable

AUTH_FAILED, FORBIDDEN, TOO_MANY = 514, 403, 1000040350
NO_CREDENTIAL = 1000040344
_BAD_TICKET = 1000040346
_TICKET_SECONDS = 120.0


class Gateway:
    """Hands out addresses with tickets, and holds the connections that come with them."""

    def __init__(
        self,
        courier: Courier,
        account: Account,
        options: Options,
        timetable: Timetable,
        ids: Ids,
        violations: Violations,
    ) -> None:
        self.url = ""
        self.discoveries = 0
        self.handshakes = 0
        """Connections that were accepted."""
        self.refused_handshakes = 0
        self.pings = 0
        self.swallow_new = False
        """New connections are accepted and then neither read nor written."""
        self._courier = courier
        self._account = account
        self._options = options
        self._timetable = timetable
        self._ids = ids
        self._violations = violations
        self._tickets: dict[str, float] = {}

    def discover(self, form: Json) -> Json:
        """Answer where to connect."""
        self.discoveries += 1
        if not form.get("AppID") or not form.get("AppSecret"):
            raise Refusal(NO_CREDENTIAL, "app_id or app_secret is null", 200)
        self._account.check_secret(form["AppID"], form["AppSecret"])
        if len(self._courier.live) >= self._options.connections:
            raise Refusal(TOO_MANY, "the number of connections exceeded the limit", 200)
        ticket = self._ids.bits(128)
        self._tickets[ticket] = self._options.stopwatch() + _TICKET_SECONDS
        query = {
            "fpid": "493",
            "aid": "552564",
            "device_id": self._ids.bits(64),
            "access_key": self._ids.bits(128),
            "service_id": "33554678",
            "ticket": ticket,
        }
        data: Json = {"URL": f"{self.url}/ws/v2?{urlencode(query)}", "ClientConfig": self.client_config()}
        return {"code": 0, "msg": "", "data": data}

    def client_config(self) -> Json:
        """How clients are to behave."""
        return {
            "ReconnectCount": self._options.reconnect_count,
            "ReconnectInterval": self._options.reconnect_interval,
            "ReconnectNonce": self._options.reconnect_nonce,
            "PingInterval": self._options.ping_interval,
        }

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Hold one connection until it ends."""
        query = request.query
        expires = self._tickets.pop(query.get("ticket", ""), None)
        service = query.get("service_id", "")
        if request.path != "/ws/v2" or expires is None or self._options.stopwatch() > expires or not service.isdigit():
            self._violations.add("bad_ticket", request.path)
            return self._refuse(AUTH_FAILED, _BAD_TICKET, "ticket is invalid")
        if len(self._courier.live) >= self._options.connections:
            return self._refuse(AUTH_FAILED, TOO_MANY, "the number of connections exceeded the limit")
        ws = web.WebSocketResponse(autoclose=False, autoping=False, max_msg_size=16 << 20)
        await ws.prepare(request)
        self.handshakes += 1
        link = Link(request, ws, query.get("device_id", ""), int(service))
        link.zombie = self.swallow_new
        self._courier.links.append(link)
        self._watch(link)
        self._courier.changed()
        try:
            await self._converse(link, ws)
        finally:
            link.lost = True
            self._courier.links.remove(link)
            self._courier.changed()
            await link.stop()
        return ws

    def _refuse(self, status: int, auth_code: int, message: str) -> web.Response:
        self.refused_handshakes += 1
        headers = {
            "Handshake-Status": str(status),
            "Handshake-Msg": message,
            "Handshake-Autherrcode": str(auth_code),
        }
        return web.Response(status=200, headers=headers)

    def _watch(self, link: Link) -> None:
        """Drop a connection from which no ping came for three intervals."""
        patience = self._options.ping_interval * 3

        def look() -> None:
            if link.lost or link.zombie:
                return
            if self._options.stopwatch() - link.pinged_at >= patience:
                self._violations.add("no_pings", f"for {patience} s")
                link.drop()
            else:
                self._timetable.after(patience, look)

        link.pinged_at = self._options.stopwatch()
        self._timetable.after(patience, look)

    async def _converse(self, link: Link, ws: web.WebSocketResponse) -> None:
        while not link.zombie:
            message = await ws.receive()
            if self._is_black_hole(link):
                break
            if message.type is WSMsgType.BINARY:
                self._take(link, message.data)
            elif message.type is WSMsgType.PING:
                await ws.pong(message.data)
            elif message.type is WSMsgType.CLOSE:
                link.lost = True
                await ws.close()
                return
            elif message.type is WSMsgType.TEXT:
                self._violations.add("text_on_the_connection", message.data[:100])
                link.drop()
                return
            else:
                return
        await link.gone()

    def _is_black_hole(self, link: Link) -> bool:
        return link.zombie

    def _take(self, link: Link, data: bytes) -> None:
        try:
            frame = unpack(data)
        except Malformed as error:
            self._violations.add("malformed_frame", str(error))
            link.drop()
            return
        kind = frame.headers.get("type")
        if frame.service != link.service:
            self._violations.add("wrong_service", str(frame.service))
        if frame.method == CONTROL and kind == "ping":
            link.pinged_at = self._options.stopwatch()
            link.pings += 1
            self.pings += 1
            link.send(Frame(CONTROL, {"type": "pong"}, json.dumps(self.client_config()).encode(), link.service))
            self._courier.changed()
        elif frame.method == DATA and kind in {"event", "card"}:
            self._answered(link, frame)
        else:
            self._violations.add("unknown_frame", f"{frame.method} {kind}")

    def _answered(self, link: Link, frame: Frame) -> None:
        try:
            answer = json.loads(frame.payload)
            status = int(answer["code"])
            body = base64.b64decode(answer.get("data") or "", validate=True)
        except (ValueError, KeyError, TypeError):
            self._violations.add("malformed_answer", frame.payload[:100].decode(errors="replace"))
            return
        self._courier.answered(link, frame.headers.get("message_id", ""), status, body)

    async def settle(self) -> None:
        """Let every connection end."""
        for link in list(self._courier.links):
            link.drop()
        await asyncio.sleep(0)
