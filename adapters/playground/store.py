"""The platform's memory: what was said survives the process, and a key is used once.

Every operation opens its own connection, in a thread: nothing is left open at shutdown, and a process that is
killed leaves a consistent file behind (write-ahead log).
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from .records import Message, decode, encode

T = TypeVar("T")

_SCHEMA = (
    """
CREATE TABLE IF NOT EXISTS messages (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    conversation TEXT NOT NULL,
    body TEXT NOT NULL,
    change INTEGER UNIQUE
)
""",
    "CREATE INDEX IF NOT EXISTS by_conversation ON messages (conversation, position)",
    """
CREATE TABLE IF NOT EXISTS sends (
    key TEXT PRIMARY KEY,
    message TEXT NOT NULL
) WITHOUT ROWID
""",
)
_NEXT_CHANGE = "(SELECT coalesce(max(change), 0) + 1 FROM messages)"
_COLUMNS = "SELECT body, position, coalesce(change, 0) FROM messages"


class StoreError(Exception):
    """The file of the conversations cannot be used: locked, broken, read-only or the disk is full."""


class UnknownMessage(Exception):
    """There is no such message."""


class Store:
    """Messages by position, and the keys they were sent under."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def prepare(self) -> None:
        """Create the file where there is none. Raises `StoreError`."""
        with self._transaction() as connection:
            for statement in _SCHEMA:
                connection.execute(statement)

    async def reserve(self, message: Message) -> Message | None:
        """Give a person's message its place, unseen until `accept`; or return it where it was accepted before."""

        def work(connection: sqlite3.Connection) -> Message | None:
            known = _find(connection, message.id)
            if known is not None and known.change:
                return known
            connection.execute("DELETE FROM messages WHERE id = ?", (message.id,))
            connection.execute(
                "INSERT INTO messages (id, conversation, body) VALUES (?, ?, ?)",
                (message.id, message.conversation, encode(message)),
            )
            return None

        return await self._do(work)

    async def accept(self, identity: str) -> Message:
        """Show a reserved message."""

        def work(connection: sqlite3.Connection) -> Message:
            connection.execute(
                f"UPDATE messages SET change = {_NEXT_CHANGE} WHERE id = ? AND change IS NULL",  # noqa: S608
                (identity,),
            )
            return _get(connection, identity)

        return await self._do(work)

    async def sent(self, key: str) -> str | None:
        """The id of the message that was sent under this key."""
        return await self._do(lambda connection: _sent(connection, key))

    async def add(self, key: str, message: Message) -> str:
        """Show the bot's message once under its key; returns the id of the first one."""

        def work(connection: sqlite3.Connection) -> str:
            first = _sent(connection, key)
            if first is not None:
                return first
            connection.execute(
                f"INSERT INTO messages (id, conversation, body, change) VALUES (?, ?, ?, {_NEXT_CHANGE})",  # noqa: S608
                (message.id, message.conversation, encode(message)),
            )
            connection.execute("INSERT INTO sends VALUES (?, ?)", (key, message.id))
            return message.id

        return await self._do(work)

    async def edit(self, key: str, conversation: str, identity: str, text: str, percent: int | None) -> None:
        """Replace the words of a message, once under this key. Raises `UnknownMessage`."""

        def work(connection: sqlite3.Connection) -> None:
            if _sent(connection, key) is not None:
                return
            message = _get(connection, identity)
            if message.conversation != conversation:
                raise UnknownMessage(identity)
            connection.execute(
                f"UPDATE messages SET body = ?, change = {_NEXT_CHANGE} WHERE id = ?",  # noqa: S608
                (encode(replace(message, text=text, percent=percent)), identity),
            )
            connection.execute("INSERT INTO sends VALUES (?, ?)", (key, identity))

        await self._do(work)

    async def get(self, identity: str) -> Message:
        """One message that is shown. Raises `UnknownMessage`."""

        def work(connection: sqlite3.Connection) -> Message:
            message = _get(connection, identity)
            if not message.change:
                raise UnknownMessage(identity)
            return message

        return await self._do(work)

    async def named(self, identities: Iterable[str]) -> dict[str, Message]:
        """Those of the messages that exist, by id, shown or reserved: what a reply quotes."""
        wanted = sorted(set(identities) - {""})

        def work(connection: sqlite3.Connection) -> dict[str, Message]:
            found = (_find(connection, identity) for identity in wanted)
            return {message.id: message for message in found if message is not None}

        return await self._do(work) if wanted else {}

    async def changes(self, after: int, limit: int) -> list[Message]:
        """What is new or edited since that change, in order."""

        def work(connection: sqlite3.Connection) -> list[Message]:
            return _all(connection, "WHERE change > ? ORDER BY change LIMIT ?", after, limit)

        return await self._do(work)

    async def history(self, conversation: str, before: int | None, limit: int) -> list[Message]:
        """The last messages of a conversation (those before a position), oldest first."""

        def work(connection: sqlite3.Connection) -> list[Message]:
            return _all(
                connection,
                "WHERE conversation = ? AND position < ? AND change IS NOT NULL ORDER BY position DESC LIMIT ?",
                conversation,
                before if before is not None else 2**62,
                limit,
            )[::-1]

        return await self._do(work)

    async def last_change(self) -> int:
        """Where a live stream goes on from now."""

        def work(connection: sqlite3.Connection) -> int:
            return int(connection.execute("SELECT coalesce(max(change), 0) FROM messages").fetchone()[0])

        return await self._do(work)

    async def pictures(self) -> set[str]:
        """The names of all pictures that a message shows."""

        def work(connection: sqlite3.Connection) -> set[str]:
            return {picture.name for message in _all(connection, "") for picture in message.pictures}

        return await self._do(work)

    async def forget(self, before: float) -> None:
        """Delete messages from before then. The newest change stays: later ones are counted from it."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "DELETE FROM messages WHERE json_extract(body, '$.at') < ?"
                " AND coalesce(change, 0) < (SELECT coalesce(max(change), 0) FROM messages)",
                (before,),
            )
            connection.execute("DELETE FROM sends WHERE message NOT IN (SELECT id FROM messages)")

        await self._do(work)

    async def _do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        def run() -> T:
            with self._transaction() as connection:
                return work(connection)

        return await asyncio.to_thread(run)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, timeout=5, isolation_level=None)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield connection
                except BaseException:
                    connection.execute("ROLLBACK")
                    raise
                connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise StoreError(f"{self._path} cannot be used: {error}") from error


def _all(connection: sqlite3.Connection, where: str, *values: str | int) -> list[Message]:
    rows = connection.execute(f"{_COLUMNS} {where}", values)
    return [decode(body, position, change) for body, position, change in rows]


def _find(connection: sqlite3.Connection, identity: str) -> Message | None:
    return next(iter(_all(connection, "WHERE id = ?", identity)), None)


def _get(connection: sqlite3.Connection, identity: str) -> Message:
    message = _find(connection, identity)
    if message is None:
        raise UnknownMessage(identity)
    return message


def _sent(connection: sqlite3.Connection, key: str) -> str | None:
    row = connection.execute("SELECT message FROM sends WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])
