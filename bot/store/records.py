"""Our values as JSON text and back, checked on the way in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

import structlog
from pydantic import TypeAdapter, ValidationError

from bot.store.errors import UnreadableRow
from protocol.job import Job
from protocol.messages import Address, Incoming
from protocol.situation import Pending, Preference

log = structlog.get_logger("store")

T = TypeVar("T")


class Record(Generic[T]):
    """One kind of value in a text column."""

    def __init__(self, kind: type[T]) -> None:
        self._kind = kind
        self._adapter: TypeAdapter[T] | None = None

    @property
    def _checked(self) -> TypeAdapter[T]:
        if self._adapter is None:
            self._adapter = TypeAdapter(self._kind)
        return self._adapter

    def dump(self, value: T) -> str:
        """The value as JSON text."""
        return self._checked.dump_json(value).decode()

    def load(self, text: str) -> T:
        """The value again. Raises `UnreadableRow` for one that this version cannot read."""
        try:
            return self._checked.validate_json(text)
        except ValidationError as error:
            raise UnreadableRow(f"a saved {self._kind.__name__} cannot be read by this version") from error


def loaded(record: Record[T], text: str | None) -> T | None:
    """The value, or None where there is none. One that cannot be read is left alone, and said in the log.

    It may be another version's, and one such row must hold up nobody else.
    """
    if text is None:
        return None
    try:
        return record.load(text)
    except UnreadableRow as error:
        log.error("a saved row is left alone", why=str(error))
        return None


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply that starts no job, its words already rendered. `discreet`: for the asker's eyes alone."""

    address: Address
    text: str
    discreet: bool = False


INCOMING = Record(Incoming)
JOB = Record(Job)
PENDING = Record(Pending)
PREFERENCE = Record(Preference)
REPLY = Record(Reply)
