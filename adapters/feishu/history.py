"""Was it shown already? What is known of earlier attempts, and our own message among those of a conversation.

The platform takes the same uuid once, but only for an hour. An attempt that may have happened earlier is looked for.
"""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from itertools import takewhile

import structlog

from adapters.feishu import codes
from adapters.feishu import outgoing as bodies
from adapters.feishu.calls import Call, Calls
from adapters.feishu.cards import mark
from adapters.feishu.content import content_of
from adapters.feishu.errors import ApiError, Rejected, Unreachable
from adapters.feishu.payload import JsonObject, parsed, string, table, tables
from adapters.feishu.pictures import PLATFORM
from protocol.messages import MessageRef, Outgoing

log = structlog.get_logger("feishu")

MESSAGES = "/open-apis/im/v1/messages"

WINDOW = 3600.0 - 300.0
"""Seconds for which the platform knows a uuid for sure (the page of sending messages: one hour)."""

MOST_KEPT = 2000
A_PAGE, PAGES = 50, 4
"""Messages of one answer, the most that it may have, and answers that are read at most."""

AGAIN_AFTER = 1.0
LOOK_SECONDS = 15.0
"""Seconds that looking may take: the chat's other messages wait behind it."""

_LINK = re.compile(r"\[[^\]\n]*\]\((https?://[^)\s]*)\)")


class History:
    """Knows when each key was first tried, and looks for what may have arrived. `monotonic` measures seconds."""

    def __init__(
        self,
        calls: Calls,
        *,
        cards: bool,
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._calls = calls
        self._cards = cards
        self._monotonic = monotonic
        self._sleep = sleep
        self._tried: OrderedDict[str, float] = OrderedDict()
        self._looked: set[str] = set()

    def doubtful(self, outgoing: Outgoing) -> bool:
        """Whether an earlier attempt may have arrived, and the platform may know its uuid no more."""
        if outgoing.key in self._looked:
            return False
        first = self._tried.get(outgoing.key)
        if first is not None:
            return self._monotonic() - first > WINDOW
        # Whoever tried it before did so before this process: nobody knows when.
        return outgoing.retried

    def trying(self, outgoing: Outgoing) -> None:
        """It is on its way: until the window closes, its uuid keeps it from being shown twice."""
        if outgoing.key in self._looked or outgoing.key not in self._tried or self.doubtful(outgoing):
            self._tried[outgoing.key] = self._monotonic()
        self._looked.discard(outgoing.key)
        self._tried.move_to_end(outgoing.key)
        while len(self._tried) > MOST_KEPT:
            self._tried.popitem(last=False)

    async def find(self, outgoing: Outgoing) -> MessageRef | None:
        """Our own message of that key; None where there is none, and where it cannot be told.

        It is looked for once: until it is tried again, nothing of it can come.
        """
        if len(self._looked) >= MOST_KEPT:
            self._looked.clear()
        self._looked.add(outgoing.key)
        address = outgoing.address
        if outgoing.in_private and not address.private:
            # Which chat a person has with the bot is known only to who has written there.
            return None
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                items = await self._since_the_request(outgoing)
        except (ApiError, TimeoutError) as error:
            why = codes.told(error) if isinstance(error, Rejected) else str(error) or "it takes too long"
            log.info("an earlier attempt cannot be looked for and is repeated", why=why, chat=address.conversation)
            return None
        found = recognised(outgoing, items, app_id=self._calls.app_id, cards=self._cards)
        if found is None:
            return None
        log.info("an earlier attempt had arrived", message=found, chat=address.conversation)
        return MessageRef(PLATFORM, address.conversation, found)

    async def _since_the_request(self, outgoing: Outgoing) -> tuple[JsonObject, ...]:
        """The messages from the request on, oldest first, as far as they are read. Raises `ApiError`."""
        address = outgoing.address
        query = {
            "container_id_type": "chat" if address.thread is None else "thread",
            "container_id": address.thread or address.conversation,
            "sort_type": "ByCreateTimeDesc",
            "page_size": str(A_PAGE),
            # Without this word a card comes back as what an old client shows of it.
            "card_msg_content_type": "user_card_content",
        }
        request = bodies.target(address.message)
        newest_first: list[JsonObject] = []
        for _ in range(PAGES):
            page = await self._page(query)
            items = tables(page, "items")
            newest_first += takewhile(lambda item: string(item, "message_id") != request, items)
            begun = next((item for item in items if string(item, "message_id") == request), None)
            if begun is not None:
                newest_first.append(begun)
            if begun is not None or page.get("has_more") is not True or not string(page, "page_token"):
                break
            query = {**query, "page_token": string(page, "page_token")}
        return tuple(reversed(newest_first))

    async def _page(self, query: dict[str, str]) -> JsonObject:
        call = Call("GET", MESSAGES, query=query)
        try:
            return await self._calls.data(call)
        except Unreachable as error:
            if error.retry_after is not None and error.retry_after > AGAIN_AFTER:
                raise
            await self._sleep(AGAIN_AFTER)
            return await self._calls.data(call)


def recognised(outgoing: Outgoing, items: Sequence[JsonObject], *, app_id: str, cards: bool) -> str | None:
    """The id of our own message among these, oldest first; None where none is it for sure. Pure.

    A card bears the key's mark; one from before there were marks, buttons that hold the job. Words alone may be
    another request's: they count where the message answers the request, names the picture's own link, or stands
    right after the request, before anybody else wrote.
    """
    request = bodies.target(outgoing.address.message)
    replied = bodies.replies_to(outgoing, cards=cards)
    pressed = request != outgoing.address.message
    names_the_picture = outgoing.picture is not None and outgoing.picture.url in outgoing.text
    undisturbed = set[str]()
    if items and string(items[0], "message_id") == request and not pressed:
        undisturbed = {string(item, "message_id") for item in takewhile(_by_an_app, items[1:])}
    for item in items:
        identity = string(item, "message_id")
        if not identity or not _is_ours(item, app_id):
            continue
        if string(item, "msg_type") == "interactive":
            if _is_that_card(outgoing, item):
                return identity
            continue
        if _words(item) != _said(outgoing):
            continue
        # In a topic every message names the topic's first one: that says nothing about whom it answers.
        answers = replied is not None and outgoing.address.thread is None and string(item, "parent_id") == replied
        if names_the_picture or identity in undisturbed or (answers and not pressed):
            return identity
    return None


def _is_ours(item: JsonObject, app_id: str) -> bool:
    return _by_an_app(item) and string(table(item, "sender"), "id") == app_id and item.get("deleted") is not True


def _by_an_app(item: JsonObject) -> bool:
    return string(table(item, "sender"), "sender_type") == "app"


def _is_that_card(outgoing: Outgoing, item: JsonObject) -> bool:
    content = parsed(string(table(item, "body"), "content"))
    sent = content.get("user_dsl", content)
    made = parsed(sent) if isinstance(sent, str) else sent
    parts = tuple(_parts(made))
    marks = {string(part, "element_id") for part in parts} - {""}
    if marks:
        return mark(outgoing.key) in marks
    values = [table(each, "value") for part in parts for each in tables(part, "behaviors")]
    presses = [string(value, "press") for value in values if "press" in value]
    return bool(presses) and sorted(presses) == sorted(button.value for button in outgoing.buttons)


def _parts(of: object) -> Iterator[JsonObject]:
    """Every object in a card, however deep."""
    if isinstance(of, dict):
        yield of
        for inner in of.values():
            yield from _parts(inner)
    elif isinstance(of, list):
        for each in of:
            yield from _parts(each)


def _words(item: JsonObject) -> str:
    return _plain(string(item, "msg_type"), string(table(item, "body"), "content"))


def _said(outgoing: Outgoing) -> str:
    body = bodies.message(outgoing, None, cards=False)
    return _plain(body.kind, body.content)


def _plain(kind: str, content: str) -> str:
    """The words alone; the platform gives links back with their text, and mentions as keys."""
    return " ".join(_LINK.sub(r"\1", content_of(kind, content, "", {}).text).split())
