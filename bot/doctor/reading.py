"""The settings, read for the doctor: what is wrong is a finding, and what can be looked at without it still is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.doctor.finding import Finding, failed, proven, unknown
from bot.settings import Settings, SettingsError, read_settings

AREA = "settings"
DESCRIBED = ".env.example describes every setting"


def read_or_explain(environ: Mapping[str, str], env_file: Path) -> tuple[Settings | None, list[Finding]]:
    """The settings, and what there is to say about them; None where nothing can be looked at with them."""
    found: list[Finding] = []
    settings: Settings | None = None
    try:
        settings = read_settings(environ, env_file, needs_key=True)
    except SettingsError as error:
        found += [_warning(each) for each in error.warnings]
        found += [_problem(each) for each in error.problems]
        # Without a key much can be looked at all the same; with a wrong value it would be the wrong thing.
        try:
            settings = read_settings(environ, env_file, needs_key=False)
        except SettingsError:
            found.append(unknown(AREA, "everything else, until they are right"))
            return None, found
    else:
        source = "the environment" if not env_file.exists() else f"the environment and {env_file.name}"
        found.append(proven(AREA, f"all settings in {source} are valid"))
        found += [_warning(each) for each in settings.warnings]
    return settings, found


def _warning(sentence: str) -> Finding:
    return proven("warning", sentence)


def _problem(sentence: str) -> Finding:
    """The reader's sentences say what is wrong, and after a colon what to do."""
    what, colon, advice = sentence.partition(": ")
    if not colon:
        return failed(AREA, sentence, f"Correct it; {DESCRIBED}.")
    return failed(AREA, what, advice[0].upper() + advice[1:])
