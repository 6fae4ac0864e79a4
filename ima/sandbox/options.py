"""What a sandbox can be told before it starts."""

import asyncio
import ipaddress
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PIL.Image import Image

NANO_BANANA_2 = "gemini-3.1-flash-image"
NANO_BANANA_PRO = "gemini-3-pro-image"


class Clock(Protocol):
    """Where the sandbox reads time; a test hands in one that it moves by hand."""

    def monotonic(self) -> float:
        """Return seconds that never go back: task timings and the distance of polls."""

    def wall(self) -> float:
        """Return seconds since the epoch: signatures and expiry."""

    async def sleep(self, seconds: float) -> None:
        """Let that many seconds go by: answers that are slow on purpose."""


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's own time."""

    def monotonic(self) -> float:
        return time.monotonic()

    def wall(self) -> float:
        return time.time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Painter(Protocol):
    """Who makes the pictures. Both methods are called in a worker thread and depend on nothing but arguments."""

    def paint(self, prompt: str, width: int, height: int) -> "Image":
        """Return a picture of that many pixels for the prompt."""

    def transform(self, pictures: "Sequence[Image]", prompt: str, width: int, height: int) -> "Image":
        """Return the pictures, edited as the prompt says, at that many pixels."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long tasks take: a range of seconds for each model id, uniformly drawn.

    `timed` says whether the distance of polls is watched: it only means something where tasks take as long as
    the real ones.
    """

    name: str
    seconds: Mapping[str, tuple[float, float]]
    timed: bool

    def __post_init__(self) -> None:
        for model_id, (shortest, longest) in self.seconds.items():
            if not 0 <= shortest <= longest:
                raise ValueError(f"the pace of {model_id} is not a range of seconds: {shortest} to {longest}")


REAL_PACE = Pace("real", {NANO_BANANA_2: (20.0, 40.0), NANO_BANANA_PRO: (60.0, 120.0)}, timed=True)


def fast_pace(shortest: float = 0.2, longest: float = 0.8) -> Pace:
    """Return a pace for tests: every task takes between these seconds."""
    both = (shortest, longest)
    return Pace("fast", {NANO_BANANA_2: both, NANO_BANANA_PRO: both}, timed=False)


def pace_named(name: str) -> Pace:
    """Return the pace called `real` or `fast`.

    Raises:
        ValueError: it is neither.
    """
    if name == "real":
        return REAL_PACE
    if name == "fast":
        return fast_pace()
    raise ValueError(f"a pace is real or fast, not {name!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxOptions:
    """Everything that a sandbox can be told; the defaults are those of the demo.

    Ports are 0 for a free one. `api_key` None draws one. `seed` makes attribute ids, durations and names
    repeatable. `repeat_window` is the time in seconds within which the same create twice counts as a violation.

    Raises:
        ValueError: the host is not on loopback, or a number is out of range.
    """

    host: str = "127.0.0.1"
    api_port: int = 0
    im_port: int = 0
    storage_port: int = 0
    control_port: int = 0
    api_key: str | None = None
    balance: int = 1000
    pace: Pace = REAL_PACE
    seed: int | None = None
    post_upload_token: bool = True
    fetch_public_pictures: bool = True
    repeat_window: float = 10.0
    clock: Clock = field(default_factory=SystemClock)
    painter: Painter | None = None

    def __post_init__(self) -> None:
        if not ipaddress.ip_address(self.host).is_loopback:
            raise ValueError(f"the sandbox listens on loopback only, not on {self.host}")
        for port in (self.api_port, self.im_port, self.storage_port, self.control_port):
            if not 0 <= port <= 65535:
                raise ValueError(f"a port is between 0 and 65535, not {port}")
        if self.balance < 0:
            raise ValueError(f"a balance is not negative: {self.balance}")
        if self.api_key is not None and not (self.api_key and self.api_key.isascii()):
            raise ValueError("the key is empty or not ASCII")
