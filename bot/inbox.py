"""The way in: a message is recorded first, then understood, then answered; each once, in order for each person."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Protocol

import structlog

from adapters.port import Activity, NotRecorded, Observer, SendError
from bot.jobs.telling import message_key
from bot.sender import Sender
from bot.situation import result_of, situation_of
from bot.store import Store, StoreError
from locales import Locales
from protocol import buttons
from protocol.commands import Ask, Edit, Prefer, decision_of
from protocol.conversation import react
from protocol.decision import Decision, TaskType
from protocol.intent import understand
from protocol.job import Job
from protocol.messages import Address, Incoming, Outgoing, Priority
from protocol.models import DEFAULT_MODEL, MODELS
from protocol.notices import (
    Cancelled,
    CancelTooLate,
    ModelList,
    ModelPrices,
    Notice,
    OfferClosed,
    PricesUnknown,
    SomethingWentWrong,
    UsageShown,
)
from protocol.quote import PriceList
from protocol.reaction import CancelJob, Ignore, Reaction, Say, StartJob, TellModels, TellUsage
from protocol.situation import Situation

log = structlog.get_logger("inbox")

STALE_AFTER = 3600.0
"""Seconds after which a message that was recorded but never answered is left alone: nobody waits any more."""

STORE_PAUSE = 2.0


class Prices(Protocol):
    """Where live prices are read."""

    async def prices(self, task_type: TaskType) -> PriceList | None: ...


class Jobs(Protocol):
    """Where jobs are run."""

    def start(self, job: Job) -> None: ...

    async def cancel(self, job_id: str) -> bool: ...


async def _as_it_is(incoming: Incoming) -> Incoming:
    return incoming


class InboxService:
    """Takes messages of all platforms. `complete` adds what a message quotes, once it is recorded.

    `asides` are the platforms that answer a press or a command for one person's eyes alone.
    """

    def __init__(
        self,
        *,
        store: Store,
        runner: Jobs,
        sender: Sender,
        paid: Prices,
        locales: Locales,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        most_jobs: int,
        admins: frozenset[str],
        observe: Observer,
        asides: frozenset[str] = frozenset(),
        complete: Callable[[Incoming], Awaitable[Incoming]] = _as_it_is,
        new_id: Callable[[], str] = lambda: uuid.uuid4().hex,
    ) -> None:
        self._store = store
        self._runner = runner
        self._sender = sender
        self._paid = paid
        self._locales = locales
        self._clock = clock
        self._sleep = sleep
        self._most_jobs = most_jobs
        self._admins = admins
        self._observe = observe
        self._asides = asides
        self._complete = complete
        self._new_id = new_id
        self._turns: dict[str, asyncio.Task[None]] = {}
        self._all: set[asyncio.Task[None]] = set()
        self._open = True

    async def receive(self, incoming: Incoming) -> None:
        """Record a message and return; it is answered afterwards. Raises `NotRecorded`.

        While the service stops, words are answered at the next start; a press or a command cannot wait so long.
        """
        if not self._open and (incoming.press is not None or incoming.command is not None):
            raise NotRecorded("the service is stopping")
        try:
            new = await self._store.record(incoming, self._clock())
        except StoreError as error:
            log.error("a message cannot be recorded", why=str(error))
            raise NotRecorded(str(error)) from error
        if new and self._open:
            self._enqueue(incoming.address.person, partial(self._answer, incoming))

    async def resume(self) -> None:
        """Answer what was recorded and not answered, send replies that may not have arrived."""
        now = self._clock()
        for reply in await self._store.unsent_replies(now - STALE_AFTER):
            if reply.reply.discreet:
                # It may have been seen, nobody can look it up, and after a restart it would be said to all.
                await self._store.reply_sent(reply.platform, reply.message, now)
                continue
            sending = partial(self._send_reply, reply.reply.address, reply.reply.text, retried=True)
            self._enqueue(reply.reply.address.person, sending)
        for row in await self._store.unanswered():
            if row.received_at < now - STALE_AFTER:
                log.warning("a message from before is too old to be answered", place=row.incoming.address.place)
                silent = Reaction(Ignore(), "en")
                await self._store.answer(row.incoming, silent, now, job=None, text=None)
            else:
                self._enqueue(row.incoming.address.person, partial(self._answer, row.incoming, resumed=True))

    @property
    def busy(self) -> frozenset[asyncio.Task[None]]:
        """The last turn of each person that is still being answered."""
        return frozenset(self._turns.values())

    async def stop(self) -> None:
        """Take no more. What was recorded and not answered is answered at the next start."""
        self._open = False
        turns = list(self._all)
        for turn in turns:
            turn.cancel()
        await asyncio.gather(*turns, return_exceptions=True)

    def _enqueue(self, person: str, work: Callable[[], Awaitable[None]]) -> None:
        """One person's messages are answered in order; different persons never wait for each other."""
        before = self._turns.get(person)
        task = asyncio.create_task(_after(before, work), name=f"inbox {person}")
        self._turns[person] = task
        self._all.add(task)
        task.add_done_callback(self._all.discard)
        task.add_done_callback(lambda done: self._turn_over(person, done))

    def _turn_over(self, person: str, done: asyncio.Task[None]) -> None:
        if self._turns.get(person) is done:
            del self._turns[person]

    async def _answer(self, incoming: Incoming, *, resumed: bool = False) -> None:
        while True:
            try:
                whole = await self._complete(incoming)
                await self._react(whole, _meaning(whole), resumed=resumed)
            except StoreError as error:
                log.error("a message cannot be answered yet", why=str(error))
                await self._sleep(STORE_PAUSE)
            except Exception:
                log.exception("a message could not be answered", place=incoming.address.place)
                await self._say_sorry(incoming)
                return
            else:
                return

    async def _react(self, incoming: Incoming, decision: Decision, *, resumed: bool) -> None:
        situation = await self._situation(incoming, resumed=resumed)
        reaction = react(incoming, decision, situation)
        self._show(incoming, decision, reaction)
        job = self._new_job(reaction)
        text = await self._words(incoming, reaction, situation)
        aside = incoming.address.platform in self._asides and (
            incoming.press is not None or isinstance(incoming.command, Ask | Prefer)
        )
        done = await self._store.answer(incoming, reaction, self._clock(), job=job, text=text, discreet=aside)
        if done == "already":
            return
        if done == "taken":
            closed = Reaction(Say(OfferClosed()), reaction.lang)
            job, text = None, self._locales.render(OfferClosed(), reaction.lang)
            await self._store.answer(incoming, closed, self._clock(), job=None, text=text, discreet=aside)
        if job is not None:
            self._runner.start(job)
        if text is not None:
            await self._send_reply(incoming.address, text, discreet=aside)

    async def _situation(self, incoming: Incoming, *, resumed: bool) -> Situation:
        remembered = await self._store.remembered(incoming.address)
        offer, result = remembered.offer, None
        if incoming.press is not None:
            pressed = buttons.decode(incoming.press)
            offer = None
            if isinstance(pressed, buttons.TakeAlternative):
                offer = await self._store.offer(pressed.job_id)
            elif pressed is not None:
                result = result_of(await self._store.job(pressed.job_id))
        elif isinstance(incoming.command, Edit):
            result = result_of(await self._store.job(incoming.command.job_id))
        return situation_of(
            remembered,
            place=incoming.address.place,
            offer=offer,
            result=result,
            now=self._clock(),
            most_jobs=self._most_jobs,
            admin=incoming.address.person in self._admins,
            resumed=resumed,
        )

    def _new_job(self, reaction: Reaction) -> Job | None:
        if not isinstance(reaction.answer, StartJob):
            return None
        return Job(id=self._new_id(), request=reaction.answer.request, accepted_at=self._clock())

    async def _words(self, incoming: Incoming, reaction: Reaction, situation: Situation) -> str | None:
        """The reply, rendered; None where there is none to give."""
        notice: Notice
        match reaction.answer:
            case Ignore() | StartJob():
                return None
            case Say(said):
                notice = said
            case CancelJob(job_id, here):
                cancelled = await self._runner.cancel(job_id)
                if cancelled and here:
                    return None
                notice = Cancelled() if cancelled else CancelTooLate()
            case TellUsage():
                notice = UsageShown(*await self._store.usage(incoming.address.person))
            case TellModels():
                notice = await self._models(situation)
        return self._locales.render(notice, reaction.lang)

    async def _models(self, situation: Situation) -> ModelList | PricesUnknown:
        prices = await self._paid.prices("text_to_image")
        if prices is None:
            return PricesUnknown()
        preferred = situation.preference.model_id if situation.preference is not None else DEFAULT_MODEL.model_id
        return ModelList(
            tuple(
                ModelPrices(card.name, card.expected, prices.of(card.model_id), card.model_id == preferred)
                for card in MODELS.values()
            )
        )

    async def _send_reply(self, address: Address, text: str, *, discreet: bool = False, retried: bool = False) -> None:
        outgoing = Outgoing(
            address=address,
            key=message_key(address.platform, address.message, "reply"),
            text=text,
            priority=Priority.REPLY,
            reply=True,
            retried=retried,
            discreet=discreet,
        )
        try:
            await self._sender.send(outgoing)
        except SendError as error:
            log.warning("a reply could not be sent", place=address.place, why=str(error))
        try:
            await self._store.reply_sent(address.platform, address.message, self._clock())
        except StoreError as error:
            # It is sent again at the next start, under its own key: rather twice than never.
            log.error("that a reply was sent cannot be saved", why=str(error))

    async def _say_sorry(self, incoming: Incoming) -> None:
        lang = _meaning(incoming).lang
        if incoming.locale is not None and (incoming.press is not None or incoming.command is not None):
            lang = incoming.locale
        text = self._locales.render(SomethingWentWrong(), lang)
        sorry = Reaction(Say(SomethingWentWrong()), lang)
        try:
            await self._store.answer(incoming, sorry, self._clock(), job=None, text=text)
            await self._send_reply(incoming.address, text)
        except StoreError as error:
            log.error("nor could the user be told", why=str(error))

    def _show(self, incoming: Incoming, decision: Decision, reaction: Reaction) -> None:
        shown = {name: str(value) for name, value in decision.to_json().items() if value not in (None, [], "")}
        if incoming.press is not None:
            shown = {"press": incoming.press}
        address = incoming.address
        self._observe(
            Activity(
                at=self._clock(),
                platform=address.platform,
                conversation=address.conversation,
                kind="decision",
                title=type(reaction.answer).__name__,
                fields=shown,
            )
        )
        log.info(
            "understood",
            place=address.place,
            intent=decision.intent,
            answer=type(reaction.answer).__name__,
            prompt_length=len(decision.prompt or ""),
        )


def _meaning(incoming: Incoming) -> Decision:
    images, command = len(incoming.images), incoming.command
    return understand(incoming.text, images) if command is None else decision_of(command, images)


async def _after(before: asyncio.Task[None] | None, work: Callable[[], Awaitable[None]]) -> None:
    if before is not None:
        await asyncio.wait((before,))
    await work()
