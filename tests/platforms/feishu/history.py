"""The messages of a chat or of a topic, as the interface lists them."""

from __future__ import annotations

from collections.abc import Iterable

from tests.platforms.feishu.basics import Json, Options, Refusal, Violations, invalid, unfit
from tests.platforms.feishu.payloads import Payloads
from tests.platforms.feishu.rest import Call
from tests.platforms.feishu.world import Chat, Message, World

LARGEST_PAGE = 50
GROUP_HISTORY = "im:message.group_msg"
_KNOWN = frozenset(
    {
        *("container_id_type", "container_id", "start_time", "end_time", "sort_type", "page_size", "page_token"),
        *("card_msg_content_type", "user_id_type"),
    }
)
_AS_SENT = "user_card_content"
_OFTEN = 12


def cards_as_sent(call: Call, options: Options) -> bool:
    """Whether cards were asked for as they were sent."""
    wanted = call.query.get("card_msg_content_type")
    if wanted not in {None, _AS_SENT, "raw_card_content"}:
        raise unfit("card_msg_content_type", "card_msg_content_type is invalid")
    return wanted == _AS_SENT and options.gives_cards_back


class MessageHistory:
    """Lists messages, a page at a time."""

    def __init__(self, world: World, payloads: Payloads, options: Options, violations: Violations) -> None:
        self._world = world
        self._payloads = payloads
        self._options = options
        self._violations = violations
        self._asked: dict[str, int] = {}

    def answer(self, call: Call) -> Json:
        """One page."""
        if not self._options.bot_enabled:
            raise Refusal(230006, "Bot ability is not activated.")
        query = call.query
        if set(query) - _KNOWN:
            self._violations.add("unknown_parameter", ", ".join(sorted(set(query) - _KNOWN)))
        kind, container = query.get("container_id_type"), query.get("container_id", "")
        if kind not in {"chat", "thread"}:
            raise unfit("container_id_type", "container_id_type is required")
        if not container:
            raise unfit("container_id", "container_id is required")
        if kind == "thread" and (query.get("start_time") or query.get("end_time")):
            raise invalid("a topic takes no times")
        order = query.get("sort_type", "ByCreateTimeAsc")
        if order not in {"ByCreateTimeAsc", "ByCreateTimeDesc"}:
            raise unfit("sort_type", "sort_type is invalid")
        size = query.get("page_size", "20")
        if not size.isdigit() or not 1 <= int(size) <= LARGEST_PAGE:
            raise unfit("page_size", "the range is 1 to 50")
        as_sent = cards_as_sent(call, self._options)
        chat, messages = self._of(kind, container)
        self._may_read(chat)
        self._count(container)
        found = [one for one in messages if self._within(one, query.get("start_time"), query.get("end_time"))]
        if order == "ByCreateTimeDesc":
            found.reverse()
        token = query.get("page_token", "0")
        if not token.isdigit():
            raise invalid("page_token is invalid")
        start, end = int(token), int(token) + int(size)
        items = [self._payloads.message(one, cards_as_sent=as_sent) for one in found[start:end]]
        data: Json = {"items": items, "has_more": end < len(found)}
        if data["has_more"]:
            data["page_token"] = str(end)
        return {"code": 0, "msg": "success", "data": data}

    def _of(self, kind: str, container: str) -> tuple[Chat, list[Message]]:
        if kind == "chat":
            chat = self._world.chats.get(container)
            if chat is None:
                self._violations.add("unknown_container", container)
                raise invalid("invalid container_id")
            return chat, list(_outside_of_topics(chat.messages.values()))
        messages = [one for one in self._world.messages.values() if one.thread == container]
        if not messages:
            self._violations.add("unknown_container", container)
            raise invalid("invalid container_id")
        return messages[0].chat, messages

    def _may_read(self, chat: Chat) -> None:
        if chat.dissolved:
            raise Refusal(232009, "Your request specifies a chat which has already been dissolved.")
        if not chat.bot_in:
            raise Refusal(230002, "The bot can not be outside the group.")
        if chat.kind != "p2p" and GROUP_HISTORY not in self._options.scopes:
            # No violation: whoever cannot know whether it was granted may ask.
            raise Refusal(230027, f"Lack of necessary permissions, ext=need scope: {GROUP_HISTORY}")

    def _count(self, container: str) -> None:
        times = self._asked[container] = self._asked.get(container, 0) + 1
        if times > _OFTEN:
            self._violations.add("needless_read", f"{container}, {times} pages")

    def _within(self, message: Message, start: str | None, end: str | None) -> bool:
        return (start is None or int(message.at) >= int(start)) and (end is None or int(message.at) <= int(end))


def _outside_of_topics(messages: Iterable[Message]) -> Iterable[Message]:
    """Of a topic, a chat lists the first message alone."""
    begun: set[str] = set()
    for one in messages:
        if one.thread is None:
            yield one
        elif one.thread not in begun:
            begun.add(one.thread)
            yield one
