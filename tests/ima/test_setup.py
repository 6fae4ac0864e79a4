"""What a client can be made of, and that it keeps the key to itself."""

from __future__ import annotations

import copy
import subprocess
import sys

import pytest

from ima import ImaClient
from ima.hosts import base_url as checked
from ima.hosts import endpoint, is_allowed
from ima.secret import ApiKey
from tests.ima.fakes import KEY


@pytest.mark.parametrize("key", ["", "short", "has a space", "line\nbreak-key", "schlüssel-mit-ü", "x" * 513])
def test_what_cannot_be_a_header_is_no_key_and_is_not_repeated(key: str) -> None:
    with pytest.raises(ValueError, match="API key") as caught:
        ImaClient(key)
    assert not key or key not in str(caught.value)


def test_the_key_is_shown_only_when_asked_for() -> None:
    key = ApiKey(KEY)
    assert key.reveal() == KEY
    assert KEY not in f"{key} {key!r} {copy.copy(key)!r} {ImaClient(KEY)!r} {ImaClient(KEY)}"


def test_a_text_is_scrubbed_of_the_key_plain_and_as_in_a_form() -> None:
    key = ApiKey("ima_te+st/key=")
    assert key.scrub("a ima_te+st/key= b ima_te%2Bst%2Fkey%3D c") == "a [key] b [key] c"


@pytest.mark.parametrize(
    "url", ["https://api.imastudio.com", "https://gateway.example:8443/ima", "http://127.0.0.1:1", "http://[::1]:2"]
)
def test_a_base_url_is_https_or_on_this_machine(url: str) -> None:
    assert str(checked(url, "base_url")) == url
    ImaClient(KEY, base_url=url, im_base_url=url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.imastudio.com",
        "http://api.imastudio.com",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "ftp://127.0.0.1",
        "https://",
        "https://user:secret@api.imastudio.com",
        "https://api.imastudio.com?x=1",
        "https://api.imastudio.com#x",
        "https://api.imastudio.com:99999999",
    ],
)
@pytest.mark.parametrize("name", ["base_url", "im_base_url"])
def test_the_key_is_not_sent_to_any_other(url: str, name: str) -> None:
    with pytest.raises(ValueError, match=name):
        ImaClient(KEY, **{name: url})  # type: ignore[arg-type]


def test_a_path_goes_below_the_base_urls_own() -> None:
    assert str(endpoint(checked("https://a.example/ima/", "x"), "/open")) == "https://a.example/ima/open"
    assert str(endpoint(checked("https://a.example", "x"), "/open")) == "https://a.example/open"


@pytest.mark.parametrize(
    ("url", "plain", "on_this_machine"),
    [
        ("https://cdn.example/x", True, True),
        ("http://cdn.example/x", False, False),
        ("http://localhost:8/x", False, True),
        ("http://127.8.8.8/x", False, True),
        ("http://10.0.0.1/x", False, False),
        ("file:///etc/passwd", False, False),
        ("https:///x", False, False),
        ("not a url", False, False),
        ("http://[bad", False, False),
    ],
)
def test_which_addresses_may_be_talked_to(url: str, plain: bool, on_this_machine: bool) -> None:
    assert is_allowed(url, allow_loopback=False) is plain
    assert is_allowed(url, allow_loopback=True) is on_this_machine


def test_the_client_can_be_used_without_the_rest_of_the_house() -> None:
    script = (
        "import sys, ima; "
        "print(sorted({name.split('.')[0] for name in sys.modules} & "
        "{'bot', 'adapters', 'protocol', 'locales', 'sqlalchemy', 'PIL', 'pydantic', 'starlette', 'structlog'}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
