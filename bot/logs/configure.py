"""Sets up logging for the process: ours (structlog) and everybody else's (the standard library) in one format."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import structlog
from structlog.typing import Processor
from typing_extensions import override

from bot.logs.daily import DailyFileHandler
from bot.logs.redaction import CleanFields, Redaction

if TYPE_CHECKING:
    from bot.settings.model import LogSettings

LogFormat: TypeAlias = Literal["console", "json"]

# Other people's loggers, and the least level at which they are heard whatever is configured: below it they print
# addresses with signatures (httpx), statements with people's words (aiosqlite), whole messages (discord).
LEAST_LEVELS = {
    **dict.fromkeys(("httpx", "httpcore", "hpack", "h2", "aiosqlite", "sqlalchemy", "alembic"), logging.WARNING),
    **dict.fromkeys(("PIL", "filelock", "uvicorn.access", "websockets", "urllib3", "aiohttp"), logging.WARNING),
    "uvicorn.error": logging.WARNING,
    **dict.fromkeys(("discord", "Lark", "asyncio"), logging.INFO),
}


class Logs:
    """Logging as it is set up; `close` puts back what was there before."""

    def __init__(self, handlers: Sequence[logging.Handler], level: int) -> None:
        root = logging.getLogger()
        self._handlers = handlers
        self._before = {name: logging.getLogger(name).level for name in LEAST_LEVELS}
        self._root_level = root.level
        for name, least in LEAST_LEVELS.items():
            logging.getLogger(name).setLevel(max(level, least))
        for handler in handlers:
            root.addHandler(handler)
        root.setLevel(level)
        logging.captureWarnings(True)

    def close(self) -> None:
        """Take the handlers off and close the files."""
        root = logging.getLogger()
        for handler in self._handlers:
            root.removeHandler(handler)
            handler.close()
        for name, level in self._before.items():
            logging.getLogger(name).setLevel(level)
        root.setLevel(self._root_level)
        logging.captureWarnings(False)
        structlog.reset_defaults()


class RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    """Renders a line, then takes the secrets out of it."""

    def __init__(self, redact: Redaction, processors: Sequence[Processor], before: Sequence[Processor]) -> None:
        super().__init__(processors=processors, foreign_pre_chain=before)
        self._redact = redact

    @override
    def format(self, record: logging.LogRecord) -> str:
        return self._redact(super().format(record))


def configure_logging(
    *,
    level: str = "info",
    log_format: LogFormat = "console",
    folder: Path | None = None,
    secrets: Iterable[str] = (),
    to_stderr: bool = True,
    old_files: str | None = None,
    clock: Callable[[], float] = time.time,
) -> Logs:
    """Log to stderr, and to daily files in `folder`. None of `secrets` is ever written.

    Stdout is left to results. `old_files` is a pattern for what is deleted in the folder after 7 days, where that
    is more than our own files. Raises `LogFolderError`.
    """
    redact = Redaction(secrets)
    common: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        CleanFields(redact),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *common,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handlers: list[logging.Handler] = []
    if to_stderr:
        handlers.append(logging.StreamHandler(sys.stderr))
        handlers[-1].setFormatter(RedactingFormatter(redact, _rendering(log_format, colours=_colours()), common))
    if folder is not None:
        files = DailyFileHandler(folder, clock, old_files) if old_files else DailyFileHandler(folder, clock)
        handlers.append(files)
        files.setFormatter(RedactingFormatter(redact, _rendering(log_format, colours=False), common))
    # With no handler at all the standard library would write warnings to stderr by itself.
    return Logs(handlers or [logging.NullHandler()], logging.getLevelNamesMapping()[level.upper()])


def configure_logs(settings: LogSettings, *, secrets: Iterable[str]) -> Logs:
    """Logging as the settings say. Raises `LogFolderError`."""
    return configure_logging(level=settings.level, log_format=settings.format, folder=settings.folder, secrets=secrets)


def _rendering(log_format: LogFormat, *, colours: bool) -> list[Processor]:
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if log_format == "json":
        # Plain tracebacks: those that show local variables would show keys and prompts.
        return [remove, structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    plain = structlog.dev.plain_traceback
    return [remove, structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=plain)]


def _colours() -> bool:
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR")
