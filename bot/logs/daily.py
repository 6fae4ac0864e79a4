"""Log files, one a day, deleted after 7 days."""

from __future__ import annotations

import datetime
import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from typing_extensions import override

KEPT_SECONDS = 7 * 24 * 3600.0
OURS = "imabot"


class LogFolderError(Exception):
    """The folder for log files cannot be used."""


class DailyFileHandler(logging.Handler):
    """Writes `imabot-2026-02-01.log`, a new one each day (UTC); old files go at the start and with each new day.

    `clock` gives the wall time in seconds. `old` says which files of the folder are to be deleted when they were
    last written more than 7 days ago. A disk that is full later on is said once on stderr; the service goes on.
    Raises `LogFolderError` where the folder cannot be written to now.
    """

    def __init__(self, folder: Path, clock: Callable[[], float], old: str = f"{OURS}-*.log") -> None:
        super().__init__()
        self._folder = folder
        self._clock = clock
        self._old = old
        self._day: datetime.date | None = None
        self._file: TextIO | None = None
        self._complained = False
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._turn(self._today())
        except OSError as error:
            raise LogFolderError(f"log files cannot be written in {folder}: {error.strerror}") from error

    @override
    def emit(self, record: logging.LogRecord) -> None:
        try:
            line = self.format(record)
            today = self._today()
            if today != self._day or self._file is None:
                self._turn(today)
            if self._file is not None:
                self._file.write(line + "\n")
                self._file.flush()
        except OSError as error:
            if not self._complained:
                self._complained = True
                sys.stderr.write(f"log files cannot be written in {self._folder}: {error.strerror}\n")

    @override
    def close(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            self._file = None
        super().close()

    def _today(self) -> datetime.date:
        return datetime.datetime.fromtimestamp(self._clock(), datetime.UTC).date()

    def _turn(self, today: datetime.date) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        path = self._folder / f"{OURS}-{today.isoformat()}.log"
        self._file = open(path, "a", encoding="utf-8", opener=_private)  # noqa: SIM115 - held open for a day
        self._day = today
        remove_old(self._folder, self._old, self._clock(), keep=path)


def remove_old(folder: Path, pattern: str, now: float, keep: Path) -> None:
    """Delete the files that match and were last written more than 7 days ago. What cannot be deleted stays."""
    for file in folder.glob(pattern):
        with suppress(OSError):
            if file != keep and file.is_file() and now - file.stat().st_mtime > KEPT_SECONDS:
                file.unlink()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
