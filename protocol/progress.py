"""When progress is told, and what it says (conversation page: progress timetable)."""

from __future__ import annotations

from protocol.models import ModelCard

MOST_PERCENT = 95


def percent(elapsed: float, maximum: float) -> int:
    """`min(95, floor(elapsed / maximum * 100))`; never below zero."""
    return max(0, min(MOST_PERCENT, int(elapsed / maximum * 100)))


def progress_time(card: ModelCard, number: int) -> int:
    """Seconds after the accepted create at which the progress message of this number (from 0) is due."""
    if number < len(card.progress_at):
        return card.progress_at[number]
    return card.progress_at[-1] + (number - len(card.progress_at) + 1) * card.progress_every


def next_progress(card: ModelCard, elapsed: float) -> int:
    """The number of the first progress message that is due strictly after `elapsed` seconds."""
    number = 0
    while progress_time(card, number) <= elapsed:
        number += 1
    return number
