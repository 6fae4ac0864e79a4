"""All running jobs: started, resumed after a restart, cancelled, stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from bot.jobs.worker import JobWorker
from protocol.job import Job

log = structlog.get_logger("job")

MOST_RESTARTS = 3
RESTART_PAUSE = 5.0
"""Seconds until a job whose loop broke off is taken up again; more after each time."""

MakeWorker = Callable[[Job], JobWorker]


class Runner:
    """One worker a job. Jobs never wait for each other."""

    def __init__(self, make_worker: MakeWorker) -> None:
        self._make_worker = make_worker
        self._workers: dict[str, JobWorker] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._broken: dict[str, int] = {}
        self._stopping = False

    def start(self, job: Job) -> None:
        """Take up a job that is saved."""
        if job.id in self._workers:
            return
        worker = self._make_worker(job)
        self._workers[job.id] = worker
        task = asyncio.create_task(worker.run(), name=f"job {job.id}")
        self._tasks[job.id] = task
        task.add_done_callback(lambda done: self._ended(job.id, done))

    async def cancel(self, job_id: str) -> bool:
        """Stop a job if that costs nothing; False if it is paid already, or has ended."""
        worker = self._workers.get(job_id)
        return worker is not None and await worker.cancel()

    @property
    def running(self) -> int:
        """How many jobs are being worked on."""
        return len(self._workers)

    async def stop(self, grace: float) -> None:
        """Begin nothing new, let what is delicate come to its end for `grace` seconds, then stop."""
        self._stopping = True
        settling = [asyncio.create_task(worker.settle()) for worker in self._workers.values()]
        if settling:
            _, late = await asyncio.wait(settling, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*settling, return_exceptions=True)
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _ended(self, job_id: str, done: asyncio.Task[None]) -> None:
        worker = self._workers.pop(job_id, None)
        self._tasks.pop(job_id, None)
        if done.cancelled() or (error := done.exception()) is None or worker is None:
            return
        broken = self._broken.get(job_id, 0) + 1
        self._broken[job_id] = broken
        log.error("a job's loop broke off", job=job_id, times=broken, exc_info=error)
        if broken <= MOST_RESTARTS and not self._stopping:
            asyncio.get_running_loop().call_later(RESTART_PAUSE * broken, self._restart, worker.job)

    def _restart(self, job: Job) -> None:
        """From its last saved state, which is always safe."""
        if not self._stopping:
            self.start(job)
