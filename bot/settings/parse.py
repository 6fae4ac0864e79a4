"""One function a kind of value: text in, value out, or a `ValueError` whose words complete "NAME …".

Secrets are never quoted in those words, nor addresses (they may carry a password); other values are.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from bot.settings.model import Shards

Word = TypeVar("Word", bound=str)

LOOPBACK_NAMES = frozenset({"localhost"})
PLATFORMS = ("discord", "feishu", "playground")
DATABASES = ("sqlite", "sqlite+aiosqlite", "postgresql", "postgresql+asyncpg", "postgresql+psycopg")

_DIGITS = re.compile(r"[0-9]{1,20}", re.ASCII)
_HOST_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?", re.ASCII)
_DISCORD_ID = re.compile(r"[0-9]{1,20}", re.ASCII)


def is_loopback(host: str) -> bool:
    """Whether a host name or literal address means this machine."""
    if host.lower().rstrip(".") in LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_loopback_url(url: str) -> bool:
    """Whether an address is on this machine."""
    return is_loopback(urlsplit(url).hostname or "")


def secret(text: str) -> str:
    """A key or token: visible ASCII without spaces, since it travels in a header."""
    if text != text.strip() or re.search(r"\s", text):
        raise ValueError("must be the bare value, without spaces or line breaks (and without a word before it).")
    if not text.isascii() or not text.isprintable():
        raise ValueError("has characters that a key cannot have; copy it again.")
    return text


def api_key(text: str) -> str:
    """A key by the rule of IMA's client, which refuses what cannot be one."""
    # Only whoever has a key uses the client: without one, nothing of it is imported.
    from ima.secret import LONGEST, SHORTEST, ApiKey

    text = secret(text)
    try:
        ApiKey(text)
    except ValueError:
        raise ValueError(f"must have {SHORTEST} to {LONGEST} characters; copy it again.") from None
    return text


def base_url(text: str) -> str:
    """An https address (http on loopback only) without a trailing slash, login, query or fragment."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ValueError("is not a valid address.") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise ValueError("must be a whole address that starts with https://.")
    if re.search(r"\s", text):
        raise ValueError("must not have a space in it.")
    if parts.username or parts.password:
        raise ValueError("must not have a name or password in it.")
    if parts.query or parts.fragment:
        raise ValueError("must not have a ? or # part.")
    if parts.scheme == "http" and not is_loopback(host):
        raise ValueError("must start with https:// (http:// is only for this machine, such as 127.0.0.1).")
    return text.rstrip("/")


def proxy(text: str) -> str:
    """An http or https proxy, with or without its scheme."""
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ValueError("is not a valid proxy address.") from None
    if parts.scheme not in {"http", "https"}:
        raise ValueError("must be an http:// or https:// proxy; other kinds are not supported.")
    if not host:
        raise ValueError("is not a valid proxy address.")
    return text


def items(text: str) -> tuple[str, ...]:
    """A comma list; spaces around entries and empty entries do not matter, nor does an entry given twice."""
    return tuple(dict.fromkeys(entry for part in text.split(",") if (entry := part.strip())))


def discord_ids(text: str) -> frozenset[str]:
    """Discord channel ids, as a comma list of numbers."""
    for entry in items(text):
        if not _DISCORD_ID.fullmatch(entry):
            raise ValueError(f"must be channel ids (numbers) with commas between them, not {entry!r}.")
    return frozenset(items(text))


def admins(text: str) -> frozenset[str]:
    """Persons as `platform:id`, as `Address.person` names them."""
    found: set[str] = set()
    for entry in items(text):
        platform, colon, user = (part.strip() for part in entry.partition(":"))
        if not colon or not user or platform.lower() not in PLATFORMS:
            raise ValueError(f"must be entries such as discord:ID or feishu:OPEN_ID, not {entry!r}.")
        if platform.lower() == "discord" and not _DISCORD_ID.fullmatch(user):
            raise ValueError(f"needs the numeric user id after discord:, not {user!r}.")
        found.add(f"{platform.lower()}:{user}")
    return frozenset(found)


def shards(text: str) -> Shards | None:
    """`0,1/4` is shards 0 and 1 of 4; `automatic` is None: the library asks Discord."""
    if text.strip().lower() in {"automatic", "auto"}:
        return None
    listed, slash, total = text.partition("/")
    entries = items(listed)
    if not slash or not entries or not all(_DIGITS.fullmatch(each) for each in (*entries, total.strip())):
        raise ValueError(f"must be automatic, or like 0,1/4 (shards 0 and 1 of 4), not {text!r}.")
    ids, count = tuple(sorted(int(each) for each in entries)), int(total)
    if count < 1 or ids[-1] >= count:
        raise ValueError(f"names a shard that does not exist: of {count}, the last is {count - 1}.")
    return Shards(ids, count)


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """A parser of whole numbers within both bounds."""

    def parse(text: str) -> int:
        if not _DIGITS.fullmatch(text) or not least <= int(text) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}, not {text!r}.")
        return int(text)

    return parse


def one_of(*words: Word) -> Callable[[str], Word]:
    """A parser of one of a few words, in any case."""

    def parse(text: str) -> Word:
        for word in words:
            if text.lower() == word:
                return word
        raise ValueError(f"must be {' or '.join(words)}, not {text!r}.")

    return parse


def host(text: str) -> str:
    """What to listen on: an address or a host name, nothing before or after it."""
    bare = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    try:
        ipaddress.ip_address(bare)
    except ValueError:
        if not _HOST_NAME.fullmatch(bare):
            raise ValueError(f"must be an address such as 127.0.0.1 or 0.0.0.0, not {text!r}.") from None
    return bare


def folder(text: str) -> Path:
    """A folder, `~` and relative paths resolved."""
    if "\0" in text:
        raise ValueError("is not a folder's name.")
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError:
        raise ValueError("starts with ~, but the home folder is not known.") from None


def database_url(text: str) -> str:
    """A database that the store can use; its words never quote it, for it may carry a password."""
    scheme, separator, rest = text.partition("://")
    if not separator or not rest or scheme.lower() not in DATABASES:
        raise ValueError("must start with sqlite+aiosqlite:// or postgresql+asyncpg://.")
    return f"sqlite+aiosqlite://{rest}" if scheme.lower() == "sqlite" else text
