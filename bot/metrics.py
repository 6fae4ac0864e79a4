"""What the service counts, for Prometheus. One object a service, handed around; nothing is global."""

from __future__ import annotations

import asyncio

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from protocol.job import ENDED, RUNNING, Job, State

SECONDS = (5, 10, 20, 30, 40, 60, 90, 120, 180, 300, 600)


class Metrics:
    """Counters and gauges, and the page that shows them."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._jobs = Counter(
            "imabot_jobs", "Jobs that came to an end, by how.", ["state", "reason"], registry=self._registry
        )
        self._seconds = Histogram(
            "imabot_job_seconds",
            "Seconds from the accepted message to the picture or the failure.",
            ["model", "state"],
            buckets=SECONDS,
            registry=self._registry,
        )
        self._making = Histogram(
            "imabot_generation_seconds",
            "Seconds from the accepted create to the picture.",
            ["model"],
            buckets=SECONDS,
            registry=self._registry,
        )
        self._points = Counter("imabot_points_spent", "Points that IMA charged.", ["model"], registry=self._registry)
        self._sends = Counter(
            "imabot_sends",
            "Messages handed to the platforms, by kind and result.",
            ["kind", "result"],
            registry=self._registry,
        )
        self._polls = Counter(
            "imabot_polls", "Times that IMA was asked how a picture is doing.", registry=self._registry
        )
        self._running = Gauge("imabot_jobs_running", "Jobs that people are waiting for.", registry=self._registry)
        self._undelivered = Gauge(
            "imabot_undelivered_pictures",
            "Paid pictures that did not arrive: still being tried, or given up since the start.",
            registry=self._registry,
        )
        self._lag = Gauge(
            "imabot_loop_lag_seconds", "How late the event loop was when last looked at.", registry=self._registry
        )
        self._now_running: set[str] = set()
        self._now_undelivered: set[str] = set()

    def job_changed(self, before: Job, job: Job) -> None:
        """A job's new state was saved."""
        model = job.request.model.name
        if job.task_id is not None and before.task_id is None and job.quote is not None:
            self._points.labels(model).inc(job.quote.points)
        if job.finished_at is not None and before.finished_at is None and job.created_at is not None:
            self._making.labels(model).observe(job.finished_at - job.created_at)
        if job.ended and not before.ended:
            reason = job.failure.value if job.failure is not None else ""
            self._jobs.labels(job.state.value, reason).inc()
            end = job.finished_at if job.state is State.SUCCEEDED else job.failed_at
            if end is not None:
                self._seconds.labels(model, job.state.value).observe(end - job.accepted_at)
        self._keep(self._now_running, job.id, job.state in RUNNING)
        self._running.set(len(self._now_running))
        waits = job.picture is not None and "result" not in job.sent
        self._keep(self._now_undelivered, job.id, waits and (job.deliveries > 0 or job.state in ENDED))
        self._undelivered.set(len(self._now_undelivered))

    def sent(self, kind: str, result: str) -> None:
        """A message was handed to its platform; `result` is sent, failed or refused."""
        self._sends.labels(kind, result).inc()

    def polled(self) -> None:
        """IMA was asked how a picture is doing."""
        self._polls.inc()

    async def watch_loop(self, every: float = 1.0) -> None:
        """Look at how late the event loop is, for ever."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + every
            await asyncio.sleep(every)
            self._lag.set(max(0.0, loop.time() - due))

    def page(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self._registry)

    @staticmethod
    def _keep(members: set[str], member: str, belongs: bool) -> None:
        if belongs:
            members.add(member)
        else:
            members.discard(member)
