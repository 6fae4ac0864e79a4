"""Every failure of the IMA client as its row of the translation table."""

from __future__ import annotations

from ima import errors
from protocol.failures import FailureReason

_REASONS: tuple[tuple[type[errors.ImaError], FailureReason], ...] = (
    (errors.Unauthorized, FailureReason.UNAUTHORIZED),
    (errors.InsufficientPoints, FailureReason.INSUFFICIENT_POINTS),
    (errors.InvalidAttribute, FailureReason.CONFIGURATION),
    (errors.CreditMismatch, FailureReason.POINTS_MISMATCH),
    (errors.RuleMismatch, FailureReason.PARAMETERS_MISMATCH),
    (errors.UnsupportedRatio, FailureReason.UNSUPPORTED_RATIO),
    (errors.BadRequest, FailureReason.BAD_PARAMETERS),
    (errors.RateLimited, FailureReason.RATE_LIMITED),
    (errors.PromptRefused, FailureReason.PROMPT_REFUSED),
    (errors.AnswerLost, FailureReason.ANSWER_LOST),
    (errors.Unreachable, FailureReason.NETWORK),
    (errors.ServerTrouble, FailureReason.NETWORK),
    (errors.UploadFailed, FailureReason.NETWORK),
    (errors.NoSuchModel, FailureReason.PARAMETERS_MISMATCH),
    (errors.PriceAboveLimit, FailureReason.PRICE_CHANGED),
    (errors.TimedOut, FailureReason.TIMED_OUT),
)

TASK_REASONS: dict[errors.FailureKind, FailureReason] = {
    "resource": FailureReason.PICTURE_FAILED,
    "deleted": FailureReason.PICTURE_FAILED,
    "status": FailureReason.TASK_FAILED,
    "prompt": FailureReason.PROMPT_REFUSED,
}


def reason_of(error: errors.ImaError) -> FailureReason:
    """The row of the translation table; the generic one for what has none."""
    if isinstance(error, errors.GenerationFailed):
        return TASK_REASONS[error.kind]
    return next((reason for kind, reason in _REASONS if isinstance(error, kind)), FailureReason.GENERIC)
