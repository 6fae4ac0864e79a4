"""Logs: structlog and the standard library's loggers through one door, where secrets and prompts are taken out."""

from bot.logs.configure import LogFormat, Logs, configure_logging, configure_logs
from bot.logs.daily import LogFolderError

__all__ = ["LogFolderError", "LogFormat", "Logs", "configure_logging", "configure_logs"]
