"""What the hosts share: the envelope, bounded bodies, the watch over the key."""

import json
import math
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, TypeAlias
from urllib.parse import unquote_plus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ima.sandbox.refusals import RefusalError, bad_request
from ima.sandbox.strict_json import Json
from ima.sandbox.violations import Violations

Handler: TypeAlias = Callable[[Request, Exception], Awaitable[Response]]


def envelope(
    data: Json,
    *,
    code: int = 0,
    message: str = "success",
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return an answer in the API's envelope."""
    body = json.dumps({"code": code, "message": message, "data": data}, ensure_ascii=False)
    return Response(body, status, media_type="application/json", headers=dict(headers or {}))


def refused(error: RefusalError, violations: Violations) -> Response:
    """Return the answer to a refused request, noting it down where no correct client would have sent it."""
    if error.violation:
        violations.add(error.violation, error.message)
    headers = {} if error.retry_after is None else {"Retry-After": f"{math.ceil(error.retry_after)}"}
    return envelope(None, code=error.code, message=error.message, status=error.status, headers=headers)


def exception_handlers(violations: Violations, host: str) -> Mapping[int | type[Exception], Handler]:
    """Return how a host answers refusals, unknown paths and wrong methods: in the envelope."""

    async def refusal(request: Request, error: Exception) -> Response:
        if not isinstance(error, RefusalError):
            raise error
        return refused(error, violations)

    async def unknown(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        detail = f"{request.method} {request.url.path} on the {host} host"
        return refused(RefusalError(status, detail, status=status, violation="unknown_call"), violations)

    return {RefusalError: refusal, 404: unknown, 405: unknown}


async def bounded_body(request: Request, most: int) -> bytes:
    """Return the body.

    Raises:
        RefusalError: HTTP 413, it is longer than `most` bytes; the rest is not read.
    """
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                raise RefusalError(413, f"more than {most} bytes", status=413, violation="body_too_large")
    except ClientDisconnect as error:
        raise bad_request("the body was cut off", violation="") from error
    return bytes(body)


class KeyWatch:
    """Notes the key where it must not be: in a URL anywhere, and in any header of a host that has no use for it.

    `in_headers` says that this host may see the key in its headers; `in_query` is asked whether its query may
    hold it (the upload token by GET, where POST is not served).
    """

    def __init__(
        self,
        app: ASGIApp,
        key: str,
        violations: Violations,
        *,
        host: str,
        in_headers: bool = False,
        in_query: Callable[[], bool] = lambda: False,
    ) -> None:
        self._app = app
        self._key = key
        self._violations = violations
        self._in_headers = in_headers
        self._in_query = in_query
        self._host = host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (misdeed := self._misdeed(scope)):
            name, detail = misdeed
            error = bad_request(detail, violation=name)
            await refused(error, self._violations)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _misdeed(self, scope: Scope) -> tuple[str, str] | None:
        query = unquote_plus(scope["query_string"].decode("latin-1"))
        if self._key in query + scope["path"] and not self._in_query():
            return "key_in_url", f"the key stood in a URL of the {self._host} host"
        headers = Headers(scope=scope)
        if not self._in_headers and any(self._key in value for value in headers.values()):
            return "key_elsewhere", f"the key was sent to the {self._host} host"
        return None


LOOPBACK_ORIGIN: Final = r"http://(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?"


class LoopbackOnly:
    """Refuses what a foreign page makes a browser send: a foreign Origin, or a foreign name for this host."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            for origin in (f"http://{headers.get('host', '')}", headers.get("origin", "http://localhost")):
                if not re.fullmatch(LOOPBACK_ORIGIN, origin):
                    await Response("this machine only", 403)(scope, receive, send)
                    return
        await self._app(scope, receive, send)
