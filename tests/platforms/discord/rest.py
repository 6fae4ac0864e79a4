"""The REST side's door: who may ask, how often, and what goes wrong; the routes do the rest."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from aiohttp import web

from tests.platforms.discord.account import Account
from tests.platforms.discord.basics import Json, Options, Refusal, Violations
from tests.platforms.discord.files import Body, Upload, read_body
from tests.platforms.discord.link import reset
from tests.platforms.discord.rates import GRACE, Rate, Rates, Verdict
from tests.platforms.discord.troubles import Trouble, Troubles

PREFIX = re.compile(r"/api/v10(?=/)")
_MAJOR = ("channel_id", "guild_id", "webhook_id", "token")


@dataclass(frozen=True, slots=True)
class Call:
    """A request that came through the door."""

    parameters: Mapping[str, str]
    query: Mapping[str, str]
    body: Body

    @property
    def form(self) -> Json:
        """The body's JSON object."""
        if not isinstance(self.body.form, dict):
            raise Refusal(400, 50035, "Invalid Form Body")
        return self.body.form

    @property
    def files(self) -> dict[int, Upload]:
        """The files beside it."""
        return self.body.files

    def __getitem__(self, name: str) -> str:
        return self.parameters[name]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a route gives back."""

    body: Json | list[Json] | None = None
    status: int = 200


NOTHING = Answer(None, 204)

Handler = Callable[[Call], Answer]


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path; `with_token`: the bot's token is asked; `counted`: the limit for all holds."""

    method: str
    template: str
    handler: Handler
    rate: Rate | None = None
    with_token: bool = True
    counted: bool = True
    pattern: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.template)
        object.__setattr__(self, "pattern", re.compile(pattern))


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it was answered, for whoever wants to count."""

    method: str
    path: str
    status: int
    at: float


class Rest:
    """Takes every request under /api."""

    def __init__(
        self, account: Account, rates: Rates, troubles: Troubles, options: Options, violations: Violations
    ) -> None:
        self.requests: list[Seen] = []
        self._routes: list[Route] = []
        self._account = account
        self._rates = rates
        self._troubles = troubles
        self._options = options
        self._violations = violations

    def add(self, routes: Iterable[Route]) -> None:
        """Serve these, too."""
        self._routes.extend(routes)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        path = PREFIX.sub("", request.path)
        body: Body | Refusal
        try:
            body = await read_body(request)
        except Refusal as refusal:
            body = refusal
        if self._rates.banned():
            self._violations.add("banned_for_invalid_requests", f"{request.method} {path}")
            return web.Response(status=429, text="<html>error code: 1015</html>", content_type="text/html")
        trouble = self._troubles.take(request.method, path)
        if trouble is not None and trouble.when == "before":
            response = self._ruined(request, trouble)
        else:
            response = self._answer(request, path, body)
            if trouble is not None:
                response = self._ruined(request, trouble)
        self.requests.append(Seen(request.method, path, response.status, self._options.stopwatch()))
        if response.status in {401, 403, 429}:
            self._rates.count_invalid()
        return response

    def _ruined(self, request: web.Request, trouble: Trouble) -> web.Response:
        if trouble.outcome == "reset":
            reset(request.transport)
            return web.Response(status=500)
        if trouble.outcome == 429:
            return _limited(Verdict({"X-RateLimit-Scope": "shared"}, trouble.retry_after))
        if trouble.outcome >= 500:
            text = f"<html><head><title>{trouble.outcome}</title></head></html>"
            return web.Response(status=trouble.outcome, text=text, content_type="text/html", headers=_VIA)
        return _json(trouble.outcome, {"message": f"{trouble.outcome}: made so", "code": 0})

    def _answer(self, request: web.Request, path: str, body: Body | Refusal) -> web.Response:
        self._check_agent(request, path)
        found = self._find(request.method, path)
        if found is None:
            self._violations.add("unknown_route", f"{request.method} {path}")
            return _json(404, {"message": "404: Not Found", "code": 0})
        route, parameters = found
        if route.with_token and not self._is_known(request, path):
            return _json(401, {"message": "401: Unauthorized", "code": 0})
        major = ",".join(parameters[name] for name in _MAJOR if name in parameters)
        verdict = self._rates.ask(
            f"{route.method} {route.template}", major, route.rate, counted=route.counted and route.with_token
        )
        if verdict.retry_after is not None:
            return _limited(verdict)
        try:
            if isinstance(body, Refusal):
                raise body
            answer = route.handler(Call(parameters, dict(request.query), body))
        except Refusal as refusal:
            if refusal.code == 50035:
                self._violations.add("invalid_form", f"{request.method} {path}: {refusal.errors or refusal.message}")
            if refusal.message.startswith("<"):
                return web.Response(status=refusal.status, text=refusal.message, content_type="text/html")
            return _json(refusal.status, refusal.body(), verdict.headers)
        if answer.body is None:
            return web.Response(status=answer.status, headers=_VIA | verdict.headers)
        return _json(answer.status, answer.body, verdict.headers)

    def _check_agent(self, request: web.Request, path: str) -> None:
        agent = request.headers.get("User-Agent", "")
        with_token = "Authorization" in request.headers
        if not agent or (with_token and not agent.startswith("DiscordBot (")):
            self._violations.add("no_user_agent", f"{request.method} {path}: {agent!r}")

    def _find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        for route in self._routes:
            if route.method == method and (match := route.pattern.fullmatch(path)):
                return route, match.groupdict()
        return None

    def _is_known(self, request: web.Request, path: str) -> bool:
        given = request.headers.get("Authorization", "")
        if given == f"Bot {self._account.token}":
            return True
        now = self._options.stopwatch()
        first = self._account.refused_tokens.setdefault(given, now)
        if now > first + GRACE:
            self._violations.add("request_after_401", f"{request.method} {path}")
        return False


_VIA = {"Via": "1.1 google"}


def _json(status: int, body: Json | list[Json], headers: Mapping[str, str] | None = None) -> web.Response:
    # Without a charset: clients compare the whole header.
    return web.Response(
        status=status,
        body=json.dumps(body, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json", **_VIA, **(headers or {})},
    )


def _limited(verdict: Verdict) -> web.Response:
    assert verdict.retry_after is not None
    body: Json = {
        "message": "You are being rate limited.",
        "retry_after": round(verdict.retry_after, 3),
        "global": verdict.everywhere,
    }
    return _json(429, body, {**verdict.headers, "Retry-After": str(int(verdict.retry_after) + 1)})
