"""What the settings promise: the table of the outside view, every mistake named at once, no secret shown."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot.settings import Settings, SettingsError, Shards, apply_proxies, read_settings
from bot.settings.values import Values
from ima.secret import ApiKey

KEY = {"IMA_API_KEY": "ima_test_0001"}


def settings(**environ: str) -> Settings:
    return read_settings({**KEY, **environ}, None)


def problems(environ: dict[str, str], env_file: Path | None = None, *, needs_key: bool = True) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        read_settings(environ, env_file, needs_key=needs_key)
    return caught.value.problems


def test_a_key_alone_is_enough_and_everything_else_has_the_default_of_the_table() -> None:
    read = settings()
    assert read.ima.api_key is not None
    assert read.ima.api_key.get_secret_value() == "ima_test_0001"
    assert (read.ima.base_url, read.ima.im_base_url) == ("https://api.imastudio.com", "https://imapi.liveme.com")
    assert (read.discord, read.feishu) == (None, None)
    assert (read.http.host, read.http.port) == ("127.0.0.1", 8080)
    assert (read.log.level, read.log.format, read.log.folder) == ("info", "console", None)
    assert (read.progress_style, read.max_jobs_per_user, read.admins) == ("push", 2, frozenset())
    assert read.warnings == ()


def test_without_a_data_folder_the_platforms_user_data_folder_is_used_and_the_database_lies_in_it() -> None:
    read = settings()
    expected = Path(platformdirs.user_data_dir("imabot", appauthor=False))
    assert read.data_dir == expected
    assert read.database_url.get_secret_value() == f"sqlite+aiosqlite:///{expected / 'imabot.sqlite3'}"


def test_the_database_follows_the_data_folder(tmp_path: Path) -> None:
    read = settings(DATA_DIR=str(tmp_path))
    assert read.database_url.get_secret_value() == f"sqlite+aiosqlite:///{tmp_path / 'imabot.sqlite3'}"


def test_every_variable_of_the_table_is_read(tmp_path: Path) -> None:
    read = settings(
        IMA_BASE_URL="http://127.0.0.1:9001/",
        IMA_IM_BASE_URL="http://[::1]:9002",
        DISCORD_TOKEN="discord-test-token",
        DISCORD_API_URL="http://localhost:9003/api/v10",
        DISCORD_CHANNELS="11, 22 ,33,",
        DISCORD_SHARDS="1, 0 / 4",
        DISCORD_SPOILERS="on",
        DISCORD_NSFW="Spoiler",
        FEISHU_APP_ID="cli_test",
        FEISHU_APP_SECRET="feishu-test-secret",
        FEISHU_DOMAIN="https://open.larksuite.com",
        FEISHU_TRANSPORT="WebHook",
        FEISHU_ENCRYPT_KEY="encrypt-test",
        FEISHU_VERIFICATION_TOKEN="verify-test",
        FEISHU_CARDS="off",
        PROGRESS_STYLE="edit",
        MAX_JOBS_PER_USER="5",
        ADMINS="discord:42, feishu:ou_abc",
        DATABASE_URL="postgresql+asyncpg://user:hidden@db/imabot",
        DATA_DIR=str(tmp_path / "data"),
        HTTP_HOST="::",
        HTTP_PORT="0",
        LOG_LEVEL="DEBUG",
        LOG_FORMAT="json",
        LOG_DIR=str(tmp_path / "logs"),
    )
    assert (read.ima.base_url, read.ima.im_base_url) == ("http://127.0.0.1:9001", "http://[::1]:9002")
    assert read.discord is not None
    assert read.discord.token.get_secret_value() == "discord-test-token"
    assert read.discord.api_url == "http://localhost:9003/api/v10"
    assert read.discord.channels == {"11", "22", "33"}
    assert read.discord.shards == Shards((0, 1), 4)
    assert (read.discord.spoilers, read.discord.age_restricted) == (True, "spoiler")
    assert read.feishu is not None
    assert (read.feishu.app_id, read.feishu.domain) == ("cli_test", "https://open.larksuite.com")
    assert (read.feishu.transport, read.feishu.cards) == ("webhook", False)
    assert (read.progress_style, read.max_jobs_per_user) == ("edit", 5)
    assert read.admins == {"discord:42", "feishu:ou_abc"}
    assert read.database_url.get_secret_value() == "postgresql+asyncpg://user:hidden@db/imabot"
    assert read.data_dir == tmp_path / "data"
    assert (read.http.host, read.http.port) == ("::", 0)
    assert (read.log.level, read.log.format, read.log.folder) == ("debug", "json", tmp_path / "logs")


def test_an_empty_value_counts_as_not_set() -> None:
    read = settings(HTTP_PORT="", DISCORD_TOKEN="  ", DISCORD_SHARDS="")
    assert (read.http.port, read.discord) == (8080, None)


@pytest.mark.parametrize("needs_key", [True, False])
def test_the_key_is_only_missed_where_it_is_needed(needs_key: bool) -> None:
    if needs_key:
        assert problems({}) == (
            "IMA_API_KEY is missing: create a key at https://www.imaclaw.ai/imaclaw/apikey and set it.",
        )
    else:
        assert read_settings({}, None, needs_key=False).ima.api_key is None


def test_everything_that_is_wrong_is_said_at_once_one_sentence_each() -> None:
    assert problems(
        {
            "IMA_BASE_URL": "http://example.com",
            "HTTP_PORT": "eighty",
            "FEISHU_APP_ID": "cli_test",
            "LOG_FORMAT": "xml",
            "DISCORD_SHARDS": "4/4",
        }
    ) == (
        "IMA_BASE_URL must start with https:// (http:// is only for this machine, such as 127.0.0.1).",
        "DISCORD_SHARDS names a shard that does not exist: of 4, the last is 3.",
        "HTTP_PORT must be a whole number from 0 to 65535, not 'eighty'.",
        "LOG_FORMAT must be console or json, not 'xml'.",
        "IMA_API_KEY is missing: create a key at https://www.imaclaw.ai/imaclaw/apikey and set it.",
        "FEISHU_APP_SECRET is missing: FEISHU_APP_ID is set, and Feishu needs both.",
    )


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("IMA_API_KEY", "Bearer ima_test_x", "bare value"),
        ("IMA_API_KEY", "ima_тест", "copy it again"),
        ("IMA_API_KEY", "ima_tst", "8 to 512 characters"),
        ("IMA_API_KEY", "x" * 513, "8 to 512 characters"),
        ("IMA_BASE_URL", "api.imastudio.com", "starts with https://"),
        ("IMA_BASE_URL", "ftp://api.imastudio.com", "starts with https://"),
        ("IMA_BASE_URL", "https://name:word@api.imastudio.com", "name or password"),
        ("IMA_BASE_URL", "https://api.imastudio.com?x=1", "? or #"),
        ("IMA_BASE_URL", "https://api.imastudio.com:port", "not a valid address"),
        ("IMA_IM_BASE_URL", "http://10.0.0.1", "https://"),
        ("DISCORD_API_URL", "http://127.0.0.1.example.com", "https://"),
        ("FEISHU_DOMAIN", "http://open.feishu.cn", "https://"),
        ("DISCORD_CHANNELS", "general", "channel ids"),
        ("DISCORD_SHARDS", "0,1", "like 0,1/4"),
        ("DISCORD_SHARDS", "/4", "like 0,1/4"),
        ("DISCORD_SHARDS", "0/0", "does not exist"),
        ("FEISHU_TRANSPORT", "http", "ws or webhook"),
        ("FEISHU_CARDS", "yes", "on or off"),
        ("PROGRESS_STYLE", "spin", "push or edit"),
        ("MAX_JOBS_PER_USER", "0", "from 1 to 100"),
        ("MAX_JOBS_PER_USER", "٣", "from 1 to 100"),
        ("ADMINS", "42", "discord:ID"),
        ("ADMINS", "discord:someone", "numeric"),
        ("ADMINS", "telegram:42", "discord:ID"),
        ("DATABASE_URL", "mysql://root:hidden@db/x", "sqlite+aiosqlite"),
        ("HTTP_HOST", "http://0.0.0.0", "an address"),
        ("HTTP_PORT", "65536", "from 0 to 65535"),
        ("HTTP_PORT", "-1", "from 0 to 65535"),
        ("LOG_LEVEL", "loud", "debug or info"),
        ("HTTPS_PROXY", "socks5://localhost:1080", "not supported"),
    ],
)
def test_each_kind_of_wrong_value_is_refused_by_name(name: str, value: str, sentence: str) -> None:
    found = problems({**KEY, name: value})
    assert len(found) == 1
    assert found[0].startswith(f"{name} ")
    assert sentence in found[0]


@hypothesis_settings(deadline=None)
@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20).map(str.strip)
    | st.text("!~aZ", max_size=600)
)
@example("x" * 8)
@example("x" * 512)
@example("x" * 513)
def test_a_key_is_taken_exactly_where_the_client_takes_it(key: str) -> None:
    try:
        ApiKey(key)
        usable = True
    except ValueError:
        usable = False
    try:
        taken = read_settings({"IMA_API_KEY": key}, None).ima.api_key is not None
    except SettingsError:
        taken = False
    assert taken is usable


def test_warnings_come_along_with_what_is_wrong() -> None:
    environ = {"IMA_APIKEY": "ima_test_0002", "HTTP_PORT": "eighty", "IMA_BASE_URL": "https://images.example.com"}
    with pytest.raises(SettingsError) as caught:
        read_settings(environ, None)
    assert caught.value.lines == (
        "warning: IMA_APIKEY is not a setting and is ignored; did you mean IMA_API_KEY?",
        "warning: IMA_BASE_URL is https://images.example.com: your IMA key is sent to that host.",
        "HTTP_PORT must be a whole number from 0 to 65535, not 'eighty'.",
        "IMA_API_KEY is missing: create a key at https://www.imaclaw.ai/imaclaw/apikey and set it.",
    )


def test_discord_is_not_called_off_where_its_token_is_wrong() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({**KEY, "DISCORD_TOKEN": "two words", "DISCORD_CHANNELS": "1"}, None)
    assert (len(caught.value.problems), caught.value.warnings) == (1, ())


@pytest.mark.parametrize("have", ["FEISHU_APP_ID", "FEISHU_APP_SECRET"])
def test_half_of_feishu_is_a_mistake(have: str) -> None:
    found = problems({**KEY, have: "half-test"})
    assert len(found) == 1
    assert "is missing" in found[0]
    assert "half-test" not in found[0]


def test_a_value_that_is_wrong_is_not_called_missing_as_well() -> None:
    found = problems({"IMA_API_KEY": "two words", "FEISHU_APP_ID": "cli_test", "FEISHU_APP_SECRET": "two words"})
    assert [each.split()[0] for each in found] == ["IMA_API_KEY", "FEISHU_APP_SECRET"]


def test_a_webhook_that_would_believe_anybody_is_refused() -> None:
    feishu = {**KEY, "FEISHU_APP_ID": "cli_test", "FEISHU_APP_SECRET": "s", "FEISHU_TRANSPORT": "webhook"}
    assert problems(feishu) == (
        "FEISHU_ENCRYPT_KEY or FEISHU_VERIFICATION_TOKEN is missing: "
        "without one of them the webhook would believe anybody.",
    )
    for one in ("FEISHU_ENCRYPT_KEY", "FEISHU_VERIFICATION_TOKEN"):
        assert read_settings({**feishu, one: "x"}, None).feishu is not None


@hypothesis_settings(deadline=None)
@given(
    name=st.sampled_from(["IMA_API_KEY", "DISCORD_TOKEN", "FEISHU_APP_SECRET", "FEISHU_ENCRYPT_KEY", "DATABASE_URL"]),
    secret=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=4).map(lambda text: f"zq{text}qz"),
)
def test_whatever_a_secret_is_it_is_never_shown(name: str, secret: str) -> None:
    """Neither in a sentence, nor in the settings' repr."""
    environ = {**KEY, "FEISHU_APP_ID": "cli_test", "FEISHU_APP_SECRET": "fine", name: secret, "HTTP_PORT": "0"}
    try:
        read = read_settings(environ, None)
        shown = repr(read) + str(read) + "".join(read.warnings)
    except SettingsError as error:
        shown = str(error) + "".join(error.lines)
    assert secret.strip() not in shown


def test_the_secrets_are_handed_out_for_redaction() -> None:
    read = settings(DISCORD_TOKEN="discord-test", FEISHU_APP_ID="cli_test", FEISHU_APP_SECRET="feishu-test")
    assert set(read.secrets) == {"ima_test_0001", "discord-test", "feishu-test"}


def test_the_database_is_shown_without_its_password() -> None:
    assert settings(DATABASE_URL="postgresql://bot:p@ss@db:1/x?password=y").database_url_shown == "postgresql://db:1/x"
    assert settings(DATABASE_URL="sqlite:////tmp/a.db").database_url_shown == "sqlite+aiosqlite:////tmp/a.db"


def test_the_env_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text('# ours\nIMA_API_KEY="ima_test_$file"\nexport HTTP_PORT=9000\nLOG_LEVEL=debug # loud\n')
    read = read_settings({"HTTP_PORT": "9001", "LOG_LEVEL": ""}, file)
    assert read.ima.api_key is not None
    assert read.ima.api_key.get_secret_value() == "ima_test_$file", "a dollar is a dollar"
    assert (read.http.port, read.log.level) == (9001, "debug")


def test_an_env_file_that_does_not_exist_is_no_mistake(tmp_path: Path) -> None:
    assert read_settings(KEY, tmp_path / ".env").warnings == ()


def test_a_line_of_the_env_file_that_makes_no_sense_is_named_without_its_content(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("HTTP_PORT=0\n\nima_test_pasted alone\nLOG_LEVEL\n")
    assert problems(KEY, file) == (
        "Line 3 of .env is not of the form NAME=value.",
        "Line 4 of .env is not of the form NAME=value.",
    )


def test_an_env_file_in_another_encoding_or_a_folder_is_said(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes("IMA_API_KEY=画一张".encode("gb18030"))
    assert problems(KEY, file) == (".env must be saved as UTF-8 text.",)
    file.unlink()
    file.mkdir()
    assert problems(KEY, file) == (".env cannot be read: Is a directory.",)


def test_an_env_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("\ufeffIMA_API_KEY=ima_test_bom\n", encoding="utf-8")
    assert read_settings({}, file).warnings == ()


def test_an_unknown_name_gets_a_warning_with_the_likely_one(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("DISCORD_TOCKEN=x\nCOLOUR=blue\nhttp_port=0\n")
    read = read_settings({**KEY, "IMA_APIKEY": "y", "HTTP_PROT": "1", "LANG": "C", "LOG_FILE": "z"}, file)
    assert read.warnings == (
        "DISCORD_TOCKEN in .env is not a setting and is ignored; did you mean DISCORD_TOKEN?",
        "COLOUR in .env is not a setting and is ignored.",
        "http_port in .env is not a setting and is ignored; did you mean HTTP_PORT?",
        "HTTP_PROT is not a setting and is ignored; did you mean HTTP_PORT?",
        "IMA_APIKEY is not a setting and is ignored; did you mean IMA_API_KEY?",
    )


def test_proxy_variables_are_never_strangers_in_either_case(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("https_proxy=http://proxy:3128\n")
    assert read_settings({**KEY, "HTTP_PROXY": "http://proxy:3128", "no_proxy": "x"}, file).warnings == ()


def test_the_env_files_proxies_reach_the_process_environment_and_what_is_there_stays(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("HTTPS_PROXY=http://filed:1\nNO_PROXY=inside\n")
    environ = {**KEY, "https_proxy": "http://given:1"}
    apply_proxies(read_settings(environ, file), environ)
    assert environ == {**KEY, "https_proxy": "http://given:1", "NO_PROXY": "inside"}


def test_a_base_url_elsewhere_is_named_since_the_key_goes_there() -> None:
    read = settings(IMA_BASE_URL="https://elsewhere.example", FEISHU_DOMAIN="https://also.example")
    assert read.warnings == ("IMA_BASE_URL is https://elsewhere.example: your IMA key is sent to that host.",)


def test_discords_settings_without_its_token_are_a_warning() -> None:
    assert settings(DISCORD_CHANNELS="1").warnings == (
        "DISCORD_CHANNELS is set, but DISCORD_TOKEN is not: Discord stays off.",
    )
    assert settings(DISCORD_NSFW="off", DISCORD_SPOILERS="off").warnings == (
        "DISCORD_NSFW is set, but DISCORD_TOKEN is not: Discord stays off.",
    )


def test_a_command_that_needs_little_is_not_stopped_by_the_rest() -> None:
    read = read_settings({**KEY, "HTTP_PORT": "eighty", "DISCORD_TOCKEN": "x"}, None, only=["IMA_API_KEY"])
    assert (read.http.port, read.warnings) == (8080, ())
    read = read_settings({**KEY, "DISCORD_TOCKEN": "x", "IMA_APIKEY": "x"}, None, only=["IMA_API_KEY"])
    assert read.warnings == ("IMA_APIKEY is not a setting and is ignored; did you mean IMA_API_KEY?",)


def test_reading_the_settings_imports_nothing_heavy() -> None:
    """Of what is not the standard library's: pydantic, dotenv, platformdirs."""
    code = (
        "import sys; import bot.settings; "
        "print([m for m in ('pydantic_settings','httpx','sqlalchemy','PIL','structlog') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_example_file_names_every_variable_of_the_table_with_its_default(tmp_path: Path) -> None:
    """Uncommented as it stands, it is accepted: a key apart, nothing is missing, wrong or unknown."""
    example = (Path(__file__).parents[2] / ".env.example").read_text()
    assignments = [line.lstrip("#") for line in example.splitlines() if re.match(r"#?[A-Z_]+=", line)]
    names = {line.partition("=")[0] for line in assignments}
    assert names == set(Values.model_fields) - {"HTTP_PROXY", "ALL_PROXY"}
    file = tmp_path / ".env"
    file.write_text("\n".join(assignments))
    read = read_settings({**KEY, "DISCORD_TOKEN": "discord-test"}, file)
    assert read.warnings == ()
    plain = settings(DISCORD_TOKEN="discord-test")
    shown = ("ima", "http", "log", "progress_style", "max_jobs_per_user", "data_dir", "database_url", "feishu")
    assert all(getattr(read, each) == getattr(plain, each) for each in shown)
