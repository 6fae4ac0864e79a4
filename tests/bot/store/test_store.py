"""What the store promises: taken once, answered once, offered once, and the same after it is opened again."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot.store import Store, StoreError, look_at_store, open_store
from bot.store.opening import HEAD, migrate
from bot.store.schema import metadata
from protocol.failures import Alternative, FailureReason
from protocol.job import Job, Produced, State, StoredPicture
from protocol.messages import Address, AttachedImage, Incoming, LinkedImage
from protocol.notices import Chat
from protocol.reaction import Ignore, Reaction, Say, StartJob
from protocol.situation import Pending, Preference
from tests.protocol.builders import ADDRESS, FLASH, JOB, NOW, PRICES, PRO, QUOTE, REF, REQUEST

INCOMING = Incoming(
    address=ADDRESS,
    text="画一张猫 🐱",
    sent_at=NOW,
    images=(LinkedImage("https://example.com/a.png"), AttachedImage("playground", "x")),
)
OFFERED = (Alternative(PRO, "1K", 10, "high_quality"),)
STARTS = Reaction(StartJob(REQUEST), "zh", forget_pending=True)
FULL = replace(
    JOB,
    state=State.DELIVERING,
    sent={"acknowledgement": REF, "progress-0": REF},
    quote=QUOTE,
    announced=QUOTE,
    prices=PRICES,
    task_id="task-1",
    created_at=NOW + 1.5,
    picture=Produced("https://example.com/p.png", "c", 3, 4),
    stored=StoredPicture("p.png", "image/png", 3, 4, refitted=True),
    failure=FailureReason.TIMED_OUT,
    offer=OFFERED,
    request=replace(REQUEST, images=INCOMING.images, aspect_ratio="16:9"),
)


def url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'imabot.db'}"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await open_store(url(tmp_path))
    yield opened
    await opened.close()


async def begin(store: Store, job: Job, message: str = "m1") -> None:
    incoming = replace(INCOMING, address=replace(job.request.address, message=message))
    await store.record(incoming, NOW)
    assert await store.answer(incoming, STARTS, NOW, job=job, text=None) == "done"


async def test_a_message_is_taken_once(store: Store) -> None:
    assert await store.record(INCOMING, NOW)
    assert not await store.record(INCOMING, NOW + 1)


async def test_a_message_is_unanswered_until_it_is_answered(store: Store) -> None:
    await store.record(INCOMING, NOW)
    assert [row.incoming for row in await store.unanswered()] == [INCOMING]
    await store.answer(INCOMING, Reaction(Ignore(), "zh"), NOW, job=None, text=None)
    assert await store.unanswered() == []


async def test_a_job_is_read_back_as_it_was_saved(store: Store) -> None:
    await begin(store, JOB)
    await store.save_job(FULL)
    assert await store.unended_jobs() == [FULL]
    assert await store.job("job-1") == FULL


async def test_an_ended_job_does_not_go_on(store: Store) -> None:
    await begin(store, JOB)
    await store.save_job(replace(FULL, state=State.SUCCEEDED))
    assert await store.unended_jobs() == []


async def test_a_reply_is_kept_until_it_is_sent(store: Store) -> None:
    await store.record(INCOMING, NOW)
    await store.answer(INCOMING, Reaction(Say(Chat()), "zh"), NOW, job=None, text="你好")
    [waiting] = await store.unsent_replies(NOW - 1)
    assert (waiting.reply.address, waiting.reply.text) == (ADDRESS, "你好")
    assert await store.unsent_replies(NOW + 1) == []
    await store.reply_sent("playground", "m1", NOW)
    assert await store.unsent_replies(NOW - 1) == []


async def test_what_is_remembered_belongs_to_a_person_in_a_conversation(store: Store) -> None:
    await begin(store, JOB)
    await store.save_job(replace(FULL, state=State.SUCCEEDED))
    remembered = await store.remembered(ADDRESS)
    assert remembered.last_job is not None
    assert remembered.last_job.request == FULL.request
    assert remembered.last_picture == LinkedImage("https://example.com/p.png", "3:4")
    elsewhere = await store.remembered(replace(ADDRESS, conversation="other"))
    assert (elsewhere.last_job, elsewhere.last_picture) == (None, None)


async def test_running_jobs_count_over_all_conversations(store: Store) -> None:
    await begin(store, JOB)
    elsewhere = await store.remembered(replace(ADDRESS, conversation="other"))
    assert elsewhere.unended == (JOB,)
    assert (await store.remembered(replace(ADDRESS, user="tom"))).unended == ()


async def test_a_preference_is_saved_replaced_and_cleared(store: Store) -> None:
    for number, (saved, expected) in enumerate(
        [(Preference(PRO, "2K"), Preference(PRO, "2K")), (Preference(FLASH), Preference(FLASH)), (None, None)]
    ):
        incoming = replace(INCOMING, address=replace(ADDRESS, message=f"p{number}"))
        reaction = Reaction(Ignore(), "zh", save_preference=saved, clear_preference=saved is None)
        await store.record(incoming, NOW)
        await store.answer(incoming, reaction, NOW, job=None, text=None)
        assert (await store.remembered(ADDRESS)).preference == expected


async def test_what_waits_for_an_answer_is_replaced_and_forgotten(store: Store) -> None:
    waiting = Pending(NOW, "zh", images=INCOMING.images, prompt="p")
    for number, expected in enumerate((waiting, replace(waiting, prompt="q"), None)):
        incoming = replace(INCOMING, address=replace(ADDRESS, message=f"w{number}"))
        await store.record(incoming, NOW)
        reaction = Reaction(Ignore(), "zh", pending=expected, forget_pending=True)
        await store.answer(incoming, reaction, NOW, job=None, text=None)
        assert (await store.remembered(ADDRESS)).pending == expected


async def test_a_message_is_answered_once_whoever_tries_again(store: Store) -> None:
    """A commit whose answer was lost must not make a second job."""
    await begin(store, JOB)
    again = replace(INCOMING, address=replace(ADDRESS, message="m1"))
    assert await store.answer(again, STARTS, NOW, job=replace(JOB, id="job-2"), text=None) == "already"
    assert await store.job("job-2") is None


async def test_what_was_talked_of_in_one_thread_is_not_what_is_talked_of_in_another(store: Store) -> None:
    """What was said outside of any is remembered in all of them."""

    def there(thread: str | None) -> Address:
        return replace(ADDRESS, thread=thread)

    for number, thread in enumerate((None, "a", "b")):
        request = replace(FULL.request, address=there(thread), prompt=f"in {thread}")
        job = replace(FULL, id=f"job-{number}", request=request, accepted_at=NOW + number)
        await begin(store, job, f"m{number}")
        await store.save_job(replace(job, state=State.FAILED, offered_at=NOW + number))
        asked = Incoming(replace(there(thread), message=f"p{number}"), "", NOW)
        await store.record(asked, NOW)
        waits = Reaction(Ignore(), "zh", pending=Pending(NOW, "zh", prompt=f"in {thread}"), forget_pending=True)
        await store.answer(asked, waits, NOW, job=None, text=None)
    for thread, known in ((None, "in None"), ("a", "in a"), ("b", "in b"), ("c", "in None")):
        found = await store.remembered(there(thread))
        assert found.last_job is not None
        assert found.offer is not None
        assert (found.last_job.request.prompt, found.offer.request.prompt) == (known, known)
        assert (found.pending.prompt if found.pending is not None else None) == (known if thread != "c" else None)


async def test_an_offer_is_taken_once_and_a_second_taker_changes_nothing(store: Store) -> None:
    await begin(store, JOB)
    await store.save_job(replace(FULL, state=State.FAILED, offered_at=NOW + 5))
    offer = await store.offer("job-1")
    assert offer is not None
    assert (offer.alternatives, offer.opened_at, offer.used) == (OFFERED, NOW + 5, False)
    taking = replace(STARTS, takes_offer="job-1")
    first, second = (replace(INCOMING, address=replace(ADDRESS, message=each)) for each in ("p1", "p2"))
    await store.record(first, NOW)
    await store.record(second, NOW)
    assert await store.answer(first, taking, NOW + 6, job=replace(JOB, id="job-2"), text=None) == "done"
    assert await store.answer(second, taking, NOW + 6, job=replace(JOB, id="job-3"), text=None) == "taken"
    assert await store.job("job-3") is None
    remembered = await store.remembered(ADDRESS)
    assert remembered.offer is not None
    assert remembered.offer.used


async def test_usage_counts_what_was_paid(store: Store) -> None:
    await begin(store, JOB, "m1")
    await begin(store, replace(JOB, id="job-2"), "m2")
    await store.save_job(replace(FULL, state=State.SUCCEEDED))
    assert await store.usage(ADDRESS.person) == (1, 6)
    assert await store.usage("playground:tom") == (0, 0)


async def test_everything_is_there_again_after_the_database_was_closed(tmp_path: Path) -> None:
    opened = await open_store(url(tmp_path))
    await begin(opened, JOB)
    await opened.close()
    opened = await open_store(url(tmp_path))
    assert await opened.unended_jobs() == [JOB]
    assert not await opened.record(INCOMING, NOW)
    await opened.close()


def tables_of(connection: Connection) -> dict[str, tuple[object, ...]]:
    """Every table with its columns, key and indexes, as the database has them."""
    found = inspect(connection)
    return {
        name: (
            [(each["name"], str(each["type"]), each["nullable"], each["default"]) for each in found.get_columns(name)],
            found.get_pk_constraint(name)["constrained_columns"],
            sorted((str(each["name"]), each["column_names"], each["unique"]) for each in found.get_indexes(name)),
        )
        for name in found.get_table_names()
        if name != "alembic_version"
    }


async def test_a_new_database_is_what_the_migrations_make_step_by_step(tmp_path: Path) -> None:
    await (await open_store(url(tmp_path))).close()
    made, stepwise = (create_async_engine(each) for each in (url(tmp_path), "sqlite+aiosqlite://"))
    async with made.connect() as new, stepwise.begin() as empty:
        await empty.run_sync(migrate)
        for connection in (new, empty):
            assert await connection.scalar(text("SELECT version_num FROM alembic_version")) == HEAD
        tables = await new.run_sync(tables_of)
        assert tables == await empty.run_sync(tables_of)
    assert set(tables) == set(metadata.tables)
    for engine in (made, stepwise):
        await engine.dispose()


async def test_a_first_start_that_was_cut_off_is_finished_by_the_next(tmp_path: Path) -> None:
    engine = create_async_engine(url(tmp_path))
    async with engine.begin() as connection:
        await connection.run_sync(lambda sync: metadata.tables["inbox"].create(sync))
    await engine.dispose()
    store = await open_store(url(tmp_path))
    assert await store.unended_jobs() == []
    await store.close()


async def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "imabot.db")) as connection:
        connection.execute("CREATE TABLE jobs (title TEXT, salary INTEGER)")
        connection.commit()
        with pytest.raises(StoreError, match="belongs to another program"):
            await open_store(url(tmp_path))
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("jobs",)]


async def test_a_version_that_no_step_leads_from_is_a_plain_line(tmp_path: Path) -> None:
    marked(tmp_path / "imabot.db", "0000")
    with pytest.raises(StoreError, match="does not know"):
        await open_store(url(tmp_path))


async def test_a_state_is_on_the_disk_before_the_paid_call_leaves(store: Store) -> None:
    async with store._engine.connect() as connection:
        assert await connection.scalar(text("PRAGMA synchronous")) == 2
        assert await connection.scalar(text("PRAGMA journal_mode")) == "wal"


async def test_old_answered_messages_are_forgotten_and_unanswered_ones_are_not(store: Store) -> None:
    await store.record(INCOMING, NOW)
    open_one = replace(INCOMING, address=replace(ADDRESS, message="open"))
    await store.record(open_one, NOW)
    await store.answer(INCOMING, Reaction(Ignore(), "zh"), NOW, job=None, text=None)
    await store.forget_messages(NOW + 1)
    assert [row.incoming for row in await store.unanswered()] == [open_one]
    assert await store.record(INCOMING, NOW)


async def test_a_damaged_database_is_a_plain_line(tmp_path: Path) -> None:
    (tmp_path / "imabot.db").write_bytes(b"this is not a database, it is a letter to a friend" * 100)
    with pytest.raises(StoreError, match="damaged"):
        await open_store(url(tmp_path))


async def test_a_database_in_a_folder_that_is_not_there_is_a_plain_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        await open_store(url(tmp_path / "missing"))


async def test_a_database_that_another_program_holds_is_a_plain_line_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And many who come meanwhile wait for it once, not one after the other."""
    monkeypatch.setattr("bot.store.opening.BUSY_SECONDS", 0.05)
    opened = await open_store(url(tmp_path))
    holder = sqlite3.connect(tmp_path / "imabot.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    tried = 0
    transaction = opened._transaction

    def counted() -> AbstractAsyncContextManager[AsyncConnection]:
        nonlocal tried
        tried += 1
        return transaction()

    monkeypatch.setattr(opened, "_transaction", counted)
    many = [replace(INCOMING, address=replace(ADDRESS, message=f"many{number}")) for number in range(20)]
    found = await asyncio.gather(*(opened.record(each, NOW) for each in many), return_exceptions=True)
    assert {str(each) for each in found} == {"the database is locked by another program"}
    assert tried <= 2
    holder.execute("ROLLBACK")
    holder.close()
    assert await opened.record(INCOMING, NOW)
    await opened.close()


async def test_a_row_of_another_version_is_left_alone_and_holds_up_nobody_else(store: Store) -> None:
    await begin(store, JOB)
    await begin(store, replace(JOB, id="job-2"), "m2")
    async with store._engine.begin() as connection:
        await connection.execute(text("""UPDATE jobs SET data = '{"id": "job-1"}' WHERE id = 'job-1'"""))
        await connection.execute(text("INSERT INTO preferences VALUES ('playground:mei', '{}')"))
    assert [job.id for job in await store.unended_jobs()] == ["job-2"]
    assert await store.job("job-1") is None
    remembered = await store.remembered(ADDRESS)
    assert ([job.id for job in remembered.unended], remembered.preference) == (["job-2"], None)


async def test_a_full_disk_is_a_plain_line_until_there_is_room_again(store: Store) -> None:
    """Reading still works there: the check must not believe it."""
    async with store._engine.connect() as connection:
        pages = await connection.scalar(text("PRAGMA page_count"))
        await connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    long = replace(INCOMING, text="很长" * 20_000)
    with pytest.raises(StoreError, match="disk is full"):
        await store.record(long, NOW)
    async with store._engine.connect() as connection:
        await connection.execute(text("PRAGMA max_page_count = 1000000"))
    await store.check()
    assert await store.record(long, NOW)


def marked(file: Path, version: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES (?)", (version,))
        connection.commit()


async def test_a_database_of_a_newer_version_is_a_plain_line(tmp_path: Path) -> None:
    marked(tmp_path / "imabot.db", "9999")
    for opening in (open_store, look_at_store):
        with pytest.raises(StoreError, match="newer version of imabot"):
            await opening(url(tmp_path))


async def test_looking_tells_the_version_and_changes_nothing(tmp_path: Path) -> None:
    marked(tmp_path / "imabot.db", "0000")
    assert await look_at_store(url(tmp_path)) == "0000"
    store = await open_store(f"sqlite+aiosqlite:///{tmp_path / 'other.db'}")
    await store.close()
    assert await look_at_store(f"sqlite+aiosqlite:///{tmp_path / 'other.db'}") == HEAD


async def test_a_database_whose_driver_is_not_installed_is_a_plain_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    with pytest.raises(StoreError, match="needs the Python package asyncpg"):
        await open_store("postgresql+asyncpg://bot:secret@localhost/bot")


async def test_the_same_delivery_is_taken_once_whatever_message_it_names(store: Store) -> None:
    """A platform that has ids of deliveries may bring one twice, for days."""
    first = replace(INCOMING, event="e1")
    assert await store.record(first, NOW)
    assert not await store.record(replace(first, address=replace(ADDRESS, message="other")), NOW)
    assert not await store.record(replace(first, event="e2"), NOW)
    assert await store.record(replace(first, event="e3", address=replace(ADDRESS, message="other")), NOW)
    await store.forget_messages(NOW + 1)
    assert await store.record(replace(first, address=replace(ADDRESS, message="third")), NOW)


async def test_each_message_of_a_job_is_known_as_one_of_its(store: Store) -> None:
    acknowledged = replace(FULL, sent={"acknowledgement": REF})
    await begin(store, acknowledged)
    await store.save_job(acknowledged)
    job = replace(FULL, state=State.SUCCEEDED, sent={"acknowledgement": REF, "result": replace(REF, message="shown")})
    await store.save_job(job)
    await store.save_job(job)
    assert await store.job_of(REF.platform, "shown") == job
    assert await store.job_of(REF.platform, REF.message) == job
    assert await store.job_of(REF.platform, "another") is None
    assert await store.job_of("elsewhere", "shown") is None


async def test_many_messages_at_once_are_taken_together_and_each_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a platform waits for does not grow with the number of those who write."""
    commits = 0
    transaction = store._transaction

    def counted() -> AbstractAsyncContextManager[AsyncConnection]:
        nonlocal commits
        commits += 1
        return transaction()

    monkeypatch.setattr(store, "_transaction", counted)
    many = [replace(INCOMING, address=replace(ADDRESS, message=f"m{number}")) for number in range(30)]
    taken = await asyncio.gather(*(store.record(each, NOW) for each in [*many, *many]))
    assert (taken.count(True), taken.count(False)) == (30, 30)
    assert commits <= 2
    assert len(await store.unanswered()) == 30


async def test_one_that_cannot_be_taken_holds_up_nobody_else(store: Store) -> None:
    async with store._engine.connect() as connection:
        pages = await connection.scalar(text("PRAGMA page_count"))
        await connection.execute(text(f"PRAGMA max_page_count = {pages + 4}"))
    small = [replace(INCOMING, address=replace(ADDRESS, message=f"m{number}")) for number in range(3)]
    large = replace(INCOMING, address=replace(ADDRESS, message="large"), text="很长" * 40_000)
    found = await asyncio.gather(*(store.record(each, NOW) for each in [*small, large]), return_exceptions=True)
    assert found[:3] == [True, True, True]
    assert isinstance(found[3], StoreError)


async def test_whoever_writes_for_all_and_is_cancelled_loses_nobody_elses_message(store: Store) -> None:
    many = [replace(INCOMING, address=replace(ADDRESS, message=f"m{number}")) for number in range(5)]
    async with store._turns.turn():
        tasks = [asyncio.create_task(store.record(each, NOW)) for each in many]
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    tasks[0].cancel()
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert found[1:] == [True] * 4
