"""The API host: product list, create, detail."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from ima.sandbox.breakages import Broken, Silence, broken_json, garbage_poll, html_page, server_error
from ima.sandbox.catalogue import CATEGORIES, Catalogue
from ima.sandbox.conduct import Conduct
from ima.sandbox.failures import Armed, Failure, Failures
from ima.sandbox.http_parts import bounded_body, envelope, exception_handlers
from ima.sandbox.listeners import Listener
from ima.sandbox.orders import check_order
from ima.sandbox.refusals import (
    ATTRIBUTE_MISMATCH,
    CREDIT_MISMATCH,
    INSUFFICIENT_POINTS,
    INVALID_PRODUCT_ATTRIBUTE,
    NO_RULE,
    TASK_NOT_FOUND,
    UNKNOWN_CODE,
    UNSAFE_PROMPT,
    RefusalError,
    bad_request,
    rate_limited,
    unauthorized,
)
from ima.sandbox.settings import Counts, Settings
from ima.sandbox.strict_json import JsonObject, NotStrictJsonError, parse_object
from ima.sandbox.studio import Studio
from ima.sandbox.tasks import FATES, PICTURE_FAULTS, Ledger, Task, media
from ima.sandbox.violations import Violations
from ima.sandbox.web import Web

_MOST_BYTES: Final = 256 * 1024
_STALE_CODES: Final = (CREDIT_MISMATCH, NO_RULE, ATTRIBUTE_MISMATCH, INVALID_PRODUCT_ATTRIBUTE)
_REFUSALS: Final = {
    Failure.INSUFFICIENT_POINTS: (INSUFFICIENT_POINTS, "Insufficient points", 200),
    Failure.INVALID_ATTRIBUTE: (INVALID_PRODUCT_ATTRIBUTE, "Invalid product attribute", 200),
    Failure.CREDIT_MISMATCH: (CREDIT_MISMATCH, "credit does not match the rule", 200),
    Failure.NO_RULE: (NO_RULE, "no rule for these parameters", 200),
    Failure.ATTRIBUTE_MISMATCH: (ATTRIBUTE_MISMATCH, "Attribute ID does not match the parameters", 200),
    Failure.BAD_REQUEST: (400, "Bad request: invalid parameters", 400),
    Failure.UNSUPPORTED_RATIO: (400, "Parameter not supported: aspect_ratio", 400),
    Failure.UNSAFE_PROMPT: (UNSAFE_PROMPT, "prompt blocked by content safety policy", 200),
    Failure.UNKNOWN_CODE: (UNKNOWN_CODE, "xq internal: shard 7 rebalancing", 200),
}
_LOST_ANSWERS: Final = (
    Failure.CREATE_ANSWER_LOST,
    Failure.CREATE_ANSWER_5XX_AFTER_CHARGE,
    Failure.CREATE_ANSWER_GARBAGE,
    Failure.CREATE_TIMES_OUT_AFTER_CHARGE,
)
_CHANGES: Final = (Failure.PRICE_RISES, Failure.PRICE_FALLS, Failure.IDS_CHANGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiHost:
    """The three calls; each part is handed in."""

    key: str
    settings: Settings
    counts: Counts
    catalogue: Catalogue
    ledger: Ledger
    failures: Failures
    violations: Violations
    conduct: Conduct
    studio: Studio
    web: Web
    listener: Listener
    storage: str

    def app(self) -> Starlette:
        """Return the ASGI app."""
        return Starlette(
            routes=[
                Route("/open/v1/product/list", self._list, methods=["GET"]),
                Route("/open/v1/tasks/create", self._create, methods=["POST"]),
                Route("/open/v1/tasks/detail", self._detail, methods=["POST"]),
            ],
            exception_handlers=exception_handlers(self.violations, "API"),
        )

    async def _list(self, request: Request) -> Response:
        self.counts.lists += 1
        self._check_headers(request, with_body=False)
        query = request.query_params.multi_items()
        if sorted(name for name, _ in query) != ["app", "category", "platform"]:
            raise bad_request("the query is not app, platform and category, once each")
        found = dict(query)
        if (found["app"], found["platform"]) != ("ima", "web") or found["category"] not in CATEGORIES:
            raise bad_request("app, platform or category is wrong")
        if fault := self.failures.take(
            Failure.UNAUTHORIZED,
            Failure.RATE_LIMITED_LIST,
            Failure.RATE_LIMITED_LIST_NO_HINT,
            Failure.LIST_DOWN,
            Failure.LIST_GARBAGE,
            Failure.LIST_REDIRECTED,
        ):
            return self._list_fault(fault)
        self.conduct.listed(found["category"], self.settings.clock.monotonic())
        return envelope(self.catalogue.tree(found["category"]), code=200)

    def _list_fault(self, fault: Armed) -> Response:
        match fault.failure:
            case Failure.UNAUTHORIZED:
                raise unauthorized()
            case Failure.RATE_LIMITED_LIST:
                raise rate_limited(fault.seconds)
            case Failure.RATE_LIMITED_LIST_NO_HINT:
                raise rate_limited(None)
            case Failure.LIST_DOWN:
                return server_error(503)
            case Failure.LIST_REDIRECTED:
                return RedirectResponse(f"{self.storage}/elsewhere", 307)
            case _:
                return html_page(200)

    async def _create(self, request: Request) -> ASGIApp:
        self.counts.creates += 1
        self._check_headers(request, with_body=True)
        body = await self._body(request)
        now = self.settings.clock.monotonic()
        if fault := self.failures.take(Failure.UNAUTHORIZED, Failure.RATE_LIMITED, Failure.RATE_LIMITED_NO_HINT):
            if fault.failure is Failure.UNAUTHORIZED:
                raise unauthorized()
            raise rate_limited(fault.seconds if fault.failure is Failure.RATE_LIMITED else None)
        digest = hashlib.sha256(repr(body).encode()).hexdigest()
        self.conduct.ordering(digest, str(body.get("task_type")), now)
        try:
            task = await self._order(body)
        except RefusalError as error:
            if error.code in _STALE_CODES:
                self.conduct.refused_as_stale(digest, now)
            raise
        self.conduct.accepted(digest, now)
        if fault := self.failures.take(*_LOST_ANSWERS):
            task.last_detail_answered = False
            return self._lost(request, fault)
        return envelope({"id": task.task_id})

    async def _order(self, body: JsonObject) -> Task:
        """Check, charge and begin."""
        if change := self.failures.take(*_CHANGES):
            self._change_catalogue(change.failure)
        order = check_order(body, self.catalogue)
        inputs = await self.web.pictures(order.inputs)
        if fault := self.failures.take(*_REFUSALS):
            code, message, status = _REFUSALS[fault.failure]
            raise RefusalError(code, message, status=status)
        self.ledger.charge(order)
        task = self.ledger.start(
            order,
            self.settings.pace,
            self.settings.clock.monotonic(),
            self.failures.take(*FATES),
            self.failures.take(*PICTURE_FAULTS),
        )
        self.studio.begin(task, inputs)
        return task

    def _change_catalogue(self, failure: Failure) -> None:
        if failure is Failure.IDS_CHANGE:
            self.catalogue.redraw_ids()
        else:
            self.catalogue.change_points(3 if failure is Failure.PRICE_RISES else -2)

    def _lost(self, request: Request, fault: Armed) -> ASGIApp:
        match fault.failure:
            case Failure.CREATE_ANSWER_LOST:
                return Broken(self.listener, request)
            case Failure.CREATE_ANSWER_5XX_AFTER_CHARGE:
                return server_error(502)
            case Failure.CREATE_ANSWER_GARBAGE:
                return broken_json()
            case _:
                return Silence(self.settings.clock, fault.seconds, self.listener, request)

    async def _detail(self, request: Request) -> ASGIApp:
        self.counts.details += 1
        self._check_headers(request, with_body=True)
        body = await self._body(request)
        task_id = body.get("task_id")
        if body.keys() != {"task_id"} or not isinstance(task_id, str):
            raise bad_request("the body is not a task_id alone")
        task = self.ledger.task(task_id)
        if task is None:
            raise RefusalError(TASK_NOT_FOUND, "task not found", violation="unknown_task")
        now = self.settings.clock.monotonic()
        if self.settings.pace.timed:
            self.conduct.polled(task, now)
        task.details += 1
        task.last_detail = now
        if fault := self.failures.take(Failure.POLLS_GARBAGE):
            task.last_detail_answered = False
            return garbage_poll(fault.times, self.listener, request)
        task.last_detail_answered = True
        return envelope({"id": task.task_id, "medias": [self._media(task, now)]})

    def _media(self, task: Task, now: float) -> JsonObject:
        found = media(task, now, self.studio.painted(task))
        if found.resource_status == 1:
            task.finished_details += 1
        width, height = task.size_in_pixels()
        extension = task.picture_format()
        url = f"{self.storage}/results/{task.result}"
        done = found.finished
        return {
            "resource_status": found.resource_status,
            "status": found.status,
            "url": f"{url}.{extension}" if done else "",
            "watermark_url": f"{url}-watermark.{extension}" if done else "",
            "cover_url": f"{url}-cover.jpg" if done else "",
            "width": width if done else 0,
            "height": height if done else 0,
            "format": extension if done else "",
            "error_msg": found.error_msg,
            "remark": "",
        }

    def _check_headers(self, request: Request, *, with_body: bool) -> None:
        """Refuse what the API page's headers do not allow, the key first."""
        names = [name.lower() for name, _ in request.headers.raw]
        for name in (b"authorization", b"x-app-source", b"x_app_language", b"content-type"):
            if names.count(name) > 1:
                raise bad_request(f"{name.decode()} is sent twice", violation="wrong_header")
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer" or not hmac.compare_digest(key.encode(), self.key.encode()):
            raise unauthorized()
        if request.headers.get("x-app-source") != "ima_skills":
            raise bad_request("x-app-source is not ima_skills", violation="wrong_header")
        language = request.headers.get("x_app_language")
        if language is None:
            self.violations.add("missing_header", "no x_app_language")
        elif language not in ("en", "zh"):
            raise bad_request("x_app_language is neither en nor zh", violation="wrong_header")
        content_type = request.headers.get("content-type", "").lower().replace(" ", "")
        if with_body and content_type not in ("application/json", "application/json;charset=utf-8"):
            raise bad_request("Content-Type is not application/json", violation="wrong_header")

    async def _body(self, request: Request) -> JsonObject:
        if request.url.query:
            raise bad_request("a POST has a query")
        try:
            return parse_object(await bounded_body(request, _MOST_BYTES))
        except NotStrictJsonError as error:
            raise bad_request(str(error)) from error
