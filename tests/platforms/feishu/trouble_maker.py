"""Breaks things, on a test's word."""

from __future__ import annotations

from tests.platforms.discord.listening import Door
from tests.platforms.feishu.account import Account
from tests.platforms.feishu.basics import Json, Options, Refusal
from tests.platforms.feishu.courier import Courier
from tests.platforms.feishu.deliveries import Delivery
from tests.platforms.feishu.gateway import TOO_MANY, Gateway
from tests.platforms.feishu.rates import Limited
from tests.platforms.feishu.rest import TOKEN, Rest
from tests.platforms.feishu.troubles import Outcome, Trouble, Troubles, When
from tests.platforms.feishu.world import Chat, Message

DISCOVERY = "POST /callback/ws/endpoint"

__all__ = ["DISCOVERY", "TOKEN", "TroubleMaker"]


class TroubleMaker:
    """Each method is one kind of trouble.

    A route is a method and a path after /open-apis, with wildcards: "POST /im/v1/messages/*/reply".
    """

    def __init__(
        self,
        courier: Courier,
        gateway: Gateway,
        account: Account,
        options: Options,
        troubles: Troubles,
        rest: Rest,
        rest_door: Door,
        gateway_door: Door,
    ) -> None:
        self._courier = courier
        self._gateway = gateway
        self._account = account
        self._options = options
        self._troubles = troubles
        self._rest = rest
        self._rest_door = rest_door
        self._gateway_door = gateway_door

    def fail_next(
        self, route: str, outcome: Outcome, when: When = "before", *, times: int = 1, seconds: float = 0.0
    ) -> None:
        """Let the next requests end so, before or after they took effect.

        The outcome is an HTTP status with an HTML page (429 is the rate limit, `seconds` its reset), or "reset",
        "broken_json", "never" (until `thaw`).
        """
        if outcome == 429:
            self.limit_next(route, seconds, when=when, times=times)
            return
        self._troubles.add(Trouble(route, outcome, when, times, seconds))

    def refuse_next(
        self,
        route: str,
        code: int,
        message: str = "made so",
        *,
        status: int = 400,
        when: When = "before",
        times: int = 1,
    ) -> None:
        """Let the next requests end in an error of the platform: 230020, 11232, 230027…"""
        self._troubles.add(Trouble(route, Refusal(code, message, status), when, times))

    def limit_next(
        self, route: str, seconds: float, *, status: int = 429, when: When = "before", times: int = 1
    ) -> None:
        """Let the next requests meet the gateway's limit: 99991400, by 429 or, at older interfaces, by 400."""
        limited = Limited(self._options.calls_a_second, max(1, int(seconds)), status)
        self._troubles.add(Trouble(route, limited, when, times))

    def slow_next(self, route: str, seconds: float, *, times: int = 1) -> None:
        """Answer the next requests rightly, and so many real seconds late."""
        self._troubles.add(Trouble(route, None, "before", times, seconds))

    def calm(self) -> None:
        """Forget what was still to come."""
        self._troubles.planned.clear()
        self._rest.thaw()
        self._gateway.swallow_new = False

    def freeze_discovery(self, times: int = 1_000_000) -> None:
        """Never answer where to connect, until `calm`."""
        self.fail_next(DISCOVERY, "never", times=times)

    def too_many_connections(self, times: int = 1) -> None:
        """Say at discovery that the connections are used up."""
        self.refuse_next(DISCOVERY, TOO_MANY, "the number of connections exceeded the limit", status=200, times=times)

    def thaw(self) -> None:
        """Let go of the requests that are never answered; their connections are reset."""
        self._rest.thaw()

    @property
    def held(self) -> int:
        """How many requests wait to be never answered."""
        return self._rest.held

    def drop(self) -> None:
        """Reset the long connections."""
        for link in list(self._courier.links):
            link.drop()

    def close(self) -> None:
        """Close the long connections politely."""
        for link in list(self._courier.links):
            link.close()

    def black_hole(self, *, new_ones: bool = False) -> None:
        """Leave the long connections open, and neither read them nor write to them; new ones as well, if said."""
        for link in self._courier.links:
            link.zombie = True
        self._gateway.swallow_new = new_ones

    def fall_silent(self) -> None:
        """Write no frame on the long connections any more: neither events nor answers to pings. Their sockets live."""
        for link in self._courier.links:
            link.silent = True

    async def refuse(self, *, rest: bool = False) -> None:
        """Refuse long connections, or everything, and reset those that are, until `accept`."""
        await self._gateway_door.shut()
        if rest:
            await self._rest_door.shut()

    async def accept(self) -> None:
        """Take connections again."""
        await self._rest_door.open()
        await self._gateway_door.open()

    def lose_answers(self, times: int = 1) -> None:
        """Lose the next answers to events together with their connection: they were worked, and come again."""
        self._courier.lose_answers += times

    def reverse_frames(self) -> None:
        """Send the parts of split payloads last part first."""
        self._courier.reverse_frames = True

    def repeat(self, delivery: Delivery) -> None:
        """Deliver an event once more that was taken already."""
        self._courier.repeat(delivery)

    def revoke_tokens(self) -> None:
        """End the tokens before their time (99991663)."""
        self._account.revoke()

    def change_secret(self) -> str:
        """Reset the app's secret in the console; returns the new one."""
        return self._account.change_secret()

    def remove_bot(self, chat: Chat) -> None:
        """Take the bot out of a group; the bot is told, if it subscribed to that."""
        chat.bot_in = False
        self._tell("im.chat.member.bot.deleted_v1", {"chat_id": chat.id, "external": False, "name": chat.name})

    def dissolve(self, chat: Chat) -> None:
        """Dissolve a group."""
        chat.dissolved = True

    def mute(self, chat: Chat) -> None:
        """Forbid the bot to write there (230018)."""
        chat.muted = True

    def recall(self, message: Message) -> None:
        """Recall a message, as its author or an administrator; the bot is told, if it subscribed to that."""
        message.recalled = True
        told = {"message_id": message.id, "chat_id": message.chat.id, "recall_type": "message_owner"}
        self._tell("im.message.recalled_v1", told)

    def _tell(self, kind: str, event: Json) -> None:
        if kind in self._options.subscribed:
            self._courier.deliver(kind, event)
