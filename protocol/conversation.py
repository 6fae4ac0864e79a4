"""The conversation rules: what a message leads to, given what is remembered (conversation page)."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from protocol.commands import Edit
from protocol.decision import Decision, Intent, Language
from protocol.job import Request
from protocol.messages import ImageRef, Incoming, LinkedImage
from protocol.models import DEFAULT_MODEL, MODELS, NANO_BANANA_PRO
from protocol.notices import (
    CancelTooLate,
    Chat,
    Help,
    NeedImage,
    NeedPrompt,
    NothingToCancel,
    NothingToRetry,
    NotYours,
    OfferClosed,
    PictureReceived,
    PreferenceCleared,
    PreferenceSaved,
    PreferenceShown,
    ReplyNotice,
    StatusShown,
    TooLong,
    UnsupportedRatio,
)
from protocol.pressing import anothers, edit_of, just_started, pressed, start, take
from protocol.reaction import CancelJob, Ignore, Reaction, Say, StartJob, TellModels, TellUsage
from protocol.situation import Pending, Preference, Situation

LONGEST_PROMPT = 4000
MOST_IMAGES = 10
"""Pictures that one request may be made of."""

TOGETHER = 60.0
"""Seconds within which pictures that come one after the other, and without words, belong together."""
_WISHES: frozenset[Intent] = frozenset({"generate", "need_image", "need_prompt", "unsupported_ratio", "too_long"})
"""What a request to draw or edit can turn out to be: whoever makes one is answered, even where the bot only listens."""


def react(incoming: Incoming, decision: Decision, situation: Situation) -> Reaction:
    """What a message leads to. Pure."""
    if incoming.press is not None:
        return pressed(incoming, situation)
    if not incoming.addressed and not (decision.explicit and decision.intent in _WISHES):
        return Reaction(Ignore(), decision.lang)
    if isinstance(incoming.command, Edit):
        if anothers(incoming, situation):
            return Reaction(Say(NotYours()), incoming.locale or decision.lang)
        if situation.result is None and not incoming.images:
            return Reaction(Say(OfferClosed()), incoming.locale or decision.lang)
    talk = _Talk(incoming, decision, situation)
    return talk.over_an_offer() or talk.over_a_picture_alone() or talk.by_intent()


class _Talk:
    """One message together with what is remembered. The methods are the rules; each gives a reaction or none."""

    def __init__(self, incoming: Incoming, decision: Decision, situation: Situation) -> None:
        self.incoming = incoming
        self.decision = decision
        self.situation = situation
        # A platform that shows what a link leads to brings the same picture along.
        shown = {image.url for image in incoming.images if isinstance(image, LinkedImage)}
        linked = tuple(LinkedImage(url) for url in decision.image_urls if url not in shown)
        self.images: tuple[ImageRef, ...] = incoming.images + linked
        pending = situation.pending
        self.pending = pending if pending is not None and pending.open(situation.now) else None
        if isinstance(incoming.command, Edit) and situation.result is not None:
            self.pending = edit_of(situation.result, incoming.command.points, situation.now)
        self.lang: Language = self._language()

    def _language(self) -> Language:
        """A command's is the client's; else the words tell; without words, what came before, or again the client."""
        if self.incoming.command is not None and self.incoming.locale is not None:
            return self.incoming.locale
        if any(character.isalpha() for character in self.incoming.text):
            return self.decision.lang
        if self.pending is not None:
            return self.pending.lang
        if self.situation.last_request is not None:
            return self.situation.last_request.lang
        return self.incoming.locale or self.decision.lang

    def over_an_offer(self) -> Reaction | None:
        """好 takes the first alternative, 第二个 or a model's name that one, 重试 the same again."""
        offer, decision = self.situation.offer, self.decision
        if offer is None or not offer.open(self.situation.now) or self.incoming.command is not None:
            return None
        number = None
        if decision.affirms and offer.alternatives:
            number = 1
        elif decision.picks is not None:
            number = decision.picks
        elif decision.names_only_model:
            models = [alternative.model_id for alternative in offer.alternatives]
            number = models.index(decision.model) + 1 if decision.model in models else None
        if number is not None and 1 <= number <= len(offer.alternatives):
            return take(offer, number, self.incoming.address, self.situation)
        if decision.intent == "retry":
            return self._again(offer.request, takes_offer=offer.job_id)
        return None

    def over_a_picture_alone(self) -> Reaction | None:
        """A picture without words completes what was asked before, or waits for words itself."""
        if not self.images or self.incoming.text.strip():
            return None
        if self.pending is not None and self.pending.prompt is not None:
            return self._generate(self.pending.prompt)
        self.images = (*self._just_before(), *self.images)[-MOST_IMAGES:]
        return self._remember(PictureReceived(len(self.images)), prompt=None)

    def _just_before(self) -> tuple[ImageRef, ...]:
        """Pictures that came alone a moment ago: several that are sent at once may come as a message each."""
        earlier = self.pending
        if earlier is None or earlier.max_points is not None or self.situation.now >= earlier.at + TOGETHER:
            return ()
        return tuple(image for image in earlier.images if image not in self.images)

    def by_intent(self) -> Reaction:
        """The plain way: by what the message means."""
        decision = self.decision
        match decision.intent:
            case "generate":
                return self._generate(decision.prompt or self.incoming.text.strip())
            case "need_image":
                return self._edit()
            case "need_prompt":
                return self._remember(NeedPrompt(), prompt=None)
            case "unsupported_ratio":
                return self._say(UnsupportedRatio())
            case "too_long":
                return self._say(TooLong(LONGEST_PROMPT))
            case "set_preference" | "clear_preference" | "show_preference":
                return self._preference()
            case "retry":
                last = self.situation.last_request
                return self._again(last) if last is not None else self._say(NothingToRetry())
            case "cancel":
                return self._cancel()
            case "status":
                return self._say(StatusShown(tuple(job.shown for job in self.situation.running)))
            case "list_models":
                return Reaction(TellModels(), self.lang)
            case "usage":
                return Reaction(TellUsage(), self.lang)
            case "help":
                return self._say(Help())
            case "chat":
                return self._say(Chat())

    def _say(self, notice: ReplyNotice) -> Reaction:
        return Reaction(Say(notice), self.lang)

    def _generate(self, prompt: str) -> Reaction:
        images = self.images or (self.pending.images if self.pending is not None else ())
        request = self._request(prompt, images)
        if isinstance(self.incoming.command, Edit) and just_started(request, self.situation):
            return Reaction(Ignore(), self.lang)
        reaction = start(request, self.situation)
        if not isinstance(reaction.answer, StartJob):
            return reaction
        return self._with_preference(reaction)

    def _edit(self) -> Reaction:
        prompt = self.decision.prompt or self.incoming.text.strip()
        incoming = self.incoming
        if (incoming.unseen or incoming.gone or incoming.pictureless) and not self.images:
            # They mean the picture that they quote, and no other that we happen to remember.
            return self._remember(NeedImage(incoming.unseen, incoming.gone, incoming.pictureless), prompt=prompt)
        if self.images or (self.pending is not None and self.pending.images):
            return self._generate(prompt)
        if self.situation.last_picture is not None:
            self.images = (self.situation.last_picture,)
            return self._generate(prompt)
        return self._remember(NeedImage(), prompt=prompt)

    def _request(self, prompt: str, images: tuple[ImageRef, ...]) -> Request:
        decision, earlier, preference = self.decision, self.pending, self.situation.preference
        model_id = decision.model or (earlier.model_id if earlier is not None else None)
        size, budget = decision.size, decision.budget
        if size is None and earlier is not None:
            size, budget = earlier.size, earlier.budget
        named = size is not None and not budget
        source: Literal["named", "preference", "default"] = "named" if model_id is not None else "default"
        if model_id is None and preference is not None and decision.preference != "clear":
            model_id, source = preference.model_id, "preference"
            size = size or preference.size
        promised = earlier is not None and (model_id, size) == (earlier.model_id, earlier.size)
        return Request(
            address=self.incoming.address,
            lang=self.lang,
            task_type="image_to_image" if images else "text_to_image",
            prompt=prompt,
            model_id=model_id or DEFAULT_MODEL.model_id,
            model_source=source,
            size=size,
            size_named=named,
            more_than_4k="size_8k" in decision.notices or (earlier is not None and earlier.more_than_4k),
            aspect_ratio=decision.aspect_ratio or (earlier.aspect_ratio if earlier is not None else None),
            images=images,
            count=decision.count,
            max_points=earlier.max_points if earlier is not None and promised else None,
        )

    def _with_preference(self, reaction: Reaction) -> Reaction:
        decision = self.decision
        if decision.preference == "save" and decision.model is not None:
            size = decision.size if decision.budget else None
            return replace(reaction, save_preference=Preference(decision.model, size))
        return replace(reaction, clear_preference=decision.preference == "clear")

    def _remember(self, notice: ReplyNotice, *, prompt: str | None) -> Reaction:
        """Ask, and keep what was said and shown until the next message."""
        decision, earlier = self.decision, self.pending
        images = self.images or (earlier.images if earlier is not None else ())
        pending = Pending(
            at=self.situation.now,
            lang=self.lang,
            images=images,
            prompt=prompt,
            model_id=decision.model,
            size=decision.size,
            budget=decision.budget,
            more_than_4k="size_8k" in decision.notices,
            aspect_ratio=decision.aspect_ratio,
        )
        return Reaction(Say(notice), self.lang, pending=pending, forget_pending=True)

    def _preference(self) -> Reaction:
        decision, saved = self.decision, self.situation.preference
        if decision.intent == "set_preference" and decision.model is not None:
            told = PreferenceSaved(MODELS[decision.model].name, decision.size)
            preference = Preference(decision.model, decision.size)
            return Reaction(Say(told), self.lang, save_preference=preference)
        if decision.intent == "show_preference":
            card = MODELS.get(saved.model_id, DEFAULT_MODEL) if saved is not None else DEFAULT_MODEL
            size = saved.size if saved is not None else None
            return self._say(PreferenceShown(card.name, saved is not None, size))
        cleared = PreferenceCleared(DEFAULT_MODEL.name, NANO_BANANA_PRO.name, decision.recommend)
        return Reaction(Say(cleared), self.lang, clear_preference=True)

    def _again(self, last: Request, *, takes_offer: str | None = None) -> Reaction:
        """The same again, with what this message changes of it."""
        decision = self.decision
        request = replace(
            last,
            address=self.incoming.address,
            lang=self.lang,
            prompt=f"{last.prompt}\n{decision.change}" if decision.change else last.prompt,
            model_id=decision.model or last.model_id,
            model_source="named" if decision.model else last.model_source,
            size=decision.size or last.size,
            size_named=decision.size is not None or last.size_named,
            aspect_ratio=decision.aspect_ratio or last.aspect_ratio,
            max_points=None,
            count=1,
        )
        return start(request, self.situation, takes_offer=takes_offer)

    def _cancel(self) -> Reaction:
        """The newest job that is not paid yet, rather one of this conversation; else that it is too late."""
        unpaid = [job for job in self.situation.running if job.unpaid]
        if unpaid:
            newest = ([job for job in unpaid if job.here] or unpaid)[-1]
            return Reaction(CancelJob(newest.job_id, newest.here), self.lang, forget_pending=True)
        if self.situation.cancelled:
            return Reaction(Ignore(), self.lang)
        notice: ReplyNotice = CancelTooLate() if self.situation.running else NothingToCancel()
        return Reaction(Say(notice), self.lang, forget_pending=True)
