"""Storing an input picture: the signed request for a place, and what comes back."""

from __future__ import annotations

import hashlib
import random as random_module
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode

from ima.errors import BrokenAnswer
from ima.hosts import is_allowed
from ima.jsonvalue import Json, as_object, as_text
from ima.secret import ApiKey

PLACE_PATH = "/api/rest/oss/getuploadtoken"
APP_ID = "webAgent"
# Public and the same for every client: it signs, it does not protect.
APP_KEY = "32jdskjdk320eew"

SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        "image/jpeg": "jpg",
        "image/png": "png",
        "image/webp": "webp",
        "image/gif": "gif",
        "image/bmp": "bmp",
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where to put the bytes (a presigned URL, a secret for its lifetime), and where they are then public."""

    put_url: str
    public_url: str


def signature(app_id: str, app_key: str, timestamp: int, nonce: str) -> str:
    """Upper-case hex SHA-1 of the four, joined by bars (the API page: upload)."""
    text = f"{app_id}|{app_key}|{timestamp}|{nonce}"
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest().upper()


def new_nonce(random: random_module.Random) -> str:
    """21 hex digits."""
    return f"{random.getrandbits(84):021x}"


def token_form(key: ApiKey, content_type: str, *, timestamp: int, nonce: str) -> bytes:
    """The form that asks for a place. Raises ValueError for a content type that is no picture's."""
    if content_type not in SUFFIXES:
        raise ValueError(f"cannot upload {content_type!r}, only {', '.join(SUFFIXES)}")
    return urlencode(
        {
            "appUid": key.reveal(),
            "appId": APP_ID,
            "appKey": APP_KEY,
            "cmimToken": key.reveal(),
            "sign": signature(APP_ID, APP_KEY, timestamp, nonce),
            "timestamp": str(timestamp),
            "nonce": nonce,
            "fService": "privite",
            "fType": "picture",
            "fSuffix": SUFFIXES[content_type],
            "fContentType": content_type,
        }
    ).encode()


def parse_place(data: Json, *, allow_loopback: bool) -> Place:
    """Both URLs, https (http only on loopback, and only where asked for). Raises BrokenAnswer."""
    place = as_object(data, "the data of an upload token")
    urls = Place(as_text(place.get("ful"), "ful"), as_text(place.get("fdl"), "fdl"))
    for url in (urls.put_url, urls.public_url):
        if not is_allowed(url, allow_loopback=allow_loopback):
            raise BrokenAnswer("the place for the upload is not an https URL")
    return urls
