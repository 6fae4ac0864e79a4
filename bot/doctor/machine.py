"""What is on this machine: folders, the database, the port."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
from filelock import FileLock, Timeout

from bot.doctor.finding import Finding, failed, proven
from bot.settings import HttpSettings, Settings
from bot.store import HEAD, StoreError, file_of, look_at_store, open_store
from bot.web import PortTaken, listen, url_of

PROBE_SECONDS = 3.0
LOCK_FILE = "imabot.lock"


@dataclass(frozen=True, slots=True)
class FolderCheck:
    """A folder can be written to. One that is not there yet is made, and taken away again."""

    area: str
    folder: Path
    setting: str

    async def __call__(self) -> AsyncIterator[Finding]:
        made = [each for each in (self.folder, *self.folder.parents) if not each.exists()]
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.folder, prefix="doctor-"):
                pass
        except OSError as error:
            advice = f"Let this user write there, or set {self.setting} to another folder."
            yield failed(self.area, f"{self.folder} cannot be written to ({error.strerror or error})", advice)
        else:
            absent = ", which the first start makes" if made else ""
            yield proven(self.area, f"{self.folder} can be written to{absent}")
        finally:
            for each in made:
                with suppress(OSError):
                    each.rmdir()


@dataclass(frozen=True, slots=True)
class OtherProcessCheck:
    """Whether an imabot works in the data folder now. Both is fine."""

    data_dir: Path

    async def __call__(self) -> AsyncIterator[Finding]:
        lock = self.data_dir / LOCK_FILE
        if not lock.exists():
            return
        try:
            with FileLock(lock, blocking=False):
                pass
        except Timeout:
            yield proven("data folder", "an imabot is running with it now")
        except OSError as error:
            advice = "Let this user write to it, or set DATA_DIR to another folder."
            yield failed("data folder", f"{lock} cannot be used ({error.strerror or error})", advice)


@dataclass(frozen=True, slots=True)
class DatabaseCheck:
    """The database opens, is whole, and can be written to. It is left as it is: an older one is not migrated."""

    url: str
    shown: str
    data_dir: Path

    async def __call__(self) -> AsyncIterator[Finding]:
        try:
            yield await (self._fresh() if self._absent() else self._existing())
        except StoreError as error:
            yield failed("database", f"{error} ({self.shown})", self._advice())
        except OSError as error:
            yield failed("database", f"it cannot be made ({error.strerror or error}; {self.shown})", self._advice())

    def _absent(self) -> bool:
        file = file_of(self.url)
        return file is not None and not file.exists()

    async def _fresh(self) -> Finding:
        """There is none yet: one is made beside the place, opened, and taken away again."""
        file = file_of(self.url)
        beside = file.parent if file is not None else self.data_dir
        while not beside.exists():
            beside = beside.parent
        with tempfile.TemporaryDirectory(dir=beside, prefix="doctor-") as folder:
            store = await open_store(f"sqlite+aiosqlite:///{folder}/doctor.sqlite3")
            await store.close()
        return proven("database", f"{self.shown} is made at the first start, and one can be made there")

    async def _existing(self) -> Finding:
        version = await look_at_store(self.url)
        if version == HEAD:
            return proven("database", f"{self.shown} opens, is whole and can be written to")
        return proven("database", f"{self.shown} opens, is whole and is brought up to date at the next start")

    def _advice(self) -> str:
        if file_of(self.url) is None:
            return "Correct DATABASE_URL, or see that the database is running."
        return "Stop what else uses the file, restore it from a backup, or set DATA_DIR to another folder."


@dataclass(frozen=True, slots=True)
class PortCheck:
    """The HTTP port is free, or an imabot has it."""

    http: HttpSettings

    async def __call__(self) -> AsyncIterator[Finding]:
        where = url_of(self.http.host, self.http.port)
        try:
            listener = await listen(self.http.host, self.http.port)
        except PortTaken as error:
            if await self._imabot_answers():
                yield proven("HTTP port", f"a running imabot answers at {where}")
            else:
                yield failed("HTTP port", str(error), "Set HTTP_PORT to another, or to 0 for a free one.")
            return
        listener.close()
        free = "a free port is taken at the start" if self.http.port == 0 else f"{where} is free"
        yield proven("HTTP port", free)

    async def _imabot_answers(self) -> bool:
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.http.host, self.http.host)  # noqa: S104 - compared only
        try:
            async with httpx.AsyncClient(trust_env=False, timeout=PROBE_SECONDS) as client:
                found = (await client.get(f"{url_of(host, self.http.port)}/readyz")).json()
        except (httpx.HTTPError, ValueError):
            return False
        return isinstance(found, dict) and "store" in (found.get("parts") or {})


def machine_checks(settings: Settings) -> list[FolderCheck | OtherProcessCheck | DatabaseCheck | PortCheck]:
    """Everything on this machine, in the order in which it is needed."""
    logs = [] if settings.log.folder is None else [FolderCheck("log folder", settings.log.folder, "LOG_DIR")]
    return [
        FolderCheck("data folder", settings.data_dir, "DATA_DIR"),
        OtherProcessCheck(settings.data_dir),
        DatabaseCheck(settings.database_url.get_secret_value(), settings.database_url_shown, settings.data_dir),
        *logs,
        PortCheck(settings.http),
    ]
