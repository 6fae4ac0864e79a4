"""Results as the image service serves them when things go wrong: over real sockets, from the strict stand-in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import TypeAlias

import httpx
import pytest

from bot.media.fetch import Fetcher, FetchError, Gone, NotAllowed, TooLarge, Unavailable
from bot.media.pictures import NotAPicture, inspect
from ima import ImaClient
from ima.sandbox.options import SandboxOptions, fast_pace
from ima.sandbox.server import running_sandbox
from tests.ima.sandbox.caller import PlainPainter

KEY = "ima_test_results_1"
LIMIT = 5_000_000
MakeUrl: TypeAlias = Callable[[str | None], Awaitable[str]]


@pytest.fixture
async def make_url() -> AsyncIterator[MakeUrl]:
    """Has a picture made, with a failure armed for its download, and gives its address."""

    async def at_once(seconds: float) -> None:
        await asyncio.sleep(0)

    async with AsyncExitStack() as stack:
        options = SandboxOptions(api_key=KEY, pace=fast_pace(0, 0), painter=PlainPainter(), fetch_public_pictures=False)
        sandbox = await stack.enter_async_context(running_sandbox(options))
        control = await stack.enter_async_context(httpx.AsyncClient(trust_env=False))
        ima = await stack.enter_async_context(
            ImaClient(KEY, base_url=sandbox.api, im_base_url=sandbox.im, sleep=at_once)
        )

        async def make(failure: str | None) -> str:
            if failure is not None:
                armed = await control.post(f"{sandbox.control}/failures", json={"name": failure})
                assert armed.status_code == 200
            return (await ima.generate("a cat", size="512px")).url

        yield make


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    opened = Fetcher(allow_loopback_http=True)
    yield opened
    await opened.aclose()


async def test_a_result_is_fetched_whole(make_url: MakeUrl, fetcher: Fetcher) -> None:
    info = inspect(await fetcher.fetch(await make_url(None), limit=LIMIT))
    assert (info.media_type, info.width, info.height) == ("image/png", 512, 512)


async def test_a_result_on_this_machine_is_not_fetched_unless_the_service_is_here_too(make_url: MakeUrl) -> None:
    strict = Fetcher()
    with pytest.raises(NotAllowed):
        await strict.fetch(await make_url(None), limit=LIMIT)


@pytest.mark.parametrize(
    ("failure", "error"),
    [("picture_missing", Gone), ("picture_too_large", TooLarge), ("picture_endless", TooLarge)],
)
async def test_each_way_to_fail_has_its_error(
    make_url: MakeUrl, fetcher: Fetcher, failure: str, error: type[FetchError]
) -> None:
    with pytest.raises(error):
        await fetcher.fetch(await make_url(failure), limit=LIMIT)


async def test_a_result_that_dawdles_ends_at_the_deadline(make_url: MakeUrl, fetcher: Fetcher) -> None:
    with pytest.raises(Unavailable):
        await fetcher.fetch(await make_url("picture_slow"), limit=LIMIT, deadline=0.2)


async def test_a_web_page_in_the_place_of_the_result_is_found_out(make_url: MakeUrl, fetcher: Fetcher) -> None:
    data = await fetcher.fetch(await make_url("picture_not_a_picture"), limit=LIMIT)
    with pytest.raises(NotAPicture):
        inspect(data)


async def test_a_result_that_was_cut_off_is_found_out(make_url: MakeUrl, fetcher: Fetcher) -> None:
    url = await make_url("picture_truncated")
    with pytest.raises((Unavailable, NotAPicture)):
        inspect(await fetcher.fetch(url, limit=LIMIT))
