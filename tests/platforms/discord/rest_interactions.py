"""Routes that answer interactions: the callback within 3 s, the webhook for 15 minutes."""

from __future__ import annotations

from tests.platforms.discord.basics import Json, Options, Refusal, Violations, invalid
from tests.platforms.discord.command_rules import STRING, check_choices
from tests.platforms.discord.component_rules import check_modal
from tests.platforms.discord.files import Body, check_sizes
from tests.platforms.discord.interactions import Interaction, Interactions
from tests.platforms.discord.message_rules import check_body
from tests.platforms.discord.payloads import Payloads
from tests.platforms.discord.posting import Posting
from tests.platforms.discord.rates import Rate
from tests.platforms.discord.rest import NOTHING, Answer, Call, Route
from tests.platforms.discord.rest_messages import is_empty
from tests.platforms.discord.world import EPHEMERAL, LOADING, Message, World

_PONG, _MESSAGE, _DEFER, _DEFER_UPDATE, _UPDATE, _CHOICES, _MODAL = 1, 4, 5, 6, 7, 8, 9
_SILENT: Json = {"parse": []}


class InteractionRoutes:
    """Answers them."""

    def __init__(
        self,
        world: World,
        interactions: Interactions,
        posting: Posting,
        payloads: Payloads,
        options: Options,
        violations: Violations,
    ) -> None:
        self._world = world
        self._interactions = interactions
        self._posting = posting
        self._payloads = payloads
        self._options = options
        self._violations = violations

    def routes(self) -> list[Route]:
        """The table."""
        webhook = "/webhooks/{webhook_id}/{token}"
        message = webhook + "/messages/{message_id}"
        rate = Rate(5, 2)
        return [
            Route("POST", "/interactions/{interaction_id}/{token}/callback", self._callback, with_token=False),
            Route("POST", webhook, self._follow_up, rate, with_token=False),
            Route("GET", message, self._get, rate, with_token=False),
            Route("PATCH", message, self._edit, rate, with_token=False),
            Route("DELETE", message, self._delete, rate, with_token=False),
        ]

    def _callback(self, call: Call) -> Answer:
        made = self._interactions.by_token(call["token"])
        if made is None or str(made.id) != call["interaction_id"]:
            raise Refusal(404, 10062, "Unknown interaction")
        after = self._options.stopwatch() - made.sent_at
        if made.answered_after is not None:
            self._violations.add("interaction_answered_twice", f"{made.kind} {made.data}")
            raise Refusal(400, 40060, "Interaction has already been acknowledged.")
        if after > self._options.interaction_seconds:
            made.late = True
            self._violations.add("late_interaction", f"{made.kind}, after {after:.2f} s")
            raise Refusal(404, 10062, "Unknown interaction")
        kind = call.form.get("type")
        data = call.form.get("data") or {}
        _check_kind(made, kind)
        inner = Body(data, call.files, call.body.size)
        shown = self._perform(made, int(kind or 0), data, inner)
        made.answered_after, made.answer = after, kind
        if shown is not None:
            made.original = shown
        if call.query.get("with_response") not in {"1", "true"}:
            return NOTHING
        return Answer(self._callback_answer(made, int(kind or 0), shown))

    def _perform(self, made: Interaction, kind: int, data: Json, body: Body) -> Message | None:
        if kind == _CHOICES:
            choices = data.get("choices") or []
            focused = next((one for one in made.data["options"] if one.get("focused")), {"type": STRING})
            check_choices("data.choices", choices, focused["type"])
            made.choices = choices
            return None
        if kind == _MODAL:
            check_modal(data)
            made.modal = data
            return None
        if kind == _DEFER_UPDATE:
            return made.source
        if kind == _DEFER:
            flags = (data.get("flags") or 0) & EPHEMERAL
            return self._post(made, {"allowed_mentions": _SILENT}, Body({}, {}, 0), flags | LOADING)
        if kind == _UPDATE and made.source is not None:
            check_body(data, "webhook", self._violations)
            check_sizes(body, made.size_limit)
            return self._posting.edit(made.source, data, body.files)
        check_body(data, "webhook", self._violations)
        check_sizes(body, made.size_limit)
        if is_empty(data, len(body.files)):
            raise Refusal(400, 50006, "Cannot send an empty message")
        return self._post(made, data, body, 0)

    def _post(self, made: Interaction, form: Json, body: Body, flags: int) -> Message:
        hidden = ((form.get("flags") or 0) | flags) & EPHEMERAL
        return self._posting.from_bot(
            made.channel,
            form,
            body.files,
            asker=made.user,
            only_for=made.user if hidden else None,
            interaction=self._interactions.metadata(made),
            flags=flags,
        )

    def _callback_answer(self, made: Interaction, kind: int, shown: Message | None) -> Json:
        interaction: Json = {"id": str(made.id), "type": made.type}
        resource: Json = {"type": kind}
        if shown is not None and kind in {_MESSAGE, _DEFER, _UPDATE}:
            interaction |= {
                "response_message_id": str(shown.id),
                "response_message_loading": bool(shown.flags & LOADING),
                "response_message_ephemeral": bool(shown.flags & EPHEMERAL),
            }
            resource["message"] = self._payloads.message(shown, content=True)
        return {"interaction": interaction, "resource": resource}

    def _by_webhook(self, call: Call, *, reading: bool = False) -> Interaction:
        made = self._interactions.by_token(call["token"])
        if made is None or call["webhook_id"] != str(self._world.application):
            raise Refusal(404, 10015, "Unknown Webhook")
        if self._options.clock() - made.made_at > self._options.token_seconds:
            self._violations.add("interaction_token_used_too_late", f"{made.kind} {made.data}")
            raise Refusal(401, 50027, "Invalid Webhook Token")
        if made.answered_after is None:
            # To look whether a lost answer arrived after all is fair; to send by a way that is not open is not.
            if not reading:
                self._violations.add("webhook_before_answer", f"{made.kind} {made.data}")
            raise Refusal(404, 10015, "Unknown Webhook")
        return made

    def _follow_up(self, call: Call) -> Answer:
        made = self._by_webhook(call)
        form = call.form
        check_body(form, "webhook", self._violations)
        check_sizes(call.body, made.size_limit)
        if is_empty(form, len(call.files)):
            raise Refusal(400, 50006, "Cannot send an empty message")
        if made.original is not None and made.original.flags & LOADING and made.answer == _DEFER:
            # The first follow-up takes the place of the deferred answer.
            return self._answer(self._posting.edit(made.original, form, call.files))
        message = self._post(made, form, call.body, 0)
        made.followups.append(message)
        return self._answer(message)

    def _message(self, call: Call, *, reading: bool = False) -> tuple[Interaction, Message]:
        made = self._by_webhook(call, reading=reading)
        key = call["message_id"]
        wanted = [one for one in (made.original, *made.followups) if one is not None and not one.deleted]
        if key == "@original":
            wanted = [one for one in wanted if one is made.original]
        else:
            wanted = [one for one in wanted if str(one.id) == key]
        if not wanted:
            raise Refusal(404, 10008, "Unknown Message")
        return made, wanted[0]

    def _get(self, call: Call) -> Answer:
        return self._answer(self._message(call, reading=True)[1])

    def _edit(self, call: Call) -> Answer:
        made, message = self._message(call)
        check_body(call.form, "webhook", self._violations)
        check_sizes(call.body, made.size_limit)
        return self._answer(self._posting.edit(message, call.form, call.files))

    def _delete(self, call: Call) -> Answer:
        self._posting.delete(self._message(call)[1])
        return NOTHING

    def _answer(self, message: Message) -> Answer:
        return Answer(self._payloads.message(message, content=True))


def _check_kind(made: Interaction, kind: object) -> None:
    allowed = {
        "slash": {_MESSAGE, _DEFER, _MODAL},
        "menu": {_MESSAGE, _DEFER, _MODAL},
        "button": {_MESSAGE, _DEFER, _DEFER_UPDATE, _UPDATE, _MODAL},
        "autocomplete": {_CHOICES},
        "modal": {_MESSAGE, _DEFER} | ({_DEFER_UPDATE, _UPDATE} if made.source is not None else set()),
    }
    if kind not in allowed[made.kind]:
        raise invalid("type", "INTERACTION_RESPONSE_TYPE_INVALID", f"{kind} is no answer to a {made.kind}")
