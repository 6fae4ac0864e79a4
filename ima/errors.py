"""Everything that can go wrong with IMA, one owner for each failure.

    ImaError
    ├── Refused                 IMA answered and said no: this call has charged nothing
    │   ├── Unauthorized          the key is not accepted (401)
    │   ├── BadRequest            parameters it does not take (400)
    │   │   └── UnsupportedRatio    among them the aspect ratio
    │   ├── RateLimited           too many calls (429), with the seconds to wait
    │   ├── InsufficientPoints    the balance is too low (4008)
    │   ├── PromptRefused         the prompt was blocked as unsafe
    │   ├── Outdated              made from a product list that no longer holds: fetch it again, once
    │   │   ├── InvalidAttribute    "Invalid product attribute"
    │   │   ├── CreditMismatch      6006
    │   │   └── RuleMismatch        6009, 6010
    │   └── Rejected              any other code
    ├── Unreachable             nothing was sent: refused, name not found, TLS, no free connection
    ├── AnswerLost              a create left, and no usable answer came: charged or not is unknown
    ├── ServerTrouble           a call that may be repeated got no usable answer: HTTP 5xx
    │   ├── ConnectionLost        reset or out of time after bytes had left
    │   └── BrokenAnswer          not the JSON that the API promises, or too long
    ├── NoSuchModel             the product list does not have it
    ├── PriceAboveLimit         it costs more than was allowed
    ├── UploadFailed            an input picture could not be stored
    ├── GenerationFailed        the task was accepted, and failed
    └── TimedOut                the task was accepted, and did not end in its time

No text of these carries the key: what the server says is scrubbed before it gets here.
"""

from __future__ import annotations

from typing import ClassVar, Literal

Charged = Literal["no", "unknown", "yes"]
FailureKind = Literal["resource", "status", "deleted", "prompt"]


class ImaError(Exception):
    """Base of all. `charged` says whether the failed call, or the task it is about, has cost credits."""

    charged: ClassVar[Charged] = "no"


class Refused(ImaError):
    """IMA answered and said no. `code` is the envelope's, where there was one."""

    def __init__(self, message: str, *, http_status: int, code: int | None = None) -> None:
        super().__init__(message)
        self.http_status = http_status
        self.code = code


class Unauthorized(Refused):
    """The key is not accepted."""


class BadRequest(Refused):
    """IMA does not take these parameters."""


class UnsupportedRatio(BadRequest):
    """IMA does not take this aspect ratio."""


class RateLimited(Refused):
    """Too many calls. `retry_after` is in seconds, None where the server named none."""

    def __init__(
        self, message: str, *, http_status: int, code: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message, http_status=http_status, code=code)
        self.retry_after = retry_after


class InsufficientPoints(Refused):
    """The balance does not cover this."""


class PromptRefused(Refused):
    """The prompt was blocked as unsafe."""


class Outdated(Refused):
    """The call was made from a product list that no longer holds."""


class InvalidAttribute(Outdated):
    """IMA does not know the rule's attribute id (any more)."""


class CreditMismatch(Outdated):
    """The price differs from the rule's (6006)."""


class RuleMismatch(Outdated):
    """No rule for these parameters, or the attribute id is another's (6009, 6010)."""


class Rejected(Refused):
    """Refused with a code that has no class of its own."""


class Unreachable(ImaError):
    """Not one byte of the request left."""


class AnswerLost(ImaError):
    """A create may have arrived. It must not be sent again by itself."""

    charged: ClassVar[Charged] = "unknown"


class ServerTrouble(ImaError):
    """A call that may be repeated got no usable answer."""


class ConnectionLost(ServerTrouble):
    """The connection broke, or time ran out, after bytes had left."""


class BrokenAnswer(ServerTrouble):
    """The answer is not what the API promises."""


class NoSuchModel(ImaError):
    """The product list does not have this model."""

    def __init__(self, model_id: str) -> None:
        super().__init__(f"the product list has no model {model_id!r}")
        self.model_id = model_id


class PriceAboveLimit(ImaError):
    """`points` is what it costs now, `limit` what was allowed."""

    def __init__(self, points: int, limit: int) -> None:
        super().__init__(f"costs {points} points, at most {limit} are allowed")
        self.points = points
        self.limit = limit


class UploadFailed(ImaError):
    """An input picture could not be stored."""


class GenerationFailed(ImaError):
    """The task failed after it was accepted; `kind` says which row of the status table."""

    charged: ClassVar[Charged] = "yes"

    def __init__(self, task_id: str, kind: FailureKind, message: str) -> None:
        super().__init__(f"task {task_id} failed ({kind}): {message or 'no reason given'}")
        self.task_id = task_id
        self.kind: FailureKind = kind


class TimedOut(ImaError):
    """The task did not end within its time. It may still end."""

    charged: ClassVar[Charged] = "yes"

    def __init__(self, task_id: str, seconds: float) -> None:
        super().__init__(f"task {task_id} did not end within {seconds:g} s")
        self.task_id = task_id
