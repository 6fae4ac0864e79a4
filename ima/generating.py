"""The calls in order: choose, upload, create, wait. Knows the client only by what it can do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal, Protocol, assert_never

from ima.errors import (
    GenerationFailed,
    ImaError,
    Outdated,
    PriceAboveLimit,
    RateLimited,
    Refused,
    ServerTrouble,
    TimedOut,
    Unreachable,
)
from ima.picturetype import content_type_of
from ima.polling import next_poll_delay
from ima.products import Category
from ima.retry import delay_before_retry
from ima.rules import Selection
from ima.tasks import Pending, Picture, Ready, TaskFailed, TaskStatus

TASK_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class GeneratedPicture:
    """A picture, how it was made, and the points that it cost."""

    task_id: str
    url: str
    cover_url: str
    width: int | None
    height: int | None
    format: str
    model_id: str
    model_name: str
    size: str
    size_changed_from: str | None
    points: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is; `elapsed_seconds` counts from the accepted create."""

    stage: Literal["selected", "uploaded", "created", "waiting"]
    selection: Selection
    task_id: str | None = None
    elapsed_seconds: float = 0.0


class Calls(Protocol):
    """What this needs of a client."""

    @property
    def clock(self) -> Callable[[], float]: ...

    @property
    def sleep(self) -> Callable[[float], Awaitable[None]]: ...

    @property
    def random(self) -> Random: ...

    async def select(
        self,
        category: Category,
        model_id: str,
        *,
        size: str | None,
        aspect_ratio: str | None,
        fresh: bool,
    ) -> Selection: ...

    async def create(self, selection: Selection, prompt: str, image_urls: Sequence[str]) -> str: ...

    async def detail(self, task_id: str) -> TaskStatus: ...

    async def upload(self, data: bytes, content_type: str) -> str: ...


async def generate(
    ima: Calls,
    prompt: str,
    *,
    model_id: str,
    size: str | None,
    aspect_ratio: str | None,
    images: Sequence[bytes | str],
    expected_seconds: tuple[float, float],
    on_progress: Callable[[Progress], None] | None,
    max_points: int | None,
) -> GeneratedPicture:
    """See ImaClient.generate."""
    tell = on_progress or (lambda _: None)
    category: Category = "image_to_image" if images else "text_to_image"
    next_poll_delay(0.0, *expected_seconds)  # a range that is none is said before anything is spent

    async def choose(*, fresh: bool) -> Selection:
        return await ima.select(category, model_id, size=size, aspect_ratio=aspect_ratio, fresh=fresh)

    selection = await choose(fresh=False)
    limit = selection.points if max_points is None else max_points
    _check_price(selection, limit)
    tell(Progress("selected", selection))
    urls = [await _public_url(ima, image) for image in images]
    if urls:
        tell(Progress("uploaded", selection))
    try:
        task_id = await _create(ima, selection, prompt, urls)
    except Outdated:
        selection = await choose(fresh=True)
        _check_price(selection, limit)
        task_id = await _create(ima, selection, prompt, urls)
    chosen = selection
    tell(Progress("created", chosen, task_id))
    picture = await wait_for_picture(
        ima,
        task_id,
        expected_seconds=expected_seconds,
        elapsed_seconds=0.0,
        on_progress=lambda elapsed: tell(Progress("waiting", chosen, task_id, elapsed)),
    )
    return GeneratedPicture(
        task_id=task_id,
        url=picture.url,
        cover_url=picture.cover_url,
        width=picture.width,
        height=picture.height,
        format=picture.format,
        model_id=chosen.model_id,
        model_name=chosen.model_name,
        size=chosen.size,
        size_changed_from=chosen.size_changed_from,
        points=chosen.points,
    )


async def wait_for_picture(
    ima: Calls,
    task_id: str,
    *,
    expected_seconds: tuple[float, float],
    elapsed_seconds: float,
    on_progress: Callable[[float], None] | None,
) -> Picture:
    """See ImaClient.wait."""
    began = ima.clock() - elapsed_seconds
    # A wait that goes on past the limit (the program was down meanwhile) still looks once, at once.
    within = elapsed_seconds < TASK_SECONDS
    delay = next_poll_delay(elapsed_seconds, *expected_seconds) if within else 0.0
    failures = refusals = 0
    while True:
        await ima.sleep(delay)
        sent = ima.clock()
        trouble: ImaError | None = None
        try:
            picture = _picture(await ima.detail(task_id), task_id)
        except (Refused, Unreachable, ServerTrouble) as error:
            picture, trouble = None, error
        if picture is not None:
            return picture
        elapsed = ima.clock() - began
        if on_progress is not None:
            on_progress(elapsed)
        if elapsed >= TASK_SECONDS:
            raise TimedOut(task_id, TASK_SECONDS) from trouble
        failures = 0 if trouble is None else failures + 1
        refused = isinstance(trouble, Refused) and not isinstance(trouble, RateLimited)
        refusals = refusals + 1 if refused else 0
        # Steps count from sending to sending: a slow answer does not stretch them.
        delay = max(0.0, next_poll_delay(sent - began, *expected_seconds) - (ima.clock() - sent))
        if trouble is not None:
            attempt = refusals or failures
            again = delay_before_retry(trouble, attempt, ima.random, call="poll")
            if again is None:
                raise trouble
            delay = again


def _picture(status: TaskStatus, task_id: str) -> Picture | None:
    """The picture, or None: not yet. Raises GenerationFailed."""
    match status:
        case Ready(picture):
            return picture
        case TaskFailed(kind, message):
            raise GenerationFailed(task_id, kind, message)
        case Pending():
            return None
        case _:
            assert_never(status)


def _check_price(selection: Selection, limit: int) -> None:
    if selection.points > limit:
        raise PriceAboveLimit(selection.points, limit)


async def _public_url(ima: Calls, image: bytes | str) -> str:
    return image if isinstance(image, str) else await ima.upload(image, content_type_of(image))


async def _create(ima: Calls, selection: Selection, prompt: str, urls: Sequence[str]) -> str:
    """A create that was surely not accepted is sent again, a few times; any other is not."""
    attempt = 1
    while True:
        try:
            return await ima.create(selection, prompt, urls)
        except ImaError as error:
            delay = delay_before_retry(error, attempt, ima.random, call="create")
            if delay is None:
                raise
        await ima.sleep(delay)
        attempt += 1
