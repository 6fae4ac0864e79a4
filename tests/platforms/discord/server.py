"""The whole local Discord, and what a test can do with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

from tests.platforms.discord.access import Access
from tests.platforms.discord.account import Account
from tests.platforms.discord.basics import Ids, Json, Options, Violation, Violations
from tests.platforms.discord.cdn import Cdn
from tests.platforms.discord.commands import Commands
from tests.platforms.discord.files import Upload
from tests.platforms.discord.gateway import Gateway
from tests.platforms.discord.interactions import Interaction, Interactions
from tests.platforms.discord.listening import Door
from tests.platforms.discord.payloads import Payloads
from tests.platforms.discord.people import Hands, Value
from tests.platforms.discord.places import Places
from tests.platforms.discord.posting import Posting
from tests.platforms.discord.rates import Rates
from tests.platforms.discord.rest import Rest, Seen
from tests.platforms.discord.rest_account import AccountRoutes
from tests.platforms.discord.rest_interactions import InteractionRoutes
from tests.platforms.discord.rest_messages import MessageRoutes
from tests.platforms.discord.switchboard import Switchboard
from tests.platforms.discord.trouble_maker import TroubleMaker
from tests.platforms.discord.troubles import Troubles
from tests.platforms.discord.views import Shown, show
from tests.platforms.discord.world import Channel, Guild, Message, User, World

T = TypeVar("T")


class DiscordServer:
    """A Discord with one application; `places` builds guilds, `trouble` breaks things."""

    def __init__(self, options: Options) -> None:
        self.options = options
        ids = Ids(options.clock)
        self._violations = Violations()
        bot = User(ids.next(), "imabot", bot=True)
        owner = User(ids.next(), "owner")
        self.world = World(bot, bot.id, {bot.id: bot, owner.id: owner})
        self.account = Account(options)
        self.cdn = Cdn(options, self._violations)
        self.rates = Rates(options, self._violations)
        payloads = Payloads(self.world, self.cdn, options)
        board = Switchboard(self.world, options)
        board.changed = self._wake
        self.gateway = Gateway(self.world, board, payloads, self.account, options, self._violations)
        access = Access(self.world)
        self._posting = Posting(self.world, access, ids, self.cdn, payloads, board, options, self._violations)
        self.commands = Commands(self.world, access, ids)
        self._interactions = Interactions(
            self.world, access, ids, payloads, board, self._posting, options, self._violations
        )
        self._hands = Hands(self.commands, self._interactions, payloads, self._posting, ids)
        troubles = Troubles()
        self._rest = Rest(self.account, self.rates, troubles, options, self._violations)
        self._account_routes = AccountRoutes(
            self.world, access, self.account, payloads, self.gateway, ids, owner, options
        )
        self._message_routes = MessageRoutes(
            self.world, access, self._posting, payloads, board, ids, options, self._violations
        )
        answers = InteractionRoutes(self.world, self._interactions, self._posting, payloads, options, self._violations)
        for part in (self._account_routes, self._message_routes, self.commands, answers):
            self._rest.add(part.routes())
        self._rest_door = Door(
            [
                ("GET", "/{host:cdn|media}/attachments/{channel}/{attachment}/{filename}", self.cdn.serve),
                ("*", "/{anything:.*}", self._rest.serve),
            ]
        )
        self._gateway_door = Door([("GET", "/{anything:.*}", self.gateway.serve)])
        self.places = Places(self.world, ids, board, payloads, options)
        self.trouble = TroubleMaker(
            board, self.account, self.rates, troubles, self._posting, self._rest_door, self._gateway_door
        )
        self._waiting: set[asyncio.Event] = set()

    @property
    def api_url(self) -> str:
        """What the bot's setting says."""
        return f"http://127.0.0.1:{self._rest_door.port}/api/v10"

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.account.token

    @property
    def bot(self) -> User:
        """The bot's user."""
        return self.world.bot

    @property
    def violations(self) -> list[Violation]:
        """What a correct bot would not have done, interactions left unanswered included."""
        silent = [
            Violation("interaction_unanswered", f"{one.kind} {one.data.get('custom_id') or one.data.get('name')}")
            for one in self._interactions.overdue()
        ]
        return self._violations.found + silent

    @property
    def requests(self) -> list[Seen]:
        """The REST requests, in order."""
        return self._rest.requests

    @property
    def interactions(self) -> list[Interaction]:
        """All interactions, with their answers."""
        return self._interactions.all

    def forgive(self, *names: str) -> list[Violation]:
        """Take the violations with these names off the list, those that a test provoked, and return them."""
        found = [one for one in self._violations.found if one.name in names]
        self._violations.found = [one for one in self._violations.found if one.name not in names]
        return found

    async def start(self) -> None:
        """Listen."""
        await self._rest_door.open()
        await self._gateway_door.open()
        self.cdn.base = f"http://127.0.0.1:{self._rest_door.port}"
        self.gateway.url = f"ws://127.0.0.1:{self._gateway_door.port}"

    async def stop(self) -> None:
        """End everything."""
        await self.trouble.end()
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
                        async with asyncio.timeout(0.05):
                            await event.wait()
                return result
        finally:
            self._waiting.discard(event)

    async def connected(self, timeout: float = 20) -> None:  # noqa: ASYNC109
        """Wait until a bot holds a session."""
        await self.wait_for(lambda: self.gateway.live, timeout)

    def say(
        self,
        user: User,
        channel: Channel,
        text: str = "",
        attachments: Sequence[Upload | bytes] = (),
        *,
        reply_to: Message | Shown | None = None,
        reply_ping: bool = True,
        mention_bot: bool = True,
        embeds: Sequence[Json] = (),
    ) -> Message:
        """Write in a channel, mentioning the bot unless told otherwise; a reply pings who is replied to."""
        if mention_bot:
            text = f"{self.bot.mention} {text}".strip()
        files = [one if isinstance(one, Upload) else Upload("picture.png", one) for one in attachments]
        target = None if reply_to is None else self.message(reply_to.id)
        return self._posting.from_person(
            channel, user, text, files, reply_to=target, reply_ping=reply_ping, embeds=embeds
        )

    def edit(self, message: Message, text: str | None = None, *, embeds: Sequence[Json] | None = None) -> None:
        """Change what a person wrote; or, with embeds alone, let their links unfurl, as Discord does a moment later."""
        self._posting.change(message, text, embeds)

    def dm(
        self,
        user: User,
        text: str = "",
        attachments: Sequence[Upload | bytes] = (),
        *,
        reply_to: Message | Shown | None = None,
    ) -> Message:
        """Write to the bot directly."""
        channel = self.direct(user)
        return self.say(user, channel, text, attachments, reply_to=reply_to, mention_bot=False)

    def direct(self, user: User) -> Channel:
        """Return the conversation between a user and the bot."""
        return self._account_routes.direct(user)

    def press(self, user: User, message: Message | Shown, button: str) -> Interaction:
        """Press a button, named by its custom id or its label."""
        return self._hands.press(user, self.message(message.id), button)

    def slash(
        self,
        user: User,
        channel: Channel,
        name: str,
        options: Mapping[str, Value] | None = None,
        *,
        locale: str | None = None,
    ) -> Interaction:
        """Send a slash command; a picture is an `Upload`."""
        return self._hands.slash(user, channel, name, options or {}, locale)

    def type_option(self, user: User, channel: Channel, name: str, option: str, typed: str) -> Interaction:
        """Type into an option that completes itself; the choices are in the interaction once it is answered."""
        return self._hands.type_option(user, channel, name, option, typed)

    def context_menu(
        self, user: User, message: Message | Shown, name: str, *, locale: str | None = None
    ) -> Interaction:
        """Choose an entry of a message's context menu."""
        return self._hands.menu(user, self.message(message.id), name, locale)

    def submit_modal(self, opened: Interaction, values: Mapping[str, str] | None = None) -> Interaction:
        """Send off the modal that an interaction opened, with texts by custom id."""
        return self._hands.submit(opened, values or {})

    def message(self, key: int) -> Message:
        """Return a message by its id."""
        for channel in self.world.channels.values():
            if key in channel.messages:
                return channel.messages[key]
        raise LookupError(f"no message {key}")

    def messages(self, channel: Channel, *, by_bot: bool = True) -> tuple[Shown, ...]:
        """Return what stands in a channel, in order: the bot's messages, or everybody's."""
        return tuple(
            show(one) for one in channel.messages.values() if not one.deleted and (one.author is self.bot or not by_bot)
        )

    def typing(self, channel: Channel) -> int:
        """How often the bot showed that it types there."""
        return sum(key == channel.id for key, _ in self._message_routes.typing)

    def people_in(self, guild: Guild) -> list[User]:
        """The members that are not bots."""
        return [member.user for member in guild.members.values() if not member.user.bot]


@asynccontextmanager
async def discord_server(options: Options | None = None) -> AsyncIterator[DiscordServer]:
    """A Discord for as long as the block lasts."""
    server = DiscordServer(options or Options())
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
