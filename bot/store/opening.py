"""Opening the database: the engine, its pragmas, the migrations."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Protocol

from sqlalchemy import Column, Connection, MetaData, String, Table, event, insert, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.store.errors import DAMAGED, StoreError, translated
from bot.store.schema import metadata
from bot.store.store import Store

BUSY_SECONDS = 5.0

LAST_WORDS_SECONDS = 1.0

HEAD = "0002"
"""The newest migration. Its number is compared first, so that a start without one does not load the tool."""


class _Cursor(Protocol):
    def execute(self, statement: str) -> object: ...
    def close(self) -> None: ...


class _DriverConnection(Protocol):
    def cursor(self) -> _Cursor: ...


async def open_store(url: str) -> Store:
    """Opens the database and brings its tables up to date. Raises `StoreError` with a plain line."""
    engine = _engine(url)
    try:
        with translated():
            async with engine.begin() as connection:
                await connection.run_sync(_upgrade)
    except BaseException:
        await engine.dispose()
        await _last_words()
        raise
    return Store(engine)


async def _last_words() -> None:
    """The driver's thread of a connection that failed has one more word for its loop, which must still be there.

    Otherwise it ends with a traceback among the plain lines.
    """
    for thread in threading.enumerate():
        if "_connection_worker_thread" in thread.name:
            await asyncio.to_thread(thread.join, LAST_WORDS_SECONDS)


async def look_at_store(url: str) -> str | None:
    """The newest migration that a database has had, None for an empty one; nothing in it is changed.

    Raises `StoreError` where it cannot be opened, is damaged, is of a newer version, or cannot be written to.
    """
    engine = _engine(url)
    try:
        with translated():
            async with engine.connect() as connection:
                if engine.dialect.name == "sqlite":
                    found = (await connection.exec_driver_sql("PRAGMA quick_check(1)")).scalar()
                    if found != "ok":
                        raise StoreError(DAMAGED)
                    await connection.commit()
                    # Takes the write lock, and gives it back.
                    await connection.exec_driver_sql("BEGIN IMMEDIATE")
                return await connection.run_sync(_version)
    finally:
        await engine.dispose()


def file_of(url: str) -> Path | None:
    """The file that the database is, None where it is none."""
    scheme, _, path = url.partition(":///")
    return Path(path.partition("?")[0]) if scheme.startswith("sqlite") and path else None


def _engine(url: str) -> AsyncEngine:
    if not url.startswith("sqlite"):
        try:
            return create_async_engine(url, hide_parameters=True)
        except ModuleNotFoundError as error:
            raise StoreError(f"the database needs the Python package {error.name}, which is not installed") from error
    # One connection: SQLite has one writer anyway, and each connection would cost a thread.
    engine = create_async_engine(
        url, pool_size=1, max_overflow=0, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS}
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _pragmas(connection: _DriverConnection, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        # FULL: a state that was saved before a paid call must survive a power cut too.
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    return engine


def _version(connection: Connection) -> str | None:
    """Raises `StoreError` for a version that this code does not know."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    version = None if found is None else str(found)
    if version is not None and version > HEAD:
        raise StoreError("the database was last used by a newer version of imabot, which this one cannot read")
    return version


def _upgrade(connection: Connection) -> None:
    version = _version(connection)
    if version is None:
        _create(connection)
    elif version != HEAD:
        migrate(connection)


def migrate(connection: Connection) -> None:
    """Bring the tables to the newest version, step by step. Raises `StoreError` where no step leads there."""
    # Loaded only where there is something to migrate: it takes 0.3 s and 10 MB that stay.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError("the database is of a version that this imabot does not know") from error


def _create(connection: Connection) -> None:
    """A new database, made at once as the migrations would make it step by step.

    Each table only where it is not there yet: a first start that was cut off half-way is finished by the next.
    """
    found = inspect(connection)
    for name, table in metadata.tables.items():
        if found.has_table(name) and {each["name"] for each in found.get_columns(name)} != set(table.columns.keys()):
            raise StoreError(f"the database belongs to another program: its table {name} is not ours")
    version = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))
    metadata.create_all(connection)
    version.create(connection, checkfirst=True)
    connection.execute(insert(version).values(version_num=HEAD))
