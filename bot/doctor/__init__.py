"""What `imabot doctor` looks at: a check is a small object that gives findings, one line each."""

from bot.doctor.checks import checks_for
from bot.doctor.finding import Check, Finding, Verdict, failed, proven, unknown
from bot.doctor.reading import read_or_explain

__all__ = ["Check", "Finding", "Verdict", "checks_for", "failed", "proven", "read_or_explain", "unknown"]
