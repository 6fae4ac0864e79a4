"""An async client of the IMA Open API, usable by itself.

async with ImaClient(key) as ima:
    picture = await ima.generate("a cat")
"""

from __future__ import annotations

from ima.client import BASE_URL, IM_BASE_URL, ImaClient
from ima.errors import (
    AnswerLost,
    BadRequest,
    BrokenAnswer,
    Charged,
    ConnectionLost,
    CreditMismatch,
    FailureKind,
    GenerationFailed,
    ImaError,
    InsufficientPoints,
    InvalidAttribute,
    NoSuchModel,
    Outdated,
    PriceAboveLimit,
    PromptRefused,
    RateLimited,
    Refused,
    Rejected,
    RuleMismatch,
    ServerTrouble,
    TimedOut,
    Unauthorized,
    Unreachable,
    UnsupportedRatio,
    UploadFailed,
)
from ima.generating import TASK_SECONDS, GeneratedPicture, Progress
from ima.polling import next_poll_delay
from ima.products import NANO_BANANA_MODEL_IDS, Category, Product, ProductList
from ima.retry import delay_before_retry
from ima.rules import Selection, SizePrice, select, sizes_with_points
from ima.tasks import Pending, Picture, Ready, TaskFailed, TaskStatus

__all__ = [
    "BASE_URL",
    "IM_BASE_URL",
    "NANO_BANANA_MODEL_IDS",
    "TASK_SECONDS",
    "AnswerLost",
    "BadRequest",
    "BrokenAnswer",
    "Category",
    "Charged",
    "ConnectionLost",
    "CreditMismatch",
    "FailureKind",
    "GeneratedPicture",
    "GenerationFailed",
    "ImaClient",
    "ImaError",
    "InsufficientPoints",
    "InvalidAttribute",
    "NoSuchModel",
    "Outdated",
    "Pending",
    "Picture",
    "PriceAboveLimit",
    "Product",
    "ProductList",
    "Progress",
    "PromptRefused",
    "RateLimited",
    "Ready",
    "Refused",
    "Rejected",
    "RuleMismatch",
    "Selection",
    "ServerTrouble",
    "SizePrice",
    "TaskFailed",
    "TaskStatus",
    "TimedOut",
    "Unauthorized",
    "Unreachable",
    "UnsupportedRatio",
    "UploadFailed",
    "delay_before_retry",
    "next_poll_delay",
    "select",
    "sizes_with_points",
]
