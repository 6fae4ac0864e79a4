"""What the settings are once they are read: each piece of the program is handed its own group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import SecretStr

ProgressStyle: TypeAlias = Literal["push", "edit"]
LogLevel: TypeAlias = Literal["debug", "info", "warning", "error"]
LogFormat: TypeAlias = Literal["console", "json"]
AgeRestricted: TypeAlias = Literal["on", "spoiler", "off"]
FeishuTransport: TypeAlias = Literal["ws", "webhook"]


class SettingsError(Exception):
    """Settings are missing or invalid: one sentence each in `problems`, none with a secret's value.

    `warnings` are as in `Settings`: a name that is ignored may be why another is missing.
    """

    def __init__(self, problems: tuple[str, ...], warnings: tuple[str, ...] = ()) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
        self.warnings = warnings

    @property
    def lines(self) -> tuple[str, ...]:
        """For the person at the shell: what was ignored, then what is wrong."""
        return (*(f"warning: {each}" for each in self.warnings), *self.problems)


@dataclass(frozen=True, slots=True)
class Shards:
    """Which of how many Discord shards this process runs."""

    ids: tuple[int, ...]
    count: int


@dataclass(frozen=True, slots=True)
class ImaSettings:
    """The image service. `api_key` is None where none is needed (the demo brings its own)."""

    api_key: SecretStr | None
    base_url: str
    im_base_url: str


@dataclass(frozen=True, slots=True)
class DiscordSettings:
    """Discord, turned on by its token. `shards` is None for automatic.

    `spoilers`: pictures are veiled until they are clicked; `age_restricted`: what happens in such channels.
    """

    token: SecretStr
    api_url: str
    channels: frozenset[str]
    shards: Shards | None
    spoilers: bool = False
    age_restricted: AgeRestricted = "on"


@dataclass(frozen=True, slots=True)
class FeishuSettings:
    """Feishu or Lark, turned on by app id and secret. Without `cards`, image and text are sent instead."""

    app_id: str
    app_secret: SecretStr
    domain: str
    transport: FeishuTransport
    encrypt_key: SecretStr | None
    verification_token: SecretStr | None
    cards: bool


@dataclass(frozen=True, slots=True)
class HttpSettings:
    """Where the service listens; port 0 takes a free one."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class LogSettings:
    """How the service logs; without a folder, to stderr only."""

    level: LogLevel
    format: LogFormat
    folder: Path | None


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is configured. `discord` and `feishu` are None where they are off.

    `admins` are persons as `platform:id`. `proxies` are the proxy variables of the env file only, for the
    process environment, where the HTTP library looks for them (`apply_proxies`). `warnings` are sentences for
    the operator, none with a secret.
    """

    ima: ImaSettings
    discord: DiscordSettings | None
    feishu: FeishuSettings | None
    http: HttpSettings
    log: LogSettings
    progress_style: ProgressStyle
    max_jobs_per_user: int
    admins: frozenset[str]
    database_url: SecretStr
    data_dir: Path
    proxies: Mapping[str, str] = field(repr=False)
    warnings: tuple[str, ...] = ()

    @property
    def database_url_shown(self) -> str:
        """The database's address without its name and password."""
        scheme, _, rest = self.database_url.get_secret_value().partition("://")
        return f"{scheme}://{rest.rpartition('@')[2].partition('?')[0]}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """The secret values themselves: for the log's redaction, and for nothing else."""
        held: list[SecretStr | None] = [self.ima.api_key]
        if self.discord is not None:
            held.append(self.discord.token)
        if self.feishu is not None:
            held += [self.feishu.app_secret, self.feishu.encrypt_key, self.feishu.verification_token]
        if not self.database_url.get_secret_value().startswith("sqlite"):
            held.append(self.database_url)
        return tuple(each.get_secret_value() for each in held if each is not None)
