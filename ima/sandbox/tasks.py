"""Orders that were accepted: the balance, and what each task answers when it is asked how far it is."""

import random
from dataclasses import dataclass, field
from typing import Final

from ima.sandbox.catalogue import pixels
from ima.sandbox.failures import Armed, Failure
from ima.sandbox.options import Pace
from ima.sandbox.orders import Order
from ima.sandbox.refusals import INSUFFICIENT_POINTS, RefusalError

FATES: Final = (
    Failure.RESOURCE_FAILED,
    Failure.DELETED,
    Failure.STATUS_FAILED,
    Failure.UNSAFE_RESULT,
    Failure.NEVER_FINISHES,
    Failure.FINISHES_LATE,
    Failure.EMPTY_URL_FIRST,
)
PICTURE_FAULTS: Final = (
    Failure.PICTURE_MISSING,
    Failure.PICTURE_TOO_LARGE,
    Failure.PICTURE_ENDLESS,
    Failure.PICTURE_NOT_A_PICTURE,
    Failure.PICTURE_TRUNCATED,
    Failure.PICTURE_SLOW,
)
_EMPTY_URLS: Final = 2
_LOSSLESS_UP_TO: Final = 1400


@dataclass(slots=True)
class Task:
    """One accepted order. Times are of the monotonic clock; `result` is the name of its picture in the storage."""

    task_id: str
    order: Order
    created: float
    ready: float
    result: str
    fate: Failure | None = None
    picture_fault: Armed | None = None
    details: int = 0
    finished_details: int = 0
    last_detail: float | None = None
    last_detail_answered: bool = True
    unreadable: bool = False

    def size_in_pixels(self) -> tuple[int, int]:
        """Return width and height of the picture."""
        return pixels(self.order.size, self.order.aspect_ratio)

    def picture_format(self) -> str:
        """Return `png`, or `jpg` where a lossless file would be needlessly large."""
        return "png" if max(self.size_in_pixels()) <= _LOSSLESS_UP_TO else "jpg"


@dataclass(frozen=True, slots=True)
class Media:
    """One entry of `medias` without its URLs; `finished` says that it has them."""

    resource_status: int | str | None
    status: str
    finished: bool = False
    error_msg: str = ""


def media(task: Task, now: float, painted: bool) -> Media:
    """Return how far a task is, in one of the spellings that the page knows (the API page: detail)."""
    if now < task.ready or (not painted and not task.unreadable and not _dies(task.fate)):
        return _unfinished(task, now)
    if task.unreadable:
        return Media(2, "failed", error_msg="input image cannot be decoded")
    match task.fate:
        case Failure.RESOURCE_FAILED:
            return Media(2, "failed", error_msg="generation failed: upstream error 500")
        case Failure.UNSAFE_RESULT:
            return Media(2, "failed", error_msg="content blocked by safety policy")
        case Failure.DELETED:
            return Media(3, "deleted", error_msg="resource deleted")
        case Failure.STATUS_FAILED:
            return Media(1, "failed", error_msg="task failed")
        case Failure.EMPTY_URL_FIRST if task.finished_details < _EMPTY_URLS:
            return Media(1, "success")
        case _:
            return Media(1, "success" if len(task.order.prompt) % 2 else "completed", finished=True)


def _dies(fate: Failure | None) -> bool:
    return fate in (Failure.RESOURCE_FAILED, Failure.UNSAFE_RESULT, Failure.DELETED, Failure.STATUS_FAILED)


def _unfinished(task: Task, now: float) -> Media:
    if now - task.created < min(5.0, 0.2 * (task.ready - task.created)):
        return Media(None, "pending")
    return Media("" if task.details % 2 else 0, "processing")


@dataclass(slots=True)
class Ledger:
    """The balance in points, and every task."""

    balance: int
    draw: random.Random
    _tasks: dict[str, Task] = field(default_factory=dict)

    def charge(self, order: Order) -> None:
        """Take the order's points off the balance.

        Raises:
            RefusalError: 4008, the balance is too small; nothing is charged.
        """
        if order.points > self.balance:
            raise RefusalError(INSUFFICIENT_POINTS, "Insufficient points")
        self.balance -= order.points

    def start(self, order: Order, pace: Pace, now: float, fate: Armed | None, fault: Armed | None) -> Task:
        """Start the task of a charged order: `fate` is what becomes of it, `fault` what is wrong with its file."""
        seconds = self.draw.uniform(*pace.seconds[order.model_id])
        if fate is not None and fate.failure is Failure.FINISHES_LATE:
            seconds = fate.seconds
        if fate is not None and fate.failure is Failure.NEVER_FINISHES:
            seconds = float("inf")
        task = Task(
            task_id=f"{self.draw.getrandbits(96):024x}",
            order=order,
            created=now,
            ready=now + seconds,
            result=f"{self.draw.getrandbits(128):032x}",
            fate=fate.failure if fate else None,
            picture_fault=fault,
        )
        self._tasks[task.task_id] = task
        return task

    def task(self, task_id: str) -> Task | None:
        """Return a task by its id."""
        return self._tasks.get(task_id)

    def by_result(self, result: str) -> Task | None:
        """Return a task by the name of its picture."""
        return next((task for task in self._tasks.values() if task.result == result), None)

    def tasks(self) -> tuple[Task, ...]:
        """Return every task, the oldest first."""
        return tuple(self._tasks.values())

    def reset(self, balance: int) -> None:
        """Forget the tasks and set the balance."""
        self._tasks.clear()
        self.balance = balance
