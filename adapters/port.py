"""The port that every platform is behind, and what may go wrong at it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from protocol.messages import Address, AttachedImage, Incoming, MessageRef, Outgoing

# Records the event, durably, and returns; raises `NotRecorded`. It never works inside the platform's handler.
Inbox: TypeAlias = Callable[[Incoming], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that happened underneath: for the curious engineer, never for a user.

    `kind` is what it is about (a decision, a job's state, an event of a job); `fields` are short plain values.
    """

    at: float
    platform: str
    conversation: str
    kind: str
    title: str
    fields: Mapping[str, str]


Observer: TypeAlias = Callable[[Activity], None]


class ConfigurationRefused(Exception):
    """The platform does not accept what is configured, and no new attempt can help; its words say what to change."""


class NotRecorded(Exception):
    """The event could not be taken: the platform should deliver it again, or the user try again."""


class SendError(Exception):
    """Something could not be sent."""


class SendRefused(SendError):
    """The platform will never take it: the conversation is gone, or the permission. Not to be repeated."""


class SendFailed(SendError):
    """It did not work this time and may be repeated under the same key. `retry_after` in seconds, if told."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class AttachmentError(Exception):
    """An attached picture could not be fetched."""


class AttachmentTooLarge(AttachmentError):
    """The attached picture is larger than the bound."""


class Adapter(Protocol):
    """One platform. `run` lives as long as the service; everything else may be called while it runs."""

    @property
    def name(self) -> str:
        """The platform's name, as in `Address.platform`."""

    def largest_picture(self, address: Address) -> int:
        """Bytes that a picture may have where the answer goes."""

    def trouble(self) -> str | None:
        """None when ready; else one plain line that says what is missing."""

    async def run(self, inbox: Inbox) -> None:
        """Receive until cancelled. Raises `ConfigurationRefused`; after anything else it is begun again."""

    async def prepare(self, outgoing: Outgoing) -> None:
        """Do what takes long for a message with a picture before its turn comes, in bounded time. Raises nothing."""

    async def send(self, outgoing: Outgoing) -> MessageRef:
        """Send once under `outgoing.key`; raises `SendFailed` or `SendRefused`."""

    async def fetch(self, image: AttachedImage, limit: int) -> bytes:
        """The bytes of an attached picture, at most `limit`; raises `AttachmentError`."""
