"""From names and texts to `Settings`: everything that is wrong is said at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, MutableMapping
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs
from pydantic import SecretStr, ValidationError

from bot.settings.env_file import read_env_file
from bot.settings.model import (
    DiscordSettings,
    FeishuSettings,
    HttpSettings,
    ImaSettings,
    LogSettings,
    Settings,
    SettingsError,
)
from bot.settings.names import unknown_names
from bot.settings.values import NAMES, PROXY_NAMES, Values

APPLICATION = "imabot"
DATABASE_FILE = "imabot.sqlite3"
ENV_FILE = Path(".env")
IMA_HOSTS = frozenset({"api.imastudio.com", "imapi.liveme.com"})
DISCORD_HOSTS = frozenset({"discord.com"})
FEISHU_HOSTS = frozenset({"open.feishu.cn", "open.larksuite.com"})


def read_settings(
    environ: Mapping[str, str],
    env_file: Path | None = ENV_FILE,
    *,
    needs_key: bool = True,
    only: Collection[str] = NAMES,
) -> Settings:
    """The settings out of the environment, and out of `env_file` where the environment says nothing.

    An empty value counts as not set. `needs_key` says whether IMA_API_KEY has to be there; `only` names the
    variables that concern the caller: the others are not read and keep their defaults (a mistake in the
    service's settings is no reason not to draw a picture from the shell).
    Raises `SettingsError` with one sentence for everything that is missing or invalid, and the warnings.
    """
    problems: list[str] = []
    filed: Mapping[str, str] = {}
    if env_file is not None:
        try:
            filed = read_env_file(env_file)
        except SettingsError as error:
            problems += error.problems
    given = {name: text for name, text in _merge(environ, filed).items() if name in only}
    wrong: dict[str, str] = {}
    try:
        values = Values.model_validate(given)
    except ValidationError as error:
        wrong = _wrong(error)
        values = Values.model_validate({name: text for name, text in given.items() if name not in wrong})
    problems += [f"{name} {wrong[name]}" for name in NAMES if name in wrong]
    problems += _missing(values, wrong, needs_key=needs_key)
    warnings = (
        *unknown_names(environ, filed, env_file.name if env_file is not None else "", only),
        *_unusual_hosts(values),
        *_idle(values, wrong),
    )
    if problems:
        raise SettingsError(tuple(problems), warnings)
    proxies = {name: text for name, text in filed.items() if name.upper() in PROXY_NAMES and text}
    return _settings(values, proxies, warnings)


def apply_proxies(settings: Settings, environ: MutableMapping[str, str]) -> None:
    """Put the env file's proxies into the process environment, where HTTP libraries look for them.

    What the environment says already stays.
    """
    for name, text in settings.proxies.items():
        if not environ.get(name) and not environ.get(name.swapcase()):
            environ[name] = text


def _merge(environ: Mapping[str, str], filed: Mapping[str, str]) -> dict[str, str]:
    merged: dict[str, str] = {}
    for source in (filed, environ):
        for name, text in source.items():
            known = name if name in NAMES else name.upper() if name.upper() in PROXY_NAMES else None
            if known is not None and text.strip():
                merged[known] = text.strip()
    return merged


def _wrong(error: ValidationError) -> dict[str, str]:
    """Name to the rest of its sentence. Only our own validators can fail, and their words are quoted."""
    found: dict[str, str] = {}
    for each in error.errors(include_url=False, include_input=False):
        reason = each.get("ctx", {}).get("error")
        found[str(each["loc"][0])] = str(reason) if isinstance(reason, ValueError) else "is not valid."
    return found


def _missing(values: Values, wrong: Collection[str], *, needs_key: bool) -> list[str]:
    """What has to be there because of something else. A value that is wrong is not called missing as well."""

    def absent(name: str) -> bool:
        return getattr(values, name) is None and name not in wrong

    problems: list[str] = []
    if needs_key and absent("IMA_API_KEY"):
        problems.append("IMA_API_KEY is missing: create a key at https://www.imaclaw.ai/imaclaw/apikey and set it.")
    if absent("FEISHU_APP_ID") and not absent("FEISHU_APP_SECRET"):
        problems.append("FEISHU_APP_ID is missing: FEISHU_APP_SECRET is set, and Feishu needs both.")
    if absent("FEISHU_APP_SECRET") and not absent("FEISHU_APP_ID"):
        problems.append("FEISHU_APP_SECRET is missing: FEISHU_APP_ID is set, and Feishu needs both.")
    webhook = values.FEISHU_TRANSPORT == "webhook" and not absent("FEISHU_APP_ID")
    if webhook and absent("FEISHU_ENCRYPT_KEY") and absent("FEISHU_VERIFICATION_TOKEN"):
        problems.append(
            "FEISHU_ENCRYPT_KEY or FEISHU_VERIFICATION_TOKEN is missing: "
            "without one of them the webhook would believe anybody."
        )
    return problems


def _idle(values: Values, wrong: Collection[str]) -> list[str]:
    """Settings that do nothing because what they belong to is off."""
    if values.DISCORD_TOKEN is not None or "DISCORD_TOKEN" in wrong:
        return []
    return [
        f"{name} is set, but DISCORD_TOKEN is not: Discord stays off."
        for name in ("DISCORD_CHANNELS", "DISCORD_SHARDS", "DISCORD_SPOILERS", "DISCORD_NSFW")
        if getattr(values, name) != Values.model_fields[name].default
    ]


def _unusual_hosts(values: Values) -> list[str]:
    """A key goes where the base URL points: that is said aloud where it is not the owner's own host."""
    looked_at: list[tuple[str, str, frozenset[str], str]] = [
        ("IMA_BASE_URL", values.IMA_BASE_URL, IMA_HOSTS, "IMA key"),
        ("IMA_IM_BASE_URL", values.IMA_IM_BASE_URL, IMA_HOSTS, "IMA key"),
    ]
    if values.DISCORD_TOKEN is not None:
        looked_at.append(("DISCORD_API_URL", values.DISCORD_API_URL, DISCORD_HOSTS, "Discord token"))
    if values.FEISHU_APP_SECRET is not None:
        looked_at.append(("FEISHU_DOMAIN", values.FEISHU_DOMAIN, FEISHU_HOSTS, "Feishu app secret"))
    return [
        f"{name} is {url}: your {what} is sent to that host."
        for name, url, hosts, what in looked_at
        if urlsplit(url).hostname not in hosts
    ]


def _settings(values: Values, proxies: Mapping[str, str], warnings: tuple[str, ...]) -> Settings:
    data_dir = values.DATA_DIR or Path(platformdirs.user_data_dir(APPLICATION, appauthor=False))
    default_database = f"sqlite+aiosqlite:///{data_dir / DATABASE_FILE}"
    return Settings(
        ima=ImaSettings(values.IMA_API_KEY, values.IMA_BASE_URL, values.IMA_IM_BASE_URL),
        discord=_discord(values),
        feishu=_feishu(values),
        http=HttpSettings(values.HTTP_HOST, values.HTTP_PORT),
        log=LogSettings(values.LOG_LEVEL, values.LOG_FORMAT, values.LOG_DIR),
        progress_style=values.PROGRESS_STYLE,
        max_jobs_per_user=values.MAX_JOBS_PER_USER,
        admins=values.ADMINS,
        database_url=values.DATABASE_URL or SecretStr(default_database),
        data_dir=data_dir,
        proxies=proxies,
        warnings=warnings,
    )


def _discord(values: Values) -> DiscordSettings | None:
    if values.DISCORD_TOKEN is None:
        return None
    return DiscordSettings(
        token=values.DISCORD_TOKEN,
        api_url=values.DISCORD_API_URL,
        channels=values.DISCORD_CHANNELS,
        shards=values.DISCORD_SHARDS,
        spoilers=values.DISCORD_SPOILERS == "on",
        age_restricted=values.DISCORD_NSFW,
    )


def _feishu(values: Values) -> FeishuSettings | None:
    if values.FEISHU_APP_ID is None or values.FEISHU_APP_SECRET is None:
        return None
    return FeishuSettings(
        app_id=values.FEISHU_APP_ID,
        app_secret=values.FEISHU_APP_SECRET,
        domain=values.FEISHU_DOMAIN,
        transport=values.FEISHU_TRANSPORT,
        encrypt_key=values.FEISHU_ENCRYPT_KEY,
        verification_token=values.FEISHU_VERIFICATION_TOKEN,
        cards=values.FEISHU_CARDS == "on",
    )
