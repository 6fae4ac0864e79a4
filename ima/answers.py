"""What an HTTP answer of IMA means: its `data`, or the failure that owns it.

Every JSON answer has the envelope {"code", "message", "data"}; a code other than 0 and 200 is an error,
also under HTTP 200 (the API page: hosts). The code decides before the status and the words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

from ima.errors import (
    BadRequest,
    BrokenAnswer,
    CreditMismatch,
    ImaError,
    InsufficientPoints,
    InvalidAttribute,
    PromptRefused,
    RateLimited,
    Rejected,
    RuleMismatch,
    ServerTrouble,
    Unauthorized,
    UnsupportedRatio,
)
from ima.jsonvalue import Json, as_object, parse_json
from ima.secret import ApiKey

LONGEST_MESSAGE = 300

_UNSAFE = re.compile(
    r"\b(unsafe|nsfw|safety|moderation|content policy|violat\w+|prohibited content"
    r"|sensitive (content|words?)|prompt (was |is |has been )?(blocked|refused|rejected))\b"
    r"|违规|违禁|敏感|审核(不|未)通过|不安全",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole HTTP answer; `body` is empty where a refusal's body could not be read."""

    status: int
    retry_after: str | None
    body: bytes


def data_of(answer: Answer, key: ApiKey, *, now: float) -> Json:
    """The answer's `data`. Raises Refused or ServerTrouble (and their kinds). `now` is the wall time in seconds."""
    if 400 <= answer.status < 500:
        code, message = _envelope_of_refusal(answer.body)
        raise _refusal(answer, code, key.scrub(message), now)
    if answer.status >= 500:
        raise ServerTrouble(f"the server failed with HTTP {answer.status}")
    if not 200 <= answer.status < 300:
        raise BrokenAnswer(f"HTTP {answer.status}, where an answer was expected; redirects are not followed")
    envelope = as_object(parse_json(answer.body), "the answer")
    code = _code(envelope)
    if code is None:
        raise BrokenAnswer("the answer has no code")
    if code in (0, 200):
        return envelope.get("data")
    message = key.scrub(_message(envelope))
    if 500 <= code < 600:
        raise ServerTrouble(f"the server failed with code {code}: {message}")
    raise _refusal(answer, code, message, now)


def says_unsafe(message: str) -> bool:
    """Whether a refusal's words are about the prompt's content."""
    return _UNSAFE.search(message) is not None


def seconds_to_wait(retry_after: str | None, *, now: float) -> float | None:
    """A Retry-After header, seconds or a date, as seconds from `now`; None where it says nothing usable."""
    if retry_after is None:
        return None
    text = retry_after.strip()
    if re.fullmatch(r"\d{1,9}(\.\d{1,3})?", text, re.ASCII):
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return max(0.0, moment.timestamp() - now)
    except (ValueError, OverflowError):
        return None


def _envelope_of_refusal(body: bytes) -> tuple[int | None, str]:
    """A gateway's 4xx may carry anything: the status alone then says it."""
    try:
        envelope = as_object(parse_json(body), "the answer")
    except BrokenAnswer:
        return None, ""
    return _code(envelope), _message(envelope)


def _code(envelope: Mapping[str, Json]) -> int | None:
    code = envelope.get("code")
    return code if isinstance(code, int) and not isinstance(code, bool) else None


def _message(envelope: Mapping[str, Json]) -> str:
    message = envelope.get("message")
    return message if isinstance(message, str) else ""


def _refusal(answer: Answer, code: int | None, message: str, now: float) -> ImaError:
    status = answer.status
    number = status if code is None or code in (0, 200) else code
    text = f"refused with {number}: {message[:LONGEST_MESSAGE] or 'no reason given'}"
    words = message.casefold()
    if code == 4008:
        return InsufficientPoints(text, http_status=status, code=code)
    if code == 6006:
        return CreditMismatch(text, http_status=status, code=code)
    if code in (6009, 6010):
        return RuleMismatch(text, http_status=status, code=code)
    # The document has one row for both wordings: only the code 4008 is about the balance.
    if "invalid product attribute" in words or "insufficient points" in words:
        return InvalidAttribute(text, http_status=status, code=code)
    if 401 in (status, code):
        return Unauthorized(text, http_status=status, code=code)
    if 429 in (status, code):
        wait = seconds_to_wait(answer.retry_after, now=now)
        return RateLimited(text, http_status=status, code=code, retry_after=wait)
    if says_unsafe(message):
        return PromptRefused(text, http_status=status, code=code)
    if 400 in (status, code) and "not supported" in words and "ratio" in words:
        return UnsupportedRatio(text, http_status=status, code=code)
    if 400 in (status, code):
        return BadRequest(text, http_status=status, code=code)
    return Rejected(text, http_status=status, code=code)
