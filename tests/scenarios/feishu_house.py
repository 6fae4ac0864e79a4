"""The whole program in Feishu: the strict local Feishu, the service with the real SDK, the stand-in for IMA."""

from __future__ import annotations

import asyncio
import html
import re
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest

from bot import sender
from bot.platforms import feishu_platform
from bot.service import serve
from bot.settings import Settings
from bot.settings.read import DATABASE_FILE
from ima.sandbox.options import REAL_PACE, SandboxOptions
from ima.sandbox.server import RunningSandbox, running_sandbox
from protocol.job import ENDED
from tests.platforms.feishu_server import Chat, FeishuOptions, FeishuServer, Person, Shown, Webhook, feishu_server
from tests.scenarios.brush import QuickBrush
from tests.scenarios.house import LOCALES, settings_for
from tests.scenarios.timelapse import FastClock

PATIENCE = 30.0
ENCRYPT_KEY = "encrypt_test_key"
Transport = Literal["ws", "webhook"]

_PERSON = re.compile(r"<person id = '(\w+)'[^>]*></person>\n?")
_AT = re.compile(r"<at id=(\w+)></at>\n?|@ou_\w+\n?")
_LINK = re.compile(r"\[[^\]]*\]\((https?://[^)]*)\)")


@dataclass
class FeishuHouse:
    """Everything that a scenario needs. `mei` writes Chinese, `tom` English; both are in the group."""

    feishu: FeishuServer
    sandbox: RunningSandbox
    settings: Settings
    clock: FastClock
    group: Chat
    mei: Person
    tom: Person
    url: str = ""
    hook: Webhook | None = None
    forgiven: set[str] = field(default_factory=set)

    def shown(self, chat: Chat | None = None, since: str = "") -> list[Shown]:
        """The bot's messages in a chat, those after a message only."""
        messages = list(self.feishu.messages(chat or self.group, by_bot=False))
        ids = [each.id for each in messages]
        after = messages[ids.index(since) + 1 :] if since in ids else messages
        return [each for each in after if each.author == self.feishu.bot.open_id]

    def steps(self, chat: Chat | None = None, since: str = "") -> str:
        """What the bot showed, as step codes; r for a reply that starts no job."""
        return "".join(code(each) for each in self.shown(chat, since))

    async def until(self, condition: Callable[[], object], patience: float = PATIENCE) -> None:
        """Wait for something to be seen in Feishu."""
        try:
            await self.feishu.wait_for(condition, patience)
        except TimeoutError:
            seen = [
                (chat.name, code(each), words(each)[:80])
                for chat in self.feishu.world.chats.values()
                for each in self.feishu.messages(chat)
            ]
            raise AssertionError(f"never shown; seen: {seen}; {self.feishu.violations}") from None

    async def ended(self, chat: Chat | None = None, since: str = "", jobs: int = 1) -> list[Shown]:
        """Wait for the end of so many requests; gives what was shown."""
        await self.until(lambda: sum(each in "34cr" for each in self.steps(chat, since)) >= jobs)
        return self.shown(chat, since)

    async def at_rest(self) -> None:
        """Wait until all that was asked for has ended, and that is saved, too: what was shown last is known."""
        ended = {state.value for state in ENDED}
        with closing(sqlite3.connect(self.settings.data_dir / DATABASE_FILE)) as database:
            await self.until(lambda: {state for (state,) in database.execute("SELECT state FROM jobs")} <= ended)

    async def provoke(self, failure: str, times: int | None = None, seconds: float | None = None) -> None:
        """Make the next matching calls of IMA fail."""
        body: dict[str, Any] = {"name": failure}
        if times is not None:
            body["times"] = times
        if seconds is not None:
            body["seconds"] = seconds
        async with httpx.AsyncClient(trust_env=False) as client:
            (await client.post(f"{self.sandbox.control}/failures", json=body)).raise_for_status()

    async def state(self) -> dict[str, Any]:
        """What the stand-in for IMA has seen."""
        async with httpx.AsyncClient(trust_env=False) as client:
            found: dict[str, Any] = (await client.get(f"{self.sandbox.control}/state")).json()
            return found

    async def tasks(self) -> list[dict[str, Any]]:
        """The pictures that were paid for."""
        found: list[dict[str, Any]] = (await self.state())["tasks"]
        return found


def words(message: Shown) -> str:
    """The words of a message as people read them, without whom they are for."""
    text = _AT.sub("", _PERSON.sub("", message.text))
    return html.unescape(_LINK.sub(r"\1", text)).replace("\u200b", "")


def named(message: Shown) -> list[str]:
    """Whom a message is for without notifying them."""
    return list(message.named)


def pinged(message: Shown) -> list[str]:
    """Whom a message notifies."""
    return list(message.mentions)


ACKNOWLEDGEMENTS = re.compile(
    "|".join(
        re.sub(r"\\{\w+\\}", ".+", re.escape(text))
        for language in LOCALES.languages
        for text in LOCALES.words("acknowledged.", language).values()
    )
)


def code(message: Shown) -> str:
    """The step of the six that it is, as one character; r for a reply that starts no job."""
    text = words(message).strip()
    if text.startswith(("🎨 开始生成图片", "🎨 Starting your picture")):
        return "1"
    if text in (LOCALES.text("cancelled", "zh"), LOCALES.text("cancelled", "en")):
        return "c"
    if ACKNOWLEDGEMENTS.fullmatch(text):
        return "0"
    return {"✅": "3", "❌": "4", "⏳": "2"}.get(text[:1], "r")


@asynccontextmanager
async def service(settings: Settings, clock: FastClock) -> AsyncIterator[str]:
    """The service in this process, in Feishu; gives its URL."""
    assert settings.feishu is not None
    stop = asyncio.Event()
    url: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    running = asyncio.create_task(
        serve(
            settings,
            [feishu_platform(settings.feishu, LOCALES, settings.data_dir / "feishu")],
            locales=LOCALES,
            clock=clock,
            sleep=clock.sleep,
            stop=stop,
            listening=url.set_result,
        )
    )
    done, _ = await asyncio.wait((running, url), return_when=asyncio.FIRST_COMPLETED)
    if running in done:
        await running
    me = asyncio.current_task()
    assert me is not None
    ending = False
    # A service that ends by itself ends the test's block, which then hears why.
    running.add_done_callback(lambda _: None if ending else me.cancel())
    try:
        yield await url
    except asyncio.CancelledError:
        me.uncancel()
        await running
        raise
    finally:
        ending = True
        stop.set()
        await running


async def readiness(url: str) -> dict[str, Any]:
    """Each part of the service and its trouble."""
    async with httpx.AsyncClient(trust_env=False) as client:
        return {name: part.get("trouble") for name, part in (await client.get(f"{url}/readyz")).json()["parts"].items()}


async def ready(url: str) -> None:
    """Wait until every part is ready."""
    async with asyncio.timeout(PATIENCE):
        while any((await readiness(url)).values()):  # noqa: ASYNC110 - it is asked over HTTP
            await asyncio.sleep(0.02)


def quick(**more: Any) -> FeishuOptions:
    """A Feishu that delivers again at once."""
    return FeishuOptions(**{"redelivery": (0.1,) * 4, **more})


@asynccontextmanager
async def feishu_house(
    folder: Path,
    *,
    speed: float = 40.0,
    transport: Transport = "ws",
    domain: str = "",
    options: FeishuOptions | None = None,
    forgive: tuple[str, ...] = (),
    forgive_ima: tuple[str, ...] = (),
    running: bool = True,
    **more: str,
) -> AsyncIterator[FeishuHouse]:
    """Feishu, stand-in and service for as long as the block lasts; then nothing may have been violated.

    `domain` stands in the settings where the local Feishu is reached by another name than its own.
    Feishu's rates are in real time, which is many seconds of the stand-in's; the sender's patience is counted in
    Feishu's time.
    """
    clock = FastClock(speed)
    sandbox_options = SandboxOptions(pace=REAL_PACE, clock=clock, painter=QuickBrush())
    async with AsyncExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(sender, "PATIENCE", sender.PATIENCE * speed)
        patch.setattr(sender, "PROGRESS_PATIENCE", sender.PROGRESS_PATIENCE * speed)
        sandbox = await stack.enter_async_context(running_sandbox(sandbox_options))
        feishu = await stack.enter_async_context(feishu_server(options or quick()))
        mei, tom = feishu.person("mei"), feishu.person("tom")
        group = feishu.group("painters", mei, tom)
        if transport == "webhook":
            more = {"FEISHU_ENCRYPT_KEY": ENCRYPT_KEY, "FEISHU_VERIFICATION_TOKEN": feishu.verification_token, **more}
        settings = settings_for(
            sandbox,
            folder,
            FEISHU_APP_ID=feishu.app_id,
            FEISHU_APP_SECRET=feishu.app_secret,
            FEISHU_DOMAIN=domain or feishu.domain,
            FEISHU_TRANSPORT=transport,
            **more,
        )
        built = FeishuHouse(feishu, sandbox, settings, clock, group, mei, tom)
        if running:
            async with service(settings, clock) as url:
                built.url = url
                await ready(url)
                if transport == "webhook":
                    built.hook = feishu.post_to(f"{url}/feishu/webhook", encrypt_key=ENCRYPT_KEY)
                yield built
                state = await built.state()
        else:
            yield built
            state = await built.state()
        feishu.forgive(*forgive)
        assert feishu.violations == [], feishu.violations
    violations = [each for each in state["violations"] if each["name"] not in {"polled_too_late", *forgive_ima}]
    assert violations == [], violations
