"""What may change while the sandbox runs, and what it has counted."""

from dataclasses import dataclass

from ima.sandbox.options import Clock, Pace


@dataclass(slots=True)
class Settings:
    """The pace of new tasks, how the upload token is served, and what counts as a repeated create (seconds)."""

    clock: Clock
    pace: Pace
    post_upload_token: bool
    repeat_window: float


@dataclass(slots=True)
class Counts:
    """How many requests of each kind arrived, refused ones included."""

    lists: int = 0
    creates: int = 0
    details: int = 0
    upload_tokens: int = 0
    upload_puts: int = 0
    downloads: int = 0

    def reset(self) -> None:
        """Start again at zero."""
        self.lists = self.creates = self.details = 0
        self.upload_tokens = self.upload_puts = self.downloads = 0
