"""The storage: presigned PUT, public GET of uploads and of results. It has no use for the key."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from ima.sandbox.breakages import html_page, sleep_unless_gone
from ima.sandbox.failures import Armed, Failure, Failures
from ima.sandbox.http_parts import bounded_body, exception_handlers
from ima.sandbox.results import Results
from ima.sandbox.settings import Counts, Settings
from ima.sandbox.studio import Studio, Variant
from ima.sandbox.tasks import Ledger, Task
from ima.sandbox.uploads import Bucket, Slot
from ima.sandbox.violations import Violations
from ima.sandbox.web import MOST_BYTES

_TYPES: Final = {"png": "image/png", "jpg": "image/jpeg"}
_TOO_LARGE: Final = 150 * 1024 * 1024
_CHUNK: Final = bytes(64 * 1024)


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageHost:
    """Puts and gets; each part is handed in."""

    key: str
    settings: Settings
    counts: Counts
    bucket: Bucket
    ledger: Ledger
    studio: Studio
    failures: Failures
    violations: Violations

    def app(self) -> Starlette:
        """Return the ASGI app."""
        return Starlette(
            routes=[
                Route("/put/{name}", self._put, methods=["PUT"]),
                Route("/uploads/{name}", self._upload, methods=["GET"]),
                Route("/results/{name}", self._result, methods=["GET"]),
                Route("/elsewhere", self._elsewhere, methods=["GET", "POST", "PUT"]),
            ],
            exception_handlers=exception_handlers(self.violations, "storage"),
        )

    async def _put(self, request: Request) -> Response:
        self.counts.upload_puts += 1
        if "authorization" in request.headers:
            return self._denied(400, "InvalidArgument", "put_with_authorization")
        slot = self.bucket.slot(request.path_params["name"])
        if slot is None:
            return self._denied(403, "AccessDenied", "put_without_slot")
        if request.url.query != slot.query() or request.headers.get("content-type") != slot.content_type:
            return self._denied(403, "SignatureDoesNotMatch", "put_not_as_signed")
        if self.settings.clock.wall() > slot.expires:
            return self._denied(403, "RequestExpired", "")
        body = await bounded_body(request, MOST_BYTES)
        if not body:
            return self._denied(400, "MissingRequestBody", "put_empty")
        if self.key.encode() in body:
            return self._denied(400, "InvalidArgument", "key_elsewhere")
        return await self._keep(request, slot, body)

    async def _keep(self, request: Request, slot: Slot, body: bytes) -> Response:
        fault = self.failures.take(Failure.UPLOAD_PUT_FAILS, Failure.SLOW_UPLOAD)
        if fault is not None and fault.failure is Failure.UPLOAD_PUT_FAILS:
            return self._denied(503, "ServiceUnavailable", "")
        if fault is not None:
            await sleep_unless_gone(self.settings.clock, fault.seconds, request.receive)
        # Somebody else may have written while this one was slow.
        if self.bucket.slot(slot.name) is None:
            return self._denied(403, "AccessDenied", "put_without_slot")
        self.bucket.put(slot, body)
        return Response(status_code=200)

    async def _upload(self, request: Request) -> Response:
        upload = self.bucket.get(request.path_params["name"])
        if upload is None:
            return self._denied(404, "NoSuchKey", "")
        return Response(upload.body, media_type=upload.content_type)

    async def _result(self, request: Request) -> Response:
        self.counts.downloads += 1
        name = request.path_params["name"]
        found = Results(self.ledger, self.studio).find(name)
        if found is None:
            return self._denied(404, "NoSuchKey", "")
        task, variant = found
        media_type = _TYPES[name.rpartition(".")[2]]
        if variant is Variant.PICTURE and task.picture_fault is not None:
            return await self._faulty(task, task.picture_fault, media_type)
        return Response(await self.studio.file(task, variant), media_type=media_type)

    async def _faulty(self, task: Task, fault: Armed, media_type: str) -> Response:
        match fault.failure:
            case Failure.PICTURE_MISSING:
                return self._denied(404, "NoSuchKey", "")
            case Failure.PICTURE_NOT_A_PICTURE:
                page = html_page(200)
                return Response(page.body, media_type=media_type)
            case Failure.PICTURE_ENDLESS:
                return StreamingResponse(_endless(), media_type=media_type)
            case Failure.PICTURE_TOO_LARGE:
                length = {"Content-Length": str(_TOO_LARGE)}
                return StreamingResponse(_zeroes(_TOO_LARGE), media_type=media_type, headers=length)
            case _:
                body = await self.studio.file(task, Variant.PICTURE)
        if fault.failure is Failure.PICTURE_TRUNCATED:
            return Response(body[: len(body) // 2], media_type=media_type)
        length = {"Content-Length": str(len(body))}
        return StreamingResponse(self._slowly(body, fault.seconds), media_type=media_type, headers=length)

    async def _slowly(self, body: bytes, seconds: float) -> AsyncIterator[bytes]:
        parts = 20
        step = -(-len(body) // parts)
        for start in range(0, len(body), step):
            yield body[start : start + step]
            await self.settings.clock.sleep(seconds / parts)

    async def _elsewhere(self, request: Request) -> Response:
        """Stand for a host that has nothing to do with the API, to which a redirect led."""
        if self.key.encode() in await bounded_body(request, 64 * 1024):
            self.violations.add("key_elsewhere", "the key was sent on to another host by a redirect")
        return html_page(200)

    def _denied(self, status: int, code: str, violation: str) -> Response:
        if violation:
            self.violations.add(violation, f"the storage answered {status} {code}")
        text = f'<?xml version="1.0" encoding="UTF-8"?><Error><Code>{code}</Code></Error>'
        return Response(text, status, media_type="application/xml")


async def _endless() -> AsyncIterator[bytes]:
    while True:
        # Without a pause nobody would be heard saying that the client has gone.
        await asyncio.sleep(0)
        yield _CHUNK


async def _zeroes(length: int) -> AsyncIterator[bytes]:
    for _ in range(length // len(_CHUNK)):
        await asyncio.sleep(0)
        yield _CHUNK
