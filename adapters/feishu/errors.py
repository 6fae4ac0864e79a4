"""What may come of a call, once everything foreign is translated."""

from __future__ import annotations


class ApiError(Exception):
    """A call did not do what it was meant to."""


class Unreachable(ApiError):
    """No answer, or one that says: later. `retry_after` in seconds, if told."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Rejected(ApiError):
    """The platform answered with an error code of its own. `scopes` are those of which one is missing."""

    def __init__(
        self,
        code: int,
        message: str,
        *,
        status: int = 200,
        retry_after: float | None = None,
        scopes: tuple[str, ...] = (),
    ) -> None:
        super().__init__(f"{code} {message}".strip())
        self.code = code
        self.message = message
        self.status = status
        self.retry_after = retry_after
        self.scopes = scopes


class AnswerTooLarge(ApiError):
    """More came than was to be taken."""
