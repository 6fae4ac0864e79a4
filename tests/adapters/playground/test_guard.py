"""Other sites, and names that lead here, stay out."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.playground.guard import is_loopback

from .helpers import BASE, PNG, Room, Words, client_of, playground_in


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("127.0.0.1:8080", True),
        ("127.0.0.1", True),
        ("localhost:8080", True),
        ("LOCALHOST", True),
        ("[::1]:8080", True),
        ("", False),
        ("evil.example", False),
        ("evil.example:8080", False),
        ("127.0.0.1.evil.example", False),
        ("localhost.evil.example", False),
        ("127.0.0.1@evil.example", False),
        ("evil.example@127.0.0.1", False),
        ("127.0.0.1/evil.example", False),
        ("127.0.0.1#evil", False),
        ("127.0.0.1:99999", False),
        ("127.0.0.1:x", False),
        ("[::1", False),
        ("10.0.0.5:8080", False),
        ("192.168.1.5:8080", False),
    ],
)
def test_only_loopback_names_are_ours(host: str, ours: bool) -> None:
    """DNS rebinding: a stranger's name may lead to this machine, but stays a stranger's."""
    assert is_loopback(host) is ours


@pytest.mark.parametrize(
    "path", ["/", "/static/main.js", "/api/setup", "/api/history", "/api/events", "/pictures/x.png"]
)
async def test_a_strange_host_gets_nothing(room: Room, path: str) -> None:
    """On every route."""
    assert (await room.client.get(path, headers={"Host": "evil.example:8080"})).status_code == 421


@pytest.mark.parametrize("path", ["/api/messages", "/api/presses", "/api/pictures"])
@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://127.0.0.1:9999",
        "https://127.0.0.1:8080",
        "http://localhost:8080",
        "null",
        "",
    ],
)
async def test_only_the_page_itself_may_post(room: Room, path: str, origin: str) -> None:
    """Not another site, not another port of this machine, not a page without an origin."""
    response = await room.client.post(path, content=PNG, headers={"Origin": origin})
    assert response.status_code == 403
    assert room.listener.heard == []


async def test_a_post_without_an_origin_is_refused(tmp_path: Path, words: Words) -> None:
    """Browsers always send one with a post."""
    async with client_of(playground_in(tmp_path, words), headers={}) as client:
        assert (await client.post("/api/pictures", content=PNG)).status_code == 403


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
async def test_a_form_cannot_post(room: Room, media_type: str) -> None:
    """Only JSON, which another site cannot send without being asked first."""
    response = await room.client.post("/api/messages", content=b"{}", headers={"Content-Type": media_type})
    assert response.status_code == 415


async def test_a_body_is_bounded(room: Room) -> None:
    """Read no further than needed."""
    body = b'{"text": "' + b"x" * 200_000 + b'"}'
    response = await room.client.post("/api/messages", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 413


@pytest.mark.parametrize("path", ["/", "/static/base.css", "/api/setup", "/static/no-such.js"])
async def test_every_answer_binds_the_browser(room: Room, path: str) -> None:
    """No inline script, no markup from strings, no framing, no guessing of types."""
    headers = (await room.client.get(path)).headers
    policy = headers["content-security-policy"]
    for directive in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "trusted-types 'none'"):
        assert directive in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"


async def test_the_page_may_reach_the_failure_switches_and_nothing_else(tmp_path: Path, words: Words) -> None:
    """Their origin alone is named, where there is one."""
    playground = playground_in(tmp_path, words, provoke_url="http://127.0.0.1:7001/sandbox")
    async with client_of(playground) as client:
        policy = (await client.get("/")).headers["content-security-policy"]
    assert "connect-src 'self' http://127.0.0.1:7001;" in policy


async def test_the_policy_names_no_one_without_switches(room: Room) -> None:
    """The page talks to its own server only."""
    assert (await room.client.get("/", headers={"Origin": BASE})).headers["content-security-policy"].count(
        "connect-src 'self';"
    ) == 1
