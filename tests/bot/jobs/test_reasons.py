"""Every failure of the client has its row of the translation table."""

from __future__ import annotations

import pytest

from bot.jobs.reasons import reason_of
from ima import errors
from protocol.failures import FailureReason as Row


def refused(kind: type[errors.Refused]) -> errors.Refused:
    return kind("refused", http_status=400)


@pytest.mark.parametrize(
    ("error", "row"),
    [
        (refused(errors.Unauthorized), Row.UNAUTHORIZED),
        (refused(errors.InsufficientPoints), Row.INSUFFICIENT_POINTS),
        (refused(errors.InvalidAttribute), Row.CONFIGURATION),
        (refused(errors.CreditMismatch), Row.POINTS_MISMATCH),
        (refused(errors.RuleMismatch), Row.PARAMETERS_MISMATCH),
        (refused(errors.UnsupportedRatio), Row.UNSUPPORTED_RATIO),
        (refused(errors.BadRequest), Row.BAD_PARAMETERS),
        (refused(errors.RateLimited), Row.RATE_LIMITED),
        (refused(errors.PromptRefused), Row.PROMPT_REFUSED),
        (refused(errors.Rejected), Row.GENERIC),
        (errors.AnswerLost("x"), Row.ANSWER_LOST),
        (errors.Unreachable("x"), Row.NETWORK),
        (errors.ConnectionLost("x"), Row.NETWORK),
        (errors.BrokenAnswer("x"), Row.NETWORK),
        (errors.UploadFailed("x"), Row.NETWORK),
        (errors.NoSuchModel("x"), Row.PARAMETERS_MISMATCH),
        (errors.PriceAboveLimit(7, 6), Row.PRICE_CHANGED),
        (errors.TimedOut("t", 600), Row.TIMED_OUT),
        (errors.GenerationFailed("t", "resource", ""), Row.PICTURE_FAILED),
        (errors.GenerationFailed("t", "deleted", ""), Row.PICTURE_FAILED),
        (errors.GenerationFailed("t", "status", ""), Row.TASK_FAILED),
        (errors.GenerationFailed("t", "prompt", ""), Row.PROMPT_REFUSED),
    ],
)
def test_each_failure_has_its_row(error: errors.ImaError, row: Row) -> None:
    assert reason_of(error) is row


def test_every_row_is_told_by_somebody() -> None:
    """A row that nothing leads to is dead, and a new one that was only given words is not finished."""
    from bot.jobs.reasons import _REASONS, TASK_REASONS

    of_the_client = {row for _, row in _REASONS} | set(TASK_REASONS.values()) | {Row.GENERIC}
    of_pictures = {Row.INPUT_TOO_LARGE, Row.INPUT_UNREADABLE}
    of_the_machine = {Row.PRICE_CHANGED, Row.RESULT_UNAVAILABLE}
    assert of_the_client | of_pictures | of_the_machine == set(Row)
