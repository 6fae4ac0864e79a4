"""The store's one error, worded for the admin."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

DAMAGED = "the database file is damaged"
LOCKED = "the database is locked by another program"

# What SQLite says → what the admin should know. The first match counts.
_PLAIN = (
    ("database is locked", LOCKED),
    ("database table is locked", LOCKED),
    ("readonly database", "the database cannot be written to: the disk or the file is read-only"),
    ("read-only", "the database cannot be written to: the disk or the file is read-only"),
    ("disk is full", "the disk is full"),
    ("malformed", DAMAGED),
    ("not a database", "the database file is damaged or is something else"),
    ("disk i/o error", "the disk does not answer properly"),
    ("unable to open", "the database cannot be opened: check that the folder exists and may be written to"),
)


class StoreError(Exception):
    """The database cannot be used just now. The text is one plain line for the admin."""


class StoreBusy(StoreError):
    """Another program holds the database, or all connections are in use: each new attempt waits as long again."""


class UnreadableRow(Exception):
    """One row was written by a version that this one does not understand."""


@contextmanager
def translated() -> Iterator[None]:
    """Turns the database library's errors into `StoreError`, at this boundary only."""
    try:
        yield
    except DatabaseError as error:
        said = str(error.orig).lower()
        plain = next((plain for part, plain in _PLAIN if part in said), "the database reports an error")
        raise (StoreBusy if plain == LOCKED else StoreError)(plain) from error
    except PoolTimeout as error:
        raise StoreBusy("all connections to the database are in use") from error
    except SQLAlchemyError as error:
        raise StoreError("the database cannot be used") from error
