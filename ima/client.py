"""The client: one method a call, and `generate` for all of them together."""

from __future__ import annotations

import asyncio
import json
import random as random_module
import time
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from types import TracebackType
from typing import Literal

import httpx
from typing_extensions import override

from ima.answers import Answer, data_of
from ima.cache import ProductCache
from ima.errors import AnswerLost, ImaError, Outdated, ServerTrouble, UploadFailed
from ima.generating import GeneratedPicture, Progress, generate, wait_for_picture
from ima.hosts import base_url as checked_base_url
from ima.hosts import endpoint, is_loopback
from ima.jsonvalue import Json
from ima.products import NANO_BANANA_MODEL_IDS, Category, ProductList, parse_products
from ima.retry import delay_before_retry
from ima.rules import Selection, select
from ima.secret import ApiKey
from ima.tasks import Picture, TaskStatus, create_body, parse_created, parse_detail
from ima.transport import Wire
from ima.upload import PLACE_PATH, Place, new_nonce, parse_place, token_form

BASE_URL = "https://api.imastudio.com"
IM_BASE_URL = "https://imapi.liveme.com"

LONGEST_LIST = 8 * 1024 * 1024
LONGEST_ANSWER = 1024 * 1024

LIST_SECONDS = 30.0
CREATE_SECONDS = 60.0
DETAIL_SECONDS = 20.0
TOKEN_SECONDS = 20.0
STORE_SECONDS = 120.0

Language = Literal["en", "zh"]


class ImaClient:
    """The IMA Open API with one key: `async with ImaClient(key) as ima: await ima.generate("a cat")`.

    The key goes to the two base URLs only. `transport` replaces the network, `clock` (seconds,
    monotonic), `wall_clock` (seconds since 1970), `sleep` and `random` replace time and chance, for
    tests. Raises ValueError for a key or a base URL that cannot be used.
    """

    def __init__(
        self,
        api_key: str,
        *,
        base_url: str = BASE_URL,
        im_base_url: str = IM_BASE_URL,
        language: Language = "en",
        model_ids: Collection[str] = NANO_BANANA_MODEL_IDS,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
        wall_clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        random: random_module.Random | None = None,
    ) -> None:
        self._key = ApiKey(api_key)
        self._base_url = checked_base_url(base_url, "base_url")
        self._im_base_url = checked_base_url(im_base_url, "im_base_url")
        self._language = language
        self._model_ids = frozenset(model_ids)
        self._wire = Wire(self._key, transport)
        self.clock = clock
        self._wall_clock = wall_clock
        self.sleep = sleep
        self.random = random or random_module.Random()  # noqa: S311 - spreads retries, guards nothing
        self._cache = ProductCache(self._fetch_products, clock)

    async def __aenter__(self) -> ImaClient:
        await self._wire.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._cache.close()
        await self._wire.__aexit__(kind, error, trace)

    @override
    def __repr__(self) -> str:
        return f"ImaClient({str(self._base_url)!r})"

    async def products(self, category: Category, *, fresh: bool = False) -> ProductList:
        """What can be had, at most 60 s old; `fresh` fetches it now. A failed fetch is repeated a few times.

        Raises Refused, Unreachable or ServerTrouble.
        """
        return await self._cache.get(category, fresh=fresh)

    async def select(
        self,
        category: Category,
        model_id: str,
        *,
        size: str | None = None,
        aspect_ratio: str | None = None,
        fresh: bool = False,
    ) -> Selection:
        """The rule, its points and what to send for these wishes. Raises NoSuchModel and what `products` raises."""
        return select(await self.products(category, fresh=fresh), model_id, size=size, aspect_ratio=aspect_ratio)

    async def create(self, selection: Selection, prompt: str, image_urls: Sequence[str] = ()) -> str:
        """Start the task, which charges `selection.points`, and return its id. One attempt, never more.

        Raises Refused or Unreachable (surely not charged), or AnswerLost (not known). Outdated means
        that the product list has been dropped here: select again. Raises ValueError, before anything
        is sent, where the input pictures do not fit the category.
        """
        body = create_body(selection, prompt, image_urls)
        mark = self._cache.mark()
        try:
            return parse_created(
                await self._call("tasks/create", body, seconds=CREATE_SECONDS, alone=True),
            )
        except Outdated:
            self._cache.drop(selection.category, mark)
            raise
        except ServerTrouble as error:
            raise AnswerLost(f"it is not known whether the task was accepted: {error}") from error

    async def detail(self, task_id: str) -> TaskStatus:
        """How the task is doing; one attempt. Raises Refused, Unreachable or ServerTrouble."""
        data = await self._call("tasks/detail", {"task_id": task_id}, seconds=DETAIL_SECONDS)
        return parse_detail(data, task_id, self._key)

    async def upload(self, data: bytes, content_type: str) -> str:
        """Store a picture and return its public URL. Repeated a few times, since nothing is charged.

        Raises Refused or Unreachable, or UploadFailed where the storage would not take it; ValueError
        for a content type that is no picture's.
        """
        attempt = 1
        while True:
            try:
                place = await self._upload_place(content_type)
                await self._store(place, data, content_type)
            except ImaError as error:
                delay = delay_before_retry(error, attempt, self.random, call="read")
                if delay is None and isinstance(error, ServerTrouble):
                    raise UploadFailed(f"the picture could not be stored: {error}") from error
                if delay is None:
                    raise
                await self.sleep(delay)
                attempt += 1
            else:
                return place.public_url

    async def offered_storage(self) -> str:
        """Ask for a place to store a picture, store none, and return where that is: the storage's base URL.

        For checking that uploads would work. Sends the key, as every upload does, and costs nothing; one
        attempt. Raises Refused, Unreachable or ServerTrouble.
        """
        place = httpx.URL((await self._upload_place("image/png")).put_url)
        return str(place.copy_with(path="/", query=None, fragment=None)).rstrip("/")

    async def wait(
        self,
        task_id: str,
        *,
        expected_seconds: tuple[float, float] = (20.0, 120.0),
        elapsed_seconds: float = 0.0,
        on_progress: Callable[[float], None] | None = None,
    ) -> Picture:
        """Poll until the picture is there. Raises GenerationFailed or TimedOut (600 s after the create).

        `elapsed_seconds` since the create lets a wait go on that was begun elsewhere. Polls that fail
        are repeated; `on_progress` gets the seconds since the create after each poll.
        """
        return await wait_for_picture(
            self,
            task_id,
            expected_seconds=expected_seconds,
            elapsed_seconds=elapsed_seconds,
            on_progress=on_progress,
        )

    async def generate(
        self,
        prompt: str,
        *,
        model_id: str = NANO_BANANA_MODEL_IDS[0],
        size: str | None = None,
        aspect_ratio: str | None = None,
        images: Sequence[bytes | str] = (),
        expected_seconds: tuple[float, float] = (20.0, 120.0),
        on_progress: Callable[[Progress], None] | None = None,
        max_points: int | None = None,
    ) -> GeneratedPicture:
        """From words, and pictures as bytes or https URLs, to a picture.

        Costs at most `max_points`, or else what the product list says at the start. Where the list
        turns out to be outdated it is read again, once. Raises any ImaError.
        """
        return await generate(
            self,
            prompt,
            model_id=model_id,
            size=size,
            aspect_ratio=aspect_ratio,
            images=images,
            expected_seconds=expected_seconds,
            on_progress=on_progress,
            max_points=max_points,
        )

    async def _fetch_products(self, category: Category) -> ProductList:
        query = {"app": "ima", "platform": "web", "category": category}
        attempt = 1
        while True:
            try:
                answer = await self._wire.exchange(
                    "GET",
                    endpoint(self._base_url, "/open/v1/product/list").copy_with(params=query),
                    headers=self._headers(),
                    limit=LONGEST_LIST,
                    seconds=LIST_SECONDS,
                )
                return parse_products(self._data(answer), category, self._model_ids)
            except ImaError as error:
                delay = delay_before_retry(error, attempt, self.random, call="read")
                if delay is None:
                    raise
            await self.sleep(delay)
            attempt += 1

    async def _call(self, name: str, body: Mapping[str, Json], *, seconds: float, alone: bool = False) -> Json:
        answer = await self._wire.exchange(
            "POST",
            endpoint(self._base_url, f"/open/v1/{name}"),
            headers=self._headers(),
            content=json.dumps(body, ensure_ascii=False).encode(),
            limit=LONGEST_ANSWER,
            seconds=seconds,
            alone=alone,
        )
        return self._data(answer)

    def _headers(self) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {self._key.reveal()}",
            "x-app-source": "ima_skills",
            "x_app_language": self._language,
            "Content-Type": "application/json",
        }

    def _data(self, answer: Answer) -> Json:
        return data_of(answer, self._key, now=self._wall_clock())

    async def _upload_place(self, content_type: str) -> Place:
        form = token_form(self._key, content_type, timestamp=int(self._wall_clock()), nonce=new_nonce(self.random))
        url = endpoint(self._im_base_url, PLACE_PATH)
        answer = await self._wire.exchange(
            "POST",
            url,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            content=form,
            limit=LONGEST_ANSWER,
            seconds=TOKEN_SECONDS,
        )
        if answer.status in (404, 405):  # a server of the older form: the key is in the query only there
            answer = await self._wire.exchange(
                "GET", url.copy_with(query=form), headers={}, limit=LONGEST_ANSWER, seconds=TOKEN_SECONDS
            )
        return parse_place(self._data(answer), allow_loopback=is_loopback(self._im_base_url.host))

    async def _store(self, place: Place, data: bytes, content_type: str) -> None:
        answer = await self._wire.exchange(
            "PUT",
            httpx.URL(place.put_url),
            headers={"Content-Type": content_type},
            content=data,
            limit=LONGEST_ANSWER,
            seconds=STORE_SECONDS,
        )
        if answer.status >= 500:
            raise ServerTrouble(f"the storage failed with HTTP {answer.status}")
        if not 200 <= answer.status < 300:
            raise UploadFailed(f"the storage refused the picture with HTTP {answer.status}")
