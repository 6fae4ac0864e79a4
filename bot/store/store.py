"""The store: every question and every change the service has, each a transaction of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.errors import StoreBusy, StoreError, translated
from bot.store.records import INCOMING, JOB, PENDING, PREFERENCE, REPLY, Reply, loaded
from bot.store.schema import deliveries, inbox, jobs, offers, pending, preferences, shown
from bot.store.turns import Turns
from protocol.job import Job, State
from protocol.messages import Address, Incoming, LinkedImage
from protocol.reaction import Reaction
from protocol.shapes import nearest_shape
from protocol.situation import Offer, Pending, Preference

MOST_TOPICS = 20
"""Requests that are looked through for the newest of a thread, where there is newer talk in others."""

Answered: TypeAlias = Literal["done", "taken", "already"]


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A message that was taken and not yet answered."""

    incoming: Incoming
    received_at: float


@dataclass(frozen=True, slots=True)
class PendingReply:
    """A reply of which it is not known that it arrived. `message` is the message that it answers."""

    platform: str
    message: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is remembered of a person in a conversation."""

    preference: Preference | None
    last_job: Job | None
    last_picture: LinkedImage | None
    offer: Offer | None
    pending: Pending | None
    unended: tuple[Job, ...]


@dataclass(frozen=True, slots=True)
class JobSummary:
    """One job, for the admin."""

    job: Job
    points: int


@dataclass(slots=True, eq=False)
class _Arrived:
    """A message that waits to be taken; then whether it is new, or why it could not be."""

    incoming: Incoming
    at: float
    outcome: bool | StoreError | None = None


class Store:
    """The database behind named questions and changes. Every method raises `StoreError` if it cannot be used."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._failed = False
        # SQLite lets one write at a time, and whoever comes meanwhile sleeps for up to a tenth of a second before
        # looking again: with many at once that adds up to seconds. Waiting here costs nothing, and a new message,
        # whose platform waits for it to be recorded, goes first.
        self._turns = Turns()
        self._arriving: list[_Arrived] = []

    @asynccontextmanager
    async def _changing(self) -> AsyncIterator[AsyncConnection]:
        """A change, in its turn."""
        async with self._turns.turn(), self._transaction() as connection:
            yield connection

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[AsyncConnection]:
        """One that fails is remembered until the next that works: see `check`."""
        try:
            with translated():
                async with self._engine.begin() as connection:
                    yield connection
        except StoreError:
            self._failed = True
            raise
        self._failed = False

    async def close(self) -> None:
        """Close the connections."""
        await self._engine.dispose()

    async def check(self) -> None:
        """Raises `StoreError` if the database cannot be used.

        Reading is enough, until a change has failed: a full disk can still be read from.
        """
        if self._failed:
            async with self._changing() as connection:
                await connection.exec_driver_sql("UPDATE alembic_version SET version_num = version_num")
            return
        with translated():
            async with self._engine.connect() as connection:
                await connection.execute(select(func.count()).select_from(preferences))

    # --- the inbox ---

    async def record(self, incoming: Incoming, at: float) -> bool:
        """Take a message; False if it, or the same delivery, was taken before.

        Those that come while another change is being written are taken together: thirty at once wait for one or two
        writes and not for thirty.
        """
        arrived = _Arrived(incoming, at)
        self._arriving.append(arrived)
        async with self._turns.turn(urgent=True):
            if arrived.outcome is None:
                await _to_its_end(asyncio.create_task(self._take_arrived()))
        if isinstance(arrived.outcome, StoreError):
            raise arrived.outcome
        return bool(arrived.outcome)

    async def _take_arrived(self) -> None:
        """All at once; where that fails, each by itself, so that one holds up nobody else."""
        batch, self._arriving = self._arriving, []
        try:
            async with self._transaction() as connection:
                outcomes: list[bool | StoreError] = [await _take(connection, each.incoming, each.at) for each in batch]
        except StoreBusy as error:
            # One by one, each would wait as long as all of them have.
            outcomes = [error for _ in batch]
        except StoreError as error:
            outcomes = [error] if len(batch) == 1 else [await self._take_alone(each) for each in batch]
        for each, outcome in zip(batch, outcomes, strict=True):
            each.outcome = outcome

    async def _take_alone(self, arrived: _Arrived) -> bool | StoreError:
        try:
            async with self._transaction() as connection:
                return await _take(connection, arrived.incoming, arrived.at)
        except StoreError as error:
            return error

    async def unanswered(self) -> list[InboxRow]:
        """Messages taken and not answered, oldest first."""
        query = select(inbox.c.payload, inbox.c.received_at).where(inbox.c.answered_at.is_(None))
        with translated():
            async with self._engine.connect() as connection:
                rows = await connection.execute(query.order_by(inbox.c.received_at))
                found = [(loaded(INCOMING, row.payload), row.received_at) for row in rows]
        return [InboxRow(incoming, at) for incoming, at in found if incoming is not None]

    async def answer(
        self,
        incoming: Incoming,
        reaction: Reaction,
        at: float,
        *,
        job: Job | None,
        text: str | None,
        discreet: bool = False,
    ) -> Answered:
        """All that a message leads to, at once; nothing of it unless it is `done`.

        `taken`: somebody was quicker to take the offer. `already`: this message was answered before.
        """
        address = incoming.address
        reply = REPLY.dump(Reply(address, text, discreet)) if text is not None else None
        async with self._changing() as connection:
            before = select(inbox.c.answered_at).where(_is_message(address.platform, address.message))
            if await connection.scalar(before) is not None:
                return "already"
            if reaction.takes_offer is not None and not await _use_offer(connection, reaction.takes_offer, at):
                return "taken"
            await _remember(connection, address, reaction)
            if job is not None:
                await connection.execute(insert(jobs), [_job_row(job)])
            await connection.execute(
                update(inbox).where(_is_message(address.platform, address.message)).values(answered_at=at, reply=reply)
            )
            return "done"

    async def unsent_replies(self, since: float) -> list[PendingReply]:
        """Replies that may not have arrived, of messages received since then."""
        query = select(inbox).where(
            inbox.c.reply.is_not(None), inbox.c.reply_sent_at.is_(None), inbox.c.received_at >= since
        )
        with translated():
            async with self._engine.connect() as connection:
                rows = await connection.execute(query.order_by(inbox.c.received_at))
                found = [(row.platform, row.message, loaded(REPLY, row.reply)) for row in rows]
        return [PendingReply(platform, message, reply) for platform, message, reply in found if reply is not None]

    async def reply_sent(self, platform: str, message: str, at: float) -> None:
        """A reply has arrived (or never will)."""
        async with self._changing() as connection:
            await connection.execute(update(inbox).where(_is_message(platform, message)).values(reply_sent_at=at))

    async def forget_messages(self, before: float) -> None:
        """Delete answered messages that were received before then."""
        async with self._changing() as connection:
            old = and_(inbox.c.received_at < before, inbox.c.answered_at.is_not(None))
            await connection.execute(delete(inbox).where(old))
            await connection.execute(delete(deliveries).where(deliveries.c.received_at < before))

    # --- what is remembered ---

    async def remembered(self, address: Address) -> Remembered:
        """What is remembered of a person in a conversation."""
        person = address.person
        here = and_(jobs.c.person == person, jobs.c.place == address.place)
        with translated():
            async with self._engine.connect() as connection:
                preference = await connection.scalar(select(preferences.c.data).where(preferences.c.person == person))
                newest = select(jobs.c.data).where(here).order_by(jobs.c.accepted_at.desc())
                last = await _newest(connection, newest, address)
                shown = await _newest(connection, newest.where(jobs.c.state == State.SUCCEEDED.value), address)
                waiting = await connection.scalar(
                    select(pending.c.data).where(pending.c.person == person, pending.c.place == address.topic)
                )
                offer = await _newest_offer(connection, address)
                unended = await connection.scalars(
                    select(jobs.c.data)
                    .where(jobs.c.person == person, jobs.c.ended.is_(False))
                    .order_by(jobs.c.accepted_at)
                )
                open_jobs = tuple(job for data in unended if (job := loaded(JOB, data)) is not None)
        return Remembered(
            preference=loaded(PREFERENCE, preference),
            last_job=last,
            last_picture=picture_of(shown),
            offer=offer,
            pending=loaded(PENDING, waiting),
            unended=open_jobs,
        )

    async def offer(self, job_id: str) -> Offer | None:
        """The offer under a failed job; None if there never was one."""
        query = (
            select(offers.c.opened_at, offers.c.used_at, jobs.c.data)
            .join(jobs, jobs.c.id == offers.c.job)
            .where(offers.c.job == job_id)
        )
        with translated():
            async with self._engine.connect() as connection:
                row = (await connection.execute(query)).first()
        return _offer(row.data, row.opened_at, row.used_at) if row is not None else None

    async def usage(self, person: str) -> tuple[int, int]:
        """How many pictures were paid for this person through the bot, and their points."""
        query = select(func.count(), func.coalesce(func.sum(jobs.c.points), 0)).where(
            jobs.c.person == person, jobs.c.points > 0
        )
        with translated():
            async with self._engine.connect() as connection:
                count, points = (await connection.execute(query)).one()
        return int(count), int(points)

    # --- jobs ---

    async def save_job(self, job: Job) -> None:
        """Save the state of a job, and open its offer where one was made."""
        async with self._changing() as connection:
            await connection.execute(update(jobs).where(jobs.c.id == job.id).values(**_job_row(job)))
            if job.offered_at is not None:
                await _open_offer(connection, job, job.offered_at)
            if job.sent:
                await _remember_shown(connection, job)

    async def unended_jobs(self) -> list[Job]:
        """All jobs that are to go on, oldest first."""
        query = select(jobs.c.data).where(jobs.c.ended.is_(False)).order_by(jobs.c.accepted_at)
        with translated():
            async with self._engine.connect() as connection:
                found = [loaded(JOB, data) for data in await connection.scalars(query)]
        return [job for job in found if job is not None]

    async def job(self, job_id: str) -> Job | None:
        """One job by its id."""
        with translated():
            async with self._engine.connect() as connection:
                data = await connection.scalar(select(jobs.c.data).where(jobs.c.id == job_id))
        return loaded(JOB, data)

    async def job_of(self, platform: str, message: str) -> Job | None:
        """The job that a message of ours is about; None where it is none of a job's."""
        query = (
            select(jobs.c.data)
            .join(shown, shown.c.job == jobs.c.id)
            .where(shown.c.platform == platform, shown.c.message == message)
        )
        with translated():
            async with self._engine.connect() as connection:
                data = await connection.scalar(query)
        return loaded(JOB, data)

    async def newest_jobs(self, most: int) -> list[JobSummary]:
        """The newest jobs, newest first."""
        query = select(jobs.c.data, jobs.c.points).order_by(jobs.c.accepted_at.desc()).limit(most)
        with translated():
            async with self._engine.connect() as connection:
                rows = await connection.execute(query)
                found = [(loaded(JOB, row.data), row.points) for row in rows]
        return [JobSummary(job, points) for job, points in found if job is not None]

    async def undelivered(self) -> int:
        """How many paid pictures could not be delivered, or wait to be tried again."""
        query = select(func.count()).select_from(jobs).where(jobs.c.state == State.UNDELIVERED.value)
        with translated():
            async with self._engine.connect() as connection:
                return int(await connection.scalar(query) or 0)


async def _to_its_end(writing: asyncio.Task[None]) -> None:
    """Wait for it, also when cancelled: it writes for others too, and a write that is torn off leaves a thread."""
    try:
        await asyncio.shield(writing)
    except asyncio.CancelledError:
        await asyncio.wait((writing,))
        raise


async def _take(connection: AsyncConnection, incoming: Incoming, at: float) -> bool:
    address, event = incoming.address, incoming.event
    seen = await connection.scalar(select(inbox.c.received_at).where(_is_message(address.platform, address.message)))
    if seen is not None:
        return False
    if event is not None:
        if await connection.scalar(select(deliveries.c.event).where(_is_delivery(address.platform, event))):
            return False
        delivery = {"platform": address.platform, "event": event, "received_at": at}
        await connection.execute(insert(deliveries), [delivery])
    row = {
        "platform": address.platform,
        "message": address.message,
        "received_at": at,
        "payload": INCOMING.dump(incoming),
    }
    await connection.execute(insert(inbox), [row])
    return True


def _is_message(platform: str, message: str) -> ColumnElement[bool]:
    return and_(inbox.c.platform == platform, inbox.c.message == message)


def _is_delivery(platform: str, event: str) -> ColumnElement[bool]:
    return and_(deliveries.c.platform == platform, deliveries.c.event == event)


def _job_row(job: Job) -> dict[str, str | float | bool]:
    address = job.request.address
    return {
        "id": job.id,
        "person": address.person,
        "place": address.place,
        "state": job.state.value,
        "ended": job.ended,
        "accepted_at": job.accepted_at,
        "points": job.quote.points if job.quote is not None and job.created_at is not None else 0,
        "data": JOB.dump(job),
    }


def _offer(data: str, opened_at: float, used_at: float | None) -> Offer | None:
    job = loaded(JOB, data)
    if job is None:
        return None
    return Offer(job.id, job.request, job.offer or (), opened_at, used_at is not None)


def picture_of(job: Job | None) -> LinkedImage | None:
    """The result of a job as an input of the next request, with its shape; None where there is none."""
    if job is None or job.picture is None:
        return None
    sides = job.stored or job.picture
    veiled = any(image.veiled for image in job.request.images)
    return LinkedImage(job.picture.url, nearest_shape(sides.width, sides.height), veiled)


async def _newest(connection: AsyncConnection, query: Select[tuple[str]], address: Address) -> Job | None:
    """The newest job that is remembered there: mostly the very newest, so that others are seldom read."""
    for most in (1, MOST_TOPICS):
        rows = (await connection.execute(query.limit(most))).all()
        for row in rows:
            job = loaded(JOB, row.data)
            if job is not None and address.sees(job.request.address):
                return job
        if len(rows) < most:
            break
    return None


async def _newest_offer(connection: AsyncConnection, address: Address) -> Offer | None:
    query = (
        select(offers.c.opened_at, offers.c.used_at, jobs.c.data)
        .join(jobs, jobs.c.id == offers.c.job)
        .where(offers.c.person == address.person, offers.c.place == address.place)
        .order_by(offers.c.opened_at.desc())
    )
    for most in (1, MOST_TOPICS):
        rows = (await connection.execute(query.limit(most))).all()
        for row in rows:
            offer = _offer(row.data, row.opened_at, row.used_at)
            if offer is not None and address.sees(offer.request.address):
                return offer
        if len(rows) < most:
            break
    return None


async def _open_offer(connection: AsyncConnection, job: Job, at: float) -> None:
    if await connection.scalar(select(offers.c.job).where(offers.c.job == job.id)) is None:
        address = job.request.address
        row = {"job": job.id, "person": address.person, "place": address.place, "opened_at": at}
        await connection.execute(insert(offers), [row])


async def _remember_shown(connection: AsyncConnection, job: Job) -> None:
    """Each message of a job is known as one of its: whoever quotes its start or its failure means it too."""
    platform = job.request.address.platform
    messages = {ref.message for ref in job.sent.values() if ref.platform == platform}
    ours = and_(shown.c.platform == platform, shown.c.message.in_(messages))
    known = set(await connection.scalars(select(shown.c.message).where(ours)))
    rows = [{"platform": platform, "message": each, "job": job.id} for each in sorted(messages - known)]
    if rows:
        await connection.execute(insert(shown), rows)


async def _use_offer(connection: AsyncConnection, job_id: str, at: float) -> bool:
    used = await connection.execute(
        update(offers).where(offers.c.job == job_id, offers.c.used_at.is_(None)).values(used_at=at)
    )
    return used.rowcount == 1


async def _remember(connection: AsyncConnection, address: Address, reaction: Reaction) -> None:
    person, place = address.person, address.topic
    if reaction.save_preference is not None or reaction.clear_preference:
        await connection.execute(delete(preferences).where(preferences.c.person == person))
    if reaction.save_preference is not None:
        saved = {"person": person, "data": PREFERENCE.dump(reaction.save_preference)}
        await connection.execute(insert(preferences), [saved])
    if reaction.forget_pending:
        await connection.execute(delete(pending).where(pending.c.person == person, pending.c.place == place))
    if reaction.pending is not None:
        row = {
            "person": person,
            "place": place,
            "at": reaction.pending.at,
            "data": PENDING.dump(reaction.pending),
        }
        await connection.execute(insert(pending), [row])
