"""The whole local Feishu, and what a test can do with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from secrets import token_hex
from typing import TypeVar

from tests.platforms.discord.listening import Door
from tests.platforms.feishu.account import Account
from tests.platforms.feishu.basics import Ids, Json, Options, Violation, Violations
from tests.platforms.feishu.company import Company
from tests.platforms.feishu.content import Contents
from tests.platforms.feishu.courier import Courier
from tests.platforms.feishu.deliveries import Delivery, Press
from tests.platforms.feishu.gateway import Gateway
from tests.platforms.feishu.payloads import Payloads
from tests.platforms.feishu.people import Hands
from tests.platforms.feishu.pictures import Pictures
from tests.platforms.feishu.posting import Posting
from tests.platforms.feishu.rates import Rates
from tests.platforms.feishu.rest import Rest, Seen
from tests.platforms.feishu.rest_app import AppRoutes
from tests.platforms.feishu.rest_files import FileRoutes
from tests.platforms.feishu.rest_messages import MessageRoutes
from tests.platforms.feishu.timetable import Timetable
from tests.platforms.feishu.trouble_maker import TroubleMaker
from tests.platforms.feishu.troubles import Troubles
from tests.platforms.feishu.webhook import Forgery, Reply, Webhook
from tests.platforms.feishu.world import Chat, Message, Person, World

T = TypeVar("T")


class FeishuServer(Company):
    """A Feishu with one company and one app; `trouble` breaks things."""

    def __init__(self, options: Options) -> None:
        self.options = options
        ids = Ids(options.seed)
        self._violations = violations = Violations()
        bot = Person(ids.next("ou"), ids.next("on"), "imabot", is_bot=True)
        # The library caches tokens by this id for the whole process: never the same twice.
        app_id = f"cli_{token_hex(8)}"
        world = World(app_id, ids.bits(64), bot, {bot.open_id: bot})
        self.account = Account(app_id, options, ids, violations)
        self._timetable = Timetable(options.stopwatch)
        courier = Courier(world, options, self._timetable, ids, violations)
        courier.changed = self._wake
        self.gateway = Gateway(courier, self.account, options, self._timetable, ids, violations)
        rates = Rates(options, violations)
        payloads = Payloads(world)
        pictures = Pictures(world, ids)
        contents = Contents(world, violations)
        self._posting = Posting(world, contents, payloads, courier, rates, options, ids, violations)
        hands = Hands(world, self._posting, pictures, courier, payloads, contents, options, ids, violations)
        super().__init__(world, hands, courier, ids)
        troubles = Troubles()
        self._rest = Rest(self.account, rates, troubles, options, ids, violations)
        messages = MessageRoutes(world, self._posting, contents, payloads, courier, rates, options, ids, violations)
        self._rest.add(AppRoutes(world, self.account, self.gateway, courier, options).routes())
        self._rest.add(messages.routes())
        self._rest.add(FileRoutes(world, pictures, options, violations).routes())
        self._rest_door = Door([("*", "/{anything:.*}", self._rest.serve)])
        self._gateway_door = Door([("GET", "/{anything:.*}", self.gateway.serve)])
        self.trouble = TroubleMaker(
            courier, self.gateway, self.account, options, troubles, self._rest, self._rest_door, self._gateway_door
        )
        self.webhook: Webhook | None = None
        self._waiting: set[asyncio.Event] = set()
        self._clockwork: asyncio.Task[None] | None = None

    @property
    def domain(self) -> str:
        """What the bot's setting says."""
        return f"http://127.0.0.1:{self._rest_door.port}"

    @property
    def app_id(self) -> str:
        """The app's id."""
        return self.account.app_id

    @property
    def app_secret(self) -> str:
        """The app's secret."""
        return self.account.app_secret

    @property
    def violations(self) -> list[Violation]:
        """What a correct bot would not have done."""
        return list(self._violations.found)

    def forgive(self, *names: str) -> list[Violation]:
        """Take the violations with these names off the list, those that a test provoked, and return them."""
        found = [one for one in self._violations.found if one.name in names]
        self._violations.found = [one for one in self._violations.found if one.name not in names]
        return found

    @property
    def requests(self) -> list[Seen]:
        """The REST requests, in order; discovery and token fetches among them."""
        return self._rest.requests

    def calls(self, route: str | None = None) -> int:
        """How many requests there were: all, or those of a route like "POST /im/v1/messages/{message_id}/reply"."""
        return sum(route is None or one.route == route for one in self.requests)

    @property
    def connections(self) -> int:
        """TCP connections that brought REST requests, since the beginning."""
        return self._rest.connections

    @property
    def token_fetches(self) -> int:
        """Requests for a token that reached the endpoint."""
        return self.account.fetches

    @property
    def deliveries(self) -> list[Delivery]:
        """All events and callbacks, with their attempts."""
        return self.courier.all

    async def start(self) -> None:
        """Listen."""
        await self._rest_door.open()
        await self._gateway_door.open()
        self.gateway.url = f"ws://127.0.0.1:{self._gateway_door.port}"
        self._clockwork = asyncio.create_task(self._timetable.run())

    async def stop(self) -> None:
        """End everything."""
        self.trouble.calm()
        if self._clockwork is not None:
            self._clockwork.cancel()
            await asyncio.gather(self._clockwork, return_exceptions=True)
        if self.webhook is not None:
            await self.webhook.close()
        await self.gateway.settle()
        await self._gateway_door.close()
        await self._rest_door.close()

    def _wake(self) -> None:
        for event in self._waiting:
            event.set()

    async def wait_for(self, found: Callable[[], T], timeout: float = 10) -> T:  # noqa: ASYNC109
        """Wait until `found` gives something true, and return that; TimeoutError after so many seconds."""
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            async with asyncio.timeout(timeout):
                while not (result := found()):
                    event.clear()
                    with suppress(TimeoutError):
                        async with asyncio.timeout(0.02):
                            await event.wait()
                return result
        finally:
            self._waiting.discard(event)

    async def connected(self, timeout: float = 20) -> None:  # noqa: ASYNC109
        """Wait until a bot holds a long connection."""
        await self.wait_for(lambda: self.courier.live, timeout)

    async def settled(self, what: Message | Delivery | Press, timeout: float = 10) -> None:  # noqa: ASYNC109
        """Wait until a message's event was taken, or a press was answered or given up."""
        if isinstance(what, Press):
            await self.wait_for(lambda: what.settled, timeout)
            return
        delivery = self.delivery(what) if isinstance(what, Message) else what
        await self.wait_for(lambda: delivery.done, timeout)

    def delivery(self, message: Message) -> Delivery:
        """Return the event of a message; LookupError when the bot did not get to hear it."""
        return self._posting.deliveries[message.id]

    def post_to(self, url: str, *, encrypt_key: str | None = "encrypt_test_key", instead: bool = True) -> Webhook:
        """Deliver to an address from now on, instead of by long connection; or only have it at hand."""
        self.webhook = Webhook(
            url, encrypt_key, self.courier.verification_token, self.options, self._ids, self._violations
        )
        if instead:
            self.courier.poster = self.webhook
        return self.webhook

    @property
    def verification_token(self) -> str:
        """The token that stands in every event."""
        return self.courier.verification_token

    async def forge(self, forgery: Forgery, person: Person, chat: Chat, text: str) -> Reply:
        """Post an event that nobody wrote, with one thing wrong about it."""
        assert self.webhook is not None
        return await self.webhook.forge(self.forged_envelope(person, chat, text), forgery)

    def forged_envelope(self, person: Person, chat: Chat, text: str) -> Json:
        """The envelope of a message that nobody wrote, good but for that."""
        return self.courier.envelope("im.message.receive_v1", self._hands.unwritten(person, chat, text))


@asynccontextmanager
async def feishu_server(options: Options | None = None) -> AsyncIterator[FeishuServer]:
    """A Feishu for as long as the block lasts."""
    server = FeishuServer(options or Options())
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
