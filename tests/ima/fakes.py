"""A product tree like the real one, an API that answers as told, and a time that stands still."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence

import httpx

from ima import ImaClient
from ima.jsonvalue import Json

KEY = "ima_test_0123456789abcdef"
BANANA2 = "gemini-3.1-flash-image"
PRO = "gemini-3-pro-image"
PICTURE_URL = "https://cdn.example/picture.png"

Handler = Callable[[httpx.Request], httpx.Response]


def seeded(seed: int) -> random.Random:
    """Chance that comes out the same each time."""
    return random.Random(seed)  # noqa: S311


def rule(attribute_id: int, points: int, **attributes: str) -> dict[str, Json]:
    return {"attribute_id": attribute_id, "points": points, "attributes": dict(attributes)}


def form_field(name: str, value: Json, *options: str) -> dict[str, Json]:
    return {
        "field": name,
        "type": "select",
        "value": value,
        "options": [{"label": option, "value": option} for option in options],
        "is_ui_virtual": False,
    }


SIZE_FIELD = form_field("size", "1K", "512px", "1K", "2K", "4K")
RATIO_FIELD = form_field("aspect_ratio", "1:1", "1:1", "16:9", "9:16", "4:3", "3:4")


def leaf(
    model_id: str,
    name: str,
    rules: Sequence[Json],
    *,
    version: str | None = None,
    form: Sequence[Json] = (SIZE_FIELD, RATIO_FIELD),
) -> dict[str, Json]:
    return {
        "id": version or f"{model_id}-preview",
        "type": "3",
        "name": name,
        "model_id": model_id,
        "credit_rules": list(rules),
        "form_config": list(form),
        "children": None,
    }


def group(*children: Json) -> dict[str, Json]:
    return {"id": "group", "type": "2", "name": "A group", "model_id": "", "children": list(children)}


def catalogue(first_id: int = 4400) -> list[Json]:
    """Both models; the attribute ids follow `first_id`, since they change in production."""
    banana2 = [
        rule(first_id + number, points, size=size)
        for number, (size, points) in enumerate((("512px", 4), ("1K", 6), ("2K", 10), ("4K", 13)))
    ]
    pro = [
        rule(first_id + 10 + number, points, size=size)
        for number, (size, points) in enumerate((("1K", 10), ("2K", 10), ("4K", 18)))
    ]
    return [
        group(leaf(BANANA2, "Nano Banana2", banana2), leaf("other-model", "Other", [rule(1, 1)])),
        group(group(leaf(PRO, "Nano Banana Pro", pro))),
    ]


def ok(data: Json) -> httpx.Response:
    return httpx.Response(200, json={"code": 0, "message": "success", "data": data})


def error(code: int, message: str = "", *, status: int = 200) -> httpx.Response:
    return httpx.Response(status, json={"code": code, "message": message, "data": None})


def media(resource_status: Json, status: Json, url: Json = PICTURE_URL, **more: Json) -> dict[str, Json]:
    return {
        "resource_status": resource_status,
        "status": status,
        "url": url,
        "watermark_url": "https://cdn.example/marked.png",
        "cover_url": "https://cdn.example/cover.png",
        "width": 1024,
        "height": 768,
        "format": "png",
        "error_msg": "",
        "remark": "",
        **more,
    }


DONE: dict[str, Json] = {"medias": [media(1, "success")]}
WAITING: dict[str, Json] = {"medias": [media(None, "processing", "")]}


class FakeTime:
    """A clock that moves only by sleeping, and remembers the sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class FakeApi:
    """Answers by path. An answer is a response, an exception to raise, or a function; the last one stays."""

    def __init__(self, **answers: Sequence[httpx.Response | Exception | Handler]) -> None:
        self._answers = {name: list(given) for name, given in answers.items()}
        self._defaults: Mapping[str, Handler] = {
            "list": lambda _: ok(catalogue()),
            "create": lambda _: ok({"id": "task-1"}),
            "detail": lambda _: ok(DONE),
        }
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        name = request.url.path.rsplit("/", 1)[-1]
        waiting = self._answers.get(name, [])
        answer = self._defaults.get(name) if not waiting else waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, httpx.Response):
            return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)
        assert answer is not None, f"nobody expected {request.method} {request.url}"
        return answer(request)

    def sent_to(self, name: str) -> list[httpx.Request]:
        return [request for request in self.requests if request.url.path.endswith(f"/{name}")]


def body_of(request: httpx.Request) -> Json:
    value: Json = json.loads(request.content)
    return value


def client(api: Handler, time: FakeTime | None = None) -> ImaClient:
    time = time or FakeTime()
    return ImaClient(
        KEY,
        transport=httpx.MockTransport(api),
        clock=time.clock,
        wall_clock=lambda: 1_770_000_000.0,
        sleep=time.sleep,
    )
