"""What must outlive a crash: messages taken, jobs, offers, preferences, what waits for an answer."""

from bot.store.errors import StoreError
from bot.store.opening import HEAD, file_of, look_at_store, open_store
from bot.store.store import InboxRow, JobSummary, PendingReply, Store

__all__ = [
    "HEAD",
    "InboxRow",
    "JobSummary",
    "PendingReply",
    "Store",
    "StoreError",
    "file_of",
    "look_at_store",
    "open_store",
]
