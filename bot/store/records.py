"""Our values as JSON text and back, checked on the way in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.store.errors import StoreError
from protocol.conversation import Pending, Preference
from protocol.job import Job
from protocol.messages import Address, Incoming

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
        """The value again. Raises `StoreError` for a row that this version cannot read."""
        try:
            return self._checked.validate_json(text)
        except ValidationError as error:
            raise StoreError(f"a saved {self._kind.__name__} cannot be read by this version") from error


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply that starts no job, its words already rendered."""

    address: Address
    text: str


INCOMING = Record(Incoming)
JOB = Record(Job)
PENDING = Record(Pending)
PREFERENCE = Record(Preference)
REPLY = Record(Reply)
