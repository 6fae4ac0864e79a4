"""What must outlive a crash: messages taken, jobs, offers, preferences, what waits for an answer."""

from bot.store.errors import StoreError
from bot.store.opening import open_store
from bot.store.store import InboxRow, JobSummary, PendingReply, Store

__all__ = ["InboxRow", "JobSummary", "PendingReply", "Store", "StoreError", "open_store"]
