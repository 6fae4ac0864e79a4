"""The message interfaces: create, reply, update, read, recall, react."""

from __future__ import annotations

from tests.platforms.feishu.basics import Ids, Json, Options, Refusal, Violations, invalid, unfit
from tests.platforms.feishu.content import Contents
from tests.platforms.feishu.courier import Courier
from tests.platforms.feishu.history import MessageHistory, cards_as_sent
from tests.platforms.feishu.payloads import Payloads
from tests.platforms.feishu.posting import Posting
from tests.platforms.feishu.rates import Rates
from tests.platforms.feishu.rest import Call, Route
from tests.platforms.feishu.world import Chat, Message, World

_SEND = frozenset({"im:message", "im:message:send_as_bot", "im:message:send"})
_UPDATE = frozenset({"im:message", "im:message:send_as_bot", "im:message:update"})
_READ = frozenset({"im:message", "im:message:readonly", "im:message.history:readonly"})
_RECALL = frozenset({"im:message", "im:message:send_as_bot", "im:message:recall"})
_REACT = frozenset({"im:message", "im:message.reactions:write_only"})
_EDITS = 20
_OFTEN = 3
_DAY = 86_400.0
_PREFIXES = {"chat_id": "oc_", "open_id": "ou_"}
_EMOJI = frozenset({"OK", "THUMBSUP", "DONE", "Typing", "OnIt", "Get", "CheckMark", "ERROR", "SMILE", "GLANCE"})


class MessageRoutes:
    """What is served under /im/v1/messages."""

    def __init__(
        self,
        world: World,
        posting: Posting,
        contents: Contents,
        payloads: Payloads,
        courier: Courier,
        rates: Rates,
        options: Options,
        ids: Ids,
        violations: Violations,
    ) -> None:
        self._world = world
        self._posting = posting
        self._contents = contents
        self._payloads = payloads
        self._courier = courier
        self._rates = rates
        self._options = options
        self._ids = ids
        self._violations = violations
        self._history = MessageHistory(world, payloads, options, violations)
        self._read: dict[str, int] = {}

    def routes(self) -> list[Route]:
        """What to serve."""
        one = "/im/v1/messages/{message_id}"
        return [
            Route("POST", "/im/v1/messages", self._create, _SEND),
            Route("GET", "/im/v1/messages", self._history.answer, _READ),
            Route("POST", f"{one}/reply", self._reply, _SEND),
            Route("PATCH", one, self._patch, _UPDATE),
            Route("PUT", one, self._edit, _UPDATE),
            Route("GET", one, self._get, _READ),
            Route("DELETE", one, self._recall, _RECALL),
            Route("POST", f"{one}/reactions", self._react, _REACT),
            Route("DELETE", f"{one}/reactions/{{reaction_id}}", self._unreact, _REACT),
        ]

    def _able(self) -> None:
        if not self._options.bot_enabled:
            raise Refusal(230006, "Bot ability is not activated.")

    def _create(self, call: Call) -> Json:
        self._able()
        kind = call.query.get("receive_id_type")
        receiver = call.body.get("receive_id")
        if kind is None:
            raise unfit("receive_id_type", "receive_id_type is required")
        if kind not in _PREFIXES:
            self._violations.add("unexpected_receive_id_type", kind)
            raise unfit("receive_id_type", "receive_id_type is not supported here")
        if not isinstance(receiver, str) or not receiver:
            raise unfit("receive_id", "receive_id is required")
        for name in ("msg_type", "content"):
            if not call.body.get(name):
                raise unfit(name, f"{name} is required")
        if not receiver.startswith(_PREFIXES[kind]):
            self._violations.add("wrong_receive_id", f"{kind} {receiver}")
            raise invalid("invalid receive_id")
        return self._answer(self._posting.by_bot(self._place(kind, receiver), call.body))

    def _place(self, kind: str, receiver: str) -> Chat:
        if kind == "chat_id":
            chat = self._world.chats.get(receiver)
            if chat is None:
                self._violations.add("wrong_receive_id", receiver)
                raise invalid("invalid receive_id")
            return chat
        person = self._world.people.get(receiver)
        if person is None or person.is_bot:
            self._violations.add("wrong_receive_id", receiver)
            raise invalid("invalid receive_id")
        chat = self._world.direct(person)
        if chat is None:
            chat = Chat(self._ids.next("oc"), "p2p", person.name, person, [person])
            self._world.chats[chat.id] = chat
        return chat

    def _reply(self, call: Call) -> Json:
        self._able()
        for name in ("msg_type", "content"):
            if not call.body.get(name):
                raise unfit(name, f"{name} is required")
        in_thread = call.body.get("reply_in_thread")
        if in_thread is not None and not isinstance(in_thread, bool):
            raise unfit("reply_in_thread", "must be a bool")
        parent = self._find(call["message_id"])
        if parent.recalled:
            raise Refusal(230011, "The message was withdrawn.")
        return self._answer(self._posting.by_bot(parent.chat, call.body, parent))

    def _find(self, key: str) -> Message:
        message = self._world.messages.get(key)
        if message is None:
            self._violations.add("unknown_message", key)
            raise invalid("invalid message_id")
        if message.chat.dissolved:
            raise Refusal(232009, "Your request specifies a chat which has already been dissolved.")
        if not message.chat.bot_in:
            raise Refusal(230002, "The bot can not be outside the group.")
        return message

    def _own(self, key: str, code: int) -> Message:
        message = self._find(key)
        if message.author is not self._world.bot:
            self._violations.add("not_own_message", key)
            raise Refusal(code, "The operator is NOT the sender of the message.")
        if message.recalled:
            raise Refusal(230011, "The message was withdrawn.")
        return message

    def _answer(self, message: Message) -> Json:
        return {"code": 0, "msg": "success", "data": self._payloads.message(message)}

    def _patch(self, call: Call) -> Json:
        self._able()
        message = self._own(call["message_id"], 230012)
        if set(call.body) != {"content"}:
            raise unfit("content", "content is required, and nothing else")
        if message.kind != "interactive":
            self._violations.add("patched_no_card", message.kind)
            raise Refusal(230054, "This operation is not supported for this message type.")
        if self._options.clock() - message.at > self._options.card_days * _DAY:
            raise Refusal(230031, "The message can no longer be modified.")
        content = self._contents.check("interactive", call.body["content"])
        if content.everybody:
            self._violations.add("mentions_all", content.raw[:200])
        self._rates.send(message.id, "update")
        self._change(message, content.raw)
        message.pictures = content.pictures
        return {"code": 0, "msg": "success", "data": {}}

    def _change(self, message: Message, content: str) -> None:
        if content == message.content:
            self._violations.add("update_without_change", message.id)
        message.earlier.append(message.content)
        message.content = content
        message.updates.append(self._options.clock())
        self._courier.changed()

    def _edit(self, call: Call) -> Json:
        self._able()
        message = self._own(call["message_id"], 230071)
        kind = call.body.get("msg_type")
        if message.kind not in {"text", "post"} or kind != message.kind:
            self._violations.add("edited_no_text", f"{message.kind} as {kind}")
            raise Refusal(230054, "This operation is not supported for this message type.")
        if self._options.clock() - message.at > self._options.card_days * _DAY:
            raise Refusal(230075, "The time range for editing the message has exceeded the limit.")
        if len(message.updates) >= _EDITS:
            self._violations.add("edited_too_often", message.id)
            raise Refusal(230072, "The message has reached the number of times it can be edited.")
        content = self._contents.check(kind, call.body.get("content"))
        if content.everybody:
            self._violations.add("mentions_all", content.raw[:200])
        self._rates.send(message.id, "update")
        self._change(message, content.raw)
        return self._answer(message)

    def _get(self, call: Call) -> Json:
        self._able()
        message = self._find(call["message_id"])
        times = self._read[message.id] = self._read.get(message.id, 0) + 1
        if times > _OFTEN:
            self._violations.add("needless_read", f"{message.id}, {times} times")
        as_sent = cards_as_sent(call, self._options)
        return {
            "code": 0,
            "msg": "success",
            "data": {"items": [self._payloads.message(message, cards_as_sent=as_sent)]},
        }

    def _recall(self, call: Call) -> Json:
        message = self._own(call["message_id"], 230026)
        message.recalled = True
        self._courier.changed()
        return {"code": 0, "msg": "success", "data": {}}

    def _react(self, call: Call) -> Json:
        message = self._find(call["message_id"])
        if message.recalled:
            raise Refusal(231003, "The message is not found, maybe it was recalled.")
        emoji = (call.body.get("reaction_type") or {}).get("emoji_type")
        if emoji not in _EMOJI:
            self._violations.add("unknown_emoji", str(emoji))
            raise Refusal(231001, "reaction type is invalid.")
        reaction = self._ids.next("react")
        message.reactions[reaction] = emoji
        self._courier.changed()
        operator = {"operator_id": self._world.app_id, "operator_type": "app"}
        data = {"reaction_id": reaction, "operator": operator, "reaction_type": {"emoji_type": emoji}}
        return {"code": 0, "msg": "success", "data": data}

    def _unreact(self, call: Call) -> Json:
        message = self._find(call["message_id"])
        if call["reaction_id"] not in message.reactions:
            raise Refusal(231010, "the reaction is not found.")
        del message.reactions[call["reaction_id"]]
        self._courier.changed()
        return {"code": 0, "msg": "success", "data": {}}
