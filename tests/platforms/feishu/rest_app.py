"""The app over REST: its token, where to connect, its bot, its scopes."""

from __future__ import annotations

from tests.platforms.feishu.account import Account
from tests.platforms.feishu.basics import CARD_EVENT, Json, Options, Refusal, unfit
from tests.platforms.feishu.courier import Courier
from tests.platforms.feishu.gateway import Gateway
from tests.platforms.feishu.rest import Call, Route
from tests.platforms.feishu.world import World

_SELF = frozenset({"application:application:self_manage", "admin:app.info:readonly"})
_ENABLED, _NOT_ENABLED = 2, 0


class AppRoutes:
    """What is served about the app itself."""

    def __init__(self, world: World, account: Account, gateway: Gateway, courier: Courier, options: Options) -> None:
        self._world = world
        self._account = account
        self._gateway = gateway
        self._courier = courier
        self._options = options

    def routes(self) -> list[Route]:
        """What to serve."""
        return [
            Route("POST", "/auth/v3/tenant_access_token/internal", self._token, open=True),
            Route("POST", "/callback/ws/endpoint", self._discover, open=True),
            Route("GET", "/bot/v3/info", self._bot),
            Route("GET", "/application/v6/scopes", self._scopes),
            Route("GET", "/application/v6/applications/{app_id}", self._application, _SELF, probing=True),
        ]

    def _token(self, call: Call) -> Json:
        return self._account.fetch(call.body)

    def _discover(self, call: Call) -> Json:
        return self._gateway.discover(call.body)

    def _bot(self, _: Call) -> Json:
        status = _ENABLED if self._options.bot_enabled else _NOT_ENABLED
        bot: Json = {
            "activate_status": status,
            "app_name": self._world.bot.name,
            "avatar_url": "https://example.org/avatar.png",
            "ip_white_list": [],
            "open_id": self._world.bot.open_id if self._options.bot_enabled else "",
        }
        return {"code": 0, "msg": "ok", "bot": bot}

    def _application(self, call: Call) -> Json:
        if call["app_id"] not in {"me", self._account.app_id}:
            raise Refusal(210504, "no permission to read this app")
        if call.query.get("lang") not in {"zh_cn", "en_us", "ja_jp"}:
            raise unfit("lang", "lang is required")
        url = self._courier.poster.url if self._courier.poster is not None else ""
        way = "webhook" if url else "websocket"
        subscribed = self._options.subscribed
        app: Json = {
            "app_id": self._account.app_id,
            "app_name": self._world.bot.name,
            "status": 1,
            "scene_type": 0,
            "payment_type": 0,
            "primary_language": "zh_cn",
            "online_version_id": "oav_1",
            "scopes": [{"scope": one, "description": "", "level": 1} for one in sorted(self._options.scopes)],
            "event": {
                "subscription_type": way,
                "request_url": url,
                "subscribed_events": sorted(subscribed - {CARD_EVENT}),
            },
            "callback_info": {
                "callback_type": way,
                "request_url": url,
                "subscribed_callbacks": sorted(subscribed & {CARD_EVENT}),
            },
        }
        return {"code": 0, "msg": "success", "data": {"app": app}}

    def _scopes(self, _: Call) -> Json:
        granted: list[Json] = [{"scope_name": one, "grant_status": 1} for one in sorted(self._options.scopes)]
        asked = sorted(self._options.asked_scopes - self._options.scopes)
        granted += [{"scope_name": one, "grant_status": 2} for one in asked]
        return {"code": 0, "msg": "success", "data": {"scopes": granted}}
