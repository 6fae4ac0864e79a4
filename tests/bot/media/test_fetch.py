"""What the fetcher promises: bounded, public https only, checked again at each redirect, deaf to rebinding."""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from bot.media.addresses import IPAddress
from bot.media.fetch import (
    Fetcher,
    FetchError,
    Gone,
    NotAllowed,
    Refused,
    TooLarge,
    Unavailable,
    environment_proxy,
)

CERTIFICATE = Path(__file__).with_name("certificate.pem")
NAMES = {
    "pictures.example": ["93.184.216.34"],
    "other.example": ["93.184.216.35"],
    "twice.example": ["2606:4700::1111", "93.184.216.36"],
    "inner.example": ["10.0.0.7"],
    "half.example": ["93.184.216.34", "127.0.0.1"],
    "localhost": ["127.0.0.1"],
}
Answer = Callable[[httpx.Request], httpx.Response]


async def resolve(host: str, port: int) -> tuple[IPAddress, ...]:
    if host not in NAMES:
        raise Unavailable(f"{host} cannot be found")
    return tuple(ipaddress.ip_address(each) for each in NAMES[host])


def fetcher(answer: Answer, *, loopback: bool = False, proxy: str | None = None) -> Fetcher:
    return Fetcher(
        allow_loopback_http=loopback,
        resolve=resolve,
        proxy_for=lambda scheme, host: proxy,
        make_transport=lambda used: httpx.MockTransport(answer),
    )


def sent(content: bytes, **headers: str) -> httpx.Response:
    """A body that is still on the wire, as the network hands it over."""
    return httpx.Response(200, headers=headers, stream=httpx.ByteStream(content))


def picture(request: httpx.Request) -> httpx.Response:
    return sent(b"bytes")


async def test_a_picture_is_fetched_from_the_address_that_was_checked_under_the_names_own_certificate() -> None:
    """That is what makes rebinding harmless: the name is not looked up a second time."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return sent(b"bytes")

    assert await fetcher(answer).fetch("https://pictures.example:8443/a.png?sign=x", limit=10) == b"bytes"
    (request,) = seen
    assert str(request.url) == "https://93.184.216.34:8443/a.png?sign=x"
    assert request.headers["host"] == "pictures.example:8443"
    assert request.extensions["sni_hostname"] == "pictures.example"
    assert "authorization" not in request.headers
    assert "cookie" not in request.headers


@pytest.mark.parametrize(
    "url",
    [
        "http://pictures.example/a.png",
        "ftp://pictures.example/a.png",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "pictures.example/a.png",
        "https:///a.png",
        "https://inner.example/a.png",
        "https://half.example/a.png",
        "https://localhost/a.png",
        "https://127.0.0.1/a.png",
        "https://[::1]/a.png",
        "https://[::ffff:10.0.0.1]/a.png",
        "https://169.254.169.254/latest/meta-data",
        "https://name:word@pictures.example/a.png",
        "https://pictures.example:port/",
        "https://pictures.example/" + "a" * 9000,
    ],
)
async def test_whatever_is_not_public_https_is_not_asked_for(url: str) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return picture(request)

    with pytest.raises(NotAllowed):
        await fetcher(answer).fetch(url, limit=10)
    assert asked == []


@pytest.mark.parametrize(
    "url", ["http://localhost:9000/a", "http://127.0.0.1/a", "http://[::1]/a", "https://127.0.0.1/a"]
)
async def test_this_machine_may_be_asked_where_that_is_allowed(url: str) -> None:
    assert await fetcher(picture, loopback=True).fetch(url, limit=10) == b"bytes"


@pytest.mark.parametrize("url", ["http://pictures.example/a", "https://10.0.0.1/a", "https://half.example/a"])
async def test_allowing_this_machine_allows_nothing_else(url: str) -> None:
    with pytest.raises(NotAllowed):
        await fetcher(picture, loopback=True).fetch(url, limit=10)


async def test_a_redirect_is_followed_to_a_place_that_is_checked_again() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers["host"] == "pictures.example":
            return httpx.Response(302, headers={"location": "//other.example/b.png", "set-cookie": "a=b"})
        assert request.url == "https://93.184.216.35/b.png"
        assert "cookie" not in request.headers
        return picture(request)

    assert await fetcher(answer).fetch("https://pictures.example/a.png", limit=10) == b"bytes"


@pytest.mark.parametrize(
    "location", ["http://other.example/", "https://inner.example/", "http://127.0.0.1/", "file:///etc/passwd"]
)
async def test_a_redirect_to_where_one_may_not_go_is_not_followed(location: str) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(307, headers={"location": location})

    with pytest.raises(NotAllowed):
        await fetcher(answer).fetch("https://pictures.example/a.png", limit=10)
    assert len(asked) == 1


@pytest.mark.parametrize(("redirects", "works"), [(5, True), (6, False)])
async def test_five_redirects_are_followed_and_no_sixth(redirects: int, works: bool) -> None:
    left = iter(range(redirects))

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(301, headers={"location": "/next"}) if next(left, None) is not None else picture(request)

    if works:
        assert await fetcher(answer).fetch("https://pictures.example/", limit=10) == b"bytes"
    else:
        with pytest.raises(Gone):
            await fetcher(answer).fetch("https://pictures.example/", limit=10)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        *((status, Gone) for status in (302, 404, 410)),
        *((status, Refused) for status in (304, 401, 403, 451)),
        *((status, Unavailable) for status in (408, 429, 500, 502, 503)),
    ],
)
async def test_an_answer_says_whether_asking_again_makes_sense(status: int, error: type[FetchError]) -> None:
    with pytest.raises(error):
        await fetcher(lambda request: httpx.Response(status)).fetch("https://pictures.example/", limit=10)


async def test_the_bound_holds_where_the_length_is_declared_and_nothing_is_read_then() -> None:
    reads: list[str] = []

    async def unread() -> AsyncIterator[bytes]:
        reads.append("read in spite of its length")
        yield b"x" * 101

    answer = httpx.Response(200, headers={"content-length": "101"}, content=unread())
    with pytest.raises(TooLarge):
        await fetcher(lambda request: answer).fetch("https://pictures.example/", limit=100)
    assert reads == []


async def test_the_bound_holds_where_nothing_or_something_false_is_declared() -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(1000):
            yield b"x" * 10

    def undeclared(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=parts())

    with pytest.raises(TooLarge):
        await fetcher(undeclared).fetch("https://pictures.example/", limit=100)
    assert len(await fetcher(undeclared).fetch("https://pictures.example/", limit=10_000)) == 10_000
    with pytest.raises(TooLarge):
        await fetcher(lambda request: sent(b"x" * 101, **{"content-length": "1"})).fetch(
            "https://pictures.example/", limit=100
        )


async def test_packed_content_is_not_unpacked() -> None:
    """A kilobyte may unpack to a megabyte: nothing is unpacked that was not asked for."""

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.headers["accept-encoding"] == "identity"
        return httpx.Response(200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(b"x"))

    with pytest.raises(Gone):
        await fetcher(answer).fetch("https://pictures.example/", limit=100)


@pytest.mark.parametrize(
    "failure", [httpx.ReadTimeout, httpx.RemoteProtocolError, httpx.ReadError, httpx.ConnectError, httpx.ProxyError]
)
async def test_network_trouble_may_be_repeated(failure: type[httpx.TransportError]) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise failure("trouble")

    with pytest.raises(Unavailable):
        await fetcher(answer).fetch("https://pictures.example/", limit=100)


async def test_a_name_that_nobody_knows_may_be_repeated() -> None:
    with pytest.raises(Unavailable):
        await fetcher(picture).fetch("https://unknown.example/", limit=100)


async def test_an_address_that_does_not_connect_is_followed_by_the_next() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "2606:4700::1111":
            raise httpx.ConnectError("no route")
        return picture(request)

    assert await fetcher(answer).fetch("https://twice.example/", limit=100) == b"bytes"


async def test_a_download_that_drips_ends_at_the_deadline() -> None:
    async def drip() -> AsyncIterator[bytes]:
        while True:
            yield b"x"
            await asyncio.sleep(0)

    slow = fetcher(lambda request: httpx.Response(200, content=drip()))
    with pytest.raises(Unavailable):
        await slow.fetch("https://pictures.example/", limit=10**9, deadline=0.02)


async def test_an_error_names_the_host_at_most_for_an_address_may_carry_a_signature() -> None:
    with pytest.raises(FetchError) as caught:
        await fetcher(lambda request: httpx.Response(404)).fetch("https://pictures.example/a?signature=zqz", limit=1)
    assert "pictures.example" in str(caught.value)
    assert "zqz" not in str(caught.value)


async def test_behind_a_proxy_the_proxy_resolves_and_what_is_known_to_be_inner_is_still_refused() -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(str(request.url))
        return picture(request)

    behind = fetcher(answer, proxy="http://proxy:3128")
    assert await behind.fetch("https://pictures.example/a", limit=10) == b"bytes"
    assert await behind.fetch("https://only-the-proxy-knows.example/a", limit=10) == b"bytes"
    for url in ("https://inner.example/", "https://10.0.0.1/", "http://only-the-proxy-knows.example/"):
        with pytest.raises(FetchError):
            await behind.fetch(url, limit=10)
    assert seen == ["https://pictures.example/a", "https://only-the-proxy-knows.example/a"]


def test_the_proxy_variables_are_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "all_proxy", "ALL_PROXY", "https_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", "proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "inside.example")
    assert environment_proxy("https", "pictures.example") == "http://proxy.example:3128"
    assert environment_proxy("https", "cdn.inside.example") is None
    assert environment_proxy("http", "pictures.example") is None


@asynccontextmanager
async def https_server(handle: Callable[[bytes], Awaitable[bytes]]) -> AsyncIterator[int]:
    """A server on this machine that holds the certificate of pictures.example, and nothing else's."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(await handle(await reader.readuntil(b"\r\n\r\n")))
            await writer.drain()
        except (asyncio.IncompleteReadError, OSError):
            return
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def test_over_a_real_connection_the_certificate_has_to_be_that_of_the_name() -> None:
    """The connection goes to a number; the name is what the certificate is checked against."""
    heads: list[bytes] = []

    async def handle(head: bytes) -> bytes:
        heads.append(head)
        return b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nbytes"

    async def here(host: str, port: int) -> tuple[IPAddress, ...]:
        return (ipaddress.ip_address("127.0.0.1"),)

    def trusting(proxy: str | None) -> httpx.AsyncBaseTransport:
        return httpx.AsyncHTTPTransport(verify=ssl.create_default_context(cafile=str(CERTIFICATE)), trust_env=False)

    real = Fetcher(allow_loopback_http=True, resolve=here, proxy_for=lambda *_: None, make_transport=trusting)
    async with https_server(handle) as port:
        assert await real.fetch(f"https://pictures.example:{port}/a.png", limit=10) == b"bytes"
        with pytest.raises(Unavailable):
            await real.fetch(f"https://other.example:{port}/a.png", limit=10)
        strangers = Fetcher(allow_loopback_http=True, resolve=here, proxy_for=lambda *_: None)
        with pytest.raises(Unavailable):
            await strangers.fetch(f"https://pictures.example:{port}/a.png", limit=10)
        await strangers.aclose()
    await real.aclose()
    assert len(heads) == 1
    assert f"Host: pictures.example:{port}".encode() in heads[0]


async def test_a_connection_that_breaks_off_in_the_middle_is_not_a_picture_that_is_whole() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nbytes")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        real = Fetcher(allow_loopback_http=True, proxy_for=lambda *_: None)
        with pytest.raises(Unavailable):
            await real.fetch(f"http://127.0.0.1:{port}/", limit=1000)
        await real.aclose()
