"""How the stand-in says no."""

from typing import Final

UNAUTHORIZED: Final = 401
BAD_REQUEST: Final = 400
RATE_LIMITED: Final = 429
INSUFFICIENT_POINTS: Final = 4008
INVALID_PRODUCT_ATTRIBUTE: Final = 4001
UNSAFE_PROMPT: Final = 4030
TASK_NOT_FOUND: Final = 4040
CREDIT_MISMATCH: Final = 6006
NO_RULE: Final = 6009
ATTRIBUTE_MISMATCH: Final = 6010
UNKNOWN_CODE: Final = 7777


class RefusalError(Exception):
    """A request is refused: the envelope's code and message, and the HTTP status that they travel under.

    `violation` names what a correct client would never have done, or is empty where the refusal can happen to
    a correct one (a stale catalogue, an empty balance). `retry_after` is in seconds.
    """

    def __init__(
        self, code: int, message: str, *, status: int = 200, violation: str = "", retry_after: float | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.violation = violation
        self.retry_after = retry_after


def bad_request(message: str, *, violation: str = "bad_request") -> RefusalError:
    """Return the refusal of parameters that can never be right (the API page: HTTP 400)."""
    return RefusalError(BAD_REQUEST, message, status=400, violation=violation)


def unauthorized() -> RefusalError:
    """Return the refusal of a key (the API page: HTTP 401)."""
    return RefusalError(UNAUTHORIZED, "Unauthorized: invalid API key", status=401)


def rate_limited(retry_after: float | None) -> RefusalError:
    """Return HTTP 429, with `Retry-After` in seconds or without."""
    return RefusalError(RATE_LIMITED, "Rate limit exceeded", status=429, retry_after=retry_after)
