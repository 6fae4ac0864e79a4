"""Upload tokens and presigned slots (the API page: upload)."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ima.sandbox.options import Clock
from ima.sandbox.refusals import bad_request, unauthorized

APP_ID: Final = "webAgent"
APP_KEY: Final = "32jdskjdk320eew"
_FRESH_SECONDS: Final = 300
_SLOT_SECONDS: Final = 600
_MOST_BYTES: Final = 512 * 1024 * 1024
_TYPES: Final = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
_FIELDS: Final = frozenset(
    {
        "appUid",
        "cmimToken",
        "appId",
        "appKey",
        "timestamp",
        "nonce",
        "sign",
        "fService",
        "fType",
        "fSuffix",
        "fContentType",
    }
)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A form that is in order: what the upload will be."""

    suffix: str
    content_type: str


def signature(timestamp: str, nonce: str) -> str:
    """Return the `sign` of a form: upper-case hex SHA-1 of app id, app key, timestamp and nonce."""
    text = "|".join((APP_ID, APP_KEY, timestamp, nonce))
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest().upper()


def check_form(form: Mapping[str, str], *, api_key: str, now: float) -> Ticket:
    """Return what a form asks for; whether its nonce is new is the caller's to know.

    Raises:
        RefusalError: a field is missing, unknown or wrong, the key is, or the timestamp is not within 5 minutes.
    """
    if form.keys() != _FIELDS:
        raise bad_request(f"fields missing or unknown: {', '.join(sorted(form.keys() ^ _FIELDS))}")
    if form["appUid"] != form["cmimToken"]:
        raise bad_request("appUid and cmimToken differ")
    if not hmac.compare_digest(form["appUid"].encode(), api_key.encode()):
        raise unauthorized()
    for name, value in (
        ("appId", APP_ID),
        ("appKey", APP_KEY),
        ("fService", "privite"),
        ("fType", "picture"),
    ):
        if form[name] != value:
            raise bad_request(f"{name} is not {value}")
    if not re.fullmatch(r"[0-9a-fA-F]{21}", form["nonce"]):
        raise bad_request("nonce is not 21 hex digits")
    if not re.fullmatch(r"[0-9]{1,12}", form["timestamp"]):
        raise bad_request("timestamp is not in whole seconds")
    if abs(int(form["timestamp"]) - now) > _FRESH_SECONDS:
        raise bad_request("timestamp is more than 5 minutes off")
    if form["sign"] != signature(form["timestamp"], form["nonce"]):
        raise bad_request("sign is wrong")
    if _TYPES.get(form["fSuffix"]) != form["fContentType"]:
        raise bad_request("fSuffix and fContentType are not those of one picture format")
    return Ticket(form["fSuffix"], form["fContentType"])


@dataclass(frozen=True, slots=True)
class Upload:
    """Bytes that somebody put, and the type under which they are served."""

    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that may be written once, until it expires (seconds since the epoch)."""

    name: str
    content_type: str
    expires: int
    signature: str

    def query(self) -> str:
        """Return the query of the presigned URL."""
        return f"Expires={self.expires}&Signature={self.signature}"


@dataclass(slots=True)
class Bucket:
    """The stored uploads, and the slots that are still open. The oldest uploads go where there are too many."""

    secret: bytes
    clock: Clock
    most_bytes: int = _MOST_BYTES
    _slots: dict[str, Slot] = field(default_factory=dict)
    _uploads: dict[str, Upload] = field(default_factory=dict)
    _nonces: dict[str, float] = field(default_factory=dict)

    def use_nonce(self, nonce: str) -> bool:
        """Note a nonce; return False where it was seen within the time in which its timestamp is fresh."""
        now = self.clock.wall()
        for old in [each for each, seen in self._nonces.items() if now - seen > 2 * _FRESH_SECONDS]:
            del self._nonces[old]
        new = nonce.lower() not in self._nonces
        self._nonces[nonce.lower()] = now
        return new

    def open_slot(self, stem: str, ticket: Ticket) -> Slot:
        """Return a new slot for the upload."""
        name = f"{stem}.{ticket.suffix}"
        expires = int(self.clock.wall()) + _SLOT_SECONDS
        text = f"PUT\n{ticket.content_type}\n{expires}\n{name}"
        slot = Slot(name, ticket.content_type, expires, hmac.new(self.secret, text.encode(), "sha256").hexdigest())
        self._slots[name] = slot
        return slot

    def slot(self, name: str) -> Slot | None:
        """Return the slot of that name while it has not been written."""
        return self._slots.get(name)

    def put(self, slot: Slot, body: bytes) -> None:
        """Keep an upload and close its slot."""
        del self._slots[slot.name]
        self._uploads[slot.name] = Upload(slot.content_type, body)
        while len(self._uploads) > 1 and sum(len(each.body) for each in self._uploads.values()) > self.most_bytes:
            del self._uploads[next(iter(self._uploads))]

    def get(self, name: str) -> Upload | None:
        """Return an upload."""
        return self._uploads.get(name)

    def reset(self) -> None:
        """Forget everything."""
        self._slots.clear()
        self._uploads.clear()
        self._nonces.clear()
