"""Feishu and Lark: credentials, bot, scopes, subscriptions, the way events come, an upload."""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.doctor.finding import Finding, failed, proven, unknown
from bot.settings.model import FeishuSettings

if TYPE_CHECKING:
    from adapters.feishu.calls import Calls

AREA = "Feishu"
PUBLISH = "then publish a version of the app (Version Management & Release)"
SECONDS = 25.0

SCOPES: Mapping[str, frozenset[str]] = {
    "to write, and to read what is quoted": frozenset({"im:message"}),
    "to hear private messages": frozenset({"im:message.p2p_msg:readonly", "im:message.p2p_msg"}),
    "to hear who mentions it in groups": frozenset({"im:message.group_at_msg:readonly", "im:message.group_at_msg"}),
    "to fetch and send pictures": frozenset({"im:resource"}),
}
"""What each scope is for, and those of which one is enough; the first of them by name is the one to add."""

GRANTED = 1
EVENT, CALLBACK = "im.message.receive_v1", "card.action.trigger"
ONE_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@dataclass(frozen=True, slots=True)
class FeishuCheck:
    """Asks the platform about the app itself; nothing is sent to anybody. One picture of one pixel is uploaded."""

    settings: FeishuSettings

    async def __call__(self) -> AsyncIterator[Finding]:
        from adapters.feishu.calls import Calls

        calls = Calls(
            app_id=self.settings.app_id,
            secret=self.settings.app_secret.get_secret_value(),
            domain=self.settings.domain,
            monotonic=time.monotonic,
        )
        try:
            finding, usable = await self._credentials(calls)
            yield finding
            if not usable:
                yield unknown(AREA, "bot, scopes, subscriptions, connection and upload, until that is mended")
                return
            yield await _bot(calls)
            async for each in _scopes(calls):
                yield each
            yield await self._subscriptions(calls)
            yield await self._events()
            yield await _upload(calls)
        finally:
            await calls.aclose()

    async def _credentials(self, calls: Calls) -> tuple[Finding, bool]:
        from adapters.feishu import codes
        from adapters.feishu.errors import ApiError, Rejected

        try:
            await calls.tokens.get()
        except Rejected as error:
            if error.code in codes.APP_OFF:
                what = f"the app is not active in this organisation ({error})"
                return failed(AREA, what, f"Publish a version and let an admin approve it, {PUBLISH}."), False
            advice = (
                "Copy App ID and App Secret anew (Developer Console, Credentials & Basic Info); "
                "for Lark set FEISHU_DOMAIN to https://open.larksuite.com."
            )
            return failed(AREA, f"the credentials are not accepted ({error})", advice), False
        except ApiError as error:
            advice = "Check the network, HTTPS_PROXY and FEISHU_DOMAIN."
            return failed(AREA, f"it cannot be reached: {error}", advice), False
        return proven(AREA, f"App ID and App Secret are accepted by {self.settings.domain}"), True

    async def _subscriptions(self, calls: Calls) -> Finding:
        """The platform tells them only to apps that may read their own settings: this one asks for no such scope."""
        from adapters.feishu.calls import Call
        from adapters.feishu.errors import ApiError
        from adapters.feishu.payload import table

        ws = self.settings.transport == "ws"
        mode = "Receive events through persistent connection" if ws else "Send notifications to developer's server"
        address = "" if ws else " (Request URL: your address and /feishu/webhook)"
        advice = (
            f"Developer Console, Events & Callbacks: under Event configuration choose {mode}{address} and add {EVENT}; "
            f"under Callback configuration choose the same for callbacks and add {CALLBACK}; {PUBLISH}."
        )
        call = Call("GET", "/open-apis/application/v6/applications/:id", {"id": "me"}, {"lang": "en_us"})
        try:
            app = table(await calls.data(call), "app")
        except ApiError:
            app = {}
        events, callbacks = _listed(app, "event", "event_info"), _listed(app, "callback", "callback_info")
        if not events and not callbacks:
            return unknown(AREA, f"whether {EVENT} and {CALLBACK} are subscribed to", advice)
        missing = [name for name, found in ((EVENT, events), (CALLBACK, callbacks)) if name not in found]
        if missing:
            return failed(AREA, f"{' and '.join(missing)} is not subscribed to", advice)
        return proven(AREA, f"{EVENT} and {CALLBACK} are subscribed to")

    async def _events(self) -> Finding:
        if self.settings.transport == "webhook":
            return unknown(
                AREA,
                "whether the platform reaches the webhook",
                "Open HTTP_PORT to the internet over https, enter its address and /feishu/webhook as Request URL of "
                "events and callbacks (Developer Console, Events & Callbacks); saving it there tries it.",
            )
        return await self._long_connection()

    async def _long_connection(self) -> Finding:
        """Connect and leave. What comes meanwhile is declined, so that the running bot gets it.

        Presses are delivered only once: whoever pressed is asked to press again.
        """
        from adapters.feishu.connection import ConnectionLost, LongConnection
        from adapters.feishu.events import is_press
        from adapters.feishu.payload import JsonObject
        from adapters.feishu.presses import toast
        from adapters.port import NotRecorded
        from locales import Locales

        locales = Locales.load()
        words = {language: locales.words("feishu.", language) for language in locales.languages}

        async def decline(event: JsonObject) -> dict[str, object]:
            if is_press(event):
                return toast(words, "feishu.try_again", "error")
            raise NotRecorded("this is only a look")

        connection = LongConnection(
            app_id=self.settings.app_id,
            secret=self.settings.app_secret.get_secret_value(),
            domain=self.settings.domain,
            take=decline,
            too_late=lambda _: None,
        )
        connected = asyncio.Event()
        holding = asyncio.create_task(connection.hold(connected.set))
        waiting = asyncio.create_task(connected.wait())
        try:
            await asyncio.wait((holding, waiting), timeout=SECONDS, return_when=asyncio.FIRST_COMPLETED)
            if connected.is_set():
                return proven(AREA, "the long connection stands")
            why = "it does not come about in time"
            if holding.done() and isinstance(lost := holding.exception(), ConnectionLost):
                why = str(lost)
            advice = (
                "Developer Console, Events & Callbacks: choose Receive events through persistent connection; "
                "check the network, or set FEISHU_TRANSPORT to webhook."
            )
            return failed(AREA, f"the long connection fails: {why}", advice)
        finally:
            holding.cancel()
            waiting.cancel()
            await asyncio.gather(holding, waiting, return_exceptions=True)


async def _bot(calls: Calls) -> Finding:
    from adapters.feishu.calls import Call
    from adapters.feishu.errors import ApiError
    from adapters.feishu.payload import string, table

    try:
        bot = table(await calls.answer(Call("GET", "/open-apis/bot/v3/info")), "bot")
    except ApiError as error:
        return failed(AREA, f"the bot cannot be read ({error})", f"Add it: Add Features, Bot; {PUBLISH}.")
    if not string(bot, "open_id"):
        return failed(AREA, "the app has no bot", f"Developer Console, Add Features: add Bot; {PUBLISH}.")
    return proven(AREA, f"the bot is there, as {string(bot, 'app_name') or 'a bot without a name'}")


async def _scopes(calls: Calls) -> AsyncIterator[Finding]:
    from adapters.feishu.calls import Call
    from adapters.feishu.errors import ApiError
    from adapters.feishu.payload import string, tables, whole

    try:
        found = await calls.data(Call("GET", "/open-apis/application/v6/scopes"))
    except ApiError as error:
        yield unknown(
            AREA, f"which scopes are granted ({error})", "Developer Console, Permissions & Scopes shows them."
        )
        return
    granted = {string(each, "scope_name") for each in tables(found, "scopes") if whole(each, "grant_status") == GRANTED}
    for purpose, enough in SCOPES.items():
        wanted = max(enough, key=len)
        if granted & enough:
            yield proven(AREA, f"the scope {min(granted & enough)} is granted ({purpose})")
        else:
            advice = f"Developer Console, Permissions & Scopes: add {wanted}; {PUBLISH}."
            yield failed(AREA, f"the scope {wanted} is not granted ({purpose})", advice)


async def _upload(calls: Calls) -> Finding:
    from adapters.feishu import codes
    from adapters.feishu.calls import Call, File
    from adapters.feishu.errors import ApiError, Rejected

    call = Call(
        "POST",
        "/open-apis/im/v1/images",
        body={"image_type": "message"},
        files={"image": File("pixel.png", ONE_PIXEL, "image/png")},
    )
    try:
        await calls.data(call)
    except ApiError as error:
        why = codes.told(error) if isinstance(error, Rejected) else str(error)
        advice = f"Developer Console, Permissions & Scopes: add im:resource; {PUBLISH}."
        return failed(AREA, f"a picture cannot be uploaded: {why}", advice)
    return proven(AREA, "a picture of one pixel was uploaded, and is shown to nobody")


def _listed(app: Mapping[str, object], *names: str) -> list[str]:
    """What is subscribed to, wherever the platform puts it."""
    for name in names:
        part = app.get(name)
        if isinstance(part, dict):
            for key in ("subscribed_events", "subscribed_callbacks"):
                if isinstance(part.get(key), list):
                    return [str(each) for each in part[key]]
    return []
