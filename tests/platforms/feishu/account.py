"""The app's credentials and its tenant tokens: two hours, renewed in the last half hour, revoked on command."""

from __future__ import annotations

from dataclasses import dataclass

from tests.platforms.feishu.basics import Ids, Json, Options, Refusal, Violations

GRACE = 0.25
"""Seconds in which a request may have left before the refusal of the one before arrived."""


@dataclass(slots=True)
class Token:
    """A tenant token; it may end before its time."""

    value: str
    expires: float
    revoked: bool = False


class Account:
    """Who the app is, and which tokens are good."""

    def __init__(self, app_id: str, options: Options, ids: Ids, violations: Violations) -> None:
        self.app_id = app_id
        self.app_secret = f"feishu_test_{ids.bits(96)}"
        self.fetches = 0
        self.tokens: dict[str, Token] = {}
        self._options = options
        self._ids = ids
        self._violations = violations
        self._refused_at: dict[str, float] = {}

    def check_secret(self, app_id: object, app_secret: object) -> None:
        """Refuse credentials that are not this app's."""
        if app_id != self.app_id:
            raise Refusal(10003, "invalid app_id", 200)
        if app_secret != self.app_secret:
            raise Refusal(10014, "app secret invalid", 200)

    def fetch(self, form: Json) -> Json:
        """Answer the token endpoint: the old token while it has half an hour, else a new one."""
        self.fetches += 1
        if not isinstance(form.get("app_id"), str) or not isinstance(form.get("app_secret"), str):
            raise Refusal(10003, "invalid param", 200)
        self.check_secret(form["app_id"], form["app_secret"])
        now = self._options.clock()
        left = self._options.renewal_seconds
        token = next((one for one in self.tokens.values() if not one.revoked and one.expires - now >= left), None)
        if token is None:
            token = Token(f"t-{self._ids.bits(160)}", now + self._options.token_seconds)
            self.tokens[token.value] = token
        expire = int(token.expires - now)
        return {"code": 0, "msg": "ok", "tenant_access_token": token.value, "expire": expire}

    def check(self, headers: list[str], what: str) -> None:
        """Refuse a request whose bearer is missing, wrong, expired or revoked."""
        if len(headers) > 1:
            self._violations.add("two_authorizations", what)
            raise Refusal(
                99991661, "Missing access token for authorization. Please make a request with token attached."
            )
        bearer = headers[0].removeprefix("Bearer ") if headers and headers[0].startswith("Bearer ") else ""
        if not bearer.strip():
            self._violations.add("no_token", what)
            raise Refusal(
                99991661, "Missing access token for authorization. Please make a request with token attached."
            )
        token = self.tokens.get(bearer)
        if token is not None and not token.revoked and self._options.clock() < token.expires:
            return
        now = self._options.stopwatch()
        first = self._refused_at.setdefault(bearer, now)
        if now > first + GRACE:
            self._violations.add("refused_token_again", what)
        if token is None or not bearer.startswith("t-"):
            raise Refusal(
                99991668, "Invalid access token for authorization. Please make a request with token attached."
            )
        raise Refusal(99991663, "Invalid access token for authorization. Please make a request with token attached.")

    def revoke(self) -> None:
        """End all tokens before their time."""
        for token in self.tokens.values():
            token.revoked = True

    def change_secret(self) -> str:
        """Reset the secret in the console: the old one is wrong from now on; tokens live on."""
        self.app_secret = f"feishu_test_{self._ids.bits(96)}"
        return self.app_secret
