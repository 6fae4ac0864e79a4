"""The IM host: upload tokens (the API page: upload)."""

import random
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ima.sandbox.failures import Failure, Failures
from ima.sandbox.http_parts import bounded_body, envelope, exception_handlers
from ima.sandbox.refusals import RefusalError, bad_request
from ima.sandbox.settings import Counts, Settings
from ima.sandbox.uploads import Bucket, check_form
from ima.sandbox.violations import Violations

TOKEN_PATH: Final = "/api/rest/oss/getuploadtoken"  # noqa: S105 - a path, not a secret
_MOST_BYTES: Final = 16 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ImHost:
    """One call, by POST, or by GET where the options say so."""

    key: str
    settings: Settings
    counts: Counts
    bucket: Bucket
    failures: Failures
    violations: Violations
    draw: random.Random
    storage: str

    def app(self) -> Starlette:
        """Return the ASGI app."""
        return Starlette(
            routes=[Route(TOKEN_PATH, self._token, methods=["GET", "POST"])],
            exception_handlers=exception_handlers(self.violations, "IM"),
        )

    async def _token(self, request: Request) -> Response:
        self.counts.upload_tokens += 1
        by_post = request.method == "POST"
        if by_post is not self.settings.post_upload_token:
            allow = {"Allow": "GET" if by_post else "POST"}
            return envelope(None, code=405, message="method not allowed", status=405, headers=allow)
        fault = self.failures.take(Failure.UPLOAD_TOKEN_REFUSED, Failure.UPLOAD_TOKEN_REDIRECTED)
        if fault is not None and fault.failure is Failure.UPLOAD_TOKEN_REDIRECTED:
            return RedirectResponse(f"{self.storage}/elsewhere", 307)
        form = await self._form(request) if by_post else _pairs(request.url.query)
        ticket = check_form(form, api_key=self.key, now=self.settings.clock.wall())
        if not self.bucket.use_nonce(form["nonce"]):
            raise bad_request("nonce was used before", violation="nonce_repeated")
        if fault is not None:
            raise RefusalError(5001, "upload token is not available")
        slot = self.bucket.open_slot(f"{self.draw.getrandbits(128):032x}", ticket)
        return envelope(
            {
                "ful": f"{self.storage}/put/{slot.name}?{slot.query()}",
                "fdl": f"{self.storage}/uploads/{slot.name}",
            },
            code=200,
        )

    async def _form(self, request: Request) -> dict[str, str]:
        if request.url.query:
            raise bad_request("a POST has a query")
        content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if content_type != "application/x-www-form-urlencoded":
            raise bad_request("the body is not a form", violation="wrong_header")
        try:
            return _pairs((await bounded_body(request, _MOST_BYTES)).decode("ascii"))
        except UnicodeDecodeError as error:
            raise bad_request("the form is not encoded") from error


def _pairs(encoded: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(encoded, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=32)
    except ValueError as error:
        raise bad_request("the form cannot be read") from error
    found = dict(pairs)
    if len(found) != len(pairs):
        raise bad_request("a form field occurs twice")
    return found
