"""`imabot jobs`: the jobs, their states, and what could not be delivered."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.store import JobSummary

CONCERNED = ("DATA_DIR", "DATABASE_URL")
ALL = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument(
        "--most", type=_at_least_one, default=30, metavar="N", help="how many, newest first (default 30)"
    )
    parser.add_argument("--undelivered", action="store_true", help="only paid pictures that did not arrive")
    parser.add_argument("--json", action="store_true", help="a JSON object a line")


def main(arguments: argparse.Namespace) -> int:
    """Print them; 1 if the database cannot be read."""
    from bot.settings import SettingsError, read_settings
    from bot.store import StoreError

    try:
        settings = read_settings(os.environ, Path(".env"), needs_key=False, only=CONCERNED)
        summaries = asyncio.run(_newest(settings.database_url.get_secret_value(), arguments))
    except SettingsError as error:
        sys.stderr.write("\n".join(error.lines) + "\n")
        return 2
    except StoreError as error:
        sys.stderr.write(f"{error}; the database is {settings.database_url_shown}\n")
        return 1
    for summary in summaries:
        sys.stdout.write((_as_json(summary) if arguments.json else _as_line(summary)) + "\n")
    if not summaries:
        sys.stderr.write("no jobs\n")
    return 0


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of jobs")
    return int(text)


async def _newest(url: str, arguments: argparse.Namespace) -> Sequence[JobSummary]:
    from bot.store import file_of, open_store

    file = file_of(url)
    if file is not None and not file.exists():
        return []
    store = await open_store(url)
    try:
        if not arguments.undelivered:
            return await store.newest_jobs(arguments.most)
        # What did not arrive may be long ago.
        return [each for each in await store.newest_jobs(ALL) if _undelivered(each)][: arguments.most]
    finally:
        await store.close()


def _undelivered(summary: JobSummary) -> bool:
    job = summary.job
    return job.picture is not None and "result" not in job.sent


def _as_line(summary: JobSummary) -> str:
    job = summary.job
    when = datetime.fromtimestamp(job.accepted_at).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    failure = f" ({job.failure.value})" if job.failure is not None else ""
    link = f"  {job.picture.url}" if _undelivered(summary) and job.picture is not None else ""
    name = job.request.model.name
    return f"{when}  {job.id[:8]}  {job.state.value}{failure}  {name}  {summary.points} pts{link}"


def _as_json(summary: JobSummary) -> str:
    job = summary.job
    return json.dumps(
        {
            "id": job.id,
            "state": job.state.value,
            "accepted_at": job.accepted_at,
            "platform": job.request.address.platform,
            "model_id": job.request.model_id,
            "points": summary.points,
            "task_id": job.task_id,
            "failure": job.failure.value if job.failure is not None else None,
            "url": job.picture.url if job.picture is not None else None,
            "delivered": "result" in job.sent,
        }
    )
