"""Who is believed at the webhook: the platform, now, and nobody else."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from Crypto.Cipher import AES
from starlette.applications import Starlette

from adapters.feishu.payload import JsonObject
from adapters.feishu.webhook import FRESH, LARGEST_BODY, PATH, Checked, Forged, Keys, Webhook, check
from adapters.port import NotRecorded

KEY, TOKEN, NOW = "encrypt_test_key", "verification_test_token", 1_700_000_000.0
BOTH = Keys(KEY, TOKEN)
EVENT: dict[str, Any] = {"schema": "2.0", "header": {"token": TOKEN, "app_id": "cli_a"}, "event": {"a": "猫"}}


def sealed(event: object) -> bytes:
    plain = json.dumps(event).encode()
    plain += bytes([16 - len(plain) % 16]) * (16 - len(plain) % 16)
    iv = os.urandom(16)
    cipher = AES.new(hashlib.sha256(KEY.encode()).digest(), AES.MODE_CBC, iv)
    return json.dumps({"encrypt": base64.b64encode(iv + cipher.encrypt(plain)).decode()}).encode()


def signed(body: bytes, at: float = NOW) -> dict[str, str]:
    stamp, nonce = str(int(at)), "n1"
    return {
        "x-lark-request-timestamp": stamp,
        "x-lark-request-nonce": nonce,
        "x-lark-signature": hashlib.sha256(f"{stamp}{nonce}{KEY}".encode() + body).hexdigest(),
    }


def test_what_the_platform_sends_is_read() -> None:
    body = sealed(EVENT)
    assert check(BOTH, body, signed(body), NOW) == Checked(EVENT, signed(body)["x-lark-signature"])


def test_the_challenge_needs_no_signature_but_key_and_token() -> None:
    challenge = {"type": "url_verification", "challenge": "c", "token": TOKEN}
    assert check(BOTH, sealed(challenge), {}, NOW).payload == challenge
    with pytest.raises(Forged, match="token"):
        check(BOTH, sealed({**challenge, "token": "x"}), {}, NOW)
    with pytest.raises(Forged, match="not encrypted"):
        check(BOTH, json.dumps(challenge).encode(), {}, NOW)


@pytest.mark.parametrize("seconds", [-FRESH - 1, FRESH + 1, -86400.0])
def test_what_is_stale_or_from_the_future_is_refused(seconds: float) -> None:
    body = sealed(EVENT)
    with pytest.raises(Forged, match="old"):
        check(BOTH, body, signed(body, NOW + seconds), NOW)


@pytest.mark.parametrize("change", ["signature", "timestamp", "nonce", "body", "nothing signed"])
def test_whatever_is_changed_breaks_the_signature(change: str) -> None:
    body = sealed(EVENT)
    headers = signed(body)
    match change:
        case "signature":
            headers["x-lark-signature"] = "0" * 64
        case "timestamp":
            headers["x-lark-request-timestamp"] = str(int(NOW) + 1)
        case "nonce":
            headers["x-lark-request-nonce"] = "n2"
        case "body":
            body = sealed(EVENT)
        case _:
            headers = {}
    with pytest.raises(Forged, match="signature"):
        check(BOTH, body, headers, NOW)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"encrypt": 3}', b'{"encrypt": "AAAA"}', b'{"encrypt": "%%%"}'])
def test_garbage_is_refused(body: bytes) -> None:
    with pytest.raises(Forged):
        check(BOTH, body, signed(body), NOW)


def test_a_token_alone_is_enough_and_needed() -> None:
    keys = Keys(None, TOKEN)
    assert check(keys, json.dumps(EVENT).encode(), {}, NOW).payload == EVENT
    with pytest.raises(Forged, match="token"):
        check(keys, json.dumps({**EVENT, "header": {}}).encode(), {}, NOW)
    with pytest.raises(Forged, match="ENCRYPT_KEY"):
        check(keys, sealed(EVENT), {}, NOW)


def test_a_token_that_is_no_text_at_all_is_refused() -> None:
    """JSON can write half a character, which no encoding takes."""
    with pytest.raises(Forged, match="token"):
        check(Keys(None, TOKEN), b'{"token": "\\ud800"}', {}, NOW)


@dataclass
class Inbox:
    """Takes events, or does not."""

    taken: list[JsonObject]
    trouble: Exception | None = None

    async def take(self, payload: JsonObject) -> dict[str, object]:
        self.taken.append(payload)
        if self.trouble is not None:
            raise self.trouble
        return {}


def client(inbox: Inbox | None) -> httpx.AsyncClient:
    webhook = Webhook(BOTH, clock=lambda: NOW)
    webhook.take = inbox.take if inbox is not None else None
    transport = httpx.ASGITransport(Starlette(routes=webhook.routes()))
    return httpx.AsyncClient(transport=transport, base_url="http://bot")


async def test_the_same_request_is_taken_once_unless_it_was_not_recorded() -> None:
    inbox, body = Inbox([]), sealed(EVENT)
    async with client(inbox) as caller:
        inbox.trouble = NotRecorded("the disk is full")
        assert (await caller.post(PATH, content=body, headers=signed(body))).status_code == 500
        inbox.trouble = None
        assert (await caller.post(PATH, content=body, headers=signed(body))).status_code == 200
        assert (await caller.post(PATH, content=body, headers=signed(body))).status_code == 401
    assert len(inbox.taken) == 2


async def test_before_it_is_ready_the_platform_is_asked_to_come_again() -> None:
    body = sealed(EVENT)
    async with client(None) as caller:
        assert (await caller.post(PATH, content=body, headers=signed(body))).status_code == 503


async def test_a_body_is_bounded_and_only_posts_are_taken() -> None:
    async with client(Inbox([])) as caller:
        assert (await caller.post(PATH, content=b"x" * (LARGEST_BODY + 1))).status_code == 413
        assert (await caller.get(PATH)).status_code == 405
