"""The webhook's envelopes: encrypted with the Encrypt Key and signed, as the platform sends them."""

from __future__ import annotations

import base64
import hashlib
import json
import os

from Crypto.Cipher import AES

from tests.platforms.feishu.basics import Json

_BLOCK = 16


def encrypt(key: str, text: str) -> str:
    """AES-256-CBC under the key's SHA-256, the vector in front, in base64."""
    data = text.encode()
    padding = _BLOCK - len(data) % _BLOCK
    data += bytes([padding]) * padding
    vector = os.urandom(_BLOCK)
    cipher = AES.new(hashlib.sha256(key.encode()).digest(), AES.MODE_CBC, vector)
    return base64.b64encode(vector + cipher.encrypt(data)).decode()


def sign(timestamp: str, nonce: str, key: str, body: bytes) -> str:
    """The signature of a body."""
    return hashlib.sha256((timestamp + nonce + key).encode() + body).hexdigest()


def sealed(envelope: Json, key: str | None) -> bytes:
    """The body of a request: encrypted when there is a key."""
    text = json.dumps(envelope, ensure_ascii=False)
    return json.dumps({"encrypt": encrypt(key, text)}).encode() if key else text.encode()


def headers(body: bytes, key: str | None, seconds: float, nonce: str) -> dict[str, str]:
    """The headers of a request; signed when there is a key."""
    timestamp = str(int(seconds))
    found = {
        "Content-Type": "application/json; charset=utf-8",
        "X-Lark-Request-Timestamp": timestamp,
        "X-Lark-Request-Nonce": nonce,
        "X-Request-Id": nonce,
        "User-Agent": "Go-http-client/1.1",
    }
    if key:
        found["X-Lark-Signature"] = sign(timestamp, nonce, key, body)
    return found
