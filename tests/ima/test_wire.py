"""What really goes over the wire, against a server of bare bytes."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
import ssl
import traceback
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from ima import (
    AnswerLost,
    BrokenAnswer,
    ConnectionLost,
    ImaClient,
    ImaError,
    Rejected,
    Selection,
    ServerTrouble,
    Unreachable,
    UploadFailed,
)
from ima.jsonvalue import Json
from tests.ima.fakes import BANANA2, KEY, WAITING, FakeTime, catalogue
from tests.ima.raw_server import RawRequest, RawServer, Reply, closed_port, http, ok, raw_server

CERTIFICATE = Path(__file__).with_name("localhost_for_tests.pem")
SELECTION = Selection(
    "text_to_image", BANANA2, "Nano Banana2", "v1", 4401, 6, "1K", {"size": "1K", "aspect_ratio": "16:9"}
)
PROXY_VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXY_VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def client_of(server: RawServer | str, im: RawServer | None = None) -> ImaClient:
    base = server if isinstance(server, str) else f"http://127.0.0.1:{server.port}"
    im_base = base if im is None else f"http://127.0.0.1:{im.port}"
    return ImaClient(KEY, base_url=base, im_base_url=im_base, sleep=FakeTime().sleep)


def api(request: RawRequest) -> Reply:
    if request.target.startswith("/open/v1/product/list"):
        return ok(catalogue())
    return ok({"id": "task-1"}) if request.target.endswith("/create") else ok(WAITING)


async def test_every_call_has_exactly_these_headers_of_ours() -> None:
    async with raw_server(api) as server, client_of(server) as ima:
        await ima.products("text_to_image")
        await ima.create(SELECTION, "一只猫")
        await ima.detail("task-1")
    own = {"host", "user-agent", "accept", "accept-encoding", "connection", "content-length"}
    assert [request.method for request in server.requests] == ["GET", "POST", "POST"]
    for request in server.requests:
        assert [(name.lower(), value) for name, value in request.headers if name.lower() not in own] == [
            ("authorization", f"Bearer {KEY}"),
            ("x-app-source", "ima_skills"),
            ("x_app_language", "en"),
            ("content-type", "application/json"),
        ]


async def test_the_create_is_the_documents_json() -> None:
    async with raw_server(api) as server, client_of(server) as ima:
        assert await ima.create(SELECTION, "一只猫") == "task-1"
    (request,) = server.requests
    assert request.target == "/open/v1/tasks/create"
    assert json.loads(request.body) == {
        "task_type": "text_to_image",
        "enable_multi_model": False,
        "src_img_url": [],
        "parameters": [
            {
                "attribute_id": 4401,
                "model_id": BANANA2,
                "model_name": "Nano Banana2",
                "model_version": "v1",
                "app": "ima",
                "platform": "web",
                "category": "text_to_image",
                "credit": 6,
                "parameters": {
                    "prompt": "一只猫",
                    "n": 1,
                    "input_images": [],
                    "size": "1K",
                    "aspect_ratio": "16:9",
                    "cast": {"points": 6, "attribute_id": 4401},
                },
            }
        ],
    }


async def test_the_list_is_asked_for_with_app_platform_and_category() -> None:
    async with raw_server(api) as server, client_of(server) as ima:
        await ima.products("image_to_image")
    assert server.requests[0].target == "/open/v1/product/list?app=ima&platform=web&category=image_to_image"


async def test_a_base_url_may_have_a_path() -> None:
    async with raw_server(api) as server, client_of(f"http://127.0.0.1:{server.port}/ima/") as ima:
        await ima.detail("task-1")
    assert server.requests[0].target == "/ima/open/v1/tasks/detail"


LOST: dict[str, Reply] = {
    "closed without a word": Reply(b"", "close"),
    "reset": Reply(b"", "reset"),
    "not HTTP": Reply(b"SSH-2.0-OpenSSH_9.6\r\n\r\n", "close"),
    "half a head": Reply(b"HTTP/1.1 200 OK\r\nContent-Le", "close"),
    "half a body": http(200, b'{"code": 0, "da', length=100, ending="close"),
    "reset in the body": http(200, b'{"code": 0, "da', length=100, ending="reset"),
    "not JSON": http(200, b"<html>"),
    "empty": http(200, b""),
    "without a task id": ok({}),
    "with an empty task id": ok({"id": ""}),
    "without an envelope": http(200, b'{"data": {"id": "task-1"}}'),
    "HTTP 500": http(500, b""),
    "HTTP 502": http(502, b"<html>bad gateway</html>"),
    "HTTP 504 with a good envelope": http(504, b'{"code": 0, "data": {"id": "task-1"}}'),
    "too long": http(200, b"[" + b"1," * 600_000 + b"1]"),
    "in an encoding not asked for": http(200, b"?", "Content-Encoding: br"),
    "not really packed": http(200, b"?", "Content-Encoding: gzip"),
    "packed and cut": http(200, gzip.compress(b'{"code": 0, "data": {"id": "t"}}')[:-9], "Content-Encoding: gzip"),
    "a redirect": http(307, b"", "Location: /elsewhere"),
}


@pytest.mark.parametrize("reply", LOST.values(), ids=LOST.keys())
@pytest.mark.parametrize("warm", [False, True])
async def test_a_create_without_a_usable_answer_is_lost_and_arrives_once(reply: Reply, warm: bool) -> None:
    """Also where connections to the host are already open."""

    def script(request: RawRequest) -> Reply:
        return reply if request.target.endswith("/create") else api(request)

    async with raw_server(script) as server, client_of(server) as ima:
        if warm:
            await asyncio.gather(ima.detail("a"), ima.detail("b"))
        with pytest.raises(AnswerLost) as caught:
            await ima.create(SELECTION, "a cat")
        await asyncio.sleep(0.02)  # a repeat, were there one, would be here by now
        assert len(server.sent_to("/create")) == 1
        assert server.connections == 1 + 2 * warm
    assert caught.value.charged == "unknown"


async def test_a_create_that_is_never_answered_is_lost_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ima.client.CREATE_SECONDS", 0.1)
    async with raw_server(lambda _: Reply(b"", "hang")) as server, client_of(server) as ima:
        with pytest.raises(AnswerLost):
            await ima.create(SELECTION, "a cat")
        assert len(server.requests) == 1


async def test_an_answer_that_drips_is_cut_off_by_the_overall_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ima.client.DETAIL_SECONDS", 0.1)
    drip = Reply(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{", "hang")
    async with raw_server(lambda _: drip) as server, client_of(server) as ima:
        with pytest.raises(ConnectionLost):
            await ima.detail("task-1")
        assert len(server.requests) == 1


async def test_a_refusal_whose_body_never_ends_is_still_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ima.client.CREATE_SECONDS", 0.1)
    reply = Reply(b"HTTP/1.1 403 No\r\nContent-Length: 9999\r\n\r\n{", "hang")
    async with raw_server(lambda _: reply) as server, client_of(server) as ima:
        with pytest.raises(Rejected):
            await ima.create(SELECTION, "a cat")
        assert len(server.requests) == 1


async def test_a_create_has_a_connection_of_its_own_and_the_others_share() -> None:
    """A kept connection that the server closes at the wrong moment cannot make an answer look lost."""
    async with raw_server(api) as server, client_of(server) as ima:
        for _ in range(2):
            await ima.detail("task-1")
            await ima.create(SELECTION, "a cat")
        details = {request.connection for request in server.sent_to("/detail")}
        creates = [request.connection for request in server.sent_to("/create")]
        await asyncio.sleep(0.02)
        assert len(details) == 1
        assert len(set(creates) | details) == 3
        assert server.still_open == details, "a create's connection is closed after it"


async def test_a_read_on_a_connection_that_the_server_closes_is_a_read_that_may_be_repeated() -> None:
    replies = [ok(WAITING), Reply(b"", "close"), ok(WAITING)]
    async with raw_server(lambda _: replies.pop(0)) as server, client_of(server) as ima:
        await ima.detail("task-1")
        with pytest.raises(ConnectionLost):
            await ima.detail("task-1")
        await ima.detail("task-1")
        assert [request.connection for request in server.requests] == [1, 1, 2]


async def test_a_cancelled_create_is_not_sent_again() -> None:
    async with raw_server(lambda _: Reply(b"", "hang")) as server, client_of(server) as ima:
        task = asyncio.ensure_future(ima.create(SELECTION, "a cat"))
        await server.arrived.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.sleep(0.02)
        assert len(server.requests) == 1


async def test_a_refused_connection_sent_nothing() -> None:
    async with client_of(f"http://127.0.0.1:{closed_port()}") as ima:
        with pytest.raises(Unreachable) as caught:
            await ima.create(SELECTION, "a cat")
    assert caught.value.charged == "no"


async def test_a_name_that_does_not_exist_sent_nothing() -> None:
    async with client_of("https://ima.invalid") as ima:
        with pytest.raises(Unreachable):
            await ima.create(SELECTION, "a cat")


def tls_of_the_test_server() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


async def test_a_certificate_that_nobody_vouches_for_ends_it_before_a_byte_is_sent() -> None:
    async with raw_server(api, tls=tls_of_the_test_server()) as server:
        async with client_of(f"https://localhost:{server.port}") as ima:
            with pytest.raises(Unreachable):
                await ima.create(SELECTION, "a cat")
        assert server.requests == []


async def test_the_same_certificate_is_taken_once_it_is_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    async with (
        raw_server(api, tls=tls_of_the_test_server()) as server,
        client_of(f"https://localhost:{server.port}") as ima,
    ):
        assert await ima.create(SELECTION, "a cat") == "task-1"


async def test_a_server_without_tls_behind_https_gets_no_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ima.transport.CONNECT_SECONDS", 0.2)
    async with raw_server(api) as server, client_of(f"https://localhost:{server.port}") as ima:
        with pytest.raises(Unreachable):
            await ima.create(SELECTION, "a cat")
        assert server.requests == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed_and_the_key_goes_nowhere_else(status: int) -> None:
    async with raw_server(api) as elsewhere:
        reply = http(status, b"", f"Location: http://127.0.0.1:{elsewhere.port}/open/v1/tasks/detail")
        async with raw_server(lambda _: reply) as server, client_of(server) as ima:
            with pytest.raises(BrokenAnswer):
                await ima.detail("task-1")
            with pytest.raises(AnswerLost):
                await ima.create(SELECTION, "a cat")
            with pytest.raises(BrokenAnswer):
                await ima.products("text_to_image")
            with pytest.raises(UploadFailed):
                await ima.upload(b"picture", "image/png")
    assert elsewhere.connections == 0


async def test_an_endless_answer_is_cut_off() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    async with raw_server(lambda _: Reply(head, endless=chunk)) as server, client_of(server) as ima:
        with pytest.raises(BrokenAnswer, match="longer"):
            await ima.detail("task-1")
        await asyncio.sleep(0.02)
        assert server.written < 16 * 1024 * 1024
        assert server.still_open == set()


async def test_a_packed_answer_is_read_and_a_packed_bomb_is_not() -> None:
    good = gzip.compress(json.dumps({"code": 0, "data": {"medias": []}}).encode())
    bomb = gzip.compress(b" " * 50_000_000)
    replies = [http(200, body, "Content-Encoding: gzip") for body in (good, bomb)]
    async with raw_server(lambda _: replies.pop(0)) as server, client_of(server) as ima:
        await ima.detail("task-1")
        with pytest.raises(BrokenAnswer, match="longer"):
            await ima.detail("task-1")
        assert server.requests[0].header("Accept-Encoding") == ["gzip"]


async def test_a_cookie_is_not_taken() -> None:
    reply = ok(WAITING, "Set-Cookie: tracked=yes; Path=/")
    async with raw_server(lambda _: reply) as server, client_of(server) as ima:
        await ima.detail("task-1")
        await ima.detail("task-1")
        assert [request.header("Cookie") for request in server.requests] == [[], []]


def uploads(port_of: list[int], *, post_status: int = 200) -> dict[str, Reply]:
    place: Json = {
        "ful": f"http://127.0.0.1:{port_of[0]}/bucket/x.png?Signature=presigned-secret",
        "fdl": "https://cdn.example/x.png",
    }
    refused = http(post_status, b"")
    return {"POST": ok(place) if post_status == 200 else refused, "GET": ok(place), "PUT": http(200, b"")}


@pytest.mark.parametrize("post_status", [200, 404, 405])
async def test_the_upload_keeps_the_key_from_the_storage_and_the_log(
    post_status: int, caplog: pytest.LogCaptureFixture
) -> None:
    """POST first with the key in the form; GET only where POST is not there. The PUT has no key."""
    caplog.set_level(logging.DEBUG)
    port: list[int] = []
    async with raw_server(lambda request: uploads(port)[request.method]) as storage:
        port.append(storage.port)
        async with (
            raw_server(lambda request: uploads(port, post_status=post_status)[request.method]) as im,
            client_of("http://127.0.0.1:9", im) as ima,
        ):
            assert await ima.upload(b"the bytes", "image/png") == "https://cdn.example/x.png"
    (put,) = storage.requests
    assert (put.method, put.target) == ("PUT", "/bucket/x.png?Signature=presigned-secret")
    assert (put.header("Content-Type"), put.body) == (["image/png"], b"the bytes")
    assert KEY not in put.whole()
    assert put.header("Authorization") == []
    assert put.header("x-app-source") == []

    assert [request.method for request in im.requests] == (["POST"] if post_status == 200 else ["POST", "GET"])
    post, last = im.requests[0], im.requests[-1]
    assert (post.target, post.header("Content-Type")) == (
        "/api/rest/oss/getuploadtoken",
        ["application/x-www-form-urlencoded"],
    )
    query = last.body.decode() if last.method == "POST" else urlsplit(last.target).query
    form = {name: value for name, (value,) in parse_qs(query, strict_parsing=True).items()}
    assert (form["appUid"], form["cmimToken"], form["appId"]) == (KEY, KEY, "webAgent")
    assert (form["fService"], form["fType"], form["fSuffix"]) == ("privite", "picture", "png")
    assert form["fContentType"] == "image/png"
    for request in im.requests:
        assert request.header("Authorization") == []

    assert "HTTP Request: PUT" in caplog.text, "the HTTP library does log requests"
    assert KEY not in caplog.text
    assert "presigned-secret" not in caplog.text


@pytest.mark.parametrize("status", [400, 401, 500])
async def test_the_get_is_for_404_and_405_only(status: int) -> None:
    async with raw_server(lambda _: http(status, b"")) as im, client_of("http://127.0.0.1:9", im) as ima:
        with pytest.raises(ImaError):
            await ima.upload(b"the bytes", "image/png")
    assert {request.method for request in im.requests} == {"POST"}


@pytest.mark.parametrize("name", ["HTTP_PROXY", "ALL_PROXY", "http_proxy"])
async def test_what_is_on_this_machine_goes_through_no_proxy(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with raw_server(api) as proxy, raw_server(api) as server:
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        async with client_of(server) as ima:
            await ima.create(SELECTION, "a cat")
    assert (proxy.connections, server.connections) == (0, 1)


@pytest.mark.parametrize(
    "reply", [http(407, b""), http(502, b""), Reply(b"", "close"), Reply(b"", "reset"), Reply(b"?", "close")]
)
async def test_a_proxy_is_used_never_sees_the_key_and_its_failure_means_nothing_was_sent(
    reply: Reply, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with raw_server(lambda _: reply) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        async with client_of("https://ima.invalid") as ima:
            with pytest.raises(Unreachable):
                await ima.create(SELECTION, "a cat")
    (request,) = proxy.requests
    assert (request.method, request.target) == ("CONNECT", "ima.invalid:443")
    assert KEY not in request.whole()


async def test_no_proxy_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    async with raw_server(api) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("NO_PROXY", "ima.invalid")
        async with client_of("https://ima.invalid") as ima:
            with pytest.raises(Unreachable):
                await ima.create(SELECTION, "a cat")
    assert proxy.connections == 0


@pytest.mark.parametrize(
    "reply",
    [
        http(401, b'{"code": 401, "message": "bad key %s"}' % KEY.encode()),
        http(500, KEY.encode()),
        http(200, b'{"code": 77, "message": "you sent Bearer %s"}' % KEY.encode()),
        Reply(b"", "reset"),
    ],
)
async def test_the_key_is_in_no_repr_no_error_and_no_log(reply: Reply, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with raw_server(lambda _: reply) as server, client_of(server) as ima:
        shown = [repr(ima), str(ima)]
        for call in (ima.create(SELECTION, "a cat"), ima.detail("task-1"), ima.upload(b"x", "image/png")):
            with pytest.raises(ImaError) as caught:
                await call
            shown += [repr(caught.value), *traceback.format_exception(caught.value)]
    assert KEY not in "".join(shown)
    assert KEY not in caplog.text


async def test_a_server_that_answers_with_the_key_instead_of_http_does_not_get_it_into_an_error() -> None:
    reply = Reply(KEY.encode() + b"\r\n\r\n", "close")
    async with raw_server(lambda _: reply) as server, client_of(server) as ima:
        with pytest.raises(ConnectionLost) as caught:
            await ima.detail("task-1")
    assert KEY not in "".join(traceback.format_exception(caught.value))


async def test_many_calls_at_once_share_one_pool_and_all_end() -> None:
    async with raw_server(api) as server, client_of(server) as ima:
        await asyncio.gather(*(ima.detail(f"task-{number}") for number in range(150)))
        assert len(server.requests) == 150
        assert server.most_open <= 100


async def test_a_call_outside_the_context_says_what_to_do() -> None:
    with pytest.raises(RuntimeError, match="async with"):
        await ImaClient(KEY).detail("task-1")


async def test_server_trouble_is_the_class_of_all_reads_that_may_be_repeated() -> None:
    async with raw_server(lambda _: http(503, b"")) as server, client_of(server) as ima:
        with pytest.raises(ServerTrouble):
            await ima.detail("task-1")
        assert len(server.requests) == 1
