"""The `.env` file: NAME=value lines, read as they are (no `$` is expanded: secrets have dollars in them)."""

from __future__ import annotations

import io
from pathlib import Path

from dotenv.parser import parse_stream

from bot.settings.model import SettingsError


def read_env_file(path: Path) -> dict[str, str]:
    """The values of an env file, none where there is no such file.

    Raises `SettingsError` where it cannot be read, with the line's number where a line makes no sense.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        raise SettingsError((f"{path.name} must be saved as UTF-8 text.",)) from error
    except OSError as error:
        raise SettingsError((f"{path.name} cannot be read: {error.strerror or 'unknown reason'}.",)) from error
    values: dict[str, str] = {}
    problems: list[str] = []
    for binding in parse_stream(io.StringIO(text)):
        if binding.error or (binding.key is not None and binding.value is None):
            line = binding.original.line + binding.original.string[
                : len(binding.original.string) - len(binding.original.string.lstrip())
            ].count("\n")
            problems.append(f"Line {line} of {path.name} is not of the form NAME=value.")
        elif binding.key is not None and binding.value is not None:
            values[binding.key] = binding.value
    if problems:
        raise SettingsError(tuple(problems))
    return values
