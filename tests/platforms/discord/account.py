"""The bot's token, its session starts and its place among the banned."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.platforms.discord.basics import Json, Options

TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAwMA.Gfake0.fake_token_of_a_test_bot"


@dataclass(slots=True)
class Account:
    """What Discord remembers of the bot beyond its messages."""

    options: Options
    token: str = TOKEN
    revoked: bool = False
    least_shards: int = 1
    logged_in_at: float | None = None
    logins: int = 0
    starts: int = 0
    refused_tokens: dict[str, float] = field(default_factory=dict)

    def log_in(self) -> None:
        """Note that a client began."""
        self.logged_in_at = self.options.stopwatch()
        self.logins += 1

    def count_identify(self) -> None:
        """Count one of the day's session starts; past the last the token is reset."""
        self.starts += 1
        if self.starts > self.options.identify_limit:
            self.revoke()

    def revoke(self) -> None:
        """Reset the token: the old one is good for nothing."""
        self.revoked = True
        self.token = "reset"

    def start_limit(self) -> Json:
        """What is left of the day's session starts."""
        left = max(0, self.options.identify_limit - self.starts)
        return {
            "total": self.options.identify_limit,
            "remaining": left,
            "reset_after": 86_400_000,
            "max_concurrency": 1,
        }
