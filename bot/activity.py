"""What happens to a job, for those who want to watch: names and times, no prompt, no key."""

from __future__ import annotations

from dataclasses import fields

from adapters.port import Activity
from protocol.events import Event
from protocol.job import Job


def job_activity(before: Job, job: Job, event: Event) -> Activity:
    """One event of a job, with the states before and after it."""
    address = job.request.address
    shown = {"event": type(event).__name__, "job": job.id[:8], "from": before.state.value, "to": job.state.value}
    for each in fields(event):
        value = getattr(event, each.name)
        if each.name != "at" and isinstance(value, str | bool | int | float):
            shown[each.name] = f"{value:.1f}" if isinstance(value, float) else str(value)
    if job.failure is not None:
        shown["failure"] = job.failure.value
    return Activity(
        at=event.at,
        platform=address.platform,
        conversation=address.conversation,
        kind="state" if before.state is not job.state else "event",
        title=job.state.value if before.state is not job.state else type(event).__name__,
        fields=shown,
    )
