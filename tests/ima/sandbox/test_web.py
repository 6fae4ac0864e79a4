"""Where input pictures may come from."""

import pytest

from ima.sandbox.options import SystemClock
from ima.sandbox.refusals import RefusalError
from ima.sandbox.uploads import Bucket, Ticket
from ima.sandbox.web import Web

STORAGE = "http://127.0.0.1:9"


async def results(name: str) -> bytes | None:
    return b"result" if name == "r.png" else None


def web(*, fetch: bool = False) -> Web:
    return Web(Bucket(b"secret", SystemClock()), STORAGE, fetch, results)


async def test_a_finished_picture_may_be_the_input_of_the_next_order() -> None:
    assert await web().pictures([f"{STORAGE}/results/r.png"]) == [b"result"]
    with pytest.raises(RefusalError):
        await web().pictures([f"{STORAGE}/results/gone.png"])


async def test_uploads_and_placed_pictures_are_had_in_order() -> None:
    found = web()
    slot = found.bucket.open_slot("a", Ticket("png", "image/png"))
    found.bucket.put(slot, b"upload")
    found.place("https://example.com/a.png", b"placed")
    urls = ["https://example.com/a.png", f"{STORAGE}/uploads/a.png"]
    assert await found.pictures(urls) == [b"placed", b"upload"]


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/a.png",
        "https://192.168.0.1/a.png",
        "https://intranet/a.png",
        "https://a.internal/a",
        "x",
    ],
)
async def test_only_public_https_urls_exist(url: str) -> None:
    found = web()
    with pytest.raises(RefusalError) as refused:
        await found.pictures([url])
    assert refused.value.violation == "bad_request"
    with pytest.raises(RefusalError):
        found.place(url, b"x")


@pytest.mark.parametrize("fetch", [False, True])
async def test_a_dead_link_is_refused_without_blame(fetch: bool) -> None:
    """The name can never resolve; a user's dead link is no fault of the client."""
    with pytest.raises(RefusalError) as refused:
        await web(fetch=fetch).pictures(["https://nothing.invalid/a.png"])
    assert (refused.value.status, refused.value.violation) == (400, "")


async def test_a_name_that_leads_to_this_machine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A public name may still point inwards."""
    import socket

    def inwards(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 443))]

    monkeypatch.setattr(socket, "getaddrinfo", inwards)
    with pytest.raises(RefusalError, match="not at a public address"):
        await web(fetch=True).pictures(["https://example.com/a.png"])


def test_the_oldest_uploads_make_room() -> None:
    bucket = Bucket(b"secret", SystemClock(), most_bytes=10)
    for name in ("a", "b", "c"):
        bucket.put(bucket.open_slot(name, Ticket("png", "image/png")), b"123456")
    assert [bucket.get(f"{name}.png") is not None for name in ("a", "b", "c")] == [False, False, True]
