"""Routes about the bot itself: login, gateway, application, guilds, people."""

from __future__ import annotations

from tests.platforms.discord.access import Access
from tests.platforms.discord.account import Account
from tests.platforms.discord.basics import Ids, Options, Refusal, timestamp
from tests.platforms.discord.gateway import Gateway
from tests.platforms.discord.payloads import Payloads
from tests.platforms.discord.rates import Rate
from tests.platforms.discord.rest import Answer, Call, Route
from tests.platforms.discord.world import DIRECT, Channel, User, World


class AccountRoutes:
    """Answers them."""

    def __init__(
        self,
        world: World,
        access: Access,
        account: Account,
        payloads: Payloads,
        gateway: Gateway,
        ids: Ids,
        owner: User,
        options: Options,
    ) -> None:
        self._world = world
        self._access = access
        self._account = account
        self._payloads = payloads
        self._gateway = gateway
        self._ids = ids
        self._owner = owner
        self._options = options

    def routes(self) -> list[Route]:
        """The table."""
        slow = Rate(30, 30)
        return [
            Route("GET", "/gateway", self._url, with_token=False),
            Route("GET", "/gateway/bot", self._url_for_bot, Rate(2, 5)),
            Route("GET", "/users/@me", self._me, slow),
            Route("GET", "/users/@me/guilds", self._my_guilds, Rate(10, 10)),
            Route("POST", "/users/@me/channels", self._open_direct, Rate(10, 10)),
            Route("GET", "/users/{user_id}", self._user, slow),
            Route("GET", "/oauth2/applications/@me", self._application, slow),
            Route("GET", "/applications/@me", self._application, slow),
            Route("GET", "/guilds/{guild_id}", self._guild, Rate(10, 10)),
            Route("GET", "/guilds/{guild_id}/channels", self._channels, Rate(10, 10)),
            Route("GET", "/guilds/{guild_id}/roles", self._roles, Rate(10, 10)),
            Route("GET", "/guilds/{guild_id}/members/{user_id}", self._member, Rate(5, 2)),
        ]

    def _url(self, _: Call) -> Answer:
        return Answer({"url": self._gateway.url})

    def _url_for_bot(self, _: Call) -> Answer:
        shards = max(self._options.recommended_shards, self._account.least_shards)
        return Answer(
            {"url": self._gateway.url, "shards": shards, "session_start_limit": self._account.start_limit()},
        )

    def _me(self, _: Call) -> Answer:
        self._account.log_in()
        return Answer(self._payloads.own_user())

    def _my_guilds(self, call: Call) -> Answer:
        after, limit = int(call.query.get("after", 0)), int(call.query.get("limit", 200))
        guilds = [one for one in self._world.guilds.values() if self._world.bot_in(one) and one.id > after]
        return Answer([self._payloads.guild(one) | {"owner": False, "permissions": "0"} for one in guilds[:limit]])

    def _open_direct(self, call: Call) -> Answer:
        user = self._world.users.get(int(call.form.get("recipient_id") or 0))
        if user is None:
            raise Refusal(400, 50033, "Invalid Recipient(s)")
        if user.bot:
            raise Refusal(400, 50007, "Cannot send messages to this user")
        return Answer(self._payloads.channel(self.direct(user)))

    def direct(self, user: User) -> Channel:
        """Return the conversation with a user, opened if need be."""
        found = self._world.direct_channel(user)
        if found is None:
            now = timestamp(self._options.clock())
            found = Channel(self._ids.next(), DIRECT, f"@{user.name}", recipient=user, created=now)
            self._world.channels[found.id] = found
        return found

    def _user(self, call: Call) -> Answer:
        user = self._world.users.get(int(call["user_id"]))
        if user is None:
            raise Refusal(404, 10013, "Unknown User")
        return Answer(self._payloads.user(user))

    def _application(self, _: Call) -> Answer:
        return Answer(self._payloads.application(self._owner))

    def _guild(self, call: Call) -> Answer:
        return Answer(self._payloads.guild(self._access.guild(call["guild_id"])))

    def _channels(self, call: Call) -> Answer:
        guild = self._access.guild(call["guild_id"])
        channels = [one for one in guild.channels.values() if not one.deleted and one.parent is None]
        return Answer([self._payloads.channel(one) for one in channels])

    def _roles(self, call: Call) -> Answer:
        return Answer(self._payloads.roles(self._access.guild(call["guild_id"])))

    def _member(self, call: Call) -> Answer:
        key = call["user_id"]
        guild = self._access.guild(call["guild_id"])
        member = guild.members.get(self._world.bot.id if key == "@me" else int(key))
        if member is None:
            raise Refusal(404, 10007, "Unknown Member")
        return Answer(self._payloads.member(member))
