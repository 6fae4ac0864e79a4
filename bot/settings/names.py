"""Names that are not ours: which of them deserve a warning, and what was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable

from bot.settings.values import NAMES, PROXY_NAMES

# Whoever sets one of these means this program.
OUR_PREFIXES = ("IMA_", "IMABOT_", "DISCORD_", "FEISHU_", "LARK_")
# Other programs use these prefixes as well: in the environment, just a near miss is ours.
SHARED_PREFIXES = ("DATABASE_", "DATA_", "HTTP_", "LOG_", "MAX_", "PROGRESS_", "ADMIN")
LIKELY = 0.6
NEAR_MISS = 0.85


def likely_name(name: str, cutoff: float = LIKELY) -> str | None:
    """The variable that was probably meant."""
    candidates = [each for each in NAMES if each not in PROXY_NAMES]
    found = difflib.get_close_matches(name.upper(), candidates, n=1, cutoff=cutoff)
    return found[0] if found else None


def unknown_names(
    environ: Iterable[str], env_file: Iterable[str], env_file_name: str, concerned: Collection[str] = NAMES
) -> tuple[str, ...]:
    """A sentence for each name that nobody will read.

    In the env file every unknown name counts; in the environment those with a prefix of ours and near misses.
    To a caller whom only some names concern, only what was probably meant to be one of those matters.
    """
    found = [
        (f"{name} in {env_file_name}", likely_name(name))
        for name in env_file
        if name not in NAMES and name.upper() not in PROXY_NAMES
    ]
    for name in sorted(environ):
        upper = name.upper()
        if name in NAMES or upper in PROXY_NAMES:
            continue
        if upper.startswith(OUR_PREFIXES):
            found.append((name, likely_name(name)))
        elif upper.startswith(SHARED_PREFIXES) and (meant := likely_name(name, NEAR_MISS)):
            found.append((name, meant))
    everything = set(NAMES) <= set(concerned)
    return tuple(_sentence(what, meant) for what, meant in found if everything or meant in concerned)


def _sentence(what: str, meant: str | None) -> str:
    return f"{what} is not a setting and is ignored" + (f"; did you mean {meant}?" if meant else ".")
