"""Breaks things, on a test's word."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from tests.platforms.discord.account import Account
from tests.platforms.discord.basics import Json
from tests.platforms.discord.listening import Door
from tests.platforms.discord.posting import Posting
from tests.platforms.discord.rates import Rate, Rates
from tests.platforms.discord.switchboard import Switchboard
from tests.platforms.discord.troubles import Outcome, Trouble, Troubles, When
from tests.platforms.discord.world import Channel, Message

_ANSWERED = frozenset({"MESSAGE_CREATE", "INTERACTION_CREATE"})


class TroubleMaker:
    """Each method is one kind of trouble."""

    def __init__(
        self,
        board: Switchboard,
        account: Account,
        rates: Rates,
        troubles: Troubles,
        posting: Posting,
        rest_door: Door,
        gateway_door: Door,
    ) -> None:
        self._board = board
        self._account = account
        self._rates = rates
        self._troubles = troubles
        self._posting = posting
        self._rest_door = rest_door
        self._gateway_door = gateway_door
        self._tasks: set[asyncio.Task[None]] = set()

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def end(self) -> None:
        """Stop what is still planned."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def drop(self) -> None:
        """Reset the gateway's TCP connections."""
        self._board.drop()

    def reconnect(self) -> None:
        """Tell the bot to reconnect (opcode 7)."""
        self._board.tell_to_reconnect()

    def invalidate(self, *, resumable: bool = False) -> None:
        """Call the session invalid (opcode 9)."""
        self._board.invalidate(resumable=resumable)

    def zombie(self) -> None:
        """Leave the gateway connections open and never say anything on them again."""
        self._board.fall_silent()

    def close(self, code: int) -> None:
        """Close the gateway connections with a code."""
        self._board.close_all(code)

    async def refuse(self, seconds: float | None = None, *, rest: bool = False) -> None:
        """Refuse connections to the gateway, or to all, and reset those that are; for so long, or until `accept`."""
        await self._gateway_door.shut()
        if rest:
            await self._rest_door.shut()
        if seconds is not None:
            self._later(self._accept_after(seconds))

    async def _accept_after(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self.accept()

    async def accept(self) -> None:
        """Take connections again."""
        await self._rest_door.open()
        await self._gateway_door.open()

    def replay_last_event(self) -> str:
        """Deliver the last message or interaction once more; return the event's name."""
        return self._board.repeat_last(_ANSWERED)

    def send_event(self, event: str, data: Json) -> None:
        """Send an event as it is, however malformed."""
        self._board.send_raw(event, data)

    def fail_next(
        self, route: str, outcome: Outcome, when: When = "before", *, times: int = 1, retry_after: float = 1.0
    ) -> None:
        """Let the next requests end in a status or "reset", before or after they took effect.

        `route` is a method and a path with wildcards: "POST /channels/*/messages".
        """
        self._troubles.add(Trouble(route, outcome, when, times, retry_after))

    def rate_limit(self, channel: Channel, remaining: int, reset_after: float, *, limit: int = 5) -> None:
        """Put the bucket of a channel's new messages into a state."""
        template = "POST /channels/{channel_id}/messages"
        self._rates.set(template, str(channel.id), Rate(limit, 5), remaining, reset_after)

    def limit_everything(self, seconds: float) -> None:
        """Answer everything with the global 429 for so long."""
        self._rates.limit_everything(seconds)

    def delete_message(self, message: Message) -> None:
        """Delete a message, as a moderator."""
        self._posting.delete(message)

    def revoke_token(self) -> None:
        """Reset the token, and close the sessions that it opened."""
        self._account.revoke()
        self._board.close_all(4004)
