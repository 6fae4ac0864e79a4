"""The product list: one fetch however many ask, at most a minute old, dropped when it proved wrong."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from ima import (
    BrokenAnswer,
    CreditMismatch,
    ImaClient,
    InsufficientPoints,
    Outdated,
    ProductList,
    RateLimited,
    Unauthorized,
    Unreachable,
)
from ima.cache import ProductCache
from ima.jsonvalue import Json
from ima.products import Category
from tests.ima.fakes import BANANA2, KEY, FakeApi, FakeTime, catalogue, client, error, ok


class HeldList:
    """A list endpoint that answers when told to."""

    def __init__(self) -> None:
        self.asked = 0
        self.open = asyncio.Event()

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        await self.open.wait()
        return ok(catalogue(1000 * self.asked))


def held_client(held: HeldList) -> ImaClient:
    return ImaClient(KEY, transport=httpx.MockTransport(held))


def first_id(products: ProductList) -> int:
    return products.product(BANANA2).rules[0].attribute_id


async def begun(held: HeldList, times: int = 1) -> None:
    for _ in range(200):
        if held.asked >= times:
            return
        await asyncio.sleep(0)
    raise AssertionError("the fetch did not begin")


@pytest.mark.parametrize("fresh", [False, True])
async def test_many_who_ask_at_once_make_one_fetch(fresh: bool) -> None:
    held = HeldList()
    async with held_client(held) as ima:
        askers = [asyncio.ensure_future(ima.products("text_to_image", fresh=fresh)) for _ in range(50)]
        await begun(held)
        held.open.set()
        lists = await asyncio.gather(*askers)
    assert held.asked == 1
    assert all(answer is lists[0] for answer in lists)


async def test_the_first_asker_may_leave_and_the_others_still_get_an_answer() -> None:
    held = HeldList()
    async with held_client(held) as ima:
        first, second = (asyncio.ensure_future(ima.products("text_to_image")) for _ in range(2))
        await begun(held)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        held.open.set()
        assert first_id(await second) == 1000
    assert held.asked == 1


async def test_all_askers_may_leave_and_the_next_gets_the_answer_of_that_fetch() -> None:
    held = HeldList()
    async with held_client(held) as ima:
        asker = asyncio.ensure_future(ima.products("text_to_image"))
        await begun(held)
        asker.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asker
        held.open.set()
        assert first_id(await ima.products("text_to_image")) == 1000
    assert held.asked == 1


async def test_a_client_that_closes_ends_its_fetch() -> None:
    held = HeldList()
    async with held_client(held) as ima:
        asker = asyncio.ensure_future(ima.products("text_to_image"))
        await begun(held)
    with pytest.raises(asyncio.CancelledError):
        await asker


async def test_the_list_is_kept_for_a_minute_and_no_longer() -> None:
    api, time = FakeApi(), FakeTime()
    async with client(api, time) as ima:
        first = await ima.products("text_to_image")
        time.now += 60.0
        assert await ima.products("text_to_image") is first
        time.now += 0.1
        assert await ima.products("text_to_image") is not first
    assert len(api.sent_to("list")) == 2


async def test_the_minute_counts_from_the_asking() -> None:
    time = FakeTime()
    fetched: list[Category] = []

    async def slow_fetch(category: Category) -> ProductList:
        fetched.append(category)
        time.now += 45.0
        return ProductList(category, ())

    cache = ProductCache(slow_fetch, time.clock)
    await cache.get("text_to_image", fresh=False)
    time.now += 16.0
    await cache.get("text_to_image", fresh=False)
    assert len(fetched) == 2


async def test_fresh_takes_no_list_that_was_already_there() -> None:
    api = FakeApi(list=[ok(catalogue(1000)), ok(catalogue(2000))])
    async with client(api) as ima:
        assert first_id(await ima.products("text_to_image")) == 1000
        assert first_id(await ima.products("text_to_image", fresh=True)) == 2000
        assert first_id(await ima.products("text_to_image")) == 2000


async def test_each_category_has_its_own_list() -> None:
    api = FakeApi()
    async with client(api) as ima:
        lists = [await ima.products("text_to_image"), await ima.products("image_to_image")]
        await ima.products("text_to_image")
    assert [answer.category for answer in lists] == ["text_to_image", "image_to_image"]
    assert [request.url.params["category"] for request in api.requests] == ["text_to_image", "image_to_image"]


@pytest.mark.parametrize("refusal", [error(6006), error(6009), error(6010), error(1, "Invalid product attribute")])
async def test_a_create_that_proves_the_list_wrong_drops_it(refusal: httpx.Response) -> None:
    api = FakeApi(list=[ok(catalogue(1000)), ok(catalogue(2000))], create=[refusal])
    async with client(api) as ima:
        selection = await ima.select("text_to_image", BANANA2)
        with pytest.raises(Outdated):
            await ima.create(selection, "a cat")
        assert (await ima.select("text_to_image", BANANA2)).attribute_id == 2001
    assert len(api.sent_to("create")) == 1


@pytest.mark.parametrize("refusal", [error(4008), error(401), error(1, "other"), httpx.Response(500)])
async def test_any_other_refusal_leaves_the_list_alone(refusal: httpx.Response) -> None:
    api = FakeApi(create=[refusal])
    async with client(api) as ima:
        selection = await ima.select("text_to_image", BANANA2)
        with pytest.raises(Exception, match=r".") as caught:
            await ima.create(selection, "a cat")
        assert not isinstance(caught.value, Outdated)
        await ima.select("text_to_image", BANANA2)
    assert len(api.sent_to("list")) == 1


async def test_many_creates_refused_at_once_make_one_fetch() -> None:
    """All are under way before the first is refused."""
    api = FakeApi(create=[error(6006)])
    all_here = asyncio.Barrier(20)

    async def handler(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/create"):
            await all_here.wait()
        return api(request)

    async with ImaClient(KEY, transport=httpx.MockTransport(handler)) as ima:
        selection = await ima.select("text_to_image", BANANA2)

        async def refused_then_select() -> None:
            with pytest.raises(CreditMismatch):
                await ima.create(selection, "a cat")
            await ima.select("text_to_image", BANANA2)

        await asyncio.gather(*(refused_then_select() for _ in range(20)))
    assert len(api.sent_to("list")) == 2


async def test_a_fetch_under_way_when_the_list_proved_wrong_is_not_taken_for_new() -> None:
    numbers: list[asyncio.Future[ProductList]] = []

    async def fetch(category: Category) -> ProductList:
        future: asyncio.Future[ProductList] = asyncio.get_running_loop().create_future()
        numbers.append(future)
        return await future

    cache = ProductCache(fetch, lambda: 0.0)
    old_asker = asyncio.ensure_future(cache.get("text_to_image", fresh=False))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    cache.drop("text_to_image", cache.mark())
    new_asker = asyncio.ensure_future(cache.get("text_to_image", fresh=False))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    old, new = ProductList("text_to_image", ()), ProductList("text_to_image", ())
    numbers[1].set_result(new)
    numbers[0].set_result(old)
    assert await new_asker is new
    assert await old_asker is old
    assert await cache.get("text_to_image", fresh=False) is new


@pytest.mark.parametrize(
    "trouble",
    [httpx.Response(502), httpx.ConnectError("x"), httpx.ReadTimeout("x"), httpx.Response(429), ok({"no": "list"})],
)
async def test_a_passing_failure_is_repeated_and_not_kept(trouble: httpx.Response | Exception) -> None:
    api, time = FakeApi(list=[trouble, ok(catalogue())]), FakeTime()
    async with client(api, time) as ima:
        assert first_id(await ima.products("text_to_image")) == 4400
    assert len(time.slept) == 1


@pytest.mark.parametrize(
    ("trouble", "owner", "fetches"),
    [
        (error(401, status=401), Unauthorized, 1),
        (error(4008), InsufficientPoints, 1),
        (ok("nonsense"), BrokenAnswer, 4),
        (httpx.ConnectError("x"), Unreachable, 4),
        (httpx.Response(429, headers={"Retry-After": "2"}), RateLimited, 4),
    ],
)
async def test_a_lasting_failure_reaches_all_who_ask_and_the_next_asks_again(
    trouble: httpx.Response | Exception, owner: type[Exception], fetches: int
) -> None:
    api = FakeApi(list=[trouble])
    async with client(api) as ima:
        answers = await asyncio.gather(*(ima.products("text_to_image") for _ in range(5)), return_exceptions=True)
        assert [type(answer) for answer in answers] == [owner] * 5
        assert len(api.sent_to("list")) == fetches
        with pytest.raises(owner):
            await ima.products("text_to_image")
        assert len(api.sent_to("list")) == 2 * fetches


async def test_only_the_models_that_were_asked_for_are_listed() -> None:
    api = FakeApi()
    ima = ImaClient(KEY, transport=httpx.MockTransport(api), model_ids=["other-model"])
    async with ima:
        names = [product.model_name for product in (await ima.products("text_to_image")).products]
    expected: list[Json] = ["Other"]
    assert names == expected
