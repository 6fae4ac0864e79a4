"""OpenClaw's own places in the home folder: the preferences that the skill's script kept, and its logs.

The file's format is the script's (the API page: the script that this replaces):
`{"user_<id>": {"text_to_image": {"model_id", "model_name", "credit", "last_used"}, "image_to_image": {…}}}`.
"""

from __future__ import annotations

import datetime
import json
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from filelock import FileLock, Timeout

from protocol.decision import TaskType

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None

FOLDER = ".openclaw"
LOCK_SECONDS = 5.0


class PreferencesError(Exception):
    """The preferences cannot be read or written; its words are one plain line."""


@dataclass(frozen=True, slots=True)
class Used:
    """A model that a user had a picture made with, and the points it cost."""

    model_id: str
    model_name: str
    credit: int


def logs_folder(home: Path) -> Path:
    """Where the script keeps its logs; they are deleted after 7 days."""
    return home / FOLDER / "logs" / "ima_skills"


class Preferences:
    """`~/.openclaw/memory/ima_prefs.json`. Whatever else stands in it stays as it is.

    `say` is told, in one line, of a file that could not be read and was kept aside. `clock` gives the wall time.
    """

    def __init__(self, home: Path, clock: Callable[[], float], say: Callable[[str], None]) -> None:
        self._path = home / FOLDER / "memory" / "ima_prefs.json"
        self._clock = clock
        self._say = say

    def model_of(self, user: str, task_type: TaskType) -> str | None:
        """The model that this user had last for this kind of task, if any. Raises `PreferencesError`."""
        match self._read():
            case {**users} if isinstance(entry := users.get(f"user_{user}"), dict):
                used = entry.get(task_type)
                model_id = used.get("model_id") if isinstance(used, dict) else None
                return model_id if isinstance(model_id, str) and model_id else None
            case _:
                return None

    def save(self, user: str, task_type: TaskType, used: Used) -> None:
        """Remember a model after a success, all at once or not at all. Raises `PreferencesError`."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with FileLock(self._path.with_name(self._path.name + ".lock"), timeout=LOCK_SECONDS):
                content = self._read_or_keep_aside()
                entry = content.setdefault(f"user_{user}", {})
                if not isinstance(entry, dict):
                    content[f"user_{user}"] = entry = {}
                before = entry.get(task_type)
                now = datetime.datetime.fromtimestamp(self._clock(), datetime.UTC)
                entry[task_type] = {
                    **(before if isinstance(before, dict) else {}),
                    "model_id": used.model_id,
                    "model_name": used.model_name,
                    "credit": used.credit,
                    "last_used": now.isoformat(timespec="seconds"),
                }
                self._write(content)
        except Timeout as error:
            raise PreferencesError(f"{self._path} is in use by another program") from error
        except OSError as error:
            raise PreferencesError(f"{self._path} cannot be written: {error.strerror}") from error

    def _read(self) -> Json:
        """The file's content, an empty object where there is none."""
        try:
            text = self._path.read_text(encoding="utf-8-sig")
            content: Json = json.loads(text) if text.strip() else {}
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise PreferencesError(f"{self._path} cannot be read: {error.strerror}") from error
        except (ValueError, RecursionError) as error:
            raise PreferencesError(f"{self._path} is not valid JSON") from error
        return content

    def _read_or_keep_aside(self) -> dict[str, Json]:
        try:
            content = self._read()
        except PreferencesError as error:
            if isinstance(error.__cause__, OSError):
                raise
            content = None
        if isinstance(content, dict):
            return content
        stamp = datetime.datetime.fromtimestamp(self._clock(), datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
        aside = self._path.with_name(f"{self._path.name}.broken-{stamp}-{secrets.token_hex(2)}")
        self._path.replace(aside)
        self._say(f"{self._path} could not be read; it was kept as {aside.name}, and a new one was begun")
        return {}

    def _write(self, content: dict[str, Json]) -> None:
        # Where the file is a link, what it points to is replaced, not the link.
        target = self._path.resolve()
        unfinished = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
        mode = 0o600
        with suppress(FileNotFoundError):
            mode = target.stat().st_mode & 0o777
        try:
            with open(unfinished, "x", encoding="utf-8", opener=lambda path, flags: os.open(path, flags, mode)) as file:
                json.dump(content, file, ensure_ascii=False, indent=2)
                file.write("\n")
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
