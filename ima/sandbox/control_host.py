"""The control host: for tests, and for the page that lets one provoke failures. Not part of the real API.

- `GET /failures`: `[{"name", "title_en", "title_zh"}]`; `POST /failures` arms one: `{"name", "times"?, "seconds"?}`
  (for the next matching calls; what is left out is the failure's own default); `DELETE /failures` disarms all.
- `GET /state`: balance, pace, counts, tasks, armed, violations. `POST /reset`: all as at the start, under new
  attribute ids.
- `POST /settings`: any of `pace` (real or fast), `fast_seconds` ([shortest, longest]), `balance`,
  `post_upload_token`, `repeat_window` (seconds).
- `POST /catalogue`: any of `redraw_ids` (true), `change_points` (by how many),
  `set_points` ({"model_id", "category", "size", "points"}),
  `collapse` ({"model_id", "category", "points"}: a single rule under the marker).
- `PUT /pictures?url=https://…`: the body is what that public URL serves to orders that name it.

What makes no sense is answered 400 `{"error": …}`; a foreign Origin or Host 403.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ima.sandbox.catalogue import Catalogue
from ima.sandbox.failures import KNOWN, Failure, Failures
from ima.sandbox.http_parts import LOOPBACK_ORIGIN, LoopbackOnly, bounded_body
from ima.sandbox.options import fast_pace, pace_named
from ima.sandbox.refusals import RefusalError
from ima.sandbox.settings import Counts, Settings
from ima.sandbox.strict_json import Json, JsonObject, NotStrictJsonError, parse_object
from ima.sandbox.studio import Studio
from ima.sandbox.tasks import Ledger, media
from ima.sandbox.violations import Violations
from ima.sandbox.web import MOST_BYTES, Web

_MOST_JSON: Final = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlHost:
    """Reads and sets what the other hosts do.

    `reset` puts everything back to the start; `refuse` closes the API host's port for some seconds.
    """

    settings: Settings
    counts: Counts
    catalogue: Catalogue
    ledger: Ledger
    failures: Failures
    violations: Violations
    studio: Studio
    web: Web
    reset: Callable[[], Awaitable[None]]
    refuse: Callable[[float], Awaitable[None]]
    restore: Callable[[], Awaitable[None]]

    def app(self) -> Starlette:
        """Return the ASGI app."""
        return Starlette(
            routes=[
                Route("/failures", self._failures, methods=["GET"]),
                Route("/failures", self._arm, methods=["POST"]),
                Route("/failures", self._disarm, methods=["DELETE"]),
                Route("/state", self._state, methods=["GET"]),
                Route("/reset", self._reset, methods=["POST"]),
                Route("/settings", self._set, methods=["POST"]),
                Route("/catalogue", self._change, methods=["POST"]),
                Route("/pictures", self._place, methods=["PUT"]),
            ],
            middleware=[
                Middleware(LoopbackOnly),
                Middleware(
                    CORSMiddleware,
                    allow_origin_regex=LOOPBACK_ORIGIN,
                    allow_methods=["GET", "POST", "PUT", "DELETE"],
                    allow_headers=["Content-Type"],
                ),
            ],
            exception_handlers={ValueError: self._invalid, KeyError: self._invalid, RefusalError: self._invalid},
        )

    async def _invalid(self, request: Request, error: Exception) -> Response:
        return JSONResponse({"error": str(error)}, 400)

    async def _failures(self, request: Request) -> Response:
        return JSONResponse(
            [
                {"name": failure.value, "title_en": known.title_en, "title_zh": known.title_zh}
                for failure, known in KNOWN.items()
            ]
        )

    async def _arm(self, request: Request) -> Response:
        body = await self._body(request, {"name", "times", "seconds"})
        failure = Failure(_text(body, "name"))
        times, seconds = body.get("times"), _number(body, "seconds")
        if times is not None and (not isinstance(times, int) or isinstance(times, bool)):
            raise ValueError("times is not a whole number")
        armed = self.failures.arm(failure, times, seconds)
        if failure is Failure.CONNECTION_REFUSED:
            self.failures.take(failure)
            await self.refuse(armed.seconds)
        return JSONResponse({"name": failure.value, "times": armed.times, "seconds": armed.seconds})

    async def _disarm(self, request: Request) -> Response:
        self.failures.reset()
        await self.restore()
        return Response(status_code=204)

    async def _state(self, request: Request) -> Response:
        now = self.settings.clock.monotonic()
        return JSONResponse(
            {
                "balance": self.ledger.balance,
                "pace": self.settings.pace.name,
                "counts": {
                    "list": self.counts.lists,
                    "create": self.counts.creates,
                    "detail": self.counts.details,
                    "upload_token": self.counts.upload_tokens,
                    "upload_put": self.counts.upload_puts,
                    "download": self.counts.downloads,
                },
                "tasks": [
                    {
                        "task_id": task.task_id,
                        "category": task.order.category,
                        "prompt": task.order.prompt,
                        "model_id": task.order.model_id,
                        "size": task.order.size,
                        "aspect_ratio": task.order.aspect_ratio,
                        "charged": task.order.points,
                        "input_images": list(task.order.inputs),
                        "details": task.details,
                        "status": media(task, now, self.studio.painted(task)).status,
                    }
                    for task in self.ledger.tasks()
                ],
                "armed": [
                    {"name": armed.failure.value, "times": armed.times, "seconds": armed.seconds}
                    for armed in self.failures.armed()
                ],
                "violations": [{"name": each.name, "detail": each.detail} for each in self.violations.all()],
            }
        )

    async def _reset(self, request: Request) -> Response:
        await self.reset()
        return Response(status_code=204)

    async def _set(self, request: Request) -> Response:
        body = await self._body(request, {"pace", "fast_seconds", "balance", "post_upload_token", "repeat_window"})
        if "pace" in body:
            self.settings.pace = pace_named(_text(body, "pace"))
        if "fast_seconds" in body:
            self.settings.pace = fast_pace(*_range(body["fast_seconds"]))
        if "balance" in body:
            self.ledger.balance = _whole(body, "balance")
        if "post_upload_token" in body:
            self.settings.post_upload_token = body["post_upload_token"] is True
        if (window := _number(body, "repeat_window")) is not None:
            self.settings.repeat_window = window
        return Response(status_code=204)

    async def _change(self, request: Request) -> Response:
        body = await self._body(request, {"redraw_ids", "change_points", "set_points", "collapse"})
        if body.get("redraw_ids") is True:
            self.catalogue.redraw_ids()
        if "change_points" in body:
            self.catalogue.change_points(_whole(body, "change_points"))
        if isinstance(price := body.get("set_points"), dict):
            self.catalogue.set_points(
                _text(price, "model_id"), _text(price, "category"), _text(price, "size"), _whole(price, "points")
            )
        if isinstance(price := body.get("collapse"), dict):
            self.catalogue.collapse(_text(price, "model_id"), _text(price, "category"), _whole(price, "points"))
        return Response(status_code=204)

    async def _place(self, request: Request) -> Response:
        self.web.place(request.query_params["url"], await bounded_body(request, MOST_BYTES))
        return Response(status_code=204)

    async def _body(self, request: Request, known: set[str]) -> JsonObject:
        try:
            body = parse_object(await bounded_body(request, _MOST_JSON))
        except NotStrictJsonError as error:
            raise ValueError(str(error)) from error
        if unknown := sorted(body.keys() - known):
            raise ValueError(f"unknown fields: {', '.join(unknown)}")
        return body


def _text(body: JsonObject, field: str) -> str:
    value = body.get(field)
    if not isinstance(value, str):
        raise ValueError(f"{field} is not a text")
    return value


def _whole(body: JsonObject, field: str) -> int:
    value = body.get(field)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{field} is not a whole number")
    return value


def _number(body: JsonObject, field: str) -> float | None:
    value = body.get(field)
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ValueError(f"{field} is not a number")
    return float(value)


def _range(value: Json) -> tuple[float, float]:
    if isinstance(value, list) and len(value) == 2:
        shortest, longest = value
        if isinstance(shortest, int | float) and isinstance(longest, int | float):
            return float(shortest), float(longest)
    raise ValueError("fast_seconds is not a list of two numbers")
