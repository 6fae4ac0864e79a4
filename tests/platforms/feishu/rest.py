"""The REST side's door: who may ask, how often, and what goes wrong; the routes do the rest."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from weakref import WeakSet

from aiohttp import BodyPartReader, web

from tests.platforms.discord.link import reset
from tests.platforms.feishu.account import Account
from tests.platforms.feishu.basics import Ids, Json, Options, Refusal, Violations, unfit
from tests.platforms.feishu.rates import Limited, Rates
from tests.platforms.feishu.troubles import Trouble, Troubles

_PREFIX = "/open-apis"
TOKEN = "POST /auth/v3/tenant_access_token/internal"


@dataclass(frozen=True, slots=True)
class Call:
    """A request that came through the door."""

    parameters: Mapping[str, str]
    query: Mapping[str, str]
    body: Json
    files: Mapping[str, bytes]

    def __getitem__(self, name: str) -> str:
        return self.parameters[name]


@dataclass(frozen=True, slots=True)
class Binary:
    """A file as the answer."""

    data: bytes
    content_type: str


Handler = Callable[[Call], Json | Binary]


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path. `scopes`: one of them must be granted; `open`: no token is asked."""

    method: str
    template: str
    handler: Handler
    scopes: frozenset[str] = frozenset()
    open: bool = False
    probing: bool = False
    """Whether a call without its scope is a fair question, as a self-test asks it."""
    pattern: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.template)
        object.__setattr__(self, "pattern", re.compile(pattern + "/?"))

    @property
    def name(self) -> str:
        """How it is counted."""
        return f"{self.method} {self.template}"


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it was answered, for whoever wants to count. `code` is the platform's, -1 without one."""

    method: str
    route: str
    path: str
    status: int
    code: int
    at: float


class Rest:
    """Takes every request."""

    def __init__(
        self,
        account: Account,
        rates: Rates,
        troubles: Troubles,
        options: Options,
        ids: Ids,
        violations: Violations,
    ) -> None:
        self.requests: list[Seen] = []
        self.connections = 0
        """TCP connections that brought at least one request."""
        self.held = 0
        """Requests that wait and are not going to be answered."""
        self._tokens_asked: list[asyncio.Transport] = []
        self._known: WeakSet[asyncio.Transport] = WeakSet()
        self._routes: list[Route] = []
        self._account = account
        self._rates = rates
        self._troubles = troubles
        self._options = options
        self._ids = ids
        self._violations = violations
        self._thawed = asyncio.Event()

    def add(self, routes: Iterable[Route]) -> None:
        """Serve these, too."""
        self._routes.extend(routes)

    def thaw(self) -> None:
        """Let go of the requests that are never answered."""
        self._thawed.set()
        self._thawed = asyncio.Event()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        if request.transport is not None and request.transport not in self._known:
            self._known.add(request.transport)
            self.connections += 1
        path = request.path.removeprefix(_PREFIX)
        # Discovery alone is not under the prefix.
        rightly = request.path.startswith("/callback/") != request.path.startswith(f"{_PREFIX}/")
        found = self._find(request.method, path) if rightly else None
        body, files, wrong = await _read(request)
        if found is not None and found[0].name == TOKEN:
            self._tokens_asked = [one for one in self._tokens_asked if not one.is_closing()]
            if self._tokens_asked:
                self._violations.add("token_asked_twice_at_once", f"{len(self._tokens_asked) + 1}")
            transport = request.transport
            if transport is not None:
                self._tokens_asked.append(transport)
            try:
                return await self._serve(request, path, found, body, files, wrong)
            finally:
                if transport is not None:
                    self._tokens_asked.remove(transport)
        return await self._serve(request, path, found, body, files, wrong)

    async def _serve(
        self,
        request: web.Request,
        path: str,
        found: tuple[Route, dict[str, str]] | None,
        body: Json,
        files: dict[str, bytes],
        wrong: Refusal | None,
    ) -> web.Response:
        ruin: Trouble | None = None
        for trouble in self._troubles.take(request.method, path):
            if trouble.outcome is None:
                await asyncio.sleep(trouble.seconds)
            else:
                ruin = trouble
        if ruin is not None and ruin.when == "before":
            response, code = await self._ruined(request, found, ruin)
        else:
            response, code = self._answer(request, path, found, body, files, wrong)
            if ruin is not None:
                response, code = await self._ruined(request, found, ruin)
        name = path if found is None else found[0].template
        at = self._options.stopwatch()
        self.requests.append(Seen(request.method, f"{request.method} {name}", path, response.status, code, at))
        return response

    async def _ruined(
        self, request: web.Request, found: tuple[Route, dict[str, str]] | None, trouble: Trouble
    ) -> tuple[web.Response, int]:
        outcome = trouble.outcome
        if isinstance(outcome, Refusal):
            if isinstance(outcome, Limited) and found is not None:
                self._rates.bar(found[0].name, outcome.reset)
            return self._refused(outcome)
        if outcome == "reset":
            reset(request.transport)
            return web.Response(status=500), -1
        if outcome == "never":
            self.held += 1
            try:
                await self._thawed.wait()
            finally:
                self.held -= 1
            reset(request.transport)
            return web.Response(status=500), -1
        if outcome == "broken_json":
            return web.Response(body=b'{"code":0,"msg":"ok","data":{', content_type="application/json"), -1
        assert isinstance(outcome, int)
        text = f"<html><head><title>{outcome}</title></head><body><center>tengine</center></body></html>"
        return web.Response(status=outcome, text=text, content_type="text/html"), -1

    def _answer(
        self,
        request: web.Request,
        path: str,
        found: tuple[Route, dict[str, str]] | None,
        body: Json,
        files: dict[str, bytes],
        wrong: Refusal | None,
    ) -> tuple[web.Response, int]:
        what = f"{request.method} {path}"
        if found is None:
            self._violations.add("unknown_route", what)
            return web.Response(status=404, text="404 page not found"), -1
        route, parameters = found
        try:
            if not route.open:
                self._account.check(request.headers.getall("Authorization", []), what)
                self._check_scopes(route)
            self._rates.call(route.name)
            if wrong is not None:
                raise wrong
            answer = route.handler(Call(parameters, dict(request.query), body, files))
        except Refusal as refusal:
            return self._refused(refusal)
        if isinstance(answer, Binary):
            headers = {"Content-Type": answer.content_type, **self._log()}
            return web.Response(body=answer.data, headers=headers), 0
        return self._json(200, answer), int(answer["code"])

    def _check_scopes(self, route: Route) -> None:
        if not route.scopes or route.scopes & self._options.scopes:
            return
        names = ", ".join(sorted(route.scopes))
        if not route.probing:
            self._violations.add("scope_missing", f"{route.name} needs one of {names}")
        violations = [{"type": "action_scope_required", "subject": one} for one in sorted(route.scopes)]
        message = f"Access denied. One of the following scopes is required: [{names}]."
        raise Refusal(99991672, message, permission_violations=violations)

    def _find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        for route in self._routes:
            if route.method == method and (match := route.pattern.fullmatch(path)):
                return route, match.groupdict()
        return None

    def _refused(self, refusal: Refusal) -> tuple[web.Response, int]:
        headers = refusal.headers if isinstance(refusal, Limited) else {}
        body: Json = {"code": refusal.code, "msg": refusal.message}
        body["error"] = {"log_id": self._ids.bits(128).upper(), **refusal.more}
        return self._json(refusal.status, body, headers), refusal.code

    def _log(self) -> dict[str, str]:
        return {"X-Tt-Logid": self._ids.bits(128).upper(), "X-Request-Id": self._ids.bits(128), "Server": "Tengine"}

    def _json(self, status: int, body: Json, headers: Mapping[str, str] | None = None) -> web.Response:
        return web.Response(
            status=status,
            body=json.dumps(body, ensure_ascii=False).encode(),
            headers={"Content-Type": "application/json; charset=utf-8", **self._log(), **(headers or {})},
        )


async def _read(request: web.Request) -> tuple[Json, dict[str, bytes], Refusal | None]:
    """Read a body to its end: the form, the files, and what is wrong with it."""
    form: Json = {}
    files: dict[str, bytes] = {}
    if request.content_type == "multipart/form-data":
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                return form, files, Refusal(234001, "Invalid request param.")
            data = bytes(await part.read(decode=True))
            # The library's blocking upload gives the file no name.
            if part.filename is None and part.name != "image":
                form[part.name] = data.decode(errors="replace")
            else:
                files[part.name] = data
        return form, files, None
    raw = await request.read()
    if not raw:
        return form, files, None
    # The library's blocking calls come without a type, and the platform takes them.
    if "Content-Type" in request.headers and request.content_type != "application/json":
        return form, files, unfit("Content-Type", "must be application/json")
    try:
        parsed = json.loads(raw)
    except ValueError:
        return form, files, Refusal(9499, "Bad Request: invalid json")
    if not isinstance(parsed, dict):
        return form, files, Refusal(9499, "Bad Request: invalid json")
    return parsed, files, None
