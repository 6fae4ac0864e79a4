"""What a job costs the service: `python -m bench.jobs`.

The real service as a process, on its real time, against the stand-in as a process with quick pictures: rounds of
pictures are asked for in several conversations at once, from a page that listens as a browser does. Polls follow the
service's own timetable, so that a round takes some seconds. CPU is the service process's alone, over what it uses
when idle; memory is what it keeps, after a first round that fills its caches.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bench.processes import IMABOT, first_line, sandbox, service_environment, start, stopped

CONVERSATIONS = (("mei", "private-mei"), ("tom", "private-tom"))
JOBS_AT_ONCE = 2 * len(CONVERSATIONS)
PATIENCE = 120.0
IDLE_SECONDS = 3.0
END = re.compile("^[✅❌]")


def answered(method: str, url: str, body: object = None) -> bytes:
    """One HTTP exchange as the page would do it. Raises `RuntimeError` for a refusal."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    try:
        headers = {"Origin": f"http://{parts.netloc}", "Content-Type": "application/json"}
        connection.request(method, parts.path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        content = answer.read()
    finally:
        connection.close()
    if answer.status >= 400:
        raise RuntimeError(f"{method} {parts.path}: {answer.status} {content[:200]!r}")
    return content


class Page:
    """Follows the live stream as a browser does, and knows which requests have ended, and how."""

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)
        self._changed = threading.Condition()
        self.ended: dict[str, str] = {}
        threading.Thread(target=self._listen, name="page", daemon=True).start()

    def wait(self, requests: set[str]) -> None:
        """Until all of them have ended. Raises `TimeoutError`."""
        with self._changed:
            if not self._changed.wait_for(lambda: requests <= set(self.ended), PATIENCE):
                raise TimeoutError(f"{len(requests - set(self.ended))} pictures never came")

    def _listen(self) -> None:
        connection = http.client.HTTPConnection(self._parts.netloc)
        connection.request("GET", "/api/events")
        name = ""
        for raw in connection.getresponse():
            field, _, text = raw.decode().strip().partition(": ")
            if field == "event":
                name = text
            elif field == "data" and name == "message":
                shown = json.loads(text)
                if shown["sender"] == "bot" and END.match(shown["text"]):
                    with self._changed:
                        self.ended[shown["request"]] = shown["text"][:1]
                        self._changed.notify_all()


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process has used: CPU seconds since its start, and the memory that it holds now, in bytes."""

    cpu: float
    memory: int


def until_ready(url: str) -> None:
    """Wait until the service takes messages. Raises `RuntimeError` where it never does."""
    for _ in range(100):
        try:
            answered("GET", f"{url}/readyz")
        except RuntimeError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the service never got ready")


def usage(metrics_url: str) -> Usage:
    """As the service's own metrics say."""
    found = dict(re.findall(r"^(process_\w+) (\S+)$", answered("GET", metrics_url).decode(), re.MULTILINE))
    return Usage(float(found["process_cpu_seconds_total"]), int(float(found["process_resident_memory_bytes"])))


def calls(control: str) -> Counter[str]:
    """How many requests of each kind the stand-in has seen."""
    found: Mapping[str, int] = json.loads(answered("GET", f"{control}/state"))["counts"]
    return Counter(found)


def ask(url: str, page: Page, number: int, text: str) -> None:
    """One round: each person asks twice, and all pictures come."""
    requests = set()
    for index in range(JOBS_AT_ONCE):
        user, conversation = CONVERSATIONS[index % len(CONVERSATIONS)]
        requests.add(identity := f"r{number}x{index}")
        post = {"id": identity, "conversation": conversation, "user": user, "text": f"{text} {number}-{index}"}
        answered("POST", f"{url}/api/messages", {**post, "pictures": [], "reply_to": "", "locale": ""})
    page.wait(requests)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=6, help=f"rounds of {JOBS_AT_ONCE} jobs (default 6)")
    parser.add_argument("--text", default="画一张猫", help="what is asked for (default 画一张猫)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, sandbox(Path(name), "--pace", "fast", "--balance", "100000") as ima:
        folder = Path(name)
        process = start((*IMABOT, "run", "--playground"), folder, service_environment(ima, folder / "data"))
        try:
            url = first_line(process).removeprefix("listening on ")
            metrics, page = f"{url}/metrics", Page(url)
            until_ready(url)
            fresh = usage(metrics)
            ask(url, page, 0, given.text)
            before_idling = usage(metrics)
            time.sleep(IDLE_SECONDS)
            warm, counted = usage(metrics), calls(ima["control"])
            idle = (warm.cpu - before_idling.cpu) / IDLE_SECONDS
            cpu, seconds = [], []
            for number in range(1, given.rounds + 1):
                before, began = usage(metrics), time.perf_counter()
                ask(url, page, number, given.text)
                seconds.append(time.perf_counter() - began)
                cpu.append((usage(metrics).cpu - before.cpu - idle * seconds[-1]) / JOBS_AT_ONCE)
            after, made = usage(metrics), calls(ima["control"]) - counted
        finally:
            stopped(process)
    jobs = given.rounds * JOBS_AT_ONCE
    failed = list(page.ended.values()).count("❌")
    print(f"{jobs} jobs in {given.rounds} rounds of {JOBS_AT_ONCE}, {failed} failed; medians of the rounds")
    print(f"{'CPU seconds a job':34} {statistics.median(cpu):8.3f}")
    print(f"{'CPU seconds an idle minute':34} {idle * 60:8.3f}")
    print(f"{'seconds a round':34} {statistics.median(seconds):8.2f}")
    rows = (("listening", fresh), ("after the first round", warm), ("at the end", after))
    for label, found in rows:
        print(f"{'memory MB, ' + label:34} {found.memory / 1e6:8.1f}")
    print(f"{'memory kB a job, after the first':34} {(after.memory - warm.memory) / jobs / 1e3:8.1f}")
    for kind, count in sorted(made.items()):
        print(f"{'calls a job: ' + kind:34} {count / jobs:8.2f}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
