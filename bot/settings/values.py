"""The variables by name, each with its kind and default: the outside view's table as a pydantic model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr

from bot.settings import parse
from bot.settings.model import AgeRestricted, FeishuTransport, LogFormat, LogLevel, ProgressStyle, Shards

IMA_BASE_URL = "https://api.imastudio.com"
IMA_IM_BASE_URL = "https://imapi.liveme.com"
DISCORD_API_URL = "https://discord.com/api/v10"
FEISHU_DOMAIN = "https://open.feishu.cn"
LARK_DOMAIN = "https://open.larksuite.com"

Secret: TypeAlias = Annotated[SecretStr, BeforeValidator(parse.secret)]
BaseUrl: TypeAlias = Annotated[str, BeforeValidator(parse.base_url)]
Folder: TypeAlias = Annotated[Path, BeforeValidator(parse.folder)]


class Values(BaseModel):
    """One field a variable. None means that it was not given and has no fixed default."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True, arbitrary_types_allowed=True)

    IMA_API_KEY: Annotated[SecretStr, BeforeValidator(parse.api_key)] | None = None
    IMA_BASE_URL: BaseUrl = IMA_BASE_URL
    IMA_IM_BASE_URL: BaseUrl = IMA_IM_BASE_URL

    DISCORD_TOKEN: Secret | None = None
    DISCORD_API_URL: BaseUrl = DISCORD_API_URL
    DISCORD_CHANNELS: Annotated[frozenset[str], BeforeValidator(parse.discord_ids)] = frozenset()
    DISCORD_SHARDS: Annotated[Shards | None, BeforeValidator(parse.shards)] = None
    DISCORD_SPOILERS: Annotated[str, BeforeValidator(parse.one_of("on", "off"))] = "off"
    DISCORD_NSFW: Annotated[AgeRestricted, BeforeValidator(parse.one_of("on", "spoiler", "off"))] = "on"

    FEISHU_APP_ID: Annotated[str, BeforeValidator(parse.secret)] | None = None
    FEISHU_APP_SECRET: Secret | None = None
    FEISHU_DOMAIN: BaseUrl = FEISHU_DOMAIN
    FEISHU_TRANSPORT: Annotated[FeishuTransport, BeforeValidator(parse.one_of("ws", "webhook"))] = "ws"
    FEISHU_ENCRYPT_KEY: Secret | None = None
    FEISHU_VERIFICATION_TOKEN: Secret | None = None
    FEISHU_CARDS: Annotated[str, BeforeValidator(parse.one_of("on", "off"))] = "on"

    PROGRESS_STYLE: Annotated[ProgressStyle, BeforeValidator(parse.one_of("push", "edit"))] = "push"
    MAX_JOBS_PER_USER: Annotated[int, BeforeValidator(parse.whole_number(1, 100))] = 2
    ADMINS: Annotated[frozenset[str], BeforeValidator(parse.admins)] = frozenset()

    DATABASE_URL: Annotated[SecretStr, BeforeValidator(parse.database_url)] | None = None
    DATA_DIR: Folder | None = None
    HTTP_HOST: Annotated[str, BeforeValidator(parse.host)] = "127.0.0.1"
    HTTP_PORT: Annotated[int, BeforeValidator(parse.whole_number(0, 65535))] = 8080
    LOG_LEVEL: Annotated[LogLevel, BeforeValidator(parse.one_of("debug", "info", "warning", "error"))] = "info"
    LOG_FORMAT: Annotated[LogFormat, BeforeValidator(parse.one_of("console", "json"))] = "console"
    LOG_DIR: Folder | None = None

    HTTPS_PROXY: Annotated[str, BeforeValidator(parse.proxy)] | None = Field(default=None, repr=False)
    HTTP_PROXY: Annotated[str, BeforeValidator(parse.proxy)] | None = Field(default=None, repr=False)
    ALL_PROXY: Annotated[str, BeforeValidator(parse.proxy)] | None = Field(default=None, repr=False)
    NO_PROXY: str | None = None


PROXY_NAMES = frozenset({"HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"})
NAMES = tuple(Values.model_fields)
