"""A client written from the API page alone, that can also say things wrongly: what the tests speak with."""

import asyncio
import io
import time
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TypeAlias

import httpx
from PIL import Image

from ima.sandbox.server import RunningSandbox
from ima.sandbox.strict_json import Json, JsonObject
from ima.sandbox.uploads import signature

FLASH = "gemini-3.1-flash-image"
PRO = "gemini-3-pro-image"
KEY = "ima_test_key_1234567890"
Path: TypeAlias = Sequence[str | int]


class PlainPainter:
    """Paints one colour for each prompt, at once; an edit mixes in the input's first pixel."""

    def paint(self, prompt: str, width: int, height: int) -> Image.Image:
        return Image.new("RGB", (width, height), (len(prompt) * 7 % 256, 40, 90))

    def transform(self, pictures: Sequence[Image.Image], prompt: str, width: int, height: int) -> Image.Image:
        return pictures[0].resize((width, height)).point(lambda level: 255 - level)


class HandClock:
    """Time that a test moves by hand; whoever sleeps is woken when its time has come."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._moved = asyncio.Event()
        self._sleeping = asyncio.Event()

    def monotonic(self) -> float:
        return self.now

    def wall(self) -> float:
        return time.time() + self.now - 1000.0

    async def sleep(self, seconds: float) -> None:
        until = self.now + seconds
        self._sleeping.set()
        while self.now < until:
            await self._moved.wait()

    async def asleep(self) -> None:
        """Return when somebody sleeps, or did since the last move."""
        await self._sleeping.wait()

    def move(self, seconds: float) -> None:
        self.now += seconds
        self._sleeping.clear()
        self._moved.set()
        self._moved = asyncio.Event()


def at(value: Json, *path: str | int) -> Json:
    """Return what lies at a path of keys and indices."""
    for step in path:
        match value, step:
            case dict(), str():
                value = value[step]
            case list(), int():
                value = value[step]
            case _:
                raise AssertionError(f"nothing at {step!r} in {value!r}")
    return value


def changed(body: JsonObject, path: Path, new: Json) -> JsonObject:
    """Return a copy with something else at a path."""
    copy = deepcopy(body)
    place = at(copy, *path[:-1])
    if isinstance(place, dict):
        place[str(path[-1])] = new
    elif isinstance(place, list):
        place[int(path[-1])] = new
    return copy


def without(body: JsonObject, path: Path) -> JsonObject:
    """Return a copy that lacks what lies at a path."""
    copy = deepcopy(body)
    place = at(copy, *path[:-1])
    assert isinstance(place, dict)
    del place[str(path[-1])]
    return copy


def jpeg(colour: tuple[int, int, int] = (200, 30, 30), size: tuple[int, int] = (64, 48)) -> bytes:
    """Return a small real picture."""
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, "JPEG")
    return written.getvalue()


def opened(body: bytes) -> Image.Image:
    """Return the decoded picture."""
    return Image.open(io.BytesIO(body))


@dataclass(frozen=True, slots=True)
class Leaf:
    """A listed version, as a client reads it."""

    node: JsonObject

    def rule(self, size: str) -> tuple[int, int]:
        """Return attribute id and points of the rule for a size."""
        rules = self.node["credit_rules"]
        assert isinstance(rules, list)
        for rule in rules:
            if at(rule, "attributes") == {"size": size}:
                attribute_id, points = at(rule, "attribute_id"), at(rule, "points")
                assert isinstance(attribute_id, int)
                assert isinstance(points, int)
                return attribute_id, points
        raise AssertionError(f"no rule for {size}")


def leaves(tree: Json) -> list[Leaf]:
    """Return every version of a product list, in order."""
    found: list[Leaf] = []
    assert isinstance(tree, list)
    for node in tree:
        assert isinstance(node, dict)
        if node["type"] == "3":
            found.append(Leaf(node))
        found.extend(leaves(node["children"]))
    return found


@dataclass(frozen=True, slots=True)
class Caller:
    """Speaks to one sandbox."""

    sandbox: RunningSandbox
    http: httpx.AsyncClient
    headers: Mapping[str, str] = field(
        default_factory=lambda: {
            "Authorization": f"Bearer {KEY}",
            "x-app-source": "ima_skills",
            "x_app_language": "en",
        }
    )

    async def product_list(self, category: str = "text_to_image") -> Json:
        """Return the product list's data."""
        answer = await self.ask_list(category)
        assert answer.status_code == 200, answer.text
        data: Json = answer.json()["data"]
        return data

    async def ask_list(self, category: str = "text_to_image") -> httpx.Response:
        """Return the product list's answer."""
        query = {"app": "ima", "platform": "web", "category": category}
        url = f"{self.sandbox.api}/open/v1/product/list"
        return await self.http.get(url, params=query, headers=self.headers)

    async def newest(self, model_id: str = FLASH, category: str = "text_to_image") -> Leaf:
        """Return the newest version of a model."""
        return [leaf for leaf in leaves(await self.product_list(category)) if leaf.node["model_id"] == model_id][-1]

    async def order(
        self,
        prompt: str = "a cat",
        *,
        model_id: str = FLASH,
        size: str = "1K",
        aspect_ratio: str = "1:1",
        inputs: Sequence[str] = (),
    ) -> JsonObject:
        """Read the list and return the body of a create that is right in everything."""
        category = "image_to_image" if inputs else "text_to_image"
        leaf = await self.newest(model_id, category)
        attribute_id, points = leaf.rule(size)
        return {
            "task_type": category,
            "enable_multi_model": False,
            "src_img_url": list(inputs),
            "parameters": [
                {
                    "attribute_id": attribute_id,
                    "model_id": model_id,
                    "model_name": leaf.node["name"],
                    "model_version": leaf.node["id"],
                    "app": "ima",
                    "platform": "web",
                    "category": category,
                    "credit": points,
                    "parameters": {
                        "prompt": prompt,
                        "n": 1,
                        "input_images": list(inputs),
                        "size": size,
                        "aspect_ratio": aspect_ratio,
                        "cast": {"points": points, "attribute_id": attribute_id},
                    },
                }
            ],
        }

    async def create(self, body: JsonObject) -> httpx.Response:
        """Send a create."""
        return await self.http.post(f"{self.sandbox.api}/open/v1/tasks/create", json=body, headers=self.headers)

    async def created(self, body: JsonObject) -> str:
        """Send a create that must be accepted, and return the task id."""
        answer = await self.create(body)
        assert answer.status_code == 200, answer.text
        assert answer.json()["code"] in (0, 200), answer.text
        return str(answer.json()["data"]["id"])

    async def detail(self, task_id: str) -> httpx.Response:
        """Send a detail call."""
        url = f"{self.sandbox.api}/open/v1/tasks/detail"
        return await self.http.post(url, json={"task_id": task_id}, headers=self.headers)

    async def media(self, task_id: str) -> JsonObject:
        """Return the task's only media."""
        media: JsonObject = (await self.detail(task_id)).json()["data"]["medias"][0]
        return media

    async def finished(self, task_id: str) -> JsonObject:
        """Poll until the task has ended, well or badly, and return its media."""
        for _ in range(400):
            media = await self.media(task_id)
            if media["url"] or media["status"] in ("failed", "deleted"):
                return media
            await asyncio.sleep(0.01)
        raise AssertionError("the task never ended")

    async def finished_or_not(self, task_id: str) -> bool:
        """Return whether the task has ended."""
        return bool((await self.media(task_id))["url"])

    def form(self, nonce: str = "0123456789abcdef01234", timestamp: int | None = None) -> dict[str, str]:
        """Return an upload token's form that is right in everything."""
        now = str(int(time.time()) if timestamp is None else timestamp)
        return {
            "appUid": KEY,
            "cmimToken": KEY,
            "appId": "webAgent",
            "appKey": "32jdskjdk320eew",
            "timestamp": now,
            "nonce": nonce,
            "sign": signature(now, nonce),
            "fService": "privite",
            "fType": "picture",
            "fSuffix": "jpg",
            "fContentType": "image/jpeg",
        }

    async def token(self, form: Mapping[str, str] | None = None) -> httpx.Response:
        """Ask for an upload token by POST."""
        return await self.http.post(f"{self.sandbox.im}/api/rest/oss/getuploadtoken", data=dict(form or self.form()))

    async def slot(self, nonce: str = "0123456789abcdef01234") -> tuple[str, str]:
        """Return the presigned and the public URL of a new upload."""
        data = (await self.token(self.form(nonce))).json()["data"]
        return str(data["ful"]), str(data["fdl"])

    async def uploaded(self, body: bytes | None = None, nonce: str = "0123456789abcdef01234") -> str:
        """Upload a picture and return its public URL."""
        put, public = await self.slot(nonce)
        answer = await self.http.put(put, content=body or jpeg(), headers={"Content-Type": "image/jpeg"})
        assert answer.status_code == 200, answer.text
        return public

    async def state(self) -> JsonObject:
        """Return the control host's state."""
        state: JsonObject = (await self.http.get(f"{self.sandbox.control}/state")).json()
        return state

    async def balance(self) -> int:
        """Return the balance."""
        balance = (await self.state())["balance"]
        assert isinstance(balance, int)
        return balance

    async def violations(self) -> list[Json]:
        """Return the names of the violations, in order."""
        found = (await self.state())["violations"]
        assert isinstance(found, list)
        return [at(each, "name") for each in found]

    async def arm(self, name: str, **more: float) -> None:
        """Arm a failure."""
        answer = await self.http.post(f"{self.sandbox.control}/failures", json={"name": name, **more})
        assert answer.status_code == 200, answer.text
